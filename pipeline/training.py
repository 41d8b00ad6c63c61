"""Train the rankers of ``context`` on annotated articles, and write their trees to ``context/weights``.

    python -m pipeline.training --gold ../shared/gold/train --more corpus/annotated \
        --more corpus/gold [--check ../shared/gold/dev] [--folds 3]

Needs the ``train`` extra (lightgbm, onnx); the trained trees need ONNX Runtime alone. Each question is trained on the
candidates that its own module proposes for the figures that our readers find. A question sees the answers to the questions
before it and to the figures before: gold ones in a first round, and in a second those that the first round's trees give on
articles that they were not trained on, so that the trees learn from the mistakes that they will meet in use.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.context.answer import QUESTIONS, Choice, Ranking, answer, decide, with_answer
from pipeline.context.confidence import confidence_features
from pipeline.context.conversion import restated
from pipeline.context.forest import Forest, forest_from
from pipeline.context.meaning import Candidate, Meaning, Period, State, Wording
from pipeline.context.phrases import Phrase
from pipeline.context.view import ArticleView, FigureView
from pipeline.extract import load_extractor
from pipeline.records import Article
from pipeline.score import same_words
from pipeline.trees import stored_forest

Gold = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article as our readers see it, and the gold row of each figure by its index."""

    view: ArticleView
    gold: Mapping[int, Gold]


RANKER = {
    "objective": "lambdarank", "lambdarank_truncation_level": 5, "num_leaves": 31, "learning_rate": 0.1, "min_data_in_leaf": 15,
    "feature_fraction": 0.25, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0,
}  # fmt: skip
CHOOSER = {
    "objective": "multiclass", "num_leaves": 15, "learning_rate": 0.05, "min_data_in_leaf": 8, "feature_fraction": 0.2,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 3.0,
}  # fmt: skip
COMMON = {"verbose": -1, "seed": 7, "deterministic": True, "force_col_wise": True, "max_bin": 63, "num_threads": 2}
JUDGE = {
    "objective": "binary",
    "num_leaves": 7,
    "learning_rate": 0.05,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.5,
    "lambda_l2": 5.0,
}
CONFIDENCE = "confidence"
WHOLE = ("measure", "unit", "role", "direction", "status", "period", "share_of")
ROUNDS = {"ranker": 150, "chooser": 150, "judge": 120}
#: Questions that gain by more and smaller steps.
SLOWER = {
    "measure": {"learning_rate": 0.05, "num_iterations": 400},
    "entity": {"learning_rate": 0.05, "num_iterations": 300},
}
MIN_COUNT = 10  # a feature that fewer figures show is noise


@dataclass(frozen=True, slots=True)
class Example:
    """One question asked of one figure: rows of features, and a label for each row (for a choice: one row, its class)."""

    shared: dict[str, float]
    rows: list[dict[str, float]]
    labels: list[Any]


def examples(annotated: Annotated, forests: Mapping[str, Forest]) -> dict[str, list[Example]]:
    """The examples of one article, by question.

    Without ``forests`` each question sees the gold answers to the questions before it. With them it sees what they
    answer, mistakes and all, as it will in use; they must not have been trained on this article.
    """
    article, gold = annotated.view, annotated.gold
    state = State(article)
    found: dict[str, list[Example]] = {name: [] for name in (*(question.name for question in QUESTIONS), CONFIDENCE)}
    for figure in article.figures:
        fact = gold.get(figure.index)
        original = restated(article, figure)
        if original is not None and original in state.meanings:
            state.record(figure, replace(state.meanings[original], conversion_of=original))
            continue
        start = Meaning(role="rank" if figure.mention.kind == "rank" else "level")
        seen, true = start, start
        for question in QUESTIONS:
            if fact is not None and question.asked(figure, true):
                example, value = _ask(question, state, figure, seen, fact)
                if example is not None:
                    found[question.name].append(example)
                true = with_answer(true, question.name, value, "gold", 0.0)
            if question.name in forests:
                if question.asked(figure, seen):
                    seen = decide(question, forests[question.name], state, figure, seen)
            else:
                seen = true
        if fact is not None and forests:
            right = all(verdicts(seen, fact, figure.mention.unit)[name] is not False for name in WHOLE)
            found[CONFIDENCE].append(Example({}, [confidence_features(figure.mention, seen)], [int(right)]))
        state.record(figure, seen)
    return found


def _ask(
    question: Ranking | Choice, state: State, figure: FigureView, meaning: Meaning, fact: Gold
) -> tuple[Example | None, Any]:
    if isinstance(question, Choice):
        value = fact[question.name]
        return Example({}, [question.features(state, figure, meaning)], [value or "none"]), value
    slate = question.propose(state, figure, meaning)
    labels = [is_right(question.name, candidate.value, fact) for candidate in slate.candidates]
    example = Example(slate.shared, [c.row for c in slate.candidates], [int(bool(b)) for b in labels])
    rights = [c for c, right in zip(slate.candidates, labels, strict=True) if right]
    if question.name in ("period", "basis"):
        days = fact[question.name]
        value = next((c.value for c in rights), None) if rights else _period(days)
    elif not rights:
        value = None
    else:
        value = _prefer(state, rights)
    usable = any(labels) and not all(labels)
    return (example if usable else None), value


