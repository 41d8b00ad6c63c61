"""The stored trees: every question has its file, and they answer as they are told."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.context.answer import QUESTIONS, Choice
from pipeline.context.forest import Rows, load_forest


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_question_has_trees(question: object) -> None:
    forest = load_forest(question.name)  # type: ignore[attr-defined]
    assert bool(forest.classes) is isinstance(question, Choice)
    assert forest.columns


def test_shared_features_count_for_every_row_and_unknown_ones_for_none() -> None:
    forest = load_forest("role")
    nothing, *alone = forest.scores([Rows([{}, *({name: 1.0} for name in forest.columns)])])[0]
    name = next(name for name, score in zip(forest.columns, alone, strict=True) if (score != nothing).any())
    apart = Rows([{name: 1.0}, {name: 1.0, "decimals": 1.0}])
    together = Rows([{}, {"decimals": 1.0}], shared={name: 1.0})
    placed = Rows([{}, {"decimals": 1.0}], bases=[forest.place({name: 1.0})] * 2)
    other = Rows([{"no such feature": 3.0}, {}])
    found = forest.scores([apart, together, placed, other])
    assert (found[0] == found[1]).all()
    assert (found[0] == found[2]).all()
    assert (found[3][0] == found[3][1]).all()
    assert (found[0][0] != found[3][0]).any()


def test_a_row_has_the_same_score_in_any_company() -> None:
    forest = load_forest("measure")
    rows = [{name: 1.0} for name in forest.columns][:300]
    together = np.concatenate(forest.scores([Rows(rows[:7]), Rows(rows[7:])]))
    alone = np.concatenate([forest.scores([Rows([row])])[0] for row in rows])
    assert (together == alone).all()
    assert len(set(alone)) > 9


def test_confidence_is_trained() -> None:
    assert not load_forest("confidence").classes
