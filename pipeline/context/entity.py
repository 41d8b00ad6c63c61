"""Whose figure it is: a place, an organisation or a group, by its canonical name.

Candidates are the names and places in the measure, the sentence, the sentences before, the heading and the title, what
the article speaks of most, and what the figures before were found to be of.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.context.meaning import Candidate, Meaning, Slate, State, Wording
from pipeline.context.surroundings import figure_features
from pipeline.context.view import FigureView, SentenceView

Proposal = tuple[Wording, str, dict[str, float]]


def propose(state: State, figure: FigureView, meaning: Meaning) -> Slate:
    """Candidates for the entity of ``figure``; their values are ``Wording``: canonical name, and where it stands."""
    view = state.article.sentence_of(figure)
    shared = {**state.once("figure", figure, figure_features), f"role={meaning.role}": 1.0}
    found: dict[str, Candidate] = {}
    for wording, rule, features in (
        *_from_sentence(state, view, figure, meaning),
        *_from_measure(state, view, meaning),
        *_from_figures(state, view, figure, meaning),
        *_from_before(state, view),
        *_from_article(state),
    ):
        known = found.get(wording.text)
        if known is None:
            found[wording.text] = Candidate(wording, rule, dict(features))
        else:
            for key, value in features.items():
                known.features.setdefault(key, value)
    for name, candidate in found.items():
        if name in state.cast.protagonists:
            candidate.features.update(state.cast.protagonists[name][1])
        words = name.split() or [""]
        candidate.features[f"last_word={words[-1].lower()}"] = 1.0
        candidate.features[f"first_word={words[0].lower()}"] = 1.0
        candidate.features["words"] = float(len(words))
    return Slate({**shared, "candidates": float(len(found))}, list(found.values()))


def _from_sentence(state: State, view: SentenceView, figure: FigureView, meaning: Meaning) -> Iterator[Proposal]:
    for seen in state.cast.sightings[view.index]:
        features = _here(view, figure, meaning, seen.start_char, seen.end_char)
        features[f"label={seen.label}"] = 1.0
        rule = "entity:measure" if features["in_measure"] else "entity:sentence"
        yield Wording(seen.name, seen.start_char, seen.end_char), rule, features


def _from_measure(state: State, view: SentenceView, meaning: Meaning) -> Iterator[Proposal]:
    """The names in a measure that stands in another sentence."""
    measure = meaning.measure
    if measure is None or measure.sentence == view.index:
        return
    for seen in state.cast.sightings[measure.sentence]:
        if seen.start_char < measure.end_char and measure.start_char < seen.end_char:
            features = {"in_measure": 1.0, f"label={seen.label}": 1.0}
            yield Wording(seen.name, seen.start_char, seen.end_char), "entity:measure", features


def _from_figures(state: State, view: SentenceView, figure: FigureView, meaning: Meaning) -> Iterator[Proposal]:
    for back in (1, 2, 3):
        earlier = state.before(figure, back)
        if earlier is None or earlier.entity is None:
            continue
        there = state.article.sentence_of(state.article.figures[figure.index - back])
        features = {
            f"figure{back}_entity": 1.0,
            f"figure{back}_here": float(there.index == view.index),
            f"figure{back}_measure_same": float(meaning.measure is not None and earlier.measure == meaning.measure),
        }
        yield earlier.entity, "entity:figure_before", features


def _from_before(state: State, view: SentenceView) -> Iterator[Proposal]:
    places = [(f"above{back}", "sentence_before", view.index - back) for back in (1, 2) if view.index >= back]
    places += [(f"in_{where}", where, i) for where, i in (("heading", view.heading), ("title", 0)) if i not in (None, view.index)]
    for flag, where, index in places:
        for order, seen in enumerate(state.cast.sightings[index or 0]):
            features = {flag: 1.0, f"{flag.removeprefix('in_')}_first": float(order == 0), f"label={seen.label}": 1.0}
            yield Wording(seen.name, seen.start_char, seen.end_char), f"entity:{where}", features


def _from_article(state: State) -> Iterator[Proposal]:
    for name, (seen, standing) in state.cast.protagonists.items():
        yield Wording(name, seen.start_char, seen.end_char), "entity:article", {f"label={seen.label}": 1.0, **standing}
    if state.cast.currency_home is not None:
        name, part = state.cast.currency_home
        yield Wording(name, None, None), "entity:currency", {"currency_home": part}


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
