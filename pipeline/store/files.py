"""Rows as Parquet files: the one format of an export that needs Arrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.plain import to_text
from pipeline.store.facets import FactQuery, export_query

if TYPE_CHECKING:
    import duckdb

_BATCH = 5_000


def facts_to_parquet(con: duckdb.DuckDBPyConnection, wanted: FactQuery, path: Path) -> None:
    """Write the facts that pass to ``path``, with the types of the database."""
    query, parameters = export_query(wanted)
    pq.write_table(con.sql(query, params=parameters).to_arrow_table(), path, compression="zstd")


def export_batches(con: duckdb.DuckDBPyConnection, wanted: FactQuery) -> Iterator[list[tuple[Any, ...]]]:
    """The facts that pass, as rows of ``EXPORT_COLUMNS``, some thousands at a time."""
    query, parameters = export_query(wanted)
    con.execute(query, parameters)
    while batch := con.fetchmany(_BATCH):
        yield batch


def rows_to_parquet(columns: Sequence[str], rows: Sequence[Sequence[Any]], path: Path) -> None:
    """Write rows to ``path``; a column whose values share no Arrow type becomes text, and a second of a name gets a number."""
    arrays = [_column([row[index] for row in rows]) for index in range(len(columns))]
    pq.write_table(pa.table(arrays, names=_different(columns)), path, compression="zstd")


def _column(values: list[Any]) -> Any:
    try:
        return pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        return pa.array([None if value is None else to_text(value) for value in values], pa.string())


def _different(columns: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    names = []
    for name in columns:
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return names
