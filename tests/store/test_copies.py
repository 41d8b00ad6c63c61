"""Copies: found nearly or word for word, across loads and within one, the same in whatever order things come."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.near import is_copy, wording_of
from pipeline.records import Extraction
from pipeline.store import connect, load, restore_revisions
from pipeline.store.copies import count_copies
from tests.conftest import stub_extraction
from tests.test_near import story

Make = Callable[..., Extraction]
#: A wire story and how others print it; the last two are a shorter one and one on another subject.
WHOLE = " ".join([*story(1, 12), "Exports were 412 and imports 398, 5 percent more.", *story(2, 12)])
VERSIONS = (
    WHOLE,
    "HARBOR (Wire) - " + WHOLE,
    WHOLE + " Editing by A. Person; more on page 7.",
    " ".join(WHOLE.split()[: int(len(WHOLE.split()) * 0.75)]),
    " ".join(WHOLE.split()[int(len(WHOLE.split()) * 0.3) :]),
    " ".join(story(9, 25)),
)


@pytest.fixture
def con() -> Any:
    with connect(":memory:") as connection:
        yield connection


def originals(con: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    query = """SELECT d.source, o.source FROM documents d LEFT JOIN documents o ON o.document_id = d.duplicate_of
               WHERE d.is_current"""
    return dict(con.execute(query).fetchall())


def by_definition(con: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    """What ``originals`` must give: every document compared with every leader before it."""
    query = "SELECT source, text FROM documents WHERE is_current ORDER BY published_at NULLS LAST, source, document_id"
    leaders: list[tuple[str, Any]] = []
    found: dict[str, str | None] = {}
    for source, text in con.execute(query).fetchall():
        wording = wording_of(text)
        found[source] = next((leader for leader, other in leaders if is_copy(wording, other)), None)
        if found[source] is None:
            leaders.append((source, wording))
    return found


def test_a_syndicated_story_is_shown_once_and_keeps_its_rows(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    load(con, [extraction_of("b.txt", VERSIONS[0], published_at=datetime(2025, 1, 2))], run_id="r1")
    counts = load(con, [extraction_of("a.txt", VERSIONS[2], published_at=datetime(2025, 1, 3))], run_id="r2").counts
    assert (counts.new, counts.duplicate) == (1, 1)
    assert originals(con) == {"b.txt": None, "a.txt": "b.txt"}
    for view in ("facts_with_source", "money", "current_documents"):
        assert con.execute(f"SELECT DISTINCT source FROM {view}").fetchall() == [("b.txt",)]
    assert con.execute("SELECT count(DISTINCT document_id) FROM facts").fetchone() == (2,)


def test_a_copy_shows_its_names_once(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    text = VERSIONS[0] + " China was told."
    load(con, [extraction_of(source, text, published_at=datetime(2025, 1, 2)) for source in ("a.txt", "b.txt")], run_id="r1")
    rows = con.execute("SELECT name, place, source FROM names_with_source").fetchall()
    assert rows == [("China", "China", "a.txt")]
    assert con.execute("SELECT count(*) FROM entities WHERE place = 'China'").fetchone() == (2,)


def test_an_earlier_article_that_comes_late_takes_the_place(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    load(con, [extraction_of("b.txt", WHOLE, published_at=datetime(2025, 1, 2)), extraction_of("c.txt", WHOLE)], run_id="r1")
    load(con, [extraction_of("d.txt", VERSIONS[1], published_at=datetime(2025, 1, 1))], run_id="r1")
    assert originals(con) == {"d.txt": None, "b.txt": "d.txt", "c.txt": "d.txt"}
    assert count_copies(con, "r1") == 2


def test_a_new_text_of_the_original_frees_its_copies(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    load(con, [extraction_of(f"{name}.txt", text) for name, text in zip("abc", VERSIONS, strict=False)])
    assert originals(con) == {"a.txt": None, "b.txt": "a.txt", "c.txt": "a.txt"}
    load(con, [extraction_of("a.txt", VERSIONS[5])])
    assert originals(con) == {"a.txt": None, "b.txt": None, "c.txt": "b.txt"}
    load(con, [extraction_of("a.txt", VERSIONS[3])])
    assert originals(con) == {"a.txt": None, "b.txt": "a.txt", "c.txt": "a.txt"}
    assert con.execute("SELECT count(*) FROM documents WHERE NOT is_current AND duplicate_of IS NOT NULL").fetchone() == (0,)


def test_a_text_without_words_has_copies_too(con: duckdb.DuckDBPyConnection, extraction_of: Make) -> None:
    load(con, [extraction_of("a.txt", "***"), extraction_of("b.txt", "***"), extraction_of("c.txt", "---")])
    assert originals(con) == {"a.txt": None, "b.txt": "a.txt", "c.txt": None}


Articles = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.integers(0, len(VERSIONS) - 1), st.one_of(st.none(), st.integers(1, 4))),
    min_size=1,
    max_size=14,
)


@settings(max_examples=20, deadline=None)
@given(articles=Articles, seed=st.integers(0, 2**16))
def test_the_answer_is_that_of_comparing_all_whatever_the_order(articles: list[Any], seed: int) -> None:
    pick = random.Random(seed)
    final = {source: (version, day) for source, version, day in articles}
    with connect(":memory:") as con:
        at = 0
        while at < len(articles):
            size = pick.randint(1, 5)
            load(con, [extraction(*each) for each in articles[at : at + size]])
            at += size
            assert originals(con) == by_definition(con)
        older = [row[0] for row in con.execute("SELECT document_id FROM documents WHERE NOT is_current").fetchall()]
        if older:
            restore_revisions(con, [pick.choice(older)])
            assert originals(con) == by_definition(con)
            load(con, [extraction(source, *rest) for source, rest in final.items()])
        in_order = originals(con)
    shuffled = list(final.items())
    pick.shuffle(shuffled)
    with connect(":memory:") as con:
        for source, rest in shuffled:
            load(con, [extraction(source, *rest)])
        assert originals(con) == in_order


def extraction(source: str, version: int, day: int | None) -> Extraction:
    from pipeline.records import Article

    published = datetime(2025, 1, day) if day else None
    return stub_extraction(Article(source=source, text=VERSIONS[version], published_at=published))


def test_ten_thousand_copies_are_no_burden(con: duckdb.DuckDBPyConnection) -> None:
    """A page that a crawler stores again and again is one wording: no load compares copies with copies."""
    import time

    stub = extraction("x", 0, 1)
    from pipeline.records import Article

    def copies(start: int, count: int) -> list[Extraction]:
        return [
            Extraction(article=Article(source=f"{n:06}", text=WHOLE), wording=wording_of(WHOLE))
            for n in range(start, start + count)
        ]

    load(con, copies(10, 10_000))
    started = time.monotonic()
    load(con, copies(20_000, 64))
    load(con, [stub])
    assert time.monotonic() - started < 10
    assert set(originals(con).values()) == {"x", None}
