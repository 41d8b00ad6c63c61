"""A real Prefect server for the schedule, where none is named: started, waited for, and stopped again.

A temporary server, as a single run may have it, loses most of what it is told when it ends; this one keeps its history in
Prefect's own database. One that answers on the port already (an earlier schedule left it, or a person started it) is used.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from pipeline.errors import ServerError

HOST = "127.0.0.1"
_START_SECONDS = 120.0
_STOP_SECONDS = 20.0
_PAUSE_SECONDS = 0.25


def api_url(port: int) -> str:
    """The address of the API of a server here.

    >>> api_url(4200)
    'http://127.0.0.1:4200/api'
    """
    return f"http://{HOST}:{port}/api"


@contextmanager
def running_server(port: int, log: Path, *, home: Path | None = None) -> Iterator[str]:
    """The address of the API of a server on ``port``, started and stopped with the block unless one answers there already.

    What the server prints goes to the file ``log``, what it keeps into ``home`` where that is given, else to where Prefect keeps
    its own. Raises ``ServerError`` when something else has the port, or when the
    server does not answer in two minutes.
    """
    url = api_url(port)
    if is_healthy(url):
        yield url
        return
    if _is_taken(port):
        raise ServerError(
            f"Port {port} is taken, by something that is no Prefect server. Set schedule.port to another, or name a server in "
            "PREFECT_API_URL."
        )
    process = _start(port, log, home)
    try:
        _wait(process, url, log)
        yield url
    finally:
        _stop(process)


def is_healthy(url: str) -> bool:
    """Whether a Prefect server answers at the address of an API."""
    try:
        answer = httpx.get(f"{url}/health", timeout=2.0, trust_env=False)
        return answer.status_code == 200 and answer.json() is True
    except (httpx.HTTPError, ValueError):
        return False


def free_port() -> int:
    """A port on which nothing answers now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def _start(port: int, log: Path, home: Path | None) -> subprocess.Popen[bytes]:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as file:
        return subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)],
            env={**os.environ, "PREFECT_SERVER_LOGGING_LEVEL": "WARNING"} | ({"PREFECT_HOME": str(home)} if home else {}),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            # Out of the terminal's group: an interrupt stops the schedule first, which still has things to tell the server.
            start_new_session=True,
        )


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not is_healthy(url):
        if process.poll() is not None or time.monotonic() > deadline:
            said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
            raise ServerError(f"The Prefect server did not start. {' '.join(said)} See {log}.")
        time.sleep(_PAUSE_SECONDS)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and what it started: politely, then not."""
    for number, seconds in ((signal.SIGTERM, _STOP_SECONDS), (signal.SIGKILL, _STOP_SECONDS)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
            return
