"""Members of a list of names that the model passed over: ``Oppo, Huaxing and Vivo``. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.name.cues import FIRM_WORDS, TITLES
from pipeline.name.heads import HEADS
from pipeline.name.spans import Candidate
from pipeline.name.tables import read_words
from pipeline.name.terms import CALENDAR_WORDS, FUNCTION_WORDS, is_no_name

_NAME: Final = r"([A-ZÀ-ÖØ-ÞĀ-ſ][\w’&-]{1,20}(?: [A-ZÀ-ÖØ-ÞĀ-ſ][\w’&-]{1,20}){0,2})"
_NOTE: Final = r"(?: \([^()\n]{1,20}\))?"
_BETWEEN: Final = re.compile(rf"{_NOTE}(?: ?,| and| or) (?:the )?{_NAME}{_NOTE}(?:,? and|,| or) (?:the )?$")
_LAST: Final = re.compile(rf"{_NOTE}(?:,? and|,) (?:the )?{_NAME}(?=[.;:,)]| [a-z]| \()")
_LINK: Final = re.compile(rf"{_NOTE}(?:,|,? and) (?:the )?$")


def listed_candidates(text: str, settled: Sequence[Candidate]) -> list[Candidate]:
    """Names between two names of one label in a list, or at the end of a list of them; they take that label.

    >>> text = "Oppo, Huaxing and Vivo lead."
    >>> names = [Candidate(0, 4, "ORG", "model", 2), Candidate(18, 22, "ORG", "model", 2)]
    >>> [text[found.start : found.end] for found in listed_candidates(text, names)]
    ['Huaxing']
    """
    found: list[Candidate] = []
    for index in range(len(settled) - 1):
        first, second = settled[index], settled[index + 1]
        gap = second.start - first.end
        if gap > 90 or first.label != second.label or text[first.end : first.end + 1] not in " ,":
            continue
        between = _BETWEEN.match(text, first.end, second.start) if gap > 4 else None
        if between:
            if _may_be_listed(between[1]):
                found.append(Candidate(between.start(1), between.end(1), first.label, "listed", 1))
        elif _LINK.match(text, first.end, second.start):
            last = _LAST.match(text, second.end)
            beyond = settled[index + 2].start if index + 2 < len(settled) else len(text)
            if last and last.end(1) <= beyond and _may_be_listed(last[1]):
                found.append(Candidate(last.start(1), last.end(1), first.label, "listed", 1))
    found.extend(_paired(text, settled))
    return found


_NO_START: Final[frozenset[str]] = frozenset(HEADS) | TITLES | read_words("portfolios.txt")
_AND: Final = re.compile(rf" and (?:the )?{_NAME}(?=[.,;:)]| [a-z]|['’]s?\b)")


def _paired(text: str, settled: Sequence[Candidate]) -> list[Candidate]:
    """Names behind "and" that nothing has found: ``Alibaba and Ombra said``."""
    found: list[Candidate] = []
    for index, candidate in enumerate(settled):
        if text[candidate.end : candidate.end + 5] != " and " or candidate.label not in ("ORG", "PERSON", "GPE"):
            continue
        hit = _AND.match(text, candidate.end)
        beyond = settled[index + 1].start if index + 1 < len(settled) else len(text)
        if hit and hit.end(1) <= beyond and _may_be_listed(hit[1]) and _may_start(hit[1]):
            found.append(Candidate(hit.start(1), hit.end(1), candidate.label, "paired", 1))
    return found


def _may_start(name: str) -> bool:
    """Whether no title or head of a body opens the name, unless the word of a firm ends it: ``Premier Oil``."""
    return name.split(" ")[0] not in _NO_START or (" " in name and name.rsplit(" ", 1)[-1] in FIRM_WORDS)


def _may_be_listed(name: str) -> bool:
    return not (name in CALENDAR_WORDS or name in FUNCTION_WORDS or name.split(" ")[0] in FUNCTION_WORDS or is_no_name(name))
