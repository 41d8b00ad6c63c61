"""Days, months, years, decades and centuries as they are written, with or without their year."""

from __future__ import annotations

import re

from pipeline.date.node import (
    ANY_MONTH,
    DAY_NUMBER,
    FISCAL,
    MONTH,
    ORDINAL,
    WEEKDAY,
    YEAR,
    Made,
    Node,
    YearRef,
    drop_stop,
    form,
    leading_int,
    month_number,
    optional_year,
    ordinal,
    split_year,
    two_digit_year,
    year_tail,
)
from pipeline.date.words import CARDINALS, ORDINALS, alternatives

# --- days --------------------------------------------------------------------------------------------------------


def _iso(m: re.Match[str], low: str) -> Made:
    return "day", {"y": YearRef(int(m["y"])), "m": int(m["m"]), "d": int(m["d"])}, m.end()


def _numeric(m: re.Match[str], low: str) -> Made:
    first, second, year = int(m["a"]), int(m["b"]), m["y"]
    ref = YearRef(int(year) if len(year) == 4 else two_digit_year(int(year)))
    if first > 12 and second > 12:
        return None
    if first > 12:
        return "day", {"y": ref, "m": second, "d": first}, m.end()
    if second > 12:
        return "day", {"y": ref, "m": first, "d": second}, m.end()
    return "numeric-day", {"y": ref, "a": first, "b": second, "dot": m["s"] == "."}, m.end()


_ISSUE = re.compile(r"\b(?:no\.?|nr\.?|issue|update|number|report) $")


def _days_month(m: re.Match[str], low: str) -> Made:
    """``4-6 August``; not ``update no. 3 - 27 February``, where an issue's number stands before its date."""
    return None if _ISSUE.search(low, max(0, m.start() - 8), m.start()) else _day_month(m, low)


def _day_month(m: re.Match[str], low: str) -> Made:
    """``4 July 2025``, ``the 4th of July``, ``Friday, Aug. 4``, ``4-6 August``."""
    end = m.end()
    year: YearRef | None
    if low.startswith("-", end) and (tail := year_tail(low, end + 1)) and tail[0].year:
        year, end = tail
    else:
        year, end = optional_year(low, end, comma=True)
        if year is not None and (year.fiscal or year.second):
            year, end = None, m.end()
    if end == m.end():
        end = drop_stop(low, low[end - 1 : end], end)
    value = {"y": year, "m": month_number(m["mon"]), "d": leading_int(m["d"])}
    if last := m.groupdict().get("d2"):
        return "days", value | {"d2": leading_int(last)}, end
    return "day", value, end


def _glued(m: re.Match[str], low: str) -> Made:
    """``mar3``, ``Dec31 , 1994``."""
    year, end = optional_year(low, m.end() + (low[m.end() : m.end() + 2] == " ,"), comma=True)
    return "day", {"y": year, "m": month_number(m["mon"]), "d": leading_int(m["d"])}, end if year else m.end()


def _spelled(m: re.Match[str], low: str) -> Made:
    end = drop_stop(low, low[m.end() - 1 : m.end()], m.end())
    return "spelled-day", {"words": m[0]}, end


def _numeric_days(m: re.Match[str], low: str) -> Made:
    """``10/1/2018-10/7/2018``, ``5/1-5/7, 2020``: two numeric days, the year behind the second or both."""
    last = YearRef(int(m["y2"]))
    first = YearRef(int(m["y"])) if m["y"] else last
    ends = [
        Node(m.start(), m.end(), "numeric-day", "numeric-day", {"y": year, "a": int(one), "b": int(two), "dot": False})
        for year, one, two in ((first, m["a"], m["b"]), (last, m["c"], m["d"]))
    ]
    return "range", {"a": ends[0], "b": ends[1]}, m.end()


def _slashed(m: re.Match[str], low: str) -> Made:
    """``on 22/04``: a day and a month without a year, only behind ``on``."""
    if not low.endswith("on ", 0, m.start()):
        return None
    return "numeric-day", {"y": None, "a": int(m["a"]), "b": int(m["b"]), "dot": False}, m.end()


def _month_ordinal(m: re.Match[str], low: str) -> Made:
    """``May twenty ninth``: the day in words."""
    day = ORDINALS.get(m["o"]) or CARDINALS.get(m["o"])
    if day is None or day > 31:
        return None
    year, end = optional_year(low, m.end(), comma=True)
    return "day", {"y": year, "m": month_number(m["mon"]), "d": day}, end


