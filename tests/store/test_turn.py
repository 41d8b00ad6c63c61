"""One run at a time on a database; a process that dies gives its turn back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import StoreBusyError, StoreError
from pipeline.store import connect, take_turn
from tests.conftest import ROOT

HOLD = """
import sys, time
from pathlib import Path
from pipeline.store import take_turn
with take_turn(Path(sys.argv[1]), wait_seconds=0):
    print("held", flush=True)
    time.sleep(60)
"""


def hold(database: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def test_the_second_waits_is_told_by_whom_and_gets_the_turn_of_one_that_is_killed(database: Path) -> None:
    told: list[str] = []
    with hold(database) as holder:
        with pytest.raises(StoreBusyError, match="run_wait_seconds"), take_turn(database, wait_seconds=0.3, on_wait=told.append):
            pytest.fail("two had the turn")
        assert len(told) == 1
        assert f"process {holder.pid} on " in told[0]
        with connect(database) as con:
            con.execute("SELECT 1")
        holder.send_signal(signal.SIGKILL)
        start = time.monotonic()
        with take_turn(database, wait_seconds=10, on_wait=told.append):
            assert time.monotonic() - start < 5


def test_the_turn_comes_back_at_the_end_of_the_block_also_after_an_error(database: Path) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="x"), take_turn(database, wait_seconds=0):
            raise ValueError("x")
    with take_turn(database, wait_seconds=0), pytest.raises(StoreBusyError), take_turn(database, wait_seconds=0):
        pytest.fail("two had the turn")


def test_a_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="folder cannot be made"), take_turn(tmp_path / "file" / "d.duckdb", wait_seconds=0):
        pytest.fail("there is no such folder")
