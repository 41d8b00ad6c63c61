"""Lines of PDF pages → blocks: running headers and footers left out, paragraphs and broken words rejoined, tables as rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.read.pdf_lines import HYPHEN, Cell, Line
from pipeline.read.render import join_cells

#: The lines nearest the upper and lower edge of a page among which headers and footers are looked for.
_EDGE_LINES = 3
#: … and how far down and up these may stand, as shares of the height of the uppermost line.
_FOOT, _HEAD = 0.12, 0.93
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|\s]{0,4}(?:page|p\.)?\s{0,3}\d{1,4}(?:\s{0,2}(?:of|/|\|)\s{0,2}\d{1,4})?[-–—|\s]{0,4}|[ivxl]{1,6})", re.IGNORECASE
)
_ITEM = re.compile(r"\s*(?:[•▪■●◦‣·*–—-]\s+\S|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+\S)")
_TERMINAL = re.compile(r"[.!?:;…][\"'”’)\]]*[¹²³\d]{0,2}$")
_FIGURE = re.compile(r"\d")
#: First halves that keep their hyphen at the end of a line (``year-on-year``, ``long-term``, ``cross-border``).
_KEEPS_HYPHEN = frozenset(
    ["year", "month", "quarter", "week", "day", "cross", "self", "long", "short", "medium", "high", "low", "well", "large",
     "small", "full", "half", "part", "world", "state", "non", "ex", "so", "e", "co", "first", "second", "third", "year-on"]
)  # fmt: skip
_BROKEN = re.compile(rf"(\w+(?:-\w+)?)-?{HYPHEN}\s?(\S+)")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block of text: ``kind`` is ``row`` for one line of a table, else ``text``; ``size`` is that of its letters."""

    text: str
    kind: str
    size: float


def strip_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page without those that run along its edge on many pages, and without page numbers."""
    seen: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        seen.update({_running_key(line) for line in _edges(lines)})
    fewest = max(2, round(0.3 * len(pages)))
    kept = []
    for lines in pages:
        edge = _edges(lines)
        running = {
            id(line)
            for line in edge
            if seen[_running_key(line)] >= fewest or (_PAGE_NUMBER.fullmatch(line.text) and len(lines) > 1)
        }
        kept.append([line for line in lines if id(line) not in running])
    return kept


def _edges(lines: Sequence[Line]) -> list[Line]:
    """The outermost lines of a page, above and below, and all that stand on the same height."""
    heights = sorted({round(line.baseline) for line in lines})
    highest = heights[-1] if heights else 0
    outer = {height for height in heights[:_EDGE_LINES] if height < _FOOT * highest}
    outer |= {height for height in heights[-_EDGE_LINES:] if height > _HEAD * highest}
    return [line for line in lines if round(line.baseline) in outer]


def _running_key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.baseline / 4)


def read_pdf_blocks(pages: Sequence[Sequence[Line]]) -> list[TextBlock]:
    """The blocks of all pages in order; a paragraph goes on across columns and pages."""
    words = Counter(word for lines in pages for line in lines for word in re.findall(r"[\w-]+", line.text.lower()))
    pitch = _line_pitch(pages)
    blocks: list[TextBlock] = []
    paragraph: list[Line] = []
    turned = False  # whether a page was turned since the last line

    def close() -> None:
        if paragraph:
            blocks.append(TextBlock(_rejoin([line.text for line in paragraph], words), "text", paragraph[0].size))
            paragraph.clear()

    for lines in pages:
        at = 0
        while at < len(lines):
            end = _table_end(lines, at)
            if end > at:
                close()
                blocks.extend(TextBlock(row, "row", lines[at].size) for row in _table_rows(lines[at:end]))
                at = end
                continue
            line = lines[at]
            if paragraph and not _continues(paragraph, line, pitch=pitch, turned=turned):
                close()
            paragraph.append(line)
            turned = False
            at += 1
        turned = True
    close()
    return blocks


def _line_pitch(pages: Sequence[Sequence[Line]]) -> float:
    """The commonest distance from one baseline to the next, as a multiple of the size of the letters."""
    steps = [
        (a.baseline - b.baseline) / a.size
        for lines in pages
        for a, b in pairwise(lines)
        if a.size == b.size and 0.8 <= (a.baseline - b.baseline) / a.size <= 2.5
    ]
    return median(steps) if steps else 1.2


def _continues(paragraph: Sequence[Line], line: Line, *, pitch: float, turned: bool) -> bool:
    """Whether ``line`` goes on with the paragraph: same letters, next below, not indented, and no end before it."""
    last = paragraph[-1]
    if HYPHEN in last.text[-1:] and not last.text.endswith(" " + HYPHEN):
        return True
    if abs(last.size - line.size) > 0.12 * last.size or _ITEM.match(line.text):
        return False
    step = (last.baseline - line.baseline) / last.size
    if turned or step < -1:  # the next column or page: a sentence that is not at its end goes on
        return not _TERMINAL.search(last.text) and line.text[:1].islower()
    if step > 1.35 * pitch + 0.05:
        return False
    if abs(step) < 0.3:  # on the same height
        return True
    widest = max(each.right for each in paragraph)
    left = min(each.left for each in paragraph[-3:])
    width = max(widest - left, line.right - line.left)
    if line.left - left > 0.8 * line.size and len(paragraph) > 1:
        return False
    is_short = last.right < left + 0.8 * width
    return not (is_short and (_TERMINAL.search(last.text) or not line.text[:1].islower()))


def _rejoin(texts: Sequence[str], words: Counter[str]) -> str:
    """Lines as one paragraph, words that were broken at a line's end made whole."""
    joined = "".join(text if text.endswith((HYPHEN, "-")) else text + " " for text in texts).strip()

    def whole(match: re.Match[str]) -> str:
        first, rest = match[1], match[2]
        second = (re.match(r"\w+", rest) or [""])[0]
        if not second:
            return first + "-" + rest
        bare, hyphened = words[(first + second).lower()], words[f"{first}-{second}".lower()]
        keeps = hyphened > bare or (not bare and (first.lower() in _KEEPS_HYPHEN or rest[len(second) :][:1] == "-"))
        return first + ("-" if keeps or not second[0].islower() or first[-1].isdigit() else "") + rest

    return _BROKEN.sub(whole, joined).replace(HYPHEN, "-")


