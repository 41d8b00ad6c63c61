"""PDF: the text of all pages as paragraphs, headings and rows of tables; what the file says of itself is a guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from pipeline.errors import ReadError
from pipeline.read.metadata import Metadata
from pipeline.read.pdf_blocks import TextBlock, read_pdf_blocks, strip_furniture
from pipeline.read.pdf_lines import Line, read_lines
from pipeline.read.pdf_tables import replace_tables
from pipeline.read.text import Guess, make_article
from pipeline.records import Article

PDF = "application/pdf"
_MOST_PAGES = 3_000
_DATE = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(Z|[+-]\d\d'?\d\d)?")
#: Titles that a program gave, not a person.
_NO_TITLE = re.compile(r"(?i).*\.(?:docx?|pdf|pptx?|indd|xlsx?|tex|dvi)$|microsoft \w+ - .*|untitled.*|document\d*|\W*")


def read_pdf(data: bytes, *, source: str, metadata: Metadata, published_at: datetime | None, max_chars: int) -> Article:
    """The article in a PDF file. Raises ``ReadError`` for one that is damaged, locked, or made of pictures."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReadError(_reason(str(error), data)) from error
    try:
        pages = _read_pages(document, data, max_chars)
        info = document.get_metadata_dict()
    finally:
        document.close()
    blocks = read_pdf_blocks(strip_furniture(pages))
    text = _layout(blocks)
    if not text:
        raise ReadError("It holds no text: its pages are pictures, most likely scans. Run text recognition (OCR) on it first.")
    made = _moment(info.get("CreationDate", ""))
    return make_article(
        text,
        source=source,
        metadata=metadata,
        published_at=published_at,
        max_chars=max_chars,
        media_type=PDF,
        own=Metadata(title=_title(info.get("Title", ""), blocks), author=_author(info.get("Author", ""), text)),
        guess=Guess(made, "file") if made else None,
    )


def _reason(message: str, data: bytes) -> str:
    if "password" in message.lower():
        return "It is locked with a password. Save it without one."
    if b"%PDF" not in data[:1024]:
        return "It is no PDF file. Check what it is, and give it the suffix of its format."
    return f"It is a damaged PDF file, or one that is cut off ({message}). Fetch it again, or print it to a new PDF."


def _read_pages(document: Any, data: bytes, max_chars: int) -> list[list[Line]]:
    import pypdfium2

    count = len(document)
    if count > _MOST_PAGES:
        raise ReadError(f"It has {count:,} pages; at most {_MOST_PAGES:,} are read. Split it.")
    pages: list[list[Line]] = []
    chars = 0
    for number in range(count):
        try:
            page = document[number]
        except pypdfium2.PdfiumError as error:
            raise ReadError(f"Page {number + 1} is damaged ({error}). Fetch it again, or print it to a new PDF.") from error
        try:
            lines = replace_tables(read_lines(page), page, data, number)
        finally:
            page.close()
        chars += sum(len(line.text) for line in lines)
        if chars > max_chars:
            raise ReadError(
                f"It has more than {max_chars:,} characters, the most that are read (setting max_text_chars). Split it."
            )
        pages.append(lines)
    return pages


def _layout(blocks: Sequence[TextBlock]) -> str:
    parts: list[str] = []
    before = ""
    for block in blocks:
        if parts:
            parts.append("\n" if block.kind == before == "row" else "\n\n")
        parts.append(block.text)
        before = block.kind
    return "".join(parts).strip()


def _title(given: str, blocks: Sequence[TextBlock]) -> str | None:
    """The title that the file names, where the first page bears it, else the block in the largest letters at the start."""
    first = [block for block in blocks[:12] if block.kind == "text"]
    words = " ".join(given.split())
    if not _NO_TITLE.fullmatch(words) and words.casefold() in " ".join(block.text for block in first).casefold():
        return words
    usual = sorted(block.size for block in blocks)[len(blocks) // 2] if blocks else 0
    largest = max(first, key=lambda block: block.size, default=None)
    return largest.text if largest and largest.size > 1.15 * usual and len(largest.text) <= 200 else None


def _author(given: str, text: str) -> str | None:
    """The author that the file names, where the text does too: the field often holds whoever owns the program."""
    words = " ".join(given.split())
    return words if " " in words and words.casefold() in text[:5000].casefold() else None


def _moment(text: str) -> datetime | None:
    """The moment of a date as PDF writes it, ``D:20250304083000+08'00'``, or None where it is none.

    >>> _moment("D:20250304083000+08'00'").isoformat()
    '2025-03-04T08:30:00+08:00'
    """
    match = _DATE.match(text)
    if not match:
        return None
    year, month, day, hour, minute, second = (int(part) if part else None for part in match.groups()[:6])
    zone = (match[7] or "").replace("'", "")
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5])) if len(zone) == 5 else timedelta()
    try:
        moment = datetime(year or 0, month or 1, day or 1, hour or 0, minute or 0, second or 0)
        return moment.replace(tzinfo=timezone(-offset if zone[:1] == "-" else offset)) if zone else moment
    except ValueError:
        return None
