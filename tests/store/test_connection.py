"""Opening the database: made when missing, refused when it is something else, waited for when it is in use."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import StoreBusyError, StoreError
from pipeline.store import connect, describe_schema

TABLES = {
    "fetches",
    "documents",
    "sentences",
    "facts",
    "dates",
    "entities",
    "numbers",
    "runs",
    "rejects",
    "reviews",
    "review_samples",
    "saved_queries",
    "wordings",
    "bands",
    "sources",
}
VIEWS = {"money", "percentages", "quantities", "facts_with_source", "names_with_source", "current_documents", "current_reviews"}


def test_makes_the_tables_and_views_once(database: Path) -> None:
    for _ in range(2):
        with connect(database) as con:
            rows = describe_schema(con)
    assert {row["name"] for row in rows if row["kind"] == "table"} == TABLES | {"store_info"}
    assert {row["name"] for row in rows if row["kind"] == "view"} == VIEWS


def test_every_table_view_and_column_has_a_comment() -> None:
    with connect(":memory:") as con:
        rows = describe_schema(con)
    assert [f"{row['name']}.{row['column']}" for row in rows if not row["about"] or not row["meaning"]] == []


def test_refuses_what_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.duckdb"
    path.write_text("This is a text, not a database, and it is long enough to be looked at as one.\n" * 100)
    with pytest.raises(StoreError, match="cannot be opened as a database"):
        connect(path)


def test_refuses_a_missing_file_when_it_may_not_make_one(database: Path) -> None:
    with pytest.raises(StoreError, match="factledger ingest"):
        connect(database, read_only=True)
    assert not database.exists()


def test_refuses_a_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        connect(tmp_path)


@pytest.mark.parametrize("sql", ["CREATE TABLE mine (a INTEGER)", "CREATE TABLE store_info (key VARCHAR, value VARCHAR)"])
def test_refuses_the_file_of_another_program_or_version(database: Path, sql: str) -> None:
    duckdb.connect(str(database)).execute(sql).close()
    with pytest.raises(StoreError, match="Ingest the articles into a new file"):
        connect(database)


HOLD = "import sys, duckdb, time; con = duckdb.connect(sys.argv[1]); print('held', flush=True); time.sleep(float(sys.argv[2]))"


def hold(database: Path, seconds: float) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(database), str(seconds)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def test_waits_for_another_process(database: Path) -> None:
    connect(database).close()
    with hold(database, 0.4):
        started = time.monotonic()
        connect(database, wait_seconds=10).close()
        assert time.monotonic() - started < 5


def test_says_who_is_in_the_way_when_it_waited_too_long(database: Path) -> None:
    connect(database).close()
    with hold(database, 20) as process:
        with pytest.raises(StoreBusyError, match="in use by another process") as caught:
            connect(database, wait_seconds=0.1)
        process.kill()
    assert caught.value.transient
