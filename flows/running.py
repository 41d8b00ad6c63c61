"""A run, of whatever command: its turn at the database, how it begins and ends in the ledger, and what it counts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypedDict

from pipeline.errors import StoreError
from pipeline.records import Counts, Reject, RunState
from pipeline.settings import Settings
from pipeline.store import (
    connect,
    explained,
    join_between_runs,
    keep_report,
    publish_if_possible,
    start_run,
    take_turn,
    update_run,
)

logger = logging.getLogger("factledger.run")

#: Called after each batch with the articles done so far, all of them, and the counts.
Progress = Callable[[int, int, Counts], None]

_MOST_REJECTS_KEPT = 1000


class RunOptions(TypedDict):
    """The options that every run takes from the settings."""

    database: Path
    model: str
    jobs: int
    batch_size: int
    lock_wait_seconds: float
    run_wait_seconds: float
    snapshot: bool


def run_options(settings: Settings) -> RunOptions:
    """What ``settings`` say about how a run goes."""
    return RunOptions(
        database=settings.database,
        model=settings.reader,
        jobs=settings.processes,
        batch_size=settings.batch_size,
        lock_wait_seconds=settings.lock_wait_seconds,
        run_wait_seconds=settings.run_wait_seconds,
        snapshot=settings.snapshot,
    )


class FlowParameters(TypedDict):
    """The parameters that every flow of a run has; it takes the rest from the settings where it runs."""

    database: Path
    model: str
    names: bool
    jobs: int
    batch_size: int


def flow_parameters(settings: Settings) -> FlowParameters:
    """What ``settings`` say, as parameters of a flow: one process where they do not name a number."""
    return FlowParameters(
        database=settings.database,
        model=settings.model,
        names=settings.names,
        jobs=settings.jobs or 1,
        batch_size=settings.batch_size,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run and where it writes."""

    run_id: str
    database: Path
    model: str
    lock_wait_seconds: float


@dataclass(slots=True)
class Tally:
    """What a run has done so far: ``done`` rows, and the first thousand of its rejects."""

    counts: Counts = field(default_factory=Counts)
    rejects: list[Reject] = field(default_factory=list)
    done: int = 0

    def add(self, counts: Counts, rejects: Iterable[Reject], *, done: int) -> None:
        """Add what became of a batch."""
        self.counts += counts
        self.rejects += islice(rejects, _MOST_REJECTS_KEPT - len(self.rejects))
        self.done += done


@contextmanager
def in_turn(run: Run, *, run_wait_seconds: float, snapshot: bool) -> Iterator[None]:
    """Let one run at a time be at work on a database, and at its end publish what readers read.

    This one waits up to ``run_wait_seconds`` for another to end. Raises ``StoreBusyError`` when that takes longer.
    """
    with take_turn(run.database, wait_seconds=run_wait_seconds, on_wait=logger.warning), explained(run.database):
        yield
        if snapshot and (failure := publish_if_possible(run.database, wait_seconds=run.lock_wait_seconds)):
            logger.warning(failure)


def begin_run(run: Run, flow_run_id: str | None, *, command: str = "ingest") -> list[str]:
    """Write the start of a run; return the runs that were killed before."""
    with connect(run.database, wait_seconds=run.lock_wait_seconds) as con:
        join_between_runs(con)
        return start_run(con, run_id=run.run_id, model=run.model, flow_run_id=flow_run_id, command=command)


@contextmanager
def ending_run(run: Run, counts: Callable[[], Counts]) -> Iterator[None]:
    """Write how the run ended, whichever way that is; ``counts`` tells what it did by then."""
    try:
        yield
    except KeyboardInterrupt:
        _end(run, counts(), "interrupted")
        raise
    except BaseException:
        _end(run, counts(), "failed")
        raise
    _end(run, counts(), "completed")


def keep(run: Run, report: str) -> None:
    """Write what a run did, as Markdown, into the ledger."""
    with connect(run.database, wait_seconds=run.lock_wait_seconds) as con:
        keep_report(con, run_id=run.run_id, report=report)


def _end(run: Run, counts: Counts, state: RunState) -> None:
    try:
        with explained(run.database), connect(run.database, wait_seconds=run.lock_wait_seconds) as con:
            update_run(con, run_id=run.run_id, counts=counts, state=state)
    except StoreError as error:
        if state == "completed":
            raise
        logger.warning("That the run has %s could not be written (%s); the next run marks it as crashed.", state, error)
