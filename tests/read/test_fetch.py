"""Fetching is polite and careful: a local server plays hosts that behave, fail, lead astray and never end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from pipeline.errors import FetchError, TransientFetchError, is_transient
from pipeline.read.addresses import is_public
from pipeline.read.fetch import Fetched, Fetcher, FetchSettings, Seen

ROBOTS = "User-agent: *\nDisallow: /closed\n"


class Handler(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.asked.append(self.path)
        before = self.asked.count(self.path)
        if self.path == "/robots.txt":
            self._send(200, ROBOTS.encode())
        elif self.path == "/page" and self.headers.get("If-None-Match") == '"1"':
            self._send(304, b"")
        elif self.path == "/page":
            self._send(200, b"<p>Exports rose 5%", ETag='"1"', **{"Content-Type": "text/html; charset=gb2312"})
        elif self.path == "/busy" and before < 3:
            self._send(503, b"", **{"Retry-After": "7"})
        elif self.path == "/loop":
            self._send(302, b"", Location="/loop")
        elif self.path == "/moved":
            self._send(301, b"", Location="/page")
        elif self.path == "/away":
            self._send(302, b"", Location="file:///etc/passwd")
        elif self.path == "/large":
            self._send(200, b"x" * 200_000)
        else:
            self._send(500 if self.path == "/broken" else 200 if self.path == "/busy" else 404, b"at last")

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def host() -> Iterator[str]:
    Handler.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def fetcher(pauses: list[float]) -> Iterator[Fetcher]:
    settings = FetchSettings(allow_private_addresses=True, delay=0, most_bytes=100_000, timeout=5)
    with Fetcher(settings, sleep=pauses.append) as made:
        yield made


def test_a_page_comes_once_and_again_only_when_it_changed(host: str, fetcher: Fetcher) -> None:
    found = fetcher.fetch(f"{host}/page")
    assert isinstance(found, Fetched)
    assert (found.data, found.media_type, found.charset, found.seen.etag) == (b"<p>Exports rose 5%", "text/html", "gb2312", '"1"')
    assert fetcher.fetch(f"{host}/page", seen=found.seen) is None
    assert fetcher.fetch(f"{host}/page", seen=Seen(etag='"0"')) is not None
    assert Handler.asked.count("/robots.txt") == 1


def test_what_was_remembered_is_asked_for_only_if_it_changed(host: str, fetcher: Fetcher) -> None:
    fetcher.fetch(f"{host}/page")
    assert fetcher.seen == {f"{host}/page": Seen(etag='"1"')}
    with Fetcher(fetcher.settings, remembered=fetcher.seen) as again:
        assert again.fetch(f"{host}/page") is None
        assert again.seen == {}


def test_a_host_that_fails_again_and_again_is_left_in_peace(host: str, pauses: list[float]) -> None:
    settings = FetchSettings(allow_private_addresses=True, delay=0, tries=1, most_failures=2)
    with Fetcher(settings, sleep=pauses.append) as fetcher:
        for _ in range(5):
            with pytest.raises(TransientFetchError):
                fetcher.fetch(f"{host}/broken")
    assert Handler.asked.count("/broken") == 2


def test_a_busy_host_is_asked_again_after_the_pause_that_it_names(host: str, fetcher: Fetcher, pauses: list[float]) -> None:
    found = fetcher.fetch(f"{host}/busy")
    assert found is not None
    assert found.data == b"at last"
    assert pauses == [7, 7]


@pytest.mark.parametrize(
    ("path", "message", "times"),
    [
        ("/closed/a", "robots.txt", 0),
        ("/nothing", "404", 1),
        ("/broken", "500", 3),
        ("/loop", "more than 5 times", 6),
        ("/away", "no http or https", 1),
        ("/large", "more than 100,000 bytes", 1),
    ],
)
def test_what_cannot_be_fetched(host: str, fetcher: Fetcher, path: str, message: str, times: int) -> None:
    with pytest.raises(FetchError, match=message) as caught:
        fetcher.fetch(host + path)
    assert Handler.asked.count(path) == times
    assert is_transient(caught.value) == isinstance(caught.value, TransientFetchError) == (path == "/broken")


def test_a_redirect_is_followed(host: str, fetcher: Fetcher) -> None:
    found = fetcher.fetch(f"{host}/moved")
    assert found is not None
    assert found.url == f"{host}/page"


def test_there_is_a_delay_between_requests_to_a_host(host: str, pauses: list[float]) -> None:
    with Fetcher(FetchSettings(allow_private_addresses=True, delay=9), sleep=pauses.append) as fetcher:
        fetcher.fetch(f"{host}/page")
    assert [8 < pause <= 9 for pause in pauses] == [True]


@pytest.mark.parametrize("url", ["http://localhost/", "http://[::1]/", "http://10.0.0.1/", "http://169.254.169.254/"])
def test_private_addresses_are_not_asked(url: str) -> None:
    with Fetcher() as fetcher, pytest.raises(FetchError, match="private"):
        fetcher.fetch(url)


@pytest.mark.parametrize("url", ["ftp://example.org/", "http://", "x", "http://u:p@127.0.0.1/", "http://[bad/"])
def test_what_is_no_url_to_fetch(url: str) -> None:
    with Fetcher() as fetcher, pytest.raises(FetchError):
        fetcher.fetch(url)


def test_public_addresses() -> None:
    assert [is_public(address) for address in ("93.184.216.34", "2606:4700::1", "fe80::1%eth0", "224.0.0.1")] == [
        True, True, False, False,
    ]  # fmt: skip
