"""JSON lines: one article a line, with the fields that ``pipeline.read.fields`` names. A broken line is one reject."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import IO

from pipeline.errors import ReadError
from pipeline.read.fields import article_of_fields, read_each
from pipeline.read.metadata import parse_object
from pipeline.read.opening import bounded_lines
from pipeline.records import Article, Reject

JSON = "application/json"


def read_jsonl(file: IO[bytes], *, source: str, published_at: datetime | None, max_chars: int) -> Iterator[Article | Reject]:
    """Each line as an article, or as the reject that names it; blank lines are passed over."""

    def read_line(line: bytes, where: str) -> Article:
        try:
            fields = parse_object(line.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise ReadError(f"it is not UTF-8 (byte {error.start}). Save the file as UTF-8.") from error
        return article_of_fields(fields, where=where, published_at=published_at, max_chars=max_chars, media_type=JSON)

    lines = ((number, line) for number, line in enumerate(bounded_lines(file, max_chars), start=1) if line.strip())
    yield from read_each(lines, read_line, source=source, name="Line")
