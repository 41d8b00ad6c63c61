"""Which words may begin a time expression, and which wordings are tried there.

A word that begins no expression costs one dictionary look-up. Words that are mostly something else (``that``, ``its``)
are tried only before certain words; digits by their length and what follows.
"""

from __future__ import annotations

import re

from pipeline.date.forms import absolute as a
from pipeline.date.forms import lengths as n
from pipeline.date.forms import parts as p
from pipeline.date.forms import relative as r
from pipeline.date.node import Form
from pipeline.date.words import CARDINALS, EASTER_DAYS, HOLIDAYS, MONTHS, ORDINALS, SEASONS, WEEKDAYS

Forms = tuple[Form, ...]

_UNITS = ("day", "night", "week", "fortnight", "month", "quarter", "year", "season", "decade", "century", "hour", "minute")
_PARTS = ("end", "start", "beginning", "middle", "close", "turn", "outset", "rest", "remainder", "whole", "opening", "very")
_NUMBER_WORDS = tuple({word.split("-")[0].split()[0] for word in CARDINALS})
_ORDINAL_WORDS = tuple({word.split("-")[0].split()[0] for word in ORDINALS})

_MONTH: Forms = (a.spelled_day, a.month_days, a.month_day, a.month_ordinal, a.months, p.named_quarter, a.month)
_WEEKDAY: Forms = (r.weekday_ordinal, a.days_month, a.month_days, a.day_month, a.month_day, r.relative_weekday)
_RELATIVE: Forms = (r.relative_unit, r.relative_month, r.relative_weekday, r.season, r.holiday, p.ordinal_part, p.first_units)
_ORDINAL: Forms = (p.ordinal_part, p.half_of, p.first_units, a.century, a.plan_period)
YEAR: Forms = (a.iso_day, a.spelled_day, a.year_month_day, a.numeric_month, p.quarter_code, a.years, a.decade, a.year)
_LENGTH: Forms = (r.ago, n.duration)
_COUNT: Forms = (
    a.spelled_day,
    a.numeric_days,
    a.numeric_day,
    a.slashed_day,
    a.days_month,
    a.day_month,
    a.numeric_month,
    *_LENGTH,
)
_THE_COUNT: Forms = (
    p.ended, r.the_unit, r.the_units_period, r.bare_ordinal_day, r.the_ordinal_day, a.decade, a.years, a.year, a.days_month,
    a.day_month, *_ORDINAL,
)  # fmt: skip
_PART: Forms = (p.part_of, p.early_late, p.year_end, a.decade)


def _table(*rows: tuple[tuple[str, ...], Forms]) -> dict[str, Forms]:
    """First words and the wordings tried at them; a word in two rows is tried with both."""
    table: dict[str, Forms] = {}
    for words, forms in rows:
        for word in words:
            table[word] = table.get(word, ()) + tuple(form for form in forms if form not in table.get(word, ()))
    return table


