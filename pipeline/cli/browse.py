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
