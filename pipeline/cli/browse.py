"""``browse`` and ``report``: figures as pages."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from pipeline.settings import load_settings


def browse_facts(*, database: Path | None, host: str, port: int | None, read_only: bool) -> None:
    """Serve the reading room until it is interrupted."""
    from pipeline.browse.serve import serve

    settings = load_settings(database=database)

    def ready(address: str) -> None:
        print(address, flush=True)
        typer.echo(f"The reading room of {settings.database} is open. Stop it with Ctrl C.", err=True)
        sys.stderr.flush()

    serve(settings, host=host, port=port, read_only=read_only, ready=ready)


def make_report(path: Path, *, database: Path | None, where: str | None, title: str | None) -> None:
    """Write a report and say what is in it."""
    from pipeline.browse.report import write_report

    count = write_report(load_settings(database=database), path, where=where, title=title)
    print(path)
    typer.echo(f"{count:,} facts, in {path.stat().st_size / 1e6:.1f} MB. It needs nothing but a browser.", err=True)