#: Wordings by the word behind ``the``.
_BEHIND_THE = _table(
    (_NUMBER_WORDS, (p.ended, r.the_unit, r.the_units_period, r.ago)),
    (_ORDINAL_WORDS, (*_ORDINAL, p.ellipsis, r.the_ordinal_day, r.relative_unit)),
    (("final", "opening", "initial", "closing", "back", "front"), (p.ordinal_part, p.first_units, p.part_of)),
    (("last",), (p.ordinal_part, p.first_units, r.relative_unit)),
    (("latter", "former"), (p.ordinal_part, p.half_of, r.relative_unit, p.part_of)),
    (("next", "previous", "following"), (r.relative_unit, r.next_day, r.relative_month, r.relative_weekday, r.season)),
    (
        ("past", "prior", "preceding", "coming", "current", "latest", "upcoming", "new"),
        (r.relative_unit, r.season, r.relative_weekday),
    ),
    (("same",), (r.same, r.next_day, r.relative_unit)),
    (("corresponding", "comparable", "equivalent", "similar", "like"), (r.same,)),
    (("year", "prior", "previous", "last"), (r.year_ago_unit,)),
    (("year", "month", "quarter", "half", "week", "day", "decade", "period", "season", "weekend"), (p.ended, r.the_unit, r.ago)),
    (("full", "whole", "entire", "calendar"), (r.the_unit, p.full_year, p.ended, p.part_of)),
    (("year", "calendar"), (a.year, p.year_end, p.year_to_date)),
    (("years",), (a.years, a.years_and)),
    (("quarter", "month"), (p.quarter_word, p.year_end)),
    (("week", "epi", "epidemiological"), (r.week_number, r.week_of)),
    (("day",), (r.dayword,)),
    (("night",), (r.ago,)),
    (("fiscal", "financial"), (p.ended, p.ordinal_part, r.the_unit, a.year, p.year_to_date)),
    (("academic", "school", "tax", "marketing", "crop"), (a.year,)),
    (("fy",), (a.year,)),
    (_PARTS, _PART),
    (("early", "late", "mid", "end"), (p.early_late, p.year_end, a.decade, r.season)),
    (("first",), (p.part_of,)),
    (tuple(SEASONS), (r.season,)),
    (tuple(MONTHS), (p.named_quarter, a.months)),
    (("easter",), (r.holiday,)),
    (("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"), (a.decade,)),
)

#: Wordings by the word behind ``a`` or ``an``.
_BEHIND_A = _table(
    (_UNITS, _LENGTH),
    (("single", "full", "whole"), _LENGTH),
    (("year", "quarter", "month", "week"), (r.year_ago_unit, p.ended)),
    (("quarter",), (n.duration,)),
    (("similar", "comparable", "corresponding", "like"), (r.same,)),
)

STARTS = _table(
    (tuple(MONTHS), _MONTH),
    (tuple(WEEKDAYS), _WEEKDAY),
    (tuple(f"{day}s" for day in WEEKDAYS if day.endswith("day")), (n.weekdays,)),
    (("last", "this", "next", "past", "previous", "coming", "current", "following"), _RELATIVE),
    (("that",), (r.relative_unit, r.relative_month, r.relative_weekday, r.next_day, r.the_units_period, r.season)),
    (("this",), (r.this_time, r.dayword, r.same)),
    (("last",), (r.dayword,)),
    (("next",), (r.next_alone,)),
    (("its", "their", "his", "her", "our"), (r.relative_unit, p.first_units, p.ended, p.ordinal_part)),
    (_ORDINAL_WORDS, _ORDINAL),
    (("opening", "final", "back"), (p.ordinal_part, p.first_units)),
    (_NUMBER_WORDS, _LENGTH),
    (("half", "three", "all"), _LENGTH),
    (("nineteen", "twenty", "two"), (a.worded_year,)),
    (("fiscal", "financial"), (a.year, p.ordinal_part, p.ended)),
    (("calendar", "academic", "marketing"), (a.year,)),
    (("fy", "cy"), (a.year,)),
    (("quarter",), (p.quarter_word, p.ended, p.year_end)),
    (("week",), (r.week_number, r.week_of, p.ended)),
    (("year", "month"), (p.ended, p.year_end, p.year_to_date, r.year_ago_unit)),
    (("prior", "previous", "last"), (r.year_ago_unit,)),
    (("year",), (a.year,)),
    (("eoy",), (p.year_end,)),
    (("full",), (p.full_year, p.ended)),
    (("day",), (r.dayword,)),
    (("today", "yesterday", "tomorrow", "tonight"), (r.dayword,)),
    (("early", "late", "mid", "end", "middle", "beginning", "start", "close", "turn"), (*_PART,)),
    (tuple(SEASONS), (r.season,)),
    (tuple({name.split()[0].split("'")[0] for name in (*HOLIDAYS, *EASTER_DAYS)}), (r.holiday,)),
    (("every", "each"), (n.each,)),
    (("weekends",), (n.weekdays,)),
    (("w",), (r.week_of,)),
    (("the", "a", "an", "now"), ()),
)  # fmt: skip

