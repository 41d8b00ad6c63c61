"""Facts that somebody's condition chooses, with their articles: what a report holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import QueryError
from pipeline.store.process import run_query_apart
from pipeline.store.reading import Record, fetch_records

if TYPE_CHECKING:
    import duckdb


def choose_facts(
    database: Path, where: str | None, *, most: int, timeout_seconds: float, memory_mb: int, wait_seconds: float
) -> list[str]:
    """The ids of the current facts that pass ``where``, a condition over ``facts_with_source``; all of them without.

    It is asked in a process of its own, which can read the tables and nothing else. Raises ``QueryError`` when it is wrong,
    chooses nothing, or chooses more than ``most``.
    """
    condition = f"WHERE (\n{where}\n)" if where and where.strip() else ""
    result = run_query_apart(
        database,
        f"SELECT fact_id FROM facts_with_source {condition}",
        limit=most,
        timeout_seconds=timeout_seconds,
        memory_mb=memory_mb,
        wait_seconds=wait_seconds,
        snapshot=True,
    )
    if result.truncated:
        raise QueryError(f"More than {most:,} facts pass, too many for one page. Choose fewer with --where.")
    if not result.rows:
        raise QueryError("No fact passes, so there is nothing to report. All of them: factledger report FILE.html")
    return [str(row[0]) for row in result.rows]


def chosen_facts(con: duckdb.DuckDBPyConnection, fact_ids: Sequence[str]) -> list[Record]:
    """The facts with these ids as the views show them, with the place of their sentence; the newest article first."""
    query = """
        SELECT f.*, s.start_char AS sentence_start FROM facts_with_source f
        JOIN sentences s ON s.sentence_id = f.sentence_id AND s.document_id = f.document_id
        WHERE f.fact_id IN (SELECT unnest(?::VARCHAR[]))
        ORDER BY f.published_at DESC NULLS LAST, f.source, f.start_char
    """
    return fetch_records(con, query, [list(fact_ids)])


def chosen_documents(con: duckdb.DuckDBPyConnection, document_ids: Sequence[str]) -> dict[str, Record]:
    """The documents with these ids."""
    query = "SELECT * FROM documents WHERE document_id IN (SELECT unnest(?::VARCHAR[]))"
    return {row["document_id"]: row for row in fetch_records(con, query, [list(document_ids)])}


def sentences_of(con: duckdb.DuckDBPyConnection, document_ids: Sequence[str]) -> dict[str, list[Record]]:
    """The sentences of these documents, in the order of their texts."""
    query = """SELECT * FROM sentences WHERE document_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY document_id, start_char"""
    found: dict[str, list[Record]] = {document_id: [] for document_id in document_ids}
    for row in fetch_records(con, query, [list(document_ids)]):
        found[row["document_id"]].append(row)
    return found
