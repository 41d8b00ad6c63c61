"""The reading room as a server on one address."""

from __future__ import annotations

import socket
from collections.abc import Callable

from pipeline.browse.app import make_app
from pipeline.browse.security import is_loopback
from pipeline.errors import SettingsError
from pipeline.settings import Settings

#: Where ``browse`` listens, unless told otherwise.
DEFAULT_PORT = 8765
#: How many ports after the default one are tried when others are in use.
_TRIES = 20


def serve(
    settings: Settings,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    read_only: bool = False,
    ready: Callable[[str], None] = print,
) -> None:
    """Serve until interrupted; ``ready`` is called with the address once it can be opened.

    Without ``port`` the first free one from ``DEFAULT_PORT`` on is taken. Raises ``SettingsError`` when ``host`` is not a
    loopback address and no ``browse_password`` is set, or when the address cannot be taken.
    """
    import uvicorn

    password = settings.browse_password.get_secret_value() if settings.browse_password else None
    if not is_loopback(host) and password is None:
        raise SettingsError(
            f"--host is {host}, so other machines could open these pages. Set a password first: browse_password in "
            "factledger.toml, or FACTLEDGER_BROWSE_PASSWORD. On this machine alone: --host 127.0.0.1"
        )
    app = make_app(settings, host=host, password=password, read_only=read_only)
    listener = _listen(host, port)
    name = f"[{host}]" if ":" in host else host
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, ws="none", lifespan="on")
    server = uvicorn.Server(config)
    ready(f"http://{name}:{listener.getsockname()[1]}/")
    with listener:
        server.run(sockets=[listener])


def _listen(host: str, port: int | None) -> socket.socket:
    """A socket that listens, so that a browser which is told the address at once is not turned away."""
    wanted = range(DEFAULT_PORT, DEFAULT_PORT + _TRIES) if port is None else [port]
    problem: OSError | None = None
    for number in wanted:
        try:
            listener = socket.create_server(
                (host, number), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=256
            )
        except OSError as error:
            problem = error
            continue
        listener.set_inheritable(True)
        return listener
    shown = f"{wanted[0]}" if port is not None else f"{wanted[0]} to {wanted[-1]}"
    raise SettingsError(f"{host}, port {shown}, cannot be listened on: {problem}. Choose another with --port, or --host.")
