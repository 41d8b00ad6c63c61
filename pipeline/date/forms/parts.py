"""Parts of a year and stretches of units: quarters, halves, ``the first eight months``, ``the year to June``, ``mid-May``."""

from __future__ import annotations

import re

from pipeline.date.node import (
    FISCAL,
    MONTH,
    NUMBER,
    Made,
    Node,
    Point,
    YearRef,
    form,
    month_number,
    nested_form,
    optional_year,
    ordinal,
    whole_number,
    year_tail,
)
from pipeline.date.words import ORDINALS

# --- quarters and halves --------------------------------------------------------------------------------------------

_CODE = re.compile(
    r"""(?:
    (?P<u>[qh])(?P<n>[1-4])(?![\d.,]\d|\d|%)
  | (?P<n2>[1-4])(?P<u2>[qh])(?![a-z])
  | (?P<y0>20\d\d)[- ]?(?P<u0>[qh])(?P<n0>[1-4])(?!\d)
    )""",
    re.VERBOSE,
)
_GLUED_YEAR = re.compile(r" ?'?(\d\d)(?![\d%]|[.,]\d)")


def quarter_code(low: str, position: int, point: Point) -> Node | None:
    """``Q3``, ``H1 2024``, ``3Q24``, ``Q3FY26``, ``2024-Q1``."""
    m = _CODE.match(low, position)
    if m is None:
        return None
    unit, part = (m["u"] or m["u2"] or m["u0"]), int(m["n"] or m["n2"] or m["n0"])
    if unit == "h" and part > 2:
        return None
    end = m.end()
    year: YearRef | None = YearRef(int(m["y0"])) if m["y0"] else None
    if year is None:
        year, end = _year_of_code(low, end, before_letter=bool(m["n2"]))
    if m["n2"] and year is None:
        return None
    return Node(position, end, "quarter" if unit == "q" else "half", "quarter-code", {"y": year, "n": part, "fiscal": False})


quarter_code.__name__ = "quarter-code"


def _year_of_code(low: str, end: int, *, before_letter: bool) -> tuple[YearRef | None, int]:
    glued = _GLUED_YEAR.match(low, end)
    if glued and (before_letter or low.startswith(("'", " '"), end)):
        return YearRef(2000 + int(glued[1])), glued.end()
    if (tail := year_tail(low, end)) and tail[0].year:
        return tail
    year, after = optional_year(low, end, comma=True)
    if year is None and low.startswith(("-", "/"), end) and (tail := year_tail(low, end + 1)) and tail[0].year:
        return tail
    return year, after


_PART_WORD = {"opening": 1, "front": 1, "final": -1, "last": -1, "closing": -1, "back": -1, "latter": -1}


def _ordinal_part(m: re.Match[str], low: str) -> Made:
    word = m["o"]
    part = _PART_WORD.get(word) or ordinal(word)
    limit = 2 if m["u"].startswith("half") else 4
    if part is None or part > limit:
        return None
    year, end = optional_year(low, m.end())
    if year is None and word == "last":
        return None
    value = {"y": year, "n": limit if part == -1 else part, "fiscal": bool(m["f"] or m["f2"])}
    return ("half" if limit == 2 else "quarter"), value, end


ordinal_part = form(
    "ordinal-part",
    rf"""(?:the[ ]|its[ ])?(?P<f>{FISCAL}[ ])?
    (?P<o>first|second|third|fourth|1st|2nd|3rd|4th|opening|final|closing|back|front|latter|last)[ -](?P<f2>{FISCAL}[ -])?
    (?P<u>quarter|half)(?:-year)?\b(?![- ]?(?:cent|point|percentage|final|a[ ]|of[ ]a[ ]|million|billion))""",
    _ordinal_part,
)


def _half_of(m: re.Match[str], low: str, point: Point) -> Made:
    """``the first half of September``, ``the second half of the 2010s``."""
    inner = point(low, m.end())
    if inner is None or inner.kind not in ("month", "decade", "relative-month"):
        return None
    return "half-of", {"n": 1 if m["o"] in ("first", "1st") else 2, "of": inner}, inner.end


half_of = nested_form("half-of", r"(?:the[ ])?(?P<o>first|second|1st|2nd|latter)[ ]half[ ]of[ ]", _half_of)

_MONTHS_INSIDE = re.compile(rf" \({MONTH}(?: |-)(?:to )?{MONTH}\)")


def _quarter_word(m: re.Match[str], low: str) -> Made:
    """``Quarter 2 (Apr to June) 2025``, ``quarter one``."""
    part = whole_number(m["n"])
    end = m.end()
    if inside := _MONTHS_INSIDE.match(low, end):
        end = inside.end()
    year, end = optional_year(low, end)
    return "quarter", {"y": year, "n": part, "fiscal": False}, end


quarter_word = form("quarter-word", r"(?:the[ ])?quarter[ ](?P<n>[1-4]|one|two|three|four)\b(?![.,]\d|%)", _quarter_word)


def _named_quarter(m: re.Match[str], low: str) -> Made:
    year, end = optional_year(low, m.end())
    return "month-quarter", {"y": year, "m": month_number(m["mon"]), "n": 6 if m["u"] == "half" else 3}, end


named_quarter = form("month-quarter", rf"(?:the[ ])?(?P<mon>{MONTH})[ -](?P<u>quarter|half)\b", _named_quarter)


