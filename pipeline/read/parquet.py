"""Parquet: one article a row, in columns named as ``pipeline.read.fields`` names them. A broken row is one reject."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from pipeline.errors import MetadataError, ReadError
from pipeline.read.fields import FIELDS, article_of_fields, read_each
from pipeline.records import Article, Reject

PARQUET = "application/vnd.apache.parquet"
#: Rows that are unpacked at a time; a text may be long.
_ROWS_AT_A_TIME = 16
#: The most bytes that one column of a row group may unpack to: more would have to be held at once.
_MOST_UNPACKED_BYTES = 400_000_000


def read_parquet(file: IO[bytes], *, source: str, published_at: datetime | None, max_chars: int) -> Iterator[Article | Reject]:
    """Each row as an article, or as the reject that names it. Raises ``ReadError`` when it is no Parquet file of articles."""
    import pyarrow
    import pyarrow.parquet

    def read_row(row: dict[str, Any], where: str) -> Article:
        fields = {name: _plain(value) for name, value in row.items()}
        return article_of_fields(fields, where=where, published_at=published_at, max_chars=max_chars, media_type=PARQUET)

    def rows() -> Iterator[tuple[int, dict[str, Any]]]:
        number = 0
        for batch in table.iter_batches(batch_size=_ROWS_AT_A_TIME, columns=columns, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                yield number, {name.lower(): value for name, value in row.items()}

    try:
        with pyarrow.parquet.ParquetFile(file) as table:
            columns = [name for name in table.schema_arrow.names if name.lower() in FIELDS]
            if "text" not in map(str.lower, columns):
                names = ", ".join(table.schema_arrow.names)[:200]
                raise MetadataError(f"It has no column text (it has {names!r}). Name the columns {', '.join(FIELDS)}.")
            _check_size(table.metadata)
            yield from read_each(rows(), read_row, source=source, name="Row")
    except (pyarrow.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise ReadError(f"It is no Parquet file, or a damaged one ({reason}). Write or fetch it again.") from error


def _check_size(metadata: Any) -> None:
    for group in range(metadata.num_row_groups):
        row_group = metadata.row_group(group)
        largest = max((row_group.column(column).total_uncompressed_size for column in range(row_group.num_columns)), default=0)
        if largest > _MOST_UNPACKED_BYTES:
            raise ReadError(
                f"One of its columns unpacks to {largest:,} bytes in a row group; at most {_MOST_UNPACKED_BYTES:,} are read. "
                "Write it with smaller row groups."
            )


def _plain(value: Any) -> Any:
    """A time or date as text, as the other fields are."""
    return value.isoformat() if isinstance(value, date | datetime) else value
