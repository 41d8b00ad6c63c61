"""Seven days of feeds in a minute: new, changed, repeated, vanished, failing and slow pages end in the right tables."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from flows.ingesting import run_ingest
from flows.report import IngestReport
from pipeline.read.fetch_settings import FetchSettings
from pipeline.store import connect, fetch_records
from tests.conftest import StubExtractor

FILLER = (
    "The office of the port said that more goods were handled than in the months before, and that the quays would be widened "
    "next spring. Officials of the harbor town expect that the works will end on time, and traders hope for shorter queues at "
    "the gates. The union of dock workers had asked for more cranes and for a second gate on the northern side of the port."
)


@dataclass(frozen=True)
class Page:
    """What stands at an address; ``seconds`` is how long it takes to come."""

    body: bytes = b""
    status: int = 200
    media_type: str = "text/html; charset=utf-8"
    seconds: float = 0.0

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:12]}"'


@dataclass
class Site:
    """A host on loopback: what stands where, and what it answered since the day began."""

    pages: dict[str, Page] = field(default_factory=dict)
    answers: list[tuple[str, int]] = field(default_factory=list)
    root: str = ""

    def story(self, path: str, sentence: str) -> None:
        article = f"<article><h1>Harbor news</h1><p>{sentence}</p><p>{FILLER}</p></article>"
        self.pages[path] = Page(f"<html><head><title>{path}</title></head><body>{article}</body></html>".encode())

    def feed(self, path: str, *links: str, whole: str = "") -> None:
        items = "".join(
            f"<item><title>{link}</title><link>{self.root}{link}</link><pubDate>Mon, 03 Mar 2025 08:00:00 GMT</pubDate></item>"
            for link in links
        )
        if whole:
            items += (
                f"<item><title>Whole</title><link>{self.root}/whole</link><description>{whole} {FILLER * 3}</description></item>"
            )
        text = f"<rss version='2.0'><channel><title>Harbor Daily</title>{items}</channel></rss>"
        self.pages[path] = Page(text.encode(), media_type="application/rss+xml")

    def sitemap(self, path: str, *links: str, of: str = "urlset") -> None:
        kind = "sitemap" if of == "sitemapindex" else "url"
        rows = "".join(f"<{kind}><loc>{self.root}{link}</loc></{kind}>" for link in links)
        self.pages[path] = Page(f"<{of}>{rows}</{of}>".encode(), media_type="application/xml")

    def asked(self, status: int) -> list[str]:
        return sorted(path for path, answered in self.answers if answered == status)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            page = site.pages.get(self.path, Page(status=404))
            time.sleep(page.seconds)
            status = 304 if page.status == 200 and self.headers.get("If-None-Match") == page.etag else page.status
            site.answers.append((self.path, status))
            self.send_response(status)
            if status == 200:
                self.send_header("ETag", page.etag)
                self.send_header("Content-Type", page.media_type)
            body = page.body if status == 200 else b""
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    site.root = f"http://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Desk:
    """The tool left alone: what is watched, and a run a day."""

    site: Site
    extractor: StubExtractor = field(default_factory=StubExtractor)

    def run(self) -> IngestReport:
        self.site.answers.clear()
        return run_ingest(
            ["inbox", f"{self.site.root}/feed", f"{self.site.root}/second", f"{self.site.root}/maps"],
            database=Path("facts.duckdb"),
            extractor=self.extractor,
            fetch=FetchSettings(
                allow_private_addresses=True, delay=0, timeout=0.4, most_seconds=0.4, tries=2, backoff=0, most_failures=50
            ),
        )


def ask(query: str) -> list[dict[str, Any]]:
    with connect("facts.duckdb", read_only=True) as con:
        return fetch_records(con, query)


def counts(report: IngestReport) -> tuple[int, ...]:
    """read, new, changed, unchanged, duplicate, rejected, vanished"""
    found = report.counts
    return (found.read, found.new, found.changed, found.unchanged, found.duplicate, found.rejected, found.vanished)


@pytest.mark.slow
def test_a_week(in_folder: Path, site: Site) -> None:
    desk, inbox = Desk(site), in_folder / "inbox"
    inbox.mkdir()

    # Monday: two pages and a whole story in one feed, the other feed down, a map of maps, a file.
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /closed\n", media_type="text/plain")
    site.story("/a", "Exports were 11 million tonnes.")
    site.story("/b", "Imports were 21 million tonnes.")
    site.story("/m1", "Cranes lifted 31 thousand boxes.")
    site.feed("/feed", "/a", "/b", "/closed/x", whole="The works cost 41 million dollars.")
    site.pages["/second"] = Page(status=503)
    site.sitemap("/maps", "/map1", of="sitemapindex")
    site.sitemap("/map1", "/m1")
    (inbox / "f1.txt").write_text("Boxes were 51 thousand.")
    monday = desk.run()
    assert counts(monday) == (5, 5, 0, 0, 0, 2, 0)
    assert sorted(reject.source.removeprefix(site.root) for reject in monday.rejects) == ["/closed/x", "/second"]
    assert monday.counts.facts == 5

    # Tuesday: nothing is new; what has not changed costs 304, and the feed that was down is up, with a copy of a story.
    # Feeds are read each time, since their pages may be corrected while they stay as they are.
    site.story("/copy", "Exports were 11 million tonnes.")
    site.feed("/second", "/copy")
    tuesday = desk.run()
    assert counts(tuesday) == (5, 1, 0, 4, 1, 1, 0)
    assert site.asked(304) == ["/a", "/b", "/maps"]
    assert site.asked(200) == ["/copy", "/feed", "/robots.txt", "/second"]

    # Wednesday: a page is corrected, and a new one listed, which is too slow.
    site.story("/a", "Exports were 12 million tonnes.")
    site.story("/c", "Wages were 61 dollars.")
    site.pages["/c"] = Page(site.pages["/c"].body, seconds=0.8)
    site.feed("/feed", "/a", "/b", "/c")
    wednesday = desk.run()
    assert counts(wednesday) == (4, 0, 1, 3, 0, 1, 0)
    assert "Try again later" in wednesday.rejects[0].message
    assert site.asked(304) == ["/b", "/copy", "/maps"]
    [(source, changes)] = wednesday.news.revised
    assert source == f"{site.root}/a"
    assert [(before["value"], after["value"]) for before, after in changes.changed] == [(11, 12)]

    # Thursday: the feed is as it was, but the slow page is quick and another one corrected.
    site.pages["/c"] = Page(site.pages["/c"].body)
    site.story("/b", "Imports were 22 million tonnes.")
    (inbox / "f2.txt").write_text("Boxes were 52 thousand.")
    thursday = desk.run()
    assert counts(thursday) == (6, 2, 1, 3, 0, 0, 0)
    assert site.asked(304) == ["/a", "/copy", "/maps"]

    # Friday: pages and a file are gone, and the map of maps fails; facts stay.
    del site.pages["/b"], site.pages["/m1"]
    site.feed("/feed", "/b", "/c")
    site.pages["/maps"] = Page(status=500)
    (inbox / "f1.txt").unlink()
    friday = desk.run()
    assert counts(friday) == (3, 0, 0, 3, 0, 2, 1)
    assert sorted(reject.source.removeprefix(site.root) for reject in friday.rejects) == ["/b", "/maps"]

    # Saturday: the whole story in the feed is corrected, and a page goes back to its first text.
    site.story("/a", "Exports were 11 million tonnes.")
    site.feed("/feed", "/a", "/c", whole="The works cost 42 million dollars.")
    site.sitemap("/maps", "/map1", of="sitemapindex")
    saturday = desk.run()
    assert counts(saturday) == (5, 0, 2, 3, 0, 0, 0)

    # Sunday: a quiet day. Feeds are sent, and not one page.
    before = ask("SELECT source, revision, text FROM documents ORDER BY ALL")
    calls = desk.extractor.calls
    sunday = desk.run()
    assert counts(sunday) == (5, 0, 0, 5, 0, 0, 0)
    assert site.asked(200) == ["/feed", "/robots.txt", "/second"]
    assert site.asked(304) == ["/a", "/c", "/copy", "/maps"]
    assert ask("SELECT source, revision, text FROM documents ORDER BY ALL") == before
    assert desk.extractor.calls == calls

    current = ask("SELECT source, revision FROM documents WHERE is_current ORDER BY source")
    assert [(row["source"].removeprefix(site.root), row["revision"]) for row in current] == [
        ("/a", 3), ("/b", 2), ("/c", 1), ("/copy", 1), ("/m1", 1), ("/whole", 2), ("inbox/f1.txt", 1), ("inbox/f2.txt", 1),
    ]  # fmt: skip
    assert [row["source"] for row in ask("SELECT source FROM documents WHERE duplicate_of IS NOT NULL")] == [f"{site.root}/copy"]
    values = [int(row["value"]) for row in ask("SELECT value FROM money ORDER BY value")]
    assert values == [11, 22, 31, 42, 51, 52, 61]
    assert [row["source"] for row in ask("SELECT source FROM sources WHERE vanished_at IS NOT NULL")] == ["inbox/f1.txt"]
    runs = ask("SELECT state, heartbeat_at >= started_at AS alive, report FROM runs ORDER BY started_at")
    assert [(row["state"], row["alive"]) for row in runs] == [("completed", True)] * 7
    assert "changed: exports: 11 CNY → 12 CNY" in runs[2]["report"]
    assert len(ask("SELECT * FROM rejects")) == 2 + 1 + 1 + 2
