"""Facts by search, facets and order, out of the wide table of a ``Room``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.store.reading import Record, fetch_records

if TYPE_CHECKING:
    import duckdb

#: How NULL is written as a value of a facet.
NONE = "~"

#: Facet → its column in ``room``.
FACETS = {
    "kind": "kind",
    "unit": "unit",
    "entity": "entity",
    "year": "period_year",
    "role": "role",
    "status": "status",
    "publisher": "publisher",
    "confidence": "confidence_band",
    "review": "review",
}

CONFIDENCE_BANDS = ("0.9 to 1", "0.75 to 0.9", "0.5 to 0.75", "below 0.5")

#: Name of an order → its SQL. Ties are broken by place, so that pages do not overlap.
SORTS = {
    "newest": "published_at DESC NULLS LAST, source, start_char",
    "oldest": "published_at NULLS LAST, source, start_char",
    "largest": "value DESC, source, start_char",
    "smallest": "value, source, start_char",
    "period": "period_end DESC NULLS LAST, period_start DESC NULLS LAST, source, start_char",
    "period-first": "period_end NULLS LAST, period_start NULLS LAST, source, start_char",
    "measure": "lower(measure) NULLS LAST, source, start_char",
    "entity": "lower(entity) NULLS LAST, source, start_char",
    "surest": "confidence DESC, source, start_char",
    "least-sure": "confidence, source, start_char",
}
DEFAULT_SORT = "newest"

_MOST_WORDS = 8

#: What an export holds, in this order: the columns of ``facts_with_source``.
EXPORT_COLUMNS = (
    "measure",
    "entity",
    "period_start",
    "period_end",
    "value",
    "unit",
    "bound",
    "value_low",
    "value_high",
    "role",
    "direction",
    "basis_start",
    "basis_end",
    "share_of",
    "status",
    "attribution",
    "sentence",
    "title",
    "source",
    "published_at",
    "publisher",
    "kind",
    "text",
    "start_char",
    "end_char",
    "period_relation",
    "period_inherited",
    "conversion_of",
    "confidence",
    "rule",
    "review",
    "fact_id",
    "document_id",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactQuery:
    """Which facts to show, and how.

    ``q`` looks for all its words in measure, entity and sentence; ``measure`` for all its words in the measure; ``chosen``
    is facet → values, of which one must hold; ``since`` and ``until`` ask for a period that overlaps them.
    """

    q: str = ""
    measure: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    document_id: str = ""
    sort: str = DEFAULT_SORT

    def is_empty(self) -> bool:
        """Whether every fact passes."""
        return not (self.q or self.measure or self.chosen or self.since or self.until or self.document_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value of a facet: how many facts would be shown with it, and whether it is chosen."""

    value: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPage:
    """A page of facts: ``rows`` with their sentences, how many there are in all, the facets with their counts."""

    rows: list[Record]
    total: int
    facets: dict[str, list[FacetValue]]


def fact_page(
    con: duckdb.DuckDBPyConnection, wanted: FactQuery, *, limit: int = 50, offset: int = 0, values: int = 12
) -> FactPage:
    """The facts that pass, from ``offset``, with at most ``values`` values of each facet, the frequent ones first."""
    facets, total = _facets(con, wanted, values=values)
    return FactPage(rows=find_rows(con, wanted, limit=limit, offset=offset), total=total, facets=facets)


def find_rows(con: duckdb.DuckDBPyConnection, wanted: FactQuery, *, limit: int, offset: int = 0) -> list[Record]:
    """The rows that pass, each with its sentence and the place of the sentence, in the order asked for."""
    where, parameters = _condition(wanted)
    order = SORTS.get(wanted.sort, SORTS[DEFAULT_SORT])
    query = f"""
        WITH page AS (
            SELECT rowid AS place, row_number() OVER () AS turn
            FROM (SELECT rowid FROM room WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?)
        )
        SELECT room.* EXCLUDE (haystack), s.text AS sentence, s.start_char AS sentence_start
        FROM page JOIN room ON room.rowid = page.place
        JOIN sentences s ON s.sentence_id = room.sentence_id AND s.document_id = room.document_id
        ORDER BY turn
    """
    return fetch_records(con, query, [*parameters, limit, offset])


