"""The decisions of spaCy's ``ner`` and ``parser`` components, taken for many tokens at once, with the components' own weights.

The components decide token after token in compiled code that asks for Python's global lock at each of some seventy possible
moves, which takes twice as long as the arithmetic. What they compute is simple enough to be laid out for whole arrays:

- Names. The scores of a token outside of a name depend on that token alone (its window is in its vector), so they are computed
  for all tokens together; inside of a name they depend on its first token and the one before, and all names that are open go
  on together. Moves are allowed as in ``spacy/pipeline/_parser_internals/ner.pyx`` for a Doc without names that were set before.
- Parses. The component's own states and moves, driven from outside with the lock held, many sentences a step.

Sums are taken in the order of the compiled code; products go through another matrix library, so that scores may differ in
their last digit. Where a component is built otherwise (another width of state, beams, unseen classes, a GPU), it is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.pipeline import DependencyParser, EntityRecognizer
from spacy.tokens import Doc, Span
from thinc.api import NumpyOps

_Floats = NDArray[np.float32]

#: Features of a state in the models that are read here: the token, the first of the open name, the one before.
_NER_FEATURES = 3


def find_names(ner: EntityRecognizer, docs: Sequence[Doc]) -> None:
    """Set ``doc.ents`` of each Doc, as ``ner`` does."""
    filled = [doc for doc in docs if len(doc)]
    if not filled:
        return
    if not _is_plain(ner) or any(doc.has_annotation("ENT_IOB") for doc in filled):
        for _ in ner.pipe(filled, batch_size=len(filled)):
            pass
        return
    lower, upper = ner.model.layers[1], ner.model.layers[2]
    features = lower.predict(ner.model.layers[0].predict(filled))
    scorer = _Scorer(features, lower.get_param("b"), upper.get_param("W"), upper.get_param("b"))
    moves = _Moves([ner.moves.get_class_name(move) for move in range(upper.get_dim("nO"))])
    flags = np.concatenate([doc.to_array(["SENT_START", "IS_SPACE"]) for doc in filled])
    lengths = [len(doc) for doc in filled]
    last = np.zeros(len(flags), dtype=bool)
    last[np.cumsum(lengths) - 1] = True
    ends_sentence = np.append(flags[1:, 0] == 1, False) | last
    best = _outside(scorer, moves, is_space=flags[:, 1] == 1, ends_sentence=ends_sentence)
    spans = _spans(scorer, moves, best, ends_sentence=ends_sentence, last=last)
    _write_names(filled, spans)


def _is_plain(ner: EntityRecognizer) -> bool:
    layers = ner.model.layers
    return (
        type(ner) is EntityRecognizer
        and _is_greedy(ner)
        and len(layers) == 3
        and layers[1].get_dim("nF") == _NER_FEATURES
        and layers[1].has_dim("nP") is True
        and layers[1].get_dim("nP") >= 2
        and not ner.model.attrs.get("unseen_classes")
    )


def _is_greedy(component: Any) -> bool:
    """Whether a component takes the best move at once, and computes on this machine's processor."""
    return isinstance(component.model.ops, NumpyOps) and component.cfg.get("beam_width", 1) == 1


class _Moves:
    """The places of the moves among the scores: ``O``, and by label those that begin, go on, end, or are a name."""

    def __init__(self, names: Sequence[str]) -> None:
        self.labels = [name[2:] if name[1:2] == "-" else "" for name in names]
        self.out = names.index("O")
        self.kind = np.array([name[0] for name in names])
        usable = np.array([bool(label) for label in self.labels])
        self.begins, self.units = (self.kind == "B") & usable, (self.kind == "U") & usable
        self.never = ~(self.begins | self.units)
        self.never[self.out] = False
        place = {name: index for index, name in enumerate(names)}
        #: By place of a B: the places of its I and its L.
        self.inside = np.array([place.get(f"I-{label}", -1) for label in self.labels])
        self.ends = np.array([place.get(f"L-{label}", -1) for label in self.labels])


