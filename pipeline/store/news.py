"""What a run brought: its articles, the largest of its new figures, and what its new revisions say otherwise."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.store.changes import Changes, compare_facts
from pipeline.store.reading import Record, fetch_records

if TYPE_CHECKING:
    import duckdb

_MOST_ARTICLES = 20
_MOST_UNITS = 10
#: More changed articles than this are not compared: a run that read everything anew changed what it read with.
_MOST_REVISIONS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a run brought.

    ``articles`` are those with most figures; ``largest`` are figures, the largest of each of the commonest units of money,
    then of other units; ``revised`` tells by source what differs, of articles that got a new text.
    """

    articles: tuple[Record, ...] = ()
    largest: tuple[Record, ...] = ()
    revised: tuple[tuple[str, Changes], ...] = ()


def news_of(con: duckdb.DuckDBPyConnection, run_id: str) -> News:
    """The news of a run, from the rows that it wrote. Copies of a story are left out of ``articles`` and ``largest``."""
    return News(
        articles=tuple(_articles(con, run_id)), largest=tuple(_largest(con, run_id)), revised=tuple(_revised(con, run_id))
    )


def _articles(con: duckdb.DuckDBPyConnection, run_id: str) -> list[Record]:
    query = """SELECT d.source, d.title, d.publisher, d.published_at, d.revision, count(f.fact_id) AS facts
               FROM documents d LEFT JOIN facts f ON f.document_id = d.document_id
               WHERE d.run_id = ? AND d.is_current AND d.duplicate_of IS NULL
               GROUP BY ALL ORDER BY facts DESC, d.source LIMIT ?"""
    return fetch_records(con, query, [run_id, _MOST_ARTICLES])


def _largest(con: duckdb.DuckDBPyConnection, run_id: str) -> list[Record]:
    query = """WITH fresh AS (
                   SELECT f.*, d.source, count(*) OVER (PARTITION BY f.unit) AS common,
                          row_number() OVER (PARTITION BY f.unit ORDER BY f.value DESC, f.fact_id) AS place
                   FROM facts f JOIN documents d ON d.document_id = f.document_id
                   WHERE d.run_id = ? AND d.is_current AND d.duplicate_of IS NULL AND f.kind <> 'rank')
               SELECT value, unit, text, measure, entity, period_start, period_end, source FROM fresh WHERE place = 1
               ORDER BY kind = 'money' DESC, common DESC, unit LIMIT ?"""
    return fetch_records(con, query, [run_id, _MOST_UNITS])


def _revised(con: duckdb.DuckDBPyConnection, run_id: str) -> list[tuple[str, Changes]]:
    pairs = con.execute(
        """SELECT d.source, d.document_id, arg_max(p.document_id, p.revision) AS before
           FROM documents d JOIN documents p ON p.source = d.source AND p.revision < d.revision
           WHERE d.run_id = ? AND d.is_current GROUP BY d.source, d.document_id ORDER BY d.source LIMIT ?""",
        [run_id, _MOST_REVISIONS],
    ).fetchall()
    facts = _facts_of(con, [document_id for _, *ids in pairs for document_id in ids])
    found = ((source, compare_facts(facts[before], facts[after])) for source, after, before in pairs)
    return [(source, changes) for source, changes in found if changes]


def _facts_of(con: duckdb.DuckDBPyConnection, document_ids: list[str]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    query = "SELECT * FROM facts WHERE document_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY document_id, start_char"
    for fact in fetch_records(con, query, [document_ids]) if document_ids else []:
        found[fact["document_id"]].append(fact)
    return found
