"""The ingest as a Prefect flow: the story of ``flows.ingesting``, with its batches and its loads as tasks.

A task takes a batch, never one article, and there is no subflow a batch: a task run costs some 20 ms, a subflow a second.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows.cluster import cluster_runner, runs_on_cluster, submit_to_cluster
from flows.ingesting import run_ingest, store_result
from flows.report import IngestReport, render_report
from flows.running import Run
from flows.work import Batch, BatchResult, Options, work_on
from pipeline.errors import is_transient
from pipeline.settings import load_settings
from pipeline.store import Loaded

_BATCHES_AHEAD = 2


def can_help(_task: object, _run: object, state: Any) -> bool:
    """Whether trying again can help: when another process held the database, and for nothing that an input did."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, BaseException) and is_transient(error)


@task(name="read-and-extract", cache_policy=NO_CACHE, persist_result=False)
def work_on_batch(batch: Batch, options: Options) -> BatchResult:
    """Read → extract, for the articles of a batch; a bad article is a reject, so there is nothing to try again."""
    return work_on(batch, options)


@task(
    name="load",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=5,
    retry_delay_seconds=[1, 2, 5, 10, 30],
    retry_condition_fn=can_help,
)
def load_batch(run: Run, result: BatchResult) -> Loaded:
    """Write a batch in one transaction. Trying again is safe: a load of the same articles changes nothing."""
    return store_result(run, result)


def task_runner(jobs: int) -> TaskRunner[Any]:
    """One thread, since language work in threads gains nothing, or ``jobs`` processes."""
    return ProcessPoolTaskRunner(max_workers=jobs) if jobs > 1 else ThreadPoolTaskRunner(max_workers=1)


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
    report = run_ingest(
        settings.paths_or_watched(paths),
        database=settings.database,
        model=settings.reader,
        jobs=settings.processes,
        batch_size=settings.batch_size,
        published_at=datetime(published_at.year, published_at.month, published_at.day) if published_at else None,
        max_text_chars=settings.max_text_chars,
        lock_wait_seconds=settings.lock_wait_seconds,
        run_wait_seconds=settings.run_wait_seconds,
        fetch=settings.fetch,
        prune=prune,
        snapshot=settings.snapshot,
        flow_run_id=str(flow_run.id) if flow_run.id else None,
        work=None if is_narrow(settings.processes) else submit_batches,
        store=load_batch,
    )
    create_markdown_artifact(key="ingest-report", markdown=render_report(report), description="What the ingest did")
    return report


def is_narrow(jobs: int) -> bool:
    """Whether the run's task runner has one thread where several processes are wanted: then they are our own."""
    context = FlowRunContext.get()
    return jobs > 1 and context is not None and isinstance(context.task_runner, ThreadPoolTaskRunner)


def submit_batches(batches: Iterable[Batch], options: Options) -> Iterator[BatchResult]:
    """Hand batches to the task runner, a few ahead, and give their results in order."""
    if runs_on_cluster():
        yield from submit_to_cluster(batches, options, load_settings().exchange)
        return
    waiting: deque[PrefectFuture[BatchResult]] = deque()
    for batch in batches:
        waiting.append(work_on_batch.submit(batch, options))
        if len(waiting) > _BATCHES_AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def run_flow(paths: list[str] | None, *, jobs: int, cluster: str | None = None, **parameters: Any) -> IngestReport:
    """Run the flow here, on a task runner of ``jobs`` processes or on a ``cluster``, and return its report."""
    runnable = ingest.with_options(task_runner=cluster_runner(cluster) if cluster else task_runner(jobs))
    report: IngestReport = runnable(paths=paths, jobs=jobs, **parameters)
    return report
