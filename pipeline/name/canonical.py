"""One canonical name for all mentions of a name in a document, and for places and world bodies in all documents. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.name.acronyms import Definition, initials_of
from pipeline.name.heads import HEADS
from pipeline.name.lexicon import known_canonical, known_wordings
from pipeline.name.places import place_of
from pipeline.name.spans import Candidate
from pipeline.name.vote import key_of

LEGAL_FORM: Final = re.compile(
    r",? (?:Inc|Ltd|Corp|Co|plc|PLC|LLC|LLP|Limited|Incorporated|Bhd|Berhad|AG|SA|S\.A|SE|NV|N\.V|AB|ASA|Oyj|GmbH|KK|"
    r"Pty Ltd|Pte Ltd|Co\.,? Ltd|Tbk|& Co|S\.p\.A|SpA|KGaA|A/S)\.?$"
)
"""The legal form at the end of a firm's name."""

_ADMINISTRATIVE: Final = re.compile(r" (?:State|Province|Prefecture|Region|States)$")
_SPACES: Final = re.compile(r"\s+")


def canonical_names(
    text: str,
    settled: Sequence[Candidate],
    labels: Mapping[str, str],
    definitions: Sequence[Definition],
    aliases: Mapping[str, str],
) -> dict[str, str]:
    """Key of a name (``vote.key_of``) → its canonical name.

    The first rule that knows a name counts: the user's ``aliases``; the article's own definition of a short form; the
    table of world bodies; places; the full name of a person or a firm that the article gives; the name without its
    legal form, in sentence case.
    """
    surfaces: dict[str, str] = {}
    first_at: dict[str, int] = {}
    for candidate in settled:
        key = key_of(text[candidate.start : candidate.end])
        surface = _SPACES.sub(" ", text[candidate.start : candidate.end])
        first_at.setdefault(key, candidate.start)
        if key not in surfaces or (surfaces[key].isupper() and not surface.isupper()):
            surfaces[key] = surface
    full = {
        key_of(text[d.short_start : d.short_end]): _SPACES.sub(" ", text[d.long_start : d.long_end])
        for d in reversed(definitions)
    }
    spoken: dict[str, list[str]] = {"PERSON": [], "ORG": [], "other": []}
    for key, surface in surfaces.items():
        if " " in surface:
            label = labels.get(key, "")
            spoken[label if label in ("PERSON", "ORG") else "other"].append(surface)
    initials: dict[str, str] = {}
    if any(surface.isupper() and 2 < len(surface) < 7 and labels.get(key) != "PERSON" for key, surface in surfaces.items()):
        for long_form in spoken["ORG"] + spoken["other"]:
            for letters in initials_of(long_form):
                initials.setdefault(letters, long_form)
    names: dict[str, str] = {}
    for key, surface in surfaces.items():
        names[key] = aliases.get(surface) or _name_of(key, surface, labels.get(key, ""), full, spoken, initials, surfaces)
    for key, name in names.items():
        names[key] = aliases.get(name, name)
    return names


def _name_of(
    key: str,
    surface: str,
    label: str,
    full: Mapping[str, str],
    spoken: Mapping[str, Sequence[str]],
    initials: Mapping[str, str],
    surfaces: Mapping[str, str],
) -> str:
    """The canonical name of one surface, by the first rule that knows it."""
    known = known_canonical()
    if key in full:
        return _across(full[key], known)
    if surface in known:
        return known[surface]
    if label in ("GPE", "LOC", "ORG"):
        place = place_of(surface)
        if place and not place.is_adjective:
            return place.name
    if label in ("GPE", "LOC"):
        bare = _ADMINISTRATIVE.sub("", surface)
        return surfaces[key_of(bare)] if bare != surface and key_of(bare) in surfaces else _sentence_case(surface)
    if label == "PERSON":
        return _person(surface, spoken["PERSON"])
    if surface.isupper() and 2 < len(surface) < 7 and surface.isalpha() and surface in initials:
        return _across(initials[surface], known)
    if label == "ORG":
        return _firm(surface, spoken["ORG"])
    return _sentence_case(surface)


def _across(name: str, known: Mapping[str, str]) -> str:
    """The name that all documents share, where there is one."""
    if name in known:
        return known[name]
    return _sentence_case(LEGAL_FORM.sub("", name))


def _person(surface: str, people: Sequence[str]) -> str:
    """The full name of a bare surname, or of a bare given name where only one person bears it."""
    if " " in surface:
        return surface.title() if surface.isupper() else surface
    for part in (-1, 0):
        owners = {person for person in people if key_of(person.split(" ")[part]) == key_of(surface)}
        if len(owners) == 1:
            return owners.pop()
        if owners:
            return next(person for person in people if person in owners)
    return surface


def _firm(surface: str, firms: Sequence[str]) -> str:
    """The full name of a firm that is called by the first or last words of it, without its legal form."""
    bare = LEGAL_FORM.sub("", surface)
    if len(bare) < 4 and bare != surface:
        bare = surface
    if bare not in known_wordings() and place_of(bare) is None and bare not in HEADS:
        longer = {LEGAL_FORM.sub("", firm) for firm in firms if firm.startswith(bare + " ")}
        longer.discard(bare)
        if not longer and " " not in bare:
            longer = {LEGAL_FORM.sub("", firm) for firm in firms if LEGAL_FORM.sub("", firm).endswith(" " + bare)}
        if len(longer) == 1:
            return _sentence_case(longer.pop())
    return _sentence_case(bare)


def _sentence_case(surface: str) -> str:
    """A name in capitals as it would stand in a sentence: ``STATE POST BUREAU`` → ``State Post Bureau``; acronyms stay."""
    words = surface.split(" ")
    if (
        not surface.isupper()
        or len(surface) < 6
        or (len(words) == 1 and len(surface) < 7)
        or (len(words) == 1 and ("-" in surface or "–" in surface))
        or any(letter.isdigit() for letter in surface)
    ):
        return surface
    small = ("OF", "AND", "FOR", "THE", "DE", "DO", "&")
    if any(len(word) < 3 for word in words if word not in small):
        return surface
    return " ".join(word.lower() if word in small else word.capitalize() for word in words)
