"""One run at a time on a database: the next waits for its turn, and a process that dies gives its turn back.

The turn is a lock that the system holds on a file beside the database. It is apart from the lock of the database itself,
which a run takes only for moments, so that others can read while a run goes on.
"""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import StoreBusyError, StoreError
from pipeline.store.connection import check_path

_PAUSE_SECONDS = 0.2
_MOST_BYTES = 300


@contextmanager
def take_turn(database: Path, *, wait_seconds: float, on_wait: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the turn on ``database`` for the length of the block; ``on_wait`` is told once who holds it, if there is a wait.

    Raises ``StoreBusyError`` when another run still holds it after ``wait_seconds``, ``StoreError`` when the folder of the
    database cannot be written to.
    """
    check_path(database, read_only=False)
    path = turn_path(database)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror}). Check the permissions of the folder.") from error
    try:
        _wait(handle, database, wait_seconds=wait_seconds, on_wait=on_wait)
        _sign(handle)
        yield
    finally:
        os.close(handle)


def turn_path(database: Path) -> Path:
    """The file that is locked.

    >>> turn_path(Path("outputs/facts.duckdb")).as_posix()
    'outputs/.facts.duckdb.turn'
    """
    return database.with_name(f".{database.name}.turn")


def _wait(handle: int, database: Path, *, wait_seconds: float, on_wait: Callable[[str], None] | None) -> None:
    deadline = time.monotonic() + wait_seconds
    told = False
    while not _lock(handle):
        holder = os.pread(handle, _MOST_BYTES, 0).decode("utf-8", "replace").strip() or "one that has just begun"
        if time.monotonic() >= deadline:
            raise StoreBusyError(
                f"Another run is at work on {database} ({holder}), and still was after {wait_seconds:g} seconds. Nothing was "
                "changed. Run it again when that one is done, or wait longer (setting run_wait_seconds)."
            )
        if on_wait and not told:
            on_wait(f"Another run is at work on {database} ({holder}); waiting for it to end.")
            told = True
        time.sleep(_PAUSE_SECONDS)


def _lock(handle: int) -> bool:
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sign(handle: int) -> None:
    """Write who holds the turn, for those who wait. A disk without room must not stop the run here."""
    words = f"process {os.getpid()} on {socket.gethostname()} since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n"
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, words.encode()[:_MOST_BYTES], 0)
    except OSError:
        return
