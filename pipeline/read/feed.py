"""RSS and Atom feeds and sitemaps: what they list, and what they say of it."""

from __future__ import annotations

import io
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline.errors import ReadError
from pipeline.read.html import parse_html, prepare_tree
from pipeline.read.metadata import Metadata
from pipeline.read.text import make_article
from pipeline.records import Article

FEED = "application/rss+xml"
#: An entry with this much text holds its article; with less, it announces it.
_WHOLE_CHARS = 1_000
#: A date further ahead than this is a slip or an announcement, not when the entry was published.
_AHEAD = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed or sitemap lists: where it is and what is said of it; ``page`` is its text as HTML.

    ``is_list`` is true where it is a sitemap that lists more.
    """

    url: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None
    page: str | None = None
    is_list: bool = False


def read_entries(data: bytes, *, now: datetime | None = None) -> list[Entry]:
    """What a feed or sitemap lists. Raises ``ReadError`` where it is neither, or lists nothing."""
    if b"<!ENTITY" in data[:100_000]:
        raise ReadError("It declares entities of its own, which no feed does: it is an attack. Leave it out.")
    entries = _sitemap(data) if is_sitemap(data) else _feed(data, now or datetime.now(UTC))
    if not entries:
        raise ReadError("It is no feed or sitemap that lists anything. Name the URL of an RSS or Atom feed, or of the page.")
    return entries


def is_sitemap(data: bytes) -> bool:
    """Whether a list is a sitemap, which may list all pages of a site, and no feed, which lists its newest."""
    head = data[:2_000].lower()
    return b"<urlset" in head or b"<sitemapindex" in head


def _sitemap(data: bytes) -> list[Entry]:
    from lxml import etree

    try:
        tree: Any = etree.fromstring(data, parser=etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except etree.XMLSyntaxError as error:
        raise ReadError(f"It is a damaged sitemap ({error.msg}). Fetch it again.") from error
    if tree is None:
        return []
    # Only what a page or a map is at; ``image:loc`` and the like lie deeper.
    found = [
        (element.text.strip(), row.tag.rpartition("}")[2] == "sitemap")
        for row in tree.iter("{*}url", "{*}sitemap")
        for element in row.iterchildren("{*}loc")
        if element.text and element.text.strip()
    ]
    return [Entry(url=place, is_list=is_list) for place, is_list in dict.fromkeys(found)]


def _feed(data: bytes, now: datetime) -> list[Entry]:
    import feedparser

    found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    publisher = _text(found.feed.get("title"))
    return [_entry(entry, publisher, now) for entry in found.entries]


def _entry(entry: Any, publisher: str | None, now: datetime) -> Entry:
    pages = [part.get("value", "") for part in entry.get("content", [])] + [entry.get("summary", "")]
    link = entry.get("link", "")
    return Entry(
        url=link if link.startswith(("http://", "https://")) else None,
        title=_text(entry.get("title")),
        author=_text(entry.get("author")),
        publisher=publisher,
        # feedparser's own lookup warns where it has only one of the two.
        published_at=_moment(dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed"), now),
        page=max(pages, key=len) or None,
    )


def _moment(parsed: Any, now: datetime) -> datetime | None:
    """The moment of a time tuple in UTC, or None where it lies ahead or in no year that counts."""
    try:
        moment = datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    return moment if moment and moment.year >= 1990 and moment <= now + _AHEAD else None


def entry_article(entry: Entry, *, source: str, published_at: datetime | None, max_chars: int) -> Article | None:
    """The article that an entry holds, or None where it only announces one that its link leads to."""
    text = _page_text(entry.page) if entry.page else ""
    if entry.url and len(text) < _WHOLE_CHARS:
        return None
    if not text:
        raise ReadError("The entry has neither text nor link. Name the page itself.")
    own = Metadata(title=entry.title, author=entry.author, publisher=entry.publisher, published_at=entry.published_at)
    return make_article(
        text, source=source, metadata=Metadata(), published_at=published_at, max_chars=max_chars, media_type=FEED,
        own=own, own_from="feed",
    )  # fmt: skip


def _page_text(page: str) -> str:
    from pipeline.read.render import render
    from pipeline.read.tables import normalize_tables

    try:
        tree = parse_html(page.encode("utf-8", "replace").decode())
    except ReadError:
        return ""
    prepare_tree(tree)
    normalize_tables(tree)
    body = tree.find("body")
    return render(body if body is not None else tree)


def _text(value: object) -> str | None:
    return " ".join(value.split())[:500] or None if isinstance(value, str) else None
