"""The questions that the command line asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import duckdb
import pytest

from pipeline.errors import StoreError
from pipeline.records import Extraction
from pipeline.store import FactFilter, connect, find_document, find_fact, find_facts, load, rows_of


@pytest.fixture
def con(extraction_of: Callable[..., Extraction]) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(":memory:") as connection:
        load(connection, [extraction_of("news/a.txt", "China sold 120 and 7."), extraction_of("news/b.txt", "It sold 5.")])
        connection.execute("UPDATE facts SET period_start = '2024-01-01', period_end = '2024-12-31' WHERE text = '120'")
        connection.execute("UPDATE facts SET period_start = '2025-01-01', kind = 'percent', unit = 'percent' WHERE text = '7'")
        yield connection


@pytest.mark.parametrize(
    ("wanted", "texts"),
    [
        (FactFilter(), ["120", "7", "5"]),
        (FactFilter(kind="percent"), ["7"]),
        (FactFilter(unit="cny"), ["120", "5"]),
        (FactFilter(entity="china", measure="EXPORT", source="a.txt"), ["120", "7"]),
        (FactFilter(measure="imports"), []),
        (FactFilter(since=date(2024, 6, 1)), ["120", "7"]),
        (FactFilter(since=date(2025, 1, 1)), ["7"]),
        (FactFilter(until=date(2024, 6, 1)), ["120"]),
        (FactFilter(since=date(2020, 1, 1), until=date(2023, 12, 31)), []),
    ],
)
def test_find_facts(con: duckdb.DuckDBPyConnection, wanted: FactFilter, texts: list[str]) -> None:
    assert [row["text"] for row in find_facts(con, wanted)] == texts
    assert len(find_facts(con, wanted, limit=1)) == min(1, len(texts))


def test_find_document_by_id_source_end_or_part(con: duckdb.DuckDBPyConnection) -> None:
    document = find_document(con, "news/a.txt")
    for key in (document["document_id"], "a.txt", "ews/a"):
        assert find_document(con, key) == document
    with pytest.raises(StoreError, match=r"2 documents \(news/a.txt, news/b.txt\)"):
        find_document(con, "news")
    with pytest.raises(StoreError, match="There is no document"):
        find_document(con, "c.txt")


def test_find_fact_by_the_beginning_of_its_id(con: duckdb.DuckDBPyConnection) -> None:
    fact = find_facts(con, FactFilter(kind="percent"))[0]
    assert find_fact(con, fact["fact_id"][:12])["text"] == "7"
    for key in ("", "zzz"):
        with pytest.raises(StoreError, match="fact"):
            find_fact(con, key)


def test_rows_of_a_table(con: duckdb.DuckDBPyConnection) -> None:
    document_id = find_document(con, "a.txt")["document_id"]
    assert [row["text"] for row in rows_of(con, "numbers", document_id)] == ["120", "7"]
    with pytest.raises(ValueError, match="must be one of"):
        rows_of(con, "documents; DROP TABLE facts", document_id)
