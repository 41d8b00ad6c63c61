"""``schedule``: serve the scheduled runs until it is stopped."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.settings import load_settings


def serve_schedule(*, database: Path | None) -> None:
    """Serve until a signal comes; what it says goes to standard error."""
    import os

    settings = load_settings(database=database)
    settings.paths_or_watched(None)
    if database is not None:
        # The runs are processes of their own, which read the same settings.
        os.environ["FACTLEDGER_DATABASE"] = str(database)
    from flows.scheduling import run_schedule

    log = settings.database.parent / "prefect-server.log"
    run_schedule(settings, log=log, tell=lambda line: typer.echo(line, err=True))
