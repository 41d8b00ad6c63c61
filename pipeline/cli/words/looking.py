"""Facts as pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.command import Database, command


@command
def browse(
    database: Database = None,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on; other than loopback needs browse_password.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, metavar="N", help="Port; without it the first free one from 8765 on."),
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="No reviews, no saved queries: nothing can be changed.")] = False,
) -> None:
    """Open the reading room: find a figure, see it in its article, correct it, take it away.

    A web application on this machine, without access to any other. The address is printed on standard output. What an
    ingest writes meanwhile is shown a moment later, and no reader keeps it waiting.

    \b
    Examples:
      factledger browse
      factledger browse --database desk.duckdb --port 9000
      FACTLEDGER_BROWSE_PASSWORD=... factledger browse --host 0.0.0.0 --read-only
    """
    from pipeline.cli.browse import browse_facts

    browse_facts(database=database, host=host, port=port, read_only=read_only)


@command
def report(
    file: Annotated[Path, typer.Argument(metavar="FILE.html", help="The page to write.")],
    database: Database = None,
    where: Annotated[
        str | None, typer.Option("--where", metavar="SQL", help="Which facts: a condition over facts_with_source.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Heading of the page.")] = None,
) -> None:
    """Write facts and their articles as one page that needs nothing else, to send to a colleague.

    Styles and charts are in the file, scripts are not. The condition may read the tables, and nothing else.

    \b
    Examples:
      factledger report figures.html
      factledger report exports.html --where "measure ILIKE '%exports%' AND entity = 'China'" --title "China's exports"
    """
    from pipeline.cli.browse import make_report

    make_report(file, database=database, where=where, title=title)