def export_query(wanted: FactQuery) -> tuple[str, list[Any]]:
    """The SQL, with its parameters, for all rows that pass with the columns of an export."""
    where, parameters = _condition(wanted)
    order = SORTS.get(wanted.sort, SORTS[DEFAULT_SORT])
    columns = ", ".join("s.text AS sentence" if name == "sentence" else f"r.{name}" for name in EXPORT_COLUMNS)
    query = f"""SELECT {columns} FROM (SELECT * FROM room WHERE {where}) r
        JOIN sentences s ON s.sentence_id = r.sentence_id AND s.document_id = r.document_id
        ORDER BY {order.replace("start_char", "r.start_char")}"""
    return query, parameters


def chart_rows(con: duckdb.DuckDBPyConnection, wanted: FactQuery, *, limit: int) -> list[Record]:
    """The facts with a period that pass, by period, at most ``limit``; those of kind rank have no place on a scale."""
    where, parameters = _condition(wanted)
    query = f"""
        WITH page AS (
            SELECT * EXCLUDE (haystack) FROM room
            WHERE ({where}) AND coalesce(period_start, period_end) IS NOT NULL AND role <> 'rank'
            ORDER BY coalesce(period_end, period_start), source, start_char LIMIT ?
        )
        SELECT page.*, s.text AS sentence, s.start_char AS sentence_start
        FROM page JOIN sentences s ON s.sentence_id = page.sentence_id AND s.document_id = page.document_id
        ORDER BY coalesce(page.period_end, page.period_start), page.source, page.start_char
    """
    return fetch_records(con, query, [*parameters, limit])


def worth_charting(con: duckdb.DuckDBPyConnection, *, limit: int = 24) -> list[Record]:
    """Measures of an entity that are given for most periods: ``measure``, ``entity``, ``unit``, ``role``, ``periods``."""
    query = """
        SELECT mode(measure) AS measure, entity, unit, role, count(DISTINCT period_end) AS periods, count(*) AS facts
        FROM room WHERE measure IS NOT NULL AND entity IS NOT NULL AND period_end IS NOT NULL AND role <> 'rank'
        GROUP BY lower(measure), entity, unit, role HAVING count(DISTINCT period_end) >= 3
        ORDER BY periods DESC, facts DESC, lower(measure) LIMIT ?
    """
    return fetch_records(con, query, [limit])


def names_for(con: duckdb.DuckDBPyConnection, column: str, *, limit: int = 200) -> list[str]:
    """The most frequent values of ``entity`` or ``unit``, for a list to choose from."""
    if column not in {"entity", "unit"}:
        raise ValueError(f"column must be entity or unit, not {column!r}")
    query = f"SELECT {column} FROM room WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ?"
    return [str(row[0]) for row in con.execute(query, [limit]).fetchall()]


def _condition(wanted: FactQuery) -> tuple[str, list[Any]]:
    """What all rows must pass, as SQL with its parameters."""
    terms, parameters = _search(wanted)
    for facet, values in wanted.chosen.items():
        term, given = _choice(facet, values)
        terms.append(term)
        parameters += given
    return " AND ".join(terms) or "true", parameters


