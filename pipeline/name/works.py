"""Works of art by the quotes around their titles. Pure."""

from __future__ import annotations

import re
from typing import Final

from pipeline.name.spans import Candidate
from pipeline.name.tables import read_words

# Only the opening quote is taken, since a closing one looks alike and would take the next title with it.
_QUOTE: Final = re.compile(r"[\"“‘](?= ?([A-Z0-9][\w’'-]{0,20}(?: [\w’':,-]{1,20}){0,7}?) ?[\"”’](?!\w))")
_KINDS: Final[frozenset[str]] = read_words("quoted_works.txt")
_SMALL_IN_TITLE: Final = re.compile(r"(?: (?:[A-Z0-9][\w’':,-]*|of|the|and|in|a|an|to|for|with|on|at|from|by|de|la|is|or))*$")


def work_candidates(text: str) -> list[Candidate]:
    """Titles in quotes behind the word for what they are.

    >>> text = 'She wrote the novel "The Mill", a "game changer" in a book "full of ideas".'
    >>> [text[name.start : name.end] for name in work_candidates(text)]
    ['The Mill']
    """
    return [
        Candidate(hit.start(1), hit.end(1), "WORK_OF_ART", "quoted_work", 6)
        for hit in _QUOTE.finditer(text)
        if _word_before(text, hit.start()) in _KINDS and _SMALL_IN_TITLE.match(" " + hit[1])
    ]


def _word_before(text: str, start: int) -> str:
    """The word before a quote, with a blank and perhaps a comma between."""
    before = text[max(0, start - 24) : start]
    return before[:-1].removesuffix(",").rpartition(" ")[2] if before.endswith(" ") else ""
