"""Which language a text is in, so that an article that is not English is kept and marked, and not extracted.

English is told by its commonest words, without any library; only a text that fails that test is put to lingua, among
the languages in which economic news is mostly written.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

ENGLISH = "en"
#: ISO 639-1 codes of the languages that are told apart; a text in another gets the likeliest of these, or None.
_CODES = "ar bn cs da de el en es fa fi fr he hi hu id it ja ko ms nb nl pl pt ro ru sv th tl tr uk ur vi zh"
LANGUAGES = tuple(_CODES.split())
#: The part of a text that is looked at, in characters: its start, past which more changes nothing.
_SAMPLE_CHARS = 4_000
_FEWEST_LETTERS = 30
#: Words that no page of English prose goes without, and that other languages lack or use seldom.
_WORDS = "the of and to that for with was were by from it its this are has have which their be been"
_COMMONEST = frozenset(_WORDS.split())
_ENGLISH_SHARE = 0.12
#: With less confidence than this a text is not said to be in another language: that would keep it from being extracted.
_SURE = 0.8
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``, or None where it is too short or too mixed to tell.

    >>> detect_language("The bank said that exports of the country rose by five per cent in the year to March.")
    'en'
    >>> detect_language("3.2 | 4.5") is None
    True
    """
    sample = text[:_SAMPLE_CHARS]
    words = _WORD.findall(sample.lower())
    letters = sum(map(len, words))
    wide = sum(char > "\u2e80" for char in sample)  # a Chinese, Japanese or Korean character says as much as several letters
    if letters + 3 * wide < _FEWEST_LETTERS:
        return None
    plain = sum(len(word) for word in words if word.isascii())
    if plain * 2 > letters and sum(word in _COMMONEST for word in words) >= _ENGLISH_SHARE * len(words):
        return ENGLISH
    values = _detector().compute_language_confidence_values(sample)
    if not values:
        return None
    code = str(values[0].language.iso_code_639_1.name.lower())
    return code if code == ENGLISH or values[0].value >= _SURE else None


@cache
def _detector() -> Any:
    """lingua's detector with its small models: 25 MB, 0.1 s once, then a millisecond a text."""
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [getattr(IsoCode639_1, code.upper()) for code in LANGUAGES]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_low_accuracy_mode().build()
