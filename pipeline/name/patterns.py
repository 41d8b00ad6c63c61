"""Names by how they are worded and spelled, whatever the model makes of them: ``Candidate`` rows, still overlapping. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.name.events import find_events
from pipeline.name.heads import find_elections, find_heads
from pipeline.name.products import find_products
from pipeline.name.scan import Words, in_title_case, opens_sentence
from pipeline.name.spans import Candidate
from pipeline.name.sport import is_of_sport
from pipeline.name.tables import read_words
from pipeline.name.terms import CALENDAR_WORDS, FUNCTION_WORDS, is_no_name

_BODY_OR_BUILDING: Final[frozenset[str]] = frozenset(
    [
        "Center",
        "Centre",
        "Hospital",
        "School",
        "College",
        "Court",
        "Museum",
        "Exchange",
        "Institute",
        "Arena",
        "Hall",
        "Studios",
        "Club",
    ]
)


def head_candidates(text: str, words: Words, modeled: Sequence[Candidate]) -> list[Candidate]:
    """Names by their head words and by their spelling; where a head may be a body or a building, ``modeled`` decides."""
    label_at = {candidate.end: candidate.label for candidate in modeled}
    found: list[Candidate] = []
    for name in [*find_heads(text, words), *find_elections(text), *find_events(text)]:
        surface = text[name.start : name.end]
        if is_no_name(surface):
            continue
        label = name.label
        if label_at.get(name.end) in ("FAC", "ORG") and surface.rsplit(" ", 1)[-1] in _BODY_OR_BUILDING:
            label = label_at[name.end]
        found.append(Candidate(name.start, name.end, label, name.rule, 6 if label in ("LAW", "EVENT") else 5))
    scores = is_of_sport(text)
    found.extend(
        Candidate(name.start, name.end, name.label, name.rule, 6)
        for name in find_products(text)
        if not (scores and name.rule == "name_and_number")
    )
    return found


_SHORT: Final = re.compile(r"[A-Z]{3,7}$")
_ROMAN: Final = re.compile(r"[IVXLC]+$")
_SPEAKS_BEFORE: Final = re.compile(
    r"(?:according to (?:the )?|polled by |[a-z]-based |(?:institute|society|agency|regulator|ministry|body|group|bureau|office|"
    r"association|union|watchdog|company|lender|firm|think tank|operator|broker|authority|fund), )$"
)
_SPEAKS_AFTER: Final = re.compile(
    r"(?:, (?:the|an?) [a-z]| (?:said|says|reported|reckons|estimates|expects|forecasts|data show|figures)\b)"
)


def acronym_candidates(text: str, words: Words, found: Sequence[Candidate]) -> list[Candidate]:
    """Bodies known by their initials that the model passed over and that speak, or are told what they are."""
    taken = {candidate.start for candidate in found}
    return [
        Candidate(start, start + len(word), "ORG", "acronym_that_speaks", 4)
        for start, word in words
        if _SHORT.match(word)
        and start not in taken
        and not _ROMAN.match(word)
        and (_SPEAKS_AFTER.match(text, start + len(word)) or _SPEAKS_BEFORE.search(text, max(0, start - 30), start))
        and not is_no_name(word)
        and text[start - 2 : start].strip(" ") not in ("-", "/", "$")
    ]


_CAMEL: Final = re.compile(r"[A-Z][a-z]{2,}[A-Z][a-z]+\w*$")
_NO_CAMEL: Final = ("Mac", "Mc", "Fitz", "Covid")


def camel_candidates(text: str, words: Words, found: Sequence[Candidate]) -> list[Candidate]:
    """Coined names with a capital within (``SafiRide``) that the model passed over: firms, until something says otherwise.

    >>> from pipeline.name.scan import capitals
    >>> text = "Riders left SafiRide."
    >>> [text[name.start : name.end] for name in camel_candidates(text, capitals(text), [])]
    ['SafiRide']
    """
    taken = {candidate.start for candidate in found}
    return [
        Candidate(start, start + len(word), "ORG", "capital_within", 1)
        for start, word in words
        if len(word) > 5
        and not word[1:].islower()
        and start not in taken
        and _CAMEL.match(word)
        and not word.startswith(_NO_CAMEL)
        and not is_no_name(word)
    ]


_PARTIES: Final[dict[str, tuple[str, ...]]] = {}
for _party in sorted(read_words("parties.txt"), key=len, reverse=True):
    _PARTIES[_party.split(" ")[0]] = (*_PARTIES.get(_party.split(" ")[0], ()), _party)


def party_candidates(text: str, words: Words) -> list[Candidate]:
    """Parties that are called by a common word, where its capital says that it is a name.

    >>> from pipeline.name.scan import capitals
    >>> text = "Labour costs rose before Labour beat the Greens."
    >>> [text[name.start : name.end] for name in party_candidates(text, capitals(text))]
    ['Labour', 'Greens']
    """
    found: list[Candidate] = []
    for start, word in words:
        for party in _PARTIES.get(word, ()):
            end = start + len(party)
            if (
                text.startswith(party, start)
                and not text[end : end + 1].isalnum()
                and not opens_sentence(text, start)
                and not in_title_case(text, start, end)
                and not text[end + 1 : end + 2].isupper()
                and (
                    not (before := _CAPITAL_BEFORE.search(text, max(0, start - 24), start))
                    or before[1] in _MAY_PRECEDE
                    or before[1].endswith(("'s", "’s"))
                )
            ):
                found.append(Candidate(start, end, "ORG", "party", 5))
                break
    return found


_CAPITAL_BEFORE: Final = re.compile(r"\b([A-Z][\w’'-]{0,20}) $")
_MAY_PRECEDE: Final = FUNCTION_WORDS | CALENDAR_WORDS
