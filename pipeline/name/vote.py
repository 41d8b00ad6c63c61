"""One label for one name in a document: the model's readings, the tables and the surroundings vote. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from pipeline.name.acronyms import Definition
from pipeline.name.cues import GIVEN_NAMES, SURNAMES, cue_of, shape_of
from pipeline.name.places import place_table
from pipeline.name.spans import SURE, Candidate
from pipeline.name.sport import club_votes

_SMALL_DOCUMENT: Final = 700
"""Characters under which nothing can be concluded from a person's full name not standing in the text."""
_FIGURES: Final = re.compile(r"\d ?%|\d (?:per ?cent|[mb]illion|trillion|crore)\b|[$€£¥]\d|\d(?:bn|m|tn)\b")
_MANY_FIGURES: Final = 5
_LINKS: Final[frozenset[str]] = frozenset([", ", " and ", ", and ", " or ", ", or ", " & ", " , ", " , and "])


@lru_cache(maxsize=8192)
def key_of(surface: str) -> str:
    """What makes two mentions one name: case (but for short acronyms), dots and kinds of apostrophe do not matter.

    >>> key_of("U.S.") == key_of("US"), key_of("BEIJING") == key_of("Beijing"), key_of("WHO") == key_of("Who")
    (True, True, False)
    """
    folded = surface.replace("\xa0", " ").replace("’", "'").replace("\n", " ")
    if len(folded) > 4 or "." in folded:
        folded = folded.casefold()
        if len(folded) <= 8 and "." in folded:
            folded = folded.replace(".", "")
            if len(folded) <= 4:
                return folded.upper()
    return folded


def vote(text: str, settled: Sequence[Candidate]) -> dict[str, str]:
    """Key of a name → its one label in the document."""
    votes: dict[str, Counter[str]] = {}
    keys = [key_of(text[candidate.start : candidate.end]) for candidate in settled]
    sure: set[str] = set()
    for key, candidate in zip(keys, settled, strict=True):
        votes.setdefault(key, Counter())[candidate.label] += candidate.weight or 1
        if candidate.weight >= SURE:
            sure.add(key)
    for key, candidate in zip(keys, settled, strict=True):
        if key not in sure:
            cue = cue_of(text, candidate.start, candidate.end, candidate.label)
            if cue:
                votes[key][cue[0]] += cue[1]
    shaped: set[str] = set()
    for key, candidate in zip(keys, settled, strict=True):
        if key not in sure and key not in shaped:
            shaped.add(key)
            shape = shape_of(text[candidate.start : candidate.end], _first(votes[key]))
            if shape:
                votes[key][shape[0]] += shape[1]
    for index in club_votes(text, settled):
        votes[keys[index]]["ORG"] += 12
    _agree_in_lists(text, settled, keys, votes, sure)
    labels = {key: _first(counts) for key, counts in votes.items()}
    _follow_the_map(text, settled, keys, labels, sure)
    _follow_full_names(text, settled, keys, labels, votes, sure)
    return labels


def _first(counts: Counter[str]) -> str:
    return max(counts, key=lambda label: counts[label])


def _agree_in_lists(
    text: str, settled: Sequence[Candidate], keys: Sequence[str], votes: Mapping[str, Counter[str]], sure: set[str]
) -> None:
    """In a list of three or more, an unsure name takes the label that the sure ones, or most of the others, have."""
    chain: list[int] = []

    def close() -> None:
        if len(chain) < 2:
            return
        if len(chain) == 2 and not _is_place_and_unknown(text, settled, chain, keys, votes, sure):
            return
        known = [_first(votes[keys[i]]) for i in chain if keys[i] in sure]
        counts = Counter(known or [_first(votes[keys[i]]) for i in chain])
        label, count = counts.most_common(1)[0]
        if count < (len(known) if known else 0.6 * len(chain)):
            return
        for i in chain:
            if keys[i] not in sure and not _is_named_in_full(text, settled[i], label, len(known)):
                votes[keys[i]][label] += 4

    for i, candidate in enumerate(settled):
        if chain and text[settled[chain[-1]].end : candidate.start] not in _LINKS:
            close()
            chain = []
        chain.append(i)
    close()


