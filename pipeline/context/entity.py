"""Whose figure it is: a place, an organisation or a group, by its canonical name.

Candidates are the names and places in the measure, the sentence, the sentences before, the heading and the title, what
the article speaks of most, and what the figures before were found to be of.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from babel import Locale

from pipeline.context.meaning import Candidate, Meaning, Slate, State, Wording
from pipeline.context.surroundings import figure_features
from pipeline.context.view import ArticleView, FigureView, SentenceView
from pipeline.name import find_places, place_of

_WORLD = re.compile(r"(?i)\b(?:global(?:ly)?|world(?:wide|['’]s)?|international(?:ly)?)\b")
_LABELS = ("GPE", "ORG", "LOC", "NORP", "PERSON", "PRODUCT", "FAC", "LAW", "EVENT")
Sighting = tuple[int, int, str, str]


def propose(state: State, figure: FigureView, meaning: Meaning) -> Slate:
    """Candidates for the entity of ``figure``; their values are ``Wording``: canonical name, and where it stands."""
    article = state.article
    view = article.sentence_of(figure)
    shared = {**state.once("figure", figure, figure_features), f"role={meaning.role}": 1.0}
    found: dict[str, Candidate] = {}

    def add(name: str, start: int | None, end: int | None, rule: str, features: dict[str, float]) -> None:
        known = found.get(name)
        if known is None:
            found[name] = Candidate(Wording(name, start, end), rule, features)
        else:
            for key, value in features.items():
                known.features.setdefault(key, value)

    for start, end, name, label in sightings(article, view):
        features = _here(view, figure, meaning, start, end)
        features[f"label={label}"] = 1.0
        add(name, start, end, "entity:measure" if features.get("in_measure") else "entity:sentence", features)
    _add_measure_elsewhere(state, view, meaning, add)
    for back in (1, 2, 3):
        earlier = state.before(figure, back)
        if earlier is not None and earlier.entity is not None:
            same_sentence = article.sentence_of(article.figures[figure.index - back]).index == view.index
            entity = earlier.entity
            add(
                entity.text,
                entity.start_char,
                entity.end_char,
                "entity:figure_before",
                {
                    f"figure{back}_entity": 1.0,
                    f"figure{back}_here": float(same_sentence),
                    f"figure{back}_measure_same": float(meaning.measure is not None and earlier.measure == meaning.measure),
                },
            )
    for back in (1, 2):
        if view.index >= back:
            for place, (start, end, name, label) in enumerate(sightings(article, article.sentences[view.index - back])):
                add(
                    name,
                    start,
                    end,
                    "entity:sentence_before",
                    {f"above{back}": 1.0, f"above{back}_first": float(place == 0), f"label={label}": 1.0},
                )
    for where, index in (("heading", view.heading), ("title", 0)):
        if index is not None and index != view.index:
            for place, (start, end, name, label) in enumerate(sightings(article, article.sentences[index])):
                add(
                    name,
                    start,
                    end,
                    f"entity:{where}",
                    {f"in_{where}": 1.0, f"{where}_first": float(place == 0), f"label={label}": 1.0},
                )
    for name, (start, end, label, standing) in _protagonists(article).items():
        add(name, start, end, "entity:article", {f"label={label}": 1.0, **standing})
    home = _currency_home(article)
    if home is not None:
        add(home[0], None, None, "entity:currency", {"currency_home": home[1]})
    standing_of = _protagonists(article)
    for name, candidate in found.items():
        if name in standing_of:
            candidate.features.update(standing_of[name][3])
        words = name.split()
        candidate.features[f"last_word={words[-1].lower()}"] = 1.0
        candidate.features[f"first_word={words[0].lower()}"] = 1.0
        candidate.features["words"] = float(len(words))
    return Slate({**shared, "candidates": float(len(found))}, list(found.values()))


def _add_measure_elsewhere(state: State, view: SentenceView, meaning: Meaning, add) -> None:  # type: ignore[no-untyped-def]
    measure = meaning.measure
    if measure is None or measure.sentence == view.index:
        return
    for start, end, name, label in sightings(state.article, state.article.sentences[measure.sentence]):
        if start < measure.end_char and measure.start_char < end:
            add(name, start, end, "entity:measure", {"in_measure": 1.0, f"label={label}": 1.0})


@lru_cache(maxsize=4096)
def _sightings(article_id: int, text: str, start: int, end: int) -> tuple[Sighting, ...]:
    del article_id
    found = [
        (start + p.start, start + p.end, p.country if p.is_adjective and p.country else p.canonical, "PLACE")
        for p in find_places(text[start:end])
    ]
    found += [(start + m.start(), start + m.end(), "World", "WORLD") for m in _WORLD.finditer(text[start:end])]
    return tuple(found)


def sightings(article: ArticleView, view: SentenceView) -> list[Sighting]:
    """Names and places of a sentence as (start, end, canonical name, label), in order, one for overlapping ones."""
    names = [
        (n.start_char, n.end_char, n.place if n.label == "NORP" and n.place else n.name, n.label)
        for n in view.names
        if n.label in _LABELS
    ]
    taken = [(a, b) for a, b, _, _ in names]
    places = [
        s
        for s in _sightings(id(article), article.text, view.start_char, view.end_char)
        if not any(s[0] < b and a < s[1] for a, b in taken)
    ]
    return sorted(names + places)


def _here(view: SentenceView, figure: FigureView, meaning: Meaning, start: int, end: int) -> dict[str, float]:
    doc = view.doc
    first, last = view.token_range(start, end)
    root = doc[first:last].root
    measure = meaning.measure
    in_measure = measure is not None and start < measure.end_char and measure.start_char < end
    verb = doc[view.clause_verbs[figure.head]]
    before = start < figure.mention.start_char
    low, high = (last, figure.first) if before else (figure.last, first)
    return {
        "here": 1.0,
        "in_measure": float(in_measure),
        "measure_head": float(measure is not None and measure.sentence == view.index and first <= measure.head < last),
        f"dep={root.dep_}": 1.0,
        f"governor_dep={root.head.dep_}": 1.0,
        "possessive": float(root.dep_ == "poss" or (last < len(doc) and doc[last].tag_ == "POS")),
        "before": float(before),
        "distance": float(max(0, high - low)),
        "gap_figures": float(view.between("figure", low, high)),
        "gap_verbs": float(view.between("verb", low, high)),
        "subject": float(root.dep_ in ("nsubj", "nsubjpass") and root.head.i == verb.i),
        "same_clause": float(view.clause_verbs[root.i] == verb.i),
        "sentence_start": float(first <= 1),
        f"preposition={root.head.lower_ if root.dep_ == 'pobj' else None}": 1.0,
        f"after_word={doc[last].lower_ if last < len(doc) else None}": 1.0,
        f"before_word={doc[first - 1].lower_ if first else None}": 1.0,
        f"governor={root.head.lemma_.lower()}": 1.0,
    }


def _currency_home(article: ArticleView) -> tuple[str, float] | None:
    """The country of the currency that most of the article's amounts are in, and its part of them."""
    codes = Counter(f.mention.unit for f in article.figures if f.mention.kind == "money" and f.mention.unit)
    if not codes:
        return None
    code, n = codes.most_common(1)[0]
    # The first two letters of an ISO 4217 code are the country's ISO 3166 code, except for unions of countries.
    country = Locale("en").territories.get(code[:2]) if code[:2] not in ("EU", "XA", "XO", "XP", "XC") else None
    place = place_of(country) if country else None
    return (place.name, n / codes.total()) if place is not None else None


