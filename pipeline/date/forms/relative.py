"""Times counted from the article's date or from the time in focus: ``last year``, ``a year earlier``, ``on Tuesday``."""

from __future__ import annotations

import re

from pipeline.date.forms.absolute import month
from pipeline.date.node import (
    ANY_MONTH,
    FISCAL,
    MONTH,
    NUMBER,
    UNIT,
    WEEKDAY,
    Made,
    Point,
    YearRef,
    form,
    leading_int,
    month_number,
    nested_form,
    number,
    optional_year,
    ordinal,
    split_year,
    whole_number,
)
from pipeline.date.words import EASTER_DAYS, HOLIDAYS, ORDINALS, SEASONS, WEEKDAYS, alternatives

# --- units: last year, the previous quarter, the past 12 months ---------------------------------------------------------

_WEEKDAY_BEHIND = re.compile(rf"(?: on)? (?P<wd>{WEEKDAY})\b")
_POSSESSIVE = re.compile(r"^(?:the|its|his|her|their|our) ")
_DAY_RELATIONS = frozenset({"previous", "following", "next", "preceding", "same", "past"})


def _relative_unit(m: re.Match[str], low: str) -> Made:
    word, unit = _POSSESSIVE.sub("", m["rel"]), m["u"]
    fiscal = (m["f"] or "").strip() in ("fiscal", "financial")
    if unit in ("fiscal", "financial"):
        unit, fiscal = "year", True
    count = whole_number(m["n"])
    if (m["n"] and count is None) or bool(m["s"]) != (m["n"] is not None and count != 1):
        return None
    if unit == "day" and word not in _DAY_RELATIONS and not m["n"]:
        return None
    value = {"rel": word, "u": unit, "n": count, "fiscal": fiscal, "the": m["rel"].startswith("the ")}
    end = m.end()
    if unit == "week" and (day := _WEEKDAY_BEHIND.match(low, end)):
        return "relative-unit", value | {"wd": WEEKDAYS[day["wd"]]}, day.end()
    if unit == "year" and re.match(r" and next(?:[.,;:)\n]|$)", low[end : end + 10]):
        return "relative-unit", value | {"and_next": True}, end + 9
    return "relative-unit", value, end


relative_unit = form(
    "relative-unit",
    rf"""(?P<rel>(?:the[ ]|its[ ]|their[ ]|his[ ]|her[ ]|our[ ])?
         (?:last|next|past|previous|prior|preceding|following|coming|current|latest|upcoming|new|first)
       |this|that|the[ ]latter|the[ ]former|this[ ]past|this[ ]coming)
    [ ](?:(?P<n>{NUMBER})[ ])?(?P<f>{FISCAL}[ ]|calendar[ ]|full[ ]|reporting[ ]|base[ ])?
    (?P<u>{UNIT}|weekend|half|period|{FISCAL})(?P<s>s?)\b(?!-)""",
    _relative_unit,
)


_THIS_YEAR = re.compile(r"\bthis year(?:[^.;!?\n]|\.\d){0,40} and (?:[^.;!?\n]|\.\d){0,40}$")


def _next_alone(m: re.Match[str], low: str) -> Made:
    """``2% this year and 3% next``: next year."""
    if _THIS_YEAR.search(low, max(0, m.start() - 90), m.start()) is None:
        return None
    return "relative-unit", {"rel": "next", "u": "year", "n": None, "fiscal": False, "the": False}, m.end()


next_alone = form("next-alone", r"next(?=[.,;:)\n]|$)", _next_alone)


def _year_ago(m: re.Match[str], low: str) -> Made:
    # ``the year-ago level`` is a level: its date ends before the noun.
    end = m.end() if m["u"] not in ("level", "figure") else m.end() - len(m["u"]) - 1
    return "ago", {"n": 1.0, "u": "year", "word": "earlier"}, end


year_ago_unit = form(
    "year-ago-period",
    r"(?:the[ ]|a[ ])?(?:year-(?:ago|earlier|before)|prior-year|previous-year|last-year)[ ](?P<u>quarter|period|month"
    r"|half|week|level|figure)\b",
    _year_ago,
)


