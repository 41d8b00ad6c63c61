"""One pass over a text for the words that may begin or hold a name, and what can be seen around them. Pure."""

from __future__ import annotations

import re
from typing import Final

from pipeline.name.terms import SMALL_WORDS

# Patterns here and beside begin with a character of their own where they can: the search for one is several times faster than
# for one that begins with a condition (a look-behind, say).
_CAPITALIZED: Final = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ſĐƠƯ]\w*")
_SMALL_HEADED: Final = re.compile(r"\b(?:[a-z]{1,3}[A-Z]\w+|sub(?=-Sa)|euro(?= (?:zone|area))|vivo\b|eurozone\b)")
POSSESSIVE: Final = re.compile(r"[’']s?$")
"""The ending of a name that owns something."""
_MARKS: Final = ".!?:;\n•●▪■*|>"
_QUOTES: Final = " \t\r\xa0\"'“‘(["

Words = list[tuple[int, str]]
"""Start and text of each run of word characters that begins with a capital (or is spelled like ``eBay``), in order."""


def capitals(text: str) -> Words:
    """The words of ``text`` that may begin or hold a name.

    >>> capitals("The U.S. and eBay")
    [(0, 'The'), (4, 'U'), (6, 'S'), (13, 'eBay')]
    """
    words: Words = []
    inner = False
    for hit in _CAPITALIZED.finditer(text):
        start = hit.start()
        if start and text[start - 1].isalnum():
            inner = True
        else:
            words.append((start, hit[0]))
    if inner or "euro" in text or "sub-S" in text or "vivo" in text:
        words.extend((hit.start(), hit[0]) for hit in _SMALL_HEADED.finditer(text))
        words.sort()
    return words


def bare_words(text: str) -> frozenset[str]:
    """What stands between blanks in ``text``, commas and full stops apart: tells a word that also stands in small letters.

    >>> "hotels" in bare_words("Hotels say hotels, too, are full."), "rice" in bare_words("Rice is dear")
    (True, False)
    """
    return frozenset(text.replace(",", " ").replace(".", " ").split())


def opens_sentence(text: str, start: int) -> bool:
    """Whether a word at ``start`` would be capitalized whatever it is: at the head of a sentence, a line, a list item.

    >>> opens_sentence("Rates fell. Hotels won.", 12), opens_sentence("It owns Hotels.", 8)
    (True, False)
    """
    at = start - 1
    while at >= 0 and text[at] in _QUOTES:
        at -= 1
    return at < 0 or text[at] in _MARKS or (text[at] in "-–—" and (at == 0 or text[at - 1] == "\n")) or text[at] in '”"'


def in_title_case(text: str, start: int, end: int) -> bool:
    """Whether the line around the span is a heading with capitals at the head of (nearly) every word.

    >>> in_title_case("The Growth Plan Behind Trade\\n", 4, 15), in_title_case("They signed the Growth Plan on Monday.", 16, 27)
    (True, False)
    """
    begin = text.rfind("\n", max(0, start - 160), start) + 1
    if not begin and start > 160:
        return False
    stop = text.find("\n", end, end + 160)
    if stop < 0:
        if len(text) - end > 160:
            return False
        stop = len(text)
    line = text[begin:stop].rstrip()
    if line.endswith((".", "!", ";", "”", ",")):
        return False
    others = [
        word for word in (text[begin:start] + " " + text[end:stop]).split() if word[0].isalpha() and word not in SMALL_WORDS
    ]
    return not others or sum(word[0].isupper() for word in others) >= 0.7 * len(others)
