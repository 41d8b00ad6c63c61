"""Where sentences end, by punctuation alone: enough to know how far a unit or a comparison reaches."""

from __future__ import annotations

import re

SENTENCE_END = re.compile(r"[.!?][”\"’')]?\s+(?=[A-Z“\"‘'(•–-])|\n\n|\n(?=[•*\-–—\d])")


def sentence_around(text: str, start: int, end: int, reach: int = 200) -> tuple[int, int]:
    """The sentence that holds ``start:end``, cut at ``reach`` characters either side."""
    left = max(0, start - reach)
    for match in SENTENCE_END.finditer(text, left, start):
        left = match.end()
    after = SENTENCE_END.search(text, end, min(len(text), end + reach))
    return left, after.start() if after else min(len(text), end + reach)


def distance(pattern: re.Pattern[str], text: str, left: int, start: int, end: int, right: int) -> int:
    """How many characters the nearest match of ``pattern`` within ``left:right`` lies from ``start:end``; 1000 for none.

    What stands behind counts 25 characters farther: English names the measure before its number.
    """
    best = 1000
    for match in pattern.finditer(text, left, start):
        best = start - match.end()
    if behind := pattern.search(text, end, right):
        best = min(best, behind.start() - end + 25)
    return best