def _table_end(lines: Sequence[Line], at: int) -> int:
    """Where the table that begins at a line ends; ``at`` itself where none begins there."""
    end = at
    if lines[at].is_row:
        return next((number for number, line in enumerate(lines[at:], start=at) if not line.is_row), len(lines))
    while end < len(lines) and _is_row(lines[end], lines[end - 1] if end > at else None):
        end += 1
    rows = lines[at:end]
    with_figures = sum(any(_FIGURE.search(cell.text) for cell in line.cells[1:]) for line in rows)
    return end if len(rows) >= 3 and 2 * with_figures >= len(rows) else at


def _is_row(line: Line, before: Line | None) -> bool:
    if len(line.cells) < 2 or max(len(cell.text) for cell in line.cells[1:]) > 60:
        return False
    return before is None or 0 < before.baseline - line.baseline < 4 * line.size


def _table_rows(lines: Sequence[Line]) -> list[str]:
    columns = _columns(lines)
    rows = []
    for line in lines:
        row = [""] * len(columns)
        for cell in line.cells:
            nearest = min(range(len(columns)), key=lambda number: _distance(columns[number], cell))
            row[nearest] = f"{row[nearest]} {cell.text}".strip().replace("|", "/")
        rows.append(join_cells(row).replace(HYPHEN, "-"))
    return rows


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The extent of each column: that of the cells of the rows with the most cells."""
    most = max(len(line.cells) for line in lines)
    fullest = [line.cells for line in lines if len(line.cells) == most]
    return [(min(cells[n].left for cells in fullest), max(cells[n].right for cells in fullest)) for n in range(most)]


def _distance(column: tuple[float, float], cell: Cell) -> float:
    """How far a cell is from a column: below zero the more of them overlaps."""
    left, right = column
    overlap = min(right, cell.right) - max(left, cell.left)
    return -overlap