_Standing = tuple[int, int, str, dict[str, float]]


def _protagonists(article: ArticleView) -> dict[str, _Standing]:
    """What the article speaks of most: the three leading places and the three leading organisations, with their standing."""
    if "_protagonists" in article.__dict__:
        return article.__dict__["_protagonists"]  # type: ignore[no-any-return]
    counts: Counter[tuple[str, str]] = Counter()
    where: dict[str, tuple[int, int, str]] = {}
    opening: set[str] = set()
    for view in article.sentences:
        for start, end, name, label in sightings(article, view):
            group = (
                "ORG"
                if label in ("ORG", "PRODUCT", "FAC")
                else "PLACE"
                if label in ("GPE", "LOC", "NORP", "PLACE", "WORLD")
                else "OTHER"
            )
            counts[name, group] += 1
            where.setdefault(name, (start, end, label))
            if view.index <= 1:
                opening.add(name)
    found: dict[str, _Standing] = {}
    for group in ("PLACE", "ORG", "OTHER"):
        ranked = [(name, n) for (name, g), n in counts.most_common() if g == group]
        total = sum(n for _, n in ranked) or 1
        for place, (name, n) in enumerate(ranked[:3]):
            start, end, label = where[name]
            standing = {
                f"standing_{group}": float(place + 1),
                f"standing_{group}_{place}": 1.0,
                "standing_share": n / total,
                "standing_count": float(n),
                "opening": float(name in opening),
            }
            found.setdefault(name, (start, end, label, standing))
    article.__dict__["_protagonists"] = found
    return found
