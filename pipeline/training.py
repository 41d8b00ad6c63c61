"""Train the rankers of ``context`` on annotated articles, and write their trees to ``context/weights``.

    python -m pipeline.training --gold ../shared/gold/train [--check ../shared/gold/dev] [--folds 3]

Needs the ``train`` extra (lightgbm); the trained trees need numpy alone. Each question is trained on the candidates that
its own module proposes for the figures that our readers find, with the answers to earlier questions, and those of
earlier figures, taken from the gold. Two rounds: where several phrases are accepted wordings, the second round takes the
one that the first round's trees prefer, so that the answers that later figures see are those that they will see in use.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.context.answer import QUESTIONS, Choice, Ranking, answer, with_answer
from pipeline.context.conversion import restated
from pipeline.context.forest import Forest, forest_from
from pipeline.context.meaning import Candidate, Meaning, Period, State, Wording
from pipeline.context.phrases import Phrase
from pipeline.context.view import ArticleView, FigureView
from pipeline.score import same_words

Gold = Mapping[str, Any]
RANKER = {
    "objective": "lambdarank", "lambdarank_truncation_level": 5, "num_leaves": 31, "learning_rate": 0.04, "min_data_in_leaf": 15,
    "feature_fraction": 0.25, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0,
}  # fmt: skip
CHOOSER = {
    "objective": "multiclass", "num_leaves": 15, "learning_rate": 0.05, "min_data_in_leaf": 8, "feature_fraction": 0.2,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 3.0,
}  # fmt: skip
COMMON = {"verbose": -1, "seed": 7, "deterministic": True, "force_row_wise": True, "num_threads": 2}
ROUNDS = {"ranker": 400, "chooser": 150}
MIN_COUNT = 10  # a feature that fewer figures show is noise


@dataclass(frozen=True, slots=True)
class Example:
    """One question asked of one figure: rows of features, and a label for each row (for a choice: one row, its class)."""

    shared: dict[str, float]
    rows: list[dict[str, float]]
    labels: list[Any]


def examples(article: ArticleView, gold: Mapping[int, Gold], forests: Mapping[str, Forest]) -> dict[str, list[Example]]:
    """The examples of one article, by question; ``gold`` maps the index of a figure to its gold row."""
    state = State(article)
    found: dict[str, list[Example]] = {question.name: [] for question in QUESTIONS}
    for figure in article.figures:
        fact = gold.get(figure.index)
        meaning = Meaning(role="rank" if figure.mention.kind == "rank" else "level")
        original = restated(article, figure)
        if original is not None and original in state.meanings:
            state.meanings[figure.index] = replace(state.meanings[original], conversion_of=original)
            continue
        if fact is None:
            # An extra or optional figure: nobody says what it means, so the figures after it see the likeliest reading.
            for question in QUESTIONS:
                if question.name in forests and question.asked(figure, meaning):
                    from pipeline.context.answer import decide

                    meaning = decide(question, forests[question.name], state, figure, meaning)
            state.meanings[figure.index] = meaning
            continue
        for question in QUESTIONS:
            if not question.asked(figure, meaning):
                continue
            example, value = _ask(question, state, figure, meaning, fact, forests.get(question.name))
            if example is not None:
                found[question.name].append(example)
            meaning = with_answer(meaning, question.name, value, "gold", 0.0)
        state.meanings[figure.index] = meaning
    return found


def _ask(
    question: Ranking | Choice, state: State, figure: FigureView, meaning: Meaning, fact: Gold, forest: Forest | None
) -> tuple[Example | None, Any]:
    if isinstance(question, Choice):
        value = fact[question.name]
        return Example({}, [question.features(state, figure, meaning)], [value or "none"]), value
    slate = question.propose(state, figure, meaning)
    labels = [is_right(question.name, candidate.value, fact) for candidate in slate.candidates]
    example = Example(slate.shared, [c.features for c in slate.candidates], [int(bool(b)) for b in labels])
    rights = [c for c, right in zip(slate.candidates, labels, strict=True) if right]
    if question.name in ("period", "basis"):
        days = fact[question.name]
        value = next((c.value for c in rights), None) if rights else _period(days)
    elif not rights:
        value = None
    elif forest is not None:
        scores = forest.scores([c.features for c in rights], shared=slate.shared)
        value = rights[int(np.argmax(scores))].value
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
    wordings = fact[question]
    if value is None or not wordings:
        return value is None and not wordings
    text = value.text if isinstance(value, Phrase | Wording) else str(value)
    return same_words(text, wordings, least=0.5 if question in ("entity", "attribution") else 0.6)


def train(question: Ranking | Choice, found: Sequence[Example]) -> dict[str, Any]:
    """Train one question's trees; returns their stored form (see ``forest.forest_from``)."""
    import lightgbm
    import scipy.sparse

    counts: Counter[str] = Counter()
    for example in found:
        counts.update(set(example.shared).union(*example.rows))
    names = sorted(name for name, n in counts.items() if n >= MIN_COUNT)
    column = {name: i for i, name in enumerate(names)}
    rows, columns, values, labels = [], [], [], []
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
    else:
        classes = []
        data = lightgbm.Dataset(matrix, labels, group=[len(example.rows) for example in found])
        booster = lightgbm.train({**RANKER, **COMMON}, data, ROUNDS["ranker"])
    return _pack(booster.dump_model()["tree_info"], names, classes)


