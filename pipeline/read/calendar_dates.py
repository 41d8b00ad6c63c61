"""A full calendar date (day, month and year) as a dateline or a metadata field prints it.

This is not the date reader of the text (``pipeline.date``): it knows whole dates alone, since only a day says when an
article was published, and it knows nothing of what the article is about.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from pipeline.number.calendar_words import MONTHS

_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"

#: Name → pattern of one way to print a whole date. Day and month in figures are read only where they cannot be swapped
#: (``28.09.2023``): see ``find_dates``.
_FORMS = {
    "iso": r"(?P<year>(?:19|20)\d\d)[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})",
    "day_month_year": rf"{_DAY}(?:\ of)?[\s\xa0-]{{1,3}}{_MONTH},?[\s\xa0-]{{1,3}}{_YEAR}",
    "month_day_year": rf"{_MONTH}[\s\xa0]{{1,3}}{_DAY},?[\s\xa0]{{1,3}}{_YEAR}",
    "figures": rf"(?P<day>\d{{1,2}})(?P<mark>[./-])(?P<number>\d{{1,2}})(?P=mark){_YEAR}",
    "chinese": r"(?P<year>(?:19|20)\d\d)\s?年\s?(?P<number>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日",
}
_PATTERNS = tuple(re.compile(rf"(?<![\w.,/-])(?:{form})(?![\w/]|[.,-]\d)", re.IGNORECASE) for form in _FORMS.values())
_CLOCK = re.compile(r"[T\s,]{1,2}(\d{1,2}):(\d\d):(\d\d)(?!\d)")


def find_dates(text: str) -> list[tuple[int, int, date]]:
    """Every whole date in ``text`` as (start, end, day), in order.

    >>> find_dates("Released: 14 November 2025, 10:00")
    [(10, 26, datetime.date(2025, 11, 14))]
    >>> find_dates("03/04/2025")  # April or March: not said
    []
    """
    found = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            day = _as_date(match)
            if day is not None:
                found.append((match.start(), match.end(), day))
    return sorted(found)


def _as_date(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    day = int(parts["day"])
    month = MONTHS[parts["month"].lower()] if parts.get("month") else int(parts["number"])
    if "mark" in parts and parts["mark"] != "." and day <= 12 and day != month:
        return None
    try:
        return date(int(parts["year"]), month, day)
    except ValueError:
        return None


def time_after(text: str, end: int, day: date) -> datetime:
    """The moment of ``day``, with the clock time to the second that follows at ``end`` (``2025-09-15 15:01:14``), else midnight.

    A clock time without seconds is left out: it mostly names a zone that would have to be known.
    """
    match = _CLOCK.match(text, end)
    hour, minute, second = (int(group) for group in match.groups()) if match else (0, 0, 0)
    if hour > 23 or minute > 59 or second > 59:
        hour = minute = second = 0
    return datetime(day.year, day.month, day.day, hour, minute, second)
