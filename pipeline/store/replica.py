"""A private copy of the database file, so that any number of readers never keep a writer out.

A reader of a DuckDB file blocks its writer. So the reading room reads a copy, which is taken anew when the file has
changed: the file is held only while it is copied, and whoever reads an older copy reads it to the end.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import StoreError
from pipeline.store.connection import connect

#: Size and time of change of the file and of its log: what differs when somebody has written.
Signature = tuple[int, int, int, int]

#: A query may still be opening the copy before the newest, so this many are kept.
_KEPT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy of the database file as it was when its ``signature`` was taken."""

    path: Path
    signature: Signature


def signature_of(database: Path) -> Signature | None:
    """What tells one state of a database file from the next; None when there is no file."""
    try:
        file = database.stat()
    except OSError:
        return None
    try:
        log = _log_of(database).stat()
    except OSError:
        return file.st_size, file.st_mtime_ns, 0, 0
    return file.st_size, file.st_mtime_ns, log.st_size, log.st_mtime_ns


class Replica:
    """Copies of ``database`` in a temporary folder; ``close`` removes them. It may be used from several threads."""

    def __init__(self, database: Path, *, wait_seconds: float) -> None:
        self.database = database
        self._wait_seconds = wait_seconds
        self._folder = Path(tempfile.mkdtemp(prefix="factledger-room-"))
        #: Held by whoever opens the database file: closing a file drops the locks that the process has on it.
        self.lock = threading.RLock()
        self._copies: list[Copy] = []
        self._count = 0

    def newest(self) -> Copy:
        """A copy of the file as it is now: the last one where nothing has changed, else a new one.

        Raises ``StoreError`` when there is no database, ``StoreBusyError`` when a writer holds it too long.
        """
        with self.lock:
            if self._copies and self._copies[-1].signature == signature_of(self.database):
                return self._copies[-1]
            return self._copy()

    def _copy(self) -> Copy:
        self._count += 1
        path = self._folder / f"copy-{self._count}.duckdb"
        with connect(self.database, read_only=True, wait_seconds=self._wait_seconds):
            signature = signature_of(self.database)
            if signature is None:
                raise StoreError(f"{self.database} was removed while it was read. Look whether it was moved.")
            try:
                shutil.copyfile(self.database, path)
                if signature[2]:
                    shutil.copyfile(_log_of(self.database), _log_of(path))
            except OSError as error:
                raise StoreError(
                    f"{self.database} cannot be copied to {self._folder} ({error.strerror}). Free some space, or set TMPDIR."
                ) from error
        self._copies.append(Copy(path=path, signature=signature))
        for old in self._copies[:-_KEPT]:
            _remove(old.path)
        self._copies = self._copies[-_KEPT:]
        return self._copies[-1]

    def close(self) -> None:
        """Remove every copy."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _log_of(database: Path) -> Path:
    return database.with_name(database.name + ".wal")


def _remove(path: Path) -> None:
    for each in (path, _log_of(path)):
        if each.exists():
            os.unlink(each)
