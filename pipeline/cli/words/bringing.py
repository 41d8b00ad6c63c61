"""How articles come in: by hand, again, and on a schedule."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from pipeline.cli.command import AsJson, Database, Model, UsePrefect, command


@command
def ingest(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH|GLOB|URL|-...]", help="Files, folders, globs, addresses; - is standard input."),
    ] = None,
    database: Database = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes that read and extract; one a core without it."),
    ] = None,
    cluster: Annotated[
        str | None, typer.Option("--cluster", metavar="ADDRESS", help="Dask scheduler whose workers read and extract.")
    ] = None,
    published_at: Annotated[
        datetime | None,
        typer.Option("--published-at", formats=["%Y-%m-%d"], metavar="DATE", help="Date of the articles that do not say theirs."),
    ] = None,
    model: Model = None,
    no_names: Annotated[
        bool, typer.Option("--no-names", help="Read figures, dates and sentences alone, without the model: much faster.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when anything was rejected.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove the rows of articles whose files are gone from PATH.")] = False,
    prefect: UsePrefect = False,
    as_json: AsJson = False,
) -> None:
    """Bring articles into the database.

    Reads text, Markdown, HTML, PDF, JSON lines and tables (one article a line or row), with NAME.meta.json beside them
    for what they do not say, and fetches pages, feeds and sitemaps. Without PATH it brings in what factledger.toml says is
    watched. What is in the database and has not changed is skipped. A bad input is a row in rejects and does not stop the
    others. Articles whose files are gone from a folder or glob are noted, and keep their facts
    unless --prune is given.

    \b
    Examples:
      factledger ingest corpus
      factledger ingest 'news/**/*.txt' --published-at 2025-09-15
      factledger ingest export.jsonl --database desk.duckdb --jobs 2
      factledger ingest archive --no-names
      factledger ingest https://news.example/feed.xml
      cat article.txt | factledger ingest - --json
    """
    from pipeline.cli.ingest import ingest_articles

    report = ingest_articles(
        paths,
        database=database,
        jobs=jobs,
        cluster=cluster,
        published_at=published_at,
        model=model,
        names=_wants_names(no_names, model),
        use_prefect=prefect,
        prune=prune,
        as_json=as_json,
    )
    if strict and report.counts.rejected:
        raise typer.Exit(1)


@command
def reextract(
    database: Database = None,
    where: Annotated[
        str | None,
        typer.Option("--where", metavar="SQL", help="Condition over documents [default: read by other rules or model]"),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes that extract; one a core without it.")
    ] = None,
    model: Model = None,
    no_names: Annotated[bool, typer.Option("--no-names", help="Read without the model.")] = False,
    prefect: UsePrefect = False,
    as_json: AsJson = False,
) -> None:
    """Read stored articles again with the rules of today, and tell which facts appeared, vanished and changed.

    The texts are in the database, so no source is needed. Rows are replaced batch by batch, each in one transaction;
    reviews stay. An article that cannot be read keeps the rows that it has, and is a row in rejects.

    \b
    Examples:
      factledger reextract
      factledger reextract --where "source LIKE 'news/2025/%'"
      factledger reextract --where "published_at >= '2025-01-01'" --jobs 2
    """
    from pipeline.cli.reextract import reextract_articles

    reextract_articles(
        where,
        database=database,
        jobs=jobs,
        model=model,
        names=_wants_names(no_names, model),
        use_prefect=prefect,
        as_json=as_json,
    )


@command
def schedule(database: Database = None) -> None:
    """Run on a schedule until it is stopped: ingest what is watched, check and back up the database.

    What is watched and when is in factledger.toml ([watch], [schedule]). Runs are seen in Prefect: on the server that
    PREFECT_API_URL names, or on one that is started on schedule.port and stopped at the end. SIGTERM and SIGINT stop it.

    \b
    Examples:
      factledger schedule
      factledger schedule --database desk.duckdb
    """
    from pipeline.cli.schedule import serve_schedule

    serve_schedule(database=database)


def _wants_names(no_names: bool, model: str | None) -> bool | None:
    """Whether names are to be read; None leaves it to the settings."""
    if no_names and model is not None:
        raise typer.BadParameter("--no-names reads without a model, and --model names one: give one of them.")
    return False if no_names else None
