"""Which month a text's fiscal year starts in, and which calendar year names it.

Read from the text's own words first (``the fiscal year ended March 31``, ``the quarter ended December 31, 2025
(Q3FY26)``), then from the country it reports from. Sources of the country table: the governments' published budget
calendars; a company may differ, which is why its own words come first.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.date.words import MONTHS, alternatives, word_set

_MONTH = alternatives(MONTHS) + r"\.?"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?)"
_NAMED_DAY = rf"(?:{_DAY} (?:of )?)?(?P<mon>{_MONTH})(?: {_DAY})?"

#: The text's own words: a fiscal year that ends or begins in a month.
_YEAR_ENDS = re.compile(
    rf"\b(?:(?:fiscal|financial|full)[ -]year|the year|full[- ]year results)"
    rf" (?:that |which |just )?(?:ended|ending|ends|end|closed)(?: on| in)? {_NAMED_DAY}"
)
_FISCAL_YEAR_ENDS = re.compile(
    rf"\b(?:fiscal|financial)[ -](?:year|\d{{4}})[^.\n]{{0,40}}?\b(?:that |which )?(?:ended|ending|ends|closed|to"
    rf"|runs? (?:to|through|until))"
    rf"(?: on| in)?(?: next)? {_NAMED_DAY}"
)
_FISCAL_YEAR_BEGINS = re.compile(
    rf"\b(?:fiscal|financial)[ -](?:year|\d{{4}})[^.\n]{{0,40}}?\b(?:begins|began|starts|started|starting|beginning"
    rf"|runs from)(?: on| in)? {_NAMED_DAY}"
)
#: Twelve months that end on a named day are a company's year; those that end in a month alone are any twelve months.
_TWELVE_MONTHS = re.compile(
    rf"\b(?:(?:12|twelve) months|full year|the year) (?:ended|ending|to|through)(?: on)? (?=\d"
    rf"|(?:{_MONTH}) \d{{1,2}}\b){_NAMED_DAY}"
)
#: A part of the year that names its last month, beside the number of that part.
_QUARTER_OF_FISCAL = re.compile(
    rf"\bquarter (?:ended|ending|to)(?: on| in)? {_NAMED_DAY},?(?: \d{{4}})? ?\(?(?:q(?P<q>[1-4]) ?(?:fy|of fy|of fiscal))"
)
_FISCAL_QUARTER_ENDED = re.compile(
    rf"\b(?:fiscal (?P<q>first|second|third|fourth)[ -]quarter|(?P<p>first|second|third|fourth)[ -](?:fiscal[ -]quarter"
    rf"|quarter of fiscal))"
    rf"[^\x00]{{0,600}}?\b(?:ended|ending)(?: on)? {_NAMED_DAY}"
)
_HALF_YEAR_RESULTS = re.compile(
    rf"\b(?:half[- ]year|interim) results\b[^.\n]{{0,60}}\bsix months (?:ended|ending|to)(?: on)? {_NAMED_DAY}"
)

_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}

#: Countries by words that their press uses: the month the fiscal year starts, single words, and other marks.
_COUNTRIES: tuple[tuple[str, int, frozenset[str], tuple[str, ...]], ...] = (
    ("India", 4, word_set("lakh crore rbi sensex nifty mumbai"), ("new delhi", "\u20b9", "union budget")),
    ("Japan", 4, word_set("japan japanese tokyo kyoto osaka yen"), ()),
    ("Australia", 7, word_set("australia australian australians sydney melbourne canberra asx"), ("a$",)),
    ("New Zealand", 4, frozenset(), ("new zealand", "nz$")),
    ("Pakistan", 7, word_set("pakistan karachi islamabad"), ()),
    ("Bangladesh", 7, word_set("bangladesh dhaka taka"), ()),
    ("East Africa", 7, word_set("uganda kampala kenya nairobi tanzania"), ()),
    ("Thailand", 10, word_set("thailand thai bangkok baht"), ()),
    ("Jamaica", 4, word_set("jamaica jamaican kingston"), ("j$",)),
    ("Ethiopia", 7, word_set("ethiopia ethiopian birr"), ("addis ababa",)),
    ("Nepal", 7, word_set("nepal nepali kathmandu"), ()),
    ("Myanmar", 4, word_set("myanmar yangon kyat"), ()),
    ("Botswana", 4, word_set("botswana gaborone pula"), ()),
    ("Namibia", 4, word_set("namibia namibian windhoek"), ()),
    ("Malawi", 4, word_set("malawi malawian lilongwe kwacha"), ()),
    ("Mauritius", 7, word_set("mauritius mauritian"), ("port louis",)),
    ("Egypt", 7, word_set("egypt egyptian cairo suez egp"), ()),
    ("United Kingdom", 4, word_set("britain british uk london england hmrc whitehall"), ("u.k.", "\u00a3")),
    ("South Africa", 4, word_set("pretoria johannesburg"), ("south africa",)),
    ("Hong Kong", 4, word_set("hksar"), ("hong kong government",)),
    ("Canada", 4, word_set("ottawa"), ("government of canada",)),
    (
        "United States",
        10,
        word_set("congress nasa pentagon senate"),
        (
            "federal fiscal",
            "federal deficit",
            "federal budget",
            "white house",
            "u.s. treasury",
            "us treasury",
            "congressional budget office",
        ),
    ),
)
_WORDS = re.compile(r"[a-z]+")
_SHOPS_START = 2
#: A text says in its first lines where it reports from: a country named there counts for more.
_OPENING = 400
_OPENING_WEIGHT = 2


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """``start_month`` of the fiscal year (1: the calendar year); ``explicit`` where the text's own words say so, so that a
    bare ``second quarter`` is fiscal too; ``named_by_start`` where ``fiscal 2025`` is the year that starts in 2025."""

    start_month: int = 1
    explicit: bool = False
    named_by_start: bool = False


#: A year of whole weeks (4-4-5 or 4-5-4) ends on the last Friday to Sunday: up to a week into the next month.
_SPILL = 7
_DAY_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


def _last_month(match: re.Match[str]) -> int:
    """The month that a stretch ends in, by the day that ``_NAMED_DAY`` names at the end of ``match``."""
    month = MONTHS[match["mon"].rstrip(".")]
    begins = match.start("mon")
    before = match.string[max(match.start(), begins - 8) : begins].rpartition(" on ")[2]
    named = f"{before} {match.string[match.end('mon') : match.end()]}"
    days = [int(day) for day in _DAY_NUMBER.findall(named)]
    return (month - 2) % 12 + 1 if days and days[0] <= _SPILL else month


def _next_month(match: re.Match[str]) -> int:
    return _last_month(match) % 12 + 1


def _country(low: str) -> tuple[int, str, int]:
    """How often the text names the country it names most, which that is, and the month its fiscal year starts."""
    low = low[:20000]
    words = Counter(_WORDS.findall(low))
    words.update(word for word in _WORDS.findall(low[:_OPENING]) for _ in range(_OPENING_WEIGHT))
    best = (0, "", 1)
    for country, start, single, marks in _COUNTRIES:
        count = sum(words[word] for word in single) + sum(low.count(mark) for mark in marks)
        if count > best[0]:
            best = (count, country, start)
    return best


def _from_words(low: str) -> int | None:
    fiscal = "fiscal" in low or "financial" in low
    if fiscal and (match := _FISCAL_YEAR_BEGINS.search(low)):
        return MONTHS[match["mon"].rstrip(".")]
    for pattern in (_FISCAL_YEAR_ENDS,) if fiscal else ():
        if match := pattern.search(low):
            return _next_month(match)
    if "year" in low or "months" in low:
        for pattern in (_YEAR_ENDS, _TWELVE_MONTHS):
            if match := pattern.search(low):
                return _next_month(match)
    if ("fy" in low or fiscal) and (match := _QUARTER_OF_FISCAL.search(low)):
        return (_last_month(match) - 3 * int(match["q"])) % 12 + 1
    if fiscal and (match := _FISCAL_QUARTER_ENDED.search(low)):
        quarter = _QUARTERS[match["q"] or match["p"]]
        return (_last_month(match) - 3 * quarter) % 12 + 1
    if " results" in low and (match := _HALF_YEAR_RESULTS.search(low)):
        return (_last_month(match) - 6) % 12 + 1
    return None


def read_fiscal_calendar(low: str, start_month: int | None = None) -> FiscalCalendar:
    """The fiscal calendar of a text (lower case, plain spaces); ``start_month`` is the caller's own knowledge."""
    best, country, country_start = _country(low)
    named_by_start = best > 0 and country == "Japan"
    if start_month is not None:
        return FiscalCalendar(start_month, True, named_by_start)
    found = _from_words(low)
    if found is not None:
        # American shops name a year by its start (the 4-5-4 calendar of the National Retail Federation).
        by_start = (named_by_start and found == country_start) or (found == _SHOPS_START and low.count(" stores") > 1)
        return FiscalCalendar(found, True, by_start)
    if best:
        return FiscalCalendar(country_start, country == "India", named_by_start)
    return FiscalCalendar()


def fiscal_year_start(text: str) -> int | None:
    """The month (1 to 12) in which the fiscal year that ``text`` speaks of starts, or None where nothing says so."""
    calendar = read_fiscal_calendar(text.lower().replace("\xa0", " "))
    return calendar.start_month if calendar != FiscalCalendar() else None
