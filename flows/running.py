"""A run: who it is, how it begins in the ledger, and how it ends there, whichever way that is."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import StoreError
from pipeline.records import Counts, RunState
from pipeline.store import connect, explained, start_run, update_run

logger = logging.getLogger("factledger.ingest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run and where it writes."""

    run_id: str
    database: Path
    model: str
    lock_wait_seconds: float


def begin_run(run: Run, flow_run_id: str | None, *, command: str = "ingest") -> list[str]:
    """Write the start of a run; return the runs that were killed before."""
    with connect(run.database, wait_seconds=run.lock_wait_seconds) as con:
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


def _end(run: Run, counts: Counts, state: RunState) -> None:
    try:
        with explained(run.database), connect(run.database, wait_seconds=run.lock_wait_seconds) as con:
            update_run(con, run_id=run.run_id, counts=counts, state=state)
    except StoreError as error:
        if state == "completed":
            raise
        logger.warning("That the run has %s could not be written (%s); the next run marks it as crashed.", state, error)
