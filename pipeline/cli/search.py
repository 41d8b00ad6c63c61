"""``search``: the sentences with figures that some words fit best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typer

from pipeline.cli.output import Format, print_rows
from pipeline.cli.reading import tell_age
from pipeline.settings import load_settings
from pipeline.store.search import Hit, search

_COLUMNS = ("score", "sentence", "figures", "title", "source", "published_at")


def search_facts(words: Sequence[str], *, database: Path | None, format: Format, limit: int) -> None:  # noqa: A002
    """Print the hits, best first."""
    settings = load_settings(database=database)
    found = search(
        settings.database,
        " ".join(words),
        limit=limit,
        snapshot=settings.snapshot,
        wait_seconds=settings.lock_wait_seconds,
    )
    tell_age(found.as_of)
    columns = _COLUMNS if format is Format.TABLE else (*_COLUMNS, "sentence_id", "document_id")
    print_rows(columns, [_row(hit, columns) for hit in found.hits], format)
    if not found.hits:
        typer.echo("Nothing was found. factledger facts --measure TEXT looks for parts of words.", err=True)


def _row(hit: Hit, columns: Sequence[str]) -> tuple[object, ...]:
    values = asdict(hit) | {"figures": "; ".join(hit.figures)}
    return tuple(values[column] for column in columns)
