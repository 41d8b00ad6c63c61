"""What a worker writes, the loader reads: every row, whatever it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

from pipeline.bench.articles import extraction_of, make_up_many
from pipeline.near import wording_of
from pipeline.records import Article, Extraction
from pipeline.store.exchange import read_batch, remove_batch, write_batch
from pipeline.store.rows import storable


def test_a_batch_comes_back_as_it_was(tmp_path: Path) -> None:
    given = [extraction_of(made) for made in make_up_many(5)]
    given = [replace(each, wording=wording_of(each.article.text)) for each in given]
    zone = timezone(timedelta(hours=8))
    given.append(Extraction(article=Article(source="b", text="…\u00a0x", published_at=datetime(2025, 1, 2, 3, tzinfo=zone))))
    name, rejects = write_batch(tmp_path, given)
    assert rejects == ()
    assert read_batch(tmp_path, name) == tuple(storable(each)[0] for each in given)
    remove_batch(tmp_path, name)
    assert list(tmp_path.iterdir()) == []


def test_a_value_that_no_column_holds_is_a_reject(tmp_path: Path) -> None:
    [given] = [extraction_of(made) for made in make_up_many(1)]
    given = replace(given, facts=(replace(given.facts[0], value=Decimal("1E30")), *given.facts[1:]))
    name, [reject] = write_batch(tmp_path, [given])
    assert reject.error == "ValueTooLarge"
    [read] = read_batch(tmp_path, name)
    assert read.facts == storable(given)[0].facts


def test_nothing_is_a_batch_too(tmp_path: Path) -> None:
    name, _ = write_batch(tmp_path, [])
    assert read_batch(tmp_path, name) == ()
