"""What an amount of money looks like: a currency before the number or behind it."""

from __future__ import annotations

import re

from pipeline.money.words import AMBIGUOUS, GLUED_PREFIXES, SYMBOLS, code_prefixes
from pipeline.number.marks import Sign

_PREFIXES = code_prefixes()
_SIGNS: dict[str, Sign] = {
    text: Sign("money", unit, "money.symbol" if text[-1] in SYMBOLS else "money.prefix") for text, unit in _PREFIXES.items()
}
_LONGEST = max(map(len, _PREFIXES))
_LAST_LETTERS = frozenset(text[-1] for text in _PREFIXES if text[-1] not in SYMBOLS)
_SPACES = frozenset(" \u00a0\u202f\u2009")


def read_prefix(text: str, start: int) -> tuple[int, Sign] | None:
    """The currency that stands right before ``start``, where the digits begin: its own start and its meaning.

    ``CNY500``, ``US$ 363``, ``Rs. 5``, ``$US160``; one space may lie between.
    """
    at = start
    if at and text[at - 1] in _SPACES:
        at -= 1
    if not at:
        return None
    last = text[at - 1]
    spaced = at != start
    if last in SYMBOLS:
        return _with_symbol(text, at)
    if last not in _LAST_LETTERS:
        return None
    left = at - 1
    stop = max(0, at - _LONGEST)
    while left > stop and (text[left - 1].isalpha() or text[left - 1] in ".$£/=¥"):
        left -= 1
    if left and (text[left - 1].isalnum() or text[left - 1] in "&"):
        return None
    token = text[left:at]
    while token and token[0] in "./=":
        token, left = token[1:], left + 1
    sign = _SIGNS.get(token)
    if sign is None or (spaced and token in GLUED_PREFIXES) or (not spaced and _is_code(text, start, token)):
        return None
    return left, sign


# "R500" and "N600" may be money, "K2", "N7", "Q1" and "COP28" are names: letters glued to few bare digits.
_AMOUNT = re.compile(
    r"\d{1,3}(?:,\d{2,3})+|\d+\.\d\d?(?!\d|-)|\d+(?:[.,]\d+)?[ \u00a0-]?(?:bn|mn|m|k|tn|trn|b|million|"
    r"billion|trillion|thousand|crore|lakh)(?![A-Za-z])"
)
_BARE = re.compile(r"\d{3,4}(?![\w-])")
_PLAIN_LETTERS = frozenset("RNP")
_NAME_CODES = frozenset({"COP", "SSP", "MOP", "TOP", "ALL", "CUP", "PEN", "MT", "MK", "ID", "DA", "BD", "JD", "FM", "LE", "LL"})


def _is_code(text: str, start: int, token: str) -> bool:
    """Whether a short token glued to digits names a thing and no currency."""
    if len(token) > 1 and token not in _NAME_CODES:
        return False
    if _AMOUNT.match(text, start):
        return False
    if token not in _PLAIN_LETTERS:
        return True
    if _BARE.match(text, start):
        return False
    # Two digits only: money where the letter is plainly a currency nearby.
    near = text[max(0, start - 800) : start + 800]
    return not re.search(
        rf"(?<![\w]){token}\d+(?:[.,]\d+)*[ -]?(?:million|billion|trillion|bn|mn|tn|m\b)|(?<![\w]){token}\d{{1,3}},\d{{3}}", near
    )


def _with_symbol(text: str, at: int) -> tuple[int, Sign] | None:
    for size in range(min(_LONGEST, at), 1, -1):
        sign = _SIGNS.get(text[at - size : at])
        if sign is not None:
            before = text[at - size - 1] if at - size else " "
            if not (before.isalpha() or before == ".") or text[at - size] in SYMBOLS:
                return at - size, sign
    # Texts split into words by a machine write "us $ 150", "hk $ 10", "c $ 1".
    if at > 3 and text[at - 2] == " ":
        left = text.rfind(" ", 0, at - 2) + 1
        token = text[left : at - 2] + text[at - 1]
        sign = _SIGNS.get(token.upper()) if token[:-1].islower() and token.upper() in ("US$", "HK$", "C$", "NZ$", "NT$") else None
        if sign is not None:
            return left, sign
    return at - 1, _SIGNS[text[at - 1]]


def is_ambiguous(unit: str) -> bool:
    """Whether ``unit`` is a shared name (``dollar``, ``peso``) that the document has to decide."""
    return unit in AMBIGUOUS