def _relative_month(m: re.Match[str], low: str) -> Made:
    return "relative-month", {"rel": m["rel"].removeprefix("the "), "m": month_number(m["mon"])}, m.end()


relative_month = form(
    "relative-month",
    r"(?P<rel>last|this|next|that|this[ ]past|the[ ]previous|the[ ]following|this[ ]coming)[ ]"
    rf"(?P<mon>{MONTH})(?![a-z])(?![ ]\d)",
    _relative_month,
)


def _weekday(m: re.Match[str], low: str) -> Made:
    rel = (m["rel"] or "").removeprefix("the ") or None
    value = {
        "rel": rel,
        "wd": WEEKDAYS[m["wd"]],
        "word": m["wd"],
        "week": m["wk"] or m["wk2"],
        "part": part_of_day(m["part"] or ""),
    }
    return "weekday", value, m.end()


relative_weekday = form(
    "relative-weekday",
    rf"""(?:(?P<rel>last|this|next|the[ ]previous|the[ ]following|this[ ]past|past|previous|coming|this[ ]coming|that)[ ])?
    (?P<wd>{WEEKDAY})\b(?P<part>[ ](?:morning|afternoon|evening|night))?
    (?:[ ]of[ ](?P<wk>last|this|next)[ ]week|[ ](?P<wk2>last|this|next)[ ]week)?""",
    _weekday,
)


def _weekday_ordinal(m: re.Match[str], low: str) -> Made:
    return "weekday-ordinal", {"wd": WEEKDAYS[m["wd"]], "d": leading_int(m["d"])}, m.end()


weekday_ordinal = form(
    "weekday-ordinal",
    rf"(?P<wd>{WEEKDAY})\.?,?[ ](?:the[ ])?(?P<d>\d{{1,2}}(?:st|nd|rd|th))\b(?![ -](?:of|century|[a-z]+ly))",
    _weekday_ordinal,
)

_SEASON_PAIR = re.compile(r" (?:of )?(?P<a>(?:19|20)\d\d)[/-](?P<b>\d\d(?:\d\d)?)(?!\d)")


def _season(m: re.Match[str], low: str) -> Made:
    end = m.end()
    ref: YearRef | None
    if pair := _SEASON_PAIR.match(low, end):
        first = int(pair["a"])
        ref, end = YearRef(first, second=split_year(first, pair["b"])), pair.end()
    else:
        ref, end = optional_year(low, end)
        if ref is not None and ref.year is None and ref.word not in ("last", "this", "next"):
            ref, end = None, m.end()
    if m["rel"] is None and ref is None:
        return None
    return "season", {"rel": m["rel"], "s": m["s"], "y": ref}, end


season = form(
    "season",
    r"(?:(?P<rel>last|this|next|the|that|this[ ]past|the[ ]previous|the[ ]past|the[ ]coming)[ ])?(?:early[ ]|late[ ])?"
    rf"(?P<s>{alternatives(SEASONS)})\b(?!-)",
    _season,
)

# --- ago, earlier, later ---------------------------------------------------------------------------------------------


def _ago(m: re.Match[str], low: str) -> Made:
    written = m["n"]
    count = 1.0 if written in ("a", "an", "the") else 0.5 if written == "half a" else number(written)
    if count is None:
        return None
    if m["w"] == "before" and _ANCHOR_AFTER.match(low, m.end()) and not _opens_clause(low, m.start()):
        # ``a year before the merger`` is a length of time; ``; the year before the gap was 5`` is a year.
        return None
    return "ago", {"n": count, "u": m["u"], "word": m["w"], "the": written == "the"}, m.end()


_ANCHOR_AFTER = re.compile(r" (?:the|a|an|its|his|her|their|our|my|it|he|she|they|we|i|any|anyone|being)\b")
_OWN_SUBJECT = re.compile(r"(?:^|[.;!?][\"')]?\s|\n)$")


def _opens_clause(low: str, start: int) -> bool:
    return _OWN_SUBJECT.search(low, max(0, start - 3), start) is not None or start == 0


