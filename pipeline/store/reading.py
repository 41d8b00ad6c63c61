"""Questions that the program itself asks: a document and its rows, facts by filter, what the tables are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.errors import StoreError

if TYPE_CHECKING:
    import duckdb

#: A row of a table or view: column name → value.
Record = dict[str, Any]

_CHILDREN = ("sentences", "facts", "dates", "entities", "numbers")


@dataclass(frozen=True, slots=True, kw_only=True)
class FactFilter:
    """Which facts to list; None asks nothing. ``measure`` and ``source`` are parts of the text, the others the whole.

    ``since`` and ``until`` ask for a period that overlaps them; a fact without a period is then left out.
    """

    kind: str | None = None
    entity: str | None = None
    measure: str | None = None
    unit: str | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None


#: Field of ``FactFilter`` → its condition, with one ``?``.
_CONDITIONS = {
    "kind": "kind = ?",
    "entity": "lower(entity) = lower(?)",
    "measure": "contains(lower(measure), lower(?))",
    "unit": "lower(unit) = lower(?)",
    "source": "contains(source, ?)",
    "since": "(period_end >= ? OR (period_end IS NULL AND period_start IS NOT NULL))",
    "until": "(period_start <= ? OR (period_start IS NULL AND period_end IS NOT NULL))",
}
_FACT_COLUMNS = (
    "kind, text, value, unit, bound, measure, entity, period_start, period_end, role, direction, status, attribution,"
    " confidence, sentence, source, fact_id"
)


def find_facts(con: duckdb.DuckDBPyConnection, wanted: FactFilter, *, limit: int | None = None) -> list[Record]:
    """Current facts that pass the filter, in the order of their sources and texts."""
    asked = {name: getattr(wanted, name) for name in _CONDITIONS if getattr(wanted, name) is not None}
    where = " AND ".join(_CONDITIONS[name] for name in asked) or "true"
    query = f"SELECT {_FACT_COLUMNS} FROM facts_with_source WHERE {where} ORDER BY source, start_char LIMIT ?"
    return fetch_records(con, query, [*asked.values(), limit])


def find_document(con: duckdb.DuckDBPyConnection, key: str) -> Record:
    """The document with this id, or the current one of this source, or of the one source that ends in it.

    Raises ``StoreError``, with the candidates, when there is none or more than one.
    """
    for query in (
        "SELECT * FROM documents WHERE document_id = ?",
        "SELECT * FROM documents WHERE is_current AND source = ?",
        "SELECT * FROM documents WHERE is_current AND ends_with(source, '/' || ?)",
        "SELECT * FROM documents WHERE is_current AND contains(source, ?) ORDER BY source",
    ):
        found = fetch_records(con, query, [key])
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(str(row["source"]) for row in found[:5])
            raise StoreError(
                f"{key!r} names {len(found)} documents ({names}{', …' if len(found) > 5 else ''}). Give the whole source."
            )
    raise StoreError(
        f"There is no document {key!r}. List them with: factledger query 'SELECT source FROM documents WHERE is_current'"
    )


def rows_of(con: duckdb.DuckDBPyConnection, table: str, document_id: str) -> list[Record]:
    """The rows of ``sentences``, ``facts``, ``dates``, ``entities`` or ``numbers`` of a document, in the order of its text."""
    if table not in _CHILDREN:
        raise ValueError(f"table must be one of {', '.join(_CHILDREN)}, not {table!r}")
    return fetch_records(con, f"SELECT * FROM {table} WHERE document_id = ? ORDER BY start_char, end_char", [document_id])


def find_fact(con: duckdb.DuckDBPyConnection, fact_id: str) -> Record:
    """The fact with this id, or with the one id that begins so. Raises ``StoreError`` when there is none or more than one."""
    found = fetch_records(con, "SELECT * FROM facts WHERE starts_with(fact_id, ?) LIMIT 2", [fact_id])
    if len(found) != 1:
        reason = "There is no fact" if not found else "More than one fact begins with"
        raise StoreError(f"{reason} {fact_id!r}. Their ids are in the column fact_id of facts.")
    return found[0]


def describe_schema(con: duckdb.DuckDBPyConnection) -> list[Record]:
    """Every column of every table and view: ``name``, ``kind`` (table or view), ``about``, ``column``, ``type``, ``meaning``."""
    return fetch_records(
        con,
        """
        WITH relations AS (
            SELECT table_name AS name, 'table' AS kind, comment AS about FROM duckdb_tables() WHERE NOT internal
            UNION ALL
            SELECT view_name, 'view', comment FROM duckdb_views() WHERE NOT internal
        )
        SELECT r.name, r.kind, r.about, c.column_name AS column, c.data_type AS type, c.comment AS meaning
        FROM relations r JOIN duckdb_columns() c ON c.table_name = r.name
        WHERE NOT c.internal
        ORDER BY r.kind, r.name, c.column_index
        """,
    )


def fetch_records(con: duckdb.DuckDBPyConnection, query: str, parameters: list[Any] | None = None) -> list[Record]:
    """The rows of a query, each as column name → value."""
    cursor = con.execute(query, parameters or [])
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