def _year_month_day(m: re.Match[str], low: str) -> Made:
    return "day", {"y": YearRef(int(m["y"])), "m": month_number(m["mon"]), "d": leading_int(m["d"])}, m.end()


_WEEKDAY_LEAD = rf"(?:(?P<wd>{WEEKDAY})\.?,?[ ](?:the[ ])?)?"
_TO = r"[ ]?(?:-|to|and|through|until)[ ]?(?:the[ ])?"
_MONTH_DAY = rf"(?P<mon>{MONTH})(?:[ ]|[-/]|(?<=\.))(?:the[ ])?(?P<d>{DAY_NUMBER})(?![-/.]\d\d?[-/.]\d)"
_COUNTED = r"(?![ ]?(?:bn|tn|mn|million|billion|per[ ]?cent|percent|pct|days?\b|weeks?\b|months?\b|years?\b|times\b))"
_DAY_WORDS = alternatives([*ORDINALS, *(word for word in CARDINALS if CARDINALS[word] > 19)])

spelled_day = form(
    "spelled-day",
    rf"""(?:{MONTH}[-/.](?:19|20)\d\d[-/.]{DAY_NUMBER}|(?:19|20)\d\d[-/.]{DAY_NUMBER}[-/.]{MONTH}
    |\d{{1,2}}[-/.](?:19|20)\d\d[-/.]{MONTH}|\d{{1,2}}[/.]{MONTH}[/.](?:19|20)\d\d
    |\d{{1,2}}(?:st|nd|rd|th)[ ]day[ ]of[ ]{MONTH},?[ ](?:19|20)\d\d|\d{{1,2}}[ ]{MONTH}[ ]of[ ]'?\d\d)(?![\d/%]|[.,]\d)""",
    _spelled,
)
_PAIR = r"(?:0?[1-9]|[12]\d|3[01])"
numeric_days = form(
    "numeric-days",
    rf"(?P<a>{_PAIR})(?P<s>[-/.])(?P<b>{_PAIR})(?:(?P=s)(?P<y>(?:19|20)\d\d))?[ ]?(?:-|to)[ ]?"
    rf"(?P<c>{_PAIR})(?P=s)(?P<d>{_PAIR})(?:(?P=s)|,[ ])(?P<y2>(?:19|20)\d\d)(?![\d/%]|[.,]\d|-\d)",
    _numeric_days,
)
slashed_day = form("slashed-day", rf"(?P<a>{_PAIR})/(?P<b>{_PAIR})(?![\d/%]|[.,-]\d)", _slashed)
iso_day = form(
    "iso-day", r"(?P<y>(?:1[5-9]|20|21)\d\d)(?P<s>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<d>0?[1-9]|[12]\d|3[01])(?!\d|[.,]\d)", _iso
)
compact_day = form("compact-day", r"(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d|[.,]\d|[a-z])", _iso)
numeric_day = form(
    "numeric-day",
    r"(?P<a>0?[1-9]|[12]\d|3[01])(?P<s>[-/.])(?P<b>0?[1-9]|[12]\d|3[01])(?P=s)(?P<y>(?:19|20)\d\d|\d\d)(?![\d/%]|[.,]\d|-\d)",
    _numeric,
)
day_month = form("day-month", rf"{_WEEKDAY_LEAD}(?:the[ ])?(?P<d>{DAY_NUMBER})(?:[ ]of)?[ -](?P<mon>{MONTH})", _day_month)
days_month = form(
    "days-month",
    rf"{_WEEKDAY_LEAD}(?:the[ ])?(?P<d>{DAY_NUMBER}){_TO}(?P<d2>{DAY_NUMBER})(?:[ ]of)?[ ](?P<mon>{MONTH})",
    _days_month,
)
month_day = form("month-day", rf"{_WEEKDAY_LEAD}{_MONTH_DAY}{_COUNTED}", _day_month)
month_days = form("month-days", rf"{_WEEKDAY_LEAD}{_MONTH_DAY}{_TO}(?P<d2>{DAY_NUMBER})(?![ ]?(?:{ANY_MONTH}))", _day_month)
glued_month_day = form("glued-month-day", rf"(?P<mon>{ANY_MONTH})(?P<d>{DAY_NUMBER})(?=[ ,.;:)]|$)", _glued)
month_ordinal = form(
    "month-ordinal",
    rf"(?P<mon>{ANY_MONTH})[ ](?:the[ ])?(?P<o>{_DAY_WORDS})\b(?![ -](?:quarter|half|week|month|million|billion|percent|per))",
    _month_ordinal,
)
year_month_day = form("year-month-day", rf"(?P<y>{YEAR})[-/, ][ ]?(?P<mon>{MONTH})[-/ ](?P<d>{DAY_NUMBER})", _year_month_day)

