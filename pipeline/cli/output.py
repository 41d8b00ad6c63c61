"""Rows on standard output: as a table, CSV, JSON, JSON lines or Markdown."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pipeline.plain import to_plain, to_text

#: Width of a table that does not go to a terminal, in columns.
_WIDTH_ELSEWHERE = 160
#: Characters that could drive a terminal, or turn the direction of the text after them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], format: Format) -> None:  # noqa: A002 - the option's name
    """Print rows on standard output. Numbers keep all their digits and lose the zeros after them."""
    match format:
        case Format.TABLE:
            _print_table(columns, rows)
        case Format.CSV:
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([to_text(value) for value in row] for row in rows)
        case Format.JSON:
            print_json([dict(zip(columns, row, strict=True)) for row in rows])
        case Format.JSONL:
            for row in rows:
                print(json.dumps(to_plain(dict(zip(columns, row, strict=True))), ensure_ascii=False))
        case Format.MARKDOWN:
            print(f"| {' | '.join(_cell(name) for name in columns)} |")
            print(f"|{' --- |' * len(columns)}")
            for row in rows:
                print(f"| {' | '.join(_cell(to_text(value)) for value in row)} |")


def print_json(value: Any) -> None:
    """Print a value as indented JSON on standard output."""
    print(json.dumps(to_plain(value), ensure_ascii=False, indent=1))


def printable(text: str) -> str:
    """A text without characters that drive a terminal."""
    return _UNPRINTABLE.sub("�", text)


def _cell(text: str) -> str:
    return " ".join(printable(text).replace("\\", "\\\\").replace("|", "\\|").split())


def _print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    kept = [list(row) for row in rows]
    for index, name in enumerate(columns):
        is_number = bool(kept) and all(isinstance(row[index], int | float | Decimal | None) for row in kept)
        table.add_column(Text(printable(name)), justify="right" if is_number else "left", overflow="fold", no_wrap=is_number)
    for row in kept:
        table.add_row(*(Text(printable(to_text(value))) for value in row))
    console().print(table)


def console(*, stderr: bool = False) -> Any:
    """A rich console for standard output (or error), wide enough where it is no terminal."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _WIDTH_ELSEWHERE
    return Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)
