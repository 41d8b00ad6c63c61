"""Rows as files: CSV, Excel, Parquet and JSON. A text from an article is never a formula."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from pipeline.browse.desk import desk_of
from pipeline.browse.state import read_query
from pipeline.errors import QueryError
from pipeline.plain import format_decimal, to_plain, to_text
from pipeline.store import QueryResult
from pipeline.store.facets import EXPORT_COLUMNS

Rows = Iterable[Sequence[Any]]

#: What a cell of a spreadsheet may not begin with, since it would be worked out instead of shown.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_EXCEL_ROWS = 1_048_575
_EXCEL_TEXT = 32_767
#: Excel keeps this many digits of a number; one with more is written as text.
_EXCEL_DIGITS = 15

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows to write: their columns, the rows themselves (read once), and how they become Parquet."""

    columns: Sequence[str]
    rows: Rows
    to_parquet: Callable[[Path], None]


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that could be gets an apostrophe before it.

    >>> harmless("=1+1"), harmless("5% of exports")
    ("'=1+1", '5% of exports')
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def write_csv(table: Table, path: Path) -> None:
    """Write UTF-8 CSV with a byte order mark, which Excel needs to read it as UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([harmless(name) for name in table.columns])
        for row in table.rows:
            writer.writerow([harmless(value) if isinstance(value, str) else to_text(value) for value in row])


def write_json(table: Table, path: Path) -> None:
    """Write one JSON array, an object a line."""
    with path.open("w", encoding="utf-8", errors="replace") as file:
        file.write("[")
        for number, row in enumerate(table.rows):
            record = {name: to_plain(value) for name, value in zip(table.columns, row, strict=True)}
            file.write(("," if number else "") + "\n" + json.dumps(record, ensure_ascii=False))
        file.write("\n]\n")


def write_excel(table: Table, path: Path) -> None:
    """Write an Excel workbook; numbers with more digits than Excel keeps are text, and rows past its limit are left out."""
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("Rows")
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.freeze_panes(1, 0)
        for index, name in enumerate(table.columns):
            sheet.write_string(0, index, name, bold)
        for number, row in enumerate(table.rows, start=1):
            if number > _EXCEL_ROWS:
                break
            for index, value in enumerate(row):
                _write_cell(sheet, number, index, value, day=day, moment=moment)
        sheet.autofilter(0, 0, max(1, min(_EXCEL_ROWS, sheet.dim_rowmax or 1)), len(table.columns) - 1)


def _write_cell(sheet: Any, row: int, column: int, value: Any, *, day: Any, moment: Any) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case int() | float() if abs(value) < 10**_EXCEL_DIGITS:
            sheet.write_number(row, column, value)
        case Decimal() if value.is_finite() and len(format_decimal(value).lstrip("-").replace(".", "")) <= _EXCEL_DIGITS:
            sheet.write_number(row, column, float(value))
        case datetime() if value.year >= 1900:
            sheet.write_datetime(row, column, value.replace(tzinfo=None), moment)
        case date() if value.year >= 1900:
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
        case _:
            sheet.write_string(row, column, to_text(value)[:_EXCEL_TEXT])


def answer_with(table: Table, *, format_name: str, stem: str) -> Response:
    """The rows as a file to keep. Raises ``QueryError`` for a format that there is not."""
    writers: dict[str, Callable[[Table, Path], None]] = {
        "csv": write_csv,
        "json": write_json,
        "xlsx": write_excel,
        "parquet": lambda table, path: table.to_parquet(path),
    }
    if format_name not in writers:
        raise QueryError(f"There is no format {format_name!r}; there are {', '.join(writers)}.")
    with tempfile.NamedTemporaryFile(prefix="factledger-", suffix=f".{format_name}", delete=False) as file:
        path = Path(file.name)
    try:
        writers[format_name](table, path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return FileResponse(
        path,
        media_type=MEDIA_TYPES[format_name],
        filename=f"{stem}.{format_name}",
        background=BackgroundTask(path.unlink, missing_ok=True),
    )


def rows_table(result: QueryResult) -> Table:
    """The rows of a query as a table to write."""

    def to_parquet(path: Path) -> None:
        from pipeline.store.files import rows_to_parquet

        rows_to_parquet(result.columns, result.rows, path)

    return Table(columns=result.columns, rows=result.rows, to_parquet=to_parquet)


@contextmanager
def _facts_table(request: Request) -> Iterator[Table]:
    from pipeline.store.files import export_batches, facts_to_parquet

    wanted = read_query(request.query_params)
    with desk_of(request).room.reading() as con:
        rows = (row for batch in export_batches(con, wanted) for row in batch)
        yield Table(columns=EXPORT_COLUMNS, rows=rows, to_parquet=lambda path: facts_to_parquet(con, wanted, path))


def export_facts(request: Request) -> Response:
    """All facts that pass the filter of the address, as a file."""
    with _facts_table(request) as table:
        return answer_with(table, format_name=request.path_params["format"], stem="facts")


routes = [Route("/export/facts.{format}", export_facts)]
