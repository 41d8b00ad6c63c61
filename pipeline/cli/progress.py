"""A progress bar on standard error while a run is at work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pipeline.cli.output import console
from pipeline.records import Counts


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int, Counts], None] | None]:
    """What to call with the articles done, all articles and the counts, or None where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def update(done: int, total: int, counts: Counts) -> None:
            bar.update(task, completed=done, total=total, description=f"{counts.facts:,} facts")

        yield update
