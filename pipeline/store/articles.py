"""What a page about one article needs, and what came with each run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.errors import StoreError
from pipeline.store.reading import Record, fetch_records, find_document, rows_of
from pipeline.store.reviews import as_reviewed, reviews_of

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRows:
    """An article with its rows. ``facts`` are as the views show them; ``read`` are the same as they were extracted."""

    document: Record
    sentences: list[Record]
    facts: list[Record]
    read: dict[str, Record]
    dates: list[Record]
    entities: list[Record]
    numbers: list[Record]
    reviews: dict[str, Record]
    revisions: list[Record]
    copies: list[Record]

    def sentence_of(self, fact: Record) -> Record | None:
        """The sentence that a fact stands in."""
        return next((s for s in self.sentences if s["sentence_id"] == fact["sentence_id"]), None)


def article_rows(con: duckdb.DuckDBPyConnection, document_id: str) -> ArticleRows:
    """An article by its id. Raises ``StoreError`` when there is none."""
    found = fetch_records(con, "SELECT * FROM documents WHERE document_id = ?", [document_id])
    document = found[0] if found else find_document(con, document_id)
    key = document["document_id"]
    read = rows_of(con, "facts", key)
    reviews = reviews_of(con, key)
    return ArticleRows(
        document=document,
        sentences=rows_of(con, "sentences", key),
        facts=[as_reviewed(fact, reviews.get(fact["fact_id"])) for fact in read],
        read={fact["fact_id"]: fact for fact in read},
        dates=rows_of(con, "dates", key),
        entities=rows_of(con, "entities", key),
        numbers=rows_of(con, "numbers", key),
        reviews=reviews,
        revisions=_revisions(con, document),
        copies=_copies(con, document),
    )


def document_of_fact(con: duckdb.DuckDBPyConnection, fact_id: str) -> str:
    """The document that a fact stands in. Raises ``StoreError`` when there is no such fact."""
    row = con.execute("SELECT document_id FROM facts WHERE fact_id = ?", [fact_id]).fetchone()
    if row is None:
        raise StoreError(f"There is no fact {fact_id!r}. It may have gone with another extraction; look for it by its words.")
    return str(row[0])


def _revisions(con: duckdb.DuckDBPyConnection, document: Record) -> list[Record]:
    query = """SELECT document_id, revision, is_current, published_at, ingested_at FROM documents
               WHERE source = ? ORDER BY revision DESC"""
    return fetch_records(con, query, [document["source"]])


def _copies(con: duckdb.DuckDBPyConnection, document: Record) -> list[Record]:
    """The other current documents that tell the same story: the one that this repeats, and those that repeat either."""
    original = document["duplicate_of"] or document["document_id"]
    query = """SELECT document_id, source, title, publisher, published_at, duplicate_of FROM documents
               WHERE is_current AND (document_id = ? OR duplicate_of = ?) AND document_id <> ?
               ORDER BY published_at NULLS LAST, source"""
    return fetch_records(con, query, [original, original, document["document_id"]])


def same_figure_elsewhere(con: duckdb.DuckDBPyConnection, fact: Record, *, limit: int = 8) -> list[Record]:
    """Facts of other articles with the same unit and value, for the same period where both have one."""
    query = """
        SELECT fact_id, document_id, text, measure, entity, period_start, period_end, title, source, publisher, published_at
        FROM room WHERE unit = ? AND value = ? AND kind = ? AND document_id <> ?
            AND (period_end IS NOT DISTINCT FROM ? OR period_end IS NULL OR CAST(? AS DATE) IS NULL)
            AND lower(coalesce(entity, '')) = lower(coalesce(?, ''))
        ORDER BY published_at NULLS LAST, source LIMIT ?
    """
    end = fact["period_end"]
    values = [fact["unit"], fact["value"], fact["kind"], fact["document_id"], end, end, fact["entity"], limit]
    return fetch_records(con, query, values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How much there is: current articles, copied stories among them, facts, and runs."""

    articles: int
    copies: int
    facts: int
    runs: int


def overview(con: duckdb.DuckDBPyConnection) -> Overview:
    """How much there is in the database."""
    row = con.execute(
        """SELECT count(*), count(duplicate_of), (SELECT count(*) FROM room), (SELECT count(*) FROM runs)
           FROM documents WHERE is_current"""
    ).fetchone()
    assert row is not None
    return Overview(articles=row[0], copies=row[1], facts=row[2], runs=row[3])


def recent_runs(con: duckdb.DuckDBPyConnection, *, limit: int = 100) -> list[Record]:
    """The newest runs first, with how many rows of rejects each really has."""
    query = """
        SELECT r.*, coalesce(j.rejects, 0) AS rejects
        FROM runs r LEFT JOIN (SELECT run_id, count(*) AS rejects FROM rejects GROUP BY run_id) j ON j.run_id = r.run_id
        ORDER BY r.started_at DESC LIMIT ?
    """
    return fetch_records(con, query, [limit])


def run_articles(
    con: duckdb.DuckDBPyConnection, *, run_id: str | None = None, since: datetime | None = None, limit: int = 200
) -> list[Record]:
    """The current articles that a run wrote, or that were written after a moment, with their number of facts."""
    query = """
        SELECT d.document_id, d.title, d.source, d.publisher, d.published_at, d.revision, d.ingested_at, d.duplicate_of,
            (SELECT count(*) FROM facts f WHERE f.document_id = d.document_id) AS facts
        FROM documents d
        WHERE d.is_current AND (? IS NULL OR d.run_id = ?) AND (CAST(? AS TIMESTAMP) IS NULL OR d.ingested_at > ?)
        ORDER BY d.ingested_at DESC, d.source LIMIT ?
    """
    return fetch_records(con, query, [run_id, run_id, since, since, limit])


def run_rejects(con: duckdb.DuckDBPyConnection, run_id: str, *, limit: int = 500) -> list[Record]:
    """What a run turned away, with the reasons."""
    return fetch_records(con, "SELECT * FROM rejects WHERE run_id = ? ORDER BY source LIMIT ?", [run_id, limit])


def find_run(con: duckdb.DuckDBPyConnection, run_id: str) -> Record:
    """A run by its id. Raises ``StoreError`` when there is none."""
    found = fetch_records(con, "SELECT * FROM runs WHERE run_id = ?", [run_id])
    if not found:
        raise StoreError(f"There is no run {run_id!r}. All of them are on the page Runs.")
    return found[0]
