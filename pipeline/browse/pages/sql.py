"""SQL: one SELECT in a process of its own with limits on time, memory and rows; its result as table, chart or file."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.browse.desk import changing, desk_of, page, redirect
from pipeline.browse.export import answer_with, rows_table
from pipeline.browse.result_chart import chart_of_result
from pipeline.browse.security import is_own_request
from pipeline.errors import FactledgerError, QueryError
from pipeline.plain import to_text
from pipeline.store import QueryResult, connect, describe_schema, run_query_apart
from pipeline.store.saved import delete_query, save_query, saved_queries

#: Rows on the page, and rows in a file.
SHOWN_ROWS = 500
FILE_ROWS = 1_000_000
_LONGEST_SQL = 20_000
_LONGEST_CELL = 2_000

#: Queries to begin with: name, SQL.
EXAMPLES = (
    (
        "Largest amounts in yuan",
        """SELECT measure, entity, period_start, value, unit, sentence, source
FROM money
WHERE unit = 'CNY' AND value >= 1e12
ORDER BY value DESC""",
    ),
    (
        "Facts by publisher and kind",
        """SELECT publisher, kind, count(*) AS facts
FROM facts_with_source
GROUP BY ALL
ORDER BY facts DESC""",
    ),
    (
        "Forecasts that are still ahead",
        """SELECT measure, entity, period_end, value, unit, attribution, sentence
FROM facts_with_source
WHERE status = 'forecast' AND period_end >= current_date
ORDER BY period_end""",
    ),
    (
        "Exports by year",
        """SELECT year(period_end) AS year, max(value) AS exports
FROM money
WHERE lower(measure) LIKE '%exports%' AND unit = 'CNY' AND role = 'level' AND period_end IS NOT NULL
GROUP BY year
ORDER BY year""",
    ),
    (
        "What people corrected",
        """SELECT reviewed_at, verdict, changed, text, measure, value, unit, note
FROM current_reviews
ORDER BY reviewed_at DESC""",
    ),
)


def show_sql(request: Request) -> Response:
    """The editor, and the result of the query in the address, if it was asked for here."""
    desk = desk_of(request)
    sql = request.query_params.get("sql", "")[:_LONGEST_SQL]
    result: QueryResult | None = None
    problem = ""
    asked = bool(sql.strip())
    may_run = is_own_request(request.headers)
    if asked and may_run:
        try:
            result = _run(request, sql, limit=SHOWN_ROWS)
        except FactledgerError as error:
            problem = str(error)
    with desk.room.reading() as con:
        saved = saved_queries(con)
    return page(
        request,
        "sql.html",
        sql=sql,
        result=result,
        table=_cells(result) if result else [],
        numeric=_numeric(result) if result else [],
        chart=chart_of_result(result) if result else None,
        problem=problem,
        held_back=asked and not may_run,
        relations=_relations(),
        saved=saved,
        examples=EXAMPLES,
        limits=(desk.settings.query_timeout_seconds, desk.settings.query_memory_mb, SHOWN_ROWS),
    )


def _run(request: Request, sql: str, *, limit: int) -> QueryResult:
    desk = desk_of(request)
    return run_query_apart(
        desk.room.path_to_query(),
        sql,
        limit=limit,
        timeout_seconds=desk.settings.query_timeout_seconds,
        memory_mb=desk.settings.query_memory_mb,
    )


def _cells(result: QueryResult) -> list[list[str]]:
    return [[_short(to_text(value)) for value in row] for row in result.rows]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else text[:_LONGEST_CELL] + " …"


def _numeric(result: QueryResult) -> list[bool]:
    return [kind.startswith(("DECIMAL", "DOUBLE", "FLOAT", "BIGINT", "INTEGER", "HUGEINT", "UBIGINT")) for kind in result.types]


@functools.cache
def _relations() -> list[dict[str, Any]]:
    """Tables and views with their columns; the views that analysts type first come first."""
    with connect(":memory:") as con:
        schema = describe_schema(con)
    first = (
        "facts_with_source",
        "money",
        "percentages",
        "quantities",
        "names_with_source",
        "current_documents",
        "current_reviews",
    )
    relations: dict[str, dict[str, Any]] = {}
    for row in schema:
        relation = relations.setdefault(
            row["name"], {"name": row["name"], "kind": row["kind"], "about": row["about"], "columns": []}
        )
        relation["columns"].append(row)
    return sorted(relations.values(), key=lambda r: (first.index(r["name"]) if r["name"] in first else len(first), r["name"]))


def take_result(request: Request) -> Response:
    """The result of a query as a file."""
    if not is_own_request(request.headers):
        raise QueryError("This query was asked for by a page of another site. Open it in the editor, and run it there.")
    result = _run(request, request.query_params.get("sql", "")[:_LONGEST_SQL], limit=FILE_ROWS)
    return answer_with(rows_table(result), format_name=request.path_params["format"], stem="query")


def save(request: Request, form: Mapping[str, str]) -> Response:
    """Keep a query under a name."""
    sql = form.get("sql", "")[:_LONGEST_SQL]
    desk_of(request).room.write(lambda con: save_query(con, form.get("name", ""), sql))
    return redirect("/sql", sql=sql)


def forget(request: Request, form: Mapping[str, str]) -> Response:
    """Forget a saved query."""
    desk_of(request).room.write(lambda con: delete_query(con, form.get("name", "")))
    return redirect("/sql")


routes = [
    Route("/sql", show_sql),
    Route("/export/query.{format}", take_result),
    Route("/sql/save", changing(save), methods=["POST"]),
    Route("/sql/forget", changing(forget), methods=["POST"]),
]
