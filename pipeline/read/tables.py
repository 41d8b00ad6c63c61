"""Tables of a page: told from layout, their spans filled in and their header rows made one."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

_ROWS = frozenset(("tr", "row"))
_CELLS = frozenset(("td", "th", "cell"))
_MOST_COLUMNS = 60
_MOST_CELLS = 40_000
#: A cell of more characters than this holds prose, so that its table is layout.
_LONGEST_CELL = 400
_SPACE = re.compile(r"\s+")


def is_data_table(table: Any) -> bool:
    """Whether a ``table`` element holds data, not the layout of a page: rows of two cells or more, none of them prose."""
    if table.get("role") in ("presentation", "none") or next(table.iterdescendants("table"), None) is not None:
        return False
    widths = [len(cells) for cells in _cells(table)]
    if sum(width >= 2 for width in widths) < 2:
        return False
    return all(len(_text(cell)) <= _LONGEST_CELL for cells in _cells(table) for cell in cells)


def read_rows(table: Any) -> list[list[str]]:
    """The texts of the cells, row by row, all rows of one width; a caption or a title row at the top is a row of one cell.

    Rows without text are left out, and so are columns without text.
    """
    captions = [_text(caption) for caption in table.iterchildren("caption")]
    rows = [[_text(cell).replace("|", "/") for cell in cells] for cells in _cells(table)]
    rows = [row for row in rows if any(row)]
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    titles = [[caption] for caption in captions if caption]
    while len(rows) > 1 and rows[0][0] and not any(rows[0][1:]):
        titles.append([rows.pop(0)[0]])
    filled = [column for column in range(width) if any(row[column] for row in rows)]
    return titles + [[row[column] for column in filled] for row in rows]


def normalize_tables(tree: Any) -> None:
    """Fill in the spans of every data table of an HTML tree, and make its header rows one; the tree is changed in place.

    A cell that spans columns or rows is repeated in each, but for one that spans the whole table, which is a title.
    ``Exports`` above ``2023`` and ``2024`` becomes ``Exports 2023`` and ``Exports 2024``.
    """
    for table in list(tree.iter("table")):
        if is_data_table(table):
            _normalize(table)


def _normalize(table: Any) -> None:
    rows = [row for row in table.iter("tr") if _owner(row) is table]
    grid = _grid(rows)
    if grid is None:
        return
    heads = _count_head_rows(rows, grid)
    if heads > 1:
        grid[heads - 1] = [_merged([grid[row][column] for row in range(heads)]) for column in range(len(grid[0]))]
    for row, cells in zip(rows, grid, strict=True):
        for cell in list(row):
            row.remove(cell)
        row.extend(cells)
    for row in rows[: heads - 1] if heads > 1 else []:
        row.getparent().remove(row)


def _grid(rows: list[Any]) -> list[list[Any]] | None:
    """The cells of each row with spans filled in, as fresh elements; None where the table has no span or is too large."""
    spans = [[(cell, _span(cell, "colspan"), _span(cell, "rowspan")) for cell in row if cell.tag in _CELLS] for row in rows]
    width = max((sum(columns for _, columns, _ in row) for row in spans), default=0)
    has_spans = any(columns > 1 or down > 1 for row in spans for _, columns, down in row)
    several_heads = len(spans) > 1 and all(cell.tag == "th" for row in spans[:2] for cell, _, _ in row)
    if not (has_spans or several_heads) or width > _MOST_COLUMNS or width * len(rows) > _MOST_CELLS:
        return None
    grid: list[list[Any]] = []
    hanging: dict[int, tuple[Any, int]] = {}  # column → the cell that reaches down into it, and how many rows more
    for row in spans:
        cells: list[Any] = []
        waiting = list(row)
        is_title = len(row) == 1 and row[0][1] >= width and width > 1
        while waiting or len(cells) in hanging:
            column = len(cells)
            if column in hanging:
                cell, down = hanging.pop(column)
                if down > 1:
                    hanging[column] = (cell, down - 1)
                cells.append(_copy(cell))
                continue
            cell, columns, down = waiting.pop(0)
            for number in range(columns):
                cells.append(_copy(cell, empty=is_title and number > 0))
                if down > 1 and not is_title:
                    hanging[column + number] = (cell, down - 1)
            if len(cells) > _MOST_COLUMNS:
                return None
        grid.append(cells)
    width = max(map(len, grid), default=0)
    for cells in grid:
        cells.extend(_copy(cells[0], empty=True) for _ in range(width - len(cells)) if cells)
    return grid


def _count_head_rows(rows: list[Any], grid: list[list[Any]]) -> int:
    """How many rows at the top are headers: those of ``thead``, else those that hold header cells alone."""
    count = 0
    for row, cells in zip(rows, grid, strict=True):
        in_head = row.getparent().tag == "thead" or (len(cells) > 1 and all(cell.tag == "th" for cell in cells))
        is_title = sum(bool(_text(cell)) for cell in cells) < 2
        if not in_head or (is_title and count == 0):
            break
        count += 1
    return count if count < len(rows) else 0


def _merged(cells: list[Any]) -> Any:
    texts = [text for text in dict.fromkeys(map(_text, cells)) if text]
    merged = _copy(cells[0], empty=True)
    merged.tag = "th"
    merged.text = " ".join(texts)
    return merged


def _copy(cell: Any, *, empty: bool = False) -> Any:
    if empty:
        return cell.makeelement(cell.tag)
    copied = deepcopy(cell)
    copied.attrib.clear()
    copied.tail = None
    return copied


def _cells(table: Any) -> list[list[Any]]:
    return [[cell for cell in row if cell.tag in _CELLS] for row in table.iter(*_ROWS)]


def _owner(row: Any) -> Any:
    return next(row.iterancestors("table"), None)


def _span(cell: Any, name: str) -> int:
    """The value of ``colspan`` or ``rowspan``, between 1 and 1,000; 1 where it is no number."""
    value = (cell.get(name) or "").strip()
    return min(max(int(value), 1), 1000) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _text(cell: Any) -> str:
    return _SPACE.sub(" ", "".join(cell.itertext())).strip()
