"""The rows as the pages read them: a copy of the database, and in memory one wide table of facts made for searching.

``Room`` follows its database: when the file has changed, the next reader sets off a new copy, which replaces the old one
when it is ready. What the pages themselves write (reviews, saved queries) is seen at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import duckdb

from pipeline.errors import FactledgerError, StoreError
from pipeline.store.connection import connect, sql_file
from pipeline.store.process import LOCK_WAIT_SECONDS
from pipeline.store.reading import Record
from pipeline.store.replica import Copy, Replica
from pipeline.store.reviews import add_review
from pipeline.store.signature import signature_of

T = TypeVar("T")

#: Tables that the room keeps in memory, since it writes them; it reads all others from the copy.
_OWN = ("reviews", "review_samples", "saved_queries")
_LONGEST_PAUSE = 10.0
#: Readers at work at the same time, the others wait for their turn: they share the processors and the memory.
_AT_ONCE = 6
_MEMORY = "2GB"
_THREADS = 2

#: The table of facts: what is shown and filtered. ``haystack`` is what the search looks through.
_WIDE = """
    SELECT fact_id, document_id, sentence_id, kind, text, start_char, end_char, value, value_low, value_high, bound, unit,
        measure, entity, period_start, period_end, period_relation, period_inherited, role, direction, basis_start, basis_end,
        share_of, status, attribution, conversion_of, confidence, rule, publisher, published_at, title, source,
        coalesce(review, 'unreviewed') AS review,
        CASE WHEN confidence >= 0.9 THEN '0.9 to 1' WHEN confidence >= 0.75 THEN '0.75 to 0.9'
            WHEN confidence >= 0.5 THEN '0.5 to 0.75' ELSE 'below 0.5' END AS confidence_band,
        CAST(year(coalesce(period_end, period_start)) AS VARCHAR) AS period_year,
        lower(strip_accents(concat_ws(' ', measure, entity, sentence))) AS haystack
    FROM facts_with_source
