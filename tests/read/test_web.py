"""Feeds, sitemaps and lists of URLs become the articles that they list."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from flows.fetching import forget_rejected
from pipeline.errors import FetchError, TransientFetchError
from pipeline.read import discover, read_input
from pipeline.read.feed import read_entries
from pipeline.read.fetch import Fetched, Fetcher, Seen
from pipeline.records import Article, Reject

PROSE = "Exports rose 5% to $3.2 billion in February, the customs office of the port said, and more will be shipped. " * 10
PAGE = f"<html><body><article><h1>Exports</h1><p>{PROSE}</p></article></body></html>".encode()
FEED = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Harbor Daily</title>
<item><title>Whole</title><link>https://example.org/whole</link><pubDate>Tue, 04 Mar 2025 08:00:00 GMT</pubDate>
<content:encoded><![CDATA[<p>{PROSE}</p><ul><li>a 1</li></ul>]]></content:encoded></item>
<item><title>Short</title><link>https://example.org/page</link><pubDate>Wed, 05 Mar 2025 08:00:00 GMT</pubDate></item>
<item><title>Ahead</title><link>https://example.org/page2</link><pubDate>Wed, 05 Mar 2099 08:00:00 GMT</pubDate></item>
<item><title>Gone</title><link>https://example.org/gone</link></item><item><title>Bare</title></item>
</channel></rss>""".encode()
BUSY = b"busy"
SITEMAP = b'<?xml version="1.0"?><urlset xmlns="x"><url><loc>https://example.org/page</loc></url></urlset>'


@dataclass
class Web:
    """Stands in for a fetcher: URLs and what stands there."""

    pages: dict[str, bytes]
    same: frozenset[str] = frozenset()
    seen: dict[str, Seen] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    led_to: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def forget(self, url: str) -> None:
        Fetcher.forget(cast(Fetcher, self), url)

    def forget_way(self, url: str) -> None:
        Fetcher.forget_way(cast(Fetcher, self), url)

    def fetch(self, url: str, *, seen: Seen | None = None) -> Fetched | None:
        if url not in self.pages:
            raise FetchError("The host answers 404.", status=404)
        if url in self.same:
            return None
        if self.pages[url] == BUSY:
            raise TransientFetchError("The host answers 503.")
        self.seen[url] = Seen(etag='"1"')
        return Fetched(url=url, data=self.pages[url], media_type="text/html", charset=None, seen=Seen())


WEB = Web(
    {
        "https://example.org/page": PAGE,
        "https://example.org/page2": PAGE,
        "https://example.org/feed": FEED,
        "https://example.org/map": SITEMAP,
    }
)


def read_all(*paths: Any, web: Web = WEB) -> list[Article | Reject]:
    rows: list[Article | Reject] = []
    for found in discover(paths):
        rows += [found] if isinstance(found, Reject) else read_input(found, fetcher=cast(Fetcher, web))
    return rows


def sitemap(*pages: str, maps: tuple[str, ...] = ()) -> bytes:
    rows = "".join(f"<sitemap><loc>https://example.org/{name}</loc></sitemap>" for name in maps)
    rows += "".join(f"<url><loc> https://example.org/{name} </loc><i:image><i:loc>x</i:loc></i:image></url>" for name in pages)
    root = "sitemapindex" if maps else "urlset"
    return f"<{root} xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:i='urn:i'>{rows}</{root}>".encode()


def web_of(pages: dict[str, bytes], **options: Any) -> Web:
    return Web({f"https://example.org/{name}": data for name, data in pages.items()}, **options)


@pytest.mark.parametrize("given", ["https://example.org/feed", "a.rss"])
def test_a_feed(in_folder: Path, given: str) -> None:
    Path("a.rss").write_bytes(FEED)
    whole, short, ahead, gone, bare = read_all(given)
    assert isinstance(whole, Article)
    assert (whole.source, whole.title, whole.publisher) == ("https://example.org/whole", "Whole", "Harbor Daily")
    assert whole.text == f"{PROSE.strip()}\n\n• a 1"
    assert (whole.published_at, whole.published_from) == (datetime(2025, 3, 4, 8, tzinfo=UTC), "feed")
    assert isinstance(short, Article)
    assert (short.published_at, short.published_from) == (datetime(2025, 3, 5, 8, tzinfo=UTC), "feed")
    assert isinstance(ahead, Article)
    assert ahead.published_at is None
    assert [row.message[:20] for row in (gone, bare) if isinstance(row, Reject)] == [
        "The host answers 404",
        "The entry has neithe",
    ]