ago = form(
    "units-ago",
    rf"""(?P<n>half[ ]a|an?|the|{NUMBER})[ ](?P<u>{UNIT}|century|centurie)s?[ ]
    (?P<w>ago|earlier|before|previously|later|from[ ](?:now|today)|hence|prior|after(?=[.,;?!)\n]|$))\b(?![ ]than\b)""",
    _ago,
)

_SAME_UNIT = (
    r"(?:period|quarters?|months?|weeks?|half-year|half|year|days?|weekend"
    r"|stretch|timeframe|time|season|fortnight|session|point|stage|date)"
)
_YEAR_BACK = re.compile(
    r" (?:(?:a|one) year (?:ago|earlier|before|previously|prior)|(?:of )?the (?:year before|previous year))\b"
)
_OWN_TIME = frozenset({"time", "day", "date", "days", "point", "stage", "year", "session"})


def _same(m: re.Match[str], low: str) -> Made:
    """``the same period last year``, ``the corresponding quarter of 2024``, ``the same nine months``."""
    unit, count = m["u"], m["n"]
    if back := _YEAR_BACK.match(low, m.end()):
        return "same", {"u": unit, "y": YearRef(word="year-back"), "n": count}, back.end()
    year, end = optional_year(low, m.end())
    if year is None and unit in _OWN_TIME and not (unit in ("day", "year") or (unit == "days" and count)):
        return None
    return "same", {"u": unit, "y": year, "n": count}, end


same = form(
    "same-period",
    r"(?:the|a|this)[ ](?:same|corresponding|comparable|equivalent|similar|like)[ ]"
    rf"(?:(?P<n>{NUMBER})[ -])?(?P<u>{_SAME_UNIT})\b",
    _same,
)
this_time = form(
    "this-time",
    r"this[ ]time[ ](?:last[ ]year|a[ ]year[ ]ago)",
    lambda m, low: ("same", {"u": "time", "y": YearRef(word="last"), "n": None}, m.end()),
)

# --- the quarter, the six months: what the text is about -------------------------------------------------------------


_STRETCH_BEFORE = re.compile(r" (?:before|earlier|previously)(?=[.,;:)\n]|$)")
_THAT_FOLLOWED = re.compile(r" (?:that|which) followed\b")


def _the_unit(m: re.Match[str], low: str) -> Made:
    count = whole_number(m["n"])
    if (m["n"] and count is None) or bool(m["n"]) != bool(m["s"]):
        return None
    unit = "half" if m["u"].startswith("half") else m["u"]
    if m["n"] and (before := _STRETCH_BEFORE.match(low, m.end())):
        return "relative-unit", {"rel": "previous", "u": unit, "n": count, "fiscal": False, "the": True}, before.end()
    if unit != "period" and (after := _THAT_FOLLOWED.match(low, m.end())):
        return "relative-unit", {"rel": "following", "u": unit, "n": count, "fiscal": False, "the": True}, after.end()
    return "the-unit", {"u": unit, "n": count, "fiscal": bool(m["f"]), "ended": "just" in m[0]}, m.end()


the_unit = form(
    "the-unit",
    rf"""the[ ](?:(?P<n>{NUMBER})[ -])?(?:full[ ](?=fi))?(?P<f>{FISCAL}[ ])?(?:full[ ]|whole[ ]|calendar[ ]|entire[ ])?
    (?P<u>year|half[ -]year|half|quarter|month|week|day|decade|period|weekend|season)(?P<s>s?)(?!-)\b(?:[ ]just[ ]ended)?""",
    _the_unit,
)


def _units_period(m: re.Match[str], low: str) -> Made:
    return "the-unit", {"u": m["u"], "n": whole_number(m["n"]), "fiscal": False}, m.end()


the_units_period = form(
    "the-units-period",
    rf"(?:the|that)[ ](?P<n>{NUMBER})-(?P<u>day|week|month|year|quarter)[ ](?:period|span|stretch|term|break|holiday)\b",
    _units_period,
)

# --- days of a month, of a week, by name ----------------------------------------------------------------------------------


def _ordinal_day(m: re.Match[str], low: str, point: Point) -> Made:
    day = ordinal(m["d"])
    if day is None or day > 31:
        return None
    if "month" in m["of"]:
        return "month-day-of", {"d": day, "rel": m["of"].split()[1], "month": True}, m.end()
    inner = month(low, m.end(), point)
    if inner is None:
        return None
    return "day", {"y": inner.value["y"], "m": inner.value["m"], "d": day}, inner.end


