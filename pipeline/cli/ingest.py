"""``ingest``: a progress bar on standard error while it runs, then what it did."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pipeline.cli.output import print_json, printable
from pipeline.cli.progress import progress_bar
from pipeline.read.formats import SUFFIXES
from pipeline.settings import Settings, load_settings

if TYPE_CHECKING:
    from flows.report import IngestReport

_MOST_REJECTS_SHOWN = 10
_MOST_FIGURES_SHOWN = 5


def ingest_articles(
    paths: Sequence[str] | None,
    *,
    database: Path | None,
    jobs: int | None,
    cluster: str | None,
    published_at: datetime | None,
    model: str | None,
    names: bool | None,
    use_prefect: bool,
    prune: bool,
    as_json: bool,
) -> IngestReport:
    """Run the ingest, as a Prefect flow run where that is asked for or an API is configured, and print its report."""
    settings = load_settings(database=database, jobs=jobs, cluster=cluster, model=model, names=names)
    paths = settings.paths_or_watched(paths)
    if use_prefect or settings.cluster or os.environ.get("PREFECT_API_URL"):
        report = _run_with_prefect(paths, settings, published_at, prune)
    else:
        report = _run_here(paths, settings, published_at, prune)
    if as_json:
        largest = [dict(row) for row in report.news.largest]
        changes = {
            source: {"appeared": len(each.appeared), "vanished": len(each.vanished), "changed": len(each.changed)}
            for source, each in report.news.revised
        }
        counts = {**asdict(report.counts), "seconds": round(report.seconds, 3)}
        rejects = [asdict(reject) for reject in report.rejects]
        print_json(
            {
                "run_id": report.run_id,
                "database": str(report.database),
                **counts,
                "largest": largest,
                "changes": changes,
                "rejects": rejects,
            }
        )
    else:
        _print_report(report)
    return report


def _run_here(paths: Sequence[str], settings: Settings, published_at: datetime | None, prune: bool) -> IngestReport:
    from flows.ingesting import run_ingest
    from flows.running import run_options

    with progress_bar() as progress:
        return run_ingest(
            paths,
            **run_options(settings),
            published_at=published_at,
            max_text_chars=settings.max_text_chars,
            fetch=settings.fetch,
            prune=prune,
            progress=progress,
        )


def _run_with_prefect(paths: Sequence[str], settings: Settings, published_at: datetime | None, prune: bool) -> IngestReport:
    from flows.batch_tasks import run_here
    from flows.ingest import ingest
    from flows.running import flow_parameters

    return run_here(
        ingest,
        **flow_parameters(settings),
        cluster=settings.cluster,
        paths=list(paths),
        published_at=published_at.date() if published_at else None,
        prune=prune,
    )


def _print_report(report: IngestReport) -> None:
    counts = report.counts
    for reject in report.rejects[:_MOST_REJECTS_SHOWN]:
        typer.echo(f"rejected ({reject.stage}) {printable(reject.source)}: {printable(reject.message)}", err=True)
    if counts.rejected > _MOST_REJECTS_SHOWN:
        typer.echo(f"… and {counts.rejected - _MOST_REJECTS_SHOWN:,} more: factledger query 'SELECT * FROM rejects'", err=True)
    _print_news(report)
    if not counts.read and not counts.rejected:
        typer.echo(f"There was nothing to read. Files of these suffixes are read in folders: {', '.join(SUFFIXES)}.", err=True)
    if counts.not_english:
        typer.echo(
            f"{counts.not_english:,} of the new or changed articles are not in English: kept, and not extracted.", err=True
        )
    if counts.vanished and not counts.pruned:
        typer.echo(
            f"{counts.vanished:,} sources are gone; their facts stay. List them: "
            'factledger query "SELECT * FROM sources WHERE vanished_at IS NOT NULL"; remove them: --prune',
            err=True,
        )
    typer.echo(
        f"read {counts.read:,}, new {counts.new:,}, changed {counts.changed:,}, unchanged {counts.unchanged:,}, "
        f"duplicate {counts.duplicate:,}, vanished {counts.vanished:,}, pruned {counts.pruned:,}, "
        f"rejected {counts.rejected:,}, facts {counts.facts:,}, seconds {report.seconds:.1f}"
    )
    typer.echo(f"database {report.database}")


def _print_news(report: IngestReport) -> None:
    """The largest new figures, and how many facts of changed articles differ; ``runs.report`` has all of it."""
    from flows.report import count_changes, describe_value

    if report.crashed:
        typer.echo(f"took up the work of {len(report.crashed):,} runs that were killed", err=True)
    for row in report.news.largest[:_MOST_FIGURES_SHOWN]:
        about = ", ".join(str(row[name]) for name in ("measure", "entity") if row[name])
        typer.echo(f"largest: {printable(describe_value(row))}  {printable(about)}  ({printable(row['source'])})", err=True)
    for source, changes in report.news.revised[:_MOST_FIGURES_SHOWN]:
        typer.echo(f"changed: {printable(source)}: {count_changes(changes)}", err=True)
