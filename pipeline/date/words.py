"""Word tables of the date reader: what English news calls months, weekdays, seasons, holidays, numbers and units.

All keys are lower case. Fragments (``MONTH``, ``NUMBER`` …) are regular expressions made from the tables; they hold no
group and no unbounded repetition.
"""

from __future__ import annotations

from collections.abc import Iterable

MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
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
    ),
    start=1,
):
    for _name in _names:
        MONTHS[_name] = _number

FULL_MONTHS = tuple(name for name in MONTHS if len(name) > 4 or name in ("may", "june", "july"))
SHORT_MONTHS = tuple(name for name in MONTHS if name not in FULL_MONTHS)

#: Month words that are also common words: in lower case, or alone and abbreviated, they need a number beside them.
AMBIGUOUS_MONTHS = frozenset({"may", "march", "mar", "jan", "jun", "sep", "dec", "apr", "aug"})

WEEKDAYS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        ("monday", "mon"),
        ("tuesday", "tues", "tue"),
        ("wednesday", "wed"),
        ("thursday", "thurs", "thur", "thu"),
        ("friday", "fri"),
        ("saturday", "sat"),
        ("sunday", "sun"),
    )
):
    for _name in _names:
        WEEKDAYS[_name] = _number

CARDINALS: dict[str, int] = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
for _tens in ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"):
    for _ones in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"):
        CARDINALS[f"{_tens}-{_ones}"] = CARDINALS[f"{_tens} {_ones}"] = CARDINALS[_tens] + CARDINALS[_ones]

ORDINALS: dict[str, int] = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
    "fourteenth": 14,
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "thirtieth": 30,
}
for _tens in ("twenty", "thirty"):
    for _ones in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"):
        ORDINALS[f"{_tens}-{_ones}"] = ORDINALS[f"{_tens} {_ones}"] = CARDINALS[_tens] + ORDINALS[_ones]

#: First month of a season in the north; the south is half a year away. Winter is named by the year it ends in.
SEASONS: dict[str, int] = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
SEASON_CODES: dict[str, str] = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}

#: Holidays on one day of the calendar; those that move with Easter are in ``EASTER_DAYS`` (days from Easter Sunday).
HOLIDAYS: dict[str, tuple[int, int]] = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "halloween": (10, 31),
    "valentine's day": (2, 14),
    "independence day": (7, 4),
    "international workers' day": (5, 1),
}
EASTER_DAYS: dict[str, tuple[int, int]] = {
    "the easter weekend": (-2, 1),
    "easter weekend": (-2, 1),
    "good friday": (-2, -2),
    "easter monday": (1, 1),
    "easter sunday": (0, 0),
}

#: Units of time: months they hold (or None), days they hold (or None), ISO 8601 code and whether it stands behind ``T``.
UNITS: dict[str, tuple[int | None, int | None, int, str]] = {
    # word: (months, days, factor, designator)
    "day": (None, 1, 1, "D"),
    "night": (None, 1, 1, "D"),
    "week": (None, 7, 1, "W"),
    "fortnight": (None, 14, 2, "W"),
    "month": (1, None, 1, "M"),
    "quarter": (3, None, 3, "M"),
    "year": (12, None, 1, "Y"),
    "yr": (12, None, 1, "Y"),
    "season": (12, None, 1, "Y"),
    "decade": (120, None, 10, "Y"),
    "century": (1200, None, 100, "Y"),
    "centurie": (1200, None, 100, "Y"),
    "hour": (None, None, 1, "TH"),
    "minute": (None, None, 1, "TM"),
    "min": (None, None, 1, "TM"),
}


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, longest first, so that ``sept`` is not cut to ``sep``."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(word.replace(" ", "[ ]") for word in ordered) + ")"


def word_set(text: str) -> frozenset[str]:
    """The words of ``text`` as a set: how word tables are written down."""
    return frozenset(text.split())
