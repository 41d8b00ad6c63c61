"""Boosted trees that rank candidates: read from a small ONNX file, run by ONNX Runtime.

A candidate is a mapping of feature names to numbers; a name that the trees do not know is ignored, a missing one is 0.
The trees are trained by ``pipeline.training``; the library that trained them is not needed here.
"""

from __future__ import annotations

import gzip
import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import accumulate

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
class Forest:
    """Trees, the column of each feature that they ask for, and the classes (none for a ranker, which gives one score)."""

    columns: dict[str, int]
    classes: tuple[str, ...]
    trees: onnxruntime.InferenceSession

    def scores(self, asked: Sequence[Rows]) -> list[Scores]:
        """Raw scores of each group of rows: log-odds before normalization, as many as it asks for at once.

        Their shape is (rows,) for a ranker and (rows, classes) for a choice. A row's score does not depend on its company.
        """
        width = len(self.columns)
        known = self.columns.get
        # An array of the standard library takes single numbers several times faster than one of numpy's on the same memory.
        values = array("f", bytes(4 * width * sum(len(group.rows) for group in asked)))
        matrix = np.frombuffer(values, dtype=np.float32).reshape(-1, width)
        first = 0
        for group in asked:
            last = first + len(group.rows)
            common = array("f", bytes(4 * width))
            for name, number in group.shared.items():
                column = known(name)
                if column is not None:
                    common[column] = number
            values[first * width : last * width] = common * len(group.rows)
            for line, base in zip(matrix[first:last], group.bases, strict=False):
                if base is not None:
                    line[base[0]] = base[1]
            for start, row in zip(range(first * width, last * width, width), group.rows, strict=True):
                for name, number in row.items():
                    column = known(name)
                    if column is not None:
                        values[start + column] = number
            first = last
        raw: NDArray[np.float32] = self.trees.run(["scores"], {"features": matrix})[0]
        scores = (raw if self.classes else raw[:, 0]).astype(np.float64)
        ends = list(accumulate(len(group.rows) for group in asked))
        return np.split(scores, ends[:-1])

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
