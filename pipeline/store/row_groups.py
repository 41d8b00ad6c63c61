"""Small row groups → larger ones, so that what is loaded bit by bit takes no more room, and is read as fast, as the rest.

DuckDB writes each load as a row group of its own: for each column a segment, with its statistics. It also joins row groups
at checkpoints, up to 122,880 rows: a store of a hundred thousand articles would be written again several times over while it
grows, texts and all, which costs more time and memory the larger it is, and leaves up to half of the file empty.
``keep_row_groups`` turns that off, and ``join_row_groups`` does what is needed of it: when eight small ones have come of
about one size they become one, so a row is written again three or four times at most, and none of the large ones is touched.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from pipeline.store.failing import roll_back

if TYPE_CHECKING:
    import duckdb

#: So many row groups at the end of a table, each smaller than a limit, become one.
_TOGETHER = 8
#: The limits, in rows: a full vector of DuckDB is enough where an article has one row, elsewhere they may be more. A load of
#: thousands of articles is past them in every table, and never written again.
_LIMITS = (32, 256, 2048, 8192)
_LIMITS_OF = dict.fromkeys(("documents", "wordings"), _LIMITS[:3])
#: The table that is looked at before each load: it has a row group more after each with a new text. Its columns are two, and
#: what a look costs grows with columns and row groups.
_LOADED = "wordings"
#: Tables that grow with it, which are looked at when it has row groups to join.
_WITH_IT = ("documents", "sentences", "facts", "dates", "entities", "numbers", "bands")


def keep_row_groups(con: duckdb.DuckDBPyConnection) -> None:
    """Keep DuckDB from joining row groups at the checkpoints of this connection. Those without a row still go."""
    con.execute("SET max_vacuum_tasks = 0")


def join_row_groups(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Join the small row groups at the ends of the tables, in the caller's transaction; return the tables where there were.

    The order of rows stays, but ``rowid`` changes. It must come before anything else is written in the transaction.
    """
    tables = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()]
    loaded = _join_last(con, _LOADED)
    others = [table for table in tables if table != _LOADED and (loaded or table not in _WITH_IT)]
    return [_LOADED] * loaded + [table for table in others if _join_last(con, table)]


def join_between_runs(con: duckdb.DuckDBPyConnection) -> None:
    """The same in a transaction of its own, for what grows without articles: reviews, sources, rejects."""
    con.execute("BEGIN")
    try:
        join_row_groups(con)
        con.execute("COMMIT")
    except BaseException:
        roll_back(con)
        raise


def rows_to_join(sizes: list[int], limits: tuple[int, ...] = _LIMITS) -> int:
    """How many rows at the end of a table to write again, from the sizes of its row groups.

    >>> rows_to_join([4096, 500] + 8 * [20]), rows_to_join([20_000] + 7 * [20]), rows_to_join(8 * [160])
    (160, 0, 1280)
    """
    for limit in limits:
        small = list(takewhile(limit.__gt__, reversed(sizes)))
        if len(small) >= _TOGETHER:
            return sum(small)
    return 0


def _join_last(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    query = f"""SELECT max(start + count) FROM pragma_storage_info('{table}')
                WHERE persistent AND column_id = 0 GROUP BY row_group_id ORDER BY row_group_id"""
    sizes = [size for (size,) in con.execute(query).fetchall()]
    rows = rows_to_join(sizes, _LIMITS_OF.get(table, _LIMITS))
    if not rows:
        return False
    # Where rows at the very end were deleted, these are some of the row group before, which does no harm.
    con.execute(f"CREATE TEMP TABLE joined AS FROM {table} WHERE rowid > (SELECT max(rowid) FROM {table}) - {rows}")
    con.execute(f"DELETE FROM {table} WHERE rowid > (SELECT max(rowid) FROM {table}) - {rows}")
    con.execute(f"INSERT INTO {table} FROM joined")
    con.execute("DROP TABLE joined")
    return True
