"""Numerals that tell a time: ages, lengths of time, years, and days beside a month that the date reader has not taken."""

from __future__ import annotations

import re

from pipeline.number.calendar_words import FULL_MONTHS, FULL_WEEKDAYS, MONTHS
from pipeline.number.explained import Explained

_PERSON_BEFORE = re.compile(
    rf"(?:(?<![\w])(?!{'|'.join(month.title() for month in FULL_MONTHS)})[A-Z][\w’'.-]+|[a-z]+),[ \u00a0]\Z"
)
_OLD = re.compile(r"[ \u00a0-](?:and a half[ -])?(?:year|month|week|day)s?[ \u00a0-](?:old|olds|of age)\b|[- ]?y/?o\b")
_AGED = re.compile(
    r"(?i)\b(?:aged?|ages|age of|turn(?:ed|s|ing)?|under-|over-|turning|at age)(?: (?:between|over|under|"
    r"above|below|of|at least))? \Z|\b(?:under|over)-\Z"
    r"|\b(?:children|people|adults|women|men|those|anyone|persons|everyone|girls|boys|workers|population|"
    r"voters|residents|patients|infants|kids|youngsters|citizens) (?:(?:aged?|who are) )?(?:under|over|"
    r"below|above|from|between) \Z"
)
_IS_AGED = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Ii]|[Ww]ho) (?:is|was|will be|would be|would have been|turns|turned) (?:now |"
    r"only |just |almost |nearly )?\Z"
)
_AFTER_AGE = re.compile(r"[.,;)\n]| (?:when|and|in|on|at|this|next|last|but|years)\b")
_AGE_RANGE = re.compile(r"\d{1,2}(?: to |[-–]| and )\d{1,2}")


def age(text: str, start: int, end: int) -> Explained | None:
    """``Rosa Lee, 54, said``, ``aged 71``, ``a 31-year-old``, ``16 to 24-year-olds``."""
    if end - start > 3 and not text[start].isalpha():
        return None
    if _OLD.match(text, end):
        return Explained("identifier", "age.old", end)
    if (
        text[start].isdigit()
        and text[end : end + 1] in (",", ";", ".", ")", "\n")
        and 1 < end - start < 4
        and text[start:end].isdigit()
        and 15 <= int(text[start:end]) <= 115
        and text[end + 1 : end + 2] in (" ", "\n", "")
        and _PERSON_BEFORE.search(text, max(0, start - 30), start)
    ):
        name = re.search(r"([A-Z][\w’'.-]+)(?: [A-Z][\w’'.-]+)*, \Z", text[max(0, start - 40) : start])
        if name and text[end] == "," and not re.match(r", \d", text[end : end + 3]):
            return Explained("identifier", "age.apposition", end)
    if _AGED.search(text, max(0, start - 24), start) or (
        _IS_AGED.search(text, max(0, start - 24), start) and _AFTER_AGE.match(text, end)
    ):
        span = _AGE_RANGE.match(text, start)
        return Explained("identifier", "age.aged", span.end() if span else end)
    return None


_UNIT_OF_TIME = (
    r"(?:(?:full|whole|more|consecutive|straight|successive|working|business|calendar|trading|additional|"
    r"extra|long|short|past|further|good|fiscal|financial|weekly|monthly|quarterly|other|different|"
    r"non-consecutive|solid|light|school|"
    r"additional|intense|hot|rainy|uneven|grueling|remaining|bank|or more|or so|odd)[ -]){0,3}"
    r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|fortnights?|months?|years?|yrs?|quarters?|"
    r"decades?|centur(?:y|ies)|millenni(?:a|um)|weekends?|nights?|evenings?|mornings?|generations?|"
    r"semesters?|terms?|sols?|milliseconds?|microseconds?|"
    r"nanoseconds?|quarter-hours?|half-years?|mth|mths|wks?)(?![\w])"
)
_DURATION = re.compile(rf"(?:[ \u00a0\n-]|(?: or more| or so|-odd|-plus)[ -]){_UNIT_OF_TIME}", re.IGNORECASE)
_DAY_NAME = re.compile(rf"[ \u00a0](?:{'|'.join(day.title() for day in FULL_WEEKDAYS)})s?\b")


def duration(text: str, start: int, end: int) -> Explained | None:
    """``52 weeks``, ``12 consecutive years``, ``10-year``: rows of dates, no figures."""
    match = _DURATION.match(text, end)
    if match is not None and text.startswith((" on year", "-on-year"), match.end()):
        # "An increase of 1.2 million year on year".
        return None
    if match is None:
        match = _DAY_NAME.match(text, end)
    if match is None:
        return None
    return Explained("date", "date.duration", match.end())


_YEAR = re.compile(r"(?:1[5-9]\d\d|20\d\d|2100)(?![\d,]\d|\d)")
_YEAR_SPAN = re.compile(r"[-–/](?:\d{4}|\d{2})(?![\d%])(?!\.\d)")
_HEADCOUNT = re.compile(
    r" (?:(?:new|more|additional|other|extra|local|foreign|full-time|young|armed) )?(?:people|staff|"
    r"workers|jobs|employees|companies|firms|homes|cars|vehicles|participants|members|stores|units|cases|"
    r"deaths|students|households|troops|soldiers|"
    r"officers|patients|beds|shops|tickets|families|visitors|delegates|engineers|volunteers|respondents|"
    r"residents|trucks|buses|planes|men|women|children|megawatts|boxes|copies|passengers|points|words|"
    r"pages|hectares|acres|houses|prisoners|migrants)\b"
)
_YEAR_LEAD = re.compile(
    r"(?i)(?:^|\b(?:in|since|of|the|by|from|until|before|after|for|during|to|and|its|their|late|early|mid|"
    rf"{'|'.join(FULL_MONTHS)})[ \u00a0-]|’s "
    r"|'s )\Z"
)


def bare_year(text: str, start: int, end: int) -> Explained | None:
    """Four digits from 1500 to 2100 without separators: a year, whether or not the date reader took it."""
    if end - start != 4 or not _YEAR.match(text, start):
        return None
    if (more := _YEAR_SPAN.match(text, end)) is not None:
        return Explained("date", "date.years", more.end())
    if _HEADCOUNT.match(text, end) and not _YEAR_LEAD.search(text, max(0, start - 9), start):
        return None
    if text[end : end + 1] in ("s", "E", "e", "F", "f") and not text[end + 1 : end + 2].isalpha():
        return Explained("date", "date.year", end + 1)
    return Explained("date", "date.year", end)


def month_day(text: str, start: int, end: int) -> Explained | None:
    """A day beside a month that the date reader has not taken: ``15 May``, ``May 15``."""
    if end - start > 2:
        return None
    after = re.compile(r"(?:st|nd|rd|th)?[ \u00a0-](?:of )?([A-Za-z]{3,9})").match(text, end)
    if after and after[1].lower() in MONTHS and after[1][0].isupper():
        return Explained("date", "date.day", end)
    before = re.compile(r"([A-Za-z]{3,9})\.?[ \u00a0]\Z").search(text, max(0, start - 12), start)
    if (
        before
        and before[1].lower() in MONTHS
        and before[1][0].isupper()
        and text[start:end].isdigit()
        and int(text[start:end]) <= 31
        and text[end : end + 1] not in "%"
    ):
        return Explained("date", "date.day", end)
    return None
