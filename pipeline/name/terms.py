"""Words that a statistical model takes for names and that are none: technical terms, abbreviations, common nouns.

Compared with case folded and a leading article dropped. Sources: our own reading of business, policy and science
news. The lists lie in ``data/not_names.txt`` and its neighbors.
"""

from __future__ import annotations

from typing import Final

from pipeline.name.tables import read_words

NOT_NAMES: Final[frozenset[str]] = read_words("not_names.txt")
"""Case-folded texts that are never kept as names."""

FUNCTION_WORDS: Final[frozenset[str]] = read_words("function_words.txt")
"""Words that begin a sentence with a capital and never begin a name that the head-noun rules build."""

SMALL_WORDS: Final[frozenset[str]] = read_words("small_words.txt")
"""Words that stay small within a name or a heading in title case."""

CALENDAR_WORDS: Final[frozenset[str]] = read_words("calendar_words.txt")
"""Months and days of the week: never part of a name that is grown from its head."""


def is_no_name(text: str) -> bool:
    """Whether ``text`` is a term of the table, whatever its case and article.

    >>> is_no_name("the Internet"), is_no_name("AI"), is_no_name("Alibaba")
    (True, True, False)
    """
    folded = text.casefold()
    return folded in NOT_NAMES or folded.removeprefix("the ") in NOT_NAMES
