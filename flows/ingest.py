"""The ingest as a Prefect flow: the story of ``flows.ingesting``, with its batches and its loads as tasks."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from flows.batch_tasks import flow_run_id, places, task_runner, work_as_tasks, writing_task
from flows.ingesting import run_ingest, store_result
from flows.report import IngestReport, render_report
from flows.running import Run, run_options
from flows.sealed import Sealed
from flows.work import BatchResult
from pipeline.settings import load_settings
from pipeline.store import Loaded


@writing_task("load")
def load_batch(run: Run, result: Sealed[BatchResult]) -> Loaded:
    """Write a batch in one transaction. Trying again is safe: a load of the same articles changes nothing."""
    return store_result(run, result.value)


@flow(name="ingest", log_prints=False, persist_result=False, task_runner=task_runner(1))
def ingest(
    paths: list[str] | None = None,
    database: Path | None = None,
    model: str | None = None,
    names: bool | None = None,
    jobs: int | None = None,
    batch_size: int | None = None,
    published_at: date | None = None,
    prune: bool = False,
) -> IngestReport:
    """Bring files, folders, globs and URLs into the database; the run's artifact tells what was done.

    Without ``paths``, what is watched is brought in. What is not given is taken from the settings of the working directory.
    ``published_at`` dates the articles that do not say when they were published; ``prune`` removes the rows of sources
    below the folders and globs whose files are gone.
    """
    settings = load_settings(database=database, model=model, names=names, jobs=jobs, batch_size=batch_size)
    options = run_options(settings)
    options["jobs"] = places(settings.processes)
    report = run_ingest(
        settings.paths_or_watched(paths),
        **options,
        published_at=datetime(published_at.year, published_at.month, published_at.day) if published_at else None,
        max_text_chars=settings.max_text_chars,
        fetch=settings.fetch,
        prune=prune,
        flow_run_id=flow_run_id(),
        work=work_as_tasks(settings.processes),
        store=lambda run, result: load_batch(run, Sealed(result)),
    )
    create_markdown_artifact(key="ingest-report", markdown=render_report(report), description="What the ingest did")
    return report
