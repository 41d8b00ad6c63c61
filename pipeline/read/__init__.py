"""A source → articles. No language work happens here, and no input stops the others: a bad one is a ``Reject``."""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import ReadError
from pipeline.read.discover import Input, discover, stable_source
from pipeline.read.formats import FORMATS, SUFFIXES, Format, format_of, reader_of
from pipeline.read.metadata import Metadata, parse_moment, read_sidecar, sidecar_of
from pipeline.read.opening import open_file, read_bytes
from pipeline.read.sniff import sniff
from pipeline.read.text import make_article
from pipeline.records import Article, Reject

if TYPE_CHECKING:
    from pipeline.read.fetch import Fetcher

__all__ = [
    "FORMATS",
    "MAX_TEXT_CHARS",
    "SUFFIXES",
    "Format",
    "Input",
    "discover",
    "format_of",
    "make_article",
    "parse_moment",
    "read",
    "read_input",
    "stable_source",
]

#: The longest text that is read as one article, in characters: some 700 pages, a minute of language work.
MAX_TEXT_CHARS = 2_000_000
#: A character takes at most four bytes; a text file of more bytes than that is not even opened.
_BYTES_PER_CHAR = 4


def read(
    paths: str | Path | Iterable[str | Path], *, published_at: datetime | None = None, max_text_chars: int = MAX_TEXT_CHARS
) -> list[Article]:
    """The articles of a file, folder, glob or ``-`` (standard input), or of several.

    ``published_at`` dates those that do not say when they were published. Raises ``ReadError`` at the first input that
    cannot be read; ``read_input`` hands it on as a ``Reject`` instead.
    """
    articles = []
    for found in discover([paths] if isinstance(paths, str | Path) else paths):
        rows = (
            [found] if isinstance(found, Reject) else read_input(found, published_at=published_at, max_text_chars=max_text_chars)
        )
        for row in rows:
            if isinstance(row, Reject):
                raise ReadError(f"{row.source}: {row.message}")
            articles.append(row)
    return articles


def read_input(
    found: Input,
    *,
    published_at: datetime | None = None,
    max_text_chars: int = MAX_TEXT_CHARS,
    fetcher: Fetcher | None = None,
) -> Iterator[Article | Reject]:
    """The articles of one input, and a reject for each that cannot be read.

    URLs are fetched with ``fetcher``, else with one of default settings that is made for this input.
    """
    given: dict[str, Any] = {"published_at": published_at, "max_chars": max_text_chars}
    try:
        if found.url is not None:
            from pipeline.read.web import read_url

            yield from read_url(found.url, fetcher=fetcher, **given)
        elif found.path is None:
            yield from _read_stdin(given)
        elif found.format.shape == "lines":
            web = {"fetcher": fetcher} if fetcher is not None and found.format.reader.startswith("web:") else {}
            with open_file(found.path) as file:
                yield from reader_of(found.format)(file, source=found.source, **given, **web)
        else:
            yield _read_file(found.path, found.format, source=found.source, given=given)
    except ReadError as error:
        yield Reject(source=found.source, stage="read", error=type(error).__name__, message=str(error))
    except OSError as error:
        message = f"It cannot be read: {error.strerror or error}. Check that it exists and that you may read it."
        yield Reject(source=found.source, stage="read", error="ReadError", message=message)
    except (MemoryError, RecursionError) as error:
        message = "It is built so deeply or so large that it cannot be taken apart. Convert it to text."
        yield Reject(source=found.source, stage="read", error=type(error).__name__, message=message)


def _read_file(path: Path, row: Format, *, source: str, given: dict[str, Any]) -> Article:
    largest, limit = _largest(row, given["max_chars"])
    data = read_bytes(path, largest=largest, limit=limit)
    sidecar = sidecar_of(path)
    metadata = read_sidecar(sidecar) if sidecar else Metadata()
    article: Article = reader_of(row)(data, source=source, metadata=metadata, **given)
    return article


def _largest(row: Format, max_chars: int) -> tuple[int, str]:
    """The most bytes that a file of a format may have, and how to say so."""
    if row.largest_bytes is None:
        return _BYTES_PER_CHAR * max_chars, f"at most {max_chars:,} characters are read (setting max_text_chars)"
    return row.largest_bytes, f"at most {row.largest_bytes:,} are read of a file of {row.name}"


def _read_stdin(given: dict[str, Any]) -> Iterator[Article | Reject]:
    """Standard input: of the format that its first bytes show, plain text else; the source is a hash of it."""
    most = max(row.largest_bytes or 0 for row in FORMATS)
    data = sys.stdin.buffer.read(most + 1)
    row = sniff(data)
    largest, limit = _largest(row, given["max_chars"])
    if row.shape == "lines":
        yield from reader_of(row)(io.BytesIO(data), source="stdin", **given)
        return
    if len(data) > largest:
        raise ReadError(f"It has more than {largest:,} bytes; {limit}. Split it.")
    source = f"stdin:{hashlib.sha256(data).hexdigest()[:12]}"
    yield reader_of(row)(data, source=source, metadata=Metadata(), **given)
