"""A source → articles. No language work happens here, and no input stops the others: a bad one is a ``Reject``."""

from __future__ import annotations

import hashlib
import stat
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from pipeline.errors import ReadError
from pipeline.read.discover import Input, discover, stable_source
from pipeline.read.formats import FORMATS, SUFFIXES, Format, format_of
from pipeline.read.jsonl import read_jsonl
from pipeline.read.metadata import Metadata, parse_moment, read_sidecar, sidecar_of
from pipeline.read.text import make_article, read_text
from pipeline.records import Article, Reject

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
#: A character takes at most four bytes; a file of more bytes than that is not even opened.
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
    found: Input, *, published_at: datetime | None = None, max_text_chars: int = MAX_TEXT_CHARS
) -> Iterator[Article | Reject]:
    """The articles of one input, and a reject for each that cannot be read."""
    try:
        if found.path is None:
            yield from _read_stdin(published_at=published_at, max_text_chars=max_text_chars)
        elif found.format.shape == "lines":
            _check_file(found.path)
            with found.path.open("rb") as file:
                lines = _bounded_lines(file, max_text_chars)
                yield from read_jsonl(lines, source=found.source, published_at=published_at, max_chars=max_text_chars)
        else:
            yield _read_file(found.path, source=found.source, published_at=published_at, max_text_chars=max_text_chars)
    except ReadError as error:
        yield Reject(source=found.source, stage="read", error=type(error).__name__, message=str(error))
    except OSError as error:
        message = f"It cannot be read: {error.strerror or error}. Check that it exists and that you may read it."
        yield Reject(source=found.source, stage="read", error="ReadError", message=message)


def _read_file(path: Path, *, source: str, published_at: datetime | None, max_text_chars: int) -> Article:
    size = _check_file(path)
    if size > _BYTES_PER_CHAR * max_text_chars:
        raise ReadError(
            f"It has {size:,} bytes; at most {max_text_chars:,} characters are read (setting max_text_chars). Split it."
        )
    sidecar = sidecar_of(path)
    metadata = read_sidecar(sidecar) if sidecar else Metadata()
    return read_text(path.read_bytes(), source=source, metadata=metadata, published_at=published_at, max_chars=max_text_chars)


def _check_file(path: Path) -> int:
    """The size of a regular file. Raises ``ReadError`` for a pipe, device or socket, which might never end."""
    info = path.stat()
    if not stat.S_ISREG(info.st_mode):
        raise ReadError("It is not a regular file. Pipe it into: factledger ingest -")
    return info.st_size


def _bounded_lines(file: IO[bytes], max_text_chars: int) -> Iterator[bytes]:
    """The lines of a file; one that is too long is cut, so that it is rejected and never held whole."""
    longest = 6 * max_text_chars + 100_000  # JSON writes a character with six bytes at most
    while line := file.readline(longest):
        if len(line) == longest and not line.endswith(b"\n"):
            while (rest := file.readline(longest)) and not rest.endswith(b"\n"):
                pass
        yield line


def _read_stdin(*, published_at: datetime | None, max_text_chars: int) -> Iterator[Article | Reject]:
    """Standard input: JSON lines when it begins with ``{``, else one text, whose source is a hash of it."""
    most = _BYTES_PER_CHAR * max_text_chars
    data = sys.stdin.buffer.read(most + 1)
    if len(data) > most:
        raise ReadError(f"It has more than {max_text_chars:,} characters, the most that are read. Split it.")
    if data.lstrip()[:1] == b"{":
        yield from read_jsonl(data.split(b"\n"), source="stdin", published_at=published_at, max_chars=max_text_chars)
        return
    source = f"stdin:{hashlib.sha256(data).hexdigest()[:12]}"
    yield read_text(data, source=source, metadata=Metadata(), published_at=published_at, max_chars=max_text_chars)
