"""Tables of articles: CSV and Parquet, a row an article; a broken row costs itself alone."""

from __future__ import annotations

import gzip
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.read import discover, read_input
from pipeline.records import Article, Reject


def read_file(path: Path) -> list[Article | Reject]:
    rows: list[Article | Reject] = []
    for found in discover([path]):
        rows += [found] if isinstance(found, Reject) else read_input(found)
    return rows


def test_a_row_of_csv_is_an_article(in_folder: Path) -> None:
    Path("a.csv").write_text(
        "Text,Title,published_at,url,other\n"
        '"Exports rose 5%.\nImports fell, by 2%.",Trade,2025-03-04,https://example.org/1,x\n'
        "\n"
        'He said ""5"",,,,\n',
        encoding="utf-8-sig",
    )
    first, second = read_file(Path("a.csv"))
    assert isinstance(first, Article)
    assert (first.text, first.title, first.source) == ("Exports rose 5%.\nImports fell, by 2%.", "Trade", "https://example.org/1")
    assert (first.published_at, first.published_from, first.media_type) == (datetime(2025, 3, 4), "metadata", "text/csv")
    assert isinstance(second, Article)
    assert (second.text, second.title, second.source) == ('He said ""5""', None, "a.csv#5")


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators(in_folder: Path, separator: str) -> None:
    Path("a.csv").write_text(f"title{separator}text\nA{separator}Rose 5, then 6.\n")
    [article] = read_file(Path("a.csv"))
    assert isinstance(article, Article)
    assert (article.title, article.text) == ("A", "Rose 5, then 6.")


def test_a_broken_row_is_one_reject(in_folder: Path) -> None:
    Path("a.csv").write_bytes(
        b"text,published_at\n"
        b"One 1.,2025-01-01\n"
        b"Two, 2.,2025-01-01\n"
        b'"Three" 3,\n'
        b"Four 4.,soon\n"
        b",2025-01-01\n"
        b"Caf\xe9 number five.,2025-01-01\n"
        b'"Six 6.,2025-01-01\n'
    )
    rows = read_file(Path("a.csv"))
    texts = [row.text for row in rows if isinstance(row, Article)]
    assert texts == ["One 1.", "Café number five."]
    messages = [row.message for row in rows if isinstance(row, Reject)]
    for message, part in zip(
        messages, ("3 fields", "no row of CSV", "must be a date", 'no "text"', "end each quote"), strict=True
    ):
        assert part in message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "names no column text"),
        (b"year,exports\n2024,5\n", "a table of figures is no article"),
        ("text\nOne.\n".encode("utf-16"), "CSV UTF-8"),
        (b"\0\0\0\0", "CSV UTF-8"),
    ],
)
def test_a_csv_that_holds_no_articles_is_one_reject(in_folder: Path, content: bytes, message: str) -> None:
    Path("a.csv").write_bytes(content)
    [reject] = read_file(Path("a.csv"))
    assert isinstance(reject, Reject)
    assert message in reject.message


def test_a_packed_csv(in_folder: Path) -> None:
    Path("a.csv.gz").write_bytes(gzip.compress(b"text\nOne 1.\nTwo 2.\n"))
    assert [row.source for row in read_file(Path("a.csv.gz"))] == ["a.csv.gz#2", "a.csv.gz#3"]


def write_parquet(**columns: list[Any]) -> Path:
    pq.write_table(pa.table(columns), "a.parquet", row_group_size=2)
    return Path("a.parquet")


def test_a_row_of_parquet_is_an_article(in_folder: Path) -> None:
    path = write_parquet(
        text=["One 1.", None, "Three 3."],
        url=["https://example.org/1", None, None],
        published_at=[datetime(2025, 3, 4, 8), None, None],
        embedding=[[0.1], [0.2], None],
    )
    first, second, third = read_file(path)
    assert isinstance(first, Article)
    assert (first.source, first.published_at) == ("https://example.org/1", datetime(2025, 3, 4, 8))
    assert isinstance(second, Reject)
    assert (second.source, second.message) == ("a.parquet#2", 'Row 2: it has no "text", which is required and must be a text.')
    assert isinstance(third, Article)
    assert third.source == "a.parquet#3"


def test_a_parquet_that_holds_no_articles_is_one_reject(in_folder: Path) -> None:
    [reject] = read_file(write_parquet(year=[2024], exports=[5]))
    assert isinstance(reject, Reject)
    assert "no column text" in reject.message
    whole = write_parquet(text=["One 1."] * 100, published_at=[date(2025, 1, 1)] * 100).read_bytes()
    for data in (b"", b"PAR1", whole[:-10], whole[: len(whole) // 2], whole[:8] + b"\xff" * 200 + whole[208:]):
        Path("a.parquet").write_bytes(data)
        rejects = [row for row in read_file(Path("a.parquet")) if isinstance(row, Reject)]
        assert rejects, data[:20]
        assert all("Write or fetch it again" in reject.message or "Row" in reject.message for reject in rejects)
