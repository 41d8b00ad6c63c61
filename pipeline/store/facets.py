"""Facts by search, facets and order, out of the wide table of a ``Room``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.store.reading import Record, fetch_records
from pipeline.store.search import fit, rarity

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
#: The order where words are searched for and no other is asked for: by how well a fact fits them.
BEST_SORT = "best"

_MOST_WORDS = 8
#: What a word weighs that stands inside another, to one that stands by itself: ``oil`` in ``soil``.
_INSIDE = 0.25

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
    is facet → values, of which one must hold; ``since`` and ``until`` ask for a period that overlaps them. ``sort`` is one of
    ``SORTS``, or empty for the order that suits what is asked.
    """

    q: str = ""
    measure: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    document_id: str = ""
    sort: str = ""

    @property
    def order(self) -> str:
        """The name of the order in which the facts come: that of ``sort``, else the best fit first, or the newest."""
        if self.sort in SORTS:
            return self.sort
        return BEST_SORT if self.q else DEFAULT_SORT

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
    """A page of facts: ``rows`` with their sentences, how many there are in all, the facets with their counts.

    ``shown`` is what the rows pass. It is what was asked, or where no fact holds all the words, without those ``left_out``.
    """

    shown: FactQuery
    left_out: tuple[str, ...]
    rows: list[Record]
    total: int
    facets: dict[str, list[FacetValue]]


def fact_page(
    con: duckdb.DuckDBPyConnection, wanted: FactQuery, *, limit: int = 50, offset: int = 0, values: int = 12
) -> FactPage:
    """The facts that pass, from ``offset``, with at most ``values`` values of each facet, the frequent ones first.

    Where no fact holds all the words that are looked for, these are the facts that hold as many of the rarest as any does.
    """
    shown = loosen(con, wanted)
    facets, total = _facets(con, shown, values=values)
    kept = shown.q.split()
    return FactPage(
        shown=shown,
        left_out=tuple(word for word in wanted.q.split() if word not in kept),
        rows=find_rows(con, shown, limit=limit, offset=offset),
        total=total,
        facets=facets,
    )


def loosen(con: duckdb.DuckDBPyConnection, wanted: FactQuery) -> FactQuery:
    """The same with fewer words, where no fact holds them all: the rarest word is kept, then each that still leaves a fact."""
    words = _words(wanted)
    if len(words) < 2 or _passes_any(con, wanted):
        return wanted
    where, parameters = _condition(replace(wanted, q=""))
    counts = ", ".join(f"count(*) FILTER ({_HOLDS})" for _ in words)
    row = con.execute(f"SELECT {counts} FROM room WHERE {where}", [*words, *parameters]).fetchone()
    assert row is not None
    kept: list[str] = []
    for count, word in sorted(zip(row, words, strict=True), key=lambda pair: pair[0]):
        if not count:
            continue
        if _passes_any(con, replace(wanted, q=" ".join([*kept, word]))):
            kept.append(word)
    return replace(wanted, q=" ".join(word for word in words if word in kept)) if kept else wanted


def _passes_any(con: duckdb.DuckDBPyConnection, wanted: FactQuery) -> bool:
    where, parameters = _condition(wanted)
    return con.execute(f"SELECT 1 FROM room WHERE {where} LIMIT 1", parameters).fetchone() is not None


def find_rows(con: duckdb.DuckDBPyConnection, wanted: FactQuery, *, limit: int, offset: int = 0) -> list[Record]:
    """The rows that pass, each with its sentence and the place of the sentence, in the order asked for."""
    where, parameters = _condition(wanted)
    order = _order(wanted)
    query = f"""
        WITH mean AS MATERIALIZED ({order.mean}), page AS (
            SELECT rowid AS place, row_number() OVER () AS turn
            FROM (SELECT room.rowid FROM room, mean WHERE {where} ORDER BY {order.by} LIMIT ? OFFSET ?)
        )
        SELECT room.* EXCLUDE (haystack), s.text AS sentence, s.start_char AS sentence_start
        FROM page JOIN room ON room.rowid = page.place
        JOIN sentences s ON s.sentence_id = room.sentence_id AND s.document_id = room.document_id
        ORDER BY turn
    """
    return fetch_records(con, query, [*order.mean_words, *parameters, *order.by_words, limit, offset])


def export_query(wanted: FactQuery) -> tuple[str, list[Any]]:
    """The SQL, with its parameters, for all rows that pass with the columns of an export."""
    where, parameters = _condition(wanted)
    order = _order(wanted)
    columns = ", ".join("s.text AS sentence" if name == "sentence" else f"r.{name}" for name in EXPORT_COLUMNS)
    query = f"""WITH mean AS MATERIALIZED ({order.mean}) SELECT {columns} FROM (SELECT * FROM room WHERE {where}) r, mean
        JOIN sentences s ON s.sentence_id = r.sentence_id AND s.document_id = r.document_id
        ORDER BY {order.by.replace("start_char", "r.start_char")}"""
    return query, [*order.mean_words, *parameters, *order.by_words]


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


def _words(wanted: FactQuery) -> list[str]:
    """The words that are looked for, each once."""
    return list(dict.fromkeys(wanted.q.split()))[:_MOST_WORDS]


#: A word as the haystack has it, and whether a fact holds it, be it inside another: a search goes on while one types.
_WORD = "lower(strip_accents(?))"
_HOLDS = f"contains(haystack, {_WORD})"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """What rows are ordered by, as SQL ``by`` with its parameters; ``mean`` is the row about all facts that it looks at."""

    by: str
    by_words: tuple[str, ...] = ()
    mean: str = "SELECT 1"
    mean_words: tuple[str, ...] = ()


def _order(wanted: FactQuery) -> _Order:
    """The order that is asked for.

    The best fit is that of the search of sentences (BM25), over the words of a fact: measure, entity and sentence, so that of
    two facts in a sentence that is first whose measure or entity has the word.
    """
    words = _words(wanted)
    if wanted.order != BEST_SORT or not words:
        return _Order(by=SORTS.get(wanted.order, SORTS[DEFAULT_SORT]))
    anywhere = f"(strlen(haystack) - strlen(replace(haystack, {_WORD}, ''))) / greatest(strlen({_WORD}), 1)"
    alone = rf"len(regexp_extract_all(haystack, '\b' || regexp_escape({_WORD}) || '\b'))"
    times = f"({_INSIDE} * {anywhere} + {1 - _INSIDE} * {alone})"
    terms = [fit(times, "strlen(haystack) / mean.length", f"mean.weight_{number}") for number in range(len(words))]
    weights = ", ".join(f"{rarity(f'count(*) FILTER ({_HOLDS})', 'count(*)')} AS weight_{number}" for number in range(len(words)))
    return _Order(
        by=f"{' + '.join(terms)} DESC, {SORTS[DEFAULT_SORT]}",
        by_words=tuple(word for term, word in zip(terms, words, strict=True) for _ in range(term.count("?"))),
        mean=f"SELECT avg(strlen(haystack)) AS length, {weights} FROM room",
        # The rarity of a word looks twice at how many hold it.
        mean_words=tuple(word for word in words for _ in range(2)),
    )


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
    for word in _words(wanted):
        terms.append(_HOLDS)
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
