"""SQL from a user may read the tables, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.errors import QueryError, StoreError
from pipeline.records import Extraction
from pipeline.store import connect, load, run_query, run_query_apart


@pytest.fixture
def filled(database: Path, extraction_of: Callable[..., Extraction]) -> Path:
    with connect(database) as con:
        load(con, [extraction_of("a.txt", "China sold 120."), extraction_of("b.txt", "China sold 7.")])
    return database


@pytest.mark.parametrize("run", [run_query, run_query_apart])
def test_a_select_gives_columns_types_and_rows(filled: Path, run: Callable[..., object]) -> None:
    result = run(filled, "SELECT source, value FROM money ORDER BY value")
    assert result.columns == ("source", "value")  # type: ignore[attr-defined]
    assert result.types == ("VARCHAR", "DECIMAL(38,10)")  # type: ignore[attr-defined]
    assert result.rows == [("b.txt", Decimal(7)), ("a.txt", Decimal(120))]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("limit", "rows", "truncated"), [(None, 2, False), (2, 2, False), (1, 1, True)])
def test_rows_past_the_limit_are_left_out_and_said(filled: Path, limit: int | None, rows: int, truncated: bool) -> None:
    result = run_query(filled, "FROM money", limit=limit)
    assert (len(result.rows), result.truncated) == (rows, truncated)


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("", "holds 0 statements"),
        ("SELECT 1; SELECT 2", "holds 2 statements"),
        ("SELECT 1; DROP TABLE facts", "holds 2 statements"),
        ("DROP TABLE facts", "this is DROP"),
        ("UPDATE facts SET unit = 'USD'", "this is UPDATE"),
        ("COPY facts TO 'facts.csv'", "this is COPY"),
        ("ATTACH 'other.duckdb'", "this is ATTACH"),
        ("INSTALL httpfs", "this is LOAD"),
        ("SET memory_limit = '90GB'", "this is SET"),
        ("PRAGMA database_list", "this is"),
        ("WITH x AS (INSERT INTO store_info VALUES ('a', 'b') RETURNING key) SELECT * FROM x", "read-only"),
        ("SELECT * FROM read_text('/etc/hostname')", "disabled by configuration"),
        ("SELECT * FROM read_csv('/etc/hostname')", "disabled by configuration"),
        ("SELECT * FROM '/etc/hostname'", "disabled by configuration|does not exist"),
        ("SELECT * FROM glob('/*')", "disabled by configuration"),
        ("SELECT getenv('HOME')", "getenv"),
        ("SELEC 1", "syntax error"),
        ("SELECT nothing FROM facts", "factledger schema"),
        ("SELECT * FROM nowhere", "factledger schema"),
    ],
)
def test_everything_else_is_refused(filled: Path, sql: str, message: str) -> None:
    before = filled.read_bytes()
    with pytest.raises(QueryError, match=message):
        run_query(filled, sql)
    assert filled.read_bytes() == before


@pytest.mark.parametrize("run", [run_query, run_query_apart])
def test_a_query_without_end_is_stopped(filled: Path, run: Callable[..., object]) -> None:
    started = time.monotonic()
    with pytest.raises(QueryError, match=r"longer than 0\.5 seconds"):
        run(filled, "SELECT count(*) FROM range(100000000000) a, range(1000) b", timeout_seconds=0.5)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("sql", ["SELECT repeat('x', 4000000000)", "SELECT length(repeat('x', 3500000000))"])
def test_a_query_that_takes_all_memory_dies_alone(filled: Path, sql: str) -> None:
    with pytest.raises(QueryError, match="more memory"):
        run_query_apart(filled, sql)


def test_a_missing_database_is_said_from_the_other_process_too(database: Path) -> None:
    with pytest.raises(StoreError, match="there is no database"):
        run_query_apart(database, "SELECT 1")
