"""What people said about facts: verdicts, samples to judge by, and how often the extraction was right.

Rows are only added, and the newest review of a fact counts (view ``current_reviews``). A review holds the whole fact as its
reviewer left it, so it outlives another extraction: ids depend on document, kind and span alone. ``accepted`` says that
the row as read is right, ``corrected`` that the row of the review is, ``rejected`` that there is no such fact;
``withdrawn`` takes the last one back.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

from pipeline.errors import QueryError, StoreError
from pipeline.store.reading import Record, fetch_records

if TYPE_CHECKING:
    import duckdb

Verdict = Literal["accepted", "corrected", "rejected", "withdrawn"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

#: The columns of a fact that a reviewer can set.
REVIEWED_COLUMNS = (
    "kind",
    "value",
    "value_low",
    "value_high",
    "bound",
    "unit",
    "measure",
    "entity",
    "period_start",
    "period_end",
    "period_relation",
    "role",
    "direction",
    "basis_start",
    "basis_end",
    "share_of",
    "status",
    "attribution",
)
_KEPT_COLUMNS = ("fact_id", "document_id", "text", "start_char", "end_char", "pipeline_version")
_COLUMNS = ("review_id", "reviewed_at", "reviewer", "verdict", "note", "changed", *_KEPT_COLUMNS, *REVIEWED_COLUMNS)


def review_fact(
    con: duckdb.DuckDBPyConnection,
    fact_id: str,
    *,
    verdict: Verdict,
    corrections: Mapping[str, Any] | None = None,
    reviewer: str | None = None,
    note: str | None = None,
) -> Record:
    """Add a review of a fact and return its row; ``corrections`` are column → value, for ``corrected`` alone.

    A correction that changes nothing is an ``accepted``. Raises ``StoreError`` when there is no such fact, ``QueryError``
    when the verdict or a column is none.
    """
    if verdict not in VERDICTS:
        raise QueryError(f"The verdict is {verdict!r}; allowed are {', '.join(VERDICTS)}.")
    given = dict(corrections or {}) if verdict == "corrected" else {}
    if wrong := sorted(set(given) - set(REVIEWED_COLUMNS)):
        raise QueryError(f"{', '.join(wrong)} cannot be corrected; what can is {', '.join(REVIEWED_COLUMNS)}.")
    found = fetch_records(con, "SELECT * FROM facts WHERE fact_id = ?", [fact_id])
    if not found:
        raise StoreError(f"There is no fact {fact_id!r}. It may have gone with another extraction; look for it again.")
    fact = found[0]
    changed = [name for name in REVIEWED_COLUMNS if name in given and given[name] != fact[name]]
    row = {name: fact[name] for name in _KEPT_COLUMNS}
    row |= {name: given[name] if name in changed else fact[name] for name in REVIEWED_COLUMNS}
    row |= {
        "review_id": uuid.uuid4().hex,
        "reviewed_at": datetime.now(UTC).replace(tzinfo=None),
        "reviewer": reviewer,
        "verdict": "accepted" if verdict == "corrected" and not changed else verdict,
        "note": note,
        "changed": changed,
    }
    add_review(con, row)
    return row


def add_review(con: duckdb.DuckDBPyConnection, row: Mapping[str, Any]) -> None:
    """Insert a row of ``reviews`` as ``review_fact`` made it."""
    marks = ", ".join("?" for _ in _COLUMNS)
    con.execute(f"INSERT INTO reviews ({', '.join(_COLUMNS)}) VALUES ({marks})", [row[name] for name in _COLUMNS])


def draw_sample(con: duckdb.DuckDBPyConnection, *, each: int) -> str:
    """Draw at random ``each`` current facts of every kind, or all where there are fewer; return the id of the sample.

    The kinds take turns, so that the first part of a sample is one too. Raises ``StoreError`` when there are no facts.
    """
    sample_id = uuid.uuid4().hex[:12]
    con.execute(
        """
        INSERT INTO review_samples
        WITH current_facts AS (
            SELECT f.fact_id, f.kind FROM facts f JOIN documents d ON d.document_id = f.document_id
            WHERE d.is_current AND d.duplicate_of IS NULL
        ),
        drawn AS (
            SELECT fact_id, kind, row_number() OVER (PARTITION BY kind ORDER BY md5(fact_id || ?), fact_id) AS turn
            FROM current_facts
        )
        SELECT ?, ?, row_number() OVER (ORDER BY turn, md5(kind || ?), kind), kind, fact_id FROM drawn WHERE turn <= ?
        """,
        [sample_id, sample_id, datetime.now(UTC).replace(tzinfo=None), sample_id, each],
    )
    row = con.execute("SELECT count(*) FROM review_samples WHERE sample_id = ?", [sample_id]).fetchone()
    if not row or not row[0]:
        raise StoreError("There are no facts to draw a sample from. Bring articles in first: factledger ingest PATH")
    return sample_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """Of the facts of a kind in a sample: how many were drawn, judged, and right; ``population`` is how many there are."""

    kind: str
    drawn: int
    judged: int
    right: int
    population: int


def precision_by_kind(con: duckdb.DuckDBPyConnection, sample_id: str) -> list[Precision]:
    """How often the rows of ``facts`` are as the reviewers left them, by kind, for a sample.

    The row as it is read today is compared, so a correction that a later version reads by itself counts as right.
    """
    same = " AND ".join(f"f.{name} IS NOT DISTINCT FROM r.{name}" for name in REVIEWED_COLUMNS)
    query = f"""
        WITH population AS (
            SELECT f.kind, count(*) AS facts FROM facts f JOIN documents d ON d.document_id = f.document_id
            WHERE d.is_current AND d.duplicate_of IS NULL GROUP BY f.kind
        )
        SELECT s.kind, count(*) AS drawn, count(r.verdict) AS judged,
               count(*) FILTER (r.verdict IN ('accepted', 'corrected') AND {same}) AS right,
               coalesce(any_value(p.facts), 0) AS population
        FROM review_samples s
        LEFT JOIN facts f ON f.fact_id = s.fact_id
        LEFT JOIN current_reviews r ON r.fact_id = s.fact_id
        LEFT JOIN population p ON p.kind = s.kind
        WHERE s.sample_id = ? GROUP BY s.kind ORDER BY s.kind
    """
    return [Precision(**row) for row in fetch_records(con, query, [sample_id])]


def last_sample(con: duckdb.DuckDBPyConnection) -> str | None:
    """The sample that was drawn last; None when none was."""
    row = con.execute("SELECT sample_id FROM review_samples ORDER BY drawn_at DESC LIMIT 1").fetchone()
    return str(row[0]) if row else None


def next_of_sample(con: duckdb.DuckDBPyConnection, sample_id: str, *, after: int = 0) -> Record | None:
    """The next fact of a sample that nobody reviewed, by its place: ``position``, ``fact_id``; None when all are done.

    Places up to ``after`` were skipped; they come again once the others are done.
    """
    query = """
        SELECT s.position, s.fact_id FROM review_samples s
        JOIN facts f ON f.fact_id = s.fact_id
        LEFT JOIN current_reviews r ON r.fact_id = s.fact_id
        WHERE s.sample_id = ? AND r.fact_id IS NULL ORDER BY s.position <= ?, s.position LIMIT 1
    """
    found = fetch_records(con, query, [sample_id, after])
    return found[0] if found else None


def latest_reviews(con: duckdb.DuckDBPyConnection, *, limit: int = 50) -> list[Record]:
    """The newest reviews, one a fact, with the title of the article; ``is_read`` says whether the fact still is."""
    query = """
        SELECT r.*, d.title, d.source, f.fact_id IS NOT NULL AS is_read
        FROM current_reviews r
        LEFT JOIN facts f ON f.fact_id = r.fact_id
        LEFT JOIN documents d ON d.document_id = r.document_id
        ORDER BY r.reviewed_at DESC LIMIT ?
    """
    return fetch_records(con, query, [limit])


def reviews_of(con: duckdb.DuckDBPyConnection, document_id: str) -> dict[str, Record]:
    """The reviews of a document that count, by fact."""
    rows = fetch_records(con, "SELECT * FROM current_reviews WHERE document_id = ?", [document_id])
    return {row["fact_id"]: row for row in rows}


def as_reviewed(fact: Record, review: Record | None) -> Record:
    """A row of ``facts`` with what its reviewer said in it, as the views show it."""
    if review is None:
        return fact
    return fact | {name: review[name] for name in REVIEWED_COLUMNS}


def reviewed_documents(con: duckdb.DuckDBPyConnection) -> Sequence[Record]:
    """The documents with at least one review that counts."""
    query = """SELECT * FROM documents WHERE document_id IN (SELECT document_id FROM current_reviews) ORDER BY source"""
    return fetch_records(con, query)
