"""Loading: what is written can be read again, twice is once, a new text is a revision, a copy points to its original."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Extraction, Reject
from pipeline.store import connect, fetch_records, known_documents, load, restore_revisions
from pipeline.store.rows import to_decimal
from tests.conftest import stub_fact

Make = Callable[..., Extraction]
TEXT = "China sold 120 in 2024.\xa0Exports were 7."


@pytest.fixture
def con() -> Any:
    with connect(":memory:") as connection:
        yield connection


def contents(con: duckdb.DuckDBPyConnection) -> dict[str, list[Any]]:
    """Everything but when and by which run it was written."""
    tables = {
        "documents": "* EXCLUDE (ingested_at, run_id)",
        "sentences": "*",
        "facts": "* EXCLUDE (run_id)",
        "dates": "*",
        "entities": "*",
        "numbers": "*",
    }
    return {table: con.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall() for table, columns in tables.items()}


def test_every_row_comes_back_as_it_was(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    extraction = extraction_of("a.txt", TEXT, title="T", published_at=datetime(2025, 1, 2, tzinfo=UTC), published_from="text")
    loaded = load(con, [extraction], run_id="r1", model="m")
    assert (loaded.counts.new, loaded.counts.facts) == (1, 2)
    [document] = fetch_records(con, "SELECT * FROM documents")
    assert document["document_id"] == extraction.article.document_id
    assert document["text"] == TEXT
    assert document["published_at"] == datetime(2025, 1, 2)
    for table, rows, key in (
        ("facts", extraction.facts, "fact_id"),
        ("dates", extraction.dates, "date_id"),
        ("entities", extraction.entities, "entity_id"),
        ("numbers", extraction.numbers, "number_id"),
        ("sentences", extraction.sentences, "sentence_id"),
    ):
        found = {row[key]: row for row in fetch_records(con, f"SELECT * FROM {table}")}
        assert len(found) == len(rows)
        for row in rows:
            stored = found[getattr(row, key)]
            assert all(stored[name] == getattr(row, name) for name in row.__dataclass_fields__)
            assert TEXT[stored["start_char"] : stored["end_char"]] == stored["text"]


def test_loading_again_changes_no_row(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    extractions = [extraction_of("a.txt", TEXT), extraction_of("b.txt", "Imports were 5."), extraction_of("c.txt", TEXT)]
    load(con, extractions, run_id="r1")
    before = contents(con)
    again = load(con, extractions, run_id="r2")
    assert contents(con) == before
    assert (again.counts.new, again.counts.changed) == (0, 3)


def test_a_shorter_reading_leaves_no_stale_fact(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    extraction = extraction_of("a.txt", TEXT)
    load(con, [extraction])
    load(con, [replace(extraction, facts=extraction.facts[:1])])
    assert con.execute("SELECT count(*) FROM facts").fetchone() == (1,)


def test_a_new_text_is_the_next_revision(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    load(con, [extraction_of("a.txt", "It was 5.")])
    load(con, [extraction_of("a.txt", "It was 6."), extraction_of("a.txt", "It was 7.")])
    rows = con.execute("SELECT text, revision, is_current FROM documents ORDER BY revision").fetchall()
    assert rows == [("It was 5.", 1, False), ("It was 6.", 2, False), ("It was 7.", 3, True)]
    assert con.execute("SELECT value FROM money").fetchall() == [(Decimal(7),)]


def test_going_back_to_an_earlier_text_makes_it_current_again(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    first, second = extraction_of("a.txt", "It was 5."), extraction_of("a.txt", "It was 6.")
    load(con, [first])
    load(con, [second])
    assert restore_revisions(con, [first.article.document_id]) == 1
    assert restore_revisions(con, [first.article.document_id]) == 0
    rows = con.execute("SELECT text, revision, is_current FROM documents ORDER BY revision").fetchall()
    assert rows == [("It was 6.", 2, False), ("It was 5.", 3, True)]


def test_a_copy_points_to_the_first_and_is_shown_once(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    early, late = datetime(2025, 1, 1), datetime(2025, 2, 1)
    counts = load(con, [extraction_of("b.txt", TEXT, published_at=late), extraction_of("c.txt", TEXT, published_at=early)]).counts
    load(con, [extraction_of("a.txt", TEXT)])
    rows = con.execute(
        "SELECT d.source, o.source FROM documents d LEFT JOIN documents o ON o.document_id = d.duplicate_of"
    ).fetchall()
    assert counts.duplicate == 1
    assert dict(rows) == {"c.txt": None, "b.txt": "c.txt", "a.txt": "c.txt"}
    assert con.execute("SELECT DISTINCT source FROM facts_with_source").fetchall() == [("c.txt",)]


def test_when_the_original_changes_a_copy_takes_its_place(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    load(con, [extraction_of("a.txt", TEXT), extraction_of("b.txt", TEXT)])
    load(con, [extraction_of("a.txt", "Now it is 9.")])
    assert con.execute("SELECT source FROM documents WHERE duplicate_of IS NOT NULL").fetchall() == []
    assert con.execute("SELECT DISTINCT source FROM facts_with_source ORDER BY 1").fetchall() == [("a.txt",), ("b.txt",)]


def test_a_value_that_no_column_holds_is_a_reject_and_nothing_points_to_it(
    con: duckdb.DuckDBPyConnection, extraction_of: Make
) -> None:
    extraction = extraction_of("a.txt", "It was " + "9" * 40 + " or 5.")
    huge, small = extraction.facts
    extraction = replace(extraction, facts=(huge, replace(small, conversion_of=huge.fact_id)))
    loaded = load(con, [extraction], run_id="r1")
    assert (loaded.counts.facts, loaded.counts.rejected) == (1, 1)
    assert con.execute("SELECT stage, error FROM rejects").fetchall() == [("store", "ValueTooLarge")]
    assert con.execute("SELECT conversion_of FROM facts").fetchall() == [(None,)]
    unexplained = con.execute("SELECT text FROM numbers WHERE disposition = 'unexplained' AND explained_by IS NULL").fetchall()
    assert unexplained == [("9" * 40,)]


def test_a_failure_writes_nothing(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    load(con, [extraction_of("a.txt", TEXT)])
    before = contents(con)
    good = extraction_of("b.txt", TEXT)
    broken = replace(good, facts=(replace(good.facts[0], unit=None),))  # type: ignore[arg-type]
    with pytest.raises(duckdb.Error):
        load(con, [extraction_of("c.txt", "It was 4."), broken])
    assert contents(con) == before


def test_rejects_are_written_in_the_same_transaction(con: duckdb.DuckDBPyConnection) -> None:
    reject = Reject(source="odd\udc80name.txt", stage="read", error="ReadError", message="It is empty.")
    assert load(con, [], run_id="r1", rejects=[reject]).counts.rejected == 1
    assert con.execute("SELECT run_id, source, message FROM rejects").fetchall() == [("r1", "odd?name.txt", "It is empty.")]


def test_known_documents_tells_fingerprints_and_which_is_current(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    load(con, [extraction_of("a.txt", "It was 5."), extraction_of("a.txt", "It was 6.")])
    known = known_documents(con, ["a.txt", "b.txt"])
    assert list(known) == ["a.txt"]
    assert sorted(known["a.txt"].values()) == [False, True]
    assert known_documents(con, []) == {}


def test_a_moment_with_a_zone_is_stored_in_utc(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    published = datetime(2025, 9, 1, 6, 0, tzinfo=timezone(timedelta(hours=8)))
    load(con, [extraction_of("a.txt", TEXT, published_at=published)])
    assert con.execute("SELECT published_at FROM documents").fetchone() == (datetime(2025, 8, 31, 22, 0),)


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_a_decimal_is_stored_to_ten_decimals_or_refused(value: Decimal) -> None:
    stored = to_decimal(value)
    if stored is None:
        assert not value.is_finite() or abs(value) >= Decimal("9.9999999999E27")
    else:
        assert abs(stored - value) <= Decimal("5E-11")
        assert stored.as_tuple().exponent == -10


def test_a_stored_decimal_survives_the_column(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    extraction = extraction_of("a.txt", "It was 5.")
    third = stub_fact(
        extraction.article.document_id,
        extraction.sentences[0].sentence_id,
        "It was 5.",
        7,
        8,
        value=Decimal(1) / 3,
        value_low=Decimal("1E-30"),
    )
    load(con, [replace(extraction, facts=(third,))])
    assert con.execute("SELECT value, value_low FROM facts").fetchone() == (Decimal("0.3333333333"), Decimal(0))
