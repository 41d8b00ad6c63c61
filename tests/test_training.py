"""Training: stored trees score as LightGBM's own, and a small training answers the articles that it was shown."""

from __future__ import annotations

from pathlib import Path

import lightgbm
import numpy as np
import pytest

from pipeline import training
from pipeline.context.answer import QUESTIONS
from pipeline.context.forest import Rows, forest_from
from pipeline.extract import load_extractor
from pipeline.trees import stored_forest

CORPUS = Path(__file__).parents[1] / "corpus"
NAMES = [f"feature {i}" for i in range(12)]


def _data(rows: int = 400) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(3)
    matrix = (random.random((rows, len(NAMES))) * (random.random((rows, len(NAMES))) < 0.6)).astype(np.float32)
    return matrix, (matrix[:, 2] + matrix[:, 5] * matrix[:, 7] > 0.6).astype(int) + (matrix[:, 1] > 0.7)


@pytest.mark.parametrize(("objective", "classes"), [("multiclass", ("a", "b", "c")), ("lambdarank", ()), ("binary", ())], ids=str)
def test_stored_trees_score_as_the_trained_ones(objective: str, classes: tuple[str, ...]) -> None:
    matrix, labels = _data()
    group = [20] * 20 if objective == "lambdarank" else None
    data = lightgbm.Dataset(matrix, labels.clip(max=1) if objective == "binary" else labels, group=group)
    choice = {"num_class": len(classes)} if classes else {}
    booster = lightgbm.train({"objective": objective, "verbose": -1, "num_leaves": 7, **choice}, data, 20)
    forest = forest_from(stored_forest(booster, NAMES, classes))
    assert forest.classes == classes
    assert set(forest.columns) <= set(NAMES)
    # On a threshold itself single and double precision part ways first.
    split = booster.dump_model()["tree_info"][0]["tree_structure"]
    matrix[:50, split["split_feature"]] = np.float32(split["threshold"])
    rows = [dict(zip(NAMES, map(float, line), strict=True)) for line in matrix]
    [scores] = forest.scores([Rows(rows)])
    assert np.abs(scores - booster.predict(matrix, raw_score=True)).max() < 1e-4


@pytest.mark.slow
def test_a_small_training_answers_what_it_was_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for path in sorted((CORPUS / "annotated").glob("b*.json"))[:12]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(training, "ROUNDS", dict.fromkeys(training.ROUNDS, 12))
    monkeypatch.setattr(training, "SLOWER", {})
    monkeypatch.setattr(training, "RANKER", {**training.RANKER, "learning_rate": 0.3, "min_data_in_leaf": 3})
    monkeypatch.setattr(training, "CHOOSER", {**training.CHOOSER, "learning_rate": 0.3, "min_data_in_leaf": 3})
    monkeypatch.setattr(training, "MIN_COUNT", 3)
    articles = training.read_gold(tmp_path, load_extractor(trained=False))
    states = training.train_all(articles, folds=2)
    assert set(states) == {*(question.name for question in QUESTIONS), training.CONFIDENCE}
    found = training.check(articles, {name: forest_from(state) for name, state in states.items()})
    for question in ("measure", "period", "role", "status"):
        right, asked = found[question]
        assert right / asked > 0.8, question


def test_a_question_without_examples_is_named() -> None:
    with pytest.raises(ValueError, match="unit"):
        training.train(next(q for q in QUESTIONS if q.name == "unit"), [])
