"""Ask the database with SQL that somebody else wrote.

``run_query`` opens the file for one SELECT and lets it do nothing else: read only (the one thing that stops
``WITH x AS (INSERT … RETURNING …) SELECT``), no other file and no network (``read_csv``, ``COPY TO``, extensions), no
spilling to disk, a memory limit, a configuration that the SQL cannot change, a time limit, a row limit.
DuckDB's memory limit does not count every allocation (``repeat('x', 4e9)`` goes far past it), so ``run_query_apart``
runs the same in a process of its own, whose address space is limited by the system.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import QueryError, StoreBusyError, StoreError
from pipeline.store.connection import LOCK_WAIT_SECONDS, connect

DEFAULT_TIMEOUT_SECONDS = 30.0
DEFAULT_MEMORY_MB = 1024
#: What the process needs beside DuckDB's buffers: the program itself, thread stacks, the result.
_ROOM_MB = 3072
_THREADS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryResult:
    """A result: column names, DuckDB's names of their types, rows, and whether rows past the limit were left out."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    truncated: bool = False


def run_query(
    database: str | Path,
    sql: str,
    *,
    limit: int | None = None,
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
    memory_mb: int = DEFAULT_MEMORY_MB,
    wait_seconds: float = LOCK_WAIT_SECONDS,
) -> QueryResult:
    """The rows of one SELECT, at most ``limit`` of them (None: all), in this process.

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
    con = connect(database, read_only=True, wait_seconds=wait_seconds, config=config)
    timer = threading.Timer(timeout_seconds, con.interrupt)
    try:
        con.execute("SET lock_configuration = true")
        statement = _only_select(con, sql)
        timer.start()
        return _fetch(con, statement, limit)
    except duckdb.InterruptException as error:
        raise QueryError(
            f"The query took longer than {timeout_seconds:g} seconds and was stopped. Narrow it with WHERE, or allow more time."
        ) from error
    except duckdb.Error as error:
        raise QueryError(_explain(error)) from error
    except MemoryError as error:
        raise QueryError(_OUT_OF_MEMORY) from error
    finally:
        timer.cancel()
        con.close()


_OUT_OF_MEMORY = "The query needs more memory than it may use. Ask for fewer or shorter rows, or allow more memory."


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
        return _OUT_OF_MEMORY
    if isinstance(error, duckdb.CatalogException | duckdb.BinderException):
        return f"{text}\nTables and columns are listed by: factledger schema"
    return text


def run_query_apart(
    database: str | Path,
    sql: str,
    *,
    limit: int | None = None,
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
    memory_mb: int = DEFAULT_MEMORY_MB,
    wait_seconds: float = LOCK_WAIT_SECONDS,
) -> QueryResult:
    """``run_query`` in a process of its own with a limit on its memory: a query that would kill it kills only it."""
    request = {
        "database": str(database),
        "sql": sql,
        "limit": limit,
        "timeout_seconds": timeout_seconds,
        "memory_mb": memory_mb,
        "wait_seconds": wait_seconds,
    }
    try:
        done = subprocess.run(
            # -P and PYTHONPATH: this package, and none of the same name in the folder where the user happens to be.
            [sys.executable, "-P", "-m", "pipeline.store.query"],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
            input=pickle.dumps(request),
            capture_output=True,
            timeout=wait_seconds + timeout_seconds + 10.0,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryError(f"The query took longer than {timeout_seconds:g} seconds and was stopped.") from error
    if done.returncode != 0 or not done.stdout:
        raise QueryError(_OUT_OF_MEMORY if _died_of_memory(done) else f"The query failed: {done.stderr.decode()[-500:]}")
    answer = pickle.loads(done.stdout)  # written by our own child, below
    if isinstance(answer, QueryResult):
        return answer
    raise answer


def _died_of_memory(done: subprocess.CompletedProcess[bytes]) -> bool:
    return done.returncode < 0 or b"MemoryError" in done.stderr or b"bad_alloc" in done.stderr


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
    # Run as a module this file is ``__main__``; its classes must unpickle as those of ``pipeline.store.query``.
    from pipeline.store.query import _serve as serve

    serve()