"""


@dataclass(slots=True)
class _State:
    """One copy, opened: the connection to the tables in memory and the moment of the copy."""

    con: duckdb.DuckDBPyConnection
    copy: Copy
    taken_at: datetime


class Room:
    """The reading side of a database for many readers at once, and the way to write into it.

    ``patience_seconds``: how long after a refresh began readers wait for it, before they get the older copy.
    ``pause_seconds``: the least time between two refreshes, or twice as long as one takes but at most ten seconds, so that
    a long ingest is not followed batch by batch; 0 is no pause.
    """

    def __init__(
        self,
        database: Path,
        *,
        wait_seconds: float = LOCK_WAIT_SECONDS,
        patience_seconds: float = 1.5,
        pause_seconds: float = 2.0,
    ) -> None:
        self.database = database
        self._wait_seconds = wait_seconds
        self._patience = patience_seconds
        self._pause = pause_seconds
        self._replica = Replica(database, wait_seconds=wait_seconds)
        self._guard = threading.Condition()
        self._state: _State | None = None
        self._refreshing = False
        self._failure: FactledgerError | None = None
        self._not_before = 0.0
        self._began = 0.0
        self._turns = threading.BoundedSemaphore(_AT_ONCE)

    def prepare(self) -> None:
        """Begin to read the database, without waiting for it."""
        with self._guard:
            if not self._refreshing and self._is_due():
                self._begin_refresh()

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor to read with: the tables and views of the database, and ``room``, the wide table of facts.

        Raises ``StoreError`` when there is no database, ``StoreBusyError`` when there is no copy yet and none can be made.
        """
        state = self._current()
        with self._turns:
            cursor = state.con.cursor()
            try:
                yield cursor
            finally:
                cursor.close()

    def as_of(self) -> datetime | None:
        """The moment that the pages show, UTC, where the file has changed since; None where they show what it holds now."""
        state = self._state
        return state.taken_at if state is not None and state.copy.signature != signature_of(self.database) else None

    def path_to_query(self) -> Path:
        """A copy of the file as it is now, for a process that runs somebody's SQL; the last one while a writer is at work."""
        try:
            return self._replica.newest().path
        except FactledgerError:
            if self._state is None or not self.database.exists():
                raise
            return self._state.copy.path

    def review(self, make: Callable[[duckdb.DuckDBPyConnection], Record]) -> Record:
        """Write a review with ``make`` (of ``pipeline.store.reviews``), and show it at once; return its row."""

        def show(cursor: duckdb.DuckDBPyConnection, row: Record, _: duckdb.DuckDBPyConnection) -> None:
            add_review(cursor, row)
            cursor.execute("DELETE FROM room WHERE fact_id = ?", [row["fact_id"]])
            cursor.execute(f"INSERT INTO room {_WIDE} WHERE fact_id = ?", [row["fact_id"]])

        return self._write(make, show)

    def write(self, make: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        """Write samples or saved queries with ``make``, and show them at once; return what it returns."""

        def show(cursor: duckdb.DuckDBPyConnection, _: T, written: duckdb.DuckDBPyConnection) -> None:
            for table in ("review_samples", "saved_queries"):
                cursor.register("written_rows", written.cursor().sql(f"SELECT * FROM {table}").to_arrow_table())
                cursor.execute(f"DELETE FROM {table}")
                cursor.execute(f"INSERT INTO {table} SELECT * FROM written_rows")
                cursor.unregister("written_rows")

        return self._write(make, show)

    def _write(
        self,
        make: Callable[[duckdb.DuckDBPyConnection], T],
        show: Callable[[duckdb.DuckDBPyConnection, T, duckdb.DuckDBPyConnection], None],
    ) -> T:
        """Write with ``make`` into the file, and with ``show`` (cursor in memory, what was made, the file) into memory."""
        state = self._current()
        with self._replica.lock:
            was_current = state.copy.signature == signature_of(self.database)
            with connect(self.database, wait_seconds=self._wait_seconds) as con:
                made = make(con)
                with _transaction(state.con) as cursor:
                    show(cursor, made, con)
            now = signature_of(self.database)
            if was_current and now is not None:
                # The copy lacks what was just written, and the tables in memory have it: nothing is to be read again.
                state.copy = Copy(path=state.copy.path, signature=now)
        return made

    def _current(self) -> _State:
        """The state to read, after a refresh where the file has changed and there is time for one."""
        with self._guard:
            if not self._refreshing and self._is_due():
                self._begin_refresh()
            if self._state is None:
                self._guard.wait_for(lambda: not self._refreshing)
            elif self._refreshing:
                patience = self._began + self._patience - time.monotonic()
                self._guard.wait_for(lambda: not self._refreshing, timeout=max(patience, 0.0))
            if self._state is None:
                raise self._failure or StoreError(f"{self.database} could not be read.")
            return self._state

    def _begin_refresh(self) -> None:
        self._refreshing = True
        self._began = time.monotonic()
        threading.Thread(target=self._refresh, daemon=True, name="factledger-room").start()

    def _is_due(self) -> bool:
        if self._state is None:
            return True
        return time.monotonic() >= self._not_before and self._state.copy.signature != signature_of(self.database)

    def _refresh(self) -> None:
        state: _State | None = None
        failure: FactledgerError | None = None
        try:
            state = self._open()
        except FactledgerError as error:
            failure = error
        except Exception as error:
            failure = StoreError(f"{self.database} could not be read: {error}")
        finally:
            with self._guard:
                if state is not None:
                    self._state = state
                elif not self.database.exists():
                    self._state = None
                self._failure = failure
                now = time.monotonic()
                self._not_before = now + (min(max(self._pause, 2 * (now - self._began)), _LONGEST_PAUSE) if self._pause else 0.0)
                self._refreshing = False
                self._guard.notify_all()

    def _open(self) -> _State:
        copy = self._replica.newest()
        con = duckdb.connect(":memory:", config={"memory_limit": _MEMORY, "threads": _THREADS})
        con.execute(f"ATTACH '{_quoted(copy.path)}' AS base (READ_ONLY)")
        names = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'base'").fetchall()
        for (table,) in names:
            con.execute(f"CREATE {'TABLE' if table in _OWN else 'VIEW'} {table} AS SELECT * FROM base.{table}")
        con.execute(sql_file("views.sql"))
        con.execute(f"CREATE TABLE room AS {_WIDE}")
        return _State(con=con, copy=copy, taken_at=datetime.now(UTC).replace(tzinfo=None))

    def close(self) -> None:
        """Close the copies and remove them."""
        with self._guard:
            self._guard.wait_for(lambda: not self._refreshing)
            if self._state is not None:
                self._state.con.close()
                self._state = None
        self._replica.close()


@contextmanager
def _transaction(con: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    cursor = con.cursor()
    cursor.execute("BEGIN")
    try:
        yield cursor
        cursor.execute("COMMIT")
    except BaseException:
        cursor.execute("ROLLBACK")
        raise
    finally:
        cursor.close()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