def _is_named_in_full(text: str, candidate: Candidate, label: str, known: int) -> bool:
    """Whether a person of more than one word stands among names of another label, few of them sure."""
    return candidate.label == "PERSON" and label != "PERSON" and " " in text[candidate.start : candidate.end] and known < 2


def _is_place_and_unknown(
    text: str,
    settled: Sequence[Candidate],
    chain: Sequence[int],
    keys: Sequence[str],
    votes: Mapping[str, Counter[str]],
    sure: set[str],
) -> bool:
    """Whether one of two names joined by "and" is a place for sure, and the other one word and nothing for sure."""
    if text[settled[chain[0]].end : settled[chain[1]].start] != " and ":
        return False
    places = [keys[i] in sure and _first(votes[keys[i]]) == "GPE" for i in chain]
    return any(places) and any(
        keys[i] not in sure and settled[i].label in ("PERSON", "NORP") and " " not in text[settled[i].start : settled[i].end]
        for i in chain
    )


_ON_THE_MAP: Final[frozenset[str]] = frozenset(["GPE", "LOC", "FAC", "NORP"])


def _follow_the_map(text: str, settled: Sequence[Candidate], keys: Sequence[str], labels: dict[str, str], sure: set[str]) -> None:
    """A place that may mean something else, once read as a place, is the kind of place that the table says."""
    for key, candidate in zip(keys, settled, strict=True):
        if key not in sure and labels[key] in _ON_THE_MAP:
            place = place_table().get(text[candidate.start : candidate.end])
            if place is not None and (place.label == "LOC" or (place.label == "GPE" and labels[key] != "NORP")):
                labels[key] = place.label


def _follow_full_names(
    text: str,
    settled: Sequence[Candidate],
    keys: Sequence[str],
    labels: dict[str, str],
    votes: Mapping[str, Counter[str]],
    sure: set[str],
) -> None:
    """A bare surname is a person, the first word of a firm's name that firm; and in an article full of figures
    a person never named in full is rather a firm."""
    surnames: set[str] = set()
    firms: set[str] = set()
    for key, candidate in zip(keys, settled, strict=True):
        surface = text[candidate.start : candidate.end]
        first, _, rest = surface.partition(" ")
        if not rest:
            continue
        if labels[key] == "PERSON":
            surnames.add(key_of(rest.rsplit(" ", 1)[-1]))
            if len(first) <= 5 or first not in place_table():
                surnames.add(key_of(first))
        elif labels[key] == "ORG" and len(first) > 2 and (candidate.weight >= SURE or votes[key]["ORG"] > 2):
            firms.add(key_of(first))
    for key, candidate in zip(keys, settled, strict=True):
        surface = text[candidate.start : candidate.end]
        if key in sure or " " in surface:
            continue
        if key in surnames:
            if labels[key] in ("ORG", "GPE", "NORP", "PRODUCT", "FAC", "LOC", "WORK_OF_ART"):
                labels[key] = "PERSON"
        elif key in firms or (
            labels[key] == "PERSON"
            and surface not in GIVEN_NAMES
            and surface not in SURNAMES
            and votes[key]["PERSON"] < 6
            and _is_of_figures(text)
        ):
            labels[key] = "ORG"


@lru_cache(maxsize=1)
def _is_of_figures(text: str) -> bool:
    """Whether the article is long enough to name its people in full, and full of amounts and percentages."""
    return len(text) > _SMALL_DOCUMENT and len(_FIGURES.findall(text, 0, 4000)) >= _MANY_FIGURES


def follow_definitions(text: str, definitions: Sequence[Definition], labels: dict[str, str]) -> None:
    """A short form has the label of its long form."""
    for definition in definitions:
        long_label = labels.get(key_of(text[definition.long_start : definition.long_end]))
        if long_label:
            labels[key_of(text[definition.short_start : definition.short_end])] = long_label
