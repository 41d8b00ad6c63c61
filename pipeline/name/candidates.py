"""Spans that may be names, from the model and from the tables: ``Candidate`` rows that still overlap.

Pure but for ``model_candidates``, which reads the entities of a spaCy Doc and needs nothing else of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.name.clean import split_list, trim
from pipeline.name.heads import HEADS, find_elections, find_heads
from pipeline.name.places import match_place, place_table
from pipeline.name.products import find_products
from pipeline.name.scan import Words, in_title_case, opens_sentence
from pipeline.name.tables import read_rows, read_words
from pipeline.name.terms import FUNCTION_WORDS, SMALL_WORDS, is_no_name

if TYPE_CHECKING:
    from spacy.tokens import Doc

LABELS: Final[frozenset[str]] = frozenset(
    {"ORG", "GPE", "LOC", "PERSON", "NORP", "LAW", "PRODUCT", "EVENT", "FAC", "WORK_OF_ART"}
)
"""The OntoNotes labels that are names; money, dates, counts and the rest are other readers' work."""

SURE: Final = 5
"""The weight from which a label is taken as known."""


class Candidate(NamedTuple):
    """A span that may be a name; ``weight`` is what its label counts for when the document votes (0: only with the model)."""

    start: int
    end: int
    label: str
    rule: str
    weight: int


Known = tuple[str, str, str | None]


@cache
def known_names() -> dict[str, tuple[Known, ...]]:
    """First run of word characters → wordings that begin with it (longest first), label and canonical name (None: itself)."""
    index: dict[str, dict[str, Known]] = {}

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
    for wording in read_words("known_people.txt"):
        add(wording, "PERSON", None)
    return {first: tuple(sorted(rows.values(), key=lambda row: -len(row[0]))) for first, rows in index.items()}


@cache
def known_canonical() -> dict[str, str]:
    """Wording → canonical name, for bodies of many countries."""
    return {wording: name for rows in known_names().values() for wording, _, name in rows if name}


@cache
def known_wordings() -> frozenset[str]:
    """Every wording of the tables of known names."""
    return frozenset(wording for rows in known_names().values() for wording, _, _ in rows)


_ONE_WITH_COMMA: Final = re.compile(
    r"\b(?:Ministry|Department|Office|Committee|Bureau|Commission|Council|Secretary|Institute|Act|Inc|Ltd|Co|LLC|Jr|"
    r"University)\b|"
    r", D\.? ?C\b"
)
_SLASHED_ONE: Final = re.compile(r"\d/|/\d|[A-Z]/[A-Z]\b")
_BREAKS: Final = re.compile(r"\n| ?\||•| [—–-] |--|\t|: ")
_POSSESSIVE: Final = re.compile(r"(?<=\w) ?[’']s (?=[A-Z]\w+(?: |$))")
_OWNED: Final = re.compile(r"(?<=\w) ?[’']s (?=[a-z])")
_PREPOSITION: Final = re.compile(r" (?:in|at|on|from|to|with|by|said|says|and the|as) (?:the )?(?=[A-Z])")
_TITLE: Final = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame)\.? (?=[A-Z])")
_MARK: Final = re.compile(r"(?:(?P<roman>[IVX]{1,5}|\d{1,2})|[A-Z])[.)] (?=[A-Z])")
_LEADING: Final = re.compile(
    r"(?:(?P<word>Rural|Urban|Across|In|At|From|By|For|While|But|And|When|With|Under|Since|As|Both|Non|See|Said)[ -]|"
    r"(?:(?:[Nn]orth|[Ss]outh)(?:ern|east|west|eastern|western)?|[Ee]ast(?:ern)?|[Ww]est(?:ern)?|"
    r"[Cc]entral|[Mm]ainland) )(?=[A-Z])"
)
_TAIL_COMPOUND: Final = re.compile(r"[-–](?:[a-z]+|[A-Z][a-z]+ed)$")
_TICKER: Final = re.compile(r" (?:\d{4,6}|[A-Z]{1,5})\.[A-Z]{1,2}$")
_AMOUNT: Final = re.compile(r"\d[\d.,:]*[A-Za-z]{0,3}$|[QH]\d{1,2}$")


