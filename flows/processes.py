"""Batches → results, in this process or in several, always in the order of the batches.

A worker that dies costs its batch a second try; a batch that kills it again is halved until the article at fault stands
alone, which becomes a reject.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial

from flows.grouping import join
from flows.work import Batch, BatchResult, Extractor, Options, reject_lost, work_on

#: Batches handed out ahead, for each process: enough that none waits, few enough that memory stays flat.
_AHEAD = 2
#: With fewer articles than this, loading the model in further processes takes longer than they save.
FEWEST_FOR_PROCESSES = 64
#: Batches that each of several processes should get at least.
_BATCHES_A_PROCESS = 4

#: Batches → results, in order.
Work = Callable[[Iterable[Batch], Options], Iterator[BatchResult]]


def choose_work(articles: int, *, jobs: int, extractor: Extractor | None) -> Work:
    """The way to work on about so many articles: in ``jobs`` processes where that pays; ``extractor`` works only here."""
    if jobs > 1 and articles >= FEWEST_FOR_PROCESSES and extractor is None:
        return partial(work_in_processes, jobs=jobs)
    return partial(work_here, extractor=extractor)


def fit_batch_size(articles: int, most: int, jobs: int) -> int:
    """At most ``most``, and with several processes so few that each gets a handful of batches and none waits at the end."""
    if jobs <= 1 or articles < FEWEST_FOR_PROCESSES:
        return most
    return max(1, min(most, articles // (jobs * _BATCHES_A_PROCESS)))


def work_here(batches: Iterable[Batch], options: Options, extractor: Extractor | None = None) -> Iterator[BatchResult]:
    """Work on one batch after the other in this process."""
    for batch in batches:
        yield work_on(batch, options, extractor)


def work_in_processes(batches: Iterable[Batch], options: Options, *, jobs: int) -> Iterator[BatchResult]:
    """Work on batches in ``jobs`` processes, each of which loads the model once."""
    waiting: deque[tuple[Batch, Future[BatchResult]]] = deque()
    pool = _pool(jobs)
    source = iter(batches)
    try:
        while True:
            while len(waiting) < jobs * _AHEAD and (batch := next(source, None)) is not None:
                waiting.append((batch, pool.submit(work_on, batch, options)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                # Which of the batches under way killed its worker is not said: each is tried again by itself.
                for again in (batch, *(other for other, _ in waiting)):
                    yield _work_alone(again, options)
                waiting.clear()
                pool = _pool(jobs)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # A forked copy of a process with BLAS or Arrow threads may hang; a fresh one does not.
    return ProcessPoolExecutor(max_workers=jobs, mp_context=multiprocessing.get_context("spawn"))


def _work_alone(batch: Batch, options: Options) -> BatchResult:
    try:
        with _pool(1) as pool:
            return pool.submit(work_on, batch, options).result()
    except BrokenProcessPool:
        if len(batch.rows) <= 1:
            return reject_lost(batch.rows)
    middle = len(batch.rows) // 2
    halves = [_work_alone(Batch(rows=rows, known=batch.known), options) for rows in (batch.rows[:middle], batch.rows[middle:])]
    return join(halves)
