"""When and by whom an article was published, as its first lines say.

A date counts only where it stands as a date of publication: alone on a line or between separators (``| 4 March 2025``),
after a label (``Released: …``), or in an agency's dateline (``BEIJING, Aug 6, 2025 (Meridian Newswire) - …``). A date that
prose mentions, or that says what a report covers (``as of``, ``week ending``, ``next release``), is none. A dateline without
a year (``SEOUL, Nov 1 -``) does not say when, and no year is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from pipeline.read.calendar_dates import find_dates, time_after

_HEAD_CHARS = 2000
_HEAD_LINES = 12
#: A line longer than this is a paragraph: only an agency's dateline at its start is looked at.
_LONGEST_LINE = 160

_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
#: Labels of a date of publication, matched in full before the date. ``updated`` comes after all others.
_LABELS = (
    r"(?:first |date )?(?:published|posted|issued|released|filed)(?: on| at)?|(?:press )?release date|release|date|dated"
    r"|publication date|date of (?:issue|publication|release)|pub(?:lished)? ?date|for (?:immediate )?release(?: on)?"
)
_UPDATE_LABELS = r"(?:last )?(?:updated|modified|revised)(?: on| at)?|last update"
_ZONE = r"(?-i:[A-Z]{2,5})\b|\([A-Z]{2,5}\)|[+-]\d\d:?\d\d"
_CLOCK = rf"(?:at )?\d{{1,2}}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: ?(?:{_ZONE}))?|\d{{1,2}} ?[ap]\.?m\.?"

_BEFORE = re.compile(
    rf"\s*(?:(?P<label>{_LABELS})|(?P<update>{_UPDATE_LABELS}))?\s{{0,3}}[:\-–—]?\s{{0,3}}(?:{_WEEKDAY},?)?\s{{0,3}}",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"[,\sT]{{0,4}}(?:(?:{_CLOCK})[\s.]{{0,3}})?", re.IGNORECASE)
_THEN_UPDATED = re.compile(rf"[,;(]?\s{{0,2}}(?:{_UPDATE_LABELS})\b", re.IGNORECASE)
_TRAILING_WEEKDAY = re.compile(rf"\s{{0,3}}\b{_WEEKDAY},?\s{{0,3}}$", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s{0,4}(?:[|·•‧∙;]|\s[–—-]{1,2}\s|\s//?\s|\t|\s{3})\s{0,4}")
#: In a line of several parts, one that says the date is of something else.
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:as (?:of|at)|ended|ending|(?:months?|weeks?|year|quarter|half|period|days) to|to|until|through|till|since|from"
    r"|next|upcoming|embargo(?:ed)?|deadline|due|effective|valid|expires?|fieldwork|survey(?:ed)?|reporting|period|covering"
    r"|results?|opens|closes|closing|between|before|after|during|conference date|event)\b",
    re.IGNORECASE,
)
_PLACE_WORD = r"(?:[A-ZÀ-ÞĀ-Ž][\w.'’ʻ-]{0,24}|d[aeo]s?|del|la|of|and|the)"
_PLACE = rf"{_PLACE_WORD}(?:(?:,\s|\s|/){_PLACE_WORD}){{0,5}}"
_AGENCY = r"[(/](?P<agency>[^()/\d\n]{2,60})[)/]"
_DATELINE_BEFORE = re.compile(rf"\s*(?P<place>{_PLACE})(?:,\s?|\s?[–—-]{{1,2}}\s?|\s)\(?(?:{_WEEKDAY},?\s)?$")
_DATELINE_AFTER = re.compile(rf"\)?\s?(?:{_AGENCY})?\.?\s?(?:[–—:]|--?\s|\.\s)")
_YEARLESS_DATELINE = re.compile(rf"\s*{_PLACE}(?:,\s\w{{3,9}}\.?\s\d{{1,2}})?\s{_AGENCY}\.?\s?(?:[–—]|--?\s)")
_NO_PUBLISHER = re.compile(
    r"(?:our |own )?(?:staff|wire|correspondent|bureau|desk|editorial)\b.*|.*\b(?:report|photo|video)", re.I
)
_SOURCE_LABEL = re.compile(r"(?:^|[|·•\s])(?:source|publisher|published by):\s{0,3}(?P<name>[^|·•\t\n]{2,120})", re.IGNORECASE)
_BYLINE = re.compile(
    r"\s*[Bb][Yy]\s(?P<name>[A-ZÀ-ÞĀ-Ž][\w.'’-]{0,30}(?:\s(?:de|da|dos|van|von|der|bin|al|el|[A-ZÀ-ÞĀ-Ž][\w.'’-]{0,30})){1,4})\s?(?:$|[,/|]|in\s)"
)
_NO_AUTHOR = re.compile(r"\b(?:our|staff|correspondents?|reporters?|bureau|desk|agenc(?:y|ies)|writers?)\b", re.IGNORECASE)
_EVENT = re.compile(r"\b(?:press conference|briefing|remarks|speech|transcript|statement|bulletin|newsletter)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What the first lines say of their publication; None for what they do not say. ``rule`` names what found the date."""

    published_at: datetime | None = None
    publisher: str | None = None
    author: str | None = None
    rule: str | None = None