def model_candidates(doc: Doc, text: str, small: frozenset[str]) -> list[Candidate]:
    """The model's names: allowed labels, cut at line breaks and bars, trimmed, lists taken apart, technical terms dropped.

    ``small`` are the words of the text that stand in it in small letters (``scan.small_letter_words``).
    """
    found: list[Candidate] = []
    for entity in doc.ents:
        label = entity.label_
        if label not in LABELS:
            continue
        start, end = entity.start_char, entity.end_char
        surface = text[start:end]
        if _BREAKS.search(surface):
            at = start
            for cut in [*_BREAKS.finditer(text, start, end), None]:
                found.extend(_clean(text, at, cut.start() if cut else end, label, small))
                at = cut.end() if cut else end
        else:
            found.extend(_clean(text, start, end, label, small))
    return found


def _clean(text: str, start: int, end: int, label: str, small: frozenset[str]) -> list[Candidate]:
    """The names within one entity of the model, mostly one."""
    start, end = trim(text, start, end)
    if end - start < 2:
        return []
    surface = text[start:end]
    if " " not in surface and "-" not in surface and "/" not in surface and "–" not in surface:
        return [Candidate(start, end, label, "model", 2)] if _may_be_name(text, start, end, label, small) else []
    owned = _OWNED.search(surface) if label != "WORK_OF_ART" else None
    if owned:
        end = start + owned.start()
        surface = text[start:end]
    pair = surface.find(" and the ")
    if pair > 0 and surface[:pair].rsplit(" ", 1)[-1] in HEADS:
        return _clean(text, start, start + pair, label, small) + _clean(text, start + pair + 5, end, label, small)
    spans = [(start, end)]
    if label in ("ORG", "GPE", "LOC", "PERSON", "PRODUCT", "NORP", "FAC"):
        if (", " in surface or "/" in surface) and not _ONE_WITH_COMMA.search(surface) and not _SLASHED_ONE.search(surface):
            spans = split_list(text, start, end)
        elif label != "PERSON":
            cut = _POSSESSIVE.search(surface) or (_PREPOSITION.search(surface) if label != "LAW" else None)
            if cut and _are_two(surface[: cut.start()], surface[cut.end() :], cut[0]):
                spans = [(start, start + cut.start()), (start + cut.end(), end)]
    found = []
    for low, high in spans:
        low, high = _shorten(text, *trim(text, low, high), label)
        if high - low > 1 and _may_be_name(text, low, high, label, small):
            found.append(Candidate(low, high, label, "model", 2))
    return found


def _are_two(left: str, right: str, cut: str) -> bool:
    """Whether a name is really two: each side of the possessive or preposition stands for itself."""
    if cut.lstrip().startswith(("'", "’")):
        return (
            left in place_table()
            or left in known_wordings()
            or left in ("City", "State", "Province", "Bank")
            or right.count(" ") > 1
        )
    return right.removeprefix("the ") in place_table() and left.rsplit(" ", 1)[-1] not in HEADS


