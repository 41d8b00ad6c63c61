"""Near-duplicates: whether two articles tell one story, from their words (MinHash) and their numerals.

Measured on wire stories: unrelated articles on one subject share .13 of their wording at most, an article cut by a fifth
some .80 with the whole. Stories that an agency fills in from a form each month share most words, and not the numerals: so a
copy must share those too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from zlib import crc32

from pipeline.number.calendar_words import FULL_MONTHS
from pipeline.records import Wording, digest

#: Hashes in a signature: the error of a similarity of one half is about 1 / (2 * sqrt(128)) = 0.04.
PERMUTATIONS = 128
#: Hashes are kept to 8 bits, and four of them make one number of a signature. Two articles with any number in common are
#: compared: at a similarity of .6 one of the 32 is equal with a probability of .988, at .13 with .009. Two hashes that differ
#: are equal in 8 bits once in 256 times, which is far below the error of the similarity.
HASHES_A_BAND = 4
BANDS = PERMUTATIONS // HASHES_A_BAND
_HASH_BITS = 8
_HASH_MASK = (1 << _HASH_BITS) - 1
#: The key of a wording is made of longer hashes.
_KEY_BITS = 16
_SEED = 20
_WORDS_A_SHINGLE = 4
_WORD = re.compile(r"\w+")
#: What the figures and dates of a story are made of. ``may`` is a verb far more often than a month.
_MONTHS = "|".join(month for month in FULL_MONTHS if month != "may")
_NUMERAL = re.compile(rf"\d+(?:[.,]\d+)*|\b(?:{_MONTHS})\b", re.IGNORECASE)

#: From this similarity on two articles are taken for one story: far above what unrelated ones reach, and below what a copy
#: that was cut by a third keeps.
COPY_SIMILARITY = 0.6
#: The part of the numerals of the one with fewer that must stand in the other.
_COMMON_NUMERALS = 0.8


def wording_of(text: str) -> Wording:
    """What of a text is compared with others: it depends on its words and numerals alone, not on case, spaces or marks."""
    hashes = _hashes(text)
    numerals = tuple(sorted({crc32(match[0].replace(",", "").lower().encode()) for match in _NUMERAL.finditer(text)}))
    key = int(digest("wording", *_bands(hashes, _KEY_BITS), "numerals", *numerals)[:16], 16)
    return Wording(wording=key, signature=_bands(hashes, _HASH_BITS), numerals=numerals)


def signature(text: str) -> tuple[int, ...]:
    """The signature of a text, ``BANDS`` numbers below 2**32 that depend on its words alone (without a word, on all of it)."""
    return _bands(_hashes(text), _HASH_BITS)


def _hashes(text: str) -> Sequence[int]:
    from rensa import RMinHash

    words = _WORD.findall(text.casefold()) or [text.strip()]
    count = max(1, len(words) - _WORDS_A_SHINGLE + 1)
    hashed = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    hashed.update([" ".join(words[start : start + _WORDS_A_SHINGLE]) for start in range(count)])
    digest: Sequence[int] = hashed.digest()
    return digest


def _bands(hashes: Sequence[int], bits: int) -> tuple[int, ...]:
    """Four hashes a number, ``bits`` of each."""
    return tuple(_pack(hashes[start : start + HASHES_A_BAND], bits) for start in range(0, PERMUTATIONS, HASHES_A_BAND))


def _pack(hashes: Sequence[int], bits: int) -> int:
    packed, mask = 0, (1 << bits) - 1
    for value in hashes:
        packed = packed << bits | value & mask
    return packed


def similarity(a: Sequence[int], b: Sequence[int]) -> float:
    """The share of wording that two signatures have in common, from 0 to 1."""
    equal = 0
    for x, y in zip(a, b, strict=True):
        differing = x ^ y
        equal += sum(not (differing >> shift) & _HASH_MASK for shift in range(0, HASHES_A_BAND * _HASH_BITS, _HASH_BITS))
    return equal / PERMUTATIONS


def is_copy(a: Wording, b: Wording) -> bool:
    """Whether two articles tell one story: most words are common, and so are nearly all numerals of the one with fewer."""
    return similarity(a.signature, b.signature) >= COPY_SIMILARITY and _share_numerals(set(a.numerals), set(b.numerals))


def _share_numerals(a: Collection[int], b: Collection[int]) -> bool:
    fewer, more = sorted((set(a), set(b)), key=len)
    return len(fewer & more) >= _COMMON_NUMERALS * len(fewer)
