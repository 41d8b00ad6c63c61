"""A tree of HTML (or of trafilatura's simplified XML) → text: blocks apart by blank lines, a list item or table row a line.

Items begin with ``• ``. The cells of a row are joined by `` | ``; a row of two cells carries outer bars, so that no line
with one bar, which may be a byline, is taken for it. A column that has no text is empty between its bars.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from lxml import etree

from pipeline.read.tables import is_data_table, read_rows

_HEADINGS = frozenset(("head", "h1", "h2", "h3", "h4", "h5", "h6"))
_ITEMS = frozenset(("item", "li"))
_BLOCK_TAGS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form header "
    "list main ol p pre quote section summary table tbody tfoot thead title tr td th row cell ul"
)
_BLOCKS = _HEADINGS | _ITEMS | frozenset(_BLOCK_TAGS.split())
_BREAKS = frozenset(("br", "hr", "lb"))
_SKIPPED_TAGS = "audio button canvas graphic iframe img input noscript object script select style svg template video"
_SKIPPED = frozenset(_SKIPPED_TAGS.split())
#: What HTML treats as white space; a no-break space is none, and stays.
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
ITEM_MARK = "• "

_Kind = Literal["block", "item", "row"]


def render(tree: Any) -> str:
    """The text of ``tree``, an lxml element; pass the body of a page, since ``head`` means a heading here.

    >>> render(etree.fromstring("<body><h1>Exports</h1><ul><li>up 5%</li><li>down 3%</li></ul><p>End.</p></body>"))
    'Exports\\n\\n• up 5%\\n• down 3%\\n\\nEnd.'
    """
    page = _Page()
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        is_tag = isinstance(tag, str)
        if event == "start":
            if not is_tag or tag in _SKIPPED:
                walk.skip_subtree()
            elif tag == "table" and is_data_table(element):
                page.add_table(read_rows(element))
                walk.skip_subtree()
            else:
                page.start(tag, element.text)
        else:
            if is_tag and tag not in _SKIPPED:
                page.end(tag)
            if element is not tree:
                page.add_text(element.tail)
    page.flush()
    return page.text()


class _Page:
    """The blocks so far, and the inline text of the block that is open. A None among the inline parts is a line break."""

    __slots__ = ("_blocks", "_in_item", "_inline", "_preserved")

    def __init__(self) -> None:
        self._blocks: list[tuple[_Kind, str]] = []
        self._inline: list[str | None] = []
        self._in_item = False
        self._preserved = 0

    def start(self, tag: str, text: str | None) -> None:
        if tag in _BLOCKS:
            self.flush()
            self._in_item = tag in _ITEMS or (self._in_item and tag not in _HEADINGS)
            self._preserved += tag == "pre"
        elif tag in _BREAKS:
            self._inline.append(None)
        self.add_text(text)

    def end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush()
            self._preserved -= tag == "pre"
            if tag in _ITEMS or tag in ("ul", "ol", "list"):
                self._in_item = False

    def add_text(self, text: str | None) -> None:
        if not text:
            return
        if not self._preserved:
            self._inline.append(text)
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self._inline.append(None)
            self._inline.append(line)

    def add_table(self, rows: list[list[str]]) -> None:
        self.flush()
        for row in rows:
            self._blocks.append(("block", row[0]) if len(row) == 1 else ("row", join_cells(row)))
        self._blocks.append(("block", ""))  # so that two tables stand apart

    def flush(self) -> None:
        """Close the open block; an empty line in it (two breaks) parts it in two."""
        lines: list[str] = []
        for line in _lines(self._inline):
            if line:
                lines.append(line)
            elif lines:
                self._add("\n".join(lines))
                lines = []
        if lines:
            self._add("\n".join(lines))
        self._inline = []

    def _add(self, text: str) -> None:
        if self._in_item:
            self._blocks.append(("item", ITEM_MARK + text))
            self._in_item = False
        else:
            self._blocks.append(("block", text))

    def text(self) -> str:
        parts: list[str] = []
        before: _Kind = "block"
        for kind, text in self._blocks:
            if parts and text:
                parts.append("\n" if kind == before and kind != "block" else "\n\n")
            parts.append(text)
            before = kind
        return "".join(parts).strip()


def _lines(inline: list[str | None]) -> list[str]:
    lines: list[list[str]] = [[]]
    for part in inline:
        if part is None:
            lines.append([])
        else:
            lines[-1].append(part)
    return [_SPACE.sub(" ", "".join(line)).strip(" ") for line in lines]


def join_cells(cells: list[str]) -> str:
    """A row of a table as a line: see the module's first lines.

    >>> join_cells(["Kenya", "12", "14"]), join_cells(["2024", "4.5"])
    ('Kenya | 12 | 14', '| 2024 | 4.5 |')
    """
    joined = " | ".join(cells)
    return f"| {joined} |" if len(cells) == 2 else joined.strip()
