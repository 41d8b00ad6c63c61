"""Sources: seen, vanished, back again, pruned; what people said and what others repeat survives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from pipeline.records import Extraction
from pipeline.store import connect, load, missing_sources, note_seen, note_vanished, prune_sources
from pipeline.store.reviews import review_fact

Make = Callable[..., Extraction]
TEXT = "Exports of China were 412 and imports 398 in 2024, the office said."


@pytest.fixture
def con(extraction_of: Make) -> Any:
    with connect(":memory:") as connection:
        load(connection, [extraction_of(f"{name}.txt", TEXT if name != "c" else "It was 5.") for name in "abc"])
        note_seen(connection, {"a.txt": "a.txt", "b.txt": "b.txt", "c.txt": None}, run_id="r1")
        yield connection


def test_what_is_missed_is_noted_once_until_it_is_seen_again(con: duckdb.DuckDBPyConnection) -> None:
    assert missing_sources(con, lambda path: path == "a.txt") == {"a.txt": False}
    note_vanished(con, ["a.txt"], run_id="r2")
    first = con.execute("SELECT vanished_at, last_seen_run FROM sources WHERE source = 'a.txt'").fetchall()
    assert first[0][0] is not None
    note_vanished(con, ["a.txt"], run_id="r3")
    assert con.execute("SELECT vanished_at, last_seen_run FROM sources WHERE source = 'a.txt'").fetchall() == first
    assert missing_sources(con, lambda path: True) == {"a.txt": True, "b.txt": False}
    note_seen(con, {"a.txt": "a.txt"}, run_id="r4")
    assert con.execute("SELECT vanished_at, last_seen_run FROM sources WHERE source = 'a.txt'").fetchall() == [(None, "r4")]


def test_a_source_that_no_ingest_noted_is_its_own_file(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    con.execute("DELETE FROM sources")
    load(con, [extraction_of("https://host/a", "It was 9."), extraction_of("stdin:0123", "It was 8.")])
    assert set(missing_sources(con, lambda path: True)) == {"a.txt", "b.txt", "c.txt"}
    assert missing_sources(con, lambda path: path == "b.txt") == {"b.txt": False}
    note_vanished(con, ["b.txt"], run_id="r2")
    assert missing_sources(con, lambda path: path == "b.txt") == {"b.txt": True}


def test_pruning_leaves_no_row_but_reviews_and_frees_the_copies(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    load(con, [extraction_of("a.txt", TEXT + " It said 7 more."), extraction_of("a.txt", TEXT)])
    document_id = extraction_of("a.txt", TEXT).article.document_id
    [(fact_id,)] = con.execute("SELECT min(fact_id) FROM facts WHERE document_id = ?", [document_id]).fetchall()
    review_fact(con, fact_id, verdict="accepted")
    assert con.execute("SELECT DISTINCT source FROM facts_with_source ORDER BY 1").fetchall() == [("a.txt",), ("c.txt",)]
    prune_sources(con, ["a.txt"])
    assert con.execute("SELECT source, duplicate_of FROM documents ORDER BY 1").fetchall() == [("b.txt", None), ("c.txt", None)]
    for table in ("sentences", "facts", "dates", "entities", "numbers"):
        assert con.execute(f"SELECT count(*) FROM {table} ANTI JOIN documents USING (document_id)").fetchone() == (0,)
    assert con.execute("SELECT source FROM sources ORDER BY 1").fetchall() == [("b.txt",), ("c.txt",)]
    assert con.execute("SELECT count(*) FROM wordings").fetchone() == (2,)
    assert con.execute("SELECT count(*) FROM reviews").fetchone() == (1,)
