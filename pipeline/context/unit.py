"""What an elided count counts: ``Norway has taken 49 of its 52``, ``and 180 in Hesse``, ``the tally reached 4.88 million``.

A count whose noun stands right behind it has its unit already (``quantity.counted``). For the others the rules there make
a first guess; candidates are that guess, the units of the quantities before, what the figure measures, and the plural
nouns of the sentence, of the one before it and of the heading.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.context.meaning import Candidate, Meaning, Slate, State
from pipeline.context.surroundings import figure_features, meaning_features
from pipeline.context.view import FigureView, SentenceView
from pipeline.quantity.singular import is_plural, singular
from pipeline.quantity.words import HEADLESS, MASSES, TIME_NOUNS

_BACK = 6  # figures
_MOST = 40  # nouns of one sentence

Proposal = tuple[str, str, dict[str, float]]


def asked(figure: FigureView, meaning: Meaning) -> bool:
    return figure.mention.elided


def propose(state: State, figure: FigureView, meaning: Meaning) -> Slate:
    """Candidates for the unit of an elided count; their values are units: singular nouns, or codes (``t``, ``TEU``)."""
    view = state.article.sentence_of(figure)
    shared = dict(state.once("figure", figure, figure_features))
    found: dict[str, Candidate] = {}
    for unit, rule, features in (
        *_from_measure(state, meaning),
        *_from_figures(state, figure, meaning),
        *_from_sentence(view, figure),
        *_from_before(state, view),
        *_from_guess(figure),
    ):
        known = found.get(unit.lower())
        if known is None:
            found[unit.lower()] = Candidate(unit, rule, features)
        else:
            for name, number in features.items():
                known.features.setdefault(name, number)
    for name, candidate in found.items():
        candidate.features["used"] = float(min(state.count_units[name], 9))
        candidate.features[f"unit={name}"] = 1.0
        candidate.features["candidates"] = float(len(found))
    return Slate(shared, list(found.values()))


def _from_guess(figure: FigureView) -> Iterator[Proposal]:
    if figure.mention.unit is not None:
        yield figure.mention.unit, "unit:words", {"guess": 1.0}


def _from_measure(state: State, meaning: Meaning) -> Iterator[Proposal]:
    if meaning.measure is None:
        return
    view = state.article.sentences[meaning.measure.sentence]
    for token in view.doc[meaning.measure.first : meaning.measure.last]:
        unit = counted_as(token)
        if unit is not None:
            is_head = token.i == meaning.measure.head
            features = {"in_measure": 1.0, "measure_head": float(is_head), "plural": float(is_plural(token.lower_))}
            yield unit, "unit:measure", {**features, **meaning_features(token)}


def _from_figures(state: State, figure: FigureView, meaning: Meaning) -> Iterator[Proposal]:
    """The units of the quantities before, with how alike the two figures are."""
    here = state.article.sentence_of(figure)
    seen = 0
    for index in range(figure.index - 1, max(-1, figure.index - 1 - 2 * _BACK), -1):
        other = state.article.figures[index]
        known = state.meanings.get(index)
        if other.mention.kind != "quantity" or known is None:
            continue
        unit = known.unit or other.mention.unit
        if unit is None:
            continue
        seen += 1
        there = state.article.sentence_of(other)
        same = meaning.measure is not None and meaning.measure == known.measure
        features = {
            f"count{seen}": 1.0,
            "count_before": float(seen),
            "count_here": float(there.index == here.index),
            "count_sentences": float(here.index - there.index),
            "count_block": float(there.block == here.block),
            "count_measure": float(same),
            "count_named": float(not other.mention.elided),
            "count_size": _size(figure, other),
        }
        yield unit, "unit:count_before", features
        if seen == _BACK:
            return


def _size(figure: FigureView, other: FigureView) -> float:
    """How many orders of magnitude the two values lie apart; 9 where one is zero."""
    a, b = abs(figure.mention.value), abs(other.mention.value)
    return abs(math.log10(a / b)) if a and b else 9.0


def _from_sentence(view: SentenceView, figure: FigureView) -> Iterator[Proposal]:
    verb = view.clause_verbs[figure.head]
    for place, (token, unit) in enumerate(_nouns(view)):
        yield (
            unit,
            "unit:sentence",
            {
                "noun_here": 1.0,
                "noun_before": float(token.i < figure.first),
                "noun_distance": float(abs(token.i - figure.first)),
                "noun_place": float(place),
                "noun_after_of": float(
                    token.i > figure.last and any(t.lower_ == "of" for t in view.doc[figure.last : figure.last + 1])
                ),
                "noun_clause": float(view.clause_verbs[token.i] == verb),
                f"noun_dep={token.dep_}": 1.0,
                "noun_subject": float(token.dep_ in ("nsubj", "nsubjpass") and token.head.i == verb),
                "noun_object": float(token.dep_ in ("dobj", "attr") and token.head.i == verb),
                "plural": float(is_plural(token.lower_)),
                **meaning_features(token),
            },
        )


def _from_before(state: State, view: SentenceView) -> Iterator[Proposal]:
    places = [(f"back{back}", view.index - back) for back in (1, 2) if view.index >= back]
    if view.heading is not None and view.heading != view.index:
        places.append(("heading", view.heading))
    for name, index in places:
        earlier = state.article.sentences[index]
        for place, (token, unit) in enumerate(_nouns(earlier)):
            features = {
                f"noun_{name}": 1.0,
                f"noun_{name}_place": float(place),
                f"noun_{name}_block": float(earlier.block == view.block),
            }
            if earlier.parsed:
                features[f"noun_{name}_dep={token.dep_}"] = 1.0
            yield unit, f"unit:{'heading' if name == 'heading' else 'sentence_before'}", {
                **features, "plural": float(is_plural(token.lower_)), **meaning_features(token),
            }  # fmt: skip


def _nouns(view: SentenceView) -> list[tuple[Token, str]]:
    """The words of a sentence that may be counted; without tags, its plural words."""
    found = []
    for token in view.doc:
        if token.i in view.figure_tokens or token.i in view.date_tokens:
            continue
        unit = counted_as(token) if view.parsed else _plural_as_counted(token.text)
        if unit is not None:
            found.append((token, unit))
    return found[:_MOST]


def counted_as(token: Token) -> str | None:
    """``deals`` → ``deal``, ``population`` → ``person``; None for a word that nothing is counted in."""
    lower = token.lower_
    if lower in MASSES:
        return MASSES[lower]
    if token.pos_ not in ("NOUN", "PROPN") or lower in HEADLESS or lower in TIME_NOUNS:
        return None
    return singular(token.text if token.text[1:2].isupper() else lower) if is_plural(lower) else lower


def _plural_as_counted(word: str) -> str | None:
    lower = word.lower()
    if lower in MASSES:
        return MASSES[lower]
    return singular(lower) if is_plural(lower) and lower not in TIME_NOUNS and lower not in HEADLESS else None
