"""PDF pages become paragraphs, headings and rows; headers, footers and page numbers go, broken words are made whole."""

from __future__ import annotations

import importlib.util
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ReadError
from pipeline.read.metadata import Metadata
from pipeline.read.pdf import read_pdf
from pipeline.records import Article

_SPEC = importlib.util.spec_from_file_location("pdf_writer", Path(__file__).with_name("pdf_writer.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
_WRITER = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_WRITER)
write_pdf = _WRITER.write_pdf


def paragraph(x: float, y: float, lines: list[str], size: float = 11) -> list[Any]:
    return [(x, y - number * 1.2 * size, size, line) for number, line in enumerate(lines)]


def read(pages: list[list[Any]], **info: str) -> Article:
    return read_pdf(write_pdf(pages, info=info), source="a.pdf", metadata=Metadata(), published_at=None, max_chars=100_000)


HEAD = [(50, 780, 8, "Harbor Daily - Trade Monitor")]
FIRST = [
    *HEAD,
    (50, 740, 20, "Exports rise 5%"),
    *paragraph(
        50,
        700,
        ["Exports rose 5% to $3.2 billion in Feb-", "ruary, the inter-", "national customs office said. It rose by", "much."],
    ),
    *paragraph(
        50, 630, ["Over the cross-", "border channel sales of 10-", "year bonds fell year-", "on-year by 4%, it said, and went"]
    ),
    (300, 30, 8, "Page 1 of 2"),
]
SECOND = [
    *HEAD,
    *paragraph(50, 740, ["on to fall in March."]),
    *paragraph(50, 700, ["- Machines: up 4%", "- Toys: down 2%"]),
    (300, 30, 8, "Page 2 of 2"),
]


def test_a_pdf_becomes_paragraphs() -> None:
    article = read([FIRST, SECOND], Title="Exports rise 5%", CreationDate="D:20250304083000", Author="admin")
    assert article.text == (
        "Exports rise 5%\n\n"
        "Exports rose 5% to $3.2 billion in February, the international customs office said. It rose by much.\n\n"
        "Over the cross-border channel sales of 10-year bonds fell year-on-year by 4%, it said, and went on to fall in March.\n\n"
        "- Machines: up 4%\n\n- Toys: down 2%"
    )
    assert (article.title, article.author) == ("Exports rise 5%", None)
    assert (article.published_at, article.published_from) == (datetime(2025, 3, 4, 8, 30), "file")


TABLE = [("Country", "2023", "2024"), ("Vietnam", "120", "134"), ("Kenya and Mali", "", "12"), ("Peru", "1.5", "")]


@pytest.mark.parametrize("ruled", [False, True])
def test_a_table_becomes_rows(ruled: bool) -> None:
    page: list[Any] = [*paragraph(50, 700, ["Exports rose in all markets, the office said."])]
    for row, cells in enumerate(TABLE):
        page += [((54, 204, 304)[column], 560 - 20 * row, 11, cell) for column, cell in enumerate(cells) if cell]
    if ruled:
        page += [(50, 575 - 20 * number, 400, 575 - 20 * number) for number in range(5)]
        page += [(x, 495, x, 575) for x in (50, 200, 300, 400)]
    page += paragraph(50, 450, ["More was sold than ever."])
    assert read([page]).text == (
        "Exports rose in all markets, the office said.\n\n"
        "Country | 2023 | 2024\nVietnam | 120 | 134\nKenya and Mali |  | 12\nPeru | 1.5 |\n\n"
        "More was sold than ever."
    )


def test_a_date_that_the_text_names_is_above_that_of_the_file() -> None:
    article = read([paragraph(50, 700, ["Rates held", "Released: 4 March 2025"])], CreationDate="D:20260101")
    assert (article.published_at, article.published_from) == (datetime(2025, 3, 4), "text")


def test_a_title_of_a_program_is_none() -> None:
    article = read(
        [[(50, 740, 18, "Exports rise"), *paragraph(50, 700, ["Exports rose 5%.", "Imports fell."])]],
        Title="Microsoft Word - x.doc",
    )
    assert article.title == "Exports rise"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no PDF"),
        (b"hello", "no PDF"),
        (write_pdf([FIRST])[:300], "damaged|no text"),
        (write_pdf([[]]), "OCR"),
        (b"%PDF-1.4\n" + b"\xff" * 1000, "damaged"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_pdf(data, source="a.pdf", metadata=Metadata(), published_at=None, max_chars=100_000)
