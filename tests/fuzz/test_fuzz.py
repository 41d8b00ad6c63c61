"""No text crashes the readers of numbers and dates: thousands of odd ones here, a million by ``python -m tests.fuzz.readers``."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.date import read_dates
from pipeline.figures import read_figures
from tests.fuzz import readers

PIECES = st.sampled_from(readers.pieces())
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=20).map("".join), st.lists(PIECES, max_size=20).map(" ".join))


def test_odd_texts_made_of_our_cases() -> None:
    assert readers.run(6_000, seed=20) == []


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, reference=st.one_of(st.none(), st.dates()))
def test_any_text(text: str, reference: date | None) -> None:
    readers.check(text, reference)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        # Found by the million: a version number with an ordinal's ending, a range whose second end was cut off.
        ("Exports 1.2.3nd place.", []),
        ("Losses between $3 billion and $5 were feared.", [(2_500_000_000, 3_500_000_000), (4.5, 5.5)]),
        ("The rate moved between 7% and 5% all year.", [(5, 7)]),
    ],
)
def test_what_was_found(text: str, ends: list[tuple[float, float]]) -> None:
    assert [(figure.value_low, figure.value_high) for figure in read_figures(text)] == ends


def test_a_time_that_ends_before_it_begins_is_none() -> None:
    assert read_dates("Sales doubled in the past 0 months.", reference=date(2025, 9, 17)) == []
