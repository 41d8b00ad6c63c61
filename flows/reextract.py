"""Re-extraction as a Prefect flow: the story of ``flows.reextracting``, with its batches and its loads as tasks."""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from flows.batch_tasks import flow_run_id, places, task_runner, work_as_tasks, writing_task
from flows.reextract_report import ReextractReport, render_reextract
from flows.reextracting import run_reextract, store_replacement
from flows.running import Run, run_options
from flows.sealed import Sealed
from flows.work import BatchResult
from pipeline.settings import load_settings
from pipeline.store import Replaced


@writing_task("replace")
def replace_batch(run: Run, result: Sealed[BatchResult]) -> Replaced:
    """Put a batch in the place of what is held, in one transaction. Trying again is safe: nothing was written before."""
    return store_replacement(run, result.value)


@flow(name="reextract", log_prints=False, persist_result=False, task_runner=task_runner(1))
def reextract(
    where: str | None = None,
    database: Path | None = None,
    model: str | None = None,
    names: bool | None = None,
    jobs: int | None = None,
    batch_size: int | None = None,
) -> ReextractReport:
    """Read stored articles again and replace their rows; the run's artifact tells which facts appeared, vanished and changed.

    ``where`` is an SQL condition over ``documents``; without it, what other rules or another model have read is read again.
    What is not given is taken from the settings of the working directory.
    """
    settings = load_settings(database=database, model=model, names=names, jobs=jobs, batch_size=batch_size)
    options = run_options(settings)
    options["jobs"] = places(settings.processes)
    report = run_reextract(
        where=where,
        **options,
        query_timeout_seconds=settings.query_timeout_seconds,
        query_memory_mb=settings.query_memory_mb,
        flow_run_id=flow_run_id(),
        work=work_as_tasks(settings.processes),
        store=lambda run, result: replace_batch(run, Sealed(result)),
    )
    create_markdown_artifact(key="reextract-report", markdown=render_reextract(report), description="What other rules read")
    return report
