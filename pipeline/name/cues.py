"""What stands beside a name and tells what it is: titles before a person, ``shares`` after a company, ``in`` before a place.

Each cue is a vote for a label with a weight; ``vote`` adds them to the model's. Pure.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.name.heads import HEADS
from pipeline.name.places import place_table
from pipeline.name.sport import is_of_sport
from pipeline.name.tables import any_of, read_words

GIVEN_NAMES: Final[frozenset[str]] = read_words("given_names.txt")
"""Given names of many languages."""

HARDLY_GIVEN: Final[frozenset[str]] = read_words("hardly_given.txt")
"""Given names that are as often another word at the head of a name."""

SURNAMES: Final[frozenset[str]] = read_words("surnames.txt")
"""Surnames of many languages that are no usual name of a firm or a place."""

FAMILY_NAMES_FIRST: Final[frozenset[str]] = read_words("family_names_first.txt")
"""Surnames that stand before the given name: Chinese, Korean, Vietnamese."""

FIRM_WORDS: Final[frozenset[str]] = read_words("firm_words.txt")
"""Last words of firms that name no kind of body."""

_PARTS_OF_PLACES: Final[frozenset[str]] = read_words("parts_of_places.txt")

TITLES: Final[frozenset[str]] = read_words("titles.txt") | frozenset(
    ["Mr", "Mrs", "Ms", "Dr", "Prof", "Sen", "Rep", "Gov", "Gen", "Lt", "Col", "Sgt", "Capt", "Rev"]
)
"""Words before a person's name: titles, offices and trades."""

FIRM_KINDS: Final[frozenset[str]] = read_words("firm_kinds.txt")
"""What a firm or body is, before its name."""

_SITES: Final[frozenset[str]] = read_words("sites.txt")
_HELD: Final[frozenset[str]] = frozenset(["shares", "stake", "stakes", "shareholder", "shareholders"])
_DONE_BY: Final[frozenset[str]] = frozenset(["owned", "acquired", "backed", "made", "built"])
_AROUND: Final[frozenset[str]] = frozenset(["in", "near", "outside", "across", "around", "throughout"])
_PERSON_AFTER: Final = re.compile(
    rf"(?: ?, (?:\d{{2}}(?:,|-year)|who\b|whose\b|(?:[\w'’-]{{1,15}} ){{0,4}}(?:{any_of('roles.txt')})\b)|"
    r" (?:told|recalls?|recalled|smiled|laughed|joked|tweeted|resigned|died|insists?|insisted|shrugs?|sighs?|graduated|wept)\b|"
    r" \((?:D|R|I)-)"
)
_ORG_AFTER: Final = re.compile(
    rf"(?: ?['’]s? (?:{any_of('firm_things.txt')})\b|"
    r" (?:shares|stock|spokes\w+|executives?|analysts?|data show|data showed|figures show|researchers) \w|"
    r" (?:soared|jumped|surged|tumbled|plunged|slid|gained|added|climbed|fell|rose|shed|slumped|dropped|leapt) (?:by )?"
    r"(?:about |more than |almost )?\d|"
    r" (?:reported|posted|said in a statement|sold \d|launched|acquired|"
    r"filed for|raised \$|employs|operates|delivered \d|shipped \d)\b|"
    rf" ?, (?:an?|the|one of|whose|which|[A-Z]\w{{1,15}}['’]s) (?:[\w-]{{2,15}} ){{0,5}}(?:{any_of('firm_kinds.txt')})\b(?!['’]))"
)
_WHO_AFTER: Final = re.compile(
    r"(?: ?, who\b| (?:said|says|added|told [\w ]{1,30}) (?:he|she|his|her)\b| (?:was born|grew up|studied at|married|quit)\b)"
)
_LED_AFTER: Final = re.compile(
    r" (?:founder|co-founder|boss|CEO|CFO|chief executive|chief economist|chairman|chairwoman|analysts?|economists?|strategist|"
    r"spokesman|spokeswoman|spokesperson|executive|managing director|portfolio manager) [A-Z]"
)
_NOT_OF_PLACE: Final[frozenset[str]] = read_words("not_of_place.txt")
_PLACE_AFTER: Final = re.compile(rf"(?:-based\b| (?:{any_of('divisions.txt')})\b)")
_THING_AFTER: Final = re.compile(
    r" (?:vaccines?|drug|pill|jab|rockets?|sedan|SUV|smartphones?|chatbot|console|missiles?|satellites?|app)\b"
)
_WORKS_AFTER: Final = re.compile(
    r" (?:mine|dam|reservoir|oilfield|oil field|gas field|field|refinery|pit|deposit|nuclear plant|"
    r"power station|reactor|stadium)\b(?!['’])"
)
_NATURE_AFTER: Final = re.compile(rf" (?:{any_of('nature.txt')})\b")
_PLACE_ENDINGS: Final[frozenset[str]] = read_words("place_endings.txt")
_FIRST_WORDS: Final[frozenset[str]] = read_words("first_words.txt")
_INNER_CAPITAL: Final = re.compile(r"[A-Z][a-z]+[A-Z][a-z]|[a-z]{1,2}[A-Z]")
_MODEL_NUMBER: Final = re.compile(r".*[A-Za-z]-\d{1,3}[A-Z]?$")
_FIRM_ENDINGS: Final = tuple(sorted(read_words("firm_endings.txt")))

Vote = tuple[str, int]


