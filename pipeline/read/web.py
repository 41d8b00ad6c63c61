"""Articles from the web: a page or file at a URL, those that a feed or sitemap lists, or a file of URLs, one a line.

A feed's links are followed one level down, those of a sitemap through the sitemaps that it lists, within bounds. An entry of a
feed that holds its whole text is read from the feed. A feed is followed each time, since its articles may be corrected while it
stays as it is; a sitemap, which may list a hundred thousand pages, only when it has changed. A page that has not changed gives
no row, and ``Fetcher.unchanged`` names it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import datetime
from typing import IO

from pipeline.errors import ReadError, is_transient
from pipeline.read.decode import decode
from pipeline.read.feed import Entry, entry_article, is_sitemap, read_entries
from pipeline.read.fetch import Fetched, Fetcher
from pipeline.read.formats import Format, reader_of
from pipeline.read.metadata import Metadata
from pipeline.read.opening import unpack
from pipeline.read.sniff import sniff
from pipeline.records import Article, Reject

_MOST_LIST_BYTES = 50_000_000
_MOST_ENTRIES = 50_000
#: Sitemaps that list sitemaps that list sitemaps: one level more than the protocol allows.
_MOST_LEVELS = 3
_MOST_LISTS = 500


def read_url(
    url: str, *, published_at: datetime | None, max_chars: int, fetcher: Fetcher | None = None
) -> Iterator[Article | Reject]:
    """The article at ``url``, or those that a feed, sitemap or table there lists, with a reject for each that fails."""
    with _fetcher(fetcher) as using:
        try:
            answer = using.fetch(url)
            if answer is None:
                using.unchanged.append(url)
                return
            answer = _unpacked(answer)
            row = sniff(answer.data, media_type=answer.media_type)
            if row.name == "feed or sitemap":
                if not is_sitemap(answer.data):
                    using.forget(url)
                yield from _Walk(using, published_at, max_chars, source=url).follow(_entries(answer.data), lists=(url,))
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
        yield from _Walk(using, published_at, max_chars, source=source).follow(entries)


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


def _unpacked(answer: Fetched) -> Fetched:
    """A list that is served as a gzip file, as large sitemaps are, without its packing."""
    return replace(answer, data=unpack(answer.data, most=_MOST_LIST_BYTES))


@dataclass(slots=True)
class _Walk:
    """The way through a list and the lists in it; no address is visited twice."""

    fetcher: Fetcher
    published_at: datetime | None
    max_chars: int
    _: KW_ONLY
    source: str
    done: set[str] = field(default_factory=set)
    lists_left: int = _MOST_LISTS
    entries_left: int = _MOST_ENTRIES

    def follow(self, entries: Iterable[Entry], *, lists: tuple[str, ...] = ()) -> Iterator[Article | Reject]:
        """The articles of ``entries``; ``lists`` are the addresses that led here.

        Where a page cannot be had now, those are forgotten, so that they are followed again though they have not changed.
        """
        for number, entry in enumerate(entries, start=1):
            where = entry.url or f"{self.source}#{number}"
            if where in self.done:
                continue
            self.done.add(where)
            self.fetcher.led_to[where] = lists
            try:
                if entry.is_list:
                    yield from self._follow_list(where, lists)
                elif (article := self._read_entry(entry, where)) is not None:
                    yield article
            except ReadError as error:
                if is_transient(error):
                    self.fetcher.forget_way(where)
                yield _reject(where, error)

    def _follow_list(self, url: str, lists: tuple[str, ...]) -> Iterator[Article | Reject]:
        if len(lists) >= _MOST_LEVELS or self.lists_left == 0:
            raise ReadError(
                f"It is a sitemap below more than {_MOST_LEVELS} others, or there are more than {_MOST_LISTS}. Name it itself."
            )
        self.lists_left -= 1
        answer = self.fetcher.fetch(url)
        if answer is None:
            self.fetcher.unchanged.append(url)
            return
        entries = _entries(_unpacked(answer).data)
        if len(entries) > self.entries_left:
            raise ReadError(f"With it, more than {_MOST_ENTRIES:,} pages would be followed. Name it itself.")
        self.entries_left -= len(entries)
        yield from self.follow(entries, lists=(*lists, url))

    def _read_entry(self, entry: Entry, where: str) -> Article | None:
        """The article of an entry, or None where its page has not changed."""
        article = entry_article(entry, source=where, published_at=self.published_at, max_chars=self.max_chars)
        if article is not None:
            return article
        answer = self.fetcher.fetch(where)
        if answer is None:
            self.fetcher.unchanged.append(where)
            return None
        row = sniff(answer.data, media_type=answer.media_type)
        if row.shape == "lines":
            raise ReadError(f"It is no article but a {row.name}. Name it itself.")
        article = _read_answer(answer, row, source=where, published_at=None, max_chars=self.max_chars)
        return _with_entry(article, entry, self.published_at)


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