def read_imprint(text: str) -> Imprint:
    """The date, publisher and author that the first lines of an article name.

    >>> read_imprint("Rates held\\n\\nOur Bureau | Chennai, Jan 29, 2026, 18:45 IST\\n\\nThe bank ...").published_at
    datetime.datetime(2026, 1, 29, 0, 0)
    >>> read_imprint("The fair opened on 3 May 2025 in Yiwu.").published_at is None
    True
    """
    lines = [line for line in text[:_HEAD_CHARS].splitlines() if line.strip()][:_HEAD_LINES]
    dated: list[tuple[int, datetime, str]] = []
    publisher: str | None = None
    author: str | None = None
    for line in lines:
        for rank, moment, rule in _dates_of_line(line):
            dated.append((rank, moment, rule))
        publisher = publisher or _publisher_of_line(line)
        author = author or _author_of_line(line)
    if not dated:
        return Imprint(publisher=publisher, author=author)
    _, moment, rule = min(dated, key=lambda found: found[0])
    return Imprint(published_at=moment, publisher=publisher, author=author, rule=rule)


def _dates_of_line(line: str) -> list[tuple[int, datetime, str]]:
    """(rank, moment, rule) of each date of publication in the line; the lowest rank is the best."""
    found = []
    for start, end, day in find_dates(line[: 2 * _LONGEST_LINE]):
        moment = time_after(line, end, day)
        if _is_agency_dateline(line, start, end):
            found.append((1, moment, "agency_dateline"))
            continue
        if len(line) > _LONGEST_LINE:
            continue
        verdict = _stands_alone(line, start, end)
        if verdict:
            found.append((verdict[0], moment, verdict[1]))
    return found


def _is_agency_dateline(line: str, start: int, end: int) -> bool:
    """Whether ``PLACE, <date> (AGENCY) -`` opens the line."""
    place = _DATELINE_BEFORE.fullmatch(line, 0, start) if start <= _LONGEST_LINE else None
    return place is not None and not _OF_SOMETHING_ELSE.search(place["place"]) and _DATELINE_AFTER.match(line, end) is not None


def _stands_alone(line: str, start: int, end: int) -> tuple[int, str] | None:
    """Whether the date fills its part of the line, but for a label, a weekday, a clock time or a place before it."""
    part_start, part_end = 0, len(line)
    for separator in _SEPARATOR.finditer(line):
        if separator.end() <= start:
            part_start = separator.end()
        elif separator.start() >= end:
            part_end = separator.start()
            break
    before, after = line[part_start:start], line[end:part_end]
    in_brackets = before.endswith("(") and after.startswith(")")
    if in_brackets and _EVENT.search(before) and not after[1:].strip():
        return 4, "event_heading"
    rest = _leave_clock(after)
    if rest.strip(" \t.,") and not _SOURCE_LABEL.match(rest) and not _THEN_UPDATED.match(rest):
        return None
    label = _BEFORE.fullmatch(before)
    if label is not None:
        if _OF_SOMETHING_ELSE.search(line[:part_start]) and not label["label"] and part_start:
            return None
        if label["label"]:
            return 0, "labeled_date"
        return (5, "updated") if label["update"] else (2, "date_line")
    lead = _TRAILING_WEEKDAY.sub("", before).rstrip()
    if not lead.endswith(",") or _OF_SOMETHING_ELSE.search(line[:start]):
        return None
    return 3, "date_after_comma"


def _leave_clock(after: str) -> str:
    """What follows the date and its clock time, if there is one."""
    found = _AFTER.match(after)
    return after[found.end() :].lstrip() if found else after


def _publisher_of_line(line: str) -> str | None:
    if len(line) <= _LONGEST_LINE:
        labeled = _SOURCE_LABEL.search(line)
        if labeled:
            name = re.split(r"\s{2,}|\s(?:date|published|updated):", labeled["name"], maxsplit=1, flags=re.IGNORECASE)[0]
            return name.strip(" .,;") or None
        parts = [part for part in _SEPARATOR.split(line) if part.strip()]
        rest = [part.strip() for part in parts if not _BYLINE.match(part) and not find_dates(part)]
        if len(parts) == 3 and len(rest) == 1 and _BYLINE.match(parts[0]) and not re.search(r"[:\d]", rest[0]):
            return rest[0]
    for start, end, _ in find_dates(line[:_LONGEST_LINE]):
        after = _DATELINE_AFTER.match(line, end)
        if after and after["agency"] and _is_agency_dateline(line, start, end):
            return _agency(after["agency"])
    yearless = _YEARLESS_DATELINE.match(line[:_LONGEST_LINE])
    return _agency(yearless["agency"]) if yearless else None


def _author_of_line(line: str) -> str | None:
    byline = _BYLINE.match(line) if len(line) <= _LONGEST_LINE else None
    if byline is None:
        return None
    name = byline["name"].strip()
    return None if _NO_AUTHOR.search(name) else name


def _agency(name: str) -> str | None:
    return None if _NO_PUBLISHER.fullmatch(name.strip()) else name.strip()
