"""Places: countries and their adjectives, parts of the world, towns and regions with the country they lie in.

Country names are CLDR's (through Babel), under our own preference where news words them otherwise (``Hong Kong``,
``Turkey``, ``Bosnia and Herzegovina``); adjectives, towns, regions and areas are our own tables in ``data/``.
Pure: no spaCy. A name here is a reading of the words alone; whether ``Jordan`` is the country is for the caller to see.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from babel import Locale

from pipeline.name.tables import read_lines, read_rows

_WORLD_WORDS: Final[frozenset[str]] = frozenset(
    {"world", "global", "worldwide", "globally", "the globe", "global economy", "world economy"}
)
_NO_COUNTRY: Final[frozenset[str]] = frozenset({"EU", "UN", "EZ", "QO", "XA", "XB", "ZZ"})
_PLURAL_ENDINGS: Final[tuple[str, ...]] = ("n", "i", "k", "ch", "ot", "at")


class Place(NamedTuple):
    """A place: canonical ``name`` (``China`` for ``Chinese``), ``country`` it lies in (None for what lies in several),
    ``label`` of the word in OntoNotes terms (``NORP`` for an adjective), ``is_adjective`` for ``Chinese``, ``global``,
    ``is_safe`` where the word hardly ever means anything else."""

    name: str
    country: str | None
    label: str
    is_adjective: bool
    is_safe: bool


class FoundPlace(NamedTuple):
    """A place in a text: offsets, canonical name, country (None for a continent), whether the word is an adjective."""

    start: int
    end: int
    canonical: str
    country: str | None
    is_adjective: bool


@cache
def countries() -> dict[str, str]:
    """ISO 3166 code → canonical country name."""
    territories = Locale("en").territories
    names = {
        code: str(name).replace(" & ", " and ").replace("St. ", "Saint ")
        for code, name in territories.items()
        if len(code) == 2 and code not in _NO_COUNTRY
    }
    names.update({row[0]: row[1] for row in read_rows("countries.tsv") if row[1]})
    return names


def _peoples(words: str) -> list[str]:
    """The listed adjectives, and the plurals that follow from their endings."""
    listed = [word for word in words.split("|") if word]
    return listed + [word + "s" for word in listed if word.endswith(_PLURAL_ENDINGS) and word + "s" not in listed]


@cache
def place_table() -> dict[str, Place]:
    """Every wording of a place → the place. Wordings of more than three letters are there in capitals too."""
    unsafe = frozenset(read_lines("ambiguous.txt"))
    names = countries()
    table: dict[str, Place] = {}

    def add(wording: str, name: str, country: str | None, label: str, *, adjective: bool = False) -> None:
        for form in (wording, wording.upper()) if len(wording) > 3 else (wording,):
            table.setdefault(form, Place(name, country, label, adjective, wording not in unsafe))

    rows = read_rows("countries.tsv")
    for row in rows:
        name = names[row[0]]
        for wording in (name, *row[2].split("|")):
            if wording:
                add(wording.removeprefix("the "), name, name, "GPE")
    for code, name in names.items():
        if code not in {row[0] for row in rows}:
            add(name, name, name, "GPE")
    for row in rows:
        for wording in _peoples(row[3]):
            add(wording, names[row[0]], names[row[0]], "NORP", adjective=True)
    for name, label, aliases, adjectives, code in read_rows("areas.tsv"):
        for wording in (name, *aliases.split("|")):
            if wording:
                add(wording.removeprefix("the "), name, names.get(code), label)
        for wording in _peoples(adjectives):
            add(wording, name, names.get(code), "NORP", adjective=True)
    for file in ("regions.tsv", "cities.tsv"):
        for code, listed in read_rows(file):
            for spellings in listed.split("|"):
                name, *others = spellings.split("=")
                for wording in (name, *others) if name else ():
                    add(wording, name, names[code], "GPE")
    return table


@cache
def _index() -> dict[str, tuple[tuple[str, Place], ...]]:
    """First run of word characters → the wordings that begin with it, longest first."""
    index: dict[str, list[tuple[str, Place]]] = {}
    for wording, place in place_table().items():
        first = re.match(r"\w+", wording)
        if first:
            index.setdefault(first[0], []).append((wording, place))
    return {first: tuple(sorted(listed, key=lambda item: -len(item[0]))) for first, listed in index.items()}


CAPITALIZED: Final = re.compile(r"\b(?:[A-ZÀ-ÖØ-ÞĀ-ſĐ]\w*|sub(?=-Sa)|euro(?= (?:zone|area))|eurozone\b)")
"""Where a name may begin: a capital letter at the head of a word, and the few wordings that begin with a small one."""
_FIRST_WORD: Final = re.compile(r"\w+")
_WORLD: Final = re.compile(r"\b(?:[Ww]orld(?:wide)?|[Gg]lobal(?:ly)?)\b")


def match_place(text: str, start: int, word: str) -> tuple[int, Place] | None:
    """The longest place wording that begins at ``start``, where ``word`` is the run of word characters there: end and place."""
    listed = _index().get(word)
    if listed is None:
        return None
    for wording, place in listed:
        end = start + len(wording)
        if text.startswith(wording, start) and not continues(text, end):
            return end, place
    return None


def place_of(text: str) -> Place | None:
    """The place that ``text`` as a whole names, or None.

    Articles, a possessive ending and the case of capitals do not matter.

    >>> place_of("Chinese").name, place_of("the U.K.'s").name, place_of("BEIJING").country, place_of("worldwide").name
    ('China', 'United Kingdom', 'China', 'World')
    >>> place_of("Alibaba") is None
    True
    """
    wording = text.strip()
    if wording[-2:] in ("'s", "’s"):
        wording = wording[:-2]
    wording = wording.rstrip("'’,;: ")
    if wording[:4].lower() == "the ":
        wording = wording[4:]
    found = place_table().get(wording)
    if found is None and wording.casefold() in _WORLD_WORDS:
        return Place("World", "World", "LOC", wording.casefold() != "world", True)
    if found is None and wording.endswith("."):
        found = place_table().get(wording[:-1])
    return found


def find_places(text: str) -> list[FoundPlace]:
    """The places that the words of ``text`` name, in order, without overlap, longest wording first.

    A place inside a longer name (``China`` in ``Bank of China``) is found too: it is the caller who knows the names.

    >>> [(place.canonical, place.country) for place in find_places("Chinese and US exports to Shenzhen")]
    [('China', 'China'), ('United States', 'United States'), ('Shenzhen', 'China')]
    """
    found: list[FoundPlace] = []
    position = 0
    for hit in CAPITALIZED.finditer(text):
        if hit.start() < position:
            continue
        matched = match_place(text, hit.start(), hit[0])
        if matched:
            position, place = matched
            found.append(FoundPlace(hit.start(), position, place.name, place.country, place.is_adjective))
    for hit in _WORLD.finditer(text):
        if not any(place.start <= hit.start() < place.end for place in found):
            found.append(FoundPlace(hit.start(), hit.end(), "World", "World", hit[0].lower() != "world"))
    return sorted(found)


def continues(text: str, end: int) -> bool:
    """Whether the word goes on behind ``end``: with a letter, or with a hyphen and a capital that begins no place."""
    following = text[end : end + 1]
    if following.isalnum():
        return True
    if following == "-" and text[end + 1 : end + 2].isupper():
        rest = _FIRST_WORD.match(text, end + 1)
        return rest is None or rest[0] not in _index()
    return False
