"""The published snapshot: a copy of the database beside it, which readers read, so that they never stand in a writer's way.

``facts.duckdb`` has ``facts.snapshot.duckdb``. A run publishes it when everything is loaded; a reader that finds it behind
(a run is at work or was killed, or something else has written) publishes it itself when nobody writes at that moment. The
copy is made in full under another name and then renamed, so a reader has either the old or the new one, and reads what it
has opened to the end. Its time of change is that of the database when it was copied: the two are equal until somebody
writes, and else it tells how old what is read is.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import StoreBusyError, StoreError
from pipeline.store.connection import connect
from pipeline.store.process import LOCK_WAIT_SECONDS
from pipeline.store.signature import signature_of

if TYPE_CHECKING:
    import duckdb

#: A larger file is copied by readers only now and then, while a run changes it batch by batch: for each that many bytes the
#: snapshot must be a second old.
_FREE_BYTES = 64 * 2**20
_BYTES_A_SECOND_OF_AGE = 10 * 2**20
#: What a publisher that was killed left behind is removed after so many seconds.
_ABANDONED_SECONDS = 3600.0
_TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """A file to read. ``as_of`` is None when it is what the database holds now, else the moment that it shows, UTC."""

    path: Path
    as_of: datetime | None = None


def snapshot_path(database: Path) -> Path:
    """Where the snapshot of a database is: beside it.

    >>> snapshot_path(Path("outputs/facts.duckdb")).as_posix()
    'outputs/facts.snapshot.duckdb'
    """
    return database.with_name(f"{database.stem}.snapshot{database.suffix}")


def is_published(database: Path) -> bool:
    """Whether the snapshot is what the database holds now."""
    signature = signature_of(database)
    try:
        snapshot = snapshot_path(database).stat()
    except OSError:
        return False
    return signature == (snapshot.st_size, snapshot.st_mtime_ns, 0, 0)


def publish(database: Path, *, wait_seconds: float = LOCK_WAIT_SECONDS, force: bool = False) -> bool:
    """Publish the snapshot where it is behind (``force``: in any case); return whether it was.

    Raises ``StoreBusyError`` when a writer holds the database longer than ``wait_seconds``, ``StoreError`` as ``connect``
    does, and ``OSError`` when the copy cannot be written (no space, a folder that is read only).
    """
    if not force and is_published(database):
        return False
    target = snapshot_path(database)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    _remove_abandoned(target)
    try:
        copy_database(database, temporary, wait_seconds=wait_seconds)
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def copy_database(database: Path, target: Path, *, wait_seconds: float = LOCK_WAIT_SECONDS) -> None:
    """Copy a database, byte for byte and with its time of change, while nobody can write to it. Raises as ``publish`` does."""
    for _ in range(_TRIES):
        signature = signature_of(database)
        if signature is not None and signature[2]:
            # A process that was killed left its last transactions in the log: they go into the file first.
            with connect(database, wait_seconds=wait_seconds) as con:
                con.execute("CHECKPOINT")
        with connect(database, read_only=True, wait_seconds=wait_seconds):
            before = signature_of(database)
            if before is None or before[2]:
                continue  # somebody wrote and died in between
            # Closing the file that is copied drops this process's lock on it (POSIX), so the copy is the last thing done.
            shutil.copyfile(database, target)
        with open(target, "rb+") as file:
            os.fsync(file.fileno())
        os.utime(target, ns=(before[1], before[1]))
        if target.stat().st_size == before[0]:
            return
    raise StoreBusyError(f"{database} was written again and again while it was copied. Try again when no run is at work.")


def find_readable(database: Path, *, wait_seconds: float = LOCK_WAIT_SECONDS) -> Readable:
    """The file to read for somebody who asks ``database``: its snapshot, brought up to date when no writer is in the way.

    The database itself where no snapshot can be written. Raises ``StoreError`` and ``StoreBusyError`` as ``connect`` does,
    the latter only while there is no snapshot at all.
    """
    snapshot = snapshot_path(database)
    if not database.exists() or is_published(database):
        return Readable(path=snapshot if database.exists() else database)
    behind = snapshot.exists()
    try:
        if not behind or _may_refresh(snapshot):
            publish(database, wait_seconds=0 if behind else wait_seconds)
            return Readable(path=snapshot)
    except StoreBusyError:
        if not behind:
            raise
    except OSError:
        if not behind:
            return Readable(path=database)
    return Readable(path=snapshot, as_of=datetime.fromtimestamp(snapshot.stat().st_mtime, UTC).replace(tzinfo=None))


@contextmanager
def open_for_reading(
    database: Path,
    *,
    snapshot: bool = True,
    wait_seconds: float = LOCK_WAIT_SECONDS,
    config: dict[str, Any] | None = None,
) -> Iterator[tuple[duckdb.DuckDBPyConnection, datetime | None]]:
    """A connection to read with, and the moment that it shows (UTC; None: now). Without ``snapshot``, to the file itself."""
    found = find_readable(database, wait_seconds=wait_seconds) if snapshot else Readable(path=database)
    with connect(found.path, read_only=True, wait_seconds=wait_seconds, config=config) as con:
        yield con, found.as_of


def _may_refresh(snapshot: Path) -> bool:
    """Whether the snapshot is old enough for its size to be copied again by a reader."""
    status = snapshot.stat()
    return status.st_size <= _FREE_BYTES or time.time() - status.st_ctime >= status.st_size / _BYTES_A_SECOND_OF_AGE


def _remove_abandoned(target: Path) -> None:
    for left in target.parent.glob(f".{target.name}.*.tmp"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED_SECONDS:
                left.unlink()


def publish_if_possible(database: Path, *, wait_seconds: float = LOCK_WAIT_SECONDS) -> str | None:
    """``publish`` for the end of a run: what stood in its way as a message, and no error, since the run itself is done."""
    try:
        publish(database, wait_seconds=wait_seconds)
    except (StoreError, OSError) as error:
        reason = error.strerror or str(error) if isinstance(error, OSError) else str(error)
        return f"The snapshot {snapshot_path(database)} was not brought up to date ({reason}); readers see the one before."
    return None
