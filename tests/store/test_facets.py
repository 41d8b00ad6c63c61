"""Facts by search, facets and order, against the same question asked plainly in SQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

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
@given(chosen=choices, q=searches, sort=st.sampled_from(["", *sorted(SORTS)]))
def test_counts_and_rows_are_those_of_plain_sql(con: duckdb.DuckDBPyConnection, chosen: dict, q: str, sort: str) -> None:
    wanted = FactQuery(q=q, chosen=chosen, sort=sort)
    found = fact_page(con, wanted, limit=1000)
    q = found.shown.q

    def passes(without: str = "") -> str:
        terms = [f"contains(haystack, '{word}')" for word in q.split()]
        for facet, values in chosen.items():
            if facet != without:
                listed = ", ".join(f"'{value}'" for value in values)
                terms.append(f"coalesce({FACETS[facet]}, '{NONE}') IN ({listed})")
        return " AND ".join(terms) or "true"

    expected = con.execute(f"SELECT fact_id FROM room WHERE {passes()}").fetchall()
    assert found.total == len(expected)
    assert found.shown == wanted or expected
    assert {row["fact_id"] for row in found.rows} == {key for (key,) in expected}
    for facet, entries in found.facets.items():
        counts = dict(
            con.execute(
                f"SELECT coalesce({FACETS[facet]}, '{NONE}'), count(*) FROM room WHERE {passes(facet)} GROUP BY 1"
            ).fetchall()
        )
        assert {entry.value: entry.count for entry in entries if entry.count} == counts
        assert {entry.value for entry in entries if entry.is_chosen} == set(chosen.get(facet, ()))


@pytest.mark.parametrize(("sort", "q"), [*((sort, "") for sort in sorted(SORTS)), ("", "of 1"), ("", "exports")])
def test_pages_neither_overlap_nor_leave_out(con: duckdb.DuckDBPyConnection, sort: str, q: str) -> None:
    wanted = FactQuery(sort=sort, q=q)
    pages = [find_rows(con, wanted, limit=50, offset=offset) for offset in range(0, 400, 50)]
    keys = [row["fact_id"] for rows in pages for row in rows]
    assert len(keys) == len(set(keys))
    assert len(keys) == fact_page(con, wanted).total


@pytest.fixture(scope="module")
def worded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A room of a few sentences, each of an article of its own, the last one the newest."""
    from pipeline.records import Article
    from tests.conftest import stub_extraction

    database = tmp_path_factory.mktemp("worded") / "facts.duckdb"
    texts = (
        "The price of oil rose to 81, and oil from the north to 84.",
        "In spring the soil of the valley was warm, said a grower who keeps 31 goats and sells cheese at the fair.",
        "Prices of tin foil, of oil and of much else that the port handles in an ordinary week stood at 41 last year.",
        "A levy on tin of 7 was agreed.",
        "A levy on coal of 8 was agreed.",
        "A levy on coal of 9 was argued about.",
    )
    articles = [Article(source=f"w{i}.txt", text=t, published_at=datetime(2025, 1, 1 + i)) for i, t in enumerate(texts)]
    with connect(database) as writer:
        load(writer, [stub_extraction(article) for article in articles])
        writer.execute("UPDATE facts SET measure = 'goats', entity = 'Oil Fair' WHERE value = 31")
    room = Room(database)
    with room.reading() as cursor:
        yield cursor
    room.close()


def _figures(con: duckdb.DuckDBPyConnection, wanted: FactQuery) -> list[str]:
    return [row["text"] for row in find_rows(con, wanted, limit=20)]


def test_what_fits_the_words_best_comes_first(worded: duckdb.DuckDBPyConnection) -> None:
    # Where a word stands more often, in fewer words, or in the entity; and by itself rather than in "soil" or "foil".
    assert _figures(worded, FactQuery(q="oil")) == ["81", "84", "31", "41"]
    assert _figures(worded, FactQuery(q="oil", sort="newest")) == ["41", "31", "81", "84"]
    assert _figures(worded, FactQuery(q="levy", sort="smallest")) == ["7", "8", "9"]
    # Alike: the newest first, as without words.
    assert _figures(worded, FactQuery(q="levy coal agreed")) == ["8"]
    assert (FactQuery().order, FactQuery(q="oil").order, FactQuery(q="oil", sort="newest").order) == ("newest", "best", "newest")


def test_words_that_no_fact_holds_together_are_left_out(worded: duckdb.DuckDBPyConnection) -> None:
    def shown(q: str, **more: Any) -> tuple[str, tuple[str, ...], int]:
        page = fact_page(worded, FactQuery(q=q, **more))
        return page.shown.q, page.left_out, page.total

    assert shown("what levy was agreed on zebras of tin") == ("levy was agreed on of tin", ("what", "zebras"), 1)
    assert shown("levy tin") == ("levy tin", (), 1)
    assert shown("coal oil tin") == ("coal", ("oil", "tin"), 2)
    assert shown("zebras") == ("zebras", (), 0)
    assert shown("zebras giraffes") == ("zebras giraffes", (), 0)
    assert shown("levy tin", chosen={"kind": ("rank",)})[1:] == ((), 0)


def test_a_row_has_its_sentence_and_its_place(con: duckdb.DuckDBPyConnection) -> None:
    for row in find_rows(con, FactQuery(), limit=20):
        start = row["start_char"] - row["sentence_start"]
        assert row["sentence"][start : start + len(row["text"])] == row["text"]


def test_what_is_worth_a_chart_has_several_periods(con: duckdb.DuckDBPyConnection) -> None:
    assert all(row["periods"] >= 3 for row in worth_charting(con))
