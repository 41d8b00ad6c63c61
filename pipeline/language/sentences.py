"""Sentences of a text, from its blocks and from where sentences may start; what both splitters share, without spaCy.

``split`` cuts blocks at given starts: those that a statistical splitter found (``language.analysis``), or those that the
marks alone suggest (``likely_starts``), which is what the figures-only profile reads with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.language.blocks import Block
from pipeline.number.calendar_words import SHORT_MONTHS
from pipeline.records import SentenceKind

# The splitter takes the period of these for the end of a sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:No|Nos|Rs|Rp|vs|Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|St|Sr|Jr|approx|ca?|est|resp|cf|incl|excl|Fig|Sec|Art|Para|para|pp?|Vol|"
    rf"{'|'.join(month.title() for month in SHORT_MONTHS)}|i\.e|e\.g)|\b[A-Z])\.$"
)

# What a sentence ends in: a mark, a quotation mark, a bracket, or the digit of a footnote glued to the mark (``GDP.1``).
_END = re.compile(r"(?:[.?!…:;][\"'”’)\]»*]*|[.?!][\"'”’)\]]*\d{1,2})$")
# A footnote mark glued to the end of a sentence hides that end from the splitter: ``of GDP.1 The``.
_BEHIND_FOOTNOTE = re.compile(r"(?<=[a-zA-Z)”])\.\d{1,2}[ \u00a0](?=[A-Z“])")

#: In characters. No sentence of a report is as long; a table or a list of numbers set as one is cut into pieces of it, since
#: what a sentence costs grows with the square of the figures in it.
LONGEST_SENTENCE = 2_000

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """A sentence: ``text[start_char:end_char]``, trimmed; ``block`` is the index of the block that it lies in."""

    start_char: int
    end_char: int
    kind: SentenceKind
    block: int


def split(text: str, blocks: Sequence[Block], starts: Iterable[int], spans: Spans) -> list[SentenceSpan]:
    """The sentences of ``text``: its blocks, cut at those of ``starts`` that may start one, and at no place inside ``spans``.

    ``starts`` are offsets in any order; a start behind a footnote mark is added to them.
    """
    inside = _Inside(spans)
    sentences: list[SentenceSpan] = []
    ordered = sorted({*starts, *(m.end() for m in _BEHIND_FOOTNOTE.finditer(text))})
    position = 0
    for number, block in enumerate(blocks):
        begin = block.mark_end
        while position < len(ordered) and ordered[position] <= begin:
            position += 1
        while position < len(ordered) and ordered[position] < block.end_char:
            at = ordered[position]
            position += 1
            if block.kind not in ("heading", "table_row") and not inside(at) and _may_start(text, begin, at, block.end_char):
                _append(sentences, text, begin, at, block.kind, number, inside)
                begin = at
        _append(sentences, text, begin, block.end_char, block.kind, number, inside)
    return sentences


def _may_start(text: str, begin: int, at: int, end: int) -> bool:
    """Whether a sentence may start at ``at``: not behind an abbreviation, and not inside a clause."""
    before = text[max(begin, at - 16) : at].rstrip()
    if not before or _ABBREVIATION.search(before):
        return False
    following = text[at : min(end, at + 40)]
    if not _END.search(before) or following[0].islower():
        return False
    return any(c.isalnum() for c in following)


def _append(
    out: list[SentenceSpan], text: str, start: int, end: int, kind: SentenceKind, block: int, inside: Callable[[int], bool]
) -> None:
    while end - start > LONGEST_SENTENCE:
        cut = _cut(text, start, inside)
        _append(out, text, start, cut, kind, block, inside)
        start = cut
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        out.append(SentenceSpan(start, end, kind, block))


def _cut(text: str, start: int, inside: Callable[[int], bool]) -> int:
    """Where to cut what goes on for too long: behind the last mark or space of the stretch that is allowed, outside figures."""
    low, high = start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE
    for marks in (".;\n", ",|\t", " "):
        for at in range(high, low, -1):
            if text[at - 1] in marks and not inside(at):
                return at
    return next((at for at in range(high, low, -1) if not inside(at)), high)


class _Inside:
    """Whether a character offset lies inside one of some spans (not at its start)."""

    def __init__(self, spans: Spans) -> None:
        self._offsets = {offset for start, end in spans for offset in range(start + 1, end)}

    def __call__(self, offset: int) -> bool:
        return offset in self._offsets


# --- starts by marks alone ----------------------------------------------------------------------------------------------

# A mark that ends sentences, what may close behind it, space, and what may open the next one.
_BOUNDARY = re.compile(r"[.?!…][\"'”’)\]»]{0,3}[ \u00a0\n\r\t]{1,4}(?=[\"'“‘(\[«]{0,2}[^\W_a-z])")
# Behind these a period mostly ends no sentence.
_TITLE = re.compile(
    r"\b(?:Inc|Corp|Co|Ltd|Bros|Mt|Ft|Messrs|Hon|Rev|Capt|Sgt|Maj|Gov|Supt|Ave|Blvd|Rd|Dept|Univ|al|viz|Bhd|Pvt|Pty|Tbk)\.$"
)


def likely_starts(text: str) -> list[int]:
    """Where sentences start by marks and capitals alone, in order; ``split`` still drops those behind abbreviations.

    >>> likely_starts("Sales rose. Acme Inc. Chairman Lee left. “So be it!” she said.")
    [12, 41]
    """
    return [
        match.end()
        for match in _BOUNDARY.finditer(text)
        if text[match.start()] != "." or not _TITLE.search(text, max(0, match.start() - 8), match.start() + 1)
    ]
