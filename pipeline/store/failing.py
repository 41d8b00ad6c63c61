"""What is done when DuckDB fails: end the transaction, and say what a user can do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from pipeline.errors import StoreError

#: What the system says in DuckDB's words when a disk or a quota is full.
_FULL = ("No space left", "File too large", "Disk quota exceeded", "not enough space")


@contextmanager
def explained(database: str | Path) -> Iterator[None]:
    """An error of DuckDB in the block as ``StoreError``, which says what to do.

    Whatever the transaction was, none of it is in the database.
    """
    try:
        yield
    except duckdb.Error as error:
        reason = str(error).strip().split("\n", 1)[0]
        if any(words in str(error) for words in _FULL):
            raise StoreError(
                f"{database} cannot be written: the disk is full ({reason}). Make room, and run it again: what was loaded stays."
            ) from error
        raise StoreError(
            f"{database} could not be read or written: {reason}. Run it again; if it fails again, ask: factledger check"
        ) from error


def roll_back(con: duckdb.DuckDBPyConnection) -> None:
    """End a transaction that failed; one that DuckDB has given up by itself, as on a full disk, is ended already.

    So the error that made it fail is the one that is told.
    """
    with suppress(duckdb.Error):
        con.execute("ROLLBACK")
