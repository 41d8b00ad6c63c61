"""Several processes give what one gives, in the same order, and one that dies costs its article alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import processes, work
from flows.processes import work_here, work_in_processes
from flows.work import Batch, BatchResult, Extractor, Options
from pipeline.records import Article, Reject
from tests.conftest import StubExtractor

OPTIONS = Options(model="stub", max_text_chars=10_000)


def batches(*texts: str, size: int = 2) -> Iterator[Batch]:
    articles = [Article(source=f"{number}.txt", text=text) for number, text in enumerate(texts)]
    for start in range(0, len(articles), size):
        yield Batch(rows=tuple(articles[start : start + size]), known={})


def work_with_stub(batch: Batch, options: Options, extractor: Extractor | None = None) -> BatchResult:
    """What a worker process runs here: dies at once on a text that says so."""
    if any(isinstance(row, Article) and "DIE" in row.text for row in batch.rows):
        os._exit(9)
    return work.work_on(batch, options, extractor or StubExtractor())


@pytest.mark.slow
def test_two_processes_give_what_one_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "work_on", work_with_stub)
    texts = [f"China sold {number}." for number in range(9)]
    here = list(work_here(batches(*texts), OPTIONS, StubExtractor()))
    assert list(work_in_processes(batches(*texts), OPTIONS, jobs=2)) == here
    assert [result.done for result in here] == [2, 2, 2, 2, 1]


@pytest.mark.slow
def test_a_worker_that_dies_costs_its_article_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "work_on", work_with_stub)
    results = list(work_in_processes(batches("It was 1.", "It was 2.", "DIE now", "It was 3.", "It was 4."), OPTIONS, jobs=2))
    assert sorted(seen.source for result in results for seen in result.seen) == ["0.txt", "1.txt", "3.txt", "4.txt"]
    [reject] = [reject for result in results for reject in result.rejects]
    assert (reject.source, reject.error) == ("2.txt", "WorkerDied")
    assert sum(result.done for result in results) == 5


def test_rejects_and_known_articles_pass_through() -> None:
    article = Article(source="a.txt", text="It was 1.")
    reject = Reject(source="b.txt", stage="read", error="ReadError", message="It is empty.")
    mark = work.fingerprint(article, pipeline_version=work.PIPELINE_VERSION, model=OPTIONS.model_label)
    result = work.work_on(Batch(rows=(article, reject), known={"a.txt": {mark: False}}), OPTIONS, StubExtractor())
    assert [seen.held for seen in result.seen] == [False]
    assert result.rejects == (reject,)
    assert result.extractions == ()


def test_a_model_is_named_with_its_version() -> None:
    assert work.label_model("pytest") == f"pytest-{pytest.__version__}"
    assert work.label_model(str(Path("models") / "mine")) == str(Path("models") / "mine")
