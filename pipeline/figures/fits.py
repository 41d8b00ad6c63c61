"""Whether a wording behind a numeral means at this place what its table says: short and common words need more."""

from __future__ import annotations

import re

from pipeline.money.words import SYMBOLS
from pipeline.number.marks import Sign
from pipeline.number.reading import Reading

# Names of currencies that are everyday words: only behind ten and more, some never in the singular.
_COMMON_NAMES = frozenset("mark marks sol sum som sums soms real colon sen ore kip punt dram drams".split())
_NEVER_ALONE = frozenset({"mark", "real", "sum", "colon"})
# "Two points of market share", "1.9 points of the rate": percentage points, and no points in a list.
_OF_A_RATE = re.compile(
    r" of (?:the |its |their |that |this |last year[’']s )?(?:market |headline |annual |overall |economic |GDP |wage |price )?"
    r"(?:rate|growth|GDP|share|inflation|margin|output|increase|decline|rise|fall|it|that)\b"
)
# Units that are everyday words or letters: only bound by a hyphen ("16-bit").
_BOUND_ONLY = frozenset({"bit", "bits"})
_NEVER = frozenset({"K", "li", "PS", "thm", "bar", "bars", "'", '"', "in."})
_LEAST_COMMON = 10


def fits(text: str, reading: Reading, suffix: tuple[int, Sign]) -> bool:
    """Whether ``suffix``, found behind the numeral of ``reading``, is its unit."""
    end, sign = suffix
    at = reading.numeral.end
    wording = text[at:end]
    token = wording.strip(" \u00a0\u202f\n-")
    if reading.prefix is not None and sign.kind != "money":
        return False
    if token in SYMBOLS:
        # "$10.2-$10.6": the sign belongs to the number that follows.
        following = text[end : end + 2].strip(" ")[:1]
        return wording[0] != "-" and not following.isdigit()
    if sign.unit == "point" and sign.kind == "percent":
        plain = not text.startswith((" of ", " out "), end) or wording.strip().startswith("of")
        return plain or _OF_A_RATE.match(text, end) is not None
    if reading.prefix is not None:
        return True
    if not sign.weak:
        single = len(token) == 1 and token.isalpha() and sign.kind == "quantity"
        return not (single and text[end : end + 1] in (".", "'", "’", "-", "&") and text[end + 1 : end + 2].isalpha())
    glued = text[at] not in " \u00a0\u202f\n-"
    if token in ("p", "c"):
        return glued and not re.match(r"\.?[a-z]", text[end : end + 2])
    if token == "C":
        # "Warming of 1.5C": glued, with decimals; "3C" is a trade and "5C" a name.
        return glued and reading.numeral.step < 1 and reading.numeral.scale == 1 and not text[end : end + 1].isalnum()
    if token in ("′", "″"):
        return glued
    if token in _NEVER:
        return False
    if token in _BOUND_ONLY:
        return wording.startswith("-")
    if token in _COMMON_NAMES:
        bound = wording.startswith("-") and reading.numeral.scale > 1
        return bound or (reading.numeral.value >= _LEAST_COMMON and token not in _NEVER_ALONE)
    return True
