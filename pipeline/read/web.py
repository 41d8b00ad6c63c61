"""Articles from the web: a page or file at a URL, those that a feed or sitemap lists, or a file of URLs, one a line.

A feed's or sitemap's links are followed one level down. An entry of a feed that holds its whole text is read from the feed.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from typing import IO

from pipeline.errors import ReadError
from pipeline.read.decode import decode
from pipeline.read.feed import Entry, entry_article, read_entries
from pipeline.read.fetch import Fetched, Fetcher
from pipeline.read.formats import Format, reader_of
from pipeline.read.metadata import Metadata
from pipeline.read.sniff import sniff
from pipeline.records import Article, Reject

_MOST_LIST_BYTES = 50_000_000
_MOST_ENTRIES = 50_000


def read_url(
    url: str, *, published_at: datetime | None, max_chars: int, fetcher: Fetcher | None = None
) -> Iterator[Article | Reject]:
    """The article at ``url``, or those that a feed, sitemap or table there lists, with a reject for each that fails."""
    with _fetcher(fetcher) as using:
        try:
            answer = using.fetch(url)
            if answer is None:
                return
            row = sniff(answer.data, media_type=answer.media_type)
            if row.name == "feed or sitemap":
                yield from _follow(_entries(answer.data), using, source=url, published_at=published_at, max_chars=max_chars)
            elif row.shape == "lines":
                yield from reader_of(row)(io.BytesIO(answer.data), source=url, published_at=published_at, max_chars=max_chars)
            else:
                yield _read_answer(answer, row, source=url, published_at=published_at, max_chars=max_chars)
        except ReadError as error:
            yield _reject(url, error)


def read_urls(
    file: IO[bytes], *, source: str, published_at: datetime | None, max_chars: int, fetcher: Fetcher | None = None
) -> Iterator[Article | Reject]:
    """The articles at the URLs of a file, one a line; empty lines and those that begin with ``#`` are passed over."""
    lines = (line.strip() for line in decode(_bounded(file)).splitlines())
    urls = dict.fromkeys(line for line in lines if line and not line.startswith("#"))
    if not urls:
        raise ReadError("It names no URL. Write one a line.")
    with _fetcher(fetcher) as using:
        for url in urls:
            yield from read_url(url, published_at=published_at, max_chars=max_chars, fetcher=using)


def read_feed(
    file: IO[bytes], *, source: str, published_at: datetime | None, max_chars: int, fetcher: Fetcher | None = None
) -> Iterator[Article | Reject]:
    """The articles that an RSS or Atom feed or a sitemap lists."""
    with _fetcher(fetcher) as using:
        entries = _entries(_bounded(file))
        yield from _follow(entries, using, source=source, published_at=published_at, max_chars=max_chars)


def _fetcher(given: Fetcher | None) -> Fetcher | nullcontext[Fetcher]:
    """The fetcher that was given, left open, or one for this call."""
    return Fetcher() if given is None else nullcontext(given)


def _bounded(file: IO[bytes]) -> bytes:
    data = file.read(_MOST_LIST_BYTES + 1)
    if len(data) > _MOST_LIST_BYTES:
        raise ReadError(f"It has more than {_MOST_LIST_BYTES:,} bytes. Split it.")
    return data


def _entries(data: bytes) -> list[Entry]:
    entries = read_entries(data)
    if len(entries) > _MOST_ENTRIES:
        raise ReadError(f"It lists {len(entries):,} pages; at most {_MOST_ENTRIES:,} are followed. Split it.")
    return entries


def _follow(
    entries: Iterable[Entry], fetcher: Fetcher, *, source: str, published_at: datetime | None, max_chars: int
) -> Iterator[Article | Reject]:
    done: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        where = entry.url or f"{source}#{number}"
        if where in done:
            continue
        done.add(where)
        try:
            article = entry_article(entry, source=where, published_at=published_at, max_chars=max_chars)
            if article is None:
                answer = fetcher.fetch(where)
                if answer is None:
                    continue
                row = sniff(answer.data, media_type=answer.media_type)
                if row.shape == "lines":
                    raise ReadError(f"It is no article but a {row.name}. Name it itself.")
                article = _read_answer(answer, row, source=where, published_at=None, max_chars=max_chars)
                article = _with_entry(article, entry, published_at)
            yield article
        except ReadError as error:
            yield _reject(where, error)


def _with_entry(article: Article, entry: Entry, published_at: datetime | None) -> Article:
    """The article with what the feed says of it, where the page itself does not."""
    if article.published_from != "metadata" and entry.published_at:
        article = replace(article, published_at=entry.published_at, published_from="feed")
    elif article.published_at is None and published_at:
        article = replace(article, published_at=published_at, published_from="metadata")
    return replace(
        article,
        title=article.title or entry.title,
        author=article.author or entry.author,
        publisher=article.publisher or entry.publisher,
    )


def _read_answer(answer: Fetched, row: Format, *, source: str, published_at: datetime | None, max_chars: int) -> Article:
    given = {"charset": answer.charset} if row.name == "HTML" else {}
    reader = reader_of(row)
    article: Article = reader(
        answer.data, source=source, metadata=Metadata(), published_at=published_at, max_chars=max_chars, **given
    )
    return article


def _reject(source: str, error: ReadError) -> Reject:
    return Reject(source=source, stage="read", error=type(error).__name__, message=str(error))
