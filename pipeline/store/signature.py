"""What tells one state of a database file from the next, without opening it."""

from __future__ import annotations

from pathlib import Path

#: Size and time of change of the file and of its log: what differs when somebody has written.
Signature = tuple[int, int, int, int]


def signature_of(database: Path) -> Signature | None:
    """The signature of a database file; None when there is no file. The log counts as 0, 0 where there is none."""
    try:
        file = database.stat()
    except OSError:
        return None
    try:
        log = log_of(database).stat()
    except OSError:
        return file.st_size, file.st_mtime_ns, 0, 0
    return file.st_size, file.st_mtime_ns, log.st_size, log.st_mtime_ns


def log_of(database: Path) -> Path:
    """The log that DuckDB keeps beside a database file while something is written."""
    return database.with_name(database.name + ".wal")
