"""How Prefect runs batches, for the flows of every command: what its tasks work on, and who writes, and how often it is tried.

A task takes a batch, never one article, and there is no subflow a batch: a task run costs some 20 ms, a subflow a second.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ParamSpec, TypeVar

from prefect import Flow, Task, task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows.cluster import cluster_runner, count_workers, runs_on_cluster, submit_to_cluster
from flows.processes import Work
from flows.sealed import Sealed
from flows.work import Batch, BatchResult, Options, work_on
from pipeline.errors import is_transient
from pipeline.settings import load_settings

P = ParamSpec("P")
R = TypeVar("R")

_BATCHES_AHEAD = 2


def can_help(_task: object, _run: object, state: Any) -> bool:
    """Whether trying again can help: when another process held the database, and for nothing that an input did."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, BaseException) and is_transient(error)


def writing_task(name: str) -> Callable[[Callable[P, R]], Task[P, R]]:
    """A task that writes to the database, which is tried again while another process holds it."""
    return task(
        name=name,
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=5,
        retry_delay_seconds=[1, 2, 5, 10, 30],
        retry_condition_fn=can_help,
    )


@task(name="read-and-extract", cache_policy=NO_CACHE, persist_result=False)
def work_on_batch(batch: Sealed[Batch], options: Options) -> BatchResult:
    """Read → extract, for the articles of a batch; a bad article is a reject, so there is nothing to try again."""
    return work_on(batch.value, options)


def task_runner(jobs: int) -> TaskRunner[Any]:
    """One thread, since language work in threads gains nothing, or ``jobs`` processes."""
    return ProcessPoolTaskRunner(max_workers=jobs) if jobs > 1 else ThreadPoolTaskRunner(max_workers=1)


def places(jobs: int) -> int:
    """How many batches are worked on at a time: by the workers of the cluster that a flow runs on, else by ``jobs`` processes."""
    return count_workers() if runs_on_cluster() else jobs


def work_as_tasks(jobs: int) -> Work | None:
    """How the flow that runs here works on batches: by its task runner, or None for processes of our own.

    These are taken where several are wanted and the task runner has one thread, as that of a deployment has.
    """
    context = FlowRunContext.get()
    narrow = context is not None and isinstance(context.task_runner, ThreadPoolTaskRunner)
    return None if narrow and jobs > 1 else submit_batches


def submit_batches(batches: Iterable[Batch], options: Options) -> Iterator[BatchResult]:
    """Hand batches to the task runner, a few ahead, and give their results in order."""
    if runs_on_cluster():
        yield from submit_to_cluster(batches, options, load_settings().exchange)
        return
    waiting: deque[PrefectFuture[BatchResult]] = deque()
    for batch in batches:
        waiting.append(work_on_batch.submit(Sealed(batch), options))
        if len(waiting) > _BATCHES_AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def flow_run_id() -> str | None:
    """The id of the flow run that is under way, for the ledger."""
    return str(flow_run.id) if flow_run.id else None


def run_here(flow: Flow[..., R], *, jobs: int, cluster: str | None = None, **parameters: Any) -> R:
    """Run a flow here, on a task runner of ``jobs`` processes or on a ``cluster``, and return its report."""
    runnable = flow.with_options(task_runner=cluster_runner(cluster) if cluster else task_runner(jobs))
    report: R = runnable(jobs=jobs, **parameters)
    return report
