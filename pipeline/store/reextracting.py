"""Stored articles read again: which, what they were when they were read first, and new rows in the place of the old.

Documents keep their ids, revisions and places among copies; only what was read in them is replaced. Reviews stay, and find
their facts again, since ids depend on document, kind and span alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import PIPELINE_VERSION
from pipeline.errors import QueryError
from pipeline.records import Article, Extraction, Reject
from pipeline.store.changes import Changes, compare_facts
from pipeline.store.failing import roll_back
from pipeline.store.loading import Loaded, write_extractions, write_rejects
from pipeline.store.process import run_query_apart
from pipeline.store.reading import Record, fetch_records
from pipeline.store.row_groups import join_row_groups
from pipeline.store.rows import storable

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """What became of the extractions of a batch: what was loaded, and by source what the new facts say otherwise."""

    loaded: Loaded
    changes: tuple[tuple[str, Changes], ...] = ()


def choose_documents(
    database: Path, where: str | None, *, model: str, timeout_seconds: float, memory_mb: int, wait_seconds: float
) -> list[str]:
    """The ids of the current documents that pass ``where``, a condition over ``documents``, in the order of their sources.

    Without a condition, those that other rules or another ``model`` than today's have read. It is asked in a process of its
    own, which can read the tables and nothing else. Raises ``QueryError`` when the condition is wrong.
    """
    if where is not None and not where.strip():
        raise QueryError("The condition is empty. Give one, such as \"source LIKE 'news/%'\", or leave it out.")
    condition = where if where is not None else f"pipeline_version <> {_quote(PIPELINE_VERSION)} OR model <> {_quote(model)}"
    result = run_query_apart(
        database,
        f"SELECT document_id FROM documents WHERE is_current AND (\n{condition}\n) ORDER BY source",
        timeout_seconds=timeout_seconds,
        memory_mb=memory_mb,
        wait_seconds=wait_seconds,
    )
    return [str(row[0]) for row in result.rows]


def stored_articles(con: duckdb.DuckDBPyConnection, document_ids: Sequence[str]) -> list[Article]:
    """The current ones of these documents as the articles that they were when they were read, in the order given."""
    query = "SELECT * FROM documents WHERE is_current AND document_id IN (SELECT unnest(?::VARCHAR[]))"
    rows = {row["document_id"]: row for row in fetch_records(con, query, [list(document_ids)])}
    return [_article(rows[document_id]) for document_id in document_ids if document_id in rows]


def replace_readings(
    con: duckdb.DuckDBPyConnection,
    extractions: Iterable[Extraction],
    *,
    run_id: str,
    model: str,
    pipeline_version: str = PIPELINE_VERSION,
    rejects: Iterable[Reject] = (),
) -> Replaced:
    """Put these readings of stored documents in the place of those held, with their ``rejects``, in one transaction.

    A document that is no longer current is left as it is: its source has got another text meanwhile. One whose reading was
    rejected keeps the rows that it has.
    """
    con.execute("BEGIN")
    try:
        join_row_groups(con)
        kept, refused = _keep_current(con, list(extractions))
        ids = [extraction.article.document_id for extraction in kept]
        before = _facts_of(con, ids)
        counts = write_extractions(con, kept, run_id=run_id, model=model, pipeline_version=pipeline_version)
        after = _facts_of(con, ids)
        all_rejects = [*rejects, *refused]
        write_rejects(con, all_rejects, run_id=run_id)
        con.execute("COMMIT")
    except BaseException:
        roll_back(con)
        raise
    found = ((e.article.source, compare_facts(before[i], after[i])) for i, e in zip(ids, kept, strict=True))
    return Replaced(
        loaded=Loaded(counts=replace(counts, rejected=len(all_rejects)), rejects=tuple(refused)),
        changes=tuple((source, changes) for source, changes in found if changes),
    )


def _keep_current(con: duckdb.DuckDBPyConnection, extractions: Sequence[Extraction]) -> tuple[list[Extraction], list[Reject]]:
    ids = [extraction.article.document_id for extraction in extractions]
    query = "SELECT document_id FROM documents WHERE is_current AND document_id IN (SELECT unnest(?::VARCHAR[]))"
    current = {document_id for (document_id,) in con.execute(query, [ids]).fetchall()}
    kept, refused = [], []
    for extraction in extractions:
        if extraction.article.document_id in current:
            storable_part, too_large = storable(extraction)
            kept.append(storable_part)
            refused += too_large
    return kept, refused


def _facts_of(con: duckdb.DuckDBPyConnection, document_ids: Sequence[str]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {document_id: [] for document_id in document_ids}
    query = "SELECT * FROM facts WHERE document_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY document_id, start_char"
    for fact in fetch_records(con, query, [list(document_ids)]):
        found[fact["document_id"]].append(fact)
    return found


def _article(row: Record) -> Article:
    names = ("source", "text", "title", "publisher", "author", "language", "published_from", "media_type")
    published = _moment(row["published_at"], row["utc_offset_minutes"])
    return Article(published_at=published, **{name: row[name] for name in names})


def _moment(stored: datetime | None, offset_minutes: int | None) -> datetime | None:
    """A moment as it was given: the day that it names in its own zone is what relative dates are reckoned from."""
    if stored is None or offset_minutes is None:
        return stored
    return stored.replace(tzinfo=UTC).astimezone(timezone(timedelta(minutes=offset_minutes)))


def _quote(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
