"""CSV: one article a row, in columns named as ``pipeline.read.fields`` names them. A broken row is one reject.

Comma, semicolon or tab, as the header shows; quoted fields may hold line breaks. Bytes that are not UTF-8 are decoded
field by field, so that one row in an old encoding does not spoil the others.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO

from pipeline.errors import MetadataError, ReadError
from pipeline.read.decode import decode
from pipeline.read.fields import FIELDS, article_of_fields, read_each
from pipeline.read.opening import bounded_lines, longest_line
from pipeline.records import Article, Reject

CSV = "text/csv"
_SEPARATORS = (",", ";", "\t")
#: Bytes that are not UTF-8 are carried through the csv module in this way, and decoded afterwards.
_CARRIED = "surrogateescape"


def read_csv(file: IO[bytes], *, source: str, published_at: datetime | None, max_chars: int) -> Iterator[Article | Reject]:
    """Each row as an article, or as the reject that names its line.

    Raises ``ReadError`` when the header names no column ``text``, or the file is UTF-16.
    """
    # The limit of the csv module, one for all its readers, is too low for an article.
    csv.field_size_limit(max(csv.field_size_limit(), longest_line(max_chars)))
    lines = (line.decode("utf-8", _CARRIED) for line in bounded_lines(file, max_chars))
    first = next(lines, "").removeprefix("\ufeff")
    if first.encode("utf-8", _CARRIED).startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or "\0" in first:
        raise ReadError("It is UTF-16 or binary, not UTF-8. Save it as CSV UTF-8.")
    separator = max(_SEPARATORS, key=first.count)
    header = [name.strip().strip('"').lower() for name in first.strip().split(separator)]
    if "text" not in header:
        raise MetadataError(
            f"Its first line names no column text (it names {', '.join(header)[:200]!r}). Name the columns of a table of "
            f"articles {', '.join(FIELDS)}; a table of figures is no article."
        )

    def read_row(row: list[str] | str, where: str) -> Article:
        if isinstance(row, str):
            raise ReadError(f"it is no row of CSV ({row}). Quote fields that hold line breaks or quotes, and end each quote.")
        if len(row) != len(header):
            raise ReadError(
                f"it has {len(row)} fields, and the header names {len(header)}. Quote fields that hold {separator!r}."
            )
        fields = {name: _plain(value) or None for name, value in zip(header, row, strict=True)}
        return article_of_fields(fields, where=where, published_at=published_at, max_chars=max_chars, media_type=CSV)

    yield from read_each(_rows(lines, separator), read_row, source=source, name="Line")


def _rows(lines: Iterable[str], separator: str) -> Iterator[tuple[int, list[str] | str]]:
    """The rows with the line on which each ends, counted from 2; of a row that is none, what is wrong with it."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num + 1, str(error)
            continue
        if any(row):
            yield reader.line_num + 1, row


def _plain(value: str) -> str:
    """A field whose bytes were not UTF-8, decoded as the likeliest encoding of these bytes."""
    if not any("\udc80" <= char <= "\udcff" for char in value):
        return value
    return decode(value.encode("utf-8", _CARRIED))
