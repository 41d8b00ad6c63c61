"""A batch of extractions as Parquet in a shared folder: how it travels from a worker on another machine to the one loader.

A batch is a folder with a file for each table. It is written under another name and renamed, so that a reader sees all of it
or nothing; a worker that dies leaves at most a folder that begins with a dot.
"""

from __future__ import annotations

import shutil
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.records import Article, Extraction, Reject, Wording
from pipeline.store.rows import CHILDREN, arrow_table, storable

_ARTICLES = "articles"


def write_batch(folder: Path, extractions: Sequence[Extraction]) -> tuple[str, tuple[Reject, ...]]:
    """Write extractions below ``folder``; return the name of the batch and a reject for each fact that no column can hold."""
    kept, rejects = [], []
    for extraction in extractions:
        storable_part, too_large = storable(extraction)
        kept.append(storable_part)
        rejects += too_large
    name = uuid.uuid4().hex
    unfinished = folder / f".{name}"
    unfinished.mkdir(parents=True)
    pq.write_table(_articles(kept), unfinished / f"{_ARTICLES}.parquet", compression="zstd")
    for table, (record, rows_of) in CHILDREN.items():
        rows = [row for extraction in kept for row in rows_of(extraction)]
        data = {column.name: [getattr(row, column.name) for row in rows] for column in fields(record)}
        pq.write_table(arrow_table(data), unfinished / f"{table}.parquet", compression="zstd")
    unfinished.rename(folder / name)
    return name, tuple(rejects)


def read_batch(folder: Path, name: str) -> tuple[Extraction, ...]:
    """The extractions of a batch, as they were written, in their order."""
    batch = folder / name
    found = {
        row["document_id"]: Extraction(article=_article(row), wording=_wording(row))
        for row in pq.read_table(batch / f"{_ARTICLES}.parquet").to_pylist()
    }
    for table, (record, _) in CHILDREN.items():
        rows: dict[str, list[Any]] = defaultdict(list)
        for row in pq.read_table(batch / f"{table}.parquet").to_pylist():
            rows[row["document_id"]].append(record(**row))
        for document_id, own in rows.items():
            changed: dict[str, Any] = {table: tuple(own)}
            found[document_id] = replace(found[document_id], **changed)
    return tuple(found.values())


def remove_batch(folder: Path, name: str) -> None:
    """Remove a batch that is loaded."""
    shutil.rmtree(folder / name, ignore_errors=True)


def _articles(extractions: Sequence[Extraction]) -> pa.Table:
    articles = [extraction.article for extraction in extractions]
    data: dict[str, list[Any]] = {
        column.name: [getattr(article, column.name) for article in articles]
        for column in fields(Article)
        if column.name != "published_at"
    }
    # As text, since a column of moments has one zone and each article its own.
    data["published"] = [a.published_at.isoformat() if a.published_at else None for a in articles]
    data["document_id"] = [article.document_id for article in articles]
    for column in fields(Wording):
        data[column.name] = [getattr(e.wording, column.name) if e.wording else None for e in extractions]
    return arrow_table(data)


def _article(row: dict[str, Any]) -> Article:
    names = {column.name for column in fields(Article)} - {"published_at"}
    published = datetime.fromisoformat(row["published"]) if row["published"] else None
    return Article(published_at=published, **{name: row[name] for name in names})


def _wording(row: dict[str, Any]) -> Wording | None:
    if row["wording"] is None:
        return None
    return Wording(wording=row["wording"], signature=tuple(row["signature"]), numerals=tuple(row["numerals"]))
