"""The stored trees: every question has its file, and they answer as they are told."""

from __future__ import annotations

import pytest

from pipeline.context.answer import QUESTIONS, Choice
from pipeline.context.forest import load_forest


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_question_has_trees(question: object) -> None:
    forest = load_forest(question.name)  # type: ignore[attr-defined]
    assert bool(forest.classes) is isinstance(question, Choice)
    assert forest.columns


def test_shared_features_count_for_every_row_and_unknown_ones_for_none() -> None:
    forest = load_forest("role")
    name = next(iter(forest.columns))
    apart = forest.scores([{name: 1.0}, {name: 1.0, "decimals": 1.0}])
    together = forest.scores([{}, {"decimals": 1.0}], shared={name: 1.0})
    assert (apart == together).all()
    assert (forest.scores([{"no such feature": 3.0}]) == forest.scores([{}])).all()


def test_confidence_is_trained() -> None:
    assert not load_forest("confidence").classes
