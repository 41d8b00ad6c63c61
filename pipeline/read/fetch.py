"""Fetching from the web, politely: robots.txt, a delay a host, only what changed, nothing private, nothing without end.

What is known of a URL from the last time goes in and comes out as plain data (``Seen``), for the store to keep. A host
whose pages fail one after the other is left in peace until the next run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from pipeline.errors import FetchError, TransientFetchError
from pipeline.read.addresses import check_url
from pipeline.read.fetch_settings import FetchSettings

if TYPE_CHECKING:
    import httpx

#: Answers that may be another one later. All others are final.
_TRANSIENT = frozenset((408, 425, 429, 500, 502, 503, 504))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_LONGEST_WAIT = 60.0
_ROBOTS_BYTES = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the server said of a URL the last time: pass it again, and an answer without change is ``None``."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer: the URL after all redirects, its bytes, media type and charset, and what to pass the next time."""

    url: str
    data: bytes
    media_type: str | None
    charset: str | None
    seen: Seen


@dataclass(slots=True)
class Fetcher:
    """Fetches URLs one after another; keep one a run, so that the delay a host and robots.txt hold for all.

    ``remembered`` is what was seen the last time, by URL, ``seen`` what was seen this time, of the pages that came, and
    ``unchanged`` are those that had not changed. ``led_to`` tells the lists that led to a page.
    """

    settings: FetchSettings = field(default_factory=FetchSettings)
    sleep: Callable[[float], None] = time.sleep
    remembered: Mapping[str, Seen] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    led_to: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _client: httpx.Client | None = None
    _robots: dict[str, RobotFileParser | None] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)
    _failures: dict[str, int] = field(default_factory=dict)

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def fetch(self, url: str, *, seen: Seen | None = None) -> Fetched | None:
        """What stands at ``url``, or None where it has not changed since ``seen``, or since it was ``remembered``.

        Raises ``FetchError`` for what is refused, missing, too large or private, ``TransientFetchError`` for what may be
        there later; only the latter was tried again, with growing pauses.
        """
        host = _host_of(url)
        if self._failures.get(host, 0) >= self.settings.most_failures:
            raise TransientFetchError(f"{host} failed {self._failures[host]} times in a row; it is asked again by the next run.")
        before = seen or self.remembered.get(url) or Seen()
        try:
            answer = self._try(url, before)
        except TransientFetchError:
            self._failures[host] = self._failures.get(host, 0) + 1
            raise
        self._failures.pop(host, None)
        if answer is not None:
            self.seen[url] = answer.seen
        return answer

    def forget(self, url: str) -> None:
        """Let the next run fetch a page in full."""
        self.seen.pop(url, None)

    def forget_way(self, url: str) -> None:
        """Let the next run fetch a page in full, and the lists that led to it, or it would not come there."""
        for each in (*self.led_to.get(url, ()), url):
            self.forget(each)

    def _try(self, url: str, seen: Seen) -> Fetched | None:
        for attempt in range(1, self.settings.tries + 1):
            try:
                return self._follow(url, seen)
            except TransientFetchError as error:
                if attempt == self.settings.tries:
                    raise
                self.sleep(min(error.retry_after or self.settings.backoff * 2.0 ** (attempt - 1), _LONGEST_WAIT))
        raise FetchError("The setting tries must be one at least.")

    def _follow(self, url: str, seen: Seen) -> Fetched | None:
        for _ in range(self.settings.most_redirects + 1):
            check_url(url, allow_private=self.settings.allow_private_addresses)
            self._check_robots(url)
            answer = self._ask(url, seen, most_bytes=self.settings.most_bytes)
            if not isinstance(answer, str):
                return answer
            url = urljoin(url, answer)
        raise FetchError(f"It leads on more than {self.settings.most_redirects} times. Name the URL that it ends at.")

    def _ask(self, url: str, seen: Seen, *, most_bytes: int) -> Fetched | str | None:
        """One request: the answer, None where nothing changed, or the URL that it leads on to."""
        import httpx

        host, addresses = check_url(url, allow_private=self.settings.allow_private_addresses)
        self._wait(host)
        conditions = {"If-None-Match": seen.etag, "If-Modified-Since": seen.last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        try:
            with self._open().stream("GET", url, headers=headers) as response:
                self._check_peer(response, addresses)
                if response.status_code == 304:
                    return None
                if response.status_code in _REDIRECTS and "location" in response.headers:
                    return str(response.headers["location"])
                _check_status(response)
                return Fetched(
                    url=url,
                    data=self._body(response, most_bytes),
                    media_type=response.headers.get("content-type", "").partition(";")[0].strip().lower() or None,
                    charset=response.charset_encoding,
                    seen=Seen(etag=response.headers.get("etag"), last_modified=response.headers.get("last-modified")),
                )
        except (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError) as error:
            raise TransientFetchError(f"{host} did not answer ({type(error).__name__}). Try again later.") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict) as error:
            raise FetchError(f"It cannot be fetched ({type(error).__name__}: {error}). Check the URL.") from error

    def _open(self) -> httpx.Client:
        import httpx

        if self._client is None:
            # No proxy, password file or certificate of the environment: the address that was checked is the one that is asked.
            self._client = httpx.Client(
                headers={"User-Agent": self.settings.user_agent},
                timeout=self.settings.timeout,
                follow_redirects=False,
                trust_env=False,
            )
        return self._client

    def _check_peer(self, response: httpx.Response, addresses: list[str]) -> None:
        """The server that answers must be one whose address was checked: a name may stand for another a moment later."""
        if self.settings.allow_private_addresses:
            return
        stream = response.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream is not None else None
        if not peer or peer[0] not in addresses:
            raise FetchError("Its name stood for another address when it was asked. That is an attack, or try again.")

    def _body(self, response: httpx.Response, most: int) -> bytes:
        parts, size, start = [], 0, time.monotonic()
        for part in response.iter_bytes(65_536):
            size += len(part)
            if size > most:
                raise FetchError(f"It has more than {most:,} bytes, the most that are fetched. Save it, and name the file.")
            if time.monotonic() - start > self.settings.most_seconds:
                raise TransientFetchError(f"It took more than {self.settings.most_seconds:g} seconds. Try again later.")
            parts.append(part)
        return b"".join(parts)

    def _wait(self, host: str) -> None:
        now = time.monotonic()
        pause = self._last.get(host, -1e9) + self.settings.delay - now
        if pause > 0:
            self.sleep(pause)
        self._last[host] = time.monotonic()

    def _check_robots(self, url: str) -> None:
        if not self.settings.obey_robots:
            return
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            self._robots[root] = self._read_robots(root)
        rules = self._robots[root]
        if rules is not None and not rules.can_fetch(self.settings.user_agent, url):
            raise FetchError("The robots.txt of its host asks not to fetch it. Save the page from a browser, and name the file.")

    def _read_robots(self, root: str) -> RobotFileParser | None:
        """The rules of a host; None where it has none. A host that fails to say is tried again, as for any page."""
        try:
            answer = self._ask(f"{root}/robots.txt", Seen(), most_bytes=_ROBOTS_BYTES)
        except TransientFetchError:
            raise
        except FetchError as error:
            if error.status is None:
                raise
            return None
        if not isinstance(answer, Fetched):
            return None
        rules = RobotFileParser()
        rules.parse(answer.data.decode("utf-8", "replace").splitlines())
        return rules


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if 200 <= status < 300:
        return
    if status in _TRANSIENT:
        wait = response.headers.get("retry-after", "")
        raise TransientFetchError(
            f"The host answers {status} ({response.reason_phrase}). Try again later.",
            retry_after=float(wait) if wait.isascii() and wait.isdigit() and len(wait) < 6 else None,
        )
    raise FetchError(f"The host answers {status} ({response.reason_phrase}). Check the URL in a browser.", status=status)