# --- months ------------------------------------------------------------------------------------------------------


def _month(m: re.Match[str], low: str) -> Made:
    end = m.end()
    year, end = optional_year(low, end, comma=True)
    if (
        year is None
        and low[end : end + 1] in ("-", "/")
        and (tail := year_tail(low, end + 1))
        and tail[0].year
        and not tail[0].second
    ):
        year, end = tail
    if year is not None and year.fiscal and year.word is None:
        year, end = None, m.end()
    if year is not None and year.second is not None:
        year, end = YearRef(year.year), m.end()
    if year is None:
        end = drop_stop(low, m["mon"], end)
    return "month", {"y": year, "m": month_number(m["mon"]), "word": m["mon"].rstrip("."), "bare": year is None}, end


def _numeric_month(m: re.Match[str], low: str) -> Made:
    if m["y"] and int(m["m"]) == int(m["y"]) % 100 + 1:
        # ``2008-09`` and ``2008/09`` are two years in a row.
        return None
    return "month", {"y": YearRef(int(m["y"] or m["y2"])), "m": int(m["m"] or m["m2"]), "bare": False}, m.end()


_MONTHS_NOUN = re.compile(r"[ -](?:fiscal )?(?:quarter|half|period|months)\b(?!-)")


def _months(m: re.Match[str], low: str) -> Made:
    """``Jan-Aug``, ``January to August 2025``, ``October 2021 to September 2022``."""
    end = m.end()
    year, end = optional_year(low, end, comma=True)
    if year is not None and (year.second is not None or (year.fiscal and year.word is None)):
        year, end = None, m.end()
    first_year = YearRef(int(m["y1"])) if m["y1"] else None
    if year is None:
        end = drop_stop(low, m["mon2"], end)
    if noun := _MONTHS_NOUN.match(low, end):
        end = noun.end()
        if year is None:
            year, end = optional_year(low, end)
    return "months", {"y": year, "y1": first_year, "m": month_number(m["mon"]), "m2": month_number(m["mon2"])}, end


_FIRST_MONTH = rf"(?P<mon>{MONTH})(?:,?[ ](?P<y1>{YEAR}))?"
_LAST_MONTH = rf"(?P<mon2>{MONTH})(?![ ]\d{{1,2}}(?:st|nd|rd|th)?(?![\d]))(?![a-z])"
month = form("month", rf"(?P<mon>{MONTH})(?![a-z])", _month)
numeric_month = form(
    "numeric-month",
    r"(?:(?P<y>20\d\d)[-/](?P<m>0[1-9]|1[0-2])|(?P<m2>0?[1-9]|1[0-2])[-/](?P<y2>20\d\d|19\d\d))(?![\d/-]|[.,]\d)",
    _numeric_month,
)
months = form(
    "months",
    rf"(?:the[ ])?{_FIRST_MONTH}(?:[ ]?[-/][ ]?|[ ](?:to|through|thru|until|till)[ ]|-to-|-through-){_LAST_MONTH}",
    _months,
)
months_and = form("months-and", rf"{_FIRST_MONTH}[ ](?:and|&)[ ]{_LAST_MONTH}", _months)

# --- years, decades, centuries -------------------------------------------------------------------------------------

_YEAR_NOUN = re.compile(
    rf" (?:{FISCAL}|marketing|crop|fishing|tax|school|academic) year\b| (?:[a-z]{{2,12}} )?(?:season|harvest|campaign)\b"
)


def _year(m: re.Match[str], low: str) -> Made:
    tail = year_tail(low, m.end("pre") if m["pre"] else m.end("the"))
    if tail is None or tail[0].year is None:
        return None
    ref, end = tail
    if m["noun"]:
        return "season-year", {"y": ref, "noun": m["noun"]}, end
    if not ref.fiscal and (noun := _YEAR_NOUN.match(low, end)):
        return "season-year", {"y": ref, "noun": noun[0][1:]}, noun.end()
    if m["the"] and not m["pre"] and not ref.fiscal:
        # ``the 2024 increase``: the article belongs to what follows.
        return None
    if ref.second is None and (not ref.fiscal or low.startswith("fy", m.start())):
        if low[end : end + 1] in ("e", "f", "a") and not low[end + 1 : end + 2].isalnum():
            # ``2025E``: an estimate in an analyst's table.
            end += 1
        elif low.startswith(" to date", end):
            return "to-date", {"y": ref, "fiscal": False}, end + 8
    return "year", {"y": ref}, end


