"""Stored articles are read again: the new rows replace the old, the report tells what differs, and all else stays."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.ingesting import run_ingest
from flows.reextract_report import ReextractReport, render_reextract
from flows.reextracting import run_reextract
from pipeline.cli import app
from pipeline.errors import QueryError
from pipeline.records import Article, Counts, Extraction
from pipeline.store import connect, fetch_records, load, replace_readings, stored_articles
from pipeline.store.checking import check
from pipeline.store.reviews import review_fact
from tests.conftest import StubExtractor, stub_extraction

DATABASE = Path("facts.duckdb")


@dataclass
class NewRules(StubExtractor):
    """Other rules than the stub's: millions become dollars, figures below ten are none, and ``404`` is an error."""

    def extract_batch(self, articles: Sequence[Article]) -> list[Extraction]:
        if any("404" in article.text for article in articles):
            raise ValueError("not found")
        return [self.change(extraction) for extraction in super().extract_batch(articles)]

    def change(self, extraction: Extraction) -> Extraction:
        kept = [fact for fact in extraction.facts if fact.value >= 10]
        facts = tuple(replace(fact, unit="USD") if fact.value >= 1_000_000 else fact for fact in kept)
        gone = {fact.fact_id for fact in extraction.facts} - {fact.fact_id for fact in facts}
        numbers = tuple(
            replace(n, disposition="unexplained", explained_by=None) if n.explained_by in gone else n for n in extraction.numbers
        )
        return replace(extraction, facts=facts, numbers=numbers)


@pytest.fixture
def news(in_folder: Path, extractor: StubExtractor) -> Path:
    folder = Path("news")
    folder.mkdir()
    texts = {"a": "China sold 5 ships and 70 boats.", "b": "China sold 3000000 ships, 4000000 boats.", "c": "Page 404 was 12."}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    (folder / "d.jsonl").write_text('{"text": "Es waren 9 Schiffe.", "language": "de", "url": "https://host/d"}')
    run_ingest(["news"], database=DATABASE, extractor=extractor)
    return folder


def reextract(**options: Any) -> ReextractReport:
    return run_reextract(**{"database": DATABASE, "extractor": NewRules(), "batch_size": 2, **options})


def ask(query: str) -> list[Any]:
    with connect(DATABASE) as con:
        return [tuple(row.values()) for row in fetch_records(con, query)]


def test_what_is_of_todays_rules_is_left_alone(news: Path) -> None:
    report = reextract()
    assert (report.chosen, report.counts) == (0, Counts())
    assert ask("SELECT command, state FROM runs ORDER BY started_at") == [("ingest", "completed"), ("reextract", "completed")]


@pytest.mark.parametrize("column", ["pipeline_version", "model"])
def test_what_other_rules_have_read_is_read_again(news: Path, column: str) -> None:
    with connect(DATABASE) as con:
        con.execute(f"UPDATE documents SET {column} = 'older'")
    before = ask("SELECT document_id, source, revision, text, wording, published_at FROM documents ORDER BY ALL")
    report = reextract()
    assert report.chosen == 4
    assert report.counts == Counts(read=4, changed=3, not_english=1, rejected=1, facts=3)
    assert (report.documents, report.appeared, report.vanished, report.changed) == (2, 0, 1, 2)
    assert ask("SELECT source, value, unit FROM facts_with_source WHERE source <> 'news/c.txt' ORDER BY ALL") == [
        ("news/a.txt", Decimal(70), "CNY"),
        ("news/b.txt", Decimal(3000000), "USD"),
        ("news/b.txt", Decimal(4000000), "USD"),
    ]
    assert ask("SELECT document_id, source, revision, text, wording, published_at FROM documents ORDER BY ALL") == before
    assert ask(f"SELECT source FROM documents WHERE {column} = 'older'") == [("news/c.txt",)]
    assert ask("SELECT stage, error FROM rejects") == [("extract", "ValueError")]
    assert reextract().chosen == 1


def test_the_report_tells_the_largest_of_what_differs(news: Path) -> None:
    report = reextract(where="source LIKE 'news/%'")
    assert [(row.what, row.fact["value"]) for row in report.largest] == [
        ("changed", Decimal(4000000)),
        ("changed", Decimal(3000000)),
        ("vanished", Decimal(5)),
    ]
    text = render_reextract(report)
    assert "| facts changed | 2 |" in text
    assert "unit CNY → USD" in text
    assert f"| {report.largest[0].fact['fact_id']} | news/b.txt |" in text
    assert "## Rejects" in text
    assert ask("SELECT starts_with(report, '# Re-extraction') FROM runs WHERE command = 'reextract'") == [(True,)]


def test_an_ingest_afterwards_finds_nothing_changed(news: Path, extractor: StubExtractor) -> None:
    with connect(DATABASE) as con:
        con.execute("UPDATE documents SET pipeline_version = 'older', fingerprint = 'older'")
    run_reextract(database=DATABASE, extractor=extractor)
    assert run_ingest(["news"], database=DATABASE, extractor=extractor).counts == Counts(read=4, unchanged=4)


