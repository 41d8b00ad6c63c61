"""Facts in words, texts with marks, axes and shares: the pure parts of the pages."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.browse.marks import Mark, blocks_of, marks_of, render
from pipeline.browse.precision import wilson
from pipeline.browse.scales import log_axis, number_axis, time_axis
from pipeline.browse.words import interval_words, period_words, value_words, visible
from pipeline.store.provenance import Words


def row(**columns: object) -> dict[str, object]:
    return {"value": Decimal(1), "value_low": None, "value_high": None, "bound": "exact", "unit": "CNY"} | columns


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"value": Decimal("2630000000000")}, "2.63 trillion CNY"),
        ({"value": Decimal("1500000"), "bound": "more_than", "unit": "t"}, "more than 1.5 million t"),
        (
            {"value": Decimal(6), "value_low": Decimal(5), "value_high": Decimal(7), "bound": "between", "unit": "percent"},
            "5 to 7%",
        ),
        ({"value": Decimal(6), "unit": "rank"}, "no. 6"),
        ({"value": Decimal("0.3333333333"), "unit": "x"}, "0.3333333333 times"),
        ({"value": Decimal("-3.5"), "unit": "percentage_point", "bound": "about"}, "about -3.5 percentage points"),
        ({"value": Decimal("1234567"), "unit": "car"}, "1.234567 million car"),
        ({"value": Decimal("123456789123"), "unit": "car"}, "123,456,789,123 car"),
    ],
)
def test_a_value_in_words(columns: dict[str, object], words: str) -> None:
    assert value_words(row(**columns)) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, None),
        (Decimal(100), None, "100 CNY and more"),
        (None, Decimal(100), "up to 100 CNY"),
        (Decimal(5), Decimal(5), None),
        (Decimal("2.55e12"), Decimal("2.65e12"), "2.55 trillion to 2.65 trillion CNY"),
    ],
)
def test_an_interval_in_words(low: Decimal | None, high: Decimal | None, words: str | None) -> None:
    assert interval_words(row(value_low=low, value_high=high)) == words


@pytest.mark.parametrize(
    ("start", "end", "relation", "words"),
    [
        (None, None, None, None),
        ("2024-01-01", "2024-12-31", "in", "2024"),
        ("2024-01-01", "2024-03-31", "in", "Q1 2024"),
        ("2024-10-01", "2024-12-31", "in", "Q4 2024"),
        ("2024-07-01", "2024-12-31", "in", "H2 2024"),
        ("2024-02-01", "2024-02-29", "in", "February 2024"),
        ("2024-01-01", "2024-08-31", "in", "January to August 2024"),
        ("2023-04-01", "2024-03-31", "in", "April 2023 to March 2024"),
        ("2021-01-01", "2025-12-31", "in", "2021 to 2025"),
        ("2024-06-03", "2024-06-03", "in", "3 June 2024"),
        ("2024-06-03", "2024-06-03", "by", "by 3 June 2024"),
        ("2025-06-01", "2025-06-30", "by", "by the end of June 2025"),
        ("2015-01-01", None, "since", "since 2015"),
        ("2015-05-01", None, "since", "since May 2015"),
        (None, "2024-12-31", "until", "until 31 December 2024"),
        ("2024-06-03", "2024-06-09", "in", "3 June 2024 to 9 June 2024"),
        ("9999-12-01", "9999-12-31", "in", "1 December 9999 to 31 December 9999"),
    ],
)
def test_a_period_in_words(start: str | None, end: str | None, relation: str | None, words: str | None) -> None:
    days = [date.fromisoformat(day) if day else None for day in (start, end)]
    assert period_words(days[0], days[1], relation) == words


class _Texts(HTMLParser):
    """The text of some HTML, and the tags in it."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        self.text += data


spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)


@given(text=st.text(max_size=60), places=st.lists(spans, max_size=6), words=st.lists(spans, max_size=4))
def test_a_marked_text_is_the_text_whatever_it_holds(text: str, places: list[list[int]], words: list[list[int]]) -> None:
    marks = [Mark(low, min(high, len(text)), "figure") for low, high in places if low < min(high, len(text))]
    behind = [Words(low, high, "measure") for low, high in words]
    parser = _Texts()
    html = str(render(text, marks, words=behind))
    parser.feed(html)
    parser.close()
    assert unescape(re.sub(r"</?(?:mark|span)[^>]*>", "", html)) == visible(text)
    assert set(parser.tags) <= {"mark", "span"}
    assert parser.depth == 0


@given(places=st.lists(spans, max_size=12))
def test_marks_never_overlap(places: list[list[int]]) -> None:
    facts = [{"start_char": a, "end_char": b, "fact_id": str(i)} for i, (a, b) in enumerate(places[::2])]
    names = [{"start_char": a, "end_char": b, "entity_id": str(i)} for i, (a, b) in enumerate(places[1::2])]
    marks = marks_of(facts, [], names)
    assert all(before.end <= after.start for before, after in pairwise(marks))
    assert all(mark.start < mark.end for mark in marks)


def test_a_long_text_is_cut_into_blocks_quickly() -> None:
    text = "\n\n".join(f"Sentence {i} with 5 figures." for i in range(20_000)) + "\n" + " \n" * 20_000
    marks = [Mark(m.start(), m.end(), "figure") for m in re.finditer(r"5", text)]
    blocks = blocks_of(text, [], marks)
    assert len(blocks) == 20_000
    assert sum(block.html.count("<mark") for block in blocks) == len(marks)


finite = st.floats(-1e15, 1e15).filter(lambda v: v == 0 or abs(v) > 1e-6)


@given(values=st.lists(finite, min_size=1, max_size=20))
def test_an_axis_holds_its_values_on_round_ticks(values: list[float]) -> None:
    axis = number_axis(values, start=300, stop=10)
    slack = 1e-8 * (axis.high - axis.low)
    assert axis.low - slack <= min(values) <= max(values) <= axis.high + slack
    assert all(10 - 1e-6 <= axis(value) <= 300 + 1e-6 for value in values)
    assert 2 <= len(axis.ticks) <= 14
    labels = [label for _, label in axis.ticks]
    assert len(set(labels)) == len(labels), labels


@given(values=st.lists(st.floats(1e-6, 1e15), min_size=1, max_size=20))
def test_a_logarithmic_axis_holds_its_values(values: list[float]) -> None:
    axis = log_axis(values, start=300, stop=10)
    assert all(10 - 1e-6 <= axis(value) <= 300 + 1e-6 for value in values)


@given(days=st.tuples(st.dates(date(2, 1, 1)), st.dates(date(2, 1, 1))).map(sorted))
def test_a_time_axis_has_room_for_its_ticks(days: list[date]) -> None:
    axis = time_axis(days[0], days[1], start=60, stop=800)
    places = [axis(value) for value, _ in axis.ticks]
    assert places == sorted(places)
    assert len(places) <= 16
    assert 60 <= axis(days[0].toordinal()) <= axis(days[1].toordinal()) <= 800


@given(judged=st.integers(1, 1000), share=st.floats(0, 1))
def test_an_interval_of_wilson_holds_the_share(judged: int, share: float) -> None:
    found = wilson(round(judged * share), judged)
    assert found
    assert 0 <= found.low <= found.value + 1e-9
    assert found.value <= found.high + 1e-9
    assert found.high <= 1
