"""Calendar arithmetic: shifts that keep whole months and month ends."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.date import shift_period
from pipeline.date.period import Period, add_months, easter, months_period, shift, week_period, year_period

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("start", "end", "back", "expected"),
    [
        ("2025-07-01", "2025-09-30", "P1Y", ("2024-07-01", "2024-09-30")),
        ("2025-07-01", "2025-09-30", "P3M", ("2025-04-01", "2025-06-30")),
        ("2024-02-01", "2024-02-29", "P1Y", ("2023-02-01", "2023-02-28")),
        ("2025-02-01", "2025-02-28", "P1Y", ("2024-02-01", "2024-02-29")),
        ("2024-02-29", "2024-02-29", "P1Y", ("2023-02-28", "2023-02-28")),
        ("2024-03-31", "2024-03-31", "P1M", ("2024-02-29", "2024-02-29")),
        ("2025-05-01", "2025-05-20", "P1Y", ("2024-05-01", "2024-05-20")),
        ("2025-09-08", "2025-09-14", "P1W", ("2025-09-01", "2025-09-07")),
        ("2025-09-14", "2025-09-14", "P10D", ("2025-09-04", "2025-09-04")),
        ("2024-04-01", "2025-03-31", "P10Y", ("2014-04-01", "2015-03-31")),
        ("2024-01-01", "2024-12-31", "-P2Y", ("2026-01-01", "2026-12-31")),
        ("2024-01-01", "2024-12-31", "P1Y6M", ("2022-07-01", "2023-06-30")),
    ],
)
def test_shift_keeps_months_whole(start: str, end: str, back: str, expected: tuple[str, str]) -> None:
    shifted = shift_period(date.fromisoformat(start), date.fromisoformat(end), back)
    assert shifted == tuple(date.fromisoformat(day) for day in expected)


@pytest.mark.parametrize("wrong", ["", "P", "1Y", "PT5H", "a year", "P1.5Y"])
def test_shift_refuses_what_is_no_calendar_duration(wrong: str) -> None:
    with pytest.raises(ValueError, match="not a calendar duration"):
        shift_period(date(2024, 1, 1), date(2024, 12, 31), wrong)


@given(start=DAYS, length=st.integers(0, 800), months=st.integers(-600, 600))
def test_shift_keeps_the_order_of_ends(start: date, length: int, months: int) -> None:
    end = date.fromordinal(start.toordinal() + length)
    sign = "-" if months < 0 else ""
    moved_start, moved_end = shift_period(start, end, f"{sign}P{abs(months)}M")
    assert moved_start <= moved_end


@given(year=st.integers(1950, 2090), month=st.integers(1, 12), count=st.integers(1, 40), months=st.integers(-600, 600))
def test_whole_months_stay_whole_months(year: int, month: int, count: int, months: int) -> None:
    period = months_period(year, month, count)
    moved = shift(period, months=months)
    assert (moved.months, moved.precision) == (count, period.precision)
    assert shift(moved, months=-months).start == period.start


@given(day=DAYS, months=st.integers(-600, 600))
def test_adding_months_never_skips_one(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months


def test_names_of_periods() -> None:
    assert year_period(2024).timex == "2024"
    assert months_period(2024, 7, 3).timex == "2024-Q3"
    assert months_period(2024, 7, 6).timex == "2024-H2"
    assert months_period(2024, 2, 5).timex == "2024-02/2024-06"
    assert week_period(date(2024, 12, 30)).timex == "2025-W01"
    assert Period(None, date(2024, 1, 1), "day", "").months is None
    assert easter(2025) == date(2025, 4, 20)