def _search(wanted: FactQuery) -> tuple[list[str], list[Any]]:
    """The part of the condition that is no facet."""
    terms: list[str] = []
    parameters: list[Any] = []
    for word in wanted.q.split()[:_MOST_WORDS]:
        terms.append("contains(haystack, lower(strip_accents(?)))")
        parameters.append(word)
    for word in wanted.measure.split()[:_MOST_WORDS]:
        terms.append("contains(lower(strip_accents(measure)), lower(strip_accents(?)))")
        parameters.append(word)
    if wanted.since is not None:
        terms.append("(period_end >= ? OR (period_end IS NULL AND period_start IS NOT NULL))")
        parameters.append(wanted.since)
    if wanted.until is not None:
        terms.append("(period_start <= ? OR (period_start IS NULL AND period_end IS NOT NULL))")
        parameters.append(wanted.until)
    if wanted.document_id:
        terms.append("document_id = ?")
        parameters.append(wanted.document_id)
    return terms, parameters


def _choice(facet: str, values: Sequence[str]) -> tuple[str, list[Any]]:
    return f"coalesce({FACETS[facet]}, '{NONE}') IN (SELECT unnest(?::VARCHAR[]))", [list(values)]


def _facets(con: duckdb.DuckDBPyConnection, wanted: FactQuery, *, values: int) -> tuple[dict[str, list[FacetValue]], int]:
    """Every facet under the choices of all the others, in one query, so that the search is done once."""
    terms, searched = _search(wanted)
    flags: list[str] = []
    flagged: list[Any] = []
    for facet, chosen in wanted.chosen.items():
        term, given = _choice(facet, chosen)
        flags.append(f"({term}) AS passes_{facet}")
        flagged += given
    parts = [_part(facet, column, wanted, values=values) for facet, column in FACETS.items()]
    everything = " AND ".join(f"passes_{name}" for name in wanted.chosen) or "true"
    parts.append(f"(SELECT '' AS facet, '' AS value, count(*) AS facts FROM hits WHERE {everything})")
    hits = f"SELECT {', '.join([*FACETS.values(), *flags])} FROM room WHERE {' AND '.join(terms) or 'true'}"
    chosen_first = [list(wanted.chosen.get(facet, ())) for facet in FACETS]
    query = f"WITH hits AS MATERIALIZED ({hits}) {' UNION ALL '.join(parts)}"
    facets: dict[str, list[FacetValue]] = {facet: [] for facet in FACETS}
    total = 0
    for facet, value, count in con.execute(query, [*flagged, *searched, *chosen_first]).fetchall():
        if facet:
            facets[facet].append(FacetValue(value=value, count=count, is_chosen=value in wanted.chosen.get(facet, ())))
        else:
            total = count
    for facet, chosen in wanted.chosen.items():
        known = {entry.value for entry in facets[facet]}
        facets[facet] += [FacetValue(value=value, count=0, is_chosen=True) for value in chosen if value not in known]
    return {facet: sorted(entries, key=_ORDERS.get(facet, _by_count)) for facet, entries in facets.items()}, total


def _part(facet: str, column: str, wanted: FactQuery, *, values: int) -> str:
    """The query of one facet; its parameter are the chosen values, which are kept whatever their count."""
    others = " AND ".join(f"passes_{name}" for name in wanted.chosen if name != facet) or "true"
    return f"""(SELECT '{facet}' AS facet, coalesce(value, '{NONE}') AS value, facts
        FROM (SELECT {column} AS value, count(*) AS facts FROM hits WHERE {others} GROUP BY 1)
        ORDER BY list_contains(?::VARCHAR[], coalesce(value, '{NONE}')) DESC, facts DESC, value LIMIT {values:d})"""


def _by_count(entry: FacetValue) -> tuple[int, str]:
    return -entry.count, entry.value


def _newest_year_first(entry: FacetValue) -> tuple[bool, int]:
    return entry.value == NONE, -int(entry.value) if entry.value.lstrip("-").isdigit() else 0


def _surest_first(entry: FacetValue) -> tuple[int, str]:
    return (CONFIDENCE_BANDS.index(entry.value) if entry.value in CONFIDENCE_BANDS else len(CONFIDENCE_BANDS)), entry.value


_ORDERS: dict[str, Callable[[FacetValue], Any]] = {"year": _newest_year_first, "confidence": _surest_first}
