"""What may stand before or behind a numeral and tell its kind: rows of wordings, and the lookup over them.

Each kind gives its own rows (``money.words``, ``percent.words``, ``quantity.units`` …); the reader of figures merges them
into one table, so that one lookup of the word after a numeral decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pipeline.number.numerals import SPACES
from pipeline.records import Kind


@dataclass(frozen=True, slots=True)
class Sign:
    """What a wording means beside a numeral.

    ``unit`` is a code, or for money that only the document can decide a name in ``money.words.AMBIGUOUS``; ``factor``
    is what the numeral is multiplied with (0.01 for cents). ``weak`` marks wordings that mean this only when context agrees.
    """

    kind: Kind
    unit: str
    rule: str
    factor: Decimal = Decimal(1)
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """One row: a wording, what it means, and whether its case matters."""

    text: str
    sign: Sign
    exact: bool = False


_FIRST = re.compile(r"[^\W\d_]+\.?|[^\w\s]")
_GAP = re.compile(rf"[{SPACES}\n-]?([^\W\d_]+|[%％‰°º′″'\"€£¥￥₹$₩₦₱₽₺₫₴₪¢฿₸₾₼₡₭₲₮៛৳֏₵元円℃℉ℓ])")


class MarkTable:
    """Wordings by their first word; ``find`` returns the longest one that stands at a place of a text."""

    __slots__ = ("_exact", "_lower")

    def __init__(self, wordings: Iterable[Wording]) -> None:
        exact: dict[str, list[tuple[str, Sign]]] = {}
        lower: dict[str, list[tuple[str, Sign]]] = {}
        for row in wordings:
            first = _GAP.match(row.text)
            if first is None:
                raise ValueError(f"wording {row.text!r} must begin with a letter or a symbol that _GAP lists")
            key = first[1] if row.exact else first[1].lower()
            (exact if row.exact else lower).setdefault(key, []).append((row.text[first.end() :], row.sign))
        self._exact = {key: _compile(rows, exact=True) for key, rows in exact.items()}
        self._lower = {key: _compile(rows, exact=False) for key, rows in lower.items()}

    def find(self, text: str, at: int) -> tuple[int, Sign] | None:
        """The end and meaning of the longest wording that begins at ``at``, after at most one space or hyphen."""
        match = _GAP.match(text, at)
        if match is None:
            return None
        word, end = match[1], match.end()
        exact, lower = self._exact.get(word), self._lower.get(word) or self._lower.get(word.lower())
        if exact is None and lower is None:
            return None
        printed = _longest(exact, text, end) if exact is not None else None
        spoken = _longest(lower, text, end) if lower is not None else None
        if printed is None or (spoken is not None and spoken[0] > printed[0]):
            return spoken
        return printed


_Rows = tuple[re.Pattern[str] | None, dict[str, Sign], Sign | None]


def _compile(rows: list[tuple[str, Sign]], *, exact: bool) -> _Rows:
    bare = next((sign for rest, sign in rows if not rest), None)
    tails = sorted({rest for rest, _ in rows if rest}, key=len, reverse=True)
    if not tails:
        return None, {}, bare
    pattern = "|".join(re.escape(tail).replace(r"\ ", rf"[{SPACES}\n-]") for tail in tails)
    meaning = {_key(rest, exact=exact): sign for rest, sign in rows if rest}
    return re.compile(rf"(?:{pattern})(?![^\W_])", 0 if exact else re.IGNORECASE), meaning, bare


def _key(tail: str, *, exact: bool) -> str:
    spaced = re.sub(rf"[{SPACES}\n-]", " ", tail)
    return spaced if exact else spaced.lower()


def _longest(rows: _Rows, text: str, end: int) -> tuple[int, Sign] | None:
    pattern, meaning, bare = rows
    if pattern is not None and (match := pattern.match(text, end)):
        tail = match[0]
        sign = meaning.get(tail) or meaning.get(_key(tail, exact=True)) or meaning.get(_key(tail, exact=False))
        if sign is not None:
            return match.end(), sign
    if bare is None or (end < len(text) and text[end].isalnum() and text[end - 1].isalpha()):
        return None
    return end, bare
