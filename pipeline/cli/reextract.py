"""``reextract``: stored articles read again, and what that changed."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from pipeline.cli.output import print_json, printable
from pipeline.cli.progress import progress_bar
from pipeline.settings import Settings, load_settings

if TYPE_CHECKING:
    from flows.reextract_report import ReextractReport

_MOST_REJECTS_SHOWN = 10
_MOST_DIFFERENCES_SHOWN = 5


def reextract_articles(
    where: str | None,
    *,
    database: Path | None,
    jobs: int | None,
    model: str | None,
    names: bool | None,
    use_prefect: bool,
    as_json: bool,
) -> ReextractReport:
    """Read stored articles again, as a Prefect flow run where that is asked for or an API is configured; print what differs."""
    settings = load_settings(database=database, jobs=jobs, model=model, names=names)
    if use_prefect or os.environ.get("PREFECT_API_URL"):
        report = _run_with_prefect(where, settings)
    else:
        report = _run_here(where, settings)
    if as_json:
        print_json(_as_json(report))
    else:
        _print_report(report)
    return report


def _run_here(where: str | None, settings: Settings) -> ReextractReport:
    from flows.reextracting import run_reextract
    from flows.running import run_options

    with progress_bar() as progress:
        return run_reextract(
            where=where,
            **run_options(settings),
            query_timeout_seconds=settings.query_timeout_seconds,
            query_memory_mb=settings.query_memory_mb,
            progress=progress,
        )


def _run_with_prefect(where: str | None, settings: Settings) -> ReextractReport:
    from flows.batch_tasks import run_here
    from flows.reextract import reextract
    from flows.running import flow_parameters

    return run_here(reextract, **flow_parameters(settings), where=where)


def _as_json(report: ReextractReport) -> dict[str, Any]:
    return {
        "run_id": report.run_id,
        "database": str(report.database),
        "chosen": report.chosen,
        **{name: getattr(report.counts, name) for name in ("read", "rejected", "facts")},
        **{name: getattr(report, name) for name in ("documents", "appeared", "vanished", "changed")},
        "seconds": round(report.seconds, 3),
        "largest": [
            {"what": row.what, "fact_id": row.fact["fact_id"], "source": row.source, "before": row.before, "after": row.after}
            for row in report.largest
        ],
        "rejects": [asdict(reject) for reject in report.rejects],
    }


def _print_report(report: ReextractReport) -> None:
    for reject in report.rejects[:_MOST_REJECTS_SHOWN]:
        typer.echo(f"rejected ({reject.stage}) {printable(reject.source)}: {printable(reject.message)}", err=True)
    if report.counts.rejected > _MOST_REJECTS_SHOWN:
        typer.echo(
            f"… and {report.counts.rejected - _MOST_REJECTS_SHOWN:,} more: factledger query 'SELECT * FROM rejects'", err=True
        )
    for what in ("changed", "appeared", "vanished"):
        for row in [row for row in report.largest if row.what == what][:_MOST_DIFFERENCES_SHOWN]:
            about = f"{row.fact['fact_id'][:8]} {row.fact['text']}, {row.fact['measure'] or 'no measure'}: {row.describe()}"
            typer.echo(f"{what}: {printable(about)}  ({printable(row.source)})", err=True)
    if not report.chosen:
        typer.echo("No document passes: all are of today's rules and model, or the condition holds for none.", err=True)
    typer.echo(
        f"read {report.counts.read:,} of {report.chosen:,} documents, differ {report.documents:,}, "
        f"facts appeared {report.appeared:,}, vanished {report.vanished:,}, changed {report.changed:,}, "
        f"rejected {report.counts.rejected:,}, facts {report.counts.facts:,}, seconds {report.seconds:.1f}"
    )
    typer.echo(f"database {report.database}")