def test_only_documents_that_pass_are_read_and_only_current_ones(news: Path, extractor: StubExtractor) -> None:
    (news / "a.txt").write_text("China sold 6 ships and 70 boats.")
    run_ingest(["news"], database=DATABASE, extractor=extractor)
    report = reextract(where="source = 'news/a.txt' -- and no other")
    assert (report.chosen, report.vanished) == (1, 1)
    assert ask("SELECT value::INT FROM facts JOIN documents USING (document_id) WHERE source = 'news/a.txt' ORDER BY 1") == [
        (5,),
        (70,),
        (70,),
    ]


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("", "empty"),
        ("nothing = 1", "factledger schema"),
        ("source =", "syntax"),
        ("true; DROP TABLE facts", "statements|syntax"),
        ("source IN (SELECT content FROM read_text('news/a.txt'))", "disabled"),
    ],
)
def test_a_wrong_condition_is_refused_before_anything_is_done(news: Path, where: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        reextract(where=where)
    assert ask("SELECT command FROM runs") == [("ingest",)]


def test_reviews_stay_with_their_facts(news: Path) -> None:
    with connect(DATABASE) as con:
        [(fact_id,)] = con.execute("SELECT fact_id FROM facts WHERE value = 3000000").fetchall()
        review_fact(con, fact_id, verdict="corrected", corrections={"measure": "ships sold"})
        [(gone,)] = con.execute("SELECT fact_id FROM facts WHERE value = 5").fetchall()
        review_fact(con, gone, verdict="accepted")
    reextract(where="true")
    assert ask("SELECT measure, review FROM facts_with_source WHERE value = 3000000") == [("ships sold", "corrected")]
    assert ask("SELECT count(*) FROM reviews") == [(2,)]
    with connect(DATABASE) as con:
        assert check(con, whole=True).broken == ()


def test_a_document_that_got_another_text_meanwhile_is_left(news: Path, extraction_of: Callable[..., Extraction]) -> None:
    with connect(DATABASE) as con:
        [(document_id,)] = con.execute("SELECT document_id FROM documents WHERE source = 'news/a.txt'").fetchall()
        [article] = stored_articles(con, [document_id])
        load(con, [extraction_of("news/a.txt", "China sold 99.")])
        done = replace_readings(con, [stub_extraction(article)], run_id="r", model="m")
        assert done.loaded.counts == Counts()
        assert stored_articles(con, [document_id]) == []
        assert con.execute("SELECT value::INT FROM facts_with_source WHERE source = 'news/a.txt'").fetchall() == [(99,)]


@pytest.mark.parametrize("hours", [None, 0, 8, -3.5])
def test_an_article_comes_back_as_it_was_read(in_folder: Path, hours: float | None) -> None:
    zone = None if hours is None else timezone(timedelta(hours=hours))
    article = Article(
        source="a",
        text="It was 5.",
        title="T",
        publisher="P",
        author="A",
        language="en",
        published_at=datetime(2025, 9, 1, 6, 30, tzinfo=zone),
        published_from="metadata",
        media_type="text/html",
    )
    with connect(":memory:") as con:
        load(con, [stub_extraction(article)])
        [stored] = stored_articles(con, [article.document_id])
        assert stored == article
        assert stored.published_at is not None
        assert stored.published_at.isoformat() == article.published_at.isoformat()  # type: ignore[union-attr]


def test_the_command_tells_what_differs(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = NewRules()
    monkeypatch.setattr("flows.work.extractor_of", lambda model: rules)
    result = CliRunner().invoke(app, ["reextract", "--where", "source LIKE '%b.txt'", "-d", str(DATABASE)])
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(
        "read 1 of 1 documents, differ 1, facts appeared 0, vanished 0, changed 2, rejected 0, facts 2,"
    )
    assert "unit CNY → USD" in result.stderr
    again = CliRunner().invoke(app, ["reextract", "--where", "true", "--json", "-d", str(DATABASE)])
    found = json.loads(again.stdout)
    assert (found["chosen"], found["changed"], found["vanished"], found["rejected"]) == (4, 0, 1, 1)
    assert found["largest"][0]["before"]["value"] == 5
    none = CliRunner().invoke(app, ["reextract", "--where", "false", "-d", str(DATABASE)])
    assert "No document passes" in none.stderr


@pytest.mark.slow
def test_the_flow_leaves_an_artifact(prefect_server: None, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect.artifacts import Artifact

    from flows.batch_tasks import run_here
    from flows.reextract import reextract

    async def artifact() -> str:
        found: Any = await Artifact.aget(key="reextract-report")
        return str(found.data)

    rules = NewRules()
    monkeypatch.setattr("flows.work.extractor_of", lambda model: rules)
    report = run_here(reextract, jobs=1, where="source LIKE 'news/%'", database=DATABASE)
    assert (report.vanished, report.changed) == (1, 2)
    assert "| facts changed | 2 |" in asyncio.run(artifact())
    assert ask("SELECT count(*) FROM runs WHERE flow_run_id IS NOT NULL AND command = 'reextract'") == [(1,)]
