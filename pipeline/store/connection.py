"""Open the database: wait for the lock, make the tables where there are none, bring an older file up to date.

While one process writes a DuckDB file no other can open it, not even to read, and a reader keeps a writer out. So every
connection is short, and opening waits for its turn (``wait_seconds``) before it gives up with ``StoreBusyError``.
"""

from __future__ import annotations

import functools
import logging
import time
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import StoreBusyError, StoreError
from pipeline.store.migration import OLDEST_VERSION, migrate
from pipeline.store.migration import sql_file as sql_file
from pipeline.store.process import LOCK_WAIT_SECONDS
from pipeline.store.row_groups import keep_row_groups

logger = logging.getLogger("factledger.store")

SCHEMA_VERSION = "8"
#: Of a new file. The segments of a column that one load writes mostly fill less than the 256 KB that are DuckDB's default.
_BLOCK_BYTES = 64 * 1024
_FIRST_PAUSE_SECONDS = 0.02
_LONGEST_PAUSE_SECONDS = 0.5


def connect(
    database: str | Path,
    *,
    read_only: bool = False,
    wait_seconds: float = LOCK_WAIT_SECONDS,
    config: dict[str, Any] | None = None,
) -> duckdb.DuckDBPyConnection:
    """Open ``database`` and return a connection whose tables and views exist.

    A missing file is made, with its folder, unless ``read_only``. ``":memory:"`` is a database that is gone when closed.
    A file of an earlier version of the schema is brought up to date first, also for a reader.

    Raises ``StoreBusyError`` when another process still holds the file after ``wait_seconds``, ``StoreError`` when it
    is missing (``read_only``), no DuckDB file, of a later version or another program, or cannot be brought up to date.
    """
    name = str(database)
    in_memory = name == ":memory:"
    if not in_memory:
        check_path(Path(name), read_only=read_only)
    opened = functools.partial(_open, name, wait_seconds=wait_seconds)
    if not in_memory and not read_only and not Path(name).exists():
        # By itself: all connections of a process to one file must have the same configuration.
        opened(read_only=False, config={"default_block_size": str(_BLOCK_BYTES)}).close()
    con = opened(read_only=read_only, config=dict(config or {}))
    try:
        version = _schema_version(con)
        if _can_migrate(version):
            con.close()
            with opened(read_only=False, config={}) as writer:
                if _can_migrate(_schema_version(writer)):  # another process may have done it meanwhile
                    logger.info("Bringing %s up to date, from version %s of the schema to %s.", name, version, SCHEMA_VERSION)
                    migrate(writer, to_version=SCHEMA_VERSION)
            con = opened(read_only=read_only, config=dict(config or {}))
        elif version is None and not read_only:
            _create(con)
        elif version != SCHEMA_VERSION:
            raise StoreError(_explain_version(name, version or "unknown"))
        if not read_only:
            keep_row_groups(con)
    except BaseException:
        con.close()
        raise
    return con


def _can_migrate(version: str | None) -> bool:
    return version is not None and version.isdecimal() and OLDEST_VERSION <= int(version) < int(SCHEMA_VERSION)


def _explain_version(name: str, version: str) -> str:
    later = version.isdecimal() and int(version) > int(SCHEMA_VERSION)
    advice = "Use the newer program that made it" if later else "Ingest the articles into a new file (--database FILE)"
    return f"{name}: its schema is version {version}, this program reads version {SCHEMA_VERSION}. {advice}."


def check_path(path: Path, *, read_only: bool) -> None:
    """Make the folder of a database that is to be written, or raise ``StoreError`` where there can be none."""
    if path.is_dir():
        raise StoreError(f"{path} is a folder, not a database. Name a file, such as {path / 'factledger.duckdb'}.")
    if path.exists():
        return
    if read_only:
        raise StoreError(f"{path}: there is no database. Make one with: factledger ingest PATH --database {path}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: its folder cannot be made ({error.strerror}). Name another file.") from error


def _open(name: str, *, read_only: bool, wait_seconds: float, config: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + wait_seconds
    pause = _FIRST_PAUSE_SECONDS
    while True:
        try:
            return duckdb.connect(name, read_only=read_only, config=config)
        except duckdb.Error as error:
            if not _is_lock(error):
                raise StoreError(f"{name} cannot be opened as a database: {_first_line(error)}") from error
            if time.monotonic() >= deadline:
                raise StoreBusyError(
                    f"{name} is in use by another process, and still was after {wait_seconds:g} seconds. "
                    f"Wait until it is done, or close it, and try again. ({_first_line(error)})"
                ) from error
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)


def _is_lock(error: duckdb.Error) -> bool:
    text = str(error)
    return "Could not set lock" in text or "different configuration" in text


def _first_line(error: BaseException) -> str:
    return str(error).strip().split("\n", 1)[0]


def _schema_version(con: duckdb.DuckDBPyConnection) -> str | None:
    """The version that the file names; None for a file without any table, ``unknown`` for another program's file."""
    names = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not names:
        return None
    if "store_info" not in names:
        return "unknown"
    # All of it is fetched: a result that is left open would keep the caller from registering rows.
    rows = con.execute("SELECT value FROM store_info WHERE key = 'schema_version'").fetchall()
    return str(rows[0][0]) if rows else "unknown"


def _create(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("BEGIN")
    for name in ("schema.sql", "views.sql"):
        con.execute(sql_file(name))
    con.execute("INSERT INTO store_info VALUES ('schema_version', ?)", [SCHEMA_VERSION])
    con.execute("COMMIT")
