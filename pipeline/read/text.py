"""Plain text and Markdown: kept to the character, with what the first lines and a sidecar say of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from pipeline.read.dateline import read_imprint
from pipeline.read.decode import check_text, decode
from pipeline.read.metadata import Metadata
from pipeline.read.title import find_title
from pipeline.records import Article, PublishedFrom

MARKDOWN = "text/markdown"
PLAIN = "text/plain"


def read_text(
    data: bytes, *, source: str, metadata: Metadata, published_at: datetime | None, max_chars: int, media_type: str | None = None
) -> Article:
    """The article in the bytes of a ``.txt`` or ``.md`` file. Raises ``ReadError`` when they are no text."""
    text = decode(data)
    kind = media_type or (MARKDOWN if PurePath(source).suffix.lower() in {".md", ".markdown"} else PLAIN)
    return make_article(text, source=source, metadata=metadata, published_at=published_at, max_chars=max_chars, media_type=kind)


def make_article(
    text: str, *, source: str, metadata: Metadata, published_at: datetime | None, max_chars: int, media_type: str = PLAIN
) -> Article:
    """A text and what is known of it → an article.

    The date is that of the metadata, else the one that the text's first lines name, else ``published_at``, which the
    user gave for articles that do not say. Raises ``ReadError`` for a text that cannot be an article.
    """
    check_text(text, max_chars=max_chars)
    imprint = read_imprint(text)
    dates: tuple[tuple[datetime | None, PublishedFrom], ...] = (
        (metadata.published_at, "metadata"),
        (imprint.published_at, "text"),
        (published_at, "metadata"),
    )
    moment, origin = next(((value, name) for value, name in dates if value is not None), (None, None))
    return Article(
        source=metadata.url or metadata.source or source,
        text=text,
        title=metadata.title or find_title(text, markdown=media_type == MARKDOWN),
        publisher=metadata.publisher or imprint.publisher,
        author=metadata.author or imprint.author,
        language=metadata.language,
        published_at=moment,
        published_from=origin,
        media_type=media_type,
    )
