"""Named fields → an article: what a line of JSON, a row of CSV and a row of Parquet have in common.

``text`` is required; ``url`` (or ``source``), ``title``, ``published_at``, ``publisher``, ``author``, ``language`` are
optional, other fields are passed over. Without ``url`` and ``source`` the source is ``FILE#LINE``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from pipeline.errors import MetadataError, ReadError
from pipeline.read.metadata import read_fields
from pipeline.read.text import make_article
from pipeline.records import Article, Reject

FIELDS = ("text", "url", "source", "title", "published_at", "publisher", "author", "language")
_Row = TypeVar("_Row")


def article_of_fields(
    fields: Mapping[str, Any], *, where: str, published_at: datetime | None, max_chars: int, media_type: str
) -> Article:
    """The article that the fields hold. Raises ``ReadError`` when one has a wrong type or value, or there is no text."""
    text = fields.get("text")
    if not isinstance(text, str):
        raise MetadataError('it has no "text", which is required and must be a text.')
    return make_article(
        text, source=where, metadata=read_fields(fields), published_at=published_at, max_chars=max_chars, media_type=media_type
    )


def read_each(
    rows: Iterable[tuple[int, _Row]], read: Callable[[_Row, str], Article], *, source: str, name: str
) -> Iterator[Article | Reject]:
    """Each row, numbered as its file numbers it, as the article that ``read(row, where)`` gives, or as its reject."""
    for number, row in rows:
        where = f"{source}#{number}"
        try:
            yield read(row, where)
        except ReadError as error:
            yield Reject(source=where, stage="read", error=type(error).__name__, message=f"{name} {number}: {error}")
