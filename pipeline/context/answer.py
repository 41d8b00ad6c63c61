"""The questions in their order, and the reading of an article: each figure in turn, each question in turn."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any

from pipeline.context import attribution, entity, measure, period, share, unit
from pipeline.context.clause import clause_features
from pipeline.context.conversion import restated
from pipeline.context.forest import Forest, Gathered, Rows, Scores, load_forest
from pipeline.context.meaning import Candidate, Meaning, Slate, State
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
    Ranking("attribution", attribution.propose, _always),
    Ranking("entity", entity.propose, _always),
)


_NAMES = [field.name for field in fields(Meaning)]  # rules and margins are the last two
_FIELDS = attrgetter(*_NAMES)
_PLACES = {name: place for place, name in enumerate(_NAMES)}
_SURE = 9.0  # how far a candidate without rivals is above the second


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of one figure: its candidates (none for a choice), as rows that the trees of ``question`` are to score.

    There are no rows where there is nothing to choose from.
    """

    question: Ranking | Choice
    rows: Gathered | None
    candidates: Sequence[Candidate]


Reader = Generator[Asked, Scores | None, list[Meaning]]


def answer(article: ArticleView, forests: Mapping[str, Forest] | None = None) -> list[Meaning]:
    """What each figure of ``article`` means, in order."""
    return answer_all([article], forests)[0]


def answer_all(articles: Sequence[ArticleView], forests: Mapping[str, Forest] | None = None) -> list[list[Meaning]]:
    """What the figures of each article mean.

    Articles do not see each other. They are read side by side, so that trees, which do not fit the processor's cache
    together, score the candidates of many figures at once; a row's score does not depend on the rows beside it.
    """
    found: list[list[Meaning]] = [[] for _ in articles]
    waiting: dict[str, list[tuple[int, Reader, Asked]]] = {question.name: [] for question in QUESTIONS}

    def go_on(place: int, reader: Reader, scores: Scores | None) -> None:
        try:
            asked = reader.send(scores)
        except StopIteration as done:
            found[place] = done.value
        else:
            waiting[asked.question.name].append((place, reader, asked))

    known = forests if forests is not None else {question.name: load_forest(question.name) for question in QUESTIONS}
    for place, article in enumerate(articles):
        go_on(place, _read(article, known), None)
    while any(waiting.values()):
        name = max(waiting, key=lambda name: len(waiting[name]))
        turn, waiting[name] = waiting[name], []
        rows = [asked.rows for *_, asked in turn if asked.rows is not None]
        for (place, reader, _), scores in zip(turn, known[name].scores_of(rows), strict=True):
            go_on(place, reader, scores)
    return found


def _read(article: ArticleView, forests: Mapping[str, Forest]) -> Reader:
    """Read an article: gives what it asks, takes the scores, and returns the meanings of its figures in order."""
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
                asked = _ask(question, forests[question.name], state, figure, meaning)
                scores = (yield asked) if asked.rows is not None else None
                meaning = choose(asked, forests[question.name], meaning, scores)
        state.record(figure, meaning)
    return [state.meanings[figure.index] for figure in article.figures]


def decide(question: Ranking | Choice, forest: Forest, state: State, figure: FigureView, meaning: Meaning) -> Meaning:
    """``meaning`` with one more question answered."""
    asked = _ask(question, forest, state, figure, meaning)
    return choose(asked, forest, meaning, forest.scores_of([asked.rows])[0] if asked.rows is not None else None)


def _ask(question: Ranking | Choice, forest: Forest, state: State, figure: FigureView, meaning: Meaning) -> Asked:
    if isinstance(question, Choice):
        return Asked(question, forest.gather(Rows([question.features(state, figure, meaning)])), ())
    slate = question.propose(state, figure, meaning)
    if len(slate.candidates) < 2:
        return Asked(question, None, slate.candidates)
    bases = state.placed(question.name, forest, [c.base for c in slate.candidates])
    return Asked(question, forest.gather(Rows([c.features for c in slate.candidates], slate.shared, bases)), slate.candidates)


def choose(asked: Asked, forest: Forest, meaning: Meaning, scores: Scores | None) -> Meaning:
    """``meaning`` with the best of what was asked; ``scores`` may be missing where there is no choice."""
    name = asked.question.name
    if isinstance(asked.question, Choice):
        assert scores is not None
        odds = scores[0].tolist()
        answer = forest.classes[odds.index(max(odds))]
        return with_answer(meaning, name, None if answer == "none" else answer, f"{name}:{answer}", _margin(odds))
    if not asked.candidates:
        return meaning
    if scores is None:
        return with_answer(meaning, name, asked.candidates[0].value, asked.candidates[0].rule, _SURE)
    weighed = [score + candidate.prior for score, candidate in zip(scores.tolist(), asked.candidates, strict=True)]
    winner = asked.candidates[weighed.index(max(weighed))]
    return with_answer(meaning, name, winner.value, winner.rule, _margin(weighed))


def with_answer(meaning: Meaning, question: str, value: Any, rule: str, margin: float) -> Meaning:
    # What ``dataclasses.replace`` does, at a third of its cost: every question of every figure comes by here.
    answers = list(_FIELDS(meaning))
    answers[_PLACES[question]] = value
    answers[-2:] = {**meaning.rules, question: rule}, {**meaning.margins, question: margin}
    return Meaning(*answers)


def _margin(scores: Sequence[float]) -> float:
    """How far the best score is above the second."""
    if len(scores) < 2:
        return _SURE
    *_, second, first = sorted(scores)
    return first - second
