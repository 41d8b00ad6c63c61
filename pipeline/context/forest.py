"""Boosted trees that rank candidates: read from a small file, run by treelite.

A candidate is a mapping of feature names to numbers; a name that the trees do not know is ignored, a missing one is 0.
The trees are trained by ``pipeline.training``; the library that trained them is not needed here.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import treelite
from numpy.typing import NDArray

from pipeline.errors import ModelError

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees, the column of each feature that they ask for, and the classes (none for a ranker, which gives one score)."""

    columns: dict[str, int]
    classes: tuple[str, ...]
    trees: treelite.Model

    def scores(self, rows: Sequence[Features], *, shared: Features | None = None) -> NDArray[np.float64]:
        """Raw scores, shape (rows,) for a ranker and (rows, classes) for a choice: log-odds before normalization.

        ``shared`` holds features that all rows have in common.
        """
        matrix = np.zeros((len(rows), len(self.columns)), dtype=np.float32)
        columns = self.columns
        for name, number in (shared or {}).items():
            if name in columns:
                matrix[:, columns[name]] = number
        for line, row in zip(matrix, rows, strict=True):
            for name, number in row.items():
                if name in columns:
                    line[columns[name]] = number
        raw = treelite.gtil.predict(self.trees, matrix, nthread=1, pred_margin=True)
        return np.asarray(raw, dtype=np.float64).reshape((len(rows), -1) if self.classes else (len(rows),))


@cache
def load_forest(question: str) -> Forest:
    """The trees that answer ``question`` (``measure``, ``period``, …), from ``context/weights``; each is read once.

    Raises ``ModelError`` when the file is missing.
    """
    stored = files("pipeline.context") / "weights" / f"{question}.trees.gz"
    if not stored.is_file():
        raise ModelError(
            f"The trained trees for {question!r} are missing from the installation ({stored}). Install the project again, "
            "or train them with `python -m pipeline.training`."
        )
    return forest_from(stored.read_bytes())


def forest_from(stored: bytes) -> Forest:
    """A forest from its stored form: gzip of one line of JSON (features, classes), then treelite's own bytes."""
    head, _, trees = gzip.decompress(stored).partition(b"\n")
    names = json.loads(head)
    return Forest(
        columns={name: column for column, name in enumerate(names["features"])},
        classes=tuple(names["classes"]),
        trees=treelite.Model.deserialize_bytes(trees),
    )


def store_forest(features: Sequence[str], classes: Sequence[str], trees: treelite.Model) -> bytes:
    """The stored form that ``forest_from`` reads; equal trees give equal bytes."""
    head = json.dumps({"features": list(features), "classes": list(classes)}).encode()
    return gzip.compress(head + b"\n" + trees.serialize_bytes(), mtime=0)
