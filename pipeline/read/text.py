"""Plain text and Markdown: kept to the character, with what the first lines and a sidecar say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from pipeline.read.dateline import read_imprint
from pipeline.read.decode import check_text, decode
from pipeline.read.language_of import detect_language
from pipeline.read.metadata import Metadata
from pipeline.read.title import find_title
from pipeline.records import Article, PublishedFrom

MARKDOWN = "text/markdown"
PLAIN = "text/plain"
_NOTHING = Metadata()


@dataclass(frozen=True, slots=True)
class Guess:
    """A date of publication that nothing declares: ``text`` where a page's looks suggest it, ``file`` where the file does."""

    published_at: datetime
    published_from: PublishedFrom


def read_text(
    data: bytes, *, source: str, metadata: Metadata, published_at: datetime | None, max_chars: int, media_type: str | None = None
) -> Article:
    """The article in the bytes of a ``.txt`` or ``.md`` file. Raises ``ReadError`` when they are no text."""
    text = decode(data)
    kind = media_type or (MARKDOWN if PurePath(source).suffix.lower() in {".md", ".markdown"} else PLAIN)
    return make_article(text, source=source, metadata=metadata, published_at=published_at, max_chars=max_chars, media_type=kind)


def make_article(
    text: str,
    *,
    source: str,
    metadata: Metadata,
    published_at: datetime | None,
    max_chars: int,
    media_type: str = PLAIN,
    own: Metadata = _NOTHING,
    own_from: PublishedFrom = "metadata",
    guess: Guess | None = None,
) -> Article:
    """A text and what is known of it → an article.

    ``metadata`` comes from the user's side (a sidecar, the fields of a line); ``own`` is what the file declares of itself
    (the head of a page, of a mail, an entry of a feed), and yields to it. The date is that of ``metadata``, else of
    ``own``, else the one that the text's first lines name, else a ``guess`` from the looks of a page, else ``published_at``,
    which the user gave for articles that do not say, else a ``guess`` from the file. Raises ``ReadError`` for a text that
    cannot be an article.
    """
    check_text(text, max_chars=max_chars)
    imprint = read_imprint(text)
    seen = guess if guess and guess.published_from == "text" else None
    dates: tuple[tuple[datetime | None, PublishedFrom], ...] = (
        (metadata.published_at, "metadata"),
        (own.published_at, own_from),
        (imprint.published_at, "text"),
        (seen.published_at if seen else None, "text"),
        (published_at, "metadata"),
        (guess.published_at if guess else None, guess.published_from if guess else "file"),
    )
    moment, origin = next(((value, name) for value, name in dates if value is not None), (None, None))
    return Article(
        source=metadata.url or metadata.source or source,
        text=text,
        title=metadata.title or own.title or find_title(text, markdown=media_type == MARKDOWN),
        publisher=metadata.publisher or own.publisher or imprint.publisher,
        author=metadata.author or own.author or imprint.author,
        language=metadata.language or own.language or detect_language(text),
        published_at=moment,
        published_from=origin,
        media_type=media_type,
    )