def _shorten(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    """The span without a title, a point of the compass before a country, ``-based`` behind, a ticker behind."""
    title = _TITLE.match(text, start, end)
    mark = _MARK.match(text, start, end) if label != "PERSON" else None
    if mark and (mark["roman"] or text[mark.end() : end] in place_table()):
        start = mark.end()
    if title:
        start = title.end()
    elif text[start:end] not in place_table():
        lead = _LEADING.match(text, start, end)
        if lead and (lead["word"] or text[lead.end() : end] in place_table()):
            start = lead.end()
    tail = _TAIL_COMPOUND.search(text, start, end) if label != "PERSON" else None
    tail = tail or _TICKER.search(text, start, end)
    return (start, tail.start()) if tail else (start, end)


def _may_be_name(text: str, start: int, end: int, label: str, small: frozenset[str]) -> bool:
    """Whether the model's span is plausible: a capital in it, no technical term, no common noun at the head of a sentence."""
    surface = text[start:end]
    if label == "PRODUCT" and re.match(r"\d{3}-\d", surface):
        return True
    if surface.islower() or not any(letter.isupper() for letter in surface) or is_no_name(surface) or surface in FUNCTION_WORDS:
        return False
    if _AMOUNT.match(surface) and surface not in known_wordings():
        return False
    if " " in surface:
        return not _is_heading(text, start, end, label, small)
    if surface.isupper() or surface in place_table() or surface in known_wordings():
        return True
    folded = surface.lower()
    if label != "PERSON" and folded in _COMMON_NOUNS:
        return False
    if opens_sentence(text, start):
        if folded in _COMMON_NOUNS or (
            folded.endswith(_NOUN_ENDINGS) and label in ("ORG", "PRODUCT", "PERSON", "GPE", "WORK_OF_ART")
        ):
            return text.count(surface) > 1 and re.search(r"\b(?!Mr)[a-z]\w* " + re.escape(surface) + r"\b", text) is not None
        return folded not in small
    return True


_HEADED: Final[frozenset[str]] = frozenset({"ORG", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT", "FAC"})


def _is_heading(text: str, start: int, end: int, label: str, small: frozenset[str]) -> bool:
    """Whether the span is a piece of a heading in title case whose words the article uses in small letters too."""
    if label not in _HEADED or text[start:end] in known_wordings():
        return False
    words = [word for word in re.split(r"[\s-]+", text[start:end]) if len(word) > 2 and word.lower() not in SMALL_WORDS]
    if any(word in place_table() for word in words):
        return False
    common = sum(word.lower() in small for word in words)
    return common >= max(1, 0.6 * len(words)) and in_title_case(text, start, end) and text.count(text[start:end]) == 1


_COMMON_NOUNS: Final[frozenset[str]] = read_words("common_nouns.txt")
_NOUN_ENDINGS: Final = (
    "ments",
    "tions",
    "nesses",
    "holds",
    "ties",
    "ings",
    "ages",
    "ches",
    "ment",
    "tion",
    "ness",
    "wares",
    "hips",
    "logy",
    "logies",
)


_BODY_OR_BUILDING: Final[frozenset[str]] = frozenset(
    [
        "Center",
        "Centre",
        "Hospital",
        "School",
        "College",
        "Court",
        "Museum",
        "Exchange",
        "Institute",
        "Arena",
        "Hall",
        "Studios",
        "Club",
    ]
)


def head_candidates(text: str, words: Words, modeled: Sequence[Candidate]) -> list[Candidate]:
    """Names by their head words and by their spelling; where a head may be a body or a building, ``modeled`` decides."""
    label_at = {candidate.end: candidate.label for candidate in modeled}
    found: list[Candidate] = []
    for name in [*find_heads(text, words), *find_elections(text)]:
        surface = text[name.start : name.end]
        if is_no_name(surface):
            continue
        label = name.label
        if label_at.get(name.end) in ("FAC", "ORG") and surface.rsplit(" ", 1)[-1] in _BODY_OR_BUILDING:
            label = label_at[name.end]
        found.append(Candidate(name.start, name.end, label, name.rule, 6 if label in ("LAW", "EVENT") else 5))
    found.extend(Candidate(name.start, name.end, name.label, name.rule, 6) for name in find_products(text, words))
    return found


def table_candidates(text: str, words: Words) -> list[Candidate]:
    """Places and known names wherever they stand; places that may mean something else with no weight of their own."""
    found: list[Candidate] = []
    known = known_names()
    position = 0
    for start, word in words:
        if start < position:
            continue
        best = 0
        for wording, label, _ in known.get(word, ()):
            end = start + len(wording)
            if text.startswith(wording, start) and not text[end : end + 1].isalnum():
                best = end
                found.append(Candidate(start, end, label, "known_name", 8))
                break
        matched = match_place(text, start, word)
        if matched and matched[0] > best:
            if best:
                found.pop()
            best, place = matched
            found.append(Candidate(start, best, place.label, "place", 9 if place.is_safe else 0))
        position = max(position, best)
    return found


_SHORT: Final = re.compile(r"[A-Z]{3,7}$")
_ROMAN: Final = re.compile(r"[IVXLC]+$")
_SPEAKS_BEFORE: Final = re.compile(
    r"(?:according to (?:the )?|polled by |[a-z]-based |(?:institute|society|agency|regulator|ministry|body|group|bureau|office|"
    r"association|union|watchdog|company|lender|firm|think tank|operator|broker|authority|fund), )$"
)
_SPEAKS_AFTER: Final = re.compile(
    r"(?:, (?:the|an?) [a-z]| (?:said|says|reported|reckons|estimates|expects|forecasts|data show|figures)\b)"
)


def acronym_candidates(text: str, words: Words, found: Sequence[Candidate]) -> list[Candidate]:
    """Bodies known by their initials that the model passed over and that speak, or are told what they are."""
    taken = {candidate.start for candidate in found}
    return [
        Candidate(start, start + len(word), "ORG", "acronym_that_speaks", 4)
        for start, word in words
        if _SHORT.match(word)
        and start not in taken
        and not _ROMAN.match(word)
        and (_SPEAKS_AFTER.match(text, start + len(word)) or _SPEAKS_BEFORE.search(text, max(0, start - 30), start))
        and not is_no_name(word)
        and text[start - 2 : start].strip(" ") not in ("-", "/", "$")
    ]