def _period(days: Sequence[str | None] | None) -> Period | None:
    if not days:
        return None
    start, end = (date.fromisoformat(day) if day else None for day in days)
    return Period(start, end)


def _prefer(state: State, rights: list[Candidate]) -> Any:
    """Before any tree is trained: what an earlier figure measured already, else the shortest wording of the sentence."""
    used = {(m.measure.start_char, m.measure.end_char) for m in state.meanings.values() if m.measure is not None}
    for candidate in rights:
        if isinstance(candidate.value, Phrase) and (candidate.value.start_char, candidate.value.end_char) in used:
            return candidate.value
    return max(rights, key=lambda c: (c.features.get("here", 0), -len(getattr(c.value, "text", "") or ""))).value


def is_right(question: str, value: object, fact: Gold) -> bool:
    """Whether a candidate answers as the gold does, by the scorer's own comparison."""
    if question in ("period", "basis"):
        days = fact[question]
        if value is None or not days:
            return value is None and not days
        assert isinstance(value, Period)
        return [d.isoformat() if d else None for d in value.days] == list(days)
    if question == "unit":
        units = [fact["unit"]] if isinstance(fact["unit"], str) else fact["unit"]
        return str(value).lower() in {unit.lower() for unit in units}
    wordings = fact[question]
    if value is None or not wordings:
        return value is None and not wordings
    text = value.text if isinstance(value, Phrase | Wording) else str(value)
    return same_words(text, wordings, least=0.5 if question in ("entity", "attribution") else 0.6)


def train(question: Ranking | Choice | str, found: Sequence[Example]) -> bytes:
    """Train one question's trees; returns their stored form (see ``forest.forest_from``).

    Raises ``ValueError`` when the examples are too few to show any feature ``MIN_COUNT`` times.
    """
    import lightgbm
    import scipy.sparse  # type: ignore[import-untyped]  # published without types

    counts: Counter[str] = Counter()
    for example in found:
        counts.update(set(example.shared).union(*example.rows))
    names = sorted(name for name, n in counts.items() if n >= MIN_COUNT)
    if not names:
        name = question if isinstance(question, str) else question.name
        raise ValueError(f"{len(found)} examples are too few to train {name!r} on: annotate more articles that ask it.")
    column = {name: i for i, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    labels: list[Any] = []
    for example in found:
        for row, label in zip(example.rows, example.labels, strict=True):
            for name, number in {**example.shared, **row}.items():
                if name in column and number:
                    rows.append(len(labels))
                    columns.append(column[name])
                    values.append(number)
            labels.append(label)
    matrix = scipy.sparse.csr_matrix((values, (rows, columns)), shape=(len(labels), len(names)), dtype=np.float32)
    if isinstance(question, Choice):
        classes = sorted(set(labels))
        target = [classes.index(label) for label in labels]
        data = lightgbm.Dataset(matrix, target)
        booster = lightgbm.train({**CHOOSER, **COMMON, "num_class": len(classes)}, data, ROUNDS["chooser"])
    elif question == CONFIDENCE:
        classes = []
        booster = lightgbm.train({**JUDGE, **COMMON}, lightgbm.Dataset(matrix, labels), ROUNDS["judge"])
    else:
        assert isinstance(question, Ranking)
        classes = []
        data = lightgbm.Dataset(matrix, labels, group=[len(example.rows) for example in found])
        booster = lightgbm.train({"num_iterations": ROUNDS["ranker"], **RANKER, **COMMON, **SLOWER.get(question.name, {})}, data)
    return stored_forest(booster, names, classes)


def train_all(articles: Sequence[Annotated], *, folds: int = 3) -> dict[str, bytes]:
    """Train every question, and how far to trust the answers; returns the stored forms by question.

    First on gold answers to what was asked before, leaving out one fold of the articles at a time; then, for good, on
    what these first trees answer on the fold that they have not seen. Confidence is learned from what trees of the second
    kind answer on articles that they have not seen, since those are as good as the ones that will be used.
    """
    order = list(range(len(articles)))
    random.Random(11).shuffle(order)
    held = [order[k::folds] for k in range(folds)]
    taught = [examples(article, {}) for article in articles]
    first = _examples_of_unseen(articles, taught, held)
    states = _train_questions(first)
    judged = [e for found in _examples_of_unseen(articles, first, held) for e in found[CONFIDENCE]]
    return {**states, CONFIDENCE: train(CONFIDENCE, judged)}


def _examples_of_unseen(
    articles: Sequence[Annotated], known: Sequence[dict[str, list[Example]]], held: Sequence[Sequence[int]]
) -> list[dict[str, list[Example]]]:
    """The examples of each article when earlier questions are answered by trees trained on the ``known`` of the other folds."""
    found: list[dict[str, list[Example]]] = [{} for _ in articles]
    for fold in held:
        unseen = set(fold)
        states = _train_questions([known[i] for i in range(len(articles)) if i not in unseen])
        forests = {name: forest_from(state) for name, state in states.items()}
        for i in fold:
            found[i] = examples(articles[i], forests)
    return found


def _train_questions(gathered: Sequence[dict[str, list[Example]]]) -> dict[str, bytes]:
    return {question.name: train(question, [e for found in gathered for e in found[question.name]]) for question in QUESTIONS}


def check(articles: Sequence[Annotated], forests: Mapping[str, Forest]) -> dict[str, tuple[int, int]]:
    """How often each question is answered right, as (right, asked); ``whole`` counts all parts of a fact together."""
    tally: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for article in articles:
        for index, meaning in enumerate(answer(article.view, forests)):
            fact = article.gold.get(index)
            if fact is None:
                continue
            whole = True
            for name, right in verdicts(meaning, fact, article.view.figures[index].mention.unit).items():
                if right is not None:
                    asked[name] += 1
                    tally[name] += right
                    whole = whole and (right or name not in WHOLE)
            asked["whole"] += 1
            tally["whole"] += whole
    return {name: (tally[name], asked[name]) for name in asked}


def verdicts(meaning: Meaning, fact: Gold, unit: str | None = None) -> dict[str, bool | None]:
    """Per question, whether the answer is the gold's; None where the gold accepts anything. ``unit`` is what was read."""
    direction = meaning.direction if meaning.role == "change" else None
    found: dict[str, bool | None] = {
        "unit": is_right("unit", meaning.unit or unit, fact),
        "role": meaning.role == fact["role"],
        "status": meaning.status == fact["status"],
        "direction": direction == fact["direction"] or (fact["direction"] is None and meaning.role == fact["role"]),
        "basis": is_right("basis", meaning.basis, fact) if fact["role"] in ("change", "multiple") else None,
    }
    for name in ("measure", "period", "entity", "attribution", "share_of"):
        if name in ("measure", "entity") and fact[name] is None:
            found[name] = None
        elif name == "share_of" and fact[name] is None and fact["role"] == "share":
            found[name] = True
        else:
            found[name] = is_right(name, getattr(meaning, name), fact)
    return found


def read_gold(folder: Path, extractor: Any) -> list[Annotated]:
    """Read a folder of gold with our own readers, and pair each figure found with its gold row, as the scorer does."""
    files = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.json"))
        if not path.name.endswith(".meta.json")
    ]
    articles = [
        Article(source=g["doc"], text=g["text"], published_at=datetime.fromisoformat(g["published"]) if g["published"] else None)
        for g in files
    ]
    found = []
    for reading, gold in zip(extractor.read_batch(articles), files, strict=True):
        pairs: dict[int, Gold] = {}
        for fact in gold["facts"]:
            overlaps = [
                (min(f.end_char, fact["end"]) - max(f.start_char, fact["start"]), i)
                for i, f in enumerate(reading.figures)
                if f.kind == fact["kind"] and f.start_char < fact["end"] and f.end_char > fact["start"]
            ]
            if overlaps and not fact["optional"]:
                pairs[max(overlaps)[1]] = fact
        found.append(Annotated(reading.view, pairs))
    return found


