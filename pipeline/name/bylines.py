"""Names that the form of an article gives away: who wrote it, where it was filed. Pure."""

from __future__ import annotations

import re
from typing import Final

from pipeline.name.clean import trim
from pipeline.name.places import place_of
from pipeline.name.spans import Candidate
from pipeline.name.tables import any_of
from pipeline.name.terms import FUNCTION_WORDS, is_no_name
from pipeline.number.calendar_words import FULL_MONTHS

_PART: Final = r"[A-ZÀ-ÖØ-ÞĀ-ſ][\w.’'-]{0,20}"
_PERSON_NAME: Final = rf"{_PART}(?: (?:(?:van|von|der|de|da|di|del|al|bin|ng|dos)\b ?)?{_PART}){{1,3}}"
_AUTHORS: Final = rf"({_PERSON_NAME}(?:(?:, | and |, and | & ){_PERSON_NAME}){{0,5}})"
_CREDIT: Final = re.compile(rf"(?:eporting|diting|riting|ompiled|dited|ritten|raphics|hotos?|tory) [Bb]y:? {_AUTHORS}")
_BYLINE: Final = re.compile(rf"[Bb][Yy]:? {_AUTHORS}")
_CREDITS: Final = ("ing by ", "ed by ", "ed by:", "o by ", "os by ", "ing By ")
_HEAD: Final = 1200
"""Characters at the head of an article in which its byline and its dateline stand."""
_BETWEEN: Final = re.compile(r", and |, | and | & ")
_NO_AUTHOR: Final = re.compile(
    r"(?i)\b(?:writer|correspondents?|staff|reporters?|editors?|desk|bureau|newsroom|agency|agencies|our|the|team|news|"
    r"contributor|columnist|analyst|reuters)\b"
)
_CAPITALS: Final = r"[A-ZÀ-ÖØ-ÞĀ-ſ][A-ZÀ-ÖØ-ÞĀ-ſ’'.-]{1,20}"
_MONTH: Final = rf"(?:{'|'.join(month[:3].title() for month in FULL_MONTHS)})[a-z]{{0,6}}"
_DAY: Final = rf"(?:{_MONTH}\.? \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?)"
_DATELINE: Final = re.compile(
    rf"[ (]{{0,3}}({_CAPITALS}(?: (?:DE |OF )?{_CAPITALS}){{0,2}})"
    r"(?P<more>(?: ?, [A-Z]\w{1,14}\.?(?: [A-Z][a-z]{1,12})?)?"
    rf"(?: ?,? ?(?:\([^()\n]{{2,40}}\)|{_DAY})){{0,2}})\.? ?(?:—|–|--|-|:)(?=[ \nA-Z])"
)
_AGENCY: Final = re.compile(r"\( ?([A-ZÀ-ÖØ-ÞĀ-ſ][\w.&’' -]{1,34}?) ?\)")
_NO_DATELINE: Final = re.compile(rf"\b(?:{any_of('no_dateline.txt')})\b")


def form_candidates(text: str) -> list[Candidate]:
    """The authors in bylines and credits, the town of the dateline and the agency in it.

    >>> text = "LAGOS, May 3 (Wire) - Rates rose. (Reporting by Ann Bell; Editing by T. Oke)"
    >>> [text[found.start : found.end] for found in form_candidates(text)]
    ['Ann Bell', 'T. Oke', 'LAGOS', 'Wire']
    """
    found: list[Candidate] = []
    heads = [0, *_line_starts(text)]
    hits = [hit for at in heads if text[at : at + 2].lower() == "by" and (hit := _BYLINE.match(text, at))]
    if any(word in text for word in _CREDITS):
        hits.extend(_CREDIT.finditer(text))
    for hit in hits:
        at = hit.start(1)
        for cut in [*_BETWEEN.finditer(text, hit.start(1), hit.end(1)), None]:
            stop = cut.start() if cut else hit.end(1)
            start, end = trim(text, at, stop)
            if " " in text[start:end] and not _NO_AUTHOR.search(text, start, end) and place_of(text[start:end]) is None:
                found.append(Candidate(start, end, "PERSON", "byline", 8))
            at = cut.end() if cut else stop
    for at in heads:
        hit = _DATELINE.match(text, at) if text[at : at + 4].lstrip(" (")[:2].isupper() else None
        if hit is None:
            continue
        town = hit[1]
        if _NO_DATELINE.search(town) or is_no_name(town) or town.title() in FUNCTION_WORDS:
            continue
        if (
            hit["more"]
            or place_of(town)
            or (text.find("\n", hit.end()) - hit.end() > 100 and text[hit.end() : hit.end() + 2].strip().isupper())
        ):
            found.append(Candidate(hit.start(1), hit.end(1), "GPE", "dateline", 8))
            agency = _AGENCY.search(text, hit.end(1), hit.end())
            if agency and not is_no_name(agency[1]):
                found.append(Candidate(agency.start(1), agency.end(1), "ORG", "dateline_agency", 6))
    return found


def _line_starts(text: str) -> list[int]:
    """Where the lines after the first begin, within the head of the article."""
    starts = []
    at = text.find("\n", 0, _HEAD)
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1, _HEAD)
    return starts
