"""The ledger of runs: one row from the moment a run starts, so that a killed one is seen."""

from __future__ import annotations

import os
import socket
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pipeline import PIPELINE_VERSION
from pipeline.records import Counts, RunState

if TYPE_CHECKING:
    import duckdb

_COUNTS = tuple(field.name for field in fields(Counts))


#: A run whose process cannot be looked at (it is on another machine, or its number was given to another process) is taken
#: for dead when it gave no sign for so long.
SILENT_SECONDS = 6 * 3600.0


def start_run(
    con: duckdb.DuckDBPyConnection, *, run_id: str, model: str, flow_run_id: str | None = None, command: str = "ingest"
) -> list[str]:
    """Write a run in state ``running``, mark those that were killed as ``crashed``, and return their ids.

    Nothing else is needed to take up their work: what they loaded is known, and the rest is new to this run too.
    """
    dead = _dead_runs(con)
    for each in dead:
        con.execute("UPDATE runs SET state = 'crashed', finished_at = coalesce(heartbeat_at, ?) WHERE run_id = ?", [_now(), each])
    con.execute(
        f"""INSERT INTO runs
                (run_id, flow_run_id, command, started_at, heartbeat_at, state, pipeline_version, model, host, process_id,
                 {_quoted()})
            VALUES (?, ?, ?, ?, ?, 'running', ?, ?, ?, ?, {", ".join("0" for _ in _COUNTS)})""",
        [run_id, flow_run_id, command, _now(), _now(), PIPELINE_VERSION, model, socket.gethostname(), os.getpid()],
    )
    return dead


def beat(con: duckdb.DuckDBPyConnection, *, run_id: str) -> None:
    """Write that a run is alive."""
    con.execute("UPDATE runs SET heartbeat_at = ? WHERE run_id = ?", [_now(), run_id])


def keep_report(con: duckdb.DuckDBPyConnection, *, run_id: str, report: str) -> None:
    """Keep what a run tells of itself, as Markdown."""
    con.execute("UPDATE runs SET report = ? WHERE run_id = ?", [report, run_id])


def update_run(con: duckdb.DuckDBPyConnection, *, run_id: str, counts: Counts, state: RunState = "running") -> None:
    """Write what a run has done so far; any other state than ``running`` ends it."""
    settings = ", ".join(f'"{name}" = ?' for name in _COUNTS)
    finished = None if state == "running" else _now()
    values = [getattr(counts, name) for name in _COUNTS]
    con.execute(
        f"UPDATE runs SET state = ?, finished_at = ?, heartbeat_at = ?, {settings} WHERE run_id = ?",
        [state, finished, _now(), *values, run_id],
    )


def _dead_runs(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Runs that did not end and whose process is gone.

    A run of this very process is one too: a process does one run after the other, so its number was another's before.
    """
    query = "SELECT run_id, host, process_id, coalesce(heartbeat_at, started_at) FROM runs WHERE state = 'running'"
    earliest = _now() - timedelta(seconds=SILENT_SECONDS)
    here = socket.gethostname()
    return [
        run_id
        for run_id, host, process_id, seen_at in con.execute(query).fetchall()
        if seen_at < earliest or (host == here and (process_id == os.getpid() or not _is_alive(process_id)))
    ]


def _is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _quoted() -> str:
    return ", ".join(f'"{name}"' for name in _COUNTS)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
