"""``query``, ``facts`` and ``schema``: rows out of the database."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import typer

from pipeline.cli.output import Format, console, print_rows, printable
from pipeline.cli.reading import tell_age
from pipeline.errors import QueryError
from pipeline.store.process import QueryProcess

_KINDS = ("money", "percent", "quantity", "multiple", "rank")
_FACT_COLUMNS = ("measure", "entity", "period_start", "period_end", "value", "unit", "text", "sentence", "source")


def ask(sql: str, *, database: Path | None, format: Format, limit: int | None) -> None:  # noqa: A002
    """Print the rows of one SELECT, asked in a process of its own."""
    with QueryProcess() as process:  # started first: it loads DuckDB while the settings are read here
        from pipeline.settings import load_settings

        settings = load_settings(database=database)
        result = process.run(
            settings.database,
            sql,
            limit=limit,
            timeout_seconds=settings.query_timeout_seconds,
            memory_mb=settings.query_memory_mb,
            wait_seconds=settings.lock_wait_seconds,
            snapshot=settings.snapshot,
        )
    tell_age(result.as_of)
    print_rows(result.columns, result.rows, format)
    if result.truncated:
        typer.echo(f"There are more than {limit} rows; --limit 0 prints all.", err=True)


def list_facts(
    *,
    database: Path | None,
    kind: str | None,
    entity: str | None,
    measure: str | None,
    since: datetime | None,
    until: datetime | None,
    unit: str | None,
    source: str | None,
    format: Format,  # noqa: A002
    limit: int | None,
) -> None:
    """Print the facts that pass the filter: a few columns as a table, all of them in the other formats."""
    if kind is not None and kind not in _KINDS:
        raise QueryError(f"--kind is {kind!r}; allowed are {', '.join(_KINDS)}.")
    from pipeline.cli.reading import open_to_read
    from pipeline.settings import load_settings
    from pipeline.store import FactFilter, find_facts

    settings = load_settings(database=database)
    wanted = FactFilter(
        kind=kind,
        entity=entity,
        measure=measure,
        unit=unit,
        source=source,
        since=since.date() if since else None,
        until=until.date() if until else None,
    )
    with open_to_read(settings) as con:
        found = find_facts(con, wanted, limit=None if limit is None else limit + 1)
    shown = found[:limit] if limit is not None else found
    columns = _FACT_COLUMNS if format is Format.TABLE else tuple(shown[0]) if shown else _FACT_COLUMNS
    if not shown and format is Format.TABLE:
        typer.echo("No fact passes this filter. All of them: factledger facts", err=True)
        return
    print_rows(columns, [[row[name] for name in columns] for row in shown], format)
    if len(found) > len(shown):
        typer.echo(f"There are more than {limit} facts; --limit 0 prints all.", err=True)


def print_schema(name: str | None, *, format: Format) -> None:  # noqa: A002
    """Print the columns of one table or view, or of all; they come from the program, so no database is needed."""
    from pipeline.store import connect, describe_schema

    with connect(":memory:") as con:
        rows = describe_schema(con)
    names = sorted({str(row["name"]) for row in rows})
    if name is not None and name not in names:
        raise QueryError(f"There is no table or view {name!r}; there are {', '.join(names)}.")
    wanted = [row for row in rows if name in (None, row["name"])]
    if format is not Format.TABLE:
        columns = ("name", "kind", "column", "type", "meaning")
        print_rows(columns, [[row[column] for column in columns] for row in wanted], format)
        return
    for relation in dict.fromkeys(str(row["name"]) for row in wanted):
        of_it = [row for row in wanted if row["name"] == relation]
        console().print(f"{relation} ({of_it[0]['kind']}): {printable(str(of_it[0]['about']))}", style="bold")
        print_rows(("column", "type", "meaning"), [[row["column"], row["type"], row["meaning"]] for row in of_it], format)
