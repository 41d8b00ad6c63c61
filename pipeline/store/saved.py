"""The queries that the reading room keeps, one a name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.errors import QueryError
from pipeline.store.reading import Record, fetch_records

if TYPE_CHECKING:
    import duckdb

_LONGEST_NAME = 80


def saved_queries(con: duckdb.DuckDBPyConnection) -> list[Record]:
    """``name``, ``sql`` and ``saved_at`` of every saved query, by name."""
    return fetch_records(con, "SELECT name, sql, saved_at FROM saved_queries ORDER BY lower(name), name")


def save_query(con: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    """Keep a query under a name; the one that had the name is replaced. Raises ``QueryError`` without name or query."""
    kept = " ".join(name.split())
    if not kept or len(kept) > _LONGEST_NAME or not sql.strip():
        raise QueryError(f"A saved query needs a name of 1 to {_LONGEST_NAME} characters, and some SQL.")
    con.execute("BEGIN")
    con.execute("DELETE FROM saved_queries WHERE name = ?", [kept])
    con.execute("INSERT INTO saved_queries VALUES (?, ?, ?)", [kept, sql, datetime.now(UTC).replace(tzinfo=None)])
    con.execute("COMMIT")


def delete_query(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Forget the query of this name, if there is one."""
    con.execute("DELETE FROM saved_queries WHERE name = ?", [name])
