"""The way of every command that reads to the database: by its published snapshot, and with a word where that is behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    import duckdb

    from pipeline.settings import Settings


@contextmanager
def open_to_read(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to read with; where what it shows is not what the database holds now, standard error says how old it is."""
    from pipeline.store import open_for_reading

    with open_for_reading(settings.database, snapshot=settings.snapshot, wait_seconds=settings.lock_wait_seconds) as (con, as_of):
        tell_age(as_of)
        yield con


def tell_age(as_of: datetime | None) -> None:
    """Say on standard error which moment is shown, where it is not now."""
    if as_of is not None:
        age = max(0, round((datetime.now(UTC).replace(tzinfo=None) - as_of).total_seconds()))
        typer.echo(
            f"The database is being written. This is what it held at {as_of:%Y-%m-%d %H:%M:%S} UTC, {age:,} s ago.", err=True
        )
