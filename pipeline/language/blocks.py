"""Blocks: the paragraphs, headings, list items and lines of an article, found before any sentence is.

A statistical sentence splitter glues a heading to the sentence below it; a block boundary is a fact about the
page, so it is read from line breaks and marks alone and then binds the splitter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.records import SentenceKind

LIST_MARK = re.compile(
    r"[ \t\u00a0]*(?:[*•▪■●◦‣·–—-][ \t\u00a0]+|[•▪■●◦‣]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \t\u00a0]+|#{1,6}[ \t]+)"
)
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_TERMINAL = re.compile(r"[.!?…:;][\"'”’)\]]*\s*$")
_BOILERPLATE = re.compile(
    r"(?i)\s*(?:\(?\s*(?:reporting|editing|writing|compiled) by\b|(?:media|press) (?:contact|enquiries|inquiries)\b"
    r"|©|\(c\) \d{4}|copyright\b|all rights reserved|disclaimer\b|source:|notes? to editors?\b"
    r"|-?\s*ends?\s*-?\s*$|#{3,}|[*_=-]{3,}\s*$)"
)
# ``BEIJING, Aug 6, 2025 (Wire) - `` and ``GUIYANG, Jan. 28 -- ``: where and when a report was filed, before its first sentence.
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’-]+(?:[ /-][A-Z.'’-]{2,}){0,3})(?:,[ \u00a0][A-Z][A-Za-z.]{1,15})?"
    r"(?:(?:,[ \u00a0]|[ \u00a0])[^\n()–—]{0,40}?\d{1,2}(?:,[ \u00a0]\d{4})?)?[ \u00a0]?(?:\([^()\n]{2,40}\)[ \u00a0]?)?"
    r"(?:--|(?<!\d)[-–—])[ \u00a0]?-?"
)
# A hard-wrapped text breaks its lines near one width; a text with a line a paragraph does not.
_WRAP_WIDTH = range(50, 101)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that no sentence crosses: ``text[start_char:end_char]``, trimmed of white space.

    ``mark_end`` is where the text proper begins behind a list mark (``1. ``, ``• ``); it equals ``start_char``
    where there is none.
    """

    start_char: int
    end_char: int
    mark_end: int
    kind: SentenceKind


def read_blocks(text: str) -> list[Block]:
    """The blocks of ``text`` in order; together they hold every character that is not white space."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if not m.group().isspace()]
    if not lines:
        return []
    wrapped = _is_hard_wrapped(text, lines)
    joined: list[tuple[int, int]] = []
    for start, end in lines:
        if joined and wrapped and _continues(text, joined[-1], (start, end)):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [block for start, end in joined for block in _blocks(text, start, end)]


def _is_hard_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether most line breaks inside paragraphs come at one width, in the middle of a sentence."""
    inner = [(a, b) for (a, b), (c, _) in pairwise(lines) if text.count("\n", b, c) == 1 and not LIST_MARK.match(text, c)]
    if len(inner) < 3:
        return False
    broken = sum((b - a) in _WRAP_WIDTH and not _TERMINAL.search(text[max(a, b - 8) : b]) for a, b in inner)
    return 2 * broken > len(inner)


def _continues(text: str, before: tuple[int, int], line: tuple[int, int]) -> bool:
    gap = text[before[1] : line[0]]
    if gap.count("\n") + gap.count("\u2029") != 1 or LIST_MARK.match(text, line[0]):
        return False
    last = max(text.rfind("\n", before[0], before[1]) + 1, before[0])
    return before[1] - last >= _WRAP_WIDTH.start


def _blocks(text: str, start: int, end: int) -> list[Block]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    dateline = _DATELINE.match(text, start, min(end, start + 120))
    if dateline and dateline.end() < end and len(dateline.group().rstrip()) > 6:
        head = len(dateline.group().rstrip())
        return [Block(start, start + head, start, "boilerplate"), _block(text, dateline.end(), end)]
    return [_block(text, start, end)]


def _block(text: str, start: int, end: int) -> Block:
    mark = LIST_MARK.match(text, start, end)
    mark_end = mark.end() if mark and mark.end() < end else start
    return Block(start, end, mark_end, _kind(text, start, mark_end, end))


def _kind(text: str, start: int, mark_end: int, end: int) -> SentenceKind:
    body = text[mark_end:end]
    if _BOILERPLATE.match(body):
        return "boilerplate"
    if "\t" in body or body.count("|") >= 2 or re.search(r"\S {3,}\S.* {3,}\S", body[:400]):
        return "table_row"
    if text[start:mark_end].lstrip().startswith("#"):
        return "heading"
    short = len(body) <= 150 and not _TERMINAL.search(body[-8:])
    if short and "\n" not in body and (mark_end == start or text[start:mark_end].strip()[:1].isdigit()):
        return "heading"
    return "list_item" if mark_end > start else "prose"
