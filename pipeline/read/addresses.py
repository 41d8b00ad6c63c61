"""Which addresses of the net may be asked: public ones, unless a setting allows the others."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from pipeline.errors import FetchError, TransientFetchError


def check_url(url: str, *, allow_private: bool) -> tuple[str, list[str]]:
    """The host of ``url`` and the addresses that its name stands for. Raises ``FetchError`` for one that may not be asked.

    Every address must be public, since any of them may be taken.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise FetchError(f"It is no URL ({error}). Check its spelling.") from error
    if parts.scheme not in ("http", "https") or not host:
        raise FetchError(f"{url[:200]!r} is no http or https URL. Only these are fetched.")
    if parts.username is not None or parts.password is not None:
        raise FetchError("The URL holds a user name or password, which would be stored with the article. Take it out.")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise TransientFetchError(
            f"The host {host} is not known now ({error}). Check its spelling and the connection."
        ) from error
    addresses = list(dict.fromkeys(str(row[4][0]) for row in found))
    if not allow_private:
        for address in addresses:
            if not is_public(address):
                raise FetchError(
                    f"{host} stands for the private address {address}. Set fetch.allow_private_addresses to fetch from it."
                )
    return host, addresses


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open net, also where it wraps an IPv4 address.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        ip = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)
    return ip.is_global and not ip.is_multicast
