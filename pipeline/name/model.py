"""The statistical model's names, as far as they are names: cut, trimmed, taken apart, and freed of common words.

The only module that reads a spaCy Doc; it needs nothing of it but the entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from pipeline.name.clean import split_list, trim
from pipeline.name.cues import GIVEN_NAMES
from pipeline.name.heads import HEADS, NAME_BEHIND
from pipeline.name.lexicon import known_wordings
from pipeline.name.places import place_table
from pipeline.name.scan import in_title_case, opens_sentence
from pipeline.name.spans import LABELS, Candidate
from pipeline.name.tables import any_of, read_words
from pipeline.name.terms import FUNCTION_WORDS, SMALL_WORDS, is_no_name

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ONE_WITH_COMMA: Final = re.compile(
    r"\b(?:Ministry|Department|Office|Committee|Bureau|Commission|Council|Secretary|Institute|Act|Inc|Ltd|Co|LLC|Jr|"
    r"University)\b|"
    r", D\.? ?C\b"
)
_SLASHED_ONE: Final = re.compile(r"\d/|/\d|[A-Z]/[A-Z]\b")
_BREAKS: Final = re.compile(r"\n| ?\||•| [—–-] |--|\t|: ")
_POSSESSIVE: Final = re.compile(r"(?:(?<=\w) ?[’']s|(?<=s) ?[’']) (?=[A-Z]\w+(?: |$))")
_OWNED: Final = re.compile(r"(?<=\w) ?[’']s (?=[a-z])")
_PREPOSITION: Final = re.compile(r" (?:in|at|on|from|to|with|by|said|says|and the|as) (?:the )?(?=[A-Z])")
_TITLE: Final = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame)\.? (?=[A-Z])")
_OFFICE: Final = re.compile(r"[A-Z]{3,6} (?=[A-Z][a-z]+ [A-Z])")
_DOUBLE: Final = re.compile(r"-[A-ZÀ-ÞĀ-ſ][\w’']{1,20}")
_DANGLING: Final = re.compile(r"(?: (?:on|in|at|of|and|for|the|by|to|from|with|as|or|is|was|said|says))+$")
_MARK: Final = re.compile(r"(?:(?P<roman>[IVX]{1,5}|\d{1,2})|[A-Z])[.)] (?=[A-Z])")
_LEADING: Final = re.compile(
    r"(?:(?P<word>Rural|Urban|Across|In|At|From|By|For|While|But|And|When|With|Under|Since|As|Both|Non|See|Said)[ -]|"
    r"(?:(?:[Nn]orth|[Ss]outh)(?:ern|east|west|eastern|western)?|[Ee]ast(?:ern)?|[Ww]est(?:ern)?|"
    r"[Cc]entral|[Mm]ainland) )(?=[A-Z])"
)
_TAIL_COMPOUND: Final = re.compile(r"[-–](?:[a-z]+|[A-Z][a-z]+ed)$")
_TICKER: Final = re.compile(r" (?:\d{4,6}|[A-Z]{1,5})\.[A-Z]{1,2}$")
_AIRCRAFT: Final = re.compile(r"\d{3}-\d")
_PARTS: Final = re.compile(r"[\s-]+")
_AMOUNT: Final = re.compile(r"\d[\d.,:]*[A-Za-z]{0,3}$|[QH]\d{1,2}$")


def model_candidates(doc: Doc, text: str, small: frozenset[str]) -> list[Candidate]:
    """The model's names: allowed labels, cut at line breaks and bars, trimmed, lists taken apart, technical terms dropped.

    ``small`` are the words of the text (``scan.bare_words``), by which one in small letters is known as common.
    """
    found: list[Candidate] = []
    for start, end, label in _entities(doc):
        surface = text[start:end]
        if _BREAKS.search(surface):
            at = start
            for cut in [*_BREAKS.finditer(text, start, end), None]:
                found.extend(_clean(text, at, cut.start() if cut else end, label, small))
                at = cut.end() if cut else end
        else:
            found.extend(_clean(text, start, end, label, small))
    return found


_BEGINS, _GOES_ON = 3, 1
"""What ``ENT_IOB`` holds for the first token of an entity and for its other ones."""


def _entities(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Offsets and label of each entity that is a name: read from the Doc's arrays, at a third of the cost of its spans."""
    marks = doc.to_array("ENT_IOB")
    size = len(marks)
    for index in np.flatnonzero(marks == _BEGINS).tolist():
        token = doc[index]
        label = token.ent_type_
        if label not in LABELS:
            continue
        last = index + 1
        while last < size and marks[last] == _GOES_ON:
            last += 1
        closing = doc[last - 1]
        yield token.idx, closing.idx + len(closing), label


