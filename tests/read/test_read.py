"""Files, folders, globs and lines become articles; what cannot becomes a reject, and nothing stops the rest."""

from __future__ import annotations

import io
import json
import os
import sys
from datetime import datetime
from pathlib import Path

import pytest

from pipeline import read
from pipeline.errors import MetadataError, ReadError
from pipeline.read import Input, discover, parse_moment, read_input, stable_source
from pipeline.records import Article, Reject


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def read_all(*paths: str | Path) -> tuple[list[Article], list[Reject]]:
    rows: list[Article | Reject] = []
    for found in discover(paths):
        rows += read_input(found) if isinstance(found, Input) else [found]
    return [row for row in rows if isinstance(row, Article)], [row for row in rows if isinstance(row, Reject)]


def test_text_is_kept_to_the_character(in_folder: Path) -> None:
    text = "  A title\r\n\r\nExports\xa0rose 5%.\n\n"
    write(in_folder, {"a.txt": text, "b.md": "\ufeff# Heading #\n\nText."})
    plain, markdown = read("*.*")
    assert (plain.text, plain.title, plain.media_type) == (text, "A title", "text/plain")
    assert (markdown.text, markdown.title, markdown.media_type) == ("# Heading #\n\nText.", "Heading", "text/markdown")


def test_a_folder_gives_its_articles_sorted_and_passes_over_the_rest(in_folder: Path) -> None:
    names = ("b.txt", "a.md", "sub/c.jsonl", "README.md", "a.meta.json", "gold/a.json", "d.doc", ".hidden/x.txt", ".y.txt")
    write(in_folder, {f"news/{name}": '{"text": "One 1."}' for name in names})
    articles, rejects = read_all("news")
    assert [article.source for article in articles] == ["news/a.md", "news/b.txt", "news/sub/c.jsonl#1"]
    assert rejects == []


def test_a_file_is_read_once_however_often_it_is_named(in_folder: Path) -> None:
    write(in_folder, {"news/a.txt": "One 1."})
    assert len(read(["news", "news/a.txt", "./news/../news/a.txt", str(in_folder / "news/a.txt"), "news/*.txt"])) == 1


