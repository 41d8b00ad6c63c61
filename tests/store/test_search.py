"""Search by words: what fits best comes first, and the index follows the database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.bench.articles import MadeUp, extraction_of, make_up_many
from pipeline.cli import app
from pipeline.errors import QueryError, StoreError
from pipeline.store import connect, load
from pipeline.store.search import index, search, search_path

MADE = tuple(make_up_many(60))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "facts.duckdb"
    add(path, MADE[:40])
    return path


def add(database: Path, made: tuple[MadeUp, ...]) -> None:
    with connect(database) as con:
        load(con, [extraction_of(each) for each in made], run_id="r")


def test_the_sentence_that_holds_the_words_comes_first(database: Path) -> None:
    for made in MADE[:10]:
        row = made.known[0]
        hits = search(database, f"{row.measure} {row.entity} {row.year}").hits
        assert hits[0].source == made.article.source
        assert f"{row.measure}: {row.text}" in hits[0].figures
        assert row.text in hits[0].sentence


def test_scores_are_those_of_bm25(tmp_path: Path) -> None:
    from pipeline.figures_only import extract_figures
    from pipeline.records import Article

    texts = ("Copper exports rose 5%.", "Copper copper 7%.", "Tin output fell 3% in the whole of the long year.")
    path = tmp_path / "three.duckdb"
    with connect(path) as con:
        load(con, [extract_figures(Article(source=str(i), text=text)) for i, text in enumerate(texts)])
    found = {hit.sentence: hit.score for hit in search(path, "copper").hits}
    # 3 sentences of 4, 3 and 11 words, the word in 2 of them: ln(1.6) * 2.2 / 1.9 and ln(1.6) * 4.4 / 2.75.
    assert found == pytest.approx({texts[0]: 0.544, texts[1]: 0.752}, abs=0.001)


def test_the_index_follows_the_database(database: Path) -> None:
    before = index(database)
    add(database, MADE[40:])
    assert index(database) > before
    assert search(database, MADE[59].known[0].entity).hits
    gone = replace(MADE[0], article=replace(MADE[0].article, text="Nothing is left but 5 words and 3%."), known=())
    add(database, (gone,))
    row = MADE[0].known[0]
    assert all(hit.source != gone.article.source for hit in search(database, f"{row.measure} {row.entity}").hits)
    assert search(database, "nothing left but").hits[0].source == gone.article.source


def test_many_small_additions_end_in_the_same_index_as_one(tmp_path: Path, database: Path) -> None:
    for made in MADE[40:]:
        add(database, (made,))
        index(database)
    whole = tmp_path / "whole.duckdb"
    add(whole, MADE)
    for words in ("workers", "copper", "in"):
        found = [{(hit.score, hit.sentence_id) for hit in search(path, words, limit=500).hits} for path in (database, whole)]
        assert found[0] == found[1]


def test_rows_that_moved_are_found(database: Path) -> None:
    """The index knows where rows were, as long as they are there."""
    words = f"{MADE[30].known[0].measure} {MADE[30].known[0].entity}"
    before = search(database, words).hits
    places = "SELECT fact_id FROM facts WHERE rowid = 0"
    with connect(database) as con:
        old = con.execute(places).fetchall()
        con.execute("CREATE TEMP TABLE kept AS FROM facts; DELETE FROM facts; INSERT INTO facts FROM kept ORDER BY fact_id DESC")
        assert con.execute(places).fetchall() != old
    assert search(database, words).hits == before


def test_it_may_be_deleted_and_what_is_no_index_is_said(database: Path) -> None:
    first = search(database, "copper").hits
    search_path(database).unlink()
    assert search(database, "copper").hits == first
    search_path(database).write_text("no database " * 1000)
    with pytest.raises(StoreError, match="delete it"):
        search(database, "copper")


@pytest.mark.parametrize("words", ["", "!?", "'; DROP TABLE units; --", "a" * 10_000, "word " * 1000, "%_"])
def test_any_words_are_asked_or_refused(database: Path, words: str) -> None:
    if any(c.isalnum() or c == "_" for c in words):
        search(database, words)
    else:
        with pytest.raises(QueryError, match="no word"):
            search(database, words)


def test_the_command(database: Path) -> None:
    row = MADE[3].known[0]
    result = CliRunner().invoke(app, ["search", *row.measure.split(), row.entity, "-d", str(database), "--format", "jsonl"])
    assert result.exit_code == 0, result.output
    assert row.text in result.stdout.splitlines()[0]
