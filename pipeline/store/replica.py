"""A private copy of the database file, so that any number of readers never keep a writer out.

A reader of a DuckDB file blocks its writer. So the reading room reads a copy, which is taken anew when the file has
changed: from the published snapshot where that is up to date, else from the file, which is held only while it is copied.
Whoever reads an older copy reads it to the end.
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
from pipeline.store.publishing import is_published, snapshot_path
from pipeline.store.signature import Signature, log_of, signature_of

#: A query may still be opening the copy before the newest, so this many are kept.
_KEPT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy of the database file as it was when its ``signature`` was taken."""

    path: Path
    signature: Signature


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
        try:
            signature = self._take_snapshot(path) or self._take_database(path)
        except OSError as error:
            raise StoreError(
                f"{self.database} cannot be copied to {self._folder} ({error.strerror}). Free some space, or set TMPDIR."
            ) from error
        self._copies.append(Copy(path=path, signature=signature))
        for old in self._copies[:-_KEPT]:
            _remove(old.path)
        self._copies = self._copies[-_KEPT:]
        return self._copies[-1]

    def _take_snapshot(self, path: Path) -> Signature | None:
        """Take the published snapshot where it is what the database holds now: nobody is kept waiting for that."""
        signature = signature_of(self.database)
        if signature is None or not is_published(self.database):
            return None
        try:
            os.link(snapshot_path(self.database), path)
        except OSError:  # another file system, or one that has no links
            shutil.copy2(snapshot_path(self.database), path)
        status = path.stat()
        if (status.st_size, status.st_mtime_ns, 0, 0) == signature:
            return signature
        path.unlink()  # another one was published in between
        return None

    def _take_database(self, path: Path) -> Signature:
        """Copy the database itself, while nobody can write to it."""
        with connect(self.database, read_only=True, wait_seconds=self._wait_seconds):
            signature = signature_of(self.database)
            if signature is None:
                raise StoreError(f"{self.database} was removed while it was read. Look whether it was moved.")
            shutil.copyfile(self.database, path)
            if signature[2]:
                shutil.copyfile(log_of(self.database), log_of(path))
        return signature

    def close(self) -> None:
        """Remove every copy."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _remove(path: Path) -> None:
    for each in (path, log_of(path)):
        if each.exists():
            os.unlink(each)
