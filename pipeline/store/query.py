"""Ask the database with SQL that somebody else wrote.

``run_query`` opens the file for one SELECT and lets it do nothing else: read only (the one thing that stops
``WITH x AS (INSERT … RETURNING …) SELECT``), no other file and no network (``read_csv``, ``COPY TO``, extensions), no
spilling to disk, a memory limit, a configuration that the SQL cannot change, a time limit, a row limit.
DuckDB's memory limit does not count every allocation (``repeat('x', 4e9)`` goes far past it), so ``store.process`` runs the
same in a process of its own, whose address space is limited by the system.
"""

from __future__ import annotations

import pickle
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import QueryError, StoreBusyError, StoreError
from pipeline.store.connection import connect
from pipeline.store.process import DEFAULT_MEMORY_MB, DEFAULT_TIMEOUT_SECONDS, LOCK_WAIT_SECONDS, OUT_OF_MEMORY, QueryResult
from pipeline.store.publishing import Readable, find_readable

#: What the process needs beside DuckDB's buffers: the program itself, thread stacks, the result.
_ROOM_MB = 3072
_THREADS = 2


def run_query(
    database: str | Path,
    sql: str,
    *,
    limit: int | None = None,
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
    memory_mb: int = DEFAULT_MEMORY_MB,
    wait_seconds: float = LOCK_WAIT_SECONDS,
    snapshot: bool = False,
) -> QueryResult:
    """The rows of one SELECT, at most ``limit`` of them (None: all), in this process; with ``snapshot``, of the published one.

    Raises ``QueryError`` when ``sql`` is not exactly one SELECT, is wrong, or goes past a limit; ``StoreError`` and
    ``StoreBusyError`` as ``connect`` does.
    """
    config: dict[str, Any] = {
        "enable_external_access": "false",
        "temp_directory": "",
        "memory_limit": f"{memory_mb}MB",
        "threads": _THREADS,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
    }
    found = find_readable(Path(database), wait_seconds=wait_seconds) if snapshot else Readable(path=Path(database))
    con = connect(found.path, read_only=True, wait_seconds=wait_seconds, config=config)
    timer = threading.Timer(timeout_seconds, con.interrupt)
    try:
        con.execute("SET lock_configuration = true")
        statement = _only_select(con, sql)
        timer.start()
        return replace(_fetch(con, statement, limit), as_of=found.as_of)
    except duckdb.InterruptException as error:
        raise QueryError(
            f"The query took longer than {timeout_seconds:g} seconds and was stopped. Narrow it with WHERE, or allow more time."
        ) from error
    except duckdb.Error as error:
        raise QueryError(_explain(error)) from error
    except MemoryError as error:
        raise QueryError(OUT_OF_MEMORY) from error
    finally:
        timer.cancel()
        con.close()


def _only_select(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    statements = con.extract_statements(sql)
    if len(statements) != 1:
        raise QueryError(f"One SELECT at a time is allowed; this holds {len(statements)} statements.")
    statement = statements[0]
    if statement.type != duckdb.StatementType.SELECT:
        kind = str(statement.type).rsplit(".", 1)[-1]
        raise QueryError(f"Only SELECT is allowed, since the database is read only here; this is {kind}.")
    return statement


def _fetch(con: duckdb.DuckDBPyConnection, statement: duckdb.Statement, limit: int | None) -> QueryResult:
    con.execute(statement)
    description = con.description or []
    rows = con.fetchall() if limit is None else con.fetchmany(limit + 1)
    truncated = limit is not None and len(rows) > limit
    return QueryResult(
        columns=tuple(str(column[0]) for column in description),
        types=tuple(str(column[1]) for column in description),
        rows=rows[:limit] if truncated else rows,
        truncated=truncated,
    )


def _explain(error: duckdb.Error) -> str:
    text = str(error).strip()
    if isinstance(error, duckdb.OutOfMemoryException):
        return OUT_OF_MEMORY
    if isinstance(error, duckdb.CatalogException | duckdb.BinderException):
        return f"{text}\nTables and columns are listed by: factledger schema"
    return text


def _serve() -> None:
    """Answer the request on standard input; what this process may use is limited before anything is run."""
    import resource

    request = pickle.load(sys.stdin.buffer)
    ceiling = (request["memory_mb"] + _ROOM_MB) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer: QueryResult | Exception
    try:
        answer = run_query(**request)
    except (QueryError, StoreBusyError, StoreError) as error:
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer))


if __name__ == "__main__":
    _serve()