def _ellipsis(m: re.Match[str], low: str) -> Made:
    return "ellipsis", {"n": ORDINALS[m["o"]]}, m.end()


ellipsis = form(
    "ellipsis",
    r"the[ ](?P<o>first|second|third|fourth)(?=[,.;:)]|$|\n|[ ](?:and|but|at|after|versus|against|to|from|as|with|on|by)\b)",
    _ellipsis,
)

# --- stretches of units ------------------------------------------------------------------------------------------------


def _first_units(m: re.Match[str], low: str, point: Point) -> Made:
    """``the first eight months of 2025``, ``the final three months of the year``, ``the first 20 days of May``."""
    count = whole_number(m["n"]) if m["n"] else 1
    if count is None:
        return None
    end = m.end()
    side = "last" if m["side"] in ("last", "final", "closing") else "first"
    value = {"n": count, "u": {"halve": "half"}.get(m["u"], m["u"]), "side": side, "of": None, "y": None}
    if low.startswith(" of ", end) and (inner := point(low, end + 4)) is not None:
        return "part-units", value | {"of": inner}, inner.end
    year, end = optional_year(low, end)
    if year is None and (side == "last" or m["u"] in ("year", "decade") or m["n"] is None):
        return None
    return "part-units", value | {"y": year}, end


first_units = nested_form(
    "first-units",
    rf"(?:the[ ]|its[ ])?(?P<side>first|1st|opening|initial|last|final|closing)[ ](?:(?P<n>{NUMBER})[ ])?"
    r"(?P<u>day|week|month|quarter|weekend|year|half|halve)s?\b",
    _first_units,
)

_ENDS = r"(?:(?:(?:that|which)[ ](?:ends|closed)|(?:that[ ]|which[ ])?(?:ended|ending))(?:[ ]on|[ ]in)?|to|through|up[ ]to|until)"
_BEGINS = r"(?:that|which)[ ](?:begins|began|starts|started)(?:[ ]on|[ ]in)|(?:beginning|starting)(?:[ ]on|[ ]in)?"
_END_KINDS = frozenset({"day", "month", "numeric-day", "relative-month", "weekday", "year", "dayword"})


def _ended(m: re.Match[str], low: str, point: Point) -> Made:
    """``the 12 months to August 2025``, ``the quarter ended December 31, 2025``, ``the week to 23 March``."""
    inner = point(low, m.end())
    if inner is None or inner.kind not in _END_KINDS:
        return None
    count = whole_number(m["n"]) if m["n"] else 1
    if count is None or (inner.kind == "year" and not (m["u"] == "year" and m["n"])):
        return None
    if m["begins"] and (inner.kind == "year" or m["u"] in ("day", "week")):
        return None
    return "ended", {"n": count, "u": m["u"], "end": inner, "fiscal": bool(m["f"]), "begins": bool(m["begins"])}, inner.end


ended = nested_form(
    "units-ended",
    rf"(?:the[ ]|its[ ]|a[ ])?(?:(?P<f>{FISCAL}|full)[ ])?(?:(?P<n>{NUMBER})[ -])?"
    rf"(?P<u>day|week|month|quarter|half|year|season)s?[ ]"
    rf"(?:period[ ])?(?:just[ ])?(?:{_ENDS}|(?P<begins>{_BEGINS}))[ ](?:the[ ]end[ ]of[ ])?",
    _ended,
)

# --- parts of another expression ------------------------------------------------------------------------------------

_NO_PARTS = frozenset({"duration", "set", "ago", "part", "vague", "ellipsis"})


def _part(m: re.Match[str], low: str, point: Point) -> Made:
    inner = point(low, m.end())
    if inner is None or inner.kind in _NO_PARTS:
        return None
    return "part", {"part": m["part"].replace("beginning", "start"), "of": inner}, inner.end


part_of = nested_form(
    "part-of",
    r"(?:the[ ])?(?:very[ ])?"
    r"(?P<part>end|start|beginning|middle|close|turn|outset|rest|remainder|whole|first[ ]part|latter[ ]part|opening)[ ]of[ ]",
    _part,
)
early_late = nested_form(
    "early-late", r"(?:the[ ])?(?P<part>early|late|mid|end|middle|beginning|start)[ -](?:of[ -])?(?:in[ ])?(?!year\b)", _part
)


def _year_end(m: re.Match[str], low: str) -> Made:
    year, end = optional_year(low, m.end())
    if year is not None:
        whole = Node(m.start(), end, "year", "year", {"y": year})
        return "part", {"part": "end", "of": whole}, end
    unit = next((unit for unit in ("month", "quarter") if unit in m[0]), "year")
    return "unit-end", {"u": unit}, end


year_end = form(
    "year-end",
    r"(?:the[ ])?(?:year|month|quarter)(?:'s)?[ -]end\b(?!-)|(?:the[ ])?end[ ]of[ ](?:year|month|quarter)\b|\beoy\b",
    _year_end,
)


def _full_year(m: re.Match[str], low: str) -> Made:
    year, end = optional_year(low, m.end())
    return ("full-year", {}, end) if year is None else ("year", {"y": year}, end)


full_year = form("full-year", r"(?:the[ ]full[ ]|full[- ])year\b", _full_year)
year_to_date = form(
    "year-to-date",
    rf"(?:the[ ]|its[ ])?(?P<f>{FISCAL}[ ])?year[ -]to[ -]date",
    lambda m, low: ("to-date", {"y": None, "fiscal": bool(m["f"])}, m.end()),
)
