"""Who appears in an article: the names and places of each sentence, and what the article speaks of most."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from babel import Locale

from pipeline.context.view import ArticleView, SentenceView
from pipeline.name import find_places, place_of

_WORLD = re.compile(r"(?i)\b(?:global(?:ly)?|world(?:wide|['’]s)?|international(?:ly)?)\b")
_LABELS = ("GPE", "ORG", "LOC", "NORP", "PERSON", "PRODUCT", "FAC", "LAW", "EVENT")
_ORGANISATIONS = ("ORG", "PRODUCT", "FAC")
_PLACES = ("GPE", "LOC", "NORP", "PLACE", "WORLD")
# ISO 4217 codes that begin with these belong to unions of countries.
_UNIONS = ("EU", "XA", "XC", "XO", "XP")
_LEADING = 3  # of each group
POINTERS = frozenset("the this that its their his her our".split())
#: Nouns that stand for a name of the text after a pointer (``the company``, ``its provinces``), by the kind of name.
STAND_INS = (
    (
        "organization",
        frozenset(
            "company firm group bank retailer airline maker manufacturer developer lender insurer carrier operator utility "
            "brand club platform startup start-up chain producer miner refiner supplier publisher broadcaster university "
            "institution agency fund exchange business organization organisation foundry chipmaker automaker carmaker giant "
            "unit subsidiary parent division store network service rival conglomerate brewer builder distiller".split()
        ),
    ),
    (
        "place",
        frozenset(
            "country nation state province city region island county district municipality territory economy kingdom republic "
            "capital town area bloc continent market government neighbor neighbour emirate port zone mainland".split()
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name or place where it stands: article offsets, canonical name, label (``PLACE``, ``WORLD`` for those found by table)."""

    start_char: int
    end_char: int
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """Where a name was last spoken of: sentence, how often by then, and whether no other of its kind was spoken of later."""

    sentence: int
    count: int
    latest: bool


@dataclass(frozen=True)
class Cast:
    """The names and places of an article; each sentence is searched once."""

    article: ArticleView
    _names_in: dict[tuple[int, int], frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def sightings(self) -> list[list[Sighting]]:
        """By sentence, in order; a place inside a name is not counted again."""
        return [_sightings(view) for view in self.article.sentences]

    @cached_property
    def protagonists(self) -> dict[str, tuple[Sighting, dict[str, float]]]:
        """By canonical name, the leading places, organisations and others: the first sighting, and features of its standing."""
        counts: Counter[tuple[str, str]] = Counter()
        first: dict[str, Sighting] = {}
        opening: set[str] = set()
        for index, seen in enumerate(self.sightings):
            for sighting in seen:
                counts[sighting.name, _group(sighting.label)] += 1
                first.setdefault(sighting.name, sighting)
                if index <= 1:
                    opening.add(sighting.name)
        found: dict[str, tuple[Sighting, dict[str, float]]] = {}
        for group in ("PLACE", "ORG", "OTHER"):
            ranked = [(name, n) for (name, g), n in counts.most_common() if g == group]
            total = sum(n for _, n in ranked) or 1
            for place, (name, n) in enumerate(ranked[:_LEADING]):
                standing = {
                    f"standing_{group}": float(place + 1),
                    f"standing_{group}_{place}": 1.0,
                    "standing_share": n / total,
                    "standing_count": float(n),
                    "opening": float(name in opening),
                }
                found.setdefault(name, (first[name], standing))
        return found

    @cached_property
    def stand_ins(self) -> dict[str, float]:
        """Of the words that stand for a name (``the company``, ``the country``), the part of each kind: what it is of."""
        counts = dict.fromkeys((kind for kind, _ in STAND_INS), 0)
        for view in self.article.sentences:
            for before, word in pairwise(view.lowers):
                if before in POINTERS:
                    for kind, words in STAND_INS:
                        counts[kind] += word in words
        total = sum(counts.values())
        return {**{f"article_{kind}": n / total for kind, n in counts.items() if n}, "article_anaphors": float(min(total, 9))}

    def names_in(self, start: int | None, end: int | None) -> frozenset[str]:
        """The canonical names that stand, in whole or part, between two offsets of the article; None of them for None."""
        if start is None or end is None:
            return frozenset()
        if (start, end) not in self._names_in:
            seen = (s for sentence in self.sightings for s in sentence)
            self._names_in[start, end] = frozenset(s.name for s in seen if s.start_char < end and start < s.end_char)
        return self._names_in[start, end]

    def last_before(self, name: str, sentence: int) -> Earlier | None:
        """Where ``name`` was last spoken of before ``sentence``; None where it was not."""
        places, group = self._places.get(name, ([], ""))
        count = bisect_left(places, sentence)
        if not count:
            return None
        last = places[count - 1]
        of_kind = self._group_places.get(group, [])
        return Earlier(last, count, of_kind[bisect_left(of_kind, sentence) - 1] == last)

    @cached_property
    def _places(self) -> dict[str, tuple[list[int], str]]:
        """By name, the sentences that speak of it, in order, and its kind."""
        found: dict[str, tuple[list[int], str]] = {}
        for index, seen in enumerate(self.sightings):
            for sighting in seen:
                found.setdefault(sighting.name, ([], _group(sighting.label)))[0].append(index)
        return found

    @cached_property
    def _group_places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for places, group in self._places.values():
            found.setdefault(group, []).extend(places)
        return {group: sorted(places) for group, places in found.items()}

    @cached_property
    def country_shares(self) -> dict[str, float]:
        """By country, its part of all that is said of countries, their parts and their people; the opening counts double."""
        counts: Counter[str] = Counter()
        for index, seen in enumerate(self.sightings):
            for sighting in seen:
                place = place_of(sighting.name) if sighting.label in _PLACES else None
                if place is not None and place.country is not None:
                    counts[place.country] += 2 if index <= 1 else 1
        total = counts.total() or 1
        return {country: n / total for country, n in counts.items()}

    @cached_property
    def currency_home(self) -> tuple[str, float] | None:
        """The country of the currency that most of the article's amounts are in, and its part of them."""
        codes = Counter(f.mention.unit for f in self.article.figures if f.mention.kind == "money" and f.mention.unit)
        if not codes:
            return None
        code, n = codes.most_common(1)[0]
        # The first two letters of an ISO 4217 code are its country's ISO 3166 code.
        country = Locale("en").territories.get(code[:2]) if code[:2] not in _UNIONS else None
        place = place_of(country) if country else None
        return (place.name, n / codes.total()) if place is not None else None


def _sightings(view: SentenceView) -> list[Sighting]:
    names = [
        Sighting(n.start_char, n.end_char, n.place if n.label == "NORP" and n.place else n.name, n.label)
        for n in view.names
        if n.label in _LABELS
    ]
    base = view.start_char
    places = [
        Sighting(base + p.start, base + p.end, p.country if p.is_adjective and p.country else p.canonical, "PLACE")
        for p in find_places(view.text)
    ]
    places += [Sighting(base + m.start(), base + m.end(), "World", "WORLD") for m in _WORLD.finditer(view.text)]
    apart = [p for p in places if not any(p.start_char < n.end_char and n.start_char < p.end_char for n in names)]
    return sorted(names + apart, key=lambda s: (s.start_char, s.end_char, s.name, s.label))


def _group(label: str) -> str:
    return "ORG" if label in _ORGANISATIONS else "PLACE" if label in _PLACES else "OTHER"
