"""The one list that names what can be read, by the suffix of its name.

A new format is a module with one function and a row here. A function is named by its place and imported when the first
file of its format is read, so that no one waits for the libraries of a format that they do not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import Any, Literal

from pipeline.errors import FormatError

#: How a file is read: one article from all of its bytes, or several, one from each of its lines, rows or entries.
Shape = Literal["text", "lines"]
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the list: its name, how it is read, the suffixes that mean it, and the function that reads it.

    ``reader`` is ``MODULE:FUNCTION`` in ``pipeline.read``. For shape ``text`` the function takes the bytes, for ``lines``
    the open file. ``largest_bytes`` is the largest file that is opened, None where the longest text says it (four bytes a
    character). ``may_be_gzipped`` says whether ``.gz`` may stand behind the suffix.
    """

    name: str
    shape: Shape
    suffixes: tuple[str, ...]
    reader: str
    largest_bytes: int | None = None
    may_be_gzipped: bool = False


FORMATS = (
    Format("plain text", "text", (".txt", ".text"), "text:read_text", may_be_gzipped=True),
    Format("Markdown", "text", (".md", ".markdown"), "text:read_text", may_be_gzipped=True),
    Format("HTML", "text", (".html", ".htm", ".xhtml"), "html:read_html", 20 * _MB, may_be_gzipped=True),
    Format("PDF", "text", (".pdf",), "pdf:read_pdf", 200 * _MB),
    Format("Word", "text", (".docx",), "docx:read_docx", 50 * _MB),
    Format("mail", "text", (".eml",), "mail:read_mail", 50 * _MB, may_be_gzipped=True),
    Format("JSON lines, one article a line", "lines", (".jsonl", ".ndjson"), "jsonl:read_jsonl", may_be_gzipped=True),
    Format("CSV, one article a row", "lines", (".csv", ".tsv"), "rows:read_csv", may_be_gzipped=True),
    Format("feed or sitemap", "lines", (".rss", ".atom", ".xml"), "web:read_feed", may_be_gzipped=True),
    Format("list of URLs", "lines", (".urls",), "web:read_urls"),
    Format("Parquet, one article a row", "lines", (".parquet",), "parquet:read_parquet"),
)
GZIP = ".gz"
_BY_SUFFIX = {suffix: row for row in FORMATS for suffix in row.suffixes}
SUFFIXES = tuple(_BY_SUFFIX)


def format_of(name: str) -> Format | None:
    """The format that a file's name means, or None.

    >>> format_of("a.HTML.gz").name, format_of("a.zip")
    ('HTML', None)
    """
    path = PurePath(name)
    if is_gzipped(name):
        found = _BY_SUFFIX.get(path.with_suffix("").suffix.lower())
        return found if found and found.may_be_gzipped else None
    return _BY_SUFFIX.get(path.suffix.lower())


def is_gzipped(name: str) -> bool:
    return PurePath(name).suffix.lower() == GZIP


def require_format(name: str) -> Format:
    """The format that a file's name means. Raises ``FormatError``, with the list, when it means none."""
    found = format_of(name)
    if found is None:
        suffix = "".join(PurePath(name).suffixes[-2:] if is_gzipped(name) else PurePath(name).suffixes[-1:]) or "no suffix"
        raise FormatError(f"{suffix} is none that can be read. Allowed are {', '.join(SUFFIXES)}. Convert it to text.")
    return found


def reader_of(row: Format) -> Any:
    """The function that reads a format."""
    module, function = row.reader.split(":")
    return getattr(import_module(f"pipeline.read.{module}"), function)
