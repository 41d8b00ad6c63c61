"""What a quantity looks like: decisions about units that have two meanings, and counts that are rhetoric."""

from __future__ import annotations

import re

from pipeline.quantity.words import RHETORICAL_NOUNS

# Words behind "m" that make it a metre: sizes, places of sport, grades of ore.
_METRE_CUE = re.compile(
    r"[ \u00a0-](?:deep|high|tall|wide|long|thick|above|below|beneath|underground|underwater|offshore|inland|apart|away|depth|height|"
    r"length|freestyle|butterfly|backstroke|breaststroke|hurdles|sprint|dash|relay|race|final|swim|pool|track|title|gold|platform|"
    r"springboard|x|by|of (?:water|snow|rain|core|drilling)|(?:up|down|from) (?:the|sea)|radius|diameter|asl|vessel|yacht|ship|boat|"
    r"tower|mast|span|crane)\b"
    r"|[ \u00a0]?(?:@|at) ?\d[\d.]* ?g/t|[²³]"
)
_DRILL = re.compile(r"g/t\b|drill|borehole|intersect")
_COUNTED = re.compile(r" (?:people|users|tonnes|tons|t\b|barrels|ounces|litres|liters|customers|households|homes|TEU)")
# A text as short as "1m" says nothing but a length.
_SHORT_TEXT = 12


def is_metre(text: str, end: int) -> bool:
    """Whether the ``m`` that ends at ``end`` is a metre and no million.

    A metre before a word of size or sport (``1.8m tall``, ``100m hurdles``), and where drilling is spoken of.
    """
    if _METRE_CUE.match(text, end) or len(text) <= _SHORT_TEXT:
        return True
    around = _DRILL.search(text, max(0, end - 60), end - 2) or _DRILL.search(text, end, min(len(text), end + 40))
    return around is not None and not _COUNTED.match(text, end)


_NEXT_WORDS = re.compile(r"(?:[ \u00a0-][a-z-]+){1,3}")
_SMALL = 12


def is_rhetorical(text: str, end: int, *, words: bool, value: int) -> bool:
    """Whether a small count is rhetoric (``two forces``): a number word up to twelve before an abstract noun or none."""
    if not words or value > _SMALL:
        return False
    match = _NEXT_WORDS.match(text, end)
    if match is None:
        return True
    return any(word.removesuffix("s") in RHETORICAL_NOUNS for word in re.findall(r"[a-z]+", match[0]))