def cross_validate(articles: Sequence[Annotated], more: Sequence[Annotated], folds: int) -> dict[str, tuple[int, int]]:
    """Train on ``more`` and all folds of ``articles`` but one and check on that one, for each; the sums over the folds."""
    order = list(range(len(articles)))
    random.Random(5).shuffle(order)
    total: dict[str, tuple[int, int]] = {}
    for k in range(folds):
        held = set(order[k::folds])
        states = train_all([*more, *(articles[i] for i in order if i not in held)])
        forests = {name: forest_from(state) for name, state in states.items()}
        for name, (right, asked) in check([articles[i] for i in held], forests).items():
            before = total.get(name, (0, 0))
            total[name] = (before[0] + right, before[1] + asked)
    return total


def _report(title: str, result: Mapping[str, tuple[int, int]]) -> None:
    print(title, "  ".join(f"{name} {right / asked:.3f}" for name, (right, asked) in sorted(result.items())), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, action="append", required=True, help="a folder of gold; may be given several times")
    parser.add_argument("--more", type=Path, action="append", default=[], help="gold to train on that no fold is checked on")
    parser.add_argument("--check", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--no-write", action="store_true", help="leave the weights as they are")
    args = parser.parse_args()
    extractor = load_extractor(trained=False)
    articles = [article for folder in args.gold for article in read_gold(folder, extractor)]
    more = [article for folder in args.more for article in read_gold(folder, extractor)]
    if args.folds:
        _report(f"{args.folds} folds", cross_validate(articles, more, args.folds))
    states = train_all([*articles, *more])
    if args.check:
        _report("check", check(read_gold(args.check, extractor), {name: forest_from(state) for name, state in states.items()}))
    if not args.no_write:
        folder = Path(__file__).parent / "context" / "weights"
        folder.mkdir(exist_ok=True)
        for name, state in states.items():
            (folder / f"{name}.onnx.gz").write_bytes(state)


if __name__ == "__main__":
    main()
