"""What English news calls months and weekdays: the one list for all who read or avoid them."""

from __future__ import annotations

_MONTH_NAMES = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_WEEKDAY_NAMES = (
    ("monday", "mon"),
    ("tuesday", "tues", "tue"),
    ("wednesday", "wed"),
    ("thursday", "thurs", "thur", "thu"),
    ("friday", "fri"),
    ("saturday", "sat"),
    ("sunday", "sun"),
)

#: Month names and their short forms, in lower case and without a period, and the number of the month.
MONTHS: dict[str, int] = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names}
FULL_MONTHS: tuple[str, ...] = tuple(names[0] for names in _MONTH_NAMES)
SHORT_MONTHS: tuple[str, ...] = tuple(name for names in _MONTH_NAMES for name in names[1:])

#: Weekdays and their short forms, Monday being 0.
WEEKDAYS: dict[str, int] = {name: number for number, names in enumerate(_WEEKDAY_NAMES) for name in names}
FULL_WEEKDAYS: tuple[str, ...] = tuple(names[0] for names in _WEEKDAY_NAMES)
