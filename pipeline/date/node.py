"""What a wording says before anyone knows which day it is, and the small readers that every wording shares.

Wordings are read in a *folded* text: lower case, plain spaces, hyphens and quotes, each character still one character,
so that offsets count into the article. See ``fold``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.date.words import CARDINALS, FULL_MONTHS, MONTHS, ORDINALS, SHORT_MONTHS, WEEKDAYS, alternatives

_FOLDS = (
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2009", " "),
    ("\u2007", " "),
    ("\u2013", "-"),
    ("\u2014", "-"),
    ("\u2010", "-"),
    ("\u2011", "-"),
    ("\u2012", "-"),
    ("\u2212", "-"),
    ("\u2019", "'"),
    ("\u2018", "'"),
)


def fold(text: str) -> str:
    """``text`` in lower case with plain spaces, hyphens and quotes; every character stays one character."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(lower if len(lower := character.lower()) == 1 else character for character in text)
    if not low.isascii():
        for written, plain in _FOLDS:
            low = low.replace(written, plain)
    return low


@dataclass(frozen=True, slots=True)
class Node:
    """What stands from ``start`` to ``end``: the ``kind`` of expression and its parts, not yet a date.

    ``rule`` names the wording. ``value`` holds the parts, by name, as the kind needs them.
    """

    start: int
    end: int
    kind: str
    rule: str
    value: dict[str, Any]


@dataclass(frozen=True, slots=True)
class YearRef:
    """Which year: ``year`` when written; ``word`` (``last``, ``this``, ``next``, ``previous``, ``the`` …) when relative;
    ``fiscal`` when a fiscal year; ``second`` the other year of ``2023-24``."""

    year: int | None = None
    word: str | None = None
    fiscal: bool = False
    second: int | None = None


Made = tuple[str, dict[str, Any], int] | None
"""What a wording makes of a match: the kind, its parts, and where it ends."""

Point = Callable[[str, int], Node | None]
"""Reads the expression that starts exactly at a position: what a wording such as ``the end of …`` needs for the rest."""

Form = Callable[[str, int, Point], Node | None]
"""One wording, tried at a position of a folded text."""


def form(name: str, pattern: str, make: Callable[[re.Match[str], str], Made]) -> Form:
    """A wording as a named row: a verbose pattern and what it makes of a match (None: no such expression after all)."""
    match_at = re.compile(pattern, re.VERBOSE).match

    def read(low: str, position: int, point: Point) -> Node | None:
        match = match_at(low, position)
        if match is None:
            return None
        made = make(match, low)
        return None if made is None else Node(position, made[2], made[0], name, made[1])

    read.__name__ = name
    return read


def nested_form(name: str, pattern: str, make: Callable[[re.Match[str], str, Point], Made]) -> Form:
    """A wording that goes on with another expression (``the end of`` June 2025)."""
    match_at = re.compile(pattern, re.VERBOSE).match

    def read(low: str, position: int, point: Point) -> Node | None:
        match = match_at(low, position)
        if match is None:
            return None
        made = make(match, low, point)
        return None if made is None else Node(position, made[2], made[0], name, made[1])

    read.__name__ = name
    return read


# --- fragments ---------------------------------------------------------------------------------------------------

ANY_MONTH = alternatives(MONTHS)
MONTH = rf"(?:{alternatives(FULL_MONTHS)}\b|{alternatives(SHORT_MONTHS)}\b\.?)"
WEEKDAY = alternatives(WEEKDAYS)
DAY_NUMBER = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d%a-z]|\.\d|,\d\d\d)"
YEAR = r"(?:1[5-9]|20|21)\d\d(?![\d%])(?!,\d\d\d)"
NUMBER_WORD = alternatives(CARDINALS)
NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{1,2}})?|{NUMBER_WORD})"
ORDINAL = rf"(?:{alternatives(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
UNIT = r"(?:day|night|week|fortnight|month|quarter|year|season|decade)"
LONG_UNIT = r"(?:day|night|week|fortnight|month|quarter|year|yr|season|decade|centurie|century|hour|minute|min)"
FISCAL = r"(?:fiscal|financial)"


def number(word: str) -> float | None:
    """The worth of a number word or of digits, None for anything else."""
    word = word.strip()
    if word in CARDINALS:
        return CARDINALS[word]
    try:
        return float(word)
    except ValueError:
        return None


def whole_number(word: str | None) -> int | None:
    count = number(word) if word else None
    return int(count) if count is not None and count == int(count) else None


def ordinal(word: str) -> int | None:
    """The worth of ``third``, ``3rd``, ``twenty-first``."""
    if word in ORDINALS:
        return ORDINALS[word]
    digits = re.match(r"\d{1,2}", word)
    return int(digits[0]) if digits else None