def _pack(trees: list[dict[str, Any]], names: list[str], classes: list[str]) -> dict[str, Any]:
    """LightGBM's nested trees → the flat arrays of ``Forest``, without the features that no tree asks for."""
    nodes: dict[str, list[Any]] = {"feature": [], "threshold": [], "left": [], "right": [], "value": []}
    used: dict[int, int] = {}

    def add(node: Mapping[str, Any]) -> int:
        index = len(nodes["feature"])
        for values in nodes.values():
            values.append(0)
        if "leaf_value" in node:
            nodes["left"][index] = nodes["right"][index] = index
            nodes["value"][index] = round(float(node["leaf_value"]), 6)
            return index
        nodes["feature"][index] = used.setdefault(node["split_feature"], len(used))
        nodes["threshold"][index] = round(float(node["threshold"]), 6)
        nodes["left"][index] = add(node["left_child"])
        nodes["right"][index] = add(node["right_child"])
        return index

    roots = [add(tree["tree_structure"]) for tree in trees]
    return {"features": [names[i] for i in used], "classes": classes, "roots": roots, **nodes}


def train_all(articles: Sequence[tuple[ArticleView, Mapping[int, Gold]]]) -> dict[str, dict[str, Any]]:
    """Train every question in two rounds; returns the stored forms by question."""
    states: dict[str, dict[str, Any]] = {}
    for _ in range(2):
        forests = {name: forest_from(state) for name, state in states.items()}
        gathered: dict[str, list[Example]] = {question.name: [] for question in QUESTIONS}
        for article, gold in articles:
            for name, found in examples(article, gold, forests).items():
                gathered[name] += found
        states = {question.name: train(question, gathered[question.name]) for question in QUESTIONS}
    return states


def check(
    articles: Sequence[tuple[ArticleView, Mapping[int, Gold]]], forests: Mapping[str, Forest]
) -> dict[str, tuple[int, int]]:
    """How often each question is answered right, as (right, asked); ``whole`` counts all parts of a fact together."""
    tally: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for article, gold in articles:
        for index, meaning in enumerate(answer(article, forests)):
            fact = gold.get(index)
            if fact is None:
                continue
            whole = True
            for name, right in verdicts(meaning, fact).items():
                if right is not None:
                    asked[name] += 1
                    tally[name] += right
                    whole = whole and (right or name not in ("measure", "role", "direction", "status", "period", "share_of"))
            asked["whole"] += 1
            tally["whole"] += whole
    return {name: (tally[name], asked[name]) for name in asked}


def verdicts(meaning: Meaning, fact: Gold) -> dict[str, bool | None]:
    """Per question, whether the answer is the gold's; None where the gold accepts anything."""
    direction = meaning.direction if meaning.role == "change" else None
    found: dict[str, bool | None] = {
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


def read_gold(folder: Path, extractor: Any) -> list[tuple[ArticleView, dict[int, Gold]]]:
    """Read a folder of gold with our own readers, and pair each figure found with its gold row, as the scorer does."""
    from datetime import datetime

    from pipeline.records import Article

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
        found.append((reading.view, pairs))
    return found


def cross_validate(articles: Sequence[tuple[ArticleView, dict[int, Gold]]], folds: int) -> dict[str, tuple[int, int]]:
    """Train on all folds but one and check on that one, for each; the sums over the folds."""
    order = list(range(len(articles)))
    random.Random(5).shuffle(order)
    total: dict[str, tuple[int, int]] = {}
    for k in range(folds):
        held = set(order[k::folds])
        states = train_all([articles[i] for i in order if i not in held])
        forests = {name: forest_from(state) for name, state in states.items()}
        for name, (right, asked) in check([articles[i] for i in held], forests).items():
            before = total.get(name, (0, 0))
            total[name] = (before[0] + right, before[1] + asked)
    return total


def _report(title: str, result: Mapping[str, tuple[int, int]]) -> None:
    print(title, "  ".join(f"{name} {right / asked:.3f}" for name, (right, asked) in sorted(result.items())), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--check", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--no-write", action="store_true", help="leave the weights as they are")
    args = parser.parse_args()
    from pipeline.extract import load_extractor

    extractor = load_extractor()
    articles = read_gold(args.gold, extractor)
    if args.folds:
        _report(f"{args.folds} folds", cross_validate(articles, args.folds))
    states = train_all(articles)
    if args.check:
        _report("check", check(read_gold(args.check, extractor), {name: forest_from(state) for name, state in states.items()}))
    if not args.no_write:
        folder = Path(__file__).parent / "context" / "weights"
        folder.mkdir(exist_ok=True)
        for name, state in states.items():
            (folder / f"{name}.json.gz").write_bytes(gzip.compress(json.dumps(state).encode(), mtime=0))


if __name__ == "__main__":
    main()
