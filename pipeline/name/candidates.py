"""Spans that may be names, from the model and from each table and pattern: ``Candidate`` rows, still overlapping.

Pure but for ``model_candidates``, which reads the entities of a spaCy Doc and needs nothing else of it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.name.clean import split_list, trim
from pipeline.name.heads import find_heads
from pipeline.name.places import match_place
from pipeline.name.tables import read_rows
from pipeline.name.terms import FUNCTION_WORDS, SMALL_WORDS, is_no_name

if TYPE_CHECKING:
    from spacy.tokens import Doc

LABELS: Final[frozenset[str]] = frozenset(
    {"ORG", "GPE", "LOC", "PERSON", "NORP", "LAW", "PRODUCT", "EVENT", "FAC", "WORK_OF_ART"}
)


class Candidate(NamedTuple):
    """A span that may be a name. ``weight`` is what its label counts for when the document votes; a candidate that
    ``needs`` another reading (a head word in a heading in title case) counts only where the model agrees."""

    start: int
    end: int
    label: str
    rule: str
    weight: int


@cache
def known_names() -> dict[str, tuple[tuple[str, str, str | None], ...]]:
    """First run of word characters → wordings that begin with it (longest first), label and canonical name (None: itself)."""
    index: dict[str, dict[str, tuple[str, str, str | None]]] = {}

    def add(wording: str, label: str, name: str | None) -> None:
        first = re.match(r"\w+", wording)
        if first:
            index.setdefault(first[0], {}).setdefault(wording, (wording, label, name))

    for name, label, aliases in read_rows("bodies.tsv"):
        for wording in (name, *aliases.split("|")):
            if wording:
                add(wording.removeprefix("the "), label, name)
    for label, listed in read_rows("known.tsv"):
        for wording in listed.split("|"):
            add(wording, label, None)
    return {first: tuple(sorted(rows.values(), key=lambda row: -len(row[0]))) for first, rows in index.items()}


@cache
def known_canonical() -> dict[str, str]:
    """Wording → canonical name, for bodies of many countries."""
    return {wording: name for rows in known_names().values() for wording, _, name in rows if name}


def model_candidates(doc: Doc, text: str) -> list[Candidate]:
    """The model's names: allowed labels, cut at line breaks, trimmed, lists taken apart, technical terms dropped."""
    found: list[Candidate] = []
    for entity in doc.ents:
        label = entity.label_
        if label not in LABELS:
            continue
        start, end = entity.start_char, entity.end_char
        spans = [(start, end)]
        if "\n" in text[start:end]:
            spans = [(start + part.start(), start + part.end()) for part in re.finditer(r"[^\n]+", text[start:end])]
        for a, b in spans:
            a, b = trim(text, a, b)
            if a == b:
                continue
            members = (
                split_list(text, a, b)
                if label in ("ORG", "GPE", "LOC", "PERSON", "PRODUCT", "NORP") and _is_list(text[a:b])
                else [(a, b)]
            )
            for c, d in members:
                c, d = trim(text, c, d)
                if d > c and _could_be_name(text[c:d]) and not is_no_name(text[c:d]):
                    found.append(Candidate(c, d, label, "model", 2))
    return found


_ONE_WITH_COMMA: Final = re.compile(
    r"\b(?:Ministry|Department|Office|Committee|Bureau|Commission|Council|Secretary|Institute|Act|Inc|Ltd|Co|LLC|Jr)\b"
)


def _is_list(name: str) -> bool:
    return (
        (", " in name or "/" in name)
        and not _ONE_WITH_COMMA.search(name)
        and not re.search(r"\d/|/\d|[A-Z]/[A-Z]\b|, D\.?C", name)
    )


def _could_be_name(name: str) -> bool:
    """Whether there is a capital letter in it, and more than one character."""
    return len(name) > 1 and any(letter.isupper() for letter in name)


def head_candidates(text: str) -> list[Candidate]:
    """Names by their head words; in a heading in title case only numbered laws, since every word is capitalized there."""
    found: list[Candidate] = []
    for name in find_heads(text):
        if name.rule.endswith(("_head", "_of")):
            if in_title_case(text, name.start, name.end):
                continue
            if is_no_name(text[name.start : name.end]):
                continue
        weight = 6 if name.label in ("LAW", "EVENT") else 3
        found.append(Candidate(name.start, name.end, name.label, name.rule, weight))
    return found


