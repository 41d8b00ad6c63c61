"""JSON lines: one article a line, ``text`` required.

``url`` (or ``source``), ``title``, ``published_at``, ``publisher``, ``author``, ``language`` are optional, other fields
are passed over. A line without ``url`` and ``source`` has the source ``FILE#LINE``. A broken line is one reject.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import IO

from pipeline.errors import MetadataError, ReadError
from pipeline.read.metadata import parse_object, read_fields
from pipeline.read.opening import bounded_lines
from pipeline.read.text import make_article
from pipeline.records import Article, Reject

JSON = "application/json"


def read_jsonl(file: IO[bytes], *, source: str, published_at: datetime | None, max_chars: int) -> Iterator[Article | Reject]:
    """Each line as an article, or as the reject that names it; blank lines are passed over."""
    for number, line in enumerate(bounded_lines(file, max_chars), start=1):
        if not line.strip():
            continue
        where = f"{source}#{number}"
        try:
            yield _read_line(line, where=where, published_at=published_at, max_chars=max_chars)
        except ReadError as error:
            yield Reject(source=where, stage="read", error=type(error).__name__, message=f"Line {number}: {error}")


def _read_line(line: bytes, *, where: str, published_at: datetime | None, max_chars: int) -> Article:
    try:
        fields = parse_object(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ReadError(f"it is not UTF-8 (byte {error.start}). Save the file as UTF-8.") from error
    text = fields.get("text")
    if not isinstance(text, str):
        raise MetadataError('it has no "text", which is required and must be a text.')
    return make_article(
        text, source=where, metadata=read_fields(fields), published_at=published_at, max_chars=max_chars, media_type=JSON
    )
