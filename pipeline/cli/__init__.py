"""The command ``factledger``: parses words, calls the rooms below, prints.

Data goes to standard output, progress and messages to standard error. Exit codes: 0 done; 1 it could not be done, or, with
``--strict``, something was rejected; 2 wrong use (option, setting, SQL). What a command needs is imported when it runs,
since ``--help`` must not wait for Arrow or spaCy.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, ParamSpec, TypeVar

import typer

from pipeline.cli.output import Format
from pipeline.errors import FactledgerError, QueryError, SettingsError

P = ParamSpec("P")
R = TypeVar("R")

app = typer.Typer(
    name="factledger",
    help="Every figure of a report or news article, with its sentence, in a DuckDB database.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

_USAGE_ERRORS = (SettingsError, QueryError)

Database = Annotated[
    Path | None, typer.Option("--database", "-d", metavar="FILE", help="Database file [default: outputs/factledger.duckdb]")
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print rows.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def _reported(command: Callable[P, R]) -> Callable[P, R]:
    """Print an error of ours as one message and end with its exit code, instead of a traceback."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except FactledgerError as error:
            typer.echo(f"factledger: {error}", err=True)
            raise typer.Exit(2 if isinstance(error, _USAGE_ERRORS) else 1) from error
        except KeyboardInterrupt:
            typer.echo("factledger: interrupted; what was loaded stays, run it again to go on.", err=True)
            raise typer.Exit(130) from None

    return run


@app.callback(invoke_without_command=True)
def _main(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False) -> None:
    if version:
        from pipeline import PIPELINE_VERSION

        typer.echo(f"factledger {PIPELINE_VERSION}")
        raise typer.Exit()


@app.command()
@_reported
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
    model: Annotated[str | None, typer.Option("--model", "-m", metavar="NAME", help="spaCy model: a package or a path.")] = None,
    no_names: Annotated[
        bool, typer.Option("--no-names", help="Read figures, dates and sentences alone, without the model: much faster.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when anything was rejected.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove the rows of articles whose files are gone from PATH.")] = False,
    prefect: Annotated[bool, typer.Option("--prefect", help="Run as a Prefect flow run, also without PREFECT_API_URL.")] = False,
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

    if no_names and model is not None:
        raise typer.BadParameter("--no-names reads without a model, and --model names one: give one of them.")
    report = ingest_articles(
        paths,
        database=database,
        jobs=jobs,
        cluster=cluster,
        published_at=published_at,
        model=model,
        names=False if no_names else None,
        use_prefect=prefect,
        prune=prune,
        as_json=as_json,
    )
    if strict and report.counts.rejected:
        raise typer.Exit(1)


@app.command()
@_reported
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


@app.command()
@_reported
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


@app.command()
@_reported
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


@app.command()
@_reported
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


@app.command()
@_reported
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


@app.command()
@_reported
def score(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD_DIR", exists=True, file_okay=False, help="Folder of hand-made gold files.")
    ],
    database: Database = None,
    differences: Annotated[int, typer.Option("--show", min=0, metavar="N", help="Print the first N differences.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Compare the database with hand-made gold, and the confidence of facts with how often they are right.

    The articles of the gold must have been ingested before. Gold files are JSON, as corpus/README.md describes.

    \b
    Examples:
      factledger score corpus/gold
      factledger score corpus/gold --show 20
    """
    from pipeline.cli.score import print_score

    print_score(gold, database=database, differences=differences, as_json=as_json)


@app.command()
@_reported
def bench(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Articles to read; a few pages are enough.")],
    words: Annotated[
        int,
        typer.Option("--words", min=1, metavar="N", help="Words to read at least; fewer are repeated."),
    ] = 20_000,
    articles: Annotated[
        int, typer.Option("--articles", min=0, metavar="N", help="Made-up articles to load and ask; 0 leaves that out.")
    ] = 0,
    history: Annotated[
        Path | None, typer.Option("--history", metavar="FILE", help="JSON lines to compare with and to add to.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure how fast this machine reads, beside plain nlp.pipe over the same texts, and what a large store costs.

    \b
    Examples:
      factledger bench corpus
      factledger bench corpus --articles 100000 --history tests/benchmarks/history.jsonl
    """
    from pipeline.cli.bench import run_bench

    run_bench(paths, words=words, articles=articles, history=history, as_json=as_json)


@app.command()
@_reported
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


@app.command()
@_reported
def reextract(
    database: Database = None,
    where: Annotated[
        str | None,
        typer.Option("--where", metavar="SQL", help="Condition over documents [default: read by other rules or model]"),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes that extract; one a core without it.")
    ] = None,
    model: Annotated[str | None, typer.Option("--model", "-m", metavar="NAME", help="spaCy model: a package or a path.")] = None,
    no_names: Annotated[bool, typer.Option("--no-names", help="Read without the model.")] = False,
    prefect: Annotated[bool, typer.Option("--prefect", help="Run as a Prefect flow run, also without PREFECT_API_URL.")] = False,
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

    if no_names and model is not None:
        raise typer.BadParameter("--no-names reads without a model, and --model names one: give one of them.")
    reextract_articles(
        where,
        database=database,
        jobs=jobs,
        model=model,
        names=False if no_names else None,
        use_prefect=prefect,
        as_json=as_json,
    )


@app.command()
@_reported
def check(
    database: Database = None,
    whole: Annotated[
        bool, typer.Option("--all", help="Recompute ids and numerals of every document, not of some thousand.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check that the database is sound: every invariant, one a line, with the rows at fault.

    Offsets slice back, keys are unique and lead somewhere, every source has one current revision, every numeral is
    accounted for, ids are the hashes that they should be. Exit code 0 when all holds, 1 when something does not.

    \b
    Examples:
      factledger check
      factledger check --all --json > check.json
    """
    from pipeline.cli.upkeep import check_database

    if not check_database(database=database, whole=whole, as_json=as_json):
        raise typer.Exit(1)


@app.command()
@_reported
def backup(
    database: Database = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", file_okay=False, help="Folder [default: backups beside the database]")
    ] = None,
    keep: Annotated[
        int | None, typer.Option("--keep", min=1, metavar="N", help="Remove all but the newest N backups of this database.")
    ] = None,
) -> None:
    """Make a backup: a checked copy of the database, with its checksum beside it.

    The time and the version of the schema are in its name. A database that is not sound gives no backup, and the older
    ones stay.

    \b
    Examples:
      factledger backup
      factledger backup --to /mnt/archive --keep 14
    """
    from pipeline.cli.upkeep import make_backup

    make_backup(database=database, folder=to, keep=keep)


@app.command()
@_reported
def restore(
    backup: Annotated[Path, typer.Argument(metavar="FILE", help="A backup, with its .sha256 beside it.")],
    database: Database = None,
) -> None:
    """Put a backup in the place of the database; the file that is replaced is kept.

    A backup that has not its checksum, or does not pass the check, is refused, and nothing is changed.

    \b
    Examples:
      factledger restore outputs/backups/factledger-20250901T020000Z-v4.duckdb
    """
    from pipeline.cli.upkeep import restore_backup

    restore_backup(backup, database=database)


@app.command()
@_reported
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


@app.command()
@_reported
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
