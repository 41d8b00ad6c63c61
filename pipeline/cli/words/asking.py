"""What the database is asked: facts, SQL, words, articles, and what its columns mean."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Annotated

import typer

from pipeline.cli.command import Database, FormatOption, command
from pipeline.cli.output import Format


@command
def facts(
    database: Database = None,
    kind: Annotated[str | None, typer.Option(help="money, percent, quantity, multiple or rank.")] = None,
    entity: Annotated[str | None, typer.Option(metavar="NAME", help="Whose figure it is, by canonical name.")] = None,
    measure: Annotated[str | None, typer.Option(metavar="TEXT", help="Words in what was measured.")] = None,
    since: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DATE", help="Period not over before this day.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], metavar="DATE", help="Period begun by this day.")
    ] = None,
    unit: Annotated[
        str | None, typer.Option(metavar="UNIT", help="Currency code, percent, unit code or the noun counted.")
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="TEXT", help="Part of the path or URL of the article.")] = None,
    format: FormatOption = Format.TABLE,  # noqa: A002 - the option's name
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, metavar="N", help="Most rows to print; 0 is all.")] = 100,
) -> None:
    """List facts, with their sentences.

    \b
    Examples:
      factledger facts --kind money --entity China
      factledger facts --measure exports --from 2024-01-01 --to 2024-12-31
      factledger facts --unit percent --source corpus/ --format csv --limit 0
    """
    from pipeline.cli.ask import list_facts

    list_facts(
        database=database,
        kind=kind,
        entity=entity,
        measure=measure,
        since=since,
        until=until,
        unit=unit,
        source=source,
        format=format,
        limit=limit or None,
    )


@command
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT; - reads it from standard input.")],
    database: Database = None,
    format: FormatOption = Format.TABLE,  # noqa: A002 - the option's name
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, metavar="N", help="Most rows to print; 0 is all.")] = 1000,
) -> None:
    """Ask the database with one SELECT.

    The database is opened read only, with no access to other files, and limits on time and memory. Tables and columns
    are listed by: factledger schema

    \b
    Examples:
      factledger query "SELECT measure, value, unit, sentence FROM money ORDER BY value DESC" --limit 10
      factledger query "SELECT * FROM facts_with_source WHERE entity = 'China'" --format csv > china.csv
      factledger query - --format json < question.sql
    """
    from pipeline.cli.ask import ask

    ask(sys.stdin.read() if sql == "-" else sql, database=database, format=format, limit=limit or None)


@command
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Words to look for; rarer ones count more.")],
    database: Database = None,
    format: FormatOption = Format.TABLE,  # noqa: A002 - the option's name
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="Most sentences to print.")] = 20,
) -> None:
    """Search the sentences with figures, and what was measured, by words; the best fit comes first.

    The index is a file beside the database, and is brought up to date by the search.

    \b
    Examples:
      factledger search wheat exports
      factledger search "retail sales" Germany --limit 5 --format json
    """
    from pipeline.cli.search import search_facts

    search_facts(words, database=database, format=format, limit=limit)


@command
def show(
    document: Annotated[
        str | None, typer.Argument(metavar="SOURCE|DOCUMENT_ID", help="A source, the end or a part of one, or a document id.")
    ] = None,
    database: Database = None,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Mark numerals by what they are; unexplained ones stand out.")
    ] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="FACT_ID", help="Show one fact, and where each part stands.")
    ] = None,
) -> None:
    """Print an article with its figures, dates and names marked, and its facts below.

    \b
    Examples:
      factledger show corpus/c01_harbourline_wire.txt
      factledger show c05_grid_storage.txt --numbers
      factledger show --explain 3f2a91
    """
    from pipeline.cli.show import show_document, show_fact

    if explain is not None:
        show_fact(explain, database=database)
    elif document is not None:
        show_document(document, database=database, numbers=numbers)
    else:
        raise typer.BadParameter("Name a SOURCE or DOCUMENT_ID, or a fact with --explain FACT_ID.")


@command
def schema(
    name: Annotated[str | None, typer.Argument(metavar="[TABLE]", help="One table or view; all of them without.")] = None,
    format: FormatOption = Format.TABLE,  # noqa: A002 - the option's name
) -> None:
    """List tables, views and columns with their meaning.

    \b
    Examples:
      factledger schema
      factledger schema facts
      factledger schema --format markdown
    """
    from pipeline.cli.ask import print_schema

    print_schema(name, format=format)
