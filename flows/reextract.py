"""Re-extraction as a Prefect flow: the story of ``flows.reextracting``, with its batches and its loads as tasks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from flows.ingest import can_help, is_narrow, submit_batches, task_runner
from flows.reextract_report import ReextractReport, render_reextract
from flows.reextracting import run_reextract, store_replacement
from flows.running import Run
from flows.work import BatchResult
from pipeline.settings import load_settings
from pipeline.store import Replaced


@task(
    name="replace",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=5,
    retry_delay_seconds=[1, 2, 5, 10, 30],
    retry_condition_fn=can_help,
)
def replace_batch(run: Run, result: BatchResult) -> Replaced:
    """Put a batch in the place of what is held, in one transaction. Trying again is safe: nothing was written before."""
    return store_replacement(run, result)


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
    report = run_reextract(
        database=settings.database,
        where=where,
        model=settings.reader,
        jobs=settings.processes,
        batch_size=settings.batch_size,
        lock_wait_seconds=settings.lock_wait_seconds,
        run_wait_seconds=settings.run_wait_seconds,
        query_timeout_seconds=settings.query_timeout_seconds,
        query_memory_mb=settings.query_memory_mb,
        snapshot=settings.snapshot,
        flow_run_id=str(flow_run.id) if flow_run.id else None,
        work=None if is_narrow(settings.processes) else submit_batches,
        store=replace_batch,
    )
    create_markdown_artifact(key="reextract-report", markdown=render_reextract(report), description="What other rules read")
    return report


def run_reextract_flow(*, jobs: int, **parameters: Any) -> ReextractReport:
    """Run the flow here, on a task runner of ``jobs`` processes, and return its report."""
    runnable = reextract.with_options(task_runner=task_runner(jobs))
    report: ReextractReport = runnable(jobs=jobs, **parameters)
    return report