def test_a_page_a_sitemap_and_a_list(in_folder: Path) -> None:
    Path("a.urls").write_text("# mine\nhttps://example.org/page\n\nhttps://example.org/gone\nhttps://example.org/page\n")
    page = "https://example.org/page"
    assert [row.source for row in read_all(page, page)] == [page]
    assert [row.source for row in read_all("https://example.org/map")] == [page]
    assert [(row.source, isinstance(row, Article)) for row in read_all("a.urls")] == [
        (page, True),
        ("https://example.org/gone", False),
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no feed"),
        (b"hello", "no feed"),
        (b"<rss><channel></channel></rss>", "no feed"),
        (b'<!DOCTYPE a [<!ENTITY a "a">]><rss/>', "attack"),
        (b"<urlset>", "no feed"),
    ],
)
def test_what_is_no_feed(in_folder: Path, data: bytes, message: str) -> None:
    Path("a.xml").write_bytes(data)
    [reject] = read_all("a.xml")
    assert isinstance(reject, Reject)
    assert message in reject.message


def test_a_date_ahead_of_the_clock_is_not_believed() -> None:
    [first, *_] = read_entries(FEED, now=datetime(2025, 3, 1, tzinfo=UTC))
    assert first.published_at is None


def test_sitemaps_that_list_sitemaps(in_folder: Path) -> None:
    pages = {"top": sitemap(maps=("a", "b.gz", "top", "gone")), "a": sitemap("1", "2"), "b.gz": gzip.compress(sitemap("2", "3"))}
    web = web_of(pages | dict.fromkeys("123", PAGE))
    rows = read_all("https://example.org/top", web=web)
    assert [(row.source[-4:], isinstance(row, Article)) for row in rows] == [
        ("rg/1", True), ("rg/2", True), ("rg/3", True), ("gone", False),
    ]  # fmt: skip


def test_sitemaps_without_end(in_folder: Path) -> None:
    web = web_of({"0": sitemap(maps=("1",)), "1": sitemap(maps=("2",)), "2": sitemap(maps=("3",)), "3": sitemap("page")})
    [reject] = read_all("https://example.org/0", web=web)
    assert isinstance(reject, Reject)
    assert (reject.source, reject.message[-15:]) == ("https://example.org/3", "Name it itself.")


def test_a_sitemap_that_unpacks_without_end(in_folder: Path) -> None:
    web = web_of({"map.xml.gz": gzip.compress(b"<urlset>" + b" " * 60_000_000), "cut.gz": gzip.compress(SITEMAP)[:-9]})
    messages = [row.message for row in read_all(*web.pages, web=web) if isinstance(row, Reject)]
    assert [("bomb" in message, "damaged" in message) for message in messages] == [(True, False), (False, True)]


def test_what_has_not_changed_gives_no_row_and_is_named(in_folder: Path) -> None:
    web = web_of({"map": sitemap("1", "2"), "1": PAGE, "2": PAGE, "same": PAGE}, same=frozenset({"https://example.org/1"}))
    assert [row.source for row in read_all("https://example.org/map", web=web)] == ["https://example.org/2"]
    assert web.unchanged == ["https://example.org/1"]
    assert sorted(web.seen) == ["https://example.org/2", "https://example.org/map"]


def test_a_feed_is_read_each_time_and_its_pages_when_they_have_changed(in_folder: Path) -> None:
    web = web_of({"feed": FEED, "page": PAGE, "page2": PAGE}, same=frozenset({"https://example.org/page"}))
    rows = [row.source for row in read_all("https://example.org/feed", web=web)]
    assert "https://example.org/page" not in rows
    assert "https://example.org/page" in web.unchanged
    assert "https://example.org/feed" not in web.seen


def test_what_fails_after_it_was_read_is_come_to_again(in_folder: Path) -> None:
    web = web_of({"top": sitemap(maps=("a", "b")), "a": sitemap("1"), "b": sitemap("2"), "1": PAGE, "2": PAGE})
    read_all("https://example.org/top", web=web)
    forget_rejected(
        cast(Fetcher, web), [reject_of("https://example.org/1", "extract"), reject_of("https://example.org/2", "read")]
    )
    assert sorted(web.seen) == ["https://example.org/b"]


def reject_of(source: str, stage: Any) -> Reject:
    return Reject(source=source, stage=stage, error="ValueError", message="It failed.")


def test_a_list_is_forgotten_when_a_page_of_it_cannot_be_had_now(in_folder: Path) -> None:
    pages = {"top": sitemap(maps=("a", "b")), "a": sitemap("1"), "b": sitemap("2", "gone"), "1": BUSY, "2": PAGE}
    web = web_of(pages)
    assert [isinstance(row, Article) for row in read_all("https://example.org/top", web=web)] == [False, True, False]
    assert sorted(web.seen) == ["https://example.org/2", "https://example.org/b"]