def cue_of(text: str, start: int, end: int, label: str) -> Vote | None:
    """The vote of what stands around the name at ``start:end``, which the model read as ``label``.

    >>> text = "Shares in the lender Norbank fell."
    >>> cue_of(text, 21, 28, "PERSON")
    ('ORG', 5)
    """
    before = _before(text, start)
    if before and before[0] == "ORG" and _is_in_full(text[start:end]):
        before = None
    if before:
        return before
    after = text[end : end + 70]
    if label != "PERSON" and " " not in text[start:end] and _WHO_AFTER.match(after):
        return "PERSON", 4
    if _PERSON_AFTER.match(after):
        return ("PERSON", 4) if label in ("PERSON", "ORG", "GPE", "NORP") and " " in text[start:end] else None
    if _LED_AFTER.match(after) and label != "NORP":
        return "ORG", 5
    if _ORG_AFTER.match(after):
        return ("PERSON", 3) if " " in text[start:end] and label in ("PERSON", "ORG") and is_of_sport(text) else ("ORG", 5)
    if label in ("PERSON", "NORP", "GPE", "WORK_OF_ART") and _THING_AFTER.match(after):
        return "PRODUCT", 3
    if label in ("PERSON", "NORP", "GPE", "ORG") and _WORKS_AFTER.match(after):
        return "FAC", 3
    if _NATURE_AFTER.match(after):
        return "LOC", 3
    if _PLACE_AFTER.match(after):
        return "GPE", 3
    return _within(text, start, label)


def _is_in_full(surface: str) -> bool:
    """Whether the name begins with a given name and goes on: no firm, whatever stands before it."""
    first, _, rest = surface.partition(" ")
    return bool(rest) and first in GIVEN_NAMES and first not in HARDLY_GIVEN


def _words_before(text: str, start: int) -> tuple[str, str]:
    """The last word but one and the last before ``start`` in the same line, if a single space follows it."""
    if text[start - 1 : start] not in (" ", "\xa0"):
        return "", ""
    words = text[max(0, start - 34) : start - 1].rsplit(None, 2)
    last = words[-1] if words else ""
    return (words[-2] if len(words) > 1 else ""), last


def _before(text: str, start: int) -> Vote | None:
    """The vote of the word before the name: a title, a kind of firm, what is held of a firm."""
    earlier, last = _words_before(text, start)
    if last.removesuffix(".") in TITLES:
        return "PERSON", 6
    if last in FIRM_KINDS or last == "listed":
        return "ORG", 5
    if (last in ("in", "of") and earlier.lower() in _HELD) or (last == "by" and earlier in _DONE_BY):
        return "ORG", 5
    return None


def _within(text: str, start: int, label: str) -> Vote | None:
    """The vote of a preposition of place before the name, unless what comes before it goes into firms."""
    earlier, last = _words_before(text, start)
    if last in ("at", "in", "near") and earlier in _SITES:
        return "GPE", 3
    if last.lower() in _AROUND and earlier.lower() not in _NOT_OF_PLACE:
        return ("GPE", 3) if label in ("PERSON", "GPE", "NORP") else ("GPE", 1)
    return None


def shape_of(surface: str, label: str) -> Vote | None:
    """The vote of a name's own spelling: capitals alone, a capital within, the ending of a firm, a given name at its head.

    >>> shape_of("KTZ", "PERSON"), shape_of("PitchBook", "GPE"), shape_of("Maria", "ORG")
    (('ORG', 6), ('ORG', 4), ('PERSON', 3))
    """
    first, _, rest = surface.partition(" ")
    if _MODEL_NUMBER.match(surface) and label not in ("PRODUCT", "WORK_OF_ART"):
        return "PRODUCT", 4
    if not rest:
        if surface.isupper() and 2 < len(surface) <= 6 and surface.isalpha():
            if label in ("PERSON", "NORP") or (label in ("GPE", "FAC", "LOC") and len(surface) < 5):
                return "ORG", 6
            return None
        if _INNER_CAPITAL.match(surface) and not surface.startswith(
            ("Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Al", "O'")
        ):
            return ("ORG", 4) if label in ("PERSON", "GPE", "NORP", "LOC", "FAC") else None
        if surface in GIVEN_NAMES or surface in SURNAMES:
            return "PERSON", 3
        if surface.endswith(_FIRM_ENDINGS) and label in ("PERSON", "NORP", "GPE"):
            return "ORG", 3
        return None
    last = surface.rsplit(" ", 1)[-1].rstrip(".")
    if last in place_table() and label in ("GPE", "PERSON") and first not in _PARTS_OF_PLACES and first not in GIVEN_NAMES:
        place = place_table()[last]
        if place.label == "GPE" and place.is_safe and surface not in place_table():
            return "ORG", 4
    if last in _PLACE_ENDINGS and label in ("PERSON", "ORG", "FAC", "LOC", "NORP"):
        return "GPE", 4
    if first in _FIRST_WORDS or (first.isupper() and first.isalpha() and 1 < len(first) < 6 and last in place_table()):
        return "ORG", 4
    head = HEADS.get(last) or ("ORG" if last in FIRM_WORDS else None)
    if head and label not in ("WORK_OF_ART",) and not (head == "LOC" and label in ("FAC", "GPE")):
        return head, 4
    if (
        first in GIVEN_NAMES
        and first not in HARDLY_GIVEN
        and first not in place_table()
        and label in ("ORG", "GPE", "WORK_OF_ART", "PRODUCT", "FAC")
        and rest.count(" ") < 3
        and last[0].isupper()
        and rest.replace(" ", "").replace("-", "").isalpha()
    ):
        return "PERSON", 3
    return None
