"""The flow: the same run with tasks, retries where they can help, and an artifact that tells what was done."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import StoreBusyError
from pipeline.records import Counts, Reject
from pipeline.store import connect, fetch_records
from tests.conftest import StubExtractor

pytestmark = pytest.mark.slow


@pytest.fixture
def news(in_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = in_folder / "news"
    folder.mkdir()
    for number in range(5):
        (folder / f"a{number}.txt").write_text(f"China sold {number + 10} in 2024.")
    (folder / "empty.txt").write_text("")
    stub = StubExtractor()
    monkeypatch.setattr("flows.work.extractor_of", lambda model: stub)
    return folder


def test_the_flow_does_the_run_and_leaves_an_artifact(prefect_server: None, news: Path) -> None:
    from prefect.artifacts import Artifact

    from flows.batch_tasks import run_here
    from flows.ingest import ingest

    report = run_here(ingest, paths=["news"], jobs=1, database=Path("facts.duckdb"), batch_size=2, published_at=date(2025, 1, 1))
    assert report.counts == Counts(read=5, new=5, rejected=1, facts=5)
    with connect("facts.duckdb", read_only=True) as con:
        [run] = fetch_records(con, "SELECT * FROM runs")
        assert fetch_records(con, "SELECT DISTINCT published_at::DATE AS d FROM documents") == [{"d": date(2025, 1, 1)}]
    assert run["state"] == "completed"
    assert len(run["flow_run_id"]) == 36
    artifact = asyncio.run(_artifact(Artifact, "ingest-report"))
    assert f"# Ingest {report.run_id}" in artifact
    assert "| facts | 5 |" in artifact
    assert "news/empty.txt" in artifact


async def _artifact(kind: Any, key: str) -> str:
    found = await kind.aget(key=key)
    return str(found.data)


def test_a_busy_database_is_tried_again_and_a_bad_input_is_not(prefect_server: None) -> None:
    from prefect.states import Failed

    from flows.batch_tasks import can_help
    from flows.ingest import load_batch

    def failed(error: Exception) -> Any:
        return Failed(data=error, message=str(error))

    assert load_batch.retries == 5
    assert can_help(None, None, failed(StoreBusyError("in use")))
    assert not can_help(None, None, failed(ValueError("a defect")))


def test_the_report_escapes_what_it_quotes() -> None:
    from flows.ingesting import IngestReport
    from flows.report import render_report

    reject = Reject(source="a|b.txt", stage="read", error="ReadError", message="<script>`x`</script>\nline")
    report = IngestReport(run_id="r", database=Path("d"), counts=Counts(read=1, rejected=60), rejects=(reject,) * 60, seconds=1.0)
    text = render_report(report)
    assert "| a\\|b.txt | &lt;script>\\`x\\`&lt;/script> line |" in text
    assert "- 60 × read: ReadError" in text
    assert "10 more are in the table" in text