the_ordinal_day = nested_form(
    "ordinal-day",
    rf"the[ ](?P<d>\d{{1,2}}(?:st|nd|rd|th)|{alternatives(ORDINALS)})(?:[ ]day)?"
    rf"(?P<of>[ ]of[ ](?:the|this|that|next|last)[ ]month|[ ]of[ ](?={ANY_MONTH}))",
    _ordinal_day,
)
bare_ordinal_day = form(
    "bare-ordinal-day",
    r"the[ ](?P<d>[23]?1st|2?2nd|2?3rd|[12]?[4-9]th|1[0-3]th|[23]0th)(?=[.,;)]|$|\n|[ ](?:and|but|when|after|before|at)\b)",
    lambda m, low: ("month-day-of", {"d": leading_int(m["d"]), "rel": "the", "month": False}, m.end()),
)


_PARTS_OF_DAY = (("morning", "TMO"), ("afternoon", "TAF"), ("evening", "TEV"), ("night", "TNI"))


def part_of_day(words: str) -> str:
    """The TIMEX3 suffix of a part of the day (``TNI`` for ``Sunday night``), or an empty string."""
    return next((code for word, code in _PARTS_OF_DAY if word in words), "")


def _dayword(m: re.Match[str], low: str) -> Made:
    if m["ab"]:
        days = 2 if "tomorrow" in m["ab"] else -2
    else:
        days = -1 if m["l"] or m["w"] == "yesterday" else 1 if m["w"] == "tomorrow" else 0
    return "dayword", {"days": days, "part": part_of_day(m[0])}, m.end()


dayword = form(
    "dayword",
    r"""(?:(?:the[ ])?day[ ](?P<ab>after[ ]tomorrow|before[ ]yesterday)|(?P<w>today|yesterday|tomorrow|tonight)
    |this[ ](?:morning|afternoon|evening)|(?P<l>last[ ]night))(?:[ ](?:morning|afternoon|evening|night))?\b""",
    _dayword,
)
next_day = form(
    "next-day",
    r"(?:the[ ](?P<rel>next|following|same|previous)|that(?:[ ]same)?)[ ](?:morning|afternoon|evening|day|night)\b",
    lambda m, low: ("relative-unit", {"rel": m["rel"] or "same", "u": "day", "n": None, "fiscal": False, "the": True}, m.end()),
)


def _holiday(m: re.Match[str], low: str) -> Made:
    year, end = optional_year(low, m.end(), comma=True)
    if m["rel"] and year is None:
        year = YearRef(word=m["rel"].strip())
    return "holiday", {"name": m["h"].removeprefix("the "), "y": year}, end


HOLIDAY = alternatives([*HOLIDAYS, *EASTER_DAYS])
holiday = form(
    "holiday",
    rf"(?P<rel>last[ ]|this[ ]|next[ ])?(?P<h>(?:the[ ])?{HOLIDAY})\b"
    r"(?![ ](?:island|shopping|sales?|season|party|tree|orders|period|card))",
    _holiday,
)

# --- weeks -----------------------------------------------------------------------------------------------------------


def _week_number(m: re.Match[str], low: str) -> Made:
    year, end = optional_year(low, m.end(), comma=True)
    return "week", {"n": int(m["n"]), "y": year}, end


week_number = form(
    "week-number", r"(?:the[ ])?(?:epidemiological[ ]|epi[ ])?week[ ](?P<n>[1-4]\d|5[0-3]|[1-9])(?![\d.,]\d|\d|%)", _week_number
)


def _week_of(m: re.Match[str], low: str, point: Point) -> Made:
    inner = point(low, m.end())
    if inner is None or inner.kind not in ("day", "days", "numeric-day"):
        return None
    return "week-of", {"of": inner}, inner.end


week_of = nested_form("week-of", r"(?:the[ ]week[ ](?:of|starting|commencing|beginning)(?:[ ]on)?|w/c)[ ](?:the[ ])?", _week_of)
