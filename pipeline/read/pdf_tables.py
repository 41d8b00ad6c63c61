"""Ruled tables of a PDF page: pdfplumber finds their cells. It is slow, so only a page with ruling lines is shown to it."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from typing import Any

from pipeline.read.pdf_lines import Cell, Line

#: A table with rules has at least this many lines or boxes drawn, and a page with more of them is a drawing.
_FEWEST_RULES = 4
_MOST_RULES = 3_000
_MOST_OBJECTS = 20_000
logger = logging.getLogger("factledger.read")


def replace_tables(lines: list[Line], page: Any, data: bytes, number: int) -> list[Line]:
    """The lines of page ``number`` with those inside a ruled table replaced by the rows of the table, a cell a column."""
    if sum(any(char.isdigit() for char in line.text) for line in lines) < 2 or not _has_rules(page):
        return lines
    tables = _ruled_tables(data, number)
    for (left, top, right, bottom), rows in tables:
        inside = [
            i
            for i, line in enumerate(lines)
            if bottom <= line.baseline + 1 and line.baseline <= top and left - 2 <= line.left <= right
        ]
        if not inside:
            continue
        size = lines[inside[0]].size
        made = _as_lines(rows, left=left, right=right, top=top, size=size)
        rest = set(inside)
        lines = (
            [line for i, line in enumerate(lines) if i < inside[0] and i not in rest]
            + made
            + [line for i, line in enumerate(lines) if i > inside[0] and i not in rest]
        )
    return lines


def _has_rules(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page)
    if count > _MOST_OBJECTS:
        return False
    kinds = (pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, number)) for number in range(count))
    paths = sum(1 for kind in kinds if kind == pdfium.FPDF_PAGEOBJ_PATH)
    return _FEWEST_RULES <= paths <= _MOST_RULES


def _ruled_tables(data: bytes, number: int) -> list[tuple[tuple[float, float, float, float], list[list[str]]]]:
    """(left, top, right, bottom) with y from the lower edge, and the cells, of each table of two columns and rows or more."""
    import pdfplumber

    found = []
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[number + 1]) as document:
            page = document.pages[0]
            for table in page.find_tables():
                rows = [[" ".join((cell or "").split()) for cell in row] for row in table.extract()]
                rows = [row for row in rows if any(row)]
                if len(rows) >= 2 and sum(sum(map(bool, row)) >= 2 for row in rows) >= 2:
                    x0, top, x1, bottom = table.bbox
                    found.append(((x0, page.height - top, x1, page.height - bottom), rows))
    except Exception as error:  # pdfminer raises whatever a damaged file provokes; the text of the page is there without it
        logger.info("The tables of page %d were not looked for: %s", number + 1, error)
    return found


def _as_lines(rows: Sequence[Sequence[str]], *, left: float, right: float, top: float, size: float) -> list[Line]:
    """Rows as lines whose cells stand in even columns, so that they are laid out as any other table is."""
    width = max(map(len, rows))
    filled = [column for column in range(width) if any(column < len(row) and row[column] for row in rows)]
    step = (right - left) / max(len(filled), 1)
    made = []
    for number, row in enumerate(rows):
        cells = tuple(
            Cell(row[column] if column < len(row) else "", left + place * step, left + (place + 0.9) * step)
            for place, column in enumerate(filled)
        )
        text = " ".join(cell.text for cell in cells if cell.text)
        made.append(Line(text, size, left, right, top - (number + 1) * size, cells, is_row=True))
    return made
