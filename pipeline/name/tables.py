"""The tables of this package as they lie in ``data/``: tab-separated rows, ``#`` lines are comments."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def read_lines(file: str) -> tuple[str, ...]:
    """The lines of ``data/<file>`` that are neither empty nor a comment."""
    content = files("pipeline.name").joinpath("data", file).read_text(encoding="utf-8")
    return tuple(line for line in content.splitlines() if line.strip() and not line.startswith("#"))


@cache
def read_rows(file: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``data/<file>``, each padded with empty cells to the width of the widest."""
    rows = [line.split("\t") for line in read_lines(file)]
    width = max(map(len, rows))
    return tuple(tuple(cell.strip() for cell in (*row, *[""] * (width - len(row)))) for row in rows)


@cache
def read_words(file: str) -> frozenset[str]:
    """The words of ``data/<file>``, which stand many on a line with a bar between."""
    return frozenset(word.strip() for line in read_lines(file) for word in line.split("|") if word.strip())


@cache
def any_of(file: str) -> str:
    """The words of ``data/<file>`` as alternatives of a regular expression, longest first."""
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(read_words(file), key=lambda word: (-len(word), word)))
