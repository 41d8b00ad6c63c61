"""Row groups: what is loaded bit by bit is joined, what is large is left, and no row is lost or moved past another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Extraction
from pipeline.store import connect, load
from pipeline.store.row_groups import join_row_groups, rows_to_join
from pipeline.store.search import index, search


def sizes(con: duckdb.DuckDBPyConnection, table: str) -> list[int]:
    query = f"""SELECT max(start + count) FROM pragma_storage_info('{table}') WHERE persistent AND column_id = 0
                GROUP BY row_group_id ORDER BY row_group_id"""
    return [size for (size,) in con.execute(query).fetchall()]


@pytest.fixture
def numbered(database: Path) -> Callable[[list[int]], list[int]]:
    """Fill the table ``saved_queries`` by loads of these sizes, joining before each; give its row groups."""

    def fill(loads: list[int]) -> list[int]:
        first = 0
        for rows in loads:
            with connect(database) as con:
                con.execute("BEGIN")
                join_row_groups(con)
                con.execute(
                    "INSERT INTO saved_queries SELECT range::VARCHAR, 'SELECT 1', now() FROM range(?, ?)", [first, first + rows]
                )
                con.execute("COMMIT")
            first += rows
        with connect(database, read_only=True) as con:
            names = [name for (name,) in con.execute("SELECT name FROM saved_queries ORDER BY rowid").fetchall()]
            assert names == [str(number) for number in range(first)]
            return sizes(con, "saved_queries")

    return fill


def test_large_row_groups_stay_as_they_were_loaded(numbered: Callable[[list[int]], list[int]]) -> None:
    assert numbered([20_000] * 10) == [20_000] * 10


def test_small_row_groups_become_one(numbered: Callable[[list[int]], list[int]]) -> None:
    """Together with what is loaded in the same transaction."""
    assert numbered([20_000] + [5] * 9) == [20_000, 45]


def test_what_was_joined_is_joined_again_when_eight_are_there(numbered: Callable[[list[int]], list[int]]) -> None:
    """So a row is written again once for each power of eight, and not at each load."""
    assert numbered([20_000] + [5] * 65) == [20_000, 325]


@given(st.lists(st.integers(1, 20_000), max_size=80))
def test_only_whole_row_groups_at_the_end_are_joined(held: list[int]) -> None:
    rows = rows_to_join(held)
    ends = [sum(held[len(held) - count :]) for count in range(len(held) + 1)]
    assert rows in ends
    assert not rows or ends.index(rows) >= 8


def test_rows_that_were_deleted_at_the_end_cost_no_others(database: Path, numbered: Callable[[list[int]], list[int]]) -> None:
    numbered([20_000] + [5] * 8)
    with connect(database) as con:
        con.execute("DELETE FROM saved_queries WHERE name::INTEGER >= 20_038 OR name::INTEGER = 20_020")
    with connect(database) as con:
        con.execute("BEGIN")
        assert "saved_queries" in join_row_groups(con)
        con.execute("COMMIT")
        names = [int(name) for (name,) in con.execute("SELECT name FROM saved_queries ORDER BY rowid").fetchall()]
    assert names == [number for number in range(20_038) if number != 20_020]


def test_loads_of_single_articles_leave_few_row_groups_and_the_same_rows(
    tmp_path: Path, extraction_of: Callable[..., Extraction]
) -> None:
    texts = [f"Exports of town {number} were {number + 100} in 2024, the office said." for number in range(20)]
    extractions = [extraction_of(f"{number:02d}.txt", text) for number, text in enumerate(texts)]
    bit_by_bit, at_once = tmp_path / "a.duckdb", tmp_path / "b.duckdb"
    for extraction in extractions:
        with connect(bit_by_bit) as con:
            load(con, [extraction])
    with connect(at_once) as con:
        load(con, extractions)
    with connect(bit_by_bit, read_only=True) as a, connect(at_once, read_only=True) as b:
        assert len(sizes(a, "documents")) < 8
        assert len(sizes(a, "facts")) < 8
        for table in ("sentences", "facts", "dates", "entities", "numbers", "wordings", "bands"):
            query = f"FROM {table} ORDER BY rowid"
            assert a.execute(query).fetchall() == b.execute(query).fetchall()


def test_a_search_finds_articles_whose_rows_were_moved(database: Path, extraction_of: Callable[..., Extraction]) -> None:
    def found() -> list[Any]:
        return [(hit.sentence, hit.figures) for hit in search(database, "exports town 3", snapshot=False).hits][:1]

    text = "Exports of town {0} were {0}{0} in 2024, the office said."
    for number in range(1, 8):
        with connect(database) as con:
            load(con, [extraction_of(f"{number}.txt", text.format(number))])
    before = found()
    assert before[0][0] == text.format(3)
    for number in range(8, 11):
        with connect(database) as con:
            load(con, [extraction_of(f"{number}.txt", text.format(number))])
    index(database, snapshot=False)
    assert found() == before


def test_a_new_file_has_small_blocks_and_an_older_one_keeps_its_own(tmp_path: Path) -> None:
    made, older = tmp_path / "new.duckdb", tmp_path / "older.duckdb"
    duckdb.connect(str(older)).close()
    for database, size in ((made, 65536), (older, 262144)):
        with connect(database) as con:
            assert con.execute("SELECT block_size FROM pragma_database_size()").fetchall() == [(size,)]
