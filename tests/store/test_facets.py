"""Facts by search, facets and order, against the same question asked plainly in SQL."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.store import connect, load
from pipeline.store.facets import FACETS, NONE, SORTS, FactQuery, fact_page, find_rows, worth_charting
from pipeline.store.room import Room


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A room of some hundred facts whose columns are set by their place."""
    from pipeline.records import Article
    from tests.conftest import stub_extraction

    database = tmp_path_factory.mktemp("facets") / "facts.duckdb"
    texts = [f"Exports number {i} of China were {i * 37 + 11} and imports {i * 13 + 7}." for i in range(120)]
    with connect(database) as writer:
        load(writer, [stub_extraction(Article(source=f"s{i}.txt", text=t, publisher=f"P{i % 3}")) for i, t in enumerate(texts)])
        writer.execute("""UPDATE facts SET kind = ['money', 'percent', 'quantity'][1 + start_char % 3],
            unit = ['CNY', 'USD', 'percent', 'kg'][1 + (start_char + end_char) % 4],
            entity = CASE value::BIGINT % 5 WHEN 0 THEN NULL WHEN 1 THEN 'Ünland' ELSE 'China' END,
            period_end = CASE value::BIGINT % 4 WHEN 0 THEN NULL ELSE make_date(2020 + (value % 4)::INT, 12, 31) END,
            period_start = CASE value::BIGINT % 4 WHEN 0 THEN NULL ELSE make_date(2020 + (value % 4)::INT, 1, 1) END,
            status = ['actual', 'forecast'][1 + (value % 2)::INT], confidence = (value % 100)::DOUBLE / 100""")
    room = Room(database)
    with room.reading() as cursor:
        yield cursor
    room.close()


_VALUES = {
    "kind": ["money", "percent", "quantity", "rank"],
    "unit": ["CNY", "USD", "kg"],
    "entity": ["China", "Ünland", NONE],
    "year": ["2021", "2023", NONE],
    "status": ["actual", "forecast"],
    "publisher": ["P0", "P2", "nobody"],
    "confidence": ["0.9 to 1", "below 0.5"],
}


def _some(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(tuple)


choices = st.fixed_dictionaries({}, optional={name: _some(values) for name, values in _VALUES.items()})
searches = st.sampled_from(["", "exports", "china 11", "unland", "no such word"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=choices, q=searches, sort=st.sampled_from(sorted(SORTS)))
def test_counts_and_rows_are_those_of_plain_sql(con: duckdb.DuckDBPyConnection, chosen: dict, q: str, sort: str) -> None:
    wanted = FactQuery(q=q, chosen=chosen, sort=sort)
    found = fact_page(con, wanted, limit=1000)

    def passes(without: str = "") -> str:
        terms = [f"contains(haystack, '{word}')" for word in q.split()]
        for facet, values in chosen.items():
            if facet != without:
                listed = ", ".join(f"'{value}'" for value in values)
                terms.append(f"coalesce({FACETS[facet]}, '{NONE}') IN ({listed})")
        return " AND ".join(terms) or "true"

    expected = con.execute(f"SELECT fact_id FROM room WHERE {passes()}").fetchall()
    assert found.total == len(expected)
    assert {row["fact_id"] for row in found.rows} == {key for (key,) in expected}
    for facet, entries in found.facets.items():
        counts = dict(
            con.execute(
                f"SELECT coalesce({FACETS[facet]}, '{NONE}'), count(*) FROM room WHERE {passes(facet)} GROUP BY 1"
            ).fetchall()
        )
        assert {entry.value: entry.count for entry in entries if entry.count} == counts
        assert {entry.value for entry in entries if entry.is_chosen} == set(chosen.get(facet, ()))


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_pages_neither_overlap_nor_leave_out(con: duckdb.DuckDBPyConnection, sort: str) -> None:
    wanted = FactQuery(sort=sort)
    pages = [find_rows(con, wanted, limit=50, offset=offset) for offset in range(0, 400, 50)]
    keys = [row["fact_id"] for rows in pages for row in rows]
    assert len(keys) == len(set(keys))
    assert len(keys) == con.execute("SELECT count(*) FROM room").fetchone()[0]  # type: ignore[index]


def test_a_row_has_its_sentence_and_its_place(con: duckdb.DuckDBPyConnection) -> None:
    for row in find_rows(con, FactQuery(), limit=20):
        start = row["start_char"] - row["sentence_start"]
        assert row["sentence"][start : start + len(row["text"])] == row["text"]


def test_what_is_worth_a_chart_has_several_periods(con: duckdb.DuckDBPyConnection) -> None:
    assert all(row["periods"] >= 3 for row in worth_charting(con))
