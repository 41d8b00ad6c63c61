"""What all commands have in common: the application that they belong to, how they report errors, and options that many take."""

from __future__ import annotations

import functools
from collections.abc import Callable
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
Model = Annotated[str | None, typer.Option("--model", "-m", metavar="NAME", help="spaCy model: a package or a path.")]
UsePrefect = Annotated[bool, typer.Option("--prefect", help="Run as a Prefect flow run, also without PREFECT_API_URL.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def command(function: Callable[P, R]) -> Callable[P, R]:
    """Register a command of the name of ``function``; an error of ours is printed as one message, and ends with its exit code."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except FactledgerError as error:
            typer.echo(f"factledger: {error}", err=True)
            raise typer.Exit(2 if isinstance(error, _USAGE_ERRORS) else 1) from error
        except KeyboardInterrupt:
            typer.echo("factledger: interrupted; what was loaded stays, run it again to go on.", err=True)
            raise typer.Exit(130) from None

    return app.command()(run)


@app.callback(invoke_without_command=True)
def _main(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False) -> None:
    if version:
        from pipeline import PIPELINE_VERSION

        typer.echo(f"factledger {PIPELINE_VERSION}")
        raise typer.Exit()
