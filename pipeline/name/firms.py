"""Firms and bodies by what stands around them: their legal form, their ticker, what they are, who is quoted. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.name.cues import FIRM_KINDS, GIVEN_NAMES, TITLES
from pipeline.name.heads import HEADS, grow_left
from pipeline.name.places import place_table
from pipeline.name.scan import POSSESSIVE, Words, in_title_case
from pipeline.name.spans import Candidate
from pipeline.name.tables import any_of
from pipeline.name.terms import CALENDAR_WORDS, FUNCTION_WORDS, is_no_name

_CAP: Final = r"[A-ZÀ-ÖØ-ÞĀ-ſ][\w&’'-]{1,25}"
_RUN: Final = re.compile(rf"{_CAP}(?: (?:& )?{_CAP}){{0,3}}")
_LISTING: Final = re.compile(rf"\( ?({any_of('exchanges.txt')}) ?: ?[A-Z0-9.-]{{1,8}} ?\)")
_PARTNERS: Final = re.compile(rf"{_CAP}(?: ?, {_CAP}){{1,3}}(?: ?,)? & {_CAP}")
_JOINED: Final = re.compile(r"([A-Z]{2,6})[–-]([A-Z]{2,6})(?![\w-])")
_CHAMBER: Final = re.compile(
    r"House(?<!\w.....)(?= (?:Speaker|Republicans?|Democrats?|Majority|Minority|Judiciary|Intelligence|GOP)\b)"
)
_QUOTED: Final = re.compile(
    r"\b(?:according to|(?:survey|study|report|poll|data|figures|estimates?|analysis|forecasts?|research) (?:by|from)|"
    r"(?:researchers|analysts|economists|strategists|scientists) (?:at|from|with)|(?:compiled|published|polled|commissioned|"
    r"owned|acquired|operated|backed) by) (?:the )?$"
)
_OPENS: Final = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ſ]")
_PLC: Final = (" plc", " Plc", " S.A.", " N.V.", " A/S", " S.p.A.")


def firm_candidates(text: str, words: Words, found: Sequence[Candidate]) -> list[Candidate]:
    """Organizations that the words around them give away, where ``found`` has nothing.

    >>> from pipeline.name.scan import capitals
    >>> text = "Kelvora plc bought the retailer Ombra (NYSE: OMB) from Wax, Lund & Pole."
    >>> [text[name.start : name.end] for name in firm_candidates(text, capitals(text), [])]
    ['Kelvora plc', 'NYSE', 'Ombra', 'Wax, Lund & Pole', 'Ombra']
    """
    starts = {candidate.start for candidate in found if candidate.weight}
    added = [*_parties_of(text, found), *_legal_forms(text), *_listed(text)]
    if " & " in text:
        added += [Candidate(hit.start(), hit.end(), "ORG", "partners", 6) for hit in _PARTNERS.finditer(text)]
    added += [Candidate(hit.start(), hit.end(), "ORG", "chamber", 5) for hit in _CHAMBER.finditer(text)]
    for start, word in words:
        if word.isupper() and (end := _joined_end(text, start)):
            added.append(Candidate(start, end, "ORG", "joined_initials", 4))
        if start in starts or text[start - 1 : start] != " ":
            continue
        before = text[max(0, start - 40) : start]
        last = before[before.rfind(" ", 0, -1) + 1 : -1]
        if last in FIRM_KINDS:
            rule = "kind_of_firm"
        elif last in _LEADS and _QUOTED.search(before):
            rule = "quoted"
        else:
            continue
        end = _run_end(text, start, word)
        if end and not in_title_case(text, start, end):
            added.append(Candidate(start, end, "ORG", rule, 3))
    return added


_LEADS: Final[frozenset[str]] = frozenset(["to", "by", "from", "at", "with", "the"])


def _joined_end(text: str, start: int) -> int:
    """The end of two initials that a hyphen joins (``CDU–CSU``) at ``start``; 0 where none are, or one is a place or no name."""
    hit = _JOINED.match(text, start) if text[start - 1 : start] != "-" else None
    if hit is None or any(side in place_table() or is_no_name(side) for side in hit.groups()):
        return 0
    return hit.end()


def _run_end(text: str, start: int, word: str) -> int:
    """The end of the capitalized words from ``start``; 0 where the first of them opens no firm."""
    if (
        word in FUNCTION_WORDS
        or word in CALENDAR_WORDS
        or word in TITLES
        or word in GIVEN_NAMES
        or word in HEADS
        or word in place_table()
        or is_no_name(word)
        or (len(word) < 3 and not word.isupper())
    ):
        return 0
    hit = _RUN.match(text, start)
    if hit is None:
        return 0
    kept: list[str] = []
    for part in hit[0].split(" "):
        bare = POSSESSIVE.sub("", part)
        if part in CALENDAR_WORDS or (kept and (part in TITLES or part in FUNCTION_WORDS)):
            break
        kept.append(bare)
        if bare != part:
            break
    while kept and kept[-1] == "&":
        kept.pop()
    return start + len(" ".join(kept))


def _legal_forms(text: str) -> list[Candidate]:
    """Names before a legal form that is spelled in small letters or with dots."""
    found: list[Candidate] = []
    for form in _PLC:
        at = text.find(form)
        while at >= 0:
            end = at + len(form)
            if not text[end : end + 1].isalnum():
                start = grow_left(text, at + 1, "plc")
                if start < at:
                    found.append(Candidate(start, end, "ORG", "legal_form", 5))
            at = text.find(form, end)
    return found


def _listed(text: str) -> list[Candidate]:
    """Names before the ticker of a share in parentheses."""
    if ":" not in text:
        return []
    found: list[Candidate] = []
    for hit in _LISTING.finditer(text):
        at = hit.start()
        found.append(Candidate(hit.start(1), hit.end(1), "ORG", "exchange", 5))
        if text[at - 1 : at] == " ":
            start = grow_left(text, at, "plc")
            if start < at - 1 and _OPENS.match(text, start):
                found.append(Candidate(start, at - 1, "ORG", "listed_share", 6))
    return found


_INITIALS: Final = re.compile(r" \( ?([A-Z]{2,6}) ?\)")


def _parties_of(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Initials behind a person: ``Ana Duarte (PSD)``."""
    added: list[Candidate] = []
    for candidate in found:
        if candidate.label == "PERSON" and text[candidate.end : candidate.end + 2] == " (":
            hit = _INITIALS.match(text, candidate.end)
            if hit and hit[1] not in place_table() and not is_no_name(hit[1]):
                added.append(Candidate(hit.start(1), hit.end(1), "ORG", "party_of_person", 3))
    return added
