"""Names that are known before an article is read: world bodies, firms, people, laws, and the places. Pure.

The tables are in ``data/``: ``bodies.tsv`` with one canonical name for all wordings, ``known.tsv`` and
``known_people.txt`` with names whose spelling is theirs alone, and those of ``places``.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.name.places import continues, place_table
from pipeline.name.scan import Words
from pipeline.name.spans import Candidate
from pipeline.name.tables import read_rows, read_words


@cache
def _known() -> dict[str, tuple[str, str | None]]:
    """Wording → label and canonical name (None: itself)."""
    table: dict[str, tuple[str, str | None]] = {}
    for name, label, aliases in read_rows("bodies.tsv"):
        for wording in (name, *aliases.split("|")):
            if wording:
                table.setdefault(wording.removeprefix("the "), (label, name))
    for label, listed in read_rows("known.tsv"):
        for wording in listed.split("|"):
            table.setdefault(wording, (label, None))
    for wording in read_words("known_people.txt"):
        table.setdefault(wording, ("PERSON", None))
    return table


@cache
def known_canonical() -> dict[str, str]:
    """Wording → canonical name, for bodies of many countries."""
    return {wording: name for wording, (_, name) in _known().items() if name}


@cache
def known_wordings() -> frozenset[str]:
    """Every wording of the tables of known names, places apart."""
    return frozenset(_known())


Row = tuple[str, str, str, int]


@cache
def _lexicon() -> dict[str, tuple[Row, ...]]:
    """First run of word characters → wordings that begin with it, longest first, each with label, rule and weight."""
    rows = {wording: (wording, place.label, "place", 9 if place.is_safe else 0) for wording, place in place_table().items()}
    rows.update({wording: (wording, label, "known_name", 8) for wording, (label, _) in _known().items()})
    index: dict[str, list[Row]] = {}
    for wording, row in rows.items():
        first = re.match(r"\w+", wording)
        if first:
            index.setdefault(first[0], []).append(row)
    return {first: tuple(sorted(listed, key=lambda row: -len(row[0]))) for first, listed in index.items()}


def known_candidates(text: str, words: Words) -> list[Candidate]:
    """Known names and places wherever they stand; places that may mean something else with no weight of their own.

    ``words`` are the ``scan.capitals`` of ``text``.
    """
    found: list[Candidate] = []
    lexicon = _lexicon()
    position = 0
    for start, word in words:
        if word not in lexicon or start < position:
            continue
        for wording, label, rule, weight in lexicon[word]:
            if text.startswith(wording, start) and not continues(text, start + len(wording)):
                position = start + len(wording)
                found.append(Candidate(start, position, label, rule, weight))
                break
    return found
