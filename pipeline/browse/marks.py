"""A text with its figures, dates and names marked, as HTML. Whatever the text holds, it is shown as text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from markupsafe import Markup

from pipeline.browse.words import visible
from pipeline.store import Record
from pipeline.store.provenance import Words


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a text that is marked: ``kind`` is figure, date, name or unexplained; ``key`` is the row it stands for."""

    start: int
    end: int
    kind: str
    key: str = ""
    #: Classes of the element, beside ``mark`` and the kind.
    classes: tuple[str, ...] = field(default=())


#: A mark and the HTML of its text → the element.
Render = Callable[[Mark, str], str]

_GAP = re.compile(r"\n[ \t\u00a0]*\n\s*")


def _classes(mark: Mark) -> str:
    return " ".join(("mark", mark.kind, *mark.classes))


def _no_link(mark: Mark, inner: str) -> str:
    return f'<mark class="{_classes(mark)}">{inner}</mark>'


def marks_of(
    facts: Iterable[Record], dates: Iterable[Record], names: Iterable[Record], numbers: Iterable[Record] = ()
) -> list[Mark]:
    """The marks of a text: figures before dates before names, so that a figure inside a name is seen; none overlap."""
    wanted = [
        *(Mark(row["start_char"], row["end_char"], "figure", row["fact_id"]) for row in facts),
        *(Mark(row["start_char"], row["end_char"], "date", row["date_id"]) for row in dates),
        *(Mark(row["start_char"], row["end_char"], "name", row["entity_id"]) for row in names),
        *(
            Mark(row["start_char"], row["end_char"], "unexplained", row["number_id"])
            for row in numbers
            if row["disposition"] == "unexplained"
        ),
    ]
    rank = {"figure": 0, "unexplained": 1, "date": 2, "name": 3}
    kept: list[Mark] = []
    taken = bytearray(max((mark.end for mark in wanted), default=0))
    for mark in sorted(wanted, key=lambda mark: (rank[mark.kind], mark.start)):
        if mark.start < mark.end and not any(taken[mark.start : mark.end]):
            kept.append(mark)
            taken[mark.start : mark.end] = b"\x01" * (mark.end - mark.start)
    return sorted(kept, key=lambda mark: mark.start)


def render(
    text: str,
    marks: Iterable[Mark],
    *,
    words: Sequence[Words] = (),
    start: int = 0,
    end: int | None = None,
    element: Render = _no_link,
) -> Markup:
    """``text[start:end]`` as HTML with ``marks``; ``words`` are underlined by what they say, across marks where need be."""
    stop = len(text) if end is None else end
    out: list[str] = []
    done = start
    for mark in sorted(marks, key=lambda mark: mark.start):
        low, high = max(mark.start, done), min(mark.end, stop)
        if low >= high:
            continue
        out.append(_underlined(text, done, low, words))
        out.append(element(mark, _underlined(text, low, high, words)))
        done = high
    out.append(_underlined(text, done, stop, words))
    return Markup("".join(out))


def _underlined(text: str, start: int, end: int, words: Sequence[Words]) -> str:
    """A part of the text, cut where the words of a fact begin and end."""
    if start >= end:
        return ""
    inside = [w for w in words if w.start < end and w.end > start and w.part != "figure"]
    edges = sorted({start, end, *(e for w in inside for e in (w.start, w.end) if start < e < end)})
    out = []
    for low, high in pairwise(edges):
        piece = shown(text[low:high])
        parts = sorted({w.part for w in inside if w.start <= low and w.end >= high})
        out.append(f'<span class="words {" ".join(parts)}">{piece}</span>' if parts else piece)
    return "".join(out)


def shown(text: object) -> Markup:
    """A text as HTML, with its unseen characters shown by their number."""
    return Markup(escape(visible(text)))


def marked_sentence(row: Record) -> Markup:
    """The sentence of a row of ``find_rows`` with its figure marked."""
    start = row["start_char"] - row["sentence_start"]
    mark = Mark(start, start + row["end_char"] - row["start_char"], "figure")
    return render(row["sentence"], [mark])


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or heading: its HTML and its kind (``prose``, ``heading``, ``list_item``, ``table_row``)."""

    kind: str
    html: Markup


def blocks_of(
    text: str,
    sentences: Sequence[Record],
    marks: Sequence[Mark],
    *,
    words: Sequence[Words] = (),
    element: Render = _no_link,
) -> list[Block]:
    """The text cut at its empty lines; a block is what its first sentence is. ``sentences`` and ``marks`` come in order."""
    blocks: list[Block] = []
    begin = 0
    gaps = [match.span() for match in _GAP.finditer(text)]
    starts, ends = [mark.start for mark in marks], [mark.end for mark in marks]
    sentence_ends = [sentence["end_char"] for sentence in sentences]
    for low, high in [*gaps, (len(text), len(text))]:
        if text[begin:low].strip():
            first = bisect_right(sentence_ends, begin)
            kind = sentences[first]["kind"] if first < len(sentences) and sentences[first]["start_char"] < low else "prose"
            inside = marks[bisect_right(ends, begin) : bisect_left(starts, low)]
            blocks.append(Block(kind, render(text, inside, words=words, start=begin, end=low, element=element)))
        begin = high
    return blocks