def _clean(text: str, start: int, end: int, label: str, small: frozenset[str]) -> list[Candidate]:
    """The names within one entity of the model, mostly one."""
    start, end = trim(text, start, end)
    dangling = _DANGLING.search(text, start, end)
    if dangling:
        end = dangling.start()
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
    left, joint, right = surface.partition(" and ")
    people = joint and _are_people(left, right)
    if people or (joint and _stand_apart(surface, left, right)):
        label = "PERSON" if people else label
        middle = start + len(left)
        return _clean(text, start, middle, label, small) + _clean(text, middle + 5, end, label, small)
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


def _stand_apart(whole: str, left: str, right: str) -> bool:
    """Whether a name with "and" is two names: one side is known to stand for itself, and the whole is not known."""
    if whole in place_table() or whole in known_wordings():
        return False
    return any(side in known_wordings() or side in place_table() for side in (left, right.removesuffix("'s").removesuffix("’s")))


def _are_people(left: str, right: str) -> bool:
    """Whether both sides begin with a given name.

    >>> _are_people("Shirley Williams", "Bill"), _are_people("Johnson", "Johnson")
    (True, False)
    """
    return left.partition(" ")[0] in GIVEN_NAMES and right.partition(" ")[0] in GIVEN_NAMES and " " in left


def _are_two(left: str, right: str, cut: str) -> bool:
    """Whether a name is really two: each side of the possessive or preposition stands for itself."""
    if cut.lstrip().startswith(("'", "’")):
        return (
            left in place_table()
            or left in known_wordings()
            or left in ("City", "State", "Province", "Bank")
            or right.count(" ") > 1
            or right.partition(" ")[0] in GIVEN_NAMES
        )
    return right.removeprefix("the ") in place_table() and left.rsplit(" ", 1)[-1] not in HEADS


def _shorten(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    """The span without a title, a point of the compass before a country, ``-based`` behind, a ticker behind."""
    if label == "PERSON":
        rest = _DOUBLE.match(text, end)
        end = rest.end() if rest else end
    title = _TITLE.match(text, start, end) or (_OFFICE.match(text, start, end) if label == "PERSON" else None)
    mark = _MARK.match(text, start, end) if label != "PERSON" else None
    if mark and (mark["roman"] or text[mark.end() : end].partition("-")[0] in place_table()):
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
    if label == "PRODUCT" and _AIRCRAFT.match(surface):
        return True
    if surface.islower() or not any(letter.isupper() for letter in surface) or is_no_name(surface) or surface in FUNCTION_WORDS:
        return False
    if _AMOUNT.match(surface) and surface not in known_wordings():
        return False
    if surface in _PORTFOLIOS and _OFFICE_BEHIND.match(text, end):
        return False
    if label == "LAW" and surface.endswith(" Bill") and NAME_BEHIND.match(text, end):
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
    words = [word for word in _PARTS.split(text[start:end]) if len(word) > 2 and word.lower() not in SMALL_WORDS]
    if any(word in place_table() for word in words):
        return False
    common = sum(word.lower() in small for word in words)
    return common >= max(1, 0.6 * len(words)) and in_title_case(text, start, end) and text.count(text[start:end]) == 1


_PORTFOLIOS: Final[frozenset[str]] = read_words("portfolios.txt")
_OFFICE_BEHIND: Final = re.compile(rf" (?:{any_of('offices.txt')})\b")
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
