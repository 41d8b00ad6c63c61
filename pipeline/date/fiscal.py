"""Which month a text's fiscal year starts in, and which calendar year names it.

Read from the text's own words first (``the fiscal year ended March 31``, ``the quarter ended December 31, 2025
(Q3FY26)``), then from the country it reports from. Sources of the country table: the governments' published budget
calendars; a company may differ, which is why its own words come first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.date.words import MONTHS, alternatives

_MONTH = alternatives(MONTHS) + r"\.?"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?)"
_NAMED_DAY = rf"(?:{_DAY} (?:of )?)?(?P<mon>{_MONTH})(?: {_DAY})?"

#: The text's own words: a fiscal year that ends or begins in a month.
_YEAR_ENDS = re.compile(
    rf"\b(?:(?:fiscal|financial|full)[ -]year|the year|full[- ]year results)"
    rf" (?:that |which |just )?(?:ended|ending|ends|end|closed)(?: on| in)? {_NAMED_DAY}"
)
_FISCAL_YEAR_ENDS = re.compile(
    rf"\b(?:fiscal|financial)[ -](?:year|\d{{4}})[^.\n]{{0,40}}?\b(?:that |which )?(?:ended|ending|ends|closed|to|runs? (?:to|through|until))"
    rf"(?: on| in)?(?: next)? {_NAMED_DAY}"
)
_FISCAL_YEAR_BEGINS = re.compile(
    rf"\b(?:fiscal|financial)[ -](?:year|\d{{4}})[^.\n]{{0,40}}?\b(?:begins|began|starts|started|starting|beginning|runs from)(?: on| in)? {_NAMED_DAY}"
)
#: Twelve months that end on a named day are a company's year; those that end in a month alone are any twelve months.
_TWELVE_MONTHS = re.compile(
    rf"\b(?:(?:12|twelve) months|full year|the year) (?:ended|ending|to|through)(?: on)? (?=\d|(?:{_MONTH}) \d{{1,2}}\b){_NAMED_DAY}"
)
#: A part of the year that names its last month, beside the number of that part.
_QUARTER_OF_FISCAL = re.compile(
    rf"\bquarter (?:ended|ending|to)(?: on| in)? {_NAMED_DAY},?(?: \d{{4}})? ?\(?(?:q(?P<q>[1-4]) ?(?:fy|of fy|of fiscal))"
)
_FISCAL_QUARTER_ENDED = re.compile(
    rf"\b(?:fiscal (?P<q>first|second|third|fourth)[ -]quarter|(?P<p>first|second|third|fourth)[ -](?:fiscal[ -]quarter|quarter of fiscal))"
    rf"[^\x00]{{0,600}}?\b(?:ended|ending)(?: on)? {_NAMED_DAY}"
)
_HALF_YEAR_RESULTS = re.compile(
    rf"\b(?:half[- ]year|interim) results\b[^.\n]{{0,60}}\bsix months (?:ended|ending|to)(?: on)? {_NAMED_DAY}"
)

_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}

#: Country by words that only its press uses, in the order tried: month the fiscal year starts, words.
_COUNTRIES: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("India", 4, re.compile(r"\b(?:lakh|crore|rbi|sensex|nifty|new delhi|mumbai|union budget)\b|\brs\.? ?\d|₹")),
    ("Japan", 4, re.compile(r"\b(?:japan|japanese|tokyo|kyoto|osaka)\b|\b\d yen\b")),
    ("Australia", 7, re.compile(r"\b(?:australia|australian|australians|sydney|melbourne|canberra|asx)\b|a\$\d")),
    ("New Zealand", 4, re.compile(r"\b(?:new zealand|nz\$)\b")),
    ("Pakistan", 7, re.compile(r"\b(?:pakistan|karachi|islamabad)\b")),
    ("Bangladesh", 7, re.compile(r"\b(?:bangladesh|dhaka|taka)\b")),
    ("East Africa", 7, re.compile(r"\b(?:uganda|kampala|kenya|nairobi|tanzania)\b")),
    ("Egypt", 7, re.compile(r"\b(?:egypt|cairo)\b")),
    ("United Kingdom", 4, re.compile(r"\b(?:britain|british|uk|u\.k\.|london|england|hmrc|whitehall)\b|£\d")),
    ("Canada", 4, re.compile(r"\b(?:ottawa|government of canada)\b")),
    ("Hong Kong", 4, re.compile(r"\b(?:hong kong government|hksar)\b")),
    ("Singapore", 4, re.compile(r"\b(?:government of singapore|singapore's budget)\b")),
    ("South Africa", 4, re.compile(r"\b(?:south africa|south african|pretoria|johannesburg)\b")),
    (
        "United States",
        10,
        re.compile(
            r"\b(?:federal (?:fiscal|deficit|budget)|u\.?s\.? (?:treasury|government)|congressional budget office|congress)\b"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """``start_month`` of the fiscal year (1: the calendar year); ``explicit`` where the text's own words say so, so that a
    bare ``second quarter`` is fiscal too; ``named_by_start`` where ``fiscal 2025`` is the year that starts in 2025."""

    start_month: int = 1
    explicit: bool = False
    named_by_start: bool = False


def _next_month(word: str) -> int:
    return MONTHS[word.rstrip(".")] % 12 + 1


def _from_words(low: str) -> int | None:
    for pattern in (_FISCAL_YEAR_BEGINS,):
        if match := pattern.search(low):
            return MONTHS[match["mon"].rstrip(".")]
    for pattern in (_FISCAL_YEAR_ENDS, _YEAR_ENDS, _TWELVE_MONTHS):
        if match := pattern.search(low):
            return _next_month(match["mon"])
    if match := _QUARTER_OF_FISCAL.search(low):
        return (MONTHS[match["mon"].rstrip(".")] - 3 * int(match["q"])) % 12 + 1
    if match := _FISCAL_QUARTER_ENDED.search(low):
        quarter = _QUARTERS[match["q"] or match["p"]]
        return (MONTHS[match["mon"].rstrip(".")] - 3 * quarter) % 12 + 1
    if match := _HALF_YEAR_RESULTS.search(low):
        return (MONTHS[match["mon"].rstrip(".")] - 6) % 12 + 1
    return None


def read_fiscal_calendar(low: str, start_month: int | None = None) -> FiscalCalendar:
    """The fiscal calendar of a text (lower case, plain spaces); ``start_month`` is the caller's own knowledge."""
    counts = [(len(pattern.findall(low[:20000])), -index) for index, (_, _, pattern) in enumerate(_COUNTRIES)]
    best, negative_index = max(counts)
    country, country_start, _ = _COUNTRIES[-negative_index]
    named_by_start = best > 0 and country == "Japan"
    if start_month is not None:
        return FiscalCalendar(start_month, True, named_by_start)
    found = _from_words(low)
    if found is not None:
        return FiscalCalendar(found, True, named_by_start)
    if best:
        return FiscalCalendar(country_start, country == "India", named_by_start)
    return FiscalCalendar()


def fiscal_year_start(text: str) -> int | None:
    """The month (1 to 12) in which the fiscal year that ``text`` speaks of starts, or None where nothing says so."""
    calendar = read_fiscal_calendar(text.lower().replace("\xa0", " "))
    return calendar.start_month if calendar != FiscalCalendar() else None