def in_title_case(text: str, start: int, end: int) -> bool:
    """Whether the line around the span is a heading with capitals at the head of (nearly) every word.

    >>> in_title_case("The Growth Plan Behind Trade\\n", 4, 15), in_title_case("They signed the Growth Plan on Monday.", 16, 27)
    (True, False)
    """
    begin = text.rfind("\n", max(0, start - 200), start) + 1
    if not begin and start > 200:
        return False
    stop = text.find("\n", end, end + 200)
    stop = (len(text) if len(text) - end <= 200 else -1) if stop < 0 else stop
    if stop < 0:
        return False
    line = text[begin:stop].rstrip()
    if line.endswith((".", "!", "?", ";", ":", "”")):
        return False
    others = [
        word for word in (text[begin:start] + " " + text[end:stop]).split() if word[0].isalpha() and word not in SMALL_WORDS
    ]
    return len(others) == 0 or sum(word[0].isupper() for word in others) >= 0.7 * len(others)


_NEXT_NAME: Final = re.compile(r" (?:[A-ZÀ-ÞĀ-ſ]\w)")


def table_candidates(text: str) -> list[Candidate]:
    """Places that mean nothing else, and names of the tables, wherever they stand."""
    found: list[Candidate] = []
    known = known_names()
    position = 0
    for hit in _WORD.finditer(text):
        start = hit.start()
        if start < position:
            continue
        word = hit[0]
        rows = known.get(word)
        if rows:
            for wording, label, _ in rows:
                end = start + len(wording)
                if text.startswith(wording, start) and not text[end : end + 1].isalnum():
                    found.append(Candidate(start, end, label, "known_name", 8))
                    position = end
                    break
            if position > start:
                continue
        matched = match_place(text, start, word)
        if matched:
            position, place = matched
            found.append(Candidate(start, position, place.label, "place", 9 if place.is_safe else 0))
    return found


_WORD: Final = re.compile(r"(?<![\w@#])(?:[A-ZÀ-ÖØ-ÞĀ-ſĐ]\w*|sub(?=-Sa)|[a-z]{1,2}[A-Z]\w+|vivo\b)")

_PART: Final = r"[A-ZÀ-ÖØ-ÞĀ-ſ][\w.’'-]{0,20}"
_PERSON_NAME: Final = rf"{_PART}(?: (?:(?:van|von|der|de|da|di|del|al|bin|ng|dos)\b ?)?{_PART}){{1,3}}"
_BYLINE: Final = re.compile(
    r"(?:\b(?:[Rr]eporting|[Ee]diting|[Ww]riting|Compiled|Edited|Written|Graphics|Photos?|Story) [Bb]y |^(?:By|BY) )"
    rf"({_PERSON_NAME}(?:(?:, | and |, and ){_PERSON_NAME}){{0,5}})",
    re.MULTILINE,
)
_CAPITALS: Final = r"[A-Z][A-Z’'.-]{2,20}"
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_DATELINE: Final = re.compile(
    rf"^[\s(]{{0,3}}({_CAPITALS}(?: {_CAPITALS}){{0,2}})"
    rf"(?=(?:, [A-Z][A-Za-z. ]{{2,20}})?(?:,? ?(?:\([^()\n]{{2,40}}\)|{_MONTH}\.? \d{{1,2}})){{0,2}} ?(?:—|–|--?|\(|:|,))",
    re.MULTILINE,
)


def pattern_candidates(text: str) -> list[Candidate]:
    """Names that their surroundings give away: bylines and datelines."""
    found: list[Candidate] = []
    for hit in _BYLINE.finditer(text):
        at = hit.start(1)
        for part in re.split(r"(, and |, | and )", hit[1]):
            if part not in (", and ", ", ", " and "):
                start, end = trim(text, at, at + len(part))
                found.append(Candidate(start, end, "PERSON", "byline", 8))
            at += len(part)
    for hit in _DATELINE.finditer(text[:600]):
        if (
            not is_no_name(hit[1])
            and hit[1].title() not in FUNCTION_WORDS
            and re.search(r" ?(?:—|–|--|-) |\(", text[hit.end(1) : hit.end(1) + 60])
        ):
            found.append(Candidate(hit.start(1), hit.end(1), "GPE", "dateline", 8))
    return found
