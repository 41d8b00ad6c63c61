"""A desk with a few articles, and clients of its pages over real HTTP."""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from pipeline.browse.app import make_app
from pipeline.settings import Settings
from tests.browse.articles import make_desk


@pytest.fixture(scope="session")
def desk_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the desk; tests that write take a copy."""
    path = tmp_path_factory.mktemp("desk") / "desk.duckdb"
    make_desk(path)
    return path


@pytest.fixture
def desk(desk_file: Path, tmp_path: Path) -> Path:
    """A copy of the database of the desk."""
    return Path(shutil.copy(desk_file, tmp_path / "desk.duckdb"))


Opened = Callable[..., httpx.Client]


@contextmanager
def serving(database: Path, **options: Any) -> Iterator[httpx.Client]:
    """The reading room of a database on a free port, and a client of it."""
    app = make_app(Settings(database=database, lock_wait_seconds=2.0), **options)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    with httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=60, trust_env=False) as client:
        yield client
    server.should_exit = True
    thread.join(timeout=20)
    listener.close()


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Opens reading rooms, with the options of ``make_app``; they are closed after the test."""
    with ExitStack() as stack:
        yield lambda database, **options: stack.enter_context(serving(database, **options))


@pytest.fixture
def own_room(opened: Opened, desk: Path) -> httpx.Client:
    """A client of the reading room of a copy of the desk, for a test that writes."""
    return opened(desk)


@pytest.fixture(scope="session")
def room(desk_file: Path) -> Iterator[httpx.Client]:
    """A client of the reading room of the desk, for all tests that only read."""
    with serving(desk_file) as client:
        yield client


def token_of(client: httpx.Client) -> str:
    """The token that the pages of a server carry."""
    found = re.search(r'data-token="([^"]+)"', client.get("/runs/none").text)
    assert found
    return found[1]
