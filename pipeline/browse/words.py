"""Facts in words for people: figures, intervals, periods. Pure functions of plain values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from pipeline.number.calendar_words import FULL_MONTHS
from pipeline.plain import format_decimal

_SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_MONTHS = [name.title() for name in FULL_MONTHS]
_BOUNDS = {
    "about": "about ",
    "more_than": "more than ",
    "at_least": "at least ",
    "less_than": "less than ",
    "at_most": "at most ",
}
_UNITS = {"percent": "%", "percentage_point": "percentage points", "basis_point": "basis points", "x": "times"}

#: Characters that nobody sees, or that turn the direction of what follows: they are shown by their number.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")


def visible(text: object) -> str:
    """A text without characters that nobody sees; each is shown as ``⟦U+202E⟧``.

    >>> visible("left\\u202eright")
    'left⟦U+202E⟧right'
    """
    return _UNSEEN.sub(lambda match: f"⟦U+{ord(match[0]):04X}⟧", str(text))


def number_words(value: Decimal) -> str:
    """A number with commas, and from a million on with a scale word, every digit kept where they are few.

    >>> number_words(Decimal("2630000000000")), number_words(Decimal("1234567890")), number_words(Decimal("0.5000"))
    ('2.63 trillion', '1,234,567,890', '0.5')
    """
    for scale, name in _SCALES:
        if abs(value) >= scale:
            short = format_decimal(value / scale, separators=True)
            return f"{short} {name}" if len(short.lstrip("-").replace(",", "")) <= 8 else format_decimal(value, separators=True)
    return format_decimal(value, separators=True)


def with_unit(number: str, unit: str) -> str:
    """A number with its unit.

    >>> with_unit("8.8", "percent"), with_unit("6", "rank"), with_unit("35", "country")
    ('8.8%', 'no. 6', '35 country')
    """
    if unit == "percent":
        return f"{number}%"
    if unit == "rank":
        return f"no. {number}"
    return f"{number} {_UNITS.get(unit, unit)}"


def value_words(fact: Mapping[str, Any]) -> str:
    """What a figure is worth: a range by its ends, else its bound, value and unit."""
    if fact["bound"] == "between" and fact["value_low"] is not None and fact["value_high"] is not None:
        both = f"{number_words(fact['value_low'])} to {number_words(fact['value_high'])}"
        return with_unit(both, fact["unit"])
    return _BOUNDS.get(fact["bound"], "") + with_unit(number_words(fact["value"]), fact["unit"])


def interval_words(fact: Mapping[str, Any]) -> str | None:
    """What the printed digits leave open; None where they leave nothing.

    >>> row = {"value": Decimal("8.8"), "value_low": Decimal("8.75"), "value_high": Decimal("8.85"), "unit": "percent"}
    >>> interval_words(row | {"bound": "exact"})
    '8.75 to 8.85%'
    """
    low, high = fact["value_low"], fact["value_high"]
    unit = fact["unit"]
    if low is None and high is None:
        return None
    if low is None:
        return f"up to {with_unit(number_words(high), unit)}"
    if high is None:
        return f"{with_unit(number_words(low), unit)} and more"
    if low == high:
        return None
    return with_unit(f"{number_words(low)} to {number_words(high)}", unit)


def day_words(day: date) -> str:
    """A day.

    >>> day_words(date(2025, 6, 3))
    '3 June 2025'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def period_words(start: date | None, end: date | None, relation: str | None = None) -> str | None:
    """A period by the name that people give it; None where nothing says when.

    >>> period_words(date(2024, 1, 1), date(2024, 6, 30)), period_words(date(2024, 1, 1), date(2024, 12, 31), "by")
    ('H1 2024', 'by the end of 2024')
    """
    if start is None and end is None:
        return None
    if start is None and end is not None:
        return f"until {day_words(end)}"
    if end is None and start is not None:
        return f"since {_since_words(start)}"
    assert start is not None
    assert end is not None
    name = _interval_words(start, end)
    if relation == "by":
        return f"by {name}" if start == end else f"by the end of {name}"
    return name


def _since_words(start: date) -> str:
    if (start.month, start.day) == (1, 1):
        return str(start.year)
    return f"{_MONTHS[start.month - 1]} {start.year}" if start.day == 1 else day_words(start)


def _interval_words(start: date, end: date) -> str:
    if start == end:
        return day_words(start)
    whole_months = start.day == 1 and (end + timedelta(days=1)).day == 1 if end < date.max else False
    if whole_months:
        if start.year == end.year:
            months = (start.month, end.month)
            if months == (1, 12):
                return str(start.year)
            if months in {(1, 6), (7, 12)}:
                return f"H{1 if start.month == 1 else 2} {start.year}"
            if end.month - start.month == 2 and end.month % 3 == 0:
                return f"Q{end.month // 3} {start.year}"
            if start.month == end.month:
                return f"{_MONTHS[start.month - 1]} {start.year}"
            return f"{_MONTHS[start.month - 1]} to {_MONTHS[end.month - 1]} {start.year}"
        if (start.month, end.month) == (1, 12):
            return f"{start.year} to {end.year}"
        return f"{_MONTHS[start.month - 1]} {start.year} to {_MONTHS[end.month - 1]} {end.year}"
    return f"{day_words(start)} to {day_words(end)}"


def role_words(fact: Mapping[str, Any]) -> str:
    """How a figure is meant: its role with the direction of a change and the whole of a share.

    >>> role_words({"role": "change", "direction": "up", "share_of": None})
    'change, up'
    """
    words = fact["role"]
    if fact["direction"]:
        words = f"{words}, {fact['direction']}"
    return f"{words} of {fact['share_of']}" if fact["share_of"] else str(words)


def percent_words(share: float) -> str:
    """A share between 0 and 1 in per cent, without decimals.

    >>> percent_words(0.876)
    '88%'
    """
    return f"{100 * share:.0f}%"


def moment_words(moment: datetime | None) -> str:
    """A moment to the minute, in UTC; ``unknown`` where there is none.

    >>> moment_words(datetime(2025, 6, 3, 14, 5))
    '3 June 2025, 14:05 UTC'
    """
    return f"{day_words(moment.date())}, {moment:%H:%M} UTC" if moment else "unknown"


def count_words(count: int, noun: str, plural: str | None = None) -> str:
    """A count with its noun.

    >>> count_words(1, "fact"), count_words(12345, "fact"), count_words(0, "copy", "copies")
    ('1 fact', '12,345 facts', '0 copies')
    """
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def file_name(source: str) -> str:
    """The last part of a path or URL, which names an article that has no title.

    >>> file_name("corpus/c01_wire.txt"), file_name("https://news.example/2025/exports/")
    ('c01_wire.txt', 'exports')
    """
    return source.rstrip("/").rsplit("/", 1)[-1] or source
