"""The snapshot: what readers read, current when nobody writes, honest when somebody does, and in nobody's way."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import StoreBusyError, StoreError
from pipeline.records import Extraction
from pipeline.store import connect, load, open_for_reading, publish, publish_if_possible, run_query, snapshot_path
from pipeline.store.publishing import find_readable, is_published
from tests.conftest import ROOT
from tests.store.test_connection import hold

Make = Callable[..., Extraction]


@pytest.fixture
def filled(database: Path, extraction_of: Make) -> Path:
    with connect(database) as con:
        load(con, [extraction_of("a.txt", "China sold 120.")])
    return database


def count(database: Path) -> int:
    with open_for_reading(database, wait_seconds=0) as (con, _):
        return con.execute("SELECT count(*) FROM facts").fetchall()[0][0]


def test_it_is_published_once_until_something_is_written(filled: Path, extraction_of: Make) -> None:
    assert publish(filled)
    assert is_published(filled)
    assert not publish(filled)
    with connect(filled) as con:
        con.execute("SELECT 1").fetchall()
    assert is_published(filled)
    with connect(filled) as con:
        load(con, [extraction_of("b.txt", "China sold 7.")])
    assert not is_published(filled)
    assert publish(filled)
    assert snapshot_path(filled).read_bytes() == filled.read_bytes()
    assert {path.name for path in filled.parent.iterdir()} == {"facts.duckdb", "facts.snapshot.duckdb"}


def test_a_reader_sees_what_was_written_last(filled: Path, extraction_of: Make) -> None:
    assert count(filled) == 1
    assert snapshot_path(filled).exists()
    with connect(filled) as con:
        load(con, [extraction_of("b.txt", "China sold 7.")])
    assert count(filled) == 2
    assert find_readable(filled).as_of is None
    assert run_query(filled, "SELECT count(*) FROM facts", snapshot=True).rows == [(2,)]


def test_while_a_writer_is_at_work_a_reader_is_told_how_old_it_is(filled: Path, extraction_of: Make) -> None:
    before = datetime.now(UTC).replace(tzinfo=None)
    publish(filled)
    with connect(filled) as con:
        load(con, [extraction_of("b.txt", "China sold 7.")])
    with hold(filled, 20) as process:
        started = time.monotonic()
        result = run_query(filled, "SELECT count(*) FROM facts", snapshot=True)
        assert time.monotonic() - started < 5
        process.kill()
    assert result.rows == [(1,)]
    assert result.as_of is not None
    assert abs((result.as_of - before).total_seconds()) < 60
    assert run_query(filled, "SELECT count(*) FROM facts", snapshot=True).as_of is None


def test_without_a_snapshot_a_reader_waits_for_the_writer(filled: Path) -> None:
    with hold(filled, 20) as process:
        with pytest.raises(StoreBusyError):
            find_readable(filled, wait_seconds=0.1)
        process.kill()
    assert not snapshot_path(filled).exists()


def test_what_a_killed_writer_left_in_the_log_is_in_the_snapshot(filled: Path) -> None:
    code = (
        "import duckdb, os, sys; con = duckdb.connect(sys.argv[1]); con.execute('UPDATE facts SET unit = ?', ['USD']);"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(filled)], check=False)
    assert filled.with_name("facts.duckdb.wal").stat().st_size > 0
    with open_for_reading(filled) as (con, as_of):
        assert as_of is None
        assert con.execute("SELECT unit FROM facts").fetchall() == [("USD",)]
    assert is_published(filled)


def test_where_no_snapshot_can_be_written_the_database_is_read(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.store.publishing.shutil.copyfile", refuse)
    assert find_readable(filled).path == filled
    assert count(filled) == 1
    message = publish_if_possible(filled)
    assert message is not None
    assert "No space left on device" in message
    assert [path.name for path in filled.parent.iterdir()] == ["facts.duckdb"]


def test_a_missing_database_is_said_and_no_old_snapshot_read(filled: Path) -> None:
    publish(filled)
    filled.unlink()
    with pytest.raises(StoreError, match="there is no database"), open_for_reading(filled):
        pass


def test_a_large_snapshot_is_not_copied_by_every_reader(
    filled: Path, extraction_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.store.publishing._FREE_BYTES", 0)
    monkeypatch.setattr("pipeline.store.publishing._BYTES_A_SECOND_OF_AGE", 1)
    publish(filled)
    with connect(filled) as con:
        load(con, [extraction_of("b.txt", "China sold 7.")])
    found = find_readable(filled)
    assert found.path == snapshot_path(filled)
    assert found.as_of is not None
    monkeypatch.setattr("pipeline.store.publishing._BYTES_A_SECOND_OF_AGE", 2**60)
    assert find_readable(filled).as_of is None


def test_what_a_killed_publisher_left_is_removed(filled: Path) -> None:
    left = filled.with_name(".facts.snapshot.duckdb.1.tmp")
    young = filled.with_name(".facts.snapshot.duckdb.2.tmp")
    for path in (left, young):
        path.touch()
    os.utime(left, (0, 0))
    publish(filled)
    assert not left.exists()
    assert young.exists()


READER = """
import sys, time
from pathlib import Path
from pipeline.store import open_for_reading
database, stop, longest, reads, last = Path(sys.argv[1]), Path(sys.argv[2]), 0.0, 0, -1
while reads < 10 or not stop.exists():
    started = time.monotonic()
    with open_for_reading(database) as (con, as_of):
        [(facts, documents)] = con.execute("SELECT (SELECT count(*) FROM facts), (SELECT count(*) FROM documents)").fetchall()
    longest = max(longest, time.monotonic() - started)
    assert facts == documents and facts >= last, (facts, documents, last)
    if not reads:
        print("reading", flush=True)
    last, reads = facts, reads + 1
print(longest, last)
"""


@pytest.mark.alone
@pytest.mark.slow
def test_readers_in_a_loop_never_fail_nor_keep_a_writer_out(filled: Path, extraction_of: Make, tmp_path: Path) -> None:
    """Four processes read as fast as they can while batches are loaded and snapshots published."""
    loads, give_up = 12, 15.0
    # Half of the time after which they would give up, since the machine may be busy: none of them comes near it.
    patience = give_up / 2
    command = [sys.executable, "-c", READER, str(filled), str(tmp_path / "stop")]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) for _ in range(4)]
    waits = []
    try:
        for reader in readers:
            assert reader.stdout
            assert reader.stdout.readline() == b"reading\n"
        for number in range(loads):
            started = time.monotonic()
            with connect(filled, wait_seconds=give_up) as con:
                waits.append(time.monotonic() - started)
                load(con, [extraction_of(f"{number}-{n}.txt", f"China sold {30_000 + number * 100 + n} cars.") for n in range(8)])
            if number % 5 == 4:
                publish(filled, wait_seconds=give_up)
        (tmp_path / "stop").touch()
        told = [reader.communicate(timeout=60) for reader in readers]
    finally:
        for reader in readers:
            reader.kill()
            reader.communicate()
    for reader, (out, complaint) in zip(readers, told, strict=True):
        assert reader.returncode == 0, complaint.decode()
        longest, last = out.split()
        assert float(longest) < patience
        assert int(last) > 1
    assert max(waits) < patience
    with duckdb.connect(str(filled)) as con:
        assert con.execute("SELECT count(*) FROM facts").fetchall() == [(1 + 8 * loads,)]