class _Scorer:
    """Scores of states. ``features`` has a row of padding, then one for each token: what it adds in each role of a state."""

    def __init__(self, features: Any, bias: Any, weights: Any, upper_bias: Any) -> None:
        self.features: _Floats = features
        self.bias: _Floats = bias
        self.weights: _Floats = weights
        self.upper_bias: _Floats = upper_bias

    def outside(self) -> _Floats:
        """Scores of every move for every token, where no name is open."""
        padding = self.features[0]
        summed = self.features[1:, 0] + padding[1]
        summed += padding[2]
        return self._upper(summed)

    def inside(self, token: NDArray[np.int64], first: NDArray[np.int64]) -> _Floats:
        """Scores of every move for these tokens, in names that begin at ``first``."""
        summed = self.features[token + 1, 0] + self.features[first + 1, 1]
        summed += self.features[token, 2]
        return self._upper(summed)

    def _upper(self, summed: _Floats) -> _Floats:
        summed += self.bias
        scores: _Floats = summed.max(axis=-1) @ self.weights.T
        scores += self.upper_bias
        return scores


def _outside(
    scorer: _Scorer, moves: _Moves, *, is_space: NDArray[np.bool_], ends_sentence: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """The best allowed move of every token, where no name is open."""
    scores = scorer.outside()
    scores[:, moves.never] = -np.inf
    scores[np.ix_(is_space, moves.units)] = -np.inf
    scores[np.ix_(is_space | ends_sentence, moves.begins)] = -np.inf
    best: NDArray[np.int64] = scores.argmax(axis=1)
    return best


def _spans(
    scorer: _Scorer,
    moves: _Moves,
    best: NDArray[np.int64],
    *,
    ends_sentence: NDArray[np.bool_],
    last: NDArray[np.bool_],
) -> list[tuple[int, int, str]]:
    """Names as tokens from, to (exclusive) and label, in order, none overlapping: a name that begins inside another is none."""
    starts = np.flatnonzero(best != moves.out)
    ends = starts + 1
    open_ = np.flatnonzero(moves.begins[best[starts]])
    token = starts[open_] + 1
    while len(open_):
        first = starts[open_]
        scores = scorer.inside(token, first)
        rows, begun = np.arange(len(open_)), best[first]
        inside, end = moves.inside[begun], moves.ends[begun]
        goes_on = scores[rows, inside]
        closes = scores[rows, end]
        stays = np.where(inside < end, goes_on >= closes, goes_on > closes) & ~ends_sentence[token] & (inside >= 0)
        ends[open_[~stays]] = token[~stays] + 1
        open_, token = open_[stays], token[stays] + 1
    found: list[tuple[int, int, str]] = []
    at = 0
    candidates: list[tuple[int, int, int]] = np.stack([starts, ends, best[starts]], axis=1).tolist()
    for begin, behind, move in candidates:
        if begin >= at:
            found.append((begin, behind, moves.labels[move]))
            at = behind
    return found


def _write_names(docs: Sequence[Doc], spans: Sequence[tuple[int, int, str]]) -> None:
    position = offset = 0
    for doc in docs:
        ents = []
        while position < len(spans) and spans[position][0] < offset + len(doc):
            start, end, label = spans[position]
            ents.append(Span(doc, start - offset, end - offset, label=label))
            position += 1
        doc.set_ents(ents, default="outside")
        offset += len(doc)


def parse_trees(parser: DependencyParser, docs: Sequence[Doc]) -> None:
    """Set heads and dependencies of each Doc, as ``parser`` does."""
    filled = [doc for doc in docs if len(doc)]
    if not filled:
        return
    if type(parser) is not DependencyParser or not _is_greedy(parser):
        for _ in parser.pipe(filled, batch_size=len(filled)):
            pass
        return
    states = parser.moves.init_batch(filled)
    model = parser.model.predict(filled)
    unfinished = [state for state in states if not state.is_final()]
    while unfinished:
        unfinished = parser.transition_states(unfinished, model.predict(unfinished))
    model.clear_memory()
    parser.set_annotations(filled, states)
