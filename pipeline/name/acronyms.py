"""Definitions of short forms: ``World Trade Organization (WTO)``, ``WTO (World Trade Organization)``.

The idea is Schwartz and Hearst's (A simple algorithm for identifying abbreviation definitions in biomedical text, 2003):
the letters of the short form are sought from right to left in the words before the parenthesis, the first of them at
the head of a word. Here the long form must be capitalized and its initials must account for the short form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from pipeline.name.terms import SMALL_WORDS


class Definition(NamedTuple):
    """A short form and the long form that it stands for, each with its offsets."""

    short_start: int
    short_end: int
    long_start: int
    long_end: int


_SHORT: Final = re.compile(
    r"\( ?(?:the |or |hereinafter |“|\")*([A-Z][\w&.+-]{1,11}|[a-z][A-Z]\w{1,9})(?:”|\")?(?:[;,] [^()]{0,40})? ?\)"
)
_WORD_STARTS: Final = re.compile(r"(?<![^\s\-–/(])\w")
_SEPARATORS: Final = re.compile(r"[\s\-–/]+")
_BREAK: Final = re.compile(r"[;:!?<>=|\t]|\. [a-z]|\.?  ")
_GLOSS: Final = re.compile(r"\( ?([A-Z][A-Za-z]{1,9}) ?\)")
_LONG_INSIDE: Final = re.compile(r"\( ?((?:the )?[A-ZÀ-ÞĀ-ſ][^()\n\d]{4,90}?) ?\)")
_WORD_BEFORE: Final = re.compile(r"\b([A-Z][A-Za-z&+-]{1,11}) $")


def _letters(short: str) -> str:
    return "".join(letter for letter in short.lower() if letter.isalnum())


def _reach(short: str, long_form: str) -> int | None:
    """Index in ``long_form`` at which the words that spell ``short`` begin, or None.

    >>> _reach("WTO", "at the World Trade Organization")
    7
    """
    letters = _letters(short)
    at = len(long_form)
    for number in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and (long_form[at].lower() != letters[number] or (number == 0 and at > 0 and long_form[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
    return at


def _initials_fit(short: str, long_form: str) -> bool:
    """Whether the words' first letters account for most of the short form, so that ``(RISE)`` after any words is none."""
    words = _words(long_form)
    letters = _letters(short)
    if len(words) < 2 or len(letters) < 2:
        return False
    capitals = sum(word[0].isupper() for word in words)
    initials = {word[0].lower() for word in words}
    return (
        capitals >= len(words) - 1
        and words[-1][0].isupper()
        and sum(letter in initials for letter in letters) >= max(2, len(letters) - 2)
    )


def initials_of(long_form: str) -> tuple[str, str]:
    """The first letters of the words, in capitals: without the small words, and with them.

    >>> initials_of("Bank of Korea"), initials_of("U.S. Department of Agriculture")
    (('BK', 'BOK'), ('USDA', 'USDOA'))
    """
    words = [word for word in _SEPARATORS.split(long_form) if word and word[0].isalnum()]
    letters = ["".join(c for c in word if c.isupper()) if "." in word and word.isupper() else word[0].upper() for word in words]
    large = "".join(first for word, first in zip(words, letters, strict=True) if word.lower() not in SMALL_WORDS)
    return large, "".join(letters)


def _words(long_form: str) -> list[str]:
    return [word for word in _SEPARATORS.split(long_form) if word and word.lower() not in SMALL_WORDS and word[0].isalnum()]


def _is_capitalized(long_form: str) -> bool:
    """Whether at most one of the words that are not small begins with a small letter, and not the last."""
    words = _words(long_form)
    return sum(word[0].islower() for word in words) < 2 and words[-1][0].isupper()


def _begin_of_long(short: str, line: str) -> int | None:
    """Where in ``line``, which ends at the parenthesis, the long form begins: by initials alone if they fit, else by letters."""
    letters = _letters(short).upper()
    if len(letters) > 2:
        starts = [hit.start() for hit in _WORD_STARTS.finditer(line)]
        for start in reversed(starts):
            initials = initials_of(line[start:])
            if letters in initials and line[start].isupper() and _is_capitalized(line[start:]):
                return start
            if len(initials[0]) > len(letters):
                break
    begin = _reach(short, line)
    return begin if begin is not None and _initials_fit(short, line[begin:]) else None


def find_definitions(text: str) -> list[Definition]:
    """The definitions of short forms in ``text``, in order of their parentheses.

    >>> text = "The World Trade Organization (WTO) met."
    >>> [(text[d.short_start : d.short_end], text[d.long_start : d.long_end]) for d in find_definitions(text)]
    [('WTO', 'World Trade Organization')]
    """
    if "(" not in text:
        return []
    found: list[Definition] = []
    opened = _parentheses(text)
    for hit in filter(None, (_SHORT.match(text, at) for at in opened)):
        short = hit[1].rstrip(".")
        size = len(_letters(short))
        if size < 2 or not any(letter.isupper() for letter in short[:4]):
            continue
        first = max(0, hit.start() - 120)
        before = text[first : hit.start()].rstrip(" “\"'’")
        line = before[before.rfind("\n") + 1 :]
        words = line.split(" ")
        line = " ".join(words[-min(size + 6, size * 2 + 2) :])
        begin = _begin_of_long(short, line)
        if begin is None or _BREAK.search(line, begin):
            continue
        long_end = first + len(before)
        found.append(Definition(hit.start(1), hit.start(1) + len(short), long_end - (len(line) - begin), long_end))
    for at in opened:
        word = _WORD_BEFORE.search(text, max(0, at - 14), at)
        inside = _LONG_INSIDE.match(text, at) if word else None
        if not word or not inside:
            continue
        skip = 4 if inside[1].startswith("the ") else 0
        long_form, short = inside[1][skip:], word[1]
        if _letters(short).upper() in initials_of(long_form) or (
            _reach(short, long_form) == 0 and _initials_fit(short, long_form)
        ):
            found.append(Definition(word.start(1), word.end(1), inside.start(1) + skip, inside.end(1)))
    return found


def find_glosses(text: str, ends: Mapping[int, int]) -> list[Definition]:
    """Short forms in parentheses right behind a name, whatever their letters: ``Statistics Poland (GUS)``.

    ``ends`` maps the end of each name of more than one word that may have a short form to its start.
    """
    found: list[Definition] = []
    for hit in filter(None, (_GLOSS.match(text, at) for at in _parentheses(text))):
        start = ends.get(hit.start() - 1) if text[hit.start() - 1 : hit.start()] == " " else None
        if (start is not None and sum(letter.isupper() for letter in hit[1]) > 1) or (start is not None and len(hit[1]) > 5):
            found.append(Definition(hit.start(1), hit.end(1), start, hit.start() - 1))
    return found


def _parentheses(text: str) -> list[int]:
    """Where the parentheses of ``text`` open."""
    found = []
    at = text.find("(")
    while at >= 0:
        found.append(at)
        at = text.find("(", at + 1)
    return found
