"""The ledger of runs: a run is seen from its start, and one that was killed is marked by the next."""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import Any

from pipeline.records import Counts
from pipeline.store import beat, connect, fetch_records, start_run, update_run


def start_elsewhere(con: Any, *run_ids: str) -> None:
    """Start runs that seem to be on another machine: one of this process would be dead when the next one starts."""
    for run_id in run_ids:
        start_run(con, run_id=run_id, model="m")
        con.execute("UPDATE runs SET host = 'another host' WHERE run_id = ?", [run_id])


def test_a_run_from_start_to_end() -> None:
    with connect(":memory:") as con:
        start_run(con, run_id="r1", model="m", flow_run_id="f1")
        [row] = fetch_records(con, "SELECT * FROM runs")
        assert (row["state"], row["finished_at"], row["flow_run_id"], row["read"]) == ("running", None, "f1", 0)
        update_run(con, run_id="r1", counts=Counts(read=3, new=2, unchanged=1, facts=9), state="completed")
        [row] = fetch_records(con, "SELECT * FROM runs")
        assert (row["state"], row["read"], row["new"], row["unchanged"], row["facts"]) == ("completed", 3, 2, 1, 9)
        assert row["finished_at"] >= row["started_at"]


def test_a_run_whose_process_is_gone_is_marked_by_the_next() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with connect(":memory:") as con:
        start_elsewhere(con, "dead", "elsewhere")
        for run_id, process_id, host in (("dead", gone.pid, socket.gethostname()), ("elsewhere", gone.pid, "another host")):
            con.execute("UPDATE runs SET process_id = ?, host = ? WHERE run_id = ?", [process_id, host, run_id])
        assert start_run(con, run_id="next", model="m") == ["dead"]
        states: dict[Any, Any] = dict(con.execute("SELECT run_id, state FROM runs").fetchall())
    assert states == {"dead": "crashed", "elsewhere": "running", "next": "running"}


def test_a_run_that_gave_no_sign_for_long_is_taken_for_dead_wherever_it_ran() -> None:
    with connect(":memory:") as con:
        start_elsewhere(con, "silent", "alive")
        for run_id, hours in (("silent", 7), ("alive", 5)):
            con.execute(
                "UPDATE runs SET started_at = started_at - INTERVAL 9 HOUR, heartbeat_at = heartbeat_at - to_hours(?) "
                "WHERE run_id = ?",
                [hours, run_id],
            )
        assert start_run(con, run_id="next", model="m") == ["silent"]
        beat(con, run_id="alive")
        update_run(con, run_id="silent", counts=Counts(read=1), state="completed")
        rows: dict[Any, Any] = dict(con.execute("SELECT run_id, state FROM runs").fetchall())
    assert rows == {"silent": "completed", "alive": "running", "next": "running"}