_RELATED = frozenset(
    {*_UNITS, *MONTHS, *WEEKDAYS, *SEASONS, *(f"{unit}s" for unit in _UNITS), "half", "period", "weekend", "fiscal", "financial"}
)
#: First words that are mostly something else, and the words behind which they are tried.
_GUARDS: dict[str, frozenset[str]] = {
    "that": _RELATED | {"morning", "afternoon", "evening", "same"} | set(_NUMBER_WORDS),
    "this": _RELATED
    | {"morning", "afternoon", "evening", "time", "past", "coming", "calendar", "same", "corresponding", "easter", "christmas"},
    **dict.fromkeys(
        ("its", "their", "his", "her", "our"),
        frozenset(
            {
                "first",
                "last",
                "next",
                "past",
                "previous",
                "prior",
                "current",
                "latest",
                "opening",
                "final",
                "fiscal",
                "financial",
                "new",
                "year",
            }
        ),
    ),
    "half": frozenset({"a", "an"}),
}

_CODE_STARTS = re.compile(r"[qh][1-4](?:fy.*)?$|[fc]y\d")
_CODE: Forms = (p.quarter_code, a.year)
WORD = re.compile(r"\w+")
NEXT_WORD = re.compile(r"['’]?(\w+)")
_GLUED_BEFORE = frozenset(".,/$€£¥₹₩%+-'#")
SHORT_YEAR: Forms = (a.short_year, a.decade)


def forms_at(low: str, start: int, word: str) -> Forms:
    """The wordings that may begin with ``word`` at ``start``."""
    if word == "the":
        if low[start + 3 : start + 4] != " ":
            return ()
        return _behind(low, start + 4, _BEHIND_THE, _THE_COUNT)
    if word in ("a", "an"):
        if low[start + len(word) : start + len(word) + 1] != " ":
            return ()
        return _behind(low, start + len(word) + 1, _BEHIND_A, ())
    if word in MONTHS:
        return _month_forms(low, start + len(word))
    if forms := STARTS.get(word):
        guard = _GUARDS.get(word)
        if guard is None:
            return forms
        match = NEXT_WORD.match(low, start + len(word) + 1)
        return forms if match is not None and match[1] in guard else ()
    if word[0].isdigit():
        return _digit_forms(low, start, word)
    if word[0] in "qhfc" and _CODE_STARTS.match(word):
        return _CODE
    return _glued_month(word)


def _month_forms(low: str, end: int) -> Forms:
    """The wordings that may begin with a month, by the word behind it."""
    match = _BEHIND_MONTH.match(low, end)
    if match is None:
        return _BARE_MONTH
    word = match[1]
    if word[0] <= "9":
        return _DATED_MONTH
    if word in MONTHS or word in _TO_WORDS:
        return _MONTH_RANGE
    if word in ("quarter", "half"):
        return _MONTH_QUARTER
    return _MONTH if word in CARDINALS or word in ORDINALS else _BARE_MONTH


_BEHIND_MONTH = re.compile(r"[ .,/-]{1,3}(?:the |through-|to-)?(\w+)")
_BARE_MONTH: Forms = (a.month,)
_DATED_MONTH: Forms = (a.spelled_day, a.month_days, a.month_day, a.months, a.month)
_MONTH_RANGE: Forms = (a.months, a.month)
_MONTH_QUARTER: Forms = (p.named_quarter, a.month)


def _glued_month(word: str) -> Forms:
    """``mar3``, ``dec31``: a month that touches its day."""
    if len(word) > 5 or not word[-1].isdigit():
        return ()
    return (a.glued_month_day,) if word[:3] in MONTHS else ()


