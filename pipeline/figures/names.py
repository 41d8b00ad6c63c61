"""Bare numbers that belong to the name before them: ``Falcon 9``, ``Hoshi 4``, ``RA 7653``."""

from __future__ import annotations

import re

from pipeline.number.numerals import Numeral
from pipeline.quantity.pattern import counts_noun
from pipeline.quantity.words import FUNCTION_WORDS

_NAME_BEFORE = re.compile(r"(?<![\w.$])([A-Z][\w’'&.+-]*)[ \u00a0]\Z")
# Words that open a sentence or head a table row, so their capital says nothing.
_OPENERS = frozenset(
    [
        "some",
        "only",
        "nearly",
        "almost",
        "about",
        "around",
        "over",
        "roughly",
        "approximately",
        "total",
        "another",
        "responses",
        "sample",
        "members",
        "voters",
        "respondents",
        "votes",
        "yes",
        "no",
        "score",
        "index",
        "reading",
        "pmi",
        "composite",
        "just",
        "fewer",
        "more",
        "up",
        "down",
        "barely",
        "perhaps",
    ]
)
_PLURAL_SOON = re.compile(
    r"(?:[ \u00a0-](?!(?:was|is|has|its|his|this|as|does|said)\b)[a-zA-Z][\w’-]{0,20}){0,3}?[ \u00a0-]"
    r"(?:[a-zA-Z][\w-]{0,20}[a-rt-z]s|[a-zA-Z][\w-]{0,20}ess|people|men|women|children|staff|aircraft|"
    r"personnel|police|cattle|troops|"
    r"sheep|species|series|MoUs)\b"
)
_NAMED_RUN = r"[A-ZÀ-Ý][\w’'&.-]{0,24}(?:[ \u00a0-](?:&|of|and|[A-ZÀ-Ý][\w’'&.-]{0,24})){0,3}"
_NEXT_NAMED = re.compile(rf",?(?: and)? {_NAMED_RUN} (?:\d[\d,.]*(?![A-Za-z\d])|[a-z]+[ .,])")
_LAST_NAMED = re.compile(rf"\d(?:,|,? and) {_NAMED_RUN}? ?\Z|\d(?:,|,? and) \Z")


# "Manitoba emptied 32 towns, its neighbor Saskatchewan 50.": the verb and the noun of the first go on.
_PARALLEL = re.compile(rf"[ $€£]\d[^.;:,\n]{{0,40}}, (?:(?:the|its|his) (?:[a-z]{{2,12}} )?)?(?:{_NAMED_RUN} )?\Z")
_CLOSED = re.compile(r"[.;,)\n]|\Z| and ")


def is_named_number(text: str, numeral: Numeral) -> bool:
    """Whether a bare number is part of the capitalized name before it.

    Not where a plural that it may count follows, nor where names and numbers stand in a row (``Hesse 239, Berlin 61``).
    """
    if numeral.scale != 1:
        return False
    match = _NAME_BEFORE.search(text, max(0, numeral.start - 30), numeral.start)
    if match is None:
        return False
    name = match[1]
    lower = name.lower()
    if lower in FUNCTION_WORDS or lower in _OPENERS or (name.endswith(("’s", "'s", "s’", ".")) and name != "U.S."):
        return False
    left = match.start()
    parallel = _PARALLEL.search(text, max(0, left - 80), left) is not None and _CLOSED.match(text, numeral.end) is not None
    in_row = parallel or _NEXT_NAMED.match(text, numeral.end) or _LAST_NAMED.search(text, max(0, left - 60), left + 1)
    grouped = "," in text[numeral.start : numeral.end]
    if name.isupper() and len(name) > 1 and not in_row and not grouped and numeral.step == 1:
        return True
    if counts_noun(text, numeral.end):
        return numeral.value != 1 and not _PLURAL_SOON.match(text, numeral.end)
    return numeral.value < 1000 and not in_row