def leading_int(word: str) -> int:
    return int(re.match(r"\d+", word)[0])  # type: ignore[index]


def month_number(word: str) -> int:
    return MONTHS[word.rstrip(".")]


def two_digit_year(two: int) -> int:
    """``'98`` is 1998, ``'24`` is 2024: two digits up to 39 are of this century."""
    return 2000 + two if two < 40 else 1900 + two


def split_year(first: int, last_digits: str) -> int:
    """The second year of ``2012-13`` or ``2021-2025``."""
    if len(last_digits) == 4:
        return int(last_digits)
    last = first - first % 100 + int(last_digits)
    return last if last > first else last + 100


def drop_stop(low: str, word: str, end: int) -> int:
    """``end`` without the full stop of ``Sept.`` where that ends the sentence too."""
    return end - 1 if word.endswith(".") and not re.match(r" [a-z\d$]", low[end : end + 2]) else end


# --- the year that a part of a year belongs to -----------------------------------------------------------------

_TAIL = re.compile(
    rf"""
    (?P<y>{YEAR}) (?:[-/] (?P<y2>\d\d(?!\d)) )? (?: [ ](?P<fyword>{FISCAL})[ ]year )?
  | fy[ ']?[ ]?(?: (?P<fy4>20\d\d) (?:[-/](?P<fy42>\d\d(?:\d\d)?)(?!\d))? | '?(?P<fy2>\d\d)(?!\d) (?:[-/](?P<fy22>\d\d)(?!\d))? )
  | (?:the[ ])? {FISCAL} (?:[ ]year)? [ ]
    (?: (?P<f4>20\d\d|19\d\d)(?!\d) (?:[-/](?P<f42>\d\d(?:\d\d)?)(?!\d))? | '(?P<f2>\d\d)(?!\d) )
  | (?P<rel>last|this|next|the[ ]current|the[ ]previous|the[ ]preceding|the[ ]prior|the[ ]following|the[ ]coming|its[ ]last|
     the[ ]last|the[ ]new|the[ ]same|that|the) [ ] (?: (?:(?P<rfy>{FISCAL}|calendar)[ ])?year | (?P<rfy2>fiscal) )\b
  | '(?P<y2only>\d\d)(?!\d)
    """,
    re.VERBOSE,
)


def year_tail(low: str, position: int) -> tuple[YearRef, int] | None:
    """A year that starts at ``position``, with where it ends."""
    match = _TAIL.match(low, position)
    if match is None:
        return None
    end = match.end()
    if match["y"]:
        year = int(match["y"])
        second = split_year(year, match["y2"]) if match["y2"] else None
        if second is not None and second != year + 1:
            return YearRef(year), match.start("y2") - 1
        return YearRef(year, fiscal=bool(match["fyword"]), second=second), end
    if four := match["fy4"] or match["f4"]:
        year, other = int(four), match["fy42"] or match["f42"]
        return YearRef(year, fiscal=True, second=split_year(year, other) if other else None), end
    if two := match["fy2"] or match["f2"]:
        year, other = 2000 + int(two), match["fy22"]
        # FY25-26 names the year of its second half; FY2025-26 likewise.
        return YearRef(year, fiscal=True, second=split_year(year, other) if other else None), end
    if match["y2only"]:
        return YearRef(two_digit_year(int(match["y2only"]))), end
    word = match["rel"].removeprefix("the ").removeprefix("its ") if match["rel"] != "the" else "the"
    return YearRef(word=word, fiscal=bool(match["rfy2"]) or match["rfy"] in ("fiscal", "financial")), end


_LEADS = (" of the year ", " of ", ", ", " in ", " for ", " ")
_FAR_WORDS = frozenset({"the", "that", "same", "current", "new", "coming", "following", "prior"})


def optional_year(low: str, position: int, *, comma: bool = False) -> tuple[YearRef | None, int]:
    """A year behind a month, quarter or day (``, 2025``, `` of last year``), or None and ``position``."""
    if low[position : position + 1] not in " ,":
        return None, position
    for lead in _LEADS:
        if not low.startswith(lead, position) or (lead == ", " and not comma):
            continue
        tail = year_tail(low, position + len(lead))
        if tail is None:
            continue
        ref, end = tail
        if lead in (" ", ", ") and ref.word in _FAR_WORDS:
            continue
        if lead == " in " and (ref.year is None or ref.fiscal):
            continue
        if lead == " for " and ref.word is None and not ref.fiscal:
            continue
        return ref, end
    if low.startswith(" '", position) and (tail := year_tail(low, position + 1)):
        return tail
    return None, position
