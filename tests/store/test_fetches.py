"""What servers said of pages is kept, for the rules and the model that read them."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.records import Extraction
from pipeline.store import article_sources, connect, load, remember_fetches, remembered_fetches


def test_the_newest_word_of_a_server_counts_for_the_rules_that_read_the_page() -> None:
    with connect(":memory:") as con:
        remember_fetches(con, {"u1": ('"1"', None), "u2": (None, "Mon"), "u3": (None, None)}, run_id="r1", model="m")
        assert remembered_fetches(con, model="m") == {"u1": ('"1"', None), "u2": (None, "Mon")}
        assert remembered_fetches(con, model="other") == remembered_fetches(con, model="m", pipeline_version="next") == {}
        remember_fetches(con, {"u1": ('"2"', None), "u2": (None, None)}, run_id="r2", model="m")
        assert remembered_fetches(con, model="m") == {"u1": ('"2"', None)}
        remember_fetches(con, {}, run_id="r3", model="m")
        assert con.execute("SELECT url, run_id FROM fetches").fetchall() == [("u1", "r2")]


def test_pages_are_told_from_lists_by_their_articles(extraction_of: Callable[..., Extraction]) -> None:
    with connect(":memory:") as con:
        load(con, [extraction_of("https://a.example/1", "It was 5.")])
        assert article_sources(con, ["https://a.example/feed", "https://a.example/1"]) == ["https://a.example/1"]
        assert article_sources(con, []) == []
