"""The names of an article: candidates of the model, tables and patterns, settled by rules that see the whole document.

The order of work: candidates → overlaps settled → definitions of short forms → one label for one name by vote →
mentions that were missed → one canonical name. Rules follow what is known to raise the F1 of a newswire model:
trimmed boundaries, later bare surnames, majority label, definitions, propagation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from pipeline.mentions import NameMention
from pipeline.name.acronyms import Definition, find_definitions
from pipeline.name.candidates import (
    LABELS,
    Candidate,
    head_candidates,
    known_canonical,
    model_candidates,
    pattern_candidates,
    table_candidates,
)
from pipeline.name.clean import trim
from pipeline.name.heads import HEADS
from pipeline.name.places import place_of
from pipeline.name.terms import FUNCTION_WORDS, is_no_name

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CAPITAL: Final = re.compile(r"(?<![\w@#])(?:[A-ZÀ-ÖØ-ÞĀ-ſĐ]|[a-z]{1,2}[A-Z]|\d)\w*")
_LEGAL_FORM: Final = re.compile(
    r",? (?:Inc|Ltd|Corp|Co|plc|PLC|LLC|LLP|Limited|Bhd|AG|SA|S\.A|SE|NV|GmbH|Pty Ltd|Co\.?,? Ltd|& Co)\.?$"
)


def resolve_names(
    doc: Doc, *, excluded: Sequence[tuple[int, int]] = (), aliases: Mapping[str, str] | None = None
) -> list[NameMention]:
    """The names of a whole article, in order and without overlap.

    ``doc`` is the article with the entities of the model's ``ner``; no other component needs to have run.
    ``excluded`` are character spans of figures and dates: no name lies within one of them, and one at an end of a name
    is cut off. ``aliases`` maps wordings to canonical names (the user's own table) and goes before every rule.
    """
    text = doc.text
    found = model_candidates(doc, text) + head_candidates(text) + table_candidates(text) + pattern_candidates(text)
    definitions = find_definitions(text)
    settled = _settle(text, found, definitions, excluded)
    labels = _vote(text, settled, definitions)
    settled = _propagate(text, settled, labels, excluded)
    names = _canonical(text, settled, labels, definitions, aliases or {})
    mentions = []
    for candidate in settled:
        surface = text[candidate.start : candidate.end]
        label = labels.get(_key(surface), candidate.label)
        place = place_of(surface)
        mentions.append(
            NameMention(
                start_char=candidate.start,
                end_char=candidate.end,
                text=surface,
                label=label,
                name=names[_key(surface)],
                rule=candidate.rule,
                place=place.country if place and label in ("GPE", "NORP", "LOC") else None,
            )
        )
    return mentions


def _key(surface: str) -> str:
    """What makes two mentions one name: case (but for acronyms of up to four letters), dots and spaces do not matter."""
    folded = surface.replace("\xa0", " ").replace("’", "'").replace("\n", " ")
    if len(folded) > 4 or "." in folded:
        folded = folded.casefold()
        if len(folded) <= 8 and "." in folded:
            folded = folded.replace(".", "")
            folded = folded.upper() if len(folded) <= 4 else folded
    return folded


def _settle(
    text: str, found: list[Candidate], definitions: list[Definition], excluded: Sequence[tuple[int, int]]
) -> list[Candidate]:
    """One candidate for each stretch of text: the longest, then the weightiest; labels of equal spans are left to the vote."""
    for definition in definitions:
        long_form = text[definition.long_start : definition.long_end]
        label = next(
            (c.label for c in found if c.end == definition.long_end and c.start >= definition.long_start and c.weight > 2), None
        )
        label = label or next((c.label for c in found if c.end == definition.long_end and c.start <= definition.long_start), None)
        label = label or HEADS.get(long_form.rsplit(" ", 1)[-1], "ORG")
        if is_no_name(text[definition.short_start : definition.short_end]):
            continue
        if label in ("PERSON", "GPE", "NORP"):
            label = "ORG"
        found.append(Candidate(definition.long_start, definition.long_end, label, "definition", 5))
        found.append(Candidate(definition.short_start, definition.short_end, label, "definition", 5))
    kept: list[Candidate] = []
    cut = [candidate for candidate in (_cut(text, c, excluded) for c in found) if candidate is not None] if excluded else found
    cut.sort(key=lambda c: (c.start, -c.end, -c.weight))
    modeled = {(c.start, c.end) for c in cut if c.rule == "model"}
    for candidate in cut:
        if candidate.weight == 0 and (candidate.start, candidate.end) not in modeled:
            continue
        while kept and candidate.start < kept[-1].end:
            last = kept[-1]
            if _worth(candidate) > _worth(last):
                kept.pop()
                continue
            break
        else:
            kept.append(candidate)
    return kept


def _worth(candidate: Candidate) -> tuple[int, int]:
    return (candidate.end - candidate.start, candidate.weight)


def _cut(text: str, candidate: Candidate, excluded: Sequence[tuple[int, int]]) -> Candidate | None:
    """The candidate without figures and dates at its ends; None where nothing is left."""
    start, end = candidate.start, candidate.end
    for low, high in excluded:
        if high <= start or low >= end:
            continue
        if low <= start and high >= end:
            return None
        if candidate.rule not in ("model", "propagated"):
            continue
        if low <= start:
            start, end = trim(text, high, end)
        elif high >= end:
            start, end = trim(text, start, low)
    return candidate._replace(start=start, end=end) if end > start else None


def _vote(text: str, settled: list[Candidate], definitions: list[Definition]) -> dict[str, str]:
    """Key of a name → its one label in the document."""
    votes: dict[str, Counter[str]] = {}
    for candidate in settled:
        votes.setdefault(_key(text[candidate.start : candidate.end]), Counter())[candidate.label] += candidate.weight or 1
    return {key: counts.most_common(1)[0][0] for key, counts in votes.items()}


def _propagate(
    text: str, settled: list[Candidate], labels: dict[str, str], excluded: Sequence[tuple[int, int]]
) -> list[Candidate]:
    """``settled`` with the mentions that were missed of names that were found; bare surnames among them."""
    known: dict[str, list[tuple[str, str]]] = {}

    def learn(surface: str, label: str) -> None:
        first = re.match(r"\w+", surface)
        if first and (len(surface) > 2 or surface.isupper()) and surface not in FUNCTION_WORDS and not is_no_name(surface):
            known.setdefault(first[0], []).append((surface, label))

    for surface in {text[c.start : c.end] for c in settled}:
        label = labels[_key(surface)]
        learn(surface, label)
        if label == "PERSON":
            parts = surface.split(" ")
            if len(parts) > 1 and len(parts[-1]) > 2:
                learn(parts[-1], "PERSON")
    for listed in known.values():
        listed.sort(key=lambda row: -len(row[0]))
    added: list[Candidate] = []
    spans = iter(settled)
    current = next(spans, None)
    position = 0
    for hit in _CAPITAL.finditer(text):
        start = hit.start()
        while current is not None and current.end <= start:
            current = next(spans, None)
        if start < position or (current is not None and current.start <= start):
            continue
        for surface, label in known.get(hit[0], ()):
            end = start + len(surface)
            if (
                text.startswith(surface, start)
                and not text[end : end + 1].isalnum()
                and (current is None or end <= current.start)
            ):
                candidate = Candidate(start, end, label, "propagated", 1)
                if not excluded or _cut(text, candidate, excluded) == candidate:
                    added.append(candidate)
                    labels.setdefault(_key(surface), label)
                    position = end
                break
    return sorted(settled + added)


def _canonical(
    text: str, settled: list[Candidate], labels: dict[str, str], definitions: list[Definition], aliases: Mapping[str, str]
) -> dict[str, str]:
    """Key of a name → its canonical name."""
    surfaces: dict[str, str] = {}
    for candidate in settled:
        surface = text[candidate.start : candidate.end]
        key = _key(surface)
        if key not in surfaces or (surfaces[key].isupper() and not surface.isupper()):
            surfaces[key] = surface
    full: dict[str, str] = {}
    for definition in definitions:
        full[_key(text[definition.short_start : definition.short_end])] = text[definition.long_start : definition.long_end]
    people = [surface for key, surface in surfaces.items() if labels.get(key) == "PERSON" and " " in surface]
    bodies = [surface for key, surface in surfaces.items() if labels.get(key) == "ORG" and " " in surface]
    names: dict[str, str] = {}
    for key, surface in surfaces.items():
        names[key] = _name_of(key, surface, labels.get(key, ""), full, people, bodies, surfaces, aliases)
    return names


def _name_of(
    key: str,
    surface: str,
    label: str,
    full: Mapping[str, str],
    people: Sequence[str],
    bodies: Sequence[str],
    surfaces: Mapping[str, str],
    aliases: Mapping[str, str],
) -> str:
    """The canonical name of one surface, by the first rule that knows it."""
    surface = re.sub(r"\s+", " ", surface)
    if surface in aliases:
        return aliases[surface]
    known = known_canonical()
    if surface in known:
        return known[surface]
    if key in full:
        long_form = full[key]
        return aliases.get(long_form) or known.get(long_form) or long_form
    if label in ("GPE", "LOC", "ORG"):
        place = place_of(surface)
        if place and not place.is_adjective:
            return place.name
    if label == "PERSON" and " " not in surface:
        owners = [person for person in people if person.split(" ")[-1] == surface]
        owners = owners or [person for person in people if person.split(" ")[0] == surface]
        return owners[0] if len(set(owners)) == 1 else surface
    if label == "ORG":
        longer = {body for body in bodies if body.startswith(surface + " ") and len(body) > len(surface)}
        bare = _LEGAL_FORM.sub("", surface)
        longer = {_LEGAL_FORM.sub("", body) for body in longer}
        if len(longer) == 1 and place_of(surface) is None:
            return longer.pop()
        return bare if bare and bare != surface and len(bare) > 2 else _spoken(surface)
    return _spoken(surface)


def _spoken(surface: str) -> str:
    """A name in capitals as it would stand in a sentence: ``STATE POST BUREAU`` → ``State Post Bureau``; acronyms stay."""
    if (surface.isupper() and len(surface) > 5 and " " in surface) or (surface.isupper() and len(surface) > 6):
        return " ".join(
            word.capitalize() if word not in ("OF", "AND", "FOR", "THE") else word.lower() for word in surface.split(" ")
        )
    return surface


__all__ = ["LABELS", "resolve_names"]