def _years(m: re.Match[str], low: str) -> Made:
    first = int(m["a"])
    last = split_year(first, m["b"] or m.groupdict().get("c") or "")
    if last <= first or last - first > 120:
        return None
    if last == first + 1 and (noun := _YEAR_NOUN.match(low, m.end())):
        return "season-year", {"y": YearRef(first, second=last), "noun": noun[0][1:]}, noun.end()
    return "years", {"a": first, "b": last}, m.end()


_YEAR_WORDS = {"nineteen": 1900, "twenty": 2000, "two thousand and": 2000, "two thousand": 2000}


def _worded_year(m: re.Match[str], low: str) -> Made:
    """``nineteen ninety six``, ``two thousand and fifteen``: behind a preposition, where it is a year and no count."""
    if not low.endswith(("in ", "since ", "of ", "by ", "until ", "and ", "from ", "to "), 0, m.start()):
        return None
    last = CARDINALS[m["b"].replace("-", " ")]
    return "year", {"y": YearRef(_YEAR_WORDS[m["a"]] + last)}, m.end()


worded_year = form(
    "worded-year",
    rf"(?P<a>nineteen|twenty(?=[ -](?:ten|eleven|twelve|[a-z]{{3,6}}teen|twenty|thirty|forty|fifty))"
    rf"|two[ ]thousand(?:[ ]and)?)[ -]"
    rf"(?P<b>{alternatives(CARDINALS)})\b"
    r"(?![ -](?:per|percent|people|times|years?|million|thousand|hundred|dollars|days?|months?|weeks?))",
    _worded_year,
)


def _short_year(m: re.Match[str], low: str) -> Made:
    return "year", {"y": YearRef(two_digit_year(int(m["y"])))}, m.end()


_TENS = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


def _decade(m: re.Match[str], low: str) -> Made:
    if m["y"]:
        first = int(m["y"])
    elif m["y2"]:
        first = 1900 + int(m["y2"]) if int(m["y2"]) > 20 else 2000 + int(m["y2"])
    else:
        first = 1920 + 10 * _TENS.index(m["w"])
    return "decade", {"y": first}, m.end()


def _century(m: re.Match[str], low: str) -> Made:
    count = ordinal(m["o"])
    return ("century", {"n": count}, m.end()) if count is not None and 10 < count < 23 else None


def _plan(m: re.Match[str], low: str) -> Made:
    # China's plans: the sixth ran from 1981 to 1985, and since then a plan has taken every five years.
    count = ordinal(m["o"])
    if count is None or not 6 <= count <= 20:
        return None
    first = 1981 + 5 * (count - 6)
    return "years", {"a": first, "b": first + 4}, m.end()


year = form(
    "year",
    rf"(?P<the>(?:the[ ])?)(?P<pre>(?:year|calendar[ ]year|year[ ]of|(?P<noun>(?:academic|school|tax|marketing"
    rf"|crop)[ ]year))[ ]|cy[ ]?)?(?={YEAR}|fy[ '\d]|{FISCAL}[ ])",
    _year,
)
years = form(
    "years",
    rf"(?:the[ ]years[ ])?(?P<a>{YEAR})"
    r"(?:(?:[ ]?-[ ]?|[ ](?:to|through|until)[ ])(?P<b>(?:19|20|21)\d\d)|-(?P<c>\d\d))(?![\d%-]|[.,]\d|[a-z])",
    _years,
)
years_and = form("years-and", rf"(?:the[ ]years[ ])?(?P<a>{YEAR})[ ]and[ ](?P<b>(?:19|20|21)\d\d)(?!\d)", _years)
short_year = form("short-year", r"'(?P<y>\d\d)(?![\d'])(?!s\b)(?![ ]?(?:%|percent|mln|bln))", _short_year)
decade = form(
    "decade",
    r"(?:the[ ])?(?:(?:early|late|mid)[- ])?"
    rf"(?:(?P<y>(?:1[5-9]|20)\d0)'?s|'(?P<y2>\d0)s|(?<=the[ ])(?P<w>{alternatives(_TENS)}))\b",
    _decade,
)
century = form("century", rf"(?:the[ ])?(?P<o>{ORDINAL})[ -]century\b", _century)
plan_period = form(
    "plan-period", rf"(?:the[ ])?[\"“]?(?P<o>{ORDINAL})[ ](?:five|5)-year[ ]plan[\"”]?[ ](?:period|years)\b", _plan
)
