"""The wordings of time expressions: one named rule a form, anchored where it starts, that makes a ``Node``.

Rules read a *folded* text (lower case, plain spaces, plain hyphens and quotes, the same length as the article; see
``fold``). A ``Node`` says what is written, not yet which day it is: ``resolve`` does that, with the article's date and
the time in focus. Each rule is tried where a trigger word of its class stands; the longest reading wins, the earlier
rule where two are as long. Every pattern is bounded: no repetition of a repetition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.date.words import (
    CARDINALS,
    EASTER_DAYS,
    FULL_MONTHS,
    HOLIDAYS,
    MONTHS,
    ORDINALS,
    SEASONS,
    SHORT_MONTHS,
    WEEKDAYS,
    alternatives,
)

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
    for written, plain in _FOLDS:
        if written in low:
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


Rule = Callable[[str, int], Node | None]

_M = alternatives(MONTHS)
_MON = rf"(?:{alternatives(FULL_MONTHS)}\b|{alternatives(SHORT_MONTHS)}\b\.?)"
_W = alternatives(WEEKDAYS)
_DAYNUM = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d%a-z]|\.\d|,\d\d\d)"
_YEAR = r"(?:1[5-9]|20|21)\d\d(?![\d%])(?!,\d\d\d)"
_NUMWORD = alternatives(CARDINALS)
_NUM = rf"(?:\d{{1,3}}(?:\.\d{{1,2}})?|{_NUMWORD})"
_ORD = rf"(?:{alternatives(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
_UNIT = r"(?:day|night|week|fortnight|month|quarter|year|season|decade)"
_LONGUNIT = r"(?:day|night|week|fortnight|month|quarter|year|yr|season|decade|centurie|century|hour|minute|min)"
_FY = r"(?:fiscal|financial)"


def _number(word: str) -> float | None:
    word = word.strip().lower()
    if word in CARDINALS:
        return CARDINALS[word]
    try:
        return float(word)
    except ValueError:
        return None


def _ordinal(word: str) -> int | None:
    if word in ORDINALS:
        return ORDINALS[word]
    digits = re.match(r"\d{1,2}", word)
    return int(digits[0]) if digits else None


def month_number(word: str) -> int:
    return MONTHS[word.rstrip(".")]


def split_year(first: int, last_digits: str) -> int:
    """The second year of ``2012-13`` or ``2021-2025``."""
    if len(last_digits) == 4:
        return int(last_digits)
    last = first - first % 100 + int(last_digits)
    return last if last > first else last + 100


# --- the year that a part of a year belongs to -----------------------------------------------------------------

_TAIL = re.compile(
    rf"""
    (?P<y>{_YEAR}) (?:[-/] (?P<y2>\d\d(?!\d)) )? (?: [ ](?P<fyword>{_FY})[ ]year )?
  | fy[ ']?[ ]?(?: (?P<fy4>20\d\d) (?:[-/](?P<fy42>\d\d(?:\d\d)?)(?!\d))? | '?(?P<fy2>\d\d)(?!\d) (?:[-/](?P<fy22>\d\d)(?!\d))? )
  | (?:the[ ])? {_FY} (?:[ ]year)? [ ] (?: (?P<f4>20\d\d|19\d\d)(?!\d) (?:[-/](?P<f42>\d\d(?:\d\d)?)(?!\d))? | '(?P<f2>\d\d)(?!\d) )
  | (?P<rel>last|this|next|the[ ]current|the[ ]previous|the[ ]preceding|the[ ]prior|the[ ]following|the[ ]coming|its[ ]last|
     the[ ]last|the[ ]new|the[ ]same|that|the) [ ] (?: (?:(?P<rfy>{_FY}|calendar)[ ])?year | (?P<rfy2>fiscal) )\b
  | '(?P<y2only>\d\d)(?!\d)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class YearRef:
    """Which year: ``year`` when written; ``word`` (``last``, ``this``, ``next``, ``previous``, ``the`` …) when relative;
    ``fiscal`` when a fiscal year; ``second`` the other year of ``2023-24``."""

    year: int | None = None
    word: str | None = None
    fiscal: bool = False
    second: int | None = None


_THIS_YEAR = YearRef(word="this")


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
    if match["fy4"] or match["f4"]:
        year = int(match["fy4"] or match["f4"])
        other = match["fy42"] or match["f42"]
        return YearRef(year, fiscal=True, second=split_year(year, other) if other else None), end
    if match["fy2"] or match["f2"]:
        year = 2000 + int(match["fy2"] or match["f2"])
        other = match["fy22"]
        return YearRef(year, fiscal=True, second=split_year(year, other) if other else None), end
    if match["y2only"]:
        return YearRef(_century(int(match["y2only"]))), end
    word = match["rel"].removeprefix("the ").removeprefix("its ") if match["rel"] != "the" else "the"
    return YearRef(word=word, fiscal=bool(match["rfy2"]) or match["rfy"] in ("fiscal", "financial")), end


def _century(two: int) -> int:
    return 2000 + two if two < 40 else 1900 + two


_TAIL_LEAD = re.compile(r",? (?:of |in |for )?(?:the year (?:of )?)?|,| ?'|[-/]")


def optional_year(low: str, position: int, *, comma: bool = False, of: bool = True) -> tuple[YearRef | None, int]:
    """A year behind a month, quarter or day (``, 2025``, `` of last year``), or None and ``position``."""
    for lead in (" of the year ", " of ", ", ", " in ", " for ", " ") if of else (", ", " "):
        if lead == ", " and not comma:
            continue
        if low.startswith(lead, position):
            tail = year_tail(low, position + len(lead))
            if tail is None:
                continue
            ref, end = tail
            if lead == " " and ref.word in ("the", "that", "same", "current", "new", "coming", "following", "prior"):
                continue
            if lead == " in " and (ref.year is None or ref.fiscal):
                continue
            if lead == " for " and ref.word is None and ref.fiscal is False:
                continue
            return ref, end
    if low.startswith(" '", position) and (tail := year_tail(low, position + 1)):
        return tail
    return None, position


# --- rules -------------------------------------------------------------------------------------------------------


def _rule(name: str, pattern: str, produce: Callable[[re.Match[str], str], tuple[str, dict[str, Any], int] | None]) -> Rule:
    compiled = re.compile(pattern, re.VERBOSE)

    def read(low: str, position: int) -> Node | None:
        match = compiled.match(low, position)
        if match is None:
            return None
        made = produce(match, low)
        if made is None:
            return None
        kind, value, end = made
        return Node(position, end, kind, name, value)

    return read


def _int(text: str) -> int:
    return int(re.match(r"\d+", text)[0])  # type: ignore[index]


# absolute days


def _iso(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    return "day", {"y": YearRef(int(m["y"])), "m": int(m["m"]), "d": int(m["d"])}, m.end()


iso_day = _rule(
    "iso-day", r"(?P<y>(?:1[5-9]|20|21)\d\d)(?P<s>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<d>0?[1-9]|[12]\d|3[01])(?!\d|[.,]\d)", _iso
)
compact_day = _rule("compact-day", r"(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d|[.,]\d|[a-z])", _iso)


def _numeric(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    first, second, year = int(m["a"]), int(m["b"]), m["y"]
    full = int(year) if len(year) == 4 else _century(int(year))
    if first > 12 and second > 12:
        return None
    if first > 12:
        first, second = second, first
    elif second <= 12:
        return "numeric-day", {"y": YearRef(full), "a": first, "b": second, "dot": m["s"] == "."}, m.end()
    return "day", {"y": YearRef(full), "m": first, "d": second}, m.end()


numeric_day = _rule(
    "numeric-day",
    r"(?P<a>0?[1-9]|[12]\d|3[01])(?P<s>[-/.])(?P<b>0?[1-9]|[12]\d|3[01])(?P=s)(?P<y>(?:19|20)\d\d|\d\d)(?![\d/%]|[.,]\d|-\d)",
    _numeric,
)

_DOM = rf"(?P<d>{_DAYNUM})(?:[ ]of)?[ -](?P<mon>{_MON})"
_WD = rf"(?:(?P<wd>{_W})\.?,?[ ](?:the[ ])?)?"


def _day_month(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    """``4 July 2025``, ``the 4th of July``, ``4-6 August``."""
    end = m.end()
    month = month_number(m["mon"])
    if low.startswith("-", end) and (tail := year_tail(low, end + 1)) and tail[0].year:
        year: YearRef | None = tail[0]
        end = tail[1]
    else:
        year, end = optional_year(low, end, comma=True)
        if year is not None and (year.fiscal or year.second):
            year, end = None, m.end()
    if end == m.end() and low[end - 1] == "." and not re.match(r" [a-z\d]", low[end : end + 2]):
        end -= 1
    value = {"y": year, "m": month, "d": _int(m["d"]), "wd": m["wd"]}
    last = m.groupdict().get("d2")
    if last:
        value["d2"] = _int(last)
        return "days", value, end
    return "day", value, end


day_month = _rule("day-month", rf"{_WD}(?:the[ ])?{_DOM}", _day_month)
days_month = _rule(
    "days-month",
    rf"{_WD}(?:the[ ])?(?P<d>{_DAYNUM})[ ]?(?:-|to|and|through|until)[ ]?(?:the[ ])?(?P<d2>{_DAYNUM})(?:[ ]of)?[ ](?P<mon>{_MON})",
    _day_month,
)
_MDY = rf"(?P<mon>{_MON})(?:[ ]|-|(?<=\.))(?:the[ ])?(?P<d>{_DAYNUM})(?![-/.]\d\d?[-/.]\d)"
month_day = _rule(
    "month-day",
    rf"{_WD}{_MDY}(?![ ]?(?:bn|tn|mn|million|billion|per[ ]?cent|percent|pct|days?\b|weeks?\b|months?\b|years?\b))",
    _day_month,
)
month_days = _rule(
    "month-days", rf"{_WD}{_MDY}[ ]?(?:-|to|and|through|until)[ ]?(?:the[ ])?(?P<d2>{_DAYNUM})(?![ ]?(?:{_M}))", _day_month
)


def _month_ordinal(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    """``May twenty ninth``: day in words."""
    word = m["o"]
    day = ORDINALS.get(word) or CARDINALS.get(word)
    if day is None or day > 31:
        return None
    year, end = optional_year(low, m.end(), comma=True)
    return "day", {"y": year, "m": month_number(m["mon"]), "d": day, "wd": None}, end


month_ordinal = _rule(
    "month-ordinal",
    rf"(?P<mon>{_M})[ ](?:the[ ])?(?P<o>{alternatives([*ORDINALS, *(k for k in CARDINALS if CARDINALS[k] > 19)])})\b(?![ -](?:quarter|half|week|month|million|billion|percent|per))",
    _month_ordinal,
)


def _year_month_day(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    return "day", {"y": YearRef(int(m["y"])), "m": month_number(m["mon"]), "d": _int(m["d"]), "wd": None}, m.end()


year_month_day = _rule("year-month-day", rf"(?P<y>{_YEAR})[-/, ][ ]?(?P<mon>{_MON})[-/ ](?P<d>{_DAYNUM})", _year_month_day)

# months


def _month(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    word = m["mon"]
    end = m.end()
    year, end = optional_year(low, end, comma=True)
    if (
        year is None
        and low[end : end + 1] in "-/"
        and (tail := year_tail(low, end + 1))
        and tail[0].year
        and tail[0].second is None
    ):
        year, end = tail
    if year is not None and year.fiscal and year.word is None:
        year, end = None, m.end()
    if year is not None and year.second is not None:
        year, end = YearRef(year.year), m.end()
    if year is None and word.endswith(".") and not re.match(r" [a-z\d$]", low[end : end + 2]):
        end -= 1
    return "month", {"y": year, "m": month_number(word), "word": word.rstrip("."), "bare": year is None}, end


month = _rule("month", rf"(?P<mon>{_MON})(?![a-z])", _month)
numeric_month = _rule(
    "numeric-month",
    r"(?:(?P<y>20\d\d)[-/](?P<m>0[1-9]|1[0-2])|(?P<m2>0?[1-9]|1[0-2])[-/](?P<y2>20\d\d|19\d\d))(?![\d/-]|[.,]\d)",
    lambda m, low: ("month", {"y": YearRef(int(m["y"] or m["y2"])), "m": int(m["m"] or m["m2"]), "bare": False}, m.end()),
)


def _months(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    """``Jan-Aug``, ``January to August 2025``, ``October 2021 to September 2022``."""
    first, last = m["mon"], m["mon2"]
    end = m.end()
    year, end = optional_year(low, end, comma=True)
    if year is not None and (year.second is not None or (year.fiscal and year.word is None)):
        year, end = None, m.end()
    first_year = YearRef(int(m["y1"])) if m["y1"] else None
    if year is None and last.endswith(".") and not re.match(r" [a-z\d]", low[end : end + 2]):
        end -= 1
    if noun := re.compile(r"(?:[ -](?:fiscal )?(?:quarter|half|period|months))(?:-(?!\w))?").match(low, end):
        end = noun.end()
        if year is None:
            year, end = optional_year(low, end)
    return "months", {"y": year, "y1": first_year, "m": month_number(first), "m2": month_number(last)}, end


months = _rule(
    "months",
    rf"(?:the[ ])?(?P<mon>{_MON})(?:,?[ ](?P<y1>{_YEAR}))?(?:[ ]?[-/][ ]?|[ ](?:to|through|thru|until|till)[ ]|-to-|-through-)(?P<mon2>{_MON})(?![ ]\d{{1,2}}(?:st|nd|rd|th)?(?![\d]))(?![a-z])",
    _months,
)
months_and = _rule(
    "months-and",
    rf"(?P<mon>{_MON})(?:,?[ ](?P<y1>{_YEAR}))?[ ](?:and|&)[ ](?P<mon2>{_MON})(?![ ]\d{{1,2}}(?:st|nd|rd|th)?(?![\d]))(?![a-z])",
    _months,
)


def _named_quarter(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    year, end = optional_year(low, m.end())
    return "month-quarter", {"y": year, "m": month_number(m["mon"]), "n": 6 if m["u"] == "half" else 3}, end


named_quarter = _rule("month-quarter", rf"(?:the[ ])?(?P<mon>{_MON})[ -](?P<u>quarter|half)\b", _named_quarter)

# years


def _year(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    tail = year_tail(low, m.end("pre") if m["pre"] else m.start())
    if tail is None or tail[0].year is None:
        return None
    ref, end = tail
    if not ref.fiscal and (
        noun := re.compile(rf"[ ](?:{_FY}|marketing|crop|fishing|tax|school|academic)[ ]year|[ ]season").match(low, end)
    ):
        return "season-year", {"y": ref, "noun": low[noun.start() + 1 : noun.end()]}, noun.end()
    if ref.second is None and not ref.fiscal:
        if low.startswith("e", end) and not low[end + 1 : end + 2].isalnum():
            end += 1
        elif low.startswith(" to date", end):
            return "to-date", {"y": ref}, end + 8
    return "year", {"y": ref}, end


year = _rule("year", rf"(?:the[ ])?(?P<pre>(?:year|calendar year|year of)[ ])?(?={_YEAR}|fy[ '\d]|{_FY}[ ])", _year)
fiscal_year = _rule("fiscal-year", rf"(?:the[ ])?(?P<pre>\b)(?=fy[ '\d]|{_FY}[ ])", _year)


def _years(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    first = int(m["a"])
    last = split_year(first, m["b"] or m["c"])
    if last <= first or last - first > 120:
        return None
    return "years", {"a": first, "b": last}, m.end()


years = _rule(
    "years",
    rf"(?:the[ ]years[ ])?(?P<a>{_YEAR})(?:(?:[ ]?-[ ]?|[ ](?:to|through|until)[ ])(?P<b>(?:19|20|21)\d\d)|-(?P<c>\d\d))(?![\d%-]|[.,]\d|[a-z])",
    _years,
)
years_and = _rule("years-and", rf"(?:the[ ]years[ ])?(?P<a>{_YEAR})[ ]and[ ](?P<b>(?:19|20|21)\d\d)(?!\d)", _years)
short_year = _rule(
    "short-year",
    r"'(?P<y>\d\d)(?![\d'])(?!s\b)(?![ ]?(?:%|percent|mln|bln))",
    lambda m, low: ("year", {"y": YearRef(_century(int(m["y"])))}, m.end()),
)


def _decade(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    if m["y"]:
        return "decade", {"y": int(m["y"]), "part": m["part"]}, m.end()
    if m["y2"]:
        two = int(m["y2"])
        return "decade", {"y": 1900 + two if two > 20 else 2000 + two, "part": m["part"]}, m.end()
    tens = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
    return "decade", {"y": 1920 + 10 * tens.index(m["w"]), "part": m["part"]}, m.end()


decade = _rule(
    "decade",
    r"(?:the[ ])?(?:(?P<part>early|late|mid)[- ])?(?:(?P<y>(?:1[5-9]|20)\d0)'?s|'(?P<y2>\d0)s|(?<=the[ ])(?P<w>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))\b",
    _decade,
)
ellipsis = _rule(
    "ellipsis",
    r"the[ ](?P<o>first|second|third|fourth)(?=[,.;:)]|$|\n|[ ](?:and|but|at|after|versus|against|to|from|as|with|on|by|half)\b(?![ ](?:half|quarter)))",
    lambda m, low: ("ellipsis", {"n": ORDINALS[m["o"]]}, m.end()),
)
century = _rule(
    "century",
    rf"(?:the[ ])?(?P<o>{_ORD})[ -]century\b",
    lambda m, low: ("century", {"n": _ordinal(m["o"])}, m.end()) if 10 < (_ordinal(m["o"]) or 0) < 23 else None,
)
plan_period = _rule(
    "plan-period",
    rf"(?P<the>the[ ])?[\"“]?(?P<o>{_ORD})[ ](?:five|5)-year[ ]plan[\"”]?[ ](?:period|years)\b(?:[ ]\((?:19|20)\d\d-(?:(?:19|20)\d\d|\d\d)\))?",
    lambda m, low: ("years", {"a": 1921 + 5 * n + 30 - 0, "b": 0}, m.end()) if (n := _ordinal(m["o"])) and False else _plan(m),
)


def _plan(m: re.Match[str]) -> tuple[str, dict[str, Any], int] | None:
    # China's plans: the first began in 1953, the sixth in 1981, and since then every fifth year.
    number = _ordinal(m["o"])
    if number is None or not 6 <= number <= 20:
        return None
    first = 1981 + 5 * (number - 6)
    end = m.end()
    if ")" in m[0]:
        end = m.start() + m[0].index(" (")
    return "years", {"a": first, "b": first + 4}, end


# quarters and halves

_QCODE = re.compile(
    r"""(?:
    (?P<u>[qh])(?P<n>[1-4])(?![\d.,]\d|\d|%)
  | (?P<n2>[1-4])(?P<u2>[qh])(?![a-z])
  | (?P<y0>20\d\d)[- ]?(?P<u0>[qh])(?P<n0>[1-4])(?!\d)
    )""",
    re.VERBOSE,
)


def quarter_code(low: str, position: int) -> Node | None:
    """``Q3``, ``H1 2024``, ``3Q24``, ``Q3FY26``, ``2024-Q1``."""
    m = _QCODE.match(low, position)
    if m is None:
        return None
    unit, number = (m["u"] or m["u2"] or m["u0"]), int(m["n"] or m["n2"] or m["n0"])
    if unit == "h" and number > 2:
        return None
    end = m.end()
    year: YearRef | None = YearRef(int(m["y0"])) if m["y0"] else None
    if year is None:
        glued = re.compile(r"[ ]?'?(\d\d)(?![\d%]|[.,]\d)").match(low, end)
        if glued and (m["n2"] or low[end] == "'" or low[end : end + 2] == " '"):
            year, end = YearRef(2000 + int(glued[1])), glued.end()
        elif tail := year_tail(low, end):
            if tail[0].year:
                year, end = tail
        if year is None:
            year, end = optional_year(low, end, comma=True)
        if year is None and low[end : end + 1] in "-/" and (tail := year_tail(low, end + 1)) and tail[0].year:
            year, end = tail
    if m["n2"] and year is None:
        return None
    return Node(position, end, "quarter" if unit == "q" else "half", "quarter-code", {"y": year, "n": number, "fiscal": False})


_PART_WORD = {"opening": 1, "final": -1, "last": -1, "closing": -1, "back": -1, "front": 1, "latter": -1}


def _ordinal_part(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    word = m["o"]
    number = _PART_WORD.get(word) or _ordinal(word)
    unit = m["u"]
    limit = 2 if unit.startswith("half") else 4
    if number is None or number > limit:
        return None
    if number == -1:
        number = limit
    end = m.end()
    fiscal = bool(m["f"] or m["f2"])
    year, end = optional_year(low, end)
    if year is None and word in ("last", "final", "latter", "closing", "opening", "front") and word == "last":
        return None
    return ("half" if limit == 2 else "quarter"), {"y": year, "n": number, "fiscal": fiscal, "adjective": "-" in m[0]}, end


ordinal_part = _rule(
    "ordinal-part",
    rf"(?:the[ ])?(?P<f>{_FY}[ ])?(?P<o>first|second|third|fourth|1st|2nd|3rd|4th|opening|final|closing|back|front|latter|last)[ -](?P<f2>{_FY}[ -])?(?P<u>quarter|half)(?:-year)?\b(?![- ]?(?:cent|point|percentage|final|a[ ]|of[ ]a[ ]|million|billion))",
    _ordinal_part,
)


def _quarter_word(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    number = _number(m["n"])
    if number is None or not 1 <= number <= 4:
        return None
    end = m.end()
    if inside := re.compile(rf"[ ]\({_MON}[ -](?:to[ ])?{_MON}\)").match(low, end):
        end = inside.end()
    year, end = optional_year(low, end)
    return "quarter", {"y": year, "n": int(number), "fiscal": False}, end


quarter_word = _rule("quarter-word", r"(?:the[ ])?quarter[ ](?P<n>[1-4]|one|two|three|four)\b(?![.,]\d|%)", _quarter_word)


def _first_units(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    """``the first eight months of 2025``, ``the final three months of the year``, ``the first 20 days of May``."""
    count = _number(m["n"]) if m["n"] else 1.0
    if count is None or count != int(count):
        return None
    end = m.end()
    side = "last" if m["side"] in ("last", "final", "closing") else "first"
    value: dict[str, Any] = {"n": int(count), "u": m["u"], "side": side, "of": None, "y": None}
    if low.startswith(" of ", end):
        inner = point(low, end + 4)
        if inner is not None:
            value["of"] = inner
            return "part-units", value, inner.end
    year, end = optional_year(low, end)
    value["y"] = year
    if year is None and (side == "last" or m["u"] in ("year", "decade") or m["n"] is None):
        return None
    return "part-units", value, end


first_units = _rule(
    "first-units",
    rf"(?:the[ ]|its[ ])?(?P<side>first|opening|initial|last|final|closing)[ ](?:(?P<n>{_NUM})[ ])?(?P<u>day|week|month|quarter|weekend|year|half|halve)s?\b",
    _first_units,
)

# the time that a span of units ends

_ENDS = r"(?:(?:(?:that|which)[ ])?(?:ended|ending|ends|closed)(?:[ ]on|[ ]in)?|to|through|up[ ]to|until)"


def _ended(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    """``the 12 months to August 2025``, ``the quarter ended December 31, 2025``, ``the week to 23 March``."""
    inner = point(low, m.end())
    if inner is None or inner.kind not in ("day", "month", "numeric-day", "relative-month", "weekday", "year", "dayword"):
        return None
    count = _number(m["n"]) if m["n"] else 1.0
    if count is None or count != int(count):
        return None
    if inner.kind == "year" and not (m["u"] == "year" and m["n"]):
        return None
    value = {"n": int(count), "u": m["u"], "end": inner, "fiscal": bool(m["f"]), "plural": bool(m["n"])}
    return "ended", value, inner.end


ended = _rule(
    "units-ended",
    rf"(?:the[ ]|its[ ]|a[ ])?(?:(?P<f>{_FY}|full)[ ])?(?:(?P<n>{_NUM})[ -])?(?P<u>day|week|month|quarter|half|year|season)s?[ ](?:just[ ])?{_ENDS}[ ](?:the[ ]end[ ]of[ ])?",
    _ended,
)

# units counted from the article's date or from the time in focus


def _relative_unit(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    word = re.sub(r"^(?:the|its|his|her|their|our) ", "", m["rel"])
    unit = m["u"]
    fiscal = bool(m["f"]) and m["f"].strip() != "calendar"
    if unit in ("fiscal", "financial"):
        unit, fiscal = "year", True
    count = _number(m["n"]) if m["n"] else None
    if m["n"] and (count is None or count != int(count)):
        return None
    plural = m[0].endswith("s")
    if plural != bool(m["n"]) and not (m["n"] and count == 1):
        return None
    value: dict[str, Any] = {
        "rel": word,
        "u": unit,
        "n": int(count) if count else None,
        "fiscal": fiscal,
        "the": m["rel"].startswith("the "),
    }
    end = m.end()
    if unit == "week" and (day := re.compile(rf"(?:[ ]on)?[ ](?P<wd>{_W})\b").match(low, end)):
        value["wd"] = WEEKDAYS[day["wd"]]
        end = day.end()
    if (
        unit == "year"
        and low.startswith(" and next", end)
        and not low[end + 9 : end + 10].isalpha()
        and low[end + 9 : end + 10] != " "
    ):
        value["and_next"] = True
        end += 9
    if unit == "day" and word not in ("previous", "following", "next", "preceding", "same", "past") and not m["n"]:
        return None
    return "relative-unit", value, end


relative_unit = _rule(
    "relative-unit",
    rf"(?P<rel>(?:the[ ]|its[ ]|their[ ]|his[ ]|her[ ]|our[ ])?(?:last|next|past|previous|prior|preceding|following|coming|current|latest|upcoming|new|first)|this|that|the[ ]year-ago|the[ ]latter|the[ ]former|this[ ]past|this[ ]coming)[ ](?:(?P<n>{_NUM})[ ])?(?P<f>{_FY}[ ]|calendar[ ]|full[ ]|reporting[ ]|base[ ])?(?P<u>(?:{_UNIT}|weekend|half|period|{_FY}))s?\b(?!-)",
    _relative_unit,
)
year_ago_unit = _rule(
    "year-ago-period",
    r"(?:the[ ]|a[ ])?year-(?:ago|earlier)[ ](?P<u>quarter|period|month|half|week|level|figure)",
    lambda m, low: (
        "ago",
        {"n": 1.0, "u": "year", "word": "earlier"},
        m.end() if m["u"] not in ("level", "figure") else m.start() + len("year-ago") + (4 if m[0].startswith("the ") else 0),
    ),
)


def _relative_month(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    word = m["rel"].removeprefix("the ")
    return "relative-month", {"rel": word, "m": month_number(m["mon"])}, m.end()


relative_month = _rule(
    "relative-month",
    rf"(?P<rel>last|this|next|that|this[ ]past|the[ ]previous|the[ ]following|this[ ]coming)[ ](?P<mon>{_MON})(?![a-z])(?![ ]\d)",
    _relative_month,
)
relative_weekday = _rule(
    "relative-weekday",
    rf"(?:(?P<rel>last|this|next|the[ ]previous|the[ ]following|this[ ]past|past|previous|coming|this[ ]coming|that)[ ])?(?P<wd>{_W})\b(?P<part>[ ](?:morning|afternoon|evening|night))?(?P<of>[ ]of[ ](?P<wk>last|this|next)[ ]week|[ ](?P<wk2>last|this|next)[ ]week)?",
    lambda m, low: (
        "weekday",
        {
            "rel": (m["rel"] or "").removeprefix("the ") or None,
            "wd": WEEKDAYS[m["wd"]],
            "word": m["wd"],
            "week": m["wk"] or m["wk2"],
            "part": (m["part"] or "").strip() or None,
        },
        m.end(),
    ),
)


def _season(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    end = m.end()
    ref: YearRef | None = None
    second = None
    rel = m["rel"]
    if pair := re.compile(r"[ ](?:of[ ])?(?P<a>(?:19|20)\d\d)[/-](?P<b>\d\d(?:\d\d)?)(?!\d)").match(low, end):
        ref = YearRef(int(pair["a"]), second=split_year(int(pair["a"]), pair["b"]))
        second, end = ref.second, pair.end()
    else:
        ref, end = optional_year(low, end)
        if ref is not None and ref.year is None and ref.word not in ("last", "this", "next"):
            ref, end = None, m.end()
    if rel is None and ref is None:
        return None
    return "season", {"rel": rel, "s": m["s"], "y": ref, "second": second}, end


season = _rule(
    "season",
    rf"(?:(?P<rel>last|this|next|the|that|this[ ]past|the[ ]previous|the[ ]past|the[ ]coming)[ ])?(?P<part>early[ ]|late[ ])?(?P<s>{alternatives(SEASONS)})\b(?!-)",
    _season,
)


def _ago(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    return _ago_value(m["n"], m["u"], m["w"], m.end())


def _ago_value(written: str, unit: str, word: str, end: int) -> tuple[str, dict[str, Any], int] | None:
    count = (
        1.0
        if written in ("a", "an", "the")
        else 0.5
        if written == "half a"
        else _number(written.removeprefix("exactly ").removeprefix("the "))
    )
    if count is None:
        return None
    return "ago", {"n": count, "u": unit, "word": word, "the": written == "the"}, end


_AGO_WORD = r"(?:ago|earlier|before|previously|later|from[ ]now|hence|prior)"
ago = _rule(
    "units-ago",
    rf"(?P<n>half[ ]a|an?|the|{_NUM})[ ](?P<u>{_UNIT}|morning|evening)s?[ ](?P<w>{_AGO_WORD})\b(?!(?<=before)[ ](?:the|a|an|its|his|her|their|our|my|it|he|she|they|we|i|i've|any)\b)",
    _ago,
)

_SAME_UNIT = r"(?:period|quarter|month|months|week|weeks|half|half-year|year|day|days|weekend|stretch|time|timeframe|quarters|season|fortnight|session|point|stage)"


def _same(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    """``the same period last year``, ``the corresponding quarter of 2024``, ``the same nine months``."""
    unit = m["u"]
    end = m.end()
    if low.startswith(" a year ", end):
        after = re.compile(r" a year (?:ago|earlier|before|previously|prior)\b").match(low, end)
        if after:
            return "same", {"u": unit, "y": YearRef(word="previous-shift"), "n": m["n"]}, after.end()
    if low.startswith((" the year before", " the previous year", " one year earlier", " one year ago"), end):
        stop = end + len(
            next(
                w
                for w in (" the year before", " the previous year", " one year earlier", " one year ago")
                if low.startswith(w, end)
            )
        )
        return "same", {"u": unit, "y": YearRef(word="previous-shift"), "n": m["n"]}, stop
    year, end = optional_year(low, end)
    if year is None and unit in ("time", "day", "days", "point", "stage", "year", "session"):
        if not (unit in ("day", "days", "year") and (unit != "days" or m["n"])):
            return None
    return "same", {"u": unit, "y": year, "n": m["n"]}, end


same = _rule(
    "same-period",
    rf"(?:the|a|this)[ ](?:same|corresponding|comparable|equivalent|similar|like|year-earlier|year-ago)[ ](?:(?P<n>{_NUM})[ -])?(?P<u>{_SAME_UNIT})\b",
    _same,
)
this_time = _rule(
    "this-time",
    r"(?:at[ ])?this[ ]time[ ](?:last[ ]year|a[ ]year[ ]ago)",
    lambda m, low: ("same", {"u": "time", "y": YearRef(word="last"), "n": None}, m.end()),
)


def _the_unit(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    unit = m["u"]
    count = _number(m["n"]) if m["n"] else None
    if m["n"] and (count is None or count != int(count)):
        return None
    if bool(m["n"]) != bool(m["s"]):
        return None
    return "the-unit", {"u": unit, "n": int(count) if count else None, "fiscal": bool(m["f"]), "ended": "just" in m[0]}, m.end()


the_unit = _rule(
    "the-unit",
    rf"the[ ](?:(?P<n>{_NUM})[ -])?(?P<f>{_FY}[ ])?(?:full[ -]|whole[ ]|calendar[ ]|entire[ ])?(?P<u>year|half-year|half|quarter|month|week|day|decade|period|weekend|season)(?P<s>s?)(?![\w'-]*-)\b(?:[ ]just[ ]ended)?(?:-period)?",
    _the_unit,
)
the_units_period = _rule(
    "the-units-period",
    rf"(?:the|that)[ ](?P<n>{_NUM})-(?P<u>day|week|month|year|quarter)[ ](?:period|span|stretch|term|break|holiday)",
    lambda m, low: ("the-unit", {"u": m["u"], "n": int(_number(m["n"]) or 0) or None, "fiscal": False}, m.end()),
)
year_to_date = _rule(
    "year-to-date", r"(?:the[ ])?year[ -]to[ -]date|so[ ]far[ ]this[ ]year(?!.)", lambda m, low: ("to-date", {"y": None}, m.end())
)
full_year = _rule(
    "full-year",
    r"(?:the[ ])?full[- ]year\b",
    lambda m, low: (
        ("full-year", {}, optional_year(low, m.end())[1])
        if optional_year(low, m.end())[0] is None
        else ("year", {"y": optional_year(low, m.end())[0]}, optional_year(low, m.end())[1])
    ),
)
the_ordinal_day = _rule(
    "ordinal-day",
    rf"the[ ](?P<d>\d{{1,2}}(?:st|nd|rd|th)|{alternatives(ORDINALS)})(?:[ ]day)?(?P<of>[ ]of[ ](?:the|this|that|next|last)[ ]month|[ ]of[ ](?=(?:{_M})))",
    lambda m, low: _ordinal_day(m, low),
)


def _ordinal_day(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    day = _ordinal(m["d"])
    if day is None or day > 31:
        return None
    if "month" in m["of"]:
        word = m["of"].split()[1]
        return "month-day-of", {"d": day, "rel": word}, m.end()
    inner = month(low, m.end())
    if inner is None:
        return None
    return "day", {"y": inner.value["y"], "m": inner.value["m"], "d": day, "wd": None}, inner.end


bare_ordinal_day = _rule(
    "bare-ordinal-day",
    r"the[ ](?P<d>(?:[12]?(?:1st|2nd|3rd|[4-9]th)|1[0-3]th|[123]0th|31st))(?=[.,;)]|$|\n|[ ](?:and|but|when|after|before|at)\b)",
    lambda m, low: ("month-day-of", {"d": _int(m["d"]), "rel": "the"}, m.end()),
)

# parts of a period

_PART = r"(?P<part>early|late|mid|end|start|beginning|middle|close|turn|year-end|rest|remainder|outset|opening|half|course|height|whole|bulk|latter[ ]part|first[ ]part)"


def _part(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    inner = point(low, m.end())
    if inner is None or inner.kind in ("duration", "set", "ago", "part"):
        return None
    return "part", {"part": m["part"].replace("beginning", "start"), "of": inner}, inner.end


part_of = _rule(
    "part-of",
    r"(?:the[ ])?(?:very[ ])?(?P<part>end|start|beginning|middle|close|turn|outset|rest|remainder|whole|first[ ]part|latter[ ]part|opening)[ ]of[ ]",
    _part,
)
early_late = _rule(
    "early-late", r"(?:the[ ])?(?P<part>early|late|mid|end|middle|beginning|start)[ -](?:of[ -])?(?:in[ ])?(?!year\b)", _part
)
year_end = _rule(
    "year-end",
    r"(?:the[ ])?(?:year|month|quarter)(?:'s)?[ -]end\b(?!-)|(?:the[ ])?end[ ]of[ ](?P<u>year|month|quarter)\b|\beoy\b",
    lambda m, low: (
        (
            "unit-end",
            {"u": "month" if "month" in m[0] else "quarter" if "quarter" in m[0] else "year"},
            optional_year(low, m.end())[1],
        )
        if optional_year(low, m.end())[0] is None
        else (
            "part",
            {"part": "end", "of": Node(m.start(), m.end(), "year", "year", {"y": optional_year(low, m.end())[0]})},
            optional_year(low, m.end())[1],
        )
    ),
)

# days by name

dayword = _rule(
    "dayword",
    r"(?:(?:the[ ])?day[ ](?P<ab>after[ ]tomorrow|before[ ]yesterday)|(?P<w>today|yesterday|tomorrow|tonight|at[ ]present|overnight(?=x))|(?P<p>this[ ](?:morning|afternoon|evening))|(?P<l>last[ ]night))(?P<part>[ ](?:morning|afternoon|evening|night))?\b",
    lambda m, low: (
        "dayword",
        {
            "days": -1
            if m["l"] or m["w"] == "yesterday"
            else 1
            if m["w"] == "tomorrow"
            else 0
            if not m["ab"]
            else 2
            if "tomorrow" in m["ab"]
            else -2
        },
        m.end(),
    ),
)
next_morning = _rule(
    "next-day",
    r"the[ ](?P<rel>next|following|same|previous)[ ](?:morning|afternoon|evening|day|night)\b",
    lambda m, low: ("relative-unit", {"rel": m["rel"], "u": "day", "n": None, "fiscal": False, "the": True}, m.end()),
)
that_day = _rule(
    "that-day",
    r"that[ ](?:same[ ])?(?:day|morning|afternoon|evening|night)\b",
    lambda m, low: ("relative-unit", {"rel": "same", "u": "day", "n": None, "fiscal": False, "the": True}, m.end()),
)
_HOLIDAY = alternatives([*HOLIDAYS, *EASTER_DAYS])


def _holiday(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    year, end = optional_year(low, m.end(), comma=True)
    if m["rel"] and year is None:
        year = YearRef(word=m["rel"].strip())
    return "holiday", {"name": m["h"], "y": year}, end


holiday = _rule(
    "holiday",
    rf"(?P<rel>last[ ]|this[ ]|next[ ])?(?P<h>{_HOLIDAY})\b(?![ ](?:island|shopping|sales?|season|party|tree|orders|period|card))",
    _holiday,
)

# weeks

week_number = _rule(
    "week-number",
    r"(?:the[ ])?(?:epidemiological[ ]|epi[ ])?week[ ](?P<n>[1-9]|[1-4]\d|5[0-3])(?![\d.,]\d|\d|%)",
    lambda m, low: (
        "week",
        {"n": int(m["n"]), "y": optional_year(low, m.end(), comma=True)[0]},
        optional_year(low, m.end(), comma=True)[1],
    ),
)


def _week_of(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    inner = point(low, m.end())
    if inner is None or inner.kind not in ("day", "days", "numeric-day"):
        return None
    return "week-of", {"of": inner}, inner.end


week_of = _rule("week-of", r"(?:the[ ]week[ ](?:of|starting|commencing|beginning)(?:[ ]on)?|w/c)[ ](?:the[ ])?", _week_of)

# durations and sets

_BETWEEN_WORDS = r"(?:(?:consecutive|straight|successive|full|whole|long|short|calendar|more|working|business|trading|solid|further|additional|other|single|running)[ ])?"


def _duration(m: re.Match[str], low: str) -> tuple[str, dict[str, Any], int] | None:
    words = m["n"]
    count: float | None
    if words in ("a", "an", "a single", "one full", "a full", "a whole", "all"):
        count = 1.0
    elif words == "half a":
        count = 0.5
    elif words == "a quarter of a":
        count = 0.25
    elif words in ("three quarters of a", "three-quarters of a"):
        count = 0.75
    else:
        count = _number(words)
    if count is None:
        return None
    if m["h"]:
        count += 0.5
    upper = _number(m["n2"]) if m["n2"] else None
    end = m.end()
    if more := re.compile(r" (?:in a row|running)\b").match(low, end):
        end = more.end()
    return (
        "duration",
        {
            "n": count,
            "n2": upper,
            "to": m["j"],
            "u": m["u"].removesuffix("s") if m["u"] != "centuries" else "century",
            "article": words in ("a", "an"),
            "adjective": m["sep"] == "-",
        },
        end,
    )


duration = _rule(
    "duration",
    rf"(?P<n>a[ ]quarter[ ]of[ ]a|three[ -]quarters[ ]of[ ]a|half[ ]an?|a[ ](?:single|full|whole)|an?|all|{_NUM})(?P<h>[ -]and[ -]a[ -]half)?(?:(?P<j>[ ]?-[ ]?|[ ](?:to|or)[ ])(?P<n2>{_NUM}))?(?P<sep>[ -]){_BETWEEN_WORDS}(?P<u>(?:{_LONGUNIT})s?)\b(?![-](?:on|over|to-date))",
    _duration,
)
each = _rule(
    "set",
    rf"(?P<w>every|each)[ ](?:(?P<n>{_NUM}|other|second)[ ])?(?P<u>{_UNIT}|{_W}|{_M}|morning|weekend|hour|minute)s?\b(?![- ])|(?P<w2>every|each)[ ](?:(?P<n2>{_NUM}|other|second)[ ])?(?P<u2>{_UNIT}|{_W}|{_M}|morning|weekend|hour|minute)s?\b(?=[ ])",
    lambda m, low: ("set", {"u": m["u"] or m["u2"], "n": m["n"] or m["n2"]}, m.end()),
)
weekdays = _rule(
    "weekdays",
    r"(?:(?P<wd>(?:mon|tues|wednes|thurs|fri|satur|sun)day)s|(?P<we>weekends))\b(?!')",
    lambda m, low: ("set", {"u": m["wd"] or "weekend", "n": None}, m.end()),
)

# vague words, on request only
vague = _rule(
    "vague",
    r"(?P<now>now|currently|nowadays|these[ ]days)|(?P<past>recently|lately|in[ ]the[ ]past|previously|formerly|once|earlier|in[ ]recent[ ](?:years|months|weeks|days))|(?P<future>in[ ]the[ ]future|soon|the[ ]future|the[ ]coming[ ](?:years|months|weeks|days))",
    lambda m, low: ("vague", {"ref": "PRESENT_REF" if m["now"] else "PAST_REF" if m["past"] else "FUTURE_REF"}, m.end()),
)


# --- which rules are tried where -----------------------------------------------------------------------------------

_BY_CLASS: dict[str, tuple[Rule, ...]] = {
    "digit": (
        iso_day, compact_day, numeric_day, year_month_day, days_month, day_month, numeric_month, quarter_code, years, decade, year,
        ago, duration, century, ordinal_part, plan_period,
    ),
    "month": (month_days, month_day, month_ordinal, months, named_quarter, month),
    "weekday": (weekdays, days_month, month_days, day_month, month_day, relative_weekday),
    "the": (
        ordinal_part, first_units, ended, relative_unit, next_morning, same, the_units_period, the_unit, part_of, early_late, decade, century,
        season, months, named_quarter, years, year, fiscal_year, week_number, week_of, ellipsis, the_ordinal_day, bare_ordinal_day, year_end, ago,
        quarter_word, plan_period, year_ago_unit, day_month, days_month, relative_weekday, full_year, holiday, year_to_date, dayword, relative_month,
    ),
    "rel": (relative_unit, relative_month, relative_weekday, season, this_time, dayword, ordinal_part, first_units, holiday, that_day, ended, same, the_units_period, first_units),
    "ordinal": (ordinal_part, first_units, century, plan_period),
    "number": (ago, duration),
    "article": (ago, duration, same, year_ago_unit, ended),
    "code": (quarter_code, year, fiscal_year, ordinal_part, week_of),
    "unit": (quarter_word, week_number, ended, full_year, year_end, year_to_date, dayword, year_ago_unit),
    "dayword": (dayword,),
    "part": (early_late, part_of, year_end, decade),
    "season": (season,),
    "holiday": (holiday,),
    "set": (each, weekdays),
    "quote": (short_year, decade),
    "vague": (vague,),
}  # fmt: skip

_TRIGGER = re.compile(
    rf"""
    \b(?:
      (?P<month>(?:{_M})(?=[ .,;:)\n'/\]?!"-]|\d|$|s\b))
    | (?P<weekday>(?:{_W})s?(?=[ .,;:)\n'/\]?!"-]|$))
    | (?P<the>the[ ](?=(?:{_NUMWORD})[ -]|(?:{alternatives(ORDINALS)})[ ,.;:)\n-]|\d|{_M}|{_W}|final|opening|initial|last|closing|back|front|latter|former|next|past|previous|prior
        |preceding|following|coming|current|latest|upcoming|new|same|corresponding|comparable|equivalent|similar|like|year|full|whole|entire|calendar|half|quarter|month|week|day|decade
        |period|season|end|start|beginning|middle|close|turn|outset|rest|remainder|early|late|mid|fiscal|financial|spring|summer|autumn|fall|winter|easter|epi|'\d|twenties|thirties|forties
        |fifties|sixties|seventies|eighties|nineties|very))
    | (?P<rel>last|this|next|that|past|previous|coming|current|its[ ](?=first|last|financial|fiscal|final)|following)[ ]
    | (?P<code>[qh][1-4]\b|[qh][1-4](?=fy|\d)|fy[ '\d]|(?:{_FY})[ ]|w/c[ ])
    | (?P<ordinal>(?:{alternatives(ORDINALS)}|opening|final|back)[ -])
    | (?P<number>(?:{_NUMWORD}|half[ ]an?|three[ -]quarters[ ]of[ ]a)[ -])
    | (?P<article>an?[ ](?=day|night|week|fortnight|month|quarter|year|season|decade|century|hour|minute|single|full|whole|similar|comparable|corresponding))
    | (?P<unit>(?:quarter|week|year|month|full[- ]year|day[ ](?:after|before))(?=[ -]|'s))
    | (?P<dayword>today|yesterday|tomorrow|tonight|at[ ]present)
    | (?P<part>(?:early|late|mid|end|start|beginning|middle|close)[ -]|eoy\b)
    | (?P<season>(?:spring|summer|autumn|fall|winter)[ ](?=of|\d|last|this|next))
    | (?P<holiday>{_HOLIDAY})
    | (?P<set>(?:every|each)[ ]|weekends\b)
    )
    | (?<![\w.,/$€£¥%+-])(?P<digit>(?=(?:1[5-9]|20|21)\d\d(?!\d)|20\d{{6}}(?!\d)|\d{{1,2}}(?:st|nd|rd|th)?[ ]?(?:of[ ]|-|to[ ]|and[ ]|through[ ])?[ ]?(?:\d{{1,2}}(?:st|nd|rd|th)?[ ])?(?:of[ ])?(?:{_M})
        |\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d\d|\d{{1,2}}[-/](?:19|20)\d\d(?!\d)|[1-4][qh]|\d{{1,3}}(?:\.\d{{1,2}})?(?:[ ]?-[ ]?\d{{1,3}}|[ ]to[ ]\d{{1,3}}|[ ]or[ ]\d{{1,3}})?[ -](?:\w+[ ])?(?:{_LONGUNIT})|\d{{1,2}}(?:st|nd|rd|th)[ -](?:century|quarter|half|five|5)))
    | (?<![\w'])(?P<quote>'(?=\d\ds?\b))
    """,
    re.VERBOSE,
)
_VAGUE_TRIGGER = re.compile(
    r"\b(?:now|currently|nowadays|these days|recently|lately|in the past|previously|formerly|in recent|in the future|soon|the future|the coming)\b"
)


def point(low: str, position: int) -> Node | None:
    """The longest expression that starts exactly at ``position``, or None."""
    if low[position : position + 1].isdigit():
        return longest(_BY_CLASS["digit"], low, position)
    match = _TRIGGER.match(low, position)
    if match is None or match.lastgroup is None:
        return None
    return longest(_BY_CLASS[match.lastgroup], low, position)


def longest(rules: Iterable[Rule], low: str, position: int) -> Node | None:
    best: Node | None = None
    for rule in rules:
        node = rule(low, position)
        if node is not None and (best is None or node.end > best.end):
            best = node
    return best


# --- ranges of two expressions -------------------------------------------------------------------------------------

_JOIN = re.compile(r"[ ]?(?:-|/)[ ]?|[ ](?:to|through|until|till|and)[ ](?:the[ ](?=\d))?")
_RANGE_KINDS = frozenset(
    {"day", "month", "year", "quarter", "half", "season", "numeric-day", "weekday", "dayword", "relative-month"}
)


def with_range(low: str, node: Node) -> Node:
    """``node`` and what a joining word ties to it (``21 October to 11 November``), or ``node`` alone."""
    if node.kind not in _RANGE_KINDS:
        return node
    join = _JOIN.match(low, node.end)
    if join is None:
        return node
    joined = join[0].strip()
    before = low[max(0, node.start - 12) : node.start]
    opened = before.endswith(("between ", "from "))
    if joined == "and" and not before.endswith("between "):
        return node
    if joined in ("to", "until", "till") and not opened and node.kind in ("year", "weekday", "dayword"):
        return node
    second = point(low, join.end())
    if second is None or second.kind not in _RANGE_KINDS:
        return node
    if {node.kind, second.kind} & {"weekday"} and joined == "-":
        return node
    if node.kind == "year" and second.kind != "year":
        return node
    return Node(node.start, second.end, "range", "range", {"a": node, "b": second, "between": opened})


def scan(low: str, *, include_vague: bool = False) -> list[Node]:
    """All time expressions of a folded text, in order, none overlapping another, as written."""
    found: list[Node] = []
    position = 0
    length = len(low)
    search = _TRIGGER.search
    while position < length:
        match = search(low, position)
        if match is None:
            break
        start = match.start()
        rules = _BY_CLASS[match.lastgroup or ""]
        node = longest(rules, low, start)
        if node is None and match.lastgroup == "the":
            position = start + 4
            continue
        if node is None:
            position = max(match.end(), start + 1)
            continue
        node = with_range(low, node)
        if low.startswith(" and ", node.end) and node.kind == "month" and (both := months_and(low, start)):
            if both.end > node.end:
                node = both
        if low[max(0, start - 8) : start] == "between " and node.kind == "year" and (both := years_and(low, start)):
            node = both
        found.append(node)
        position = node.end
    if include_vague:
        found.extend(_vague_words(low, found))
        found.sort(key=lambda node: node.start)
    return found


def _vague_words(low: str, found: list[Node]) -> list[Node]:
    taken = [(node.start, node.end) for node in found]
    words = []
    for match in _VAGUE_TRIGGER.finditer(low):
        node = vague(low, match.start())
        if node is not None and not any(start < node.end and node.start < end for start, end in taken):
            words.append(node)
    return words