def _behind(low: str, position: int, table: dict[str, Forms], for_digits: Forms) -> Forms:
    match = NEXT_WORD.match(low, position)
    if match is None:
        return ()
    word = match[1]
    if word[0].isdigit():
        return for_digits
    return table.get(word, ())


def _digit_forms(low: str, start: int, word: str) -> Forms:
    """The wordings that may begin with a word that begins with a digit, by its length and what follows."""
    before = low[start - 1 : start]
    if before and before in _GLUED_BEFORE:
        if before in "-/" and len(word) == 4 and low[start + 4 : start + 5] == "-" and not low[start - 2 : start - 1].isdigit():
            # The date in a file's name or an address.
            return (a.iso_day,)
        return SHORT_YEAR if before == "'" and not low[start - 2 : start - 1].isalnum() else ()
    length = len(word)
    end = start + length
    if word.isdigit():
        if length == 4:
            return _year_forms(low, end) if word[:2] in _CENTURIES else ()
        if length <= 3:
            return _count_forms(low, end)
        return (a.compact_day,) if length == 8 else ()
    if length <= 4 and word[0] in "1234" and word[1] in "qh":
        return (p.quarter_code,)
    if length <= 6 and word[:2] in _CENTURIES and word[:4].isdigit():
        return YEAR
    if word[-2:] in ("st", "nd", "rd", "th"):
        return _ORDINAL_COUNT
    return (n.duration_code,) if word[-1] in "dw" else ()


def _year_forms(low: str, end: int) -> Forms:
    follows = low[end : end + 1]
    if follows == " ":
        match = WORD.match(low, end + 1)
        if match is None:
            return _DASHED_YEAR if low[end + 1 : end + 2] == "-" else _PLAIN_YEAR
        word = match[0]
        if word in _TO_WORDS or word in MONTHS or word[-1] <= "9":
            return YEAR
        return _PLAIN_YEAR
    return YEAR if follows and follows in "-/.,'" else _PLAIN_YEAR


def _count_forms(low: str, end: int) -> Forms:
    follows = low[end : end + 1]
    if not follows or follows not in " -/.":
        return ()
    match = WORD.match(low, end + 1)
    if match is None:
        return _COUNT if follows == " " and low[end + 1 : end + 3] == "- " else ()
    word = match[0]
    if word in MONTHS:
        return _DAY
    if word in _LENGTH_WORDS:
        return _LENGTH
    if word in _TO_WORDS or word[0] <= "9":
        return _COUNT
    return ()


_PLAIN_YEAR: Forms = (a.year,)
_DASHED_YEAR: Forms = (a.years, a.year)
_DAY: Forms = (a.day_month, a.spelled_day)
_ORDINAL_COUNT: Forms = (a.spelled_day, p.first_units, a.days_month, a.day_month, a.century, p.ordinal_part, a.plan_period)
_TO_WORDS = frozenset({"to", "through", "until", "and", "of", "or", "till", "thru"})
_LENGTH_WORDS = frozenset(
    {f"{unit}{plural}" for unit in (*_UNITS, "min", "yr") for plural in ("", "s")}
    | {
        "centuries",
        "consecutive",
        "straight",
        "successive",
        "full",
        "whole",
        "long",
        "short",
        "calendar",
        "more",
        "working",
        "business",
    }
    | {"trading", "solid", "further", "additional", "other", "single", "running"}
)
ANY_COUNT: Forms = (*_COUNT, *_ORDINAL_COUNT)
_CENTURIES = frozenset({"15", "16", "17", "18", "19", "20", "21"})


def every_form() -> set[Form]:
    """Every wording that any first word leads to."""
    tables = (_BEHIND_THE, _BEHIND_A, STARTS)
    rows = [forms for table in tables for forms in table.values()]
    return {form for forms in (*rows, YEAR, ANY_COUNT, SHORT_YEAR, _CODE, _THE_COUNT, _DAY) for form in forms}
