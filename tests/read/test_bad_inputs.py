# ruff: noqa: E501
"""Bad inputs: each ends as articles, or as one reject that says what to do; none raises, and memory stays bounded."""

from __future__ import annotations

import gzip
import importlib.util
import io
import json
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.read import discover, read_input
from pipeline.records import Article, Reject

_SPEC = importlib.util.spec_from_file_location("pdf_writer", Path(__file__).with_name("pdf_writer.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
_WRITER = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_WRITER)

PROSE = "Exports rose 5% to $3.2 billion in February, the customs office said on Tuesday. "
PAGE = f"<html><body><article><h1>Exports</h1><p>{PROSE * 4}</p></article></body></html>"
PDF: bytes = _WRITER.write_pdf([[(50, 700, 11, PROSE)]])
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
RSS = "<rss version='2.0'><channel><title>T</title><item><title>{}</title><description>{}</description>{}</item></channel></rss>"


def docx(document: str, *, name: str = "word/document.xml") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, document)
    return buffer.getvalue()


def lines(*rows: object) -> bytes:
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode("utf-8", "surrogatepass")


ARTICLE = "article"
#: name of the case → (file name, its bytes or what makes them, what must come of it: articles, or words of the message).
CASES: dict[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    "empty text": ("a.txt", b"", "empty"),
    "white space": ("a.txt", b" \n\t\r\n", "empty"),
    "a mark alone": ("a.txt", b"\xef\xbb\xbf", "empty"),
    "binary": ("a.txt", bytes(range(256)) * 40, "NUL bytes"),
    "a program": ("a.txt", b"\x7fELF\x02\x01\x01\0\0", "NUL bytes"),
    "NUL bytes in prose": ("a.txt", PROSE.encode() + b"\0" + PROSE.encode(), "NUL bytes"),
    "UTF-16 without a mark": ("a.txt", PROSE.encode("utf-16-le"), "NUL bytes"),
    "UTF-16 cut off": ("a.txt", PROSE.encode("utf-16")[:-1], "not valid utf-16"),
    "UTF-32": ("a.txt", PROSE.encode("utf-32"), ARTICLE),
    "Latin-1": ("a.txt", "The café sold 5% more.".encode("latin-1"), ARTICLE),
    "mixed encodings": ("a.txt", "€5, £6 and ¥7 – ".encode() * 3 + "£8".encode("latin-1"), ARTICLE),
    "surrogates in UTF-8": ("a.txt", b"Exports rose \xed\xa0\x80 5% in March.", ARTICLE),
    "bidirectional controls": ("a.txt", "Exports rose \u202e%5\u202c in \u2066March\u2069.".encode(), ARTICLE),
    "controls": ("a.txt", b"\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f" * 20, "control characters"),
    "escape codes": ("a.txt", PROSE.encode() + b"\x1b[31mred\x1b[0m", ARTICLE),
    "one long word": ("a.txt", b"7" * 1_000_000, "data, not prose"),
    "too long": ("a.txt", b"7 " * 1_500_000, "at most 2,000,000 are read"),
    "too large": ("a.txt", lambda: b"7 " * 5_000_000, "Split it"),
    "combining marks": ("a.txt", ("Exports r" + "\u0301" * 1000 + "ose 5%.").encode(), ARTICLE),
    "a gzip that is none": ("a.txt.gz", b"hello", "no gzip file"),
    "a gzip cut off": ("a.txt.gz", gzip.compress(PROSE.encode() * 99)[:-20], "cut off"),
    "a gzip damaged": ("a.txt.gz", gzip.compress(PROSE.encode())[:30] + b"\xff" * 40, "damaged"),
    "an empty gzip": ("a.txt.gz", gzip.compress(b""), "empty"),
    "a gzip bomb": ("a.txt.gz", lambda: gzip.compress(b"0" * 60_000_000), "unpacks to more than"),
    "a gzip bomb of lines": ("a.jsonl.gz", lambda: gzip.compress(b"0" * 60_000_000), "bomb"),
    "a gzip in a gzip": ("a.txt.gz", gzip.compress(gzip.compress(PROSE.encode())), "control|NUL|text"),
    "gzip of PDF": ("a.pdf.gz", gzip.compress(PDF), "none that can be read"),
    "empty page": ("a.html", b"", "empty"),
    "page of script": ("a.html", b"<html><script>document.write('5%')</script></html>", "No article"),
    "page with scripts": ("a.html", PAGE.replace("<p>", "<script>alert(99)</script><p onclick='x()'>").encode(), ARTICLE),
    "page of entities": ("a.html", (LAUGHS + PAGE.replace("<p>", "<p>&c;&c;")).encode(), ARTICLE),
    "page never closed": ("a.html", b"<html><body><article><p>" + PROSE.encode() * 5, ARTICLE),
    "page built deep": ("a.html", b"<div>" * 30_000 + PROSE.encode(), "|article"),
    "page of too many elements": ("a.html", b"<p>1</p>" * 250_000, "elements"),
    "page of binary": ("a.html", b"\0\1\2\3" * 500, "NUL bytes"),
    "page with wide spans": ("a.html", PAGE.replace("<p>", "<table><tr><td colspan=9999 rowspan=9999>1<td>2</table><p>").encode(), ARTICLE),
    "page of another charset": ("a.html", PAGE.replace("<html>", "<meta charset=utf-7>").encode() + b"\xff", ARTICLE),
    "empty PDF": ("a.pdf", b"", "no PDF"),
    "PDF that is text": ("a.pdf", PROSE.encode(), "no PDF"),
    "PDF cut off": ("a.pdf", PDF[: len(PDF) // 3], "damaged|no text"),
    "PDF with garbage": ("a.pdf", PDF[:60] + b"\xff" * 200 + PDF[260:], "damaged|no text|article"),
    "PDF of pictures": ("a.pdf", _WRITER.write_pdf([[]]), "OCR"),
    "PDF of no pages": ("a.pdf", _WRITER.write_pdf([]), "damaged|no text"),
    "PDF that is locked": ("a.pdf", PDF.replace(b"/Root", b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (y) /P -1 >> /Root"), "password|damaged"),
    "Word file that is text": ("a.docx", PROSE.encode(), "no Word file"),
    "zip that is no Word file": ("a.docx", docx("x", name="a.txt"), "no Word file"),
    "Word file cut off": ("a.docx", docx("<w/>")[:60], "damaged"),
    "Word file of entities": ("a.docx", docx(LAUGHS + "<a>&c;</a>"), "attack"),
    "Word file bomb": ("a.docx", lambda: docx("0" * 110_000_000), "bomb"),
    "empty mail": ("a.eml", b"", "no mail"),
    "mail without text": ("a.eml", b"Subject: x\n\n", "empty"),
    "mail of broken parts": ("a.eml", b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n--b\n", "empty|damaged"),
    "mail of no charset": ("a.eml", b"Subject: =?x?Q?=FF?=\nContent-Type: text/plain; charset=none\n\nRose 5%.", ARTICLE),
    "broken lines": ("a.jsonl", lines({"text": PROSE}, '{"text": ', "[]", "null", "7", {"title": "x"}), "valid JSON"),
    "lone surrogate in JSON": ("a.jsonl", b'{"text": "Rose \\ud800 5%."}', "surrogate"),
    "NUL in JSON": ("a.jsonl", b'{"text": "Rose \\u0000 5%."}', "NUL"),
    "JSON built deep": ("a.jsonl", b"[" * 100_000, "nested"),
    "JSON of a long number": ("a.jsonl", b'{"text": "x", "n": ' + b"9" * 100_000 + b"}", "long a number|article"),
    "JSON of a wrong type": ("a.jsonl", lines({"text": ["x"]}), "must be a text"),
    "JSON out of its folder": ("a.jsonl", lines({"text": PROSE, "source": "../../secret"}), "without"),
    "JSON not in UTF-8": ("a.jsonl", b'{"text": "caf\xe9"}', "UTF-8"),
    "table of figures": ("a.csv", b"year,value\n2024,5\n", "no article"),
    "CSV with an open quote": ("a.csv", b'text\n"Exports rose', "end each quote"),
    "CSV with too many fields": ("a.csv", b"text,title\na,b,c\n", "3 fields"),
    "CSV in UTF-16": ("a.csv", "text\nx\n".encode("utf-16"), "UTF-8"),
    "Parquet that is text": ("a.parquet", PROSE.encode(), "no Parquet"),
    "empty Parquet": ("a.parquet", b"", "no Parquet"),
    "feed of entities": ("a.rss", (LAUGHS + RSS.format("&c;", "", "")).encode(), "attack"),
    "feed of nothing": ("a.rss", b"<rss/>", "no feed"),
    "feed ahead of time": ("a.rss", RSS.format("x", PROSE, "<pubDate>Mon, 01 Jan 2199 00:00:00 GMT</pubDate>").encode(), ARTICLE),
    "feed of a wrong date": ("a.rss", RSS.format("x", PROSE, "<pubDate>99 Foo 0000</pubDate>").encode(), ARTICLE),
    "feed not closed": ("a.rss", RSS.format("x", PROSE, "").encode()[:-23], ARTICLE),
    "feed with a strange link": ("a.rss", RSS.format("x", PROSE, "<link>file:///etc/passwd</link>").encode(), ARTICLE),
    "XML of another kind": ("a.xml", b"<settings><a>1</a></settings>", "no feed"),
    "private URL": ("a.urls", b"http://127.0.0.1:1/\nhttp://[::1]/", "private"),
    "URLs of other kinds": ("a.urls", b"file:///etc/passwd\njavascript:alert(1)\n", "no http"),
    "no URL": ("a.urls", b"# none\n", "names no URL"),
    "no suffix": ("a", PROSE.encode(), "none that can be read"),
    "another suffix": ("a.exe", b"MZ", "none that can be read"),
}  # fmt: skip


def read_all(*paths: str) -> list[Article | Reject]:
    rows: list[Article | Reject] = []
    for found in discover(paths):
        rows += [found] if isinstance(found, Reject) else read_input(found)
    return rows


def test_there_are_enough() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("case", CASES)
def test_a_bad_input_ends_as_an_article_or_as_a_reject(in_folder: Path, case: str) -> None:
    name, content, wanted = CASES[case]
    Path(name).write_bytes(content if isinstance(content, bytes) else content())
    rows = read_all(name)
    assert rows
    for row in rows:
        if isinstance(row, Article):
            row.text.encode("utf-8")
            assert row.text.strip()
        else:
            assert row.stage == "read"
            assert len(row.message) < 1_000
            assert row.message.rstrip().endswith((".", ")", "!"))
    messages = [row.message for row in rows if isinstance(row, Reject)]
    if wanted == ARTICLE:
        assert messages == []
        return
    choices = wanted.split("|")
    assert any(choice in message for message in messages for choice in choices) or (ARTICLE in choices and not messages), messages


def test_broken_lines_cost_themselves_alone(in_folder: Path) -> None:
    Path("a.jsonl").write_bytes(lines({"text": PROSE}, "{", {"text": ""}, {"text": PROSE * 2}))
    assert [isinstance(row, Article) for row in read_all("a.jsonl")] == [True, False, False, True]


def test_places_that_are_no_files(in_folder: Path) -> None:
    Path("b").mkdir()
    Path("b/up.txt").symlink_to("../b")
    Path("b/self.txt").symlink_to("self.txt")
    Path("b/loop").symlink_to(".", target_is_directory=True)
    Path("b/gone.html").symlink_to("nowhere.html")
    Path("b/folder.pdf").mkdir()
    os.mkfifo("b/pipe.csv")
    rows = read_all("b", "b/folder.pdf", "no\0such", "x" * 5_000, "missing/*.txt")
    assert rows
    assert all(isinstance(row, Reject) and row.message for row in rows)


def test_a_sidecar_that_climbs_out(in_folder: Path) -> None:
    Path("a.html").write_text(PAGE)
    Path("a.html.meta.json").write_text('{"source": "../../etc/passwd"}')
    [reject] = read_all("a.html")
    assert isinstance(reject, Reject)
    assert "without '..'" in reject.message


@pytest.mark.slow
def test_memory_stays_bounded(in_folder: Path) -> None:
    with Path("line.jsonl").open("wb") as file:
        for _ in range(40):
            file.write(b"x" * 1_000_000)
        file.write(b"\n" + lines({"text": PROSE}))
    Path("bomb.jsonl.gz").write_bytes(gzip.compress(b"0" * 200_000_000, 1))
    Path("bomb.html.gz").write_bytes(gzip.compress(b"<p>" * 70_000_000, 1))
    stream = zlib.compress(b"0 0 m " * 30_000_000, 1)
    Path("bomb.pdf").write_bytes(
        PDF[:9] + b"1 0 obj << /Filter /FlateDecode /Length %d >> stream\n" % len(stream) + stream + PDF[9:]
    )
    script = (
        "import re\nfrom pathlib import Path\nfrom pipeline.read import discover, read_input\n"
        "for found in discover(['.']):\n    print(found.source, [type(row).__name__ for row in read_input(found)])\n"
        # Not getrusage: its peak begins with what the process that started this one held.
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) // 1024)"
    )
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    *found, megabytes = done.stdout.split("\n")[:-1]
    assert len(found) == 4
    assert found[3] == "line.jsonl ['Reject', 'Article']"
    assert int(megabytes) < 1_000
