"""Feeds, sitemaps and lists of URLs become the articles that they list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from pipeline.errors import FetchError
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
SITEMAP = b'<?xml version="1.0"?><urlset xmlns="x"><url><loc>https://example.org/page</loc></url></urlset>'


@dataclass
class Web:
    """Stands in for a fetcher: URLs and what stands there."""

    pages: dict[str, bytes]

    def fetch(self, url: str, *, seen: Seen | None = None) -> Fetched | None:
        if url not in self.pages:
            raise FetchError("The host answers 404.", status=404)
        return Fetched(url=url, data=self.pages[url], media_type="text/html", charset=None, seen=Seen())


WEB = Web(
    {
        "https://example.org/page": PAGE,
        "https://example.org/page2": PAGE,
        "https://example.org/feed": FEED,
        "https://example.org/map": SITEMAP,
    }
)


def read_all(*paths: Any) -> list[Article | Reject]:
    rows: list[Article | Reject] = []
    for found in discover(paths):
        rows += [found] if isinstance(found, Reject) else read_input(found, fetcher=cast(Fetcher, WEB))
    return rows


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
