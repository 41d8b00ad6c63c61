"""A run from folder to rows: what is new is read once, what is bad is a reject, and the ledger tells both."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import flows.ingesting
from flows.ingesting import IngestReport, run_ingest
from flows.work import work_on
from pipeline.errors import ModelError, StoreError
from pipeline.records import NO_MODEL, Article, Counts, Extraction
from pipeline.store import connect, fetch_records
from tests.conftest import StubExtractor


@pytest.fixture
def news(in_folder: Path) -> Path:
    folder = in_folder / "news"
    folder.mkdir()
    for number in range(10):
        (folder / f"a{number}.txt").write_text(f"China sold {number + 10} in 2024.")
    return folder


def ingest(extractor: StubExtractor | None, *paths: str, **options: Any) -> IngestReport:
    settings: dict[str, Any] = {"database": Path("facts.duckdb"), "batch_size": 4, "extractor": extractor, **options}
    return run_ingest(paths or ("news",), **settings)


def ask(sql: str) -> list[dict[str, Any]]:
    with connect("facts.duckdb", read_only=True) as con:
        return fetch_records(con, sql)


def snapshot() -> list[Any]:
    tables = ("sentences", "facts", "dates", "entities", "numbers")
    rows: list[Any] = [ask(f"SELECT * FROM {table} ORDER BY ALL") for table in tables]
    return [*rows, ask("SELECT * FROM documents ORDER BY source, revision")]


def test_a_folder_becomes_rows(news: Path, extractor: StubExtractor) -> None:
    report = ingest(extractor)
    assert report.counts == Counts(read=10, new=10, facts=10)
    assert ask("SELECT count(*) AS n, min(value)::INT AS low FROM money") == [{"n": 10, "low": 10}]
    [run] = ask("SELECT * FROM runs")
    assert (run["run_id"], run["state"], run["read"], run["new"], run["facts"]) == (report.run_id, "completed", 10, 10, 10)


def test_the_second_time_nothing_is_extracted_and_no_row_changes(news: Path, extractor: StubExtractor) -> None:
    ingest(extractor)
    before, calls = snapshot(), extractor.calls
    report = ingest(extractor)
    assert report.counts == Counts(read=10, unchanged=10)
    assert snapshot() == before
    assert extractor.calls == calls


def test_the_model_is_not_loaded_when_nothing_is_new(
    news: Path, extractor: StubExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(extractor)
    monkeypatch.setattr("flows.work.extractor_of", lambda model: pytest.fail("the model was loaded"))
    assert ingest(None).counts.unchanged == 10


def test_a_changed_text_date_version_or_model_is_read_again(
    news: Path, extractor: StubExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(extractor)
    (news / "a1.txt").write_text("China sold 99 in 2024.")
    assert ingest(extractor).counts == Counts(read=10, changed=1, unchanged=9, facts=1)
    (news / "a2.meta.json").write_text('{"published_at": "2025-01-01"}')
    assert ingest(extractor).counts == Counts(read=10, changed=1, unchanged=9, facts=1)
    assert ingest(extractor, model="another").counts.changed == 10
    monkeypatch.setattr("flows.work.PIPELINE_VERSION", "next")
    assert ingest(extractor, model="another").counts.changed == 10
    assert ask("SELECT max(revision) AS r, count(*) AS n FROM documents") == [{"r": 2, "n": 11}]


def test_a_text_that_goes_back_is_current_again_and_then_rests(news: Path, extractor: StubExtractor) -> None:
    ingest(extractor)
    original = (news / "a1.txt").read_text()
    for text in ("China sold 99 in 2024.", original):
        (news / "a1.txt").write_text(text)
        assert ingest(extractor).counts.changed == 1
    assert ingest(extractor).counts == Counts(read=10, unchanged=10)
    [row] = ask("SELECT text, revision FROM current_documents WHERE source = 'news/a1.txt'")
    assert row == {"text": original, "revision": 3}


def test_two_texts_of_one_source_in_a_file_rest_the_second_time(in_folder: Path, extractor: StubExtractor) -> None:
    lines = [{"text": f"China sold {number}.", "url": "https://news.example/1"} for number in (11, 12)]
    Path("a.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    assert ingest(extractor, "a.jsonl").counts == Counts(read=2, new=1, changed=1, facts=2)
    before = snapshot()
    assert ingest(extractor, "a.jsonl").counts == Counts(read=2, unchanged=2)
    assert snapshot() == before
    assert ask("SELECT value::INT AS v FROM money") == [{"v": 12}]


def test_the_source_that_a_sidecar_names_is_known_the_second_time(in_folder: Path, extractor: StubExtractor) -> None:
    Path("a.txt").write_text("China sold 11.")
    Path("a.meta.json").write_text('{"url": "https://news.example/1"}')
    assert ingest(extractor, "a.txt").counts.new == 1
    assert ingest(extractor, "a.txt").counts.unchanged == 1


def test_bad_inputs_are_rejects_and_the_rest_goes_on(news: Path, extractor: StubExtractor) -> None:
    (news / "empty.txt").write_text("")
    (news / "fail.txt").write_text("FAIL on 5.")
    (news / "huge.txt").write_text("China sold " + "8" * 40 + ".")
    report = ingest(extractor, "news", "nowhere")
    assert report.counts == Counts(read=12, new=11, rejected=4, facts=10)
    rows = ask("SELECT source, stage, error, run_id FROM rejects ORDER BY source")
    assert [(row["source"], row["stage"], row["error"]) for row in rows] == [
        ("news/empty.txt", "read", "ReadError"),
        ("news/fail.txt", "extract", "ValueError"),
        ("news/huge.txt:11-51", "store", "ValueTooLarge"),
        ("nowhere", "read", "ReadError"),
    ]
    assert {row["run_id"] for row in rows} == {report.run_id}
    assert len(report.rejects) == 4
    [message] = [reject.message for reject in report.rejects if reject.stage == "extract"]
    assert "the text says so" in message
    assert "conftest.py:" in message


def test_an_article_in_another_language_is_kept_and_not_extracted(in_folder: Path, extractor: StubExtractor) -> None:
    Path("a.jsonl").write_text(
        '{"text": "Die Exporte stiegen um 5 Prozent.", "language": "de"}\n{"text": "It was 5.", "language": "en-GB"}'
    )
    assert ingest(extractor, "a.jsonl").counts == Counts(read=2, new=2, not_english=1, facts=1)
    assert ingest(extractor, "a.jsonl").counts == Counts(read=2, unchanged=2)
    assert extractor.calls == 1
    assert ask("SELECT language FROM documents ORDER BY source") == [{"language": "de"}, {"language": "en-GB"}]


def test_the_rows_do_not_depend_on_batches_or_the_order_of_work(news: Path, extractor: StubExtractor) -> None:
    def ids() -> list[Any]:
        return ask("SELECT document_id, fact_id, value FROM facts ORDER BY ALL")

    ingest(extractor, batch_size=1)
    one_by_one = ids()
    ingest(extractor, *sorted((f"news/a{number}.txt" for number in range(10)), reverse=True), database=Path("other.duckdb"))
    with connect("other.duckdb", read_only=True) as con:
        assert fetch_records(con, "SELECT document_id, fact_id, value FROM facts ORDER BY ALL") == one_by_one


def test_an_interrupted_run_says_so_keeps_its_batches_and_is_taken_up(news: Path, extractor: StubExtractor) -> None:
    class Interrupted(StubExtractor):
        def extract_batch(self, articles: Sequence[Article]) -> list[Extraction]:
            if self.calls >= 8:
                raise KeyboardInterrupt
            return super().extract_batch(articles)

    with pytest.raises(KeyboardInterrupt):
        ingest(Interrupted())
    assert ask("SELECT state, new FROM runs") == [{"state": "interrupted", "new": 8}]
    assert ingest(extractor).counts == Counts(read=10, new=2, unchanged=8, facts=2)


def test_a_model_that_is_missing_ends_the_run_with_its_error(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(model: str) -> Any:
        raise ModelError(f"no model {model}")

    monkeypatch.setattr("flows.work.extractor_of", missing)
    with pytest.raises(ModelError):
        run_ingest(["news"], database=Path("facts.duckdb"))
    assert ask("SELECT state FROM runs") == [{"state": "failed"}]


def test_progress_counts_inputs_and_facts(news: Path, extractor: StubExtractor) -> None:
    seen: list[tuple[int, int, int]] = []
    ingest(extractor, progress=lambda done, total, counts: seen.append((done, total, counts.facts)))
    assert seen[-1] == (10, 10, 10)


def test_a_database_that_is_none_is_said_before_anything_is_read(in_folder: Path, extractor: StubExtractor) -> None:
    Path("facts.duckdb").write_text("no database " * 1000)
    with pytest.raises(StoreError, match="cannot be opened"):
        ingest(extractor, "news")
    assert extractor.calls == 0


def test_work_and_store_can_be_replaced_as_the_flow_does(news: Path, extractor: StubExtractor) -> None:
    loads: list[int] = []

    def store(run: flows.ingesting.Run, result: Any) -> Any:
        loads.append(len(result.extractions))
        return flows.ingesting.store_result(run, result)

    def work(batches: Any, options: Any) -> Iterator[Any]:
        for batch in batches:
            yield work_on(batch, options, extractor)

    report = run_ingest(["news"], database=Path("facts.duckdb"), batch_size=4, work=work, store=store)
    assert report.counts.new == 10
    assert sum(loads) == 10


@pytest.mark.slow
def test_what_was_read_without_names_is_read_again_with_the_model(in_folder: Path) -> None:
    Path("a.txt").write_text("China exported 120 million pairs of shoes in 2024, customs data showed.")
    database = Path("facts.duckdb")
    assert run_ingest(["a.txt"], database=database, model=NO_MODEL).counts.new == 1
    query = "SELECT fact_id, value::INT AS v, measure IS NOT NULL AS told, (SELECT count(*) FROM entities) AS names FROM facts"
    [before] = ask(query)
    assert (before["v"], before["told"], before["names"]) == (120_000_000, False, 0)
    again = run_ingest(["a.txt"], database=database)
    assert (again.counts.unchanged, again.counts.facts) == (0, 1)
    [after] = ask(query)
    assert (after["fact_id"], after["told"]) == (before["fact_id"], True)
    assert after["names"] > 0
    [document] = ask("SELECT model, revision, is_current FROM documents")
    assert document["model"] != NO_MODEL
    assert (document["revision"], document["is_current"]) == (1, True)
    assert run_ingest(["a.txt"], database=database).counts.unchanged == 1
