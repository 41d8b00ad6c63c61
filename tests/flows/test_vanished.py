"""An ingest notes what it no longer finds, keeps its facts, and removes them when it is told to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from flows.ingesting import run_ingest
from pipeline.records import Counts
from pipeline.store import connect, fetch_records
from tests.conftest import StubExtractor

DATABASE = Path("facts.duckdb")


@pytest.fixture
def news(in_folder: Path) -> Path:
    folder = Path("news")
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(f"China sold {ord(name)} ships.")
    Path("rows.jsonl").write_text(
        '{"text": "It was 5.", "url": "https://host/5"}\n{"text": "It was 6.", "url": "https://host/6"}'
    )
    return folder


def ingest(extractor: StubExtractor, *paths: str, prune: bool = False) -> Counts:
    return run_ingest(paths, database=DATABASE, extractor=extractor, batch_size=2, prune=prune).counts


def ask(query: str) -> list[Any]:
    with connect(DATABASE) as con:
        return [tuple(row.values()) for row in fetch_records(con, query)]


def test_a_file_that_vanished_is_noted_and_its_facts_stay(news: Path, extractor: StubExtractor) -> None:
    ingest(extractor, "news", "rows.jsonl")
    (news / "b.txt").rename("b.txt")
    Path("rows.jsonl").unlink()
    assert ingest(extractor, "news/a.txt") == Counts(read=1, unchanged=1)
    assert ingest(extractor, "news") == Counts(read=2, unchanged=2, vanished=1)
    assert ingest(extractor, "news") == Counts(read=2, unchanged=2)
    assert ask("SELECT source FROM sources WHERE vanished_at IS NOT NULL") == [("news/b.txt",)]
    assert ask("SELECT vanished FROM runs ORDER BY started_at") == [(0,), (0,), (1,), (0,)]
    assert ask("SELECT count(*) FROM money") == [(5,)]
    Path("b.txt").rename(news / "b.txt")
    assert ingest(extractor, "news") == Counts(read=3, unchanged=3)
    assert ask("SELECT source FROM sources WHERE vanished_at IS NOT NULL") == []


def test_pruning_removes_them_and_nothing_elsewhere(news: Path, extractor: StubExtractor) -> None:
    ingest(extractor, ".")
    (news / "b.txt").unlink()
    Path("rows.jsonl").unlink()
    assert ingest(extractor, "news", prune=True) == Counts(read=2, unchanged=2, vanished=1, pruned=1)
    assert ask("SELECT source FROM documents ORDER BY 1") == [
        ("https://host/5",),
        ("https://host/6",),
        ("news/a.txt",),
        ("news/c.txt",),
    ]
    assert ingest(extractor, ".", prune=True) == Counts(read=2, unchanged=2, vanished=2, pruned=2)
    assert ask("SELECT count(*) FROM facts") == [(2,)]


def test_a_folder_without_any_file_prunes_nothing(news: Path, extractor: StubExtractor, caplog: pytest.LogCaptureFixture) -> None:
    ingest(extractor, "news")
    news.rename("unmounted")
    news.mkdir()
    assert ingest(extractor, "news", prune=True) == Counts(vanished=3)
    assert "Nothing was pruned" in caplog.text
    news.rmdir()
    assert ingest(extractor, "news", prune=True) == Counts(rejected=1)
    assert ask("SELECT count(*) FROM money") == [(3,)]


def test_duplicates_are_counted_as_they_are_at_the_end(news: Path, extractor: StubExtractor) -> None:
    story = (
        "The harbor office counted 412 ships in March, 20 more than a year before, and expects 450 by the summer of this year."
    )
    for name, day in (("p", 3), ("q", 2), ("r", 1)):
        (news / f"{name}.txt").write_text(story + f" {name * 3}")
        (news / f"{name}.meta.json").write_text(f'{{"published_at": "2025-01-0{day}"}}')
    counts = ingest(extractor, "news")
    assert (counts.new, counts.duplicate) == (6, 2)
    assert ask("SELECT duplicate FROM runs") == [(2,)]
    assert ask("SELECT source FROM documents WHERE duplicate_of IS NOT NULL ORDER BY 1") == [("news/p.txt",), ("news/q.txt",)]
