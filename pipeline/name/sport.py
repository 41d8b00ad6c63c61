"""Reports of matches: a town that beats another is its club. Pure.

Newswire names clubs by their towns (``Southampton drew with Leeds``); the country stays a place, as annotators have it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from pipeline.name.places import place_table
from pipeline.name.scan import bare_words
from pipeline.name.spans import Candidate
from pipeline.name.tables import any_of, read_words

_WORDS: Final[frozenset[str]] = read_words("sport_words.txt")
_PHRASES: Final = tuple(sorted(word for word in _WORDS if " " in word))
_ENOUGH: Final = 3
_READ: Final = 5000
"""Characters in which such words are looked for."""
_BEATS: Final = (
    " beat ", " beats ", " beating ", " drew with ", " lost to ", " edged ", " thrashed ", " downed ", " topped ", " win over ",
    " defeated ",
)  # fmt: skip
_SCORE: Final = re.compile(rf"(?:{'|'.join(_BEATS)})[A-Z][\w'’ -]{{2,40}} \d{{1,3}}-\d{{1,3}}\b")
_SLUG: Final = re.compile(
    r"(?:SOCCER|RUGBY|CRICKET|TENNIS|GOLF|CYCLING|BASKETBALL|BASEBALL|HOCKEY|MOTOR RACING|ATHLETICS)\b", re.I
)
_PLAYS_AFTER: Final = re.compile(
    rf"(?:['’]s)? (?:{any_of('sport_after.txt')})\b|(?: ?,)? \d{{1,3}}-\d{{1,3}}\b| \d{{1,3}} [A-Z]|"
    r" ?\(\d{1,2}\)| \d{1,3}$"
)
_PLAYS_BEFORE: Final = re.compile(
    rf"\b(?:{any_of('sport_before.txt')}) $|\d{{1,3}}-\d{{1,3}} (?:against |over |win over |to |with )?$"
)


@lru_cache(maxsize=8)
def is_of_sport(text: str) -> bool:
    """Whether ``text`` is a report of sport: it has several of the words of such reports."""
    opening = text[:_READ]
    found = {"score"} if any(beats in opening for beats in _BEATS) and _SCORE.search(opening) else set[str]()
    if found or _SLUG.match(text):
        found.add("result")
    found |= _WORDS & bare_words(opening)
    found.update(phrase for phrase in _PHRASES if phrase in opening)
    return len(found) >= _ENOUGH


def club_votes(text: str, settled: Sequence[Candidate]) -> list[int]:
    """Indices of the towns in ``settled`` that play in a report of sport.

    >>> text = "Leeds drew 1-1 with Hull; the striker scored before half-time in the league."
    >>> club_votes(text, [Candidate(0, 5, "GPE", "model", 2), Candidate(20, 24, "GPE", "model", 2)])
    [0, 1]
    """
    if not is_of_sport(text):
        return []
    clubs = {text[c.start : c.end].rpartition(" ")[0] for c in settled if c.label == "ORG"}
    found: list[int] = []
    for index, candidate in enumerate(settled):
        if candidate.label not in ("GPE", "LOC", "PERSON", "NORP") or candidate.rule == "dateline":
            continue
        surface = text[candidate.start : candidate.end]
        place = place_table().get(surface)
        if (place is not None and (place.name == place.country or place.is_adjective)) or (
            candidate.label in ("PERSON", "NORP") and place is None
        ):
            continue
        before = text[max(0, candidate.start - 24) : candidate.start]
        named = surface in clubs and not before.endswith((" in ", " In ", " near "))
        if named or _PLAYS_AFTER.match(text, candidate.end) or _PLAYS_BEFORE.search(before):
            found.append(index)
    return found
