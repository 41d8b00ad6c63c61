"""Boosted trees that rank candidates: read from a small ONNX file, run by ONNX Runtime.

A candidate is a mapping of feature names to numbers; a name that the trees do not know is ignored, a missing one is 0.
The trees are trained by ``pipeline.training``; the library that trained them is not needed here.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import accumulate, chain, repeat

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from pipeline.errors import ModelError

Features = Mapping[str, float]
Placed = tuple[NDArray[np.intp], NDArray[np.float32]]  # columns, and the number in each
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows to score together. ``shared`` holds features that all have in common, ``bases`` (none, or one a row) those of
    each row that were placed before; the features of a row itself win over both.
    """

    rows: Sequence[Features]
    shared: Features = field(default_factory=dict)
    bases: Sequence[Placed | None] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """``Rows`` of which the columns are known: for all in common, and row after row (``sizes`` tells how many each has)."""

    common: list[int]
    common_numbers: list[float]
    bases: Sequence[Placed | None]
    sizes: list[int]
    columns: list[int]
    numbers: list[float]


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees, the column of each feature that they ask for, and the classes (none for a ranker, which gives one score)."""

    columns: dict[str, int]
    classes: tuple[str, ...]
    trees: onnxruntime.InferenceSession

    def scores(self, asked: Sequence[Rows]) -> list[Scores]:
        """Raw scores of each group of rows: log-odds before normalization, as many as it asks for at once.

        Their shape is (rows,) for a ranker and (rows, classes) for a choice. A row's score does not depend on its company.
        """
        return self.scores_of([self.gather(group) for group in asked])

    def gather(self, group: Rows) -> Gathered:
        """Look up the columns of a group's features, best soon after these were made; of a name that is not known it is -1."""
        known = self.columns.get
        return Gathered(
            list(map(known, group.shared, repeat(-1))),
            list(group.shared.values()),
            group.bases,
            list(map(len, group.rows)),
            list(map(known, chain.from_iterable(group.rows), repeat(-1))),
            list(chain.from_iterable([row.values() for row in group.rows])),
        )

    def scores_of(self, asked: Sequence[Gathered]) -> list[Scores]:
        """The scores of groups that were gathered before; see ``scores``."""
        width = len(self.columns)
        sizes = [len(group.sizes) for group in asked]
        common = np.zeros((len(asked), width), dtype=np.float32)
        _fill(common, [len(g.common) for g in asked], [g.common for g in asked], [g.common_numbers for g in asked])
        matrix = np.repeat(common, sizes, axis=0)
        cells = matrix.reshape(-1)
        based: list[tuple[int, Placed]] = []
        start = 0
        for group in asked:
            for place, base in enumerate(group.bases, start=start):
                if base is not None:
                    based.append((place * width, base))
            start += len(group.sizes)
        if based:
            columns = np.concatenate([base[0] for _, base in based])
            columns += np.repeat([start for start, _ in based], [len(base[0]) for _, base in based])
            cells[columns] = np.concatenate([base[1] for _, base in based])
        _fill(matrix, list(chain.from_iterable([g.sizes for g in asked])), [g.columns for g in asked], [g.numbers for g in asked])
        raw: NDArray[np.float32] = self.trees.run(["scores"], {"features": matrix})[0]
        scores = (raw if self.classes else raw[:, 0]).astype(np.float64)
        return [scores[end - size : end] for end, size in zip(accumulate(sizes), sizes, strict=True)]

    def place(self, features: Features) -> Placed:
        """The columns of the features that the trees know, and their numbers."""
        known = self.columns.get
        columns: list[int] = []
        numbers: list[float] = []
        for name, number in features.items():
            column = known(name)
            if column is not None:
                columns.append(column)
                numbers.append(number)
        return np.array(columns, dtype=np.intp), np.array(numbers, dtype=np.float32)


def _fill(
    matrix: NDArray[np.float32], sizes: Sequence[int], columns: Sequence[list[int]], numbers: Sequence[list[float]]
) -> None:
    """Write numbers where they stand in ``matrix``; ``sizes`` tells how many are each row's, a column of -1 is none."""
    total = sum(sizes)
    where = np.fromiter(chain.from_iterable(columns), dtype=np.intp, count=total)
    known = where >= 0
    where += np.repeat(np.arange(len(sizes)) * matrix.shape[1], sizes)
    matrix.reshape(-1)[where[known]] = np.fromiter(chain.from_iterable(numbers), dtype=np.float32, count=total)[known]


@cache
def load_forest(question: str) -> Forest:
    """The trees that answer ``question`` (``measure``, ``period``, …), from ``context/weights``; each is read once.

    Raises ``ModelError`` when the file is missing.
    """
    stored = files("pipeline.context") / "weights" / f"{question}.onnx.gz"
    if not stored.is_file():
        raise ModelError(
            f"The trained trees for {question!r} are missing from the installation ({stored}). Install the project again, "
            "or train them with `python -m pipeline.training`."
        )
    return forest_from(stored.read_bytes())


def forest_from(stored: bytes) -> Forest:
    """A forest from its stored form: a gzipped ONNX model that takes ``features`` and gives ``scores``.

    Its metadata name the features and the classes, each as a JSON list (see ``pipeline.trees``).
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # a figure's candidates are too few to share out
    trees = onnxruntime.InferenceSession(gzip.decompress(stored), options, providers=["CPUExecutionProvider"])
    told = trees.get_modelmeta().custom_metadata_map
    return Forest(
        columns={name: column for column, name in enumerate(json.loads(told["features"]))},
        classes=tuple(json.loads(told["classes"])),
        trees=trees,
    )
