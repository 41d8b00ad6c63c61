"""The questions in their order, and the reading of an article: each figure in turn, each question in turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pipeline.context import attribution, entity, measure, period, share, unit
from pipeline.context.clause import clause_features
from pipeline.context.conversion import restated
from pipeline.context.forest import Forest, load_forest
from pipeline.context.meaning import Meaning, Slate, State
from pipeline.context.view import ArticleView, FigureView


@dataclass(frozen=True, slots=True)
class Ranking:
    """A question answered by ranking candidates; ``asked`` tells whether it applies, from what is known so far."""

    name: str
    propose: Callable[[State, FigureView, Meaning], Slate]
    asked: Callable[[FigureView, Meaning], bool]


@dataclass(frozen=True, slots=True)
class Choice:
    """A question answered by one of a fixed set of classes."""

    name: str
    features: Callable[[State, FigureView, Meaning], dict[str, float]]
    asked: Callable[[FigureView, Meaning], bool]


def _always(figure: FigureView, meaning: Meaning) -> bool:
    return True


QUESTIONS: tuple[Ranking | Choice, ...] = (
    Ranking("measure", measure.propose, _always),
    Ranking("unit", unit.propose, unit.asked),
    Choice("role", clause_features, lambda figure, meaning: figure.mention.kind != "rank"),
    Choice("direction", clause_features, lambda figure, meaning: meaning.role == "change"),
    Choice("status", clause_features, _always),
    Ranking("period", period.propose, _always),
    Ranking("basis", period.propose_basis, lambda figure, meaning: meaning.role in ("change", "multiple")),
    Ranking("share_of", share.propose, lambda figure, meaning: meaning.role == "share"),
    Ranking("entity", entity.propose, _always),
    Ranking("attribution", attribution.propose, _always),
)


def answer(article: ArticleView, forests: Mapping[str, Forest] | None = None) -> list[Meaning]:
    """What each figure of ``article`` means, in order."""
    state = State(article)
    for figure in article.figures:
        original = restated(article, figure)
        if original is not None and original in state.meanings:
            source = state.meanings[original]
            state.record(
                figure,
                replace(source, conversion_of=original, rules={**source.rules, "conversion": "conversion:restated"}),
            )
            continue
        meaning = Meaning(role="rank" if figure.mention.kind == "rank" else "level")
        for question in QUESTIONS:
            if question.asked(figure, meaning):
                forest = forests[question.name] if forests is not None else load_forest(question.name)
                meaning = decide(question, forest, state, figure, meaning)
        state.record(figure, meaning)
    return [state.meanings[figure.index] for figure in article.figures]


def decide(question: Ranking | Choice, forest: Forest, state: State, figure: FigureView, meaning: Meaning) -> Meaning:
    """``meaning`` with one more question answered."""
    if isinstance(question, Choice):
        odds = forest.scores([question.features(state, figure, meaning)])[0]
        best = int(np.argmax(odds))
        value: Any = None if forest.classes[best] == "none" else forest.classes[best]
        return with_answer(meaning, question.name, value, f"{question.name}:{forest.classes[best]}", _margin(odds))
    slate = question.propose(state, figure, meaning)
    if not slate.candidates:
        return meaning
    scores = forest.scores([c.features for c in slate.candidates], shared=slate.shared)
    winner = slate.candidates[int(np.argmax(scores))]
    return with_answer(meaning, question.name, winner.value, winner.rule, _margin(scores))


def with_answer(meaning: Meaning, question: str, value: Any, rule: str, margin: float) -> Meaning:
    answers: dict[str, Any] = {question: value}
    return replace(meaning, **answers, rules={**meaning.rules, question: rule}, margins={**meaning.margins, question: margin})


def _margin(scores: np.ndarray[Any, Any]) -> float:
    """How far the best score is above the second."""
    if len(scores) < 2:
        return 9.0
    first, second = np.sort(scores)[-2:][::-1]
    return float(first - second)
