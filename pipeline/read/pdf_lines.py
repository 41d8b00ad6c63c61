"""The lines of a PDF page with their places: what is set where, before anything is made of it.

Places are in points, x from the left and y from the lower edge of the page.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import Any

#: pdfium's sign for a hyphen at a line's end, where a word was broken or joined.
HYPHEN = "\ufffe"
_BREAK = re.compile(r"\r\n|\r|\n|(?<=\ufffe)")
#: Cells stand apart by more than this many times the size of the letters.
_CELL_GAP = 1.2
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Cell:
    """Words that stand together in a line, and from where to where."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its words, the size of its letters, its extent, its baseline, and its cells (one in prose).

    ``is_row`` is true where the line is known to be a row of a table.
    """

    text: str
    size: float
    left: float
    right: float
    baseline: float
    cells: tuple[Cell, ...]
    is_row: bool = False


def read_lines(page: Any) -> list[Line]:
    """The lines of a pypdfium2 page in the order in which it holds them, lines without words left out."""
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()
        lines, start = [], 0
        for piece in _BREAK.split(text):
            end = start + len(piece)
            if piece.strip():
                lines.append(_line(text_page, piece, start))
            start = end
            while start < len(text) and text[start] in "\r\n":
                start += 1
        return lines
    finally:
        text_page.close()


def _line(text_page: Any, text: str, start: int) -> Line:
    boxes = [
        (word.start(), word.end(), text_page.get_charbox(start + word.start()), text_page.get_charbox(start + word.end() - 1))
        for word in _WORD.finditer(text)
    ]
    first = start + boxes[0][0]
    size = _font_size(text_page, first)
    cells: list[Cell] = []
    for begin, end, head, tail in boxes:
        word, left, right = text[begin:end], head[0], max(tail[2], head[2])
        if cells and left - cells[-1].right <= _CELL_GAP * size:
            cells[-1] = Cell(f"{cells[-1].text} {word}", cells[-1].left, max(right, cells[-1].right))
        else:
            cells.append(Cell(word, left, right))
    return Line(
        text=" ".join(text.split()),
        size=size,
        left=cells[0].left,
        right=max(cell.right for cell in cells),
        baseline=_baseline(text_page, first),
        cells=tuple(cells),
    )


def _font_size(text_page: Any, index: int) -> float:
    """The height of the letters as set, scaled by the page; that of the glyph where the font does not say."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(text_page, index))
    if pdfium.FPDFText_GetMatrix(text_page, index, matrix):
        size *= (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
    if not 0.5 < size < 500:
        _, bottom, _, top = text_page.get_charbox(index, loose=True)
        size = max(top - bottom, 1.0)
    return round(size, 2)


def _baseline(text_page: Any, index: int) -> float:
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_double(), ctypes.c_double()
    if pdfium.FPDFText_GetCharOrigin(text_page, index, x, y):
        return round(y.value, 2)
    return round(float(text_page.get_charbox(index)[1]), 2)
