"""A query in a process of its own. DuckDB is loaded there, and not here."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from pipeline.errors import QueryError

DEFAULT_TIMEOUT_SECONDS = 30.0
DEFAULT_MEMORY_MB = 1024
#: How long to wait for another process to close the file, in seconds.
LOCK_WAIT_SECONDS = 15.0
OUT_OF_MEMORY = "The query needs more memory than it may use. Ask for fewer or shorter rows, or allow more memory."


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryResult:
    """A result: column names, DuckDB's names of their types, rows, and whether rows past the limit were left out.

    ``as_of`` is the moment that it shows, UTC, where it comes from a snapshot that the database is ahead of.
    """

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    truncated: bool = False
    as_of: datetime | None = None


class QueryProcess:
    """A process of its own for one query, with a limit on its memory: a query that would kill it kills only it.

    It loads DuckDB while the caller is still busy::

        with QueryProcess() as process:
            result = process.run("facts.duckdb", "SELECT * FROM money")
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            # -P and PYTHONPATH: this package, and none of the same name in the folder where the user happens to be.
            [sys.executable, "-P", "-m", "pipeline.store.query"],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def run(
        self,
        database: str | Path,
        sql: str,
        *,
        limit: int | None = None,
        timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
        memory_mb: int = DEFAULT_MEMORY_MB,
        wait_seconds: float = LOCK_WAIT_SECONDS,
        snapshot: bool = False,
    ) -> QueryResult:
        """``run_query`` in this process; call it once. Raises what ``run_query`` raises."""
        request = {
            "database": str(database),
            "sql": sql,
            "limit": limit,
            "timeout_seconds": timeout_seconds,
            "memory_mb": memory_mb,
            "wait_seconds": wait_seconds,
            "snapshot": snapshot,
        }
        try:
            out, complaint = self._process.communicate(pickle.dumps(request), timeout=wait_seconds + timeout_seconds + 10.0)
        except subprocess.TimeoutExpired as error:
            raise QueryError(f"The query took longer than {timeout_seconds:g} seconds and was stopped.") from error
        if self._process.returncode != 0 or not out:
            out_of_memory = self._process.returncode < 0 or b"MemoryError" in complaint or b"bad_alloc" in complaint
            raise QueryError(OUT_OF_MEMORY if out_of_memory else f"The query failed: {complaint.decode(errors='replace')[-500:]}")
        answer = pickle.loads(out)  # written by our own child, pipeline.store.query
        if isinstance(answer, QueryResult):
            return answer
        raise answer


def run_query_apart(database: str | Path, sql: str, **options: Any) -> QueryResult:
    """``run_query``, with the same options, in a process of its own whose memory is limited by the system."""
    with QueryProcess() as process:
        return process.run(database, sql, **options)