@pytest.mark.parametrize(
    ("path", "files", "message"),
    [
        ("nothing.txt", {}, "no such file"),
        ("*.txt", {}, "No file matches"),
        ("a.doc", {"a.doc": "x"}, r"Allowed are \.txt, .*\.jsonl"),
        ("noend", {"noend": "x"}, "no suffix"),
        ("lone.meta.json", {"lone.meta.json": "{}"}, "sidecar without its article"),
        ("empty.txt", {"empty.txt": ""}, "empty"),
        ("binary.txt", {"binary.txt": b"PK\x03\x04\0\0"}, "NUL bytes"),
        ("digits.txt", {"digits.txt": "7" * 1_500_000}, "data, not prose"),
        ("long.txt", {"long.txt": "7 " * 1_500_000}, "at most 2,000,000 are read"),
        ("huge.txt", {"huge.txt": "7" * 9_000_000}, "at most 2,000,000 characters"),
        ("a.txt", {"a.txt": "One.", "a.meta.json": "{"}, "sidecar a.meta.json is wrong: It is not valid JSON"),
        ("a.txt", {"a.txt": "One.", "a.meta.json": "[1]"}, "a list"),
        ("a.txt", {"a.txt": "One.", "a.meta.json": "[" * 100_000}, "nested too deeply"),
        ("a.txt", {"a.txt": "One.", "a.meta.json": '{"published_at": 20250901}'}, "not a number"),
        ("a.txt", {"a.txt": "One.", "a.meta.json": '{"published_at": "soon"}'}, "must be a date"),
        ("a.txt", {"a.txt": "One.", "a.meta.json": '{"published_at": "0001-01-01"}'}, "must be a date"),
        ("a.txt", {"a.txt": "One.", "a.meta.json": '{"title": ["x"]}'}, "title must be a text"),
        ("a.txt", {"a.txt": "One.", "a.meta.json": '{"source": "../../etc/passwd"}'}, r"without '\.\.'"),
        ("a.txt", {"a.txt": "One.", "a.meta.json": '{"source": "/etc/passwd"}'}, "not from the root"),
        ("a.txt", {"a.txt": "One.", "a.meta.json": b"\xff\xfe"}, "not UTF-8"),
    ],
)
def test_a_bad_input_is_one_reject_that_says_what_to_do(
    in_folder: Path, path: str, files: dict[str, str | bytes], message: str
) -> None:
    write(in_folder, files)
    articles, rejects = read_all(path)
    assert articles == []
    [reject] = rejects
    assert reject.stage == "read"
    assert reject.source == path
    with pytest.raises(ReadError, match=message):
        read(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_a_reject(in_folder: Path) -> None:
    write(in_folder, {"a.txt": "One 1.", "b.txt": "Two 2."})
    (in_folder / "a.txt").chmod(0)
    articles, rejects = read_all(".")
    assert (len(articles), len(rejects)) == (1, 1)


def test_links_in_a_circle_and_to_nowhere_and_pipes(in_folder: Path) -> None:
    write(in_folder, {"news/a.txt": "One 1."})
    (in_folder / "news/loop").symlink_to(in_folder / "news", target_is_directory=True)
    (in_folder / "news/gone.txt").symlink_to("nowhere.txt")
    (in_folder / "news/self.txt").symlink_to("self.txt")
    os.mkfifo(in_folder / "news/pipe.txt")
    articles, rejects = read_all("news")
    assert [article.source for article in articles] == ["news/a.txt"]
    assert sorted(reject.source for reject in rejects) == ["news/gone.txt", "news/pipe.txt", "news/self.txt"]


def test_a_sidecar_says_what_the_text_does_not(in_folder: Path) -> None:
    fields = {
        "published_at": "2025-09-01T08:00:00+02:00",
        "title": "T",
        "publisher": "P",
        "author": "A",
        "source": "wire/1",
        "other": 1,
    }
    write(
        in_folder, {"a.txt": "One 1.", "a.meta.json": json.dumps(fields), "b.txt": "Two 2.", "b.txt.meta.json": '{"title": "B"}'}
    )
    first, second = read(".")
    assert (first.title, first.publisher, first.author, first.source) == ("T", "P", "A", "wire/1")
    assert first.published_at is not None
    assert first.published_at.isoformat() == "2025-09-01T08:00:00+02:00"
    assert first.published_from == "metadata"
    assert second.title == "B"


def test_the_date_of_metadata_goes_before_that_of_the_text_and_the_option_comes_last(in_folder: Path) -> None:
    dated = "LISBON, 6 August 2025 (Harbour Wire) - One 1."
    write(in_folder, {"a.txt": dated, "a.meta.json": '{"published_at": "2024-01-01"}', "b.txt": dated, "c.txt": "Two 2."})
    dates = [(article.published_at, article.published_from) for article in read(".", published_at=datetime(2023, 1, 1))]
    assert dates == [(datetime(2024, 1, 1), "metadata"), (datetime(2025, 8, 6), "text"), (datetime(2023, 1, 1), "metadata")]
    assert read("c.txt")[0].published_from is None


def test_lines_of_json_each_stand_alone(in_folder: Path) -> None:
    lines = [
        '{"text": "One 1.", "url": "https://news.example/1", "title": "T", "published_at": "2025-01-02", "publisher": "P"}',
        "",
        '{"text": "Two 2.", "source": "desk/2", "unknown": [1]}',
        '{"text": "Three 3."}',
        '{"title": "no text"}',
        '{"text": 5}',
        '{"text": "Six',
        '{"text": "lone \\ud800 half"}',
        '{"text": ""}',
        '{"text": "Seven.", "url": "../x"}',
        '["text"]',
    ]
    write(in_folder, {"a.jsonl": "\n".join(lines).encode() + b'\n{"text": "\xff"}\n'})
    articles, rejects = read_all("a.jsonl")
    assert [article.source for article in articles] == ["https://news.example/1", "desk/2", "a.jsonl#4"]
    assert articles[0].published_at == datetime(2025, 1, 2)
    assert (articles[0].title, articles[0].publisher, articles[0].author) == ("T", "P", None)
    assert [reject.source for reject in rejects] == [f"a.jsonl#{number}" for number in (5, 6, 7, 8, 9, 10, 11, 12)]
    assert all(reject.message.startswith(f"Line {number}: ") for reject, number in zip(rejects, range(5, 13), strict=True))


def test_a_line_that_is_too_long_is_a_reject_and_the_next_is_read(in_folder: Path) -> None:
    write(in_folder, {"a.jsonl": '{"text": "' + "a " * 7_000_000 + '"}\n{"text": "Two 2."}\n'})
    articles, rejects = read_all("a.jsonl")
    assert ([article.text for article in articles], [reject.source for reject in rejects]) == (["Two 2."], ["a.jsonl#1"])


@pytest.mark.parametrize(
    ("piped", "texts", "source"),
    [
        (b"One 1.", ["One 1."], "stdin:"),
        (b' {"text": "One 1."}\n{"text": "Two 2."}', ["One 1.", "Two 2."], "stdin#1"),
        (b"", [], "-"),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, piped: bytes, texts: list[str], source: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(piped)))
    articles, rejects = read_all("-")
    assert [article.text for article in articles] == texts
    assert (articles[0].source if articles else rejects[0].source).startswith(source)


def test_a_source_is_the_same_wherever_the_project_lies(in_folder: Path) -> None:
    assert stable_source("./news//a.txt") == "news/a.txt"
    assert stable_source(in_folder / "news/a.txt") == "news/a.txt"
    assert stable_source("../shared/a.txt") == "../shared/a.txt"
    assert stable_source("/elsewhere/a.txt") == "/elsewhere/a.txt"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("2025-09-01", "2025-09-01T00:00:00"),
        ("2025-09-01T08:30:00Z", "2025-09-01T08:30:00+00:00"),
        ("Mon, 01 Sep 2025 08:30:00 +0200", "2025-09-01T08:30:00+02:00"),
        ("September 1, 2025", "2025-09-01T00:00:00"),
        ("1 Sept 2025", "2025-09-01T00:00:00"),
    ],
)
def test_moments_of_metadata(given: str, wanted: str) -> None:
    assert parse_moment(given).isoformat() == wanted


@pytest.mark.parametrize("given", ["", "yesterday", "2025-13-01", "9999-01-01", "05/06/2025", "2025-09-01 and more", "9" * 5000])
def test_moments_that_are_none(given: str) -> None:
    with pytest.raises(MetadataError, match="must be a date"):
        parse_moment(given)
