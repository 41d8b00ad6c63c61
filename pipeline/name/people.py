"""People whom the model passed over or read by half: a title and a name, a given name and a surname. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.name.cues import FAMILY_NAMES_FIRST, FIRM_WORDS, GIVEN_NAMES, HARDLY_GIVEN, SURNAMES, TITLES
from pipeline.name.heads import HEADS
from pipeline.name.lexicon import known_wordings
from pipeline.name.places import place_table
from pipeline.name.scan import POSSESSIVE, Words, in_title_case
from pipeline.name.spans import Candidate
from pipeline.name.terms import CALENDAR_WORDS, FUNCTION_WORDS, is_no_name

_PART: Final = r"[A-ZÀ-ÖØ-ÞĀ-ſ][\w’'-]{1,20}"
_PARTICLE: Final = r"(?:van|von|de|der|den|da|di|del|della|dos|du|la|le|bin|bint|al|el|ibn|ter|ten|zu|y)"
_REST: Final = re.compile(rf"(?: [A-Z]\.){{0,2}}(?: (?:{_PARTICLE} ){{0,2}}{_PART}|(?:-| al-| el-){_PART}){{1,3}}")
_WHOLE: Final = re.compile(rf"{_PART}(?: [A-Z]\.){{0,2}}(?:(?: {_PARTICLE}){{0,2}} {_PART}){{0,2}}")
_JOINED_GIVEN: Final = re.compile(r" [A-Z][a-z]{1,6}-[A-Za-z][a-z]{1,6}\b(?!-)")
_BRIEF: Final[frozenset[str]] = frozenset(
    ["Executive", "Chief", "Analyst", "Attorney", "Director", "Economist", "Strategist", "Founder"]
)
"""Titles that stand in other names too, so that a given name and a surname must follow."""


def people_candidates(text: str, words: Words, found: Sequence[Candidate]) -> list[Candidate]:
    """Names behind a title, and given names with what follows them, where ``found`` has nothing, or a piece of it.

    >>> from pipeline.name.scan import capitals
    >>> text = "They met Augusto Prado and Governor Shaktik Sen."
    >>> [text[name.start : name.end] for name in people_candidates(text, capitals(text), [])]
    ['Augusto Prado', 'Shaktik Sen']
    """
    taken = {(candidate.start, candidate.end) for candidate in found}
    starts = {candidate.start for candidate in found if candidate.weight}
    added: list[Candidate] = []
    position = 0
    previous, previous_end = "", -2
    for start, word in words:
        titled = previous in TITLES and start - previous_end in (1, 2) and text[previous_end:start] in (" ", ". ")
        title, previous, previous_end = previous, word, start + len(word)
        if start < position:
            continue
        end = 0
        if word in GIVEN_NAMES:
            end = _full_name(text, start, word)
        if not end and word in FAMILY_NAMES_FIRST and (hit := _JOINED_GIVEN.match(text, start + len(word))):
            end = hit.end()
        if not end and titled and start not in starts and _may_be_part(word):
            hit = _WHOLE.match(text, start)
            end = _up_to_last(text, start, hit.end()) if hit else 0
            if title in _BRIEF and " " not in text[start:end]:
                end = 0
        if end:
            position = end
            if (start, end) not in taken and not in_title_case(text, start, end):
                added.append(Candidate(start, end, "PERSON", "titled" if titled else "given_name", 3))
    return added


def _full_name(text: str, start: int, word: str) -> int:
    """The end of the name that begins with the given name ``word`` at ``start``; 0 where no surname follows."""
    first_end = start + len(word)
    hit = _REST.match(text, first_end)
    if hit is None:
        return 0
    end = _up_to_last(text, start, hit.end())
    if end <= first_end:
        return 0
    surname = text[first_end:end].strip(" -")
    if word in HARDLY_GIVEN and surname.rsplit(" ", 1)[-1] not in SURNAMES:
        return 0
    return end


def _up_to_last(text: str, start: int, end: int) -> int:
    """The end of the name without a possessive ending and the words at its end that are no part of a name; 0 if none is left."""
    surface = POSSESSIVE.sub("", text[start:end])
    parts = surface.split(" ")
    for index, part in enumerate(parts):
        if (index or len(parts) == 1) and part[0].isupper() and not _may_be_part(part):
            if part in HEADS or part in known_wordings() or part.endswith("ist"):
                return 0
            parts = parts[:index]
            break
    while len(parts) > 1 and parts[-1][0].islower():
        parts.pop()
    kept = " ".join(parts)
    return start + len(kept) if kept and kept not in known_wordings() else 0


def _may_be_part(word: str) -> bool:
    """Whether ``word`` may be a given name or surname: no function word, month, place, head of a body, term or title."""
    if word in SURNAMES or (len(word) == 2 and word[1] == "."):
        return True
    return (
        len(word) > 1
        and word not in FUNCTION_WORDS
        and word not in CALENDAR_WORDS
        and word not in HEADS
        and word not in TITLES
        and word not in FIRM_WORDS
        and not is_no_name(word)
        and not word.isupper()
        and not word.endswith(("’s", "'s"))
        and not ((place := place_table().get(word)) and place.is_safe)
    )
