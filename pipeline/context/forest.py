"""Boosted regression trees that rank candidates: read from a small file, run with numpy.

A candidate is a mapping of feature names to numbers; a name that the trees do not know is ignored, a missing one is 0.
The trees are trained by ``pipeline.context.training``; nothing here depends on the training library.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Features = Mapping[str, float]
_MAX_DEPTH = 64


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as parallel arrays of nodes. ``classes`` is empty for a ranker (one score), else one score a class.

    Node ``i`` asks whether feature ``feature[i]`` is at most ``threshold[i]`` and goes to ``left[i]`` or ``right[i]``;
    at a leaf both point to ``i`` itself and ``value[i]`` is its score. ``roots`` holds the first node of each tree.
    """

    columns: dict[str, int]
    classes: tuple[str, ...]
    roots: NDArray[np.int32]
    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]

    def scores(self, rows: Sequence[Features], *, shared: Features | None = None) -> NDArray[np.float64]:
        """Raw scores, shape (rows,) for a ranker and (rows, classes) for a classifier: log-odds before normalization.

        ``shared`` holds features that all rows have in common.
        """
        matrix = np.zeros((len(rows), max(1, len(self.columns))), dtype=np.float32)
        for name, number in (shared or {}).items():
            column = self.columns.get(name)
            if column is not None:
                matrix[:, column] = number
        for position, row in enumerate(rows):
            for name, number in row.items():
                column = self.columns.get(name)
                if column is not None:
                    matrix[position, column] = number
        nodes = np.repeat(self.roots[None, :], len(rows), axis=0)
        lines = np.arange(len(rows))[:, None]
        for _ in range(_MAX_DEPTH):
            below = np.where(matrix[lines, self.feature[nodes]] <= self.threshold[nodes], self.left[nodes], self.right[nodes])
            if np.array_equal(below, nodes):
                break
            nodes = below
        values = self.value[nodes].astype(np.float64)
        if not self.classes:
            return values.sum(axis=1)
        return values.reshape(len(rows), -1, len(self.classes)).sum(axis=1)


@cache
def load_forest(question: str) -> Forest:
    """The trees that answer ``question`` (``measure``, ``period``, …), from ``context/weights``."""
    packed = (files("pipeline.context") / "weights" / f"{question}.json.gz").read_bytes()
    return forest_from(json.loads(gzip.decompress(packed)))


def forest_from(state: Mapping[str, object]) -> Forest:
    """A forest from its stored form: the same names, lists for arrays."""
    names: list[str] = state["features"]  # type: ignore[assignment]
    return Forest(
        columns={name: column for column, name in enumerate(names)},
        classes=tuple(state["classes"]),  # type: ignore[arg-type]
        roots=np.asarray(state["roots"], dtype=np.int32),
        feature=np.asarray(state["feature"], dtype=np.int32),
        threshold=np.asarray(state["threshold"], dtype=np.float32),
        left=np.asarray(state["left"], dtype=np.int32),
        right=np.asarray(state["right"], dtype=np.int32),
        value=np.asarray(state["value"], dtype=np.float32),
    )
