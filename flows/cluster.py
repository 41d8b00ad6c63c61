"""The ingest on a Dask cluster: the same flow, whose batches are worked on by the cluster's workers.

A worker never opens the database. It reads the files of its batch, extracts, and leaves the rows as Parquet in a folder that
all machines share (``exchange``); what it returns is small. The machine that runs the flow fetches the rows and is the loader.
A worker that dies gives its batch back to the scheduler, which has it done again; a batch on which several workers died is
halved until the article at fault stands alone, which becomes a reject.

It needs ``pip install "factledger[cluster]"`` on every machine, the same version everywhere.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner

from flows.grouping import join
from flows.sealed import Sealed
from flows.work import Batch, BatchResult, Options, reject_lost, work_on
from pipeline.errors import SettingsError
from pipeline.store.exchange import read_batch, remove_batch, write_batch

#: Batches handed to the scheduler ahead: enough for some dozens of workers; what waits is names of files.
_AHEAD = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a worker returns: its result without the extractions, and the name under which these lie in the folder."""

    result: BatchResult
    name: str


def cluster_runner(address: str) -> TaskRunner[Any]:
    """The task runner of the cluster whose scheduler is at ``address`` (``tcp://host:8786``).

    Raises ``SettingsError`` when the extra is not installed.
    """
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise SettingsError('A cluster needs: pip install "factledger[cluster]"') from error
    runner: TaskRunner[Any] = DaskTaskRunner(address=address)
    return runner


def runs_on_cluster() -> bool:
    """Whether the tasks of the flow that runs here go to a Dask cluster."""
    context = FlowRunContext.get()
    return context is not None and type(context.task_runner).__name__ == "DaskTaskRunner"


def count_workers() -> int:
    """How many batches the cluster that the flow runs on works on at a time: the threads of its workers, at least 1."""
    context = FlowRunContext.get()
    if context is None:
        return 1
    runner: Any = context.task_runner
    threads: dict[str, int] = runner.client.nthreads()
    return max(1, sum(threads.values()))


def deliver(batch: Batch, options: Options, folder: Path) -> Delivery:
    """Work on a batch and leave its rows in ``folder``."""
    result = work_on(batch, options)
    name, too_large = write_batch(folder, result.extractions)
    return Delivery(result=replace(result, extractions=(), rejects=(*result.rejects, *too_large)), name=name)


def fetch(delivery: Delivery, folder: Path) -> BatchResult:
    """The whole result; its rows are taken out of the folder."""
    extractions = read_batch(folder, delivery.name)
    remove_batch(folder, delivery.name)
    return replace(delivery.result, extractions=extractions)


@task(name="read-and-extract", cache_policy=NO_CACHE, persist_result=False)
def deliver_batch(batch: Sealed[Batch], options: Options, folder: Path) -> Delivery:
    """``deliver``, as a task of a worker."""
    return deliver(batch.value, options, folder)


def submit_to_cluster(batches: Iterable[Batch], options: Options, folder: Path) -> Iterator[BatchResult]:
    """Hand batches to the cluster, many ahead, and give their results in order."""
    waiting: deque[tuple[Batch, PrefectFuture[Delivery]]] = deque()
    for batch in batches:
        waiting.append((batch, deliver_batch.submit(Sealed(batch), options, folder)))
        if len(waiting) > _AHEAD:
            yield _result(*waiting.popleft(), options, folder)
    while waiting:
        yield _result(*waiting.popleft(), options, folder)


def _result(batch: Batch, future: PrefectFuture[Delivery], options: Options, folder: Path) -> BatchResult:
    from distributed import KilledWorker

    try:
        return fetch(future.result(), folder)
    except KilledWorker:
        if len(batch.rows) <= 1:
            return reject_lost(batch.rows)
    middle = len(batch.rows) // 2
    halves = [replace(batch, rows=rows) for rows in (batch.rows[:middle], batch.rows[middle:])]
    return join([_result(half, deliver_batch.submit(Sealed(half), options, folder), options, folder) for half in halves])
