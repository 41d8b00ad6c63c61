"""Calendar arithmetic: intervals of whole days, both ends inclusive, with their precision and TIMEX3 value.

Pure; nothing here reads text. Years outside 1 to 9999 raise ``ValueError`` from ``datetime.date`` and are the
caller's to refuse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.records import Precision

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """An interval of days, both ends inclusive; ``None`` is an open end. ``timex`` is its TIMEX3 value."""

    start: date | None
    end: date | None
    precision: Precision
    timex: str

    @property
    def months(self) -> int | None:
        """How many whole calendar months it is, or None where it is not whole months or is open."""
        if self.start is None or self.end is None or self.start.day != 1 or (self.end + DAY).day != 1:
            return None
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1


_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _days_in_month(year: int, month: int) -> int:
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _MONTH_DAYS[month - 1]


def month_end(year: int, month: int) -> date:
    return date(year, month, _days_in_month(year, month))


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later, or the last day of that month where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, _days_in_month(year, month + 1)))


def day_period(day: date) -> Period:
    return Period(day, day, "day", day.isoformat())


def days_period(start: date, end: date) -> Period:
    if start == end:
        return day_period(start)
    return Period(start, end, "day", f"{start.isoformat()}/{end.isoformat()}")


def month_period(year: int, month: int) -> Period:
    return Period(date(year, month, 1), month_end(year, month), "month", f"{year:04}-{month:02}")


def year_period(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), "year", f"{year:04}")


def years_period(first: int, last: int) -> Period:
    return Period(date(first, 1, 1), date(last, 12, 31), "year", f"{first:04}/{last:04}")


def quarter_period(year: int, quarter: int) -> Period:
    return replace(months_period(year, quarter * 3 - 2, 3), timex=f"{year:04}-Q{quarter}")


def half_period(year: int, half: int) -> Period:
    return replace(months_period(year, half * 6 - 5, 6), timex=f"{year:04}-H{half}")


def decade_period(year: int) -> Period:
    first = year - year % 10
    return Period(date(first, 1, 1), date(first + 9, 12, 31), "decade", str(first)[:3])


def century_period(century: int) -> Period:
    """The nineteenth century is 1801 to 1900; TIMEX3 writes its hundreds (``18``)."""
    return Period(date(century * 100 - 99, 1, 1), date(century * 100, 12, 31), "century", f"{century - 1:02}")


def week_period(monday: date) -> Period:
    year, week, _ = monday.isocalendar()
    return Period(monday, monday + 6 * DAY, "day", f"{year:04}-W{week:02}")


def months_period(year: int, month: int, count: int) -> Period:
    """``count`` whole months from ``month`` of ``year``, named as the calendar names them where it does."""
    start = date(year, month, 1)
    end = add_months(start, count) - DAY
    if count == 12 and month == 1:
        return year_period(year)
    if count == 3 and month % 3 == 1:
        return Period(start, end, "quarter", f"{year:04}-Q{(month + 2) // 3}")
    if count == 6 and month % 6 == 1:
        return Period(start, end, "half", f"{year:04}-H{(month + 5) // 6}")
    if count == 1:
        return month_period(year, month)
    precision: Precision = {3: "quarter", 6: "half", 12: "year"}.get(count, "month")  # type: ignore[assignment]
    return Period(start, end, precision, f"{start:%Y-%m}/{end:%Y-%m}")


def span_period(start: date, end: date) -> Period:
    """From ``start`` to ``end``, as whole years, months or days, whichever says it exactly."""
    whole = Period(start, end, "day", "")
    months = whole.months
    if months is None or months <= 0:
        return days_period(start, end)
    if months % 12 == 0 and start.month == 1 and months > 12:
        return years_period(start.year, end.year)
    return months_period(start.year, start.month, months)


_DURATION = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?$")


def shift_period(start: date, end: date, iso_duration: str) -> tuple[date, date]:
    """The interval ``iso_duration`` (``P1Y``, ``P3M``, ``P1W``, ``P10D``) before ``start`` to ``end``.

    Whole months stay whole months and a month's end stays a month's end: Q3 2025 less ``P1Y`` is Q3 2024, February
    2024 less ``P1Y`` is all of February 2023, 31 March 2024 less ``P1M`` is 29 February 2024. A leading minus
    (``-P1Y``) goes forward. Raises ``ValueError`` for anything else.
    """
    ahead = iso_duration.startswith("-")
    match = _DURATION.match(iso_duration[1:] if ahead else iso_duration)
    if match is None or not any(match.groups()):
        raise ValueError(f"not a calendar duration: {iso_duration!r}; write P1Y, P6M, P2W, P10D or a sum such as P1Y6M")
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    sign = 1 if ahead else -1
    return _shift(start, end, sign * (years * 12 + months), sign * (weeks * 7 + days))


def _shift(start: date, end: date, months: int, days: int) -> tuple[date, date]:
    if months:
        whole = start.day == 1 and (end + DAY).day == 1
        end_stays_last = (end + DAY).day == 1 and (whole or start == end)
        start, end = add_months(start, months), add_months(end, months)
        if end_stays_last:
            last = month_end(end.year, end.month)
            start, end = (last, last) if start == end and not whole else (start, last)
    return start + days * DAY, end + days * DAY


def shift(period: Period, *, months: int = 0, days: int = 0) -> Period:
    """``period`` moved by whole months and days; an open end stays open. Negative is earlier."""
    start, end = period.start, period.end
    if start is None or end is None:
        only = start or end
        if only is None:
            return period
        moved = _shift(only, only, months, days)[0]
        return replace(period, start=moved if start else None, end=moved if end else None, timex=moved.isoformat())
    new_start, new_end = _shift(start, end, months, days)
    if start == end:
        return day_period(new_start)
    if not months and days % 7 == 0 and (end - start).days == 6 and start.weekday() == 0:
        return week_period(new_start)
    if period.precision == "day":
        return days_period(new_start, new_end)
    return replace(span_period(new_start, new_end), precision=period.precision)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
