"""What a quantity looks like: decisions about units that have two meanings, and counts that are rhetoric."""

from __future__ import annotations

import re

from pipeline.quantity.words import RHETORICAL_NOUNS

_METRE_CUE = re.compile(
    r"[ \u00a0-](?:deep|high|tall|wide|long|thick|above|below|beneath|underground|underwater|offshore|inland|apart|away|depth|height|length|freestyle|butterfly|backstroke|breaststroke|hurdles|sprint|dash|relay|race|final|"
    r"swim|pool|track|title|record|gold|platform|springboard|x|by|of (?:water|snow|rain|core|drilling)|(?:up|down|from) (?:the|sea)|radius|diameter|asl|vessel|yacht|ship|boat|tower|mast|span|crane)\b"
    r"|[ \u00a0]?(?:@|at) ?\d[\d.]* ?g/t|\Z|[²³]"
)
_DRILL = re.compile(r"g/t|drill|borehole|ounces?\b|koz|intersect|\bore\b|\d ?(?:km|cm|mm|ft|m)\b|metres|meters")


def is_metre(text: str, end: int) -> bool:
    """Whether the ``m`` that ends at ``end`` is a metre and no million.

    A metre before a word of size or sport (``1.8m tall``, ``100m hurdles``) and where the surrounding text measures lengths or grades of ore.
    """
    if _METRE_CUE.match(text, end):
        return True
    return bool(
        _DRILL.search(text, max(0, end - 60), end - 2) or _DRILL.search(text, end, min(len(text), end + 40))
    ) and not re.match(
        r" (?:people|users|tonnes|tons|t\b|barrels|ounces|litres|liters|customers|households|homes|TEU)", text[end : end + 14]
    )


def is_rhetorical(text: str, end: int, *, words: bool, value: int) -> bool:
    """Whether a small count is rhetoric (``two forces``): a number word up to twelve before an abstract noun or none."""
    if not words or value > 12:
        return False
    match = re.compile(r"(?:[ \u00a0-][a-z-]+){1,3}").match(text, end)
    if match is None:
        return True
    for word in re.findall(r"[a-z]+", match[0]):
        if word.removesuffix("s") in RHETORICAL_NOUNS:
            return True
    return False
