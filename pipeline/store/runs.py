"""The ledger of runs: one row from the moment a run starts, so that a killed one is seen."""

from __future__ import annotations

import os
import socket
from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline import PIPELINE_VERSION
from pipeline.records import Counts, RunState

if TYPE_CHECKING:
    import duckdb

_COUNTS = tuple(field.name for field in fields(Counts))


def start_run(con: duckdb.DuckDBPyConnection, *, run_id: str, model: str, flow_run_id: str | None = None) -> None:
    """Write a run in state ``running``, and mark as ``interrupted`` those of this machine whose process is gone."""
    for dead in _dead_runs(con):
        con.execute("UPDATE runs SET state = 'interrupted', finished_at = ? WHERE run_id = ?", [_now(), dead])
    con.execute(
        f"""INSERT INTO runs (run_id, flow_run_id, started_at, state, pipeline_version, model, host, process_id, {_quoted()})
            VALUES (?, ?, ?, 'running', ?, ?, ?, ?, {", ".join("0" for _ in _COUNTS)})""",
        [run_id, flow_run_id, _now(), PIPELINE_VERSION, model, socket.gethostname(), os.getpid()],
    )


def update_run(con: duckdb.DuckDBPyConnection, *, run_id: str, counts: Counts, state: RunState = "running") -> None:
    """Write what a run has done so far; any other state than ``running`` ends it."""
    settings = ", ".join(f'"{name}" = ?' for name in _COUNTS)
    finished = None if state == "running" else _now()
    values = [getattr(counts, name) for name in _COUNTS]
    con.execute(f"UPDATE runs SET state = ?, finished_at = ?, {settings} WHERE run_id = ?", [state, finished, *values, run_id])


def _dead_runs(con: duckdb.DuckDBPyConnection) -> list[str]:
    query = "SELECT run_id, process_id FROM runs WHERE state = 'running' AND host = ?"
    rows = con.execute(query, [socket.gethostname()]).fetchall()
    return [run_id for run_id, process_id in rows if not _is_alive(process_id)]


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
