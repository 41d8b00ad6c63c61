"""What a run brought, and what a new text of an article says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pipeline.records import Article, Extraction
from pipeline.store import compare_facts, connect, load, news_of
from tests.conftest import stub_fact


def fact(measure: str | None, value: int, **columns: Any) -> dict[str, Any]:
    made = stub_fact("d", "s", str(value), 0, len(str(value)), measure=measure, value=Decimal(value), **columns)
    return {name: getattr(made, name) for name in made.__slots__} | {"fact_id": f"{measure}{value}{len(columns)}"}


def test_facts_are_paired_by_what_they_say_then_by_what_they_are_about() -> None:
    before = [fact("exports", 1), fact("imports", 2), fact("surplus", 3), fact("exports", 1)]
    after = [fact("imports", 5), fact("exports", 1), fact("debt", 4), fact("exports", 1, rule="another")]
    changes = compare_facts(before, after)
    assert [(old["value"], new["value"]) for old, new in changes.changed] == [(2, 5)]
    assert [row["measure"] for row in changes.appeared] == ["debt"]
    assert [row["measure"] for row in changes.vanished] == ["surplus"]


def test_the_same_words_with_another_meaning_have_changed() -> None:
    changes = compare_facts([fact("exports", 7, entity="China")], [fact("exports", 7, entity="Chile")])
    assert [(old["entity"], new["entity"]) for old, new in changes.changed] == [("China", "Chile")]
    assert not compare_facts([fact("exports", 7)], [fact("exports", 7, rule="another")])


def test_the_news_of_a_run(extraction_of: Callable[..., Extraction]) -> None:
    with connect(":memory:") as con:
        load(con, [extraction_of("a.txt", "China sold 10 and 20."), extraction_of("old.txt", "It was 99.")], run_id="r1")
        load(con, [extraction_of("a.txt", "China sold 10 and 30."), extraction_of("b.txt", "It was 40.", title="B")], run_id="r2")
        load(con, [Extraction(article=Article(source="de.txt", text="Nichts", language="de"))], run_id="r2")
        news = news_of(con, "r2")
        empty = news_of(con, "r3")
    assert [(row["source"], row["facts"], row["revision"]) for row in news.articles] == [
        ("a.txt", 2, 2), ("b.txt", 1, 1), ("de.txt", 0, 1),
    ]  # fmt: skip
    assert [(row["unit"], row["value"], row["source"]) for row in news.largest] == [("CNY", 40, "b.txt")]
    [(source, changes)] = news.revised
    assert source == "a.txt"
    assert [(old["value"], new["value"]) for old, new in changes.changed] == [(20, 30)]
    assert (empty.articles, empty.largest, empty.revised) == ((), (), ())
