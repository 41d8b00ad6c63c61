"""Word tables of the date reader: what English news calls seasons, holidays and units, and its numbers, months and weekdays.

All keys are lower case. Fragments (``MONTH``, ``NUMBER`` …) are regular expressions made from the tables; they hold no
group and no unbounded repetition.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.number import words
from pipeline.number.calendar_words import FULL_MONTHS as FULL_MONTHS
from pipeline.number.calendar_words import MONTHS as MONTHS
from pipeline.number.calendar_words import SHORT_MONTHS as SHORT_MONTHS
from pipeline.number.calendar_words import WEEKDAYS as WEEKDAYS

#: Month words that are also common words: in lower case, or alone and abbreviated, they need a number beside them.
AMBIGUOUS_MONTHS = frozenset({"may", "march", "mar", "jan", "jun", "sep", "dec", "apr", "aug"})

#: Numbers in words up to ninety-nine, with a hyphen and without.
CARDINALS: dict[str, int] = {word: value for word, value in words.CARDINALS.items() if value}
for _tens in words.TENS:
    for _ones, _value in words.UNITS.items():
        if 0 < _value < 10:
            CARDINALS[f"{_tens}-{_ones}"] = CARDINALS[f"{_tens} {_ones}"] = words.TENS[_tens] + _value

#: Places in a month or a century in words, up to the thirty-ninth.
ORDINALS: dict[str, int] = {word: value for word, value in words.ORDINALS.items() if value <= 30}
for _tens in ("twenty", "thirty"):
    for _ones, _value in words.ORDINALS.items():
        if _value < 10:
            ORDINALS[f"{_tens}-{_ones}"] = ORDINALS[f"{_tens} {_ones}"] = words.TENS[_tens] + _value

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
