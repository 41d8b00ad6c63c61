"""What keeps other people's pages and networks out.

Pages are served with a strict Content-Security-Policy. On a loopback address the ``Host`` header must name that address,
since a page of another site can make its own name point here (DNS rebinding). Whatever changes something must come from
a page of ours: by ``Origin``, by ``Sec-Fetch-Site``, and with a token that only our pages hold. On any other address a
password is asked for first.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import time
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_HEADER = "x-factledger-token"
COOKIE = "factledger_session"
SESSION_SECONDS = 12 * 3600
_SAFE_METHODS = frozenset({"GET", "HEAD"})
_OPEN_PATHS = ("/login", "/static/")

POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; img-src 'self' data:"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


@dataclass(slots=True)
class Guard:
    """The secrets of one server: its token, and the password if one is asked for."""

    host: str
    password: str | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    @property
    def asks_password(self) -> bool:
        return self.password is not None

    def allows_host(self, header: str) -> bool:
        """Whether a ``Host`` header names this server; on other addresses than loopback the password decides."""
        return not is_loopback(self.host) or is_loopback(_name_of(header))

    def is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.token.encode())

    def is_password(self, given: str) -> bool:
        expected = self.password or ""
        return bool(expected) and hmac.compare_digest(_digest(given), _digest(expected))

    def new_session(self) -> str:
        """A value for the session cookie: until when it holds, and our seal on that."""
        until = str(int(time.time()) + SESSION_SECONDS)
        return f"{until}.{self._seal(until)}"

    def is_session(self, cookie: str) -> bool:
        until, _, seal = cookie.partition(".")
        return until.isdecimal() and hmac.compare_digest(seal.encode(), self._seal(until).encode()) and int(until) > time.time()

    def _seal(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()


def is_loopback(host: str) -> bool:
    """Whether a name or address is this machine alone.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0"), is_loopback("news.example")
    (True, True, False, False)
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class SecurityMiddleware:
    """Refuses what ``Guard`` does not allow, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, *, guard: Guard) -> None:
        self._app = app
        self._guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        refusal = self._refuse(scope)
        if refusal is None:
            await self._app(scope, receive, send_with_headers)
        else:
            await refusal(scope, receive, send_with_headers)

    def _refuse(self, scope: Scope) -> PlainTextResponse | RedirectResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._guard.allows_host(host):
            return PlainTextResponse(
                f"This server answers to its own address alone, and {host[:100]!r} is another. Open http://{self._guard.host} .",
                421,
            )
        if scope["method"] not in _SAFE_METHODS:
            origin = headers.get("origin")
            if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
                return PlainTextResponse("This request comes from a page of another site, and is not carried out.", 403)
            if not _is_same_origin(headers):
                return PlainTextResponse("This request comes from another site, and is not carried out.", 403)
        if self._guard.asks_password and not scope["path"].startswith(_OPEN_PATHS) and not self._has_session(headers):
            if scope["method"] in _SAFE_METHODS:
                return RedirectResponse("/login", 303)
            return PlainTextResponse("Sign in first, at /login.", 401)
        return None

    def _has_session(self, headers: Headers) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and self._guard.is_session(cookie.value)


def is_own_request(headers: Headers) -> bool:
    """Whether a request was made from a page of ours, or by the person who typed or opened an address."""
    return headers.get("sec-fetch-site", "none") in {"same-origin", "none"}


def _is_same_origin(headers: Headers) -> bool:
    return headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}


def _name_of(header: str) -> str:
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
