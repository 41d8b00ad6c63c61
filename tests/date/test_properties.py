"""What holds for any text: spans slice back, none overlaps another, and no text takes long."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.date import fiscal_year_start, read_dates
from pipeline.date.node import fold
from pipeline.date.words import word_set

WORDS = st.sampled_from(
    sorted(
        word_set("""
    the a first second last next this that year quarter month week day half period season decade of to in by from since
    until
    and between May March Jan. June-August 2024 2024-25 2024/25 FY26 Q3 H1 3Q24 12 12-18 31 29 February 1990s '98 century fiscal
    financial ended ago earlier before later same corresponding three-year twelve months years 10/11/2024 2024-02-30 30.02.2024
    Friday Sunday night every each weekends Christmas spring fall winter early late mid- end- year-end now today 14th Five-Year
    Plan , . ; : ( ) - –""")
    )
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=40).map("".join))
REFERENCES = st.one_of(st.none(), st.dates(min_value=date(1900, 1, 1), max_value=date(2150, 12, 31)))


@settings(max_examples=400, deadline=None)
@given(text=TEXTS, reference=REFERENCES)
@example(text="İstanbul, 4 May 2025. İt rose in May", reference=date(2025, 9, 17))
@example(text="in \u20602024, the year 9999, FY99 and 2100-2199", reference=date(2025, 9, 17))
def test_mentions_slice_back_in_order(text: str, reference: date | None) -> None:
    end = 0
    for mention in read_dates(text, reference=reference, include_vague=True):
        assert mention.text == text[mention.start_char : mention.end_char]
        assert end <= mention.start_char < mention.end_char
        end = mention.end_char
        assert mention.cue_start is None or mention.cue_start <= mention.start_char
        if mention.start_date and mention.end_date:
            assert mention.start_date <= mention.end_date
        assert mention.timex


@given(text=st.text(max_size=200))
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "9",
            "a ",
            "the ",
            "the first ",
            "1990s ",
            "12-",
            "2024-",
            "2024/",
            "12 to ",
            "the year to ",
            "from 2024 to ",
            "in May ",
        ),
        *(
            "two years ",
            "the end of ",
            "early ",
            "last ",
            "'98 ",
            "between 2015 and ",
            "10/11/",
            "the same period ",
            "Q1-",
            "12.5 ",
        ),
        *("\n", " ", "fiscal year ", "the second half of ", "a quarter of a ", "since ", "5 and ", "3Q24", "the quarter ended "),
        *(
            "Jan.-",
            "week 1 ",
            "fiscal second-quarter ended ",
            "nineteen ",
            "2024/25 ",
            "last season ",
            "this summer ",
            "since 2015 the quarter ",
            "a year earlier ",
        ),
    ],
)
def test_no_text_takes_long(unit: str) -> None:
    """Twice the text takes at most about twice the time, however hostile."""

    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        started = time.process_time()
        read_dates(text, reference=date(2025, 9, 17))
        fiscal_year_start(text)
        return time.process_time() - started

    seconds(2_000)
    small, large = seconds(20_000), seconds(80_000)
    assert large <= 8 * small + 0.25


def test_without_a_date_only_absolute_ones_are_resolved() -> None:
    mentions = read_dates("It fell in May 2024, in June and last year.", reference=None)
    assert [(m.text, m.start_date) for m in mentions] == [("May 2024", date(2024, 5, 1)), ("June", None)]


def test_a_dateline_serves_as_reference() -> None:
    mentions = read_dates("2025-09-15 15:01 Source: Wire\n\nExports fell last year.", reference=None)
    assert [m.start_date for m in mentions] == [date(2025, 9, 15), date(2024, 1, 1)]


def test_vague_words_are_read_on_request_alone() -> None:
    text = "It now takes several weeks; recently it took decades. It is paid daily."
    assert read_dates(text, reference=date(2025, 9, 17)) == []
    found = {m.text: (m.date_kind, m.timex) for m in read_dates(text, reference=date(2025, 9, 17), include_vague=True)}
    assert found["now"] == ("date", "PRESENT_REF")
    assert found["several weeks"] == ("duration", "PXW")
    assert found["recently"] == ("date", "PAST_REF")
    assert found["daily"] == ("set", "P1D")


def test_comparison_names_how_far_back() -> None:
    mentions = read_dates("Sales rose in June from a year earlier and from the previous month.", reference=date(2025, 9, 17))
    assert [(m.comparison, m.shift) for m in mentions] == [(False, None), (True, "P1Y"), (True, "P1M")]


def test_cue_starts_at_the_preposition() -> None:
    text = "It held 5 by the end of June and, as of Sept. 3, six; since 2015 it has grown."
    mentions = read_dates(text, reference=date(2025, 9, 17))
    assert [text[m.cue_start or 0 : m.start_char] for m in mentions] == ["by ", "as of ", "since "]
