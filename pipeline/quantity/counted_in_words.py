"""What a count counts, by the words alone: the noun behind it or governing it, in the singular.

``inherit_unit`` finds the noun that an elided count (``and 180 in Hesse``) takes from the count that governs it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.mentions import FigureMention
from pipeline.quantity.singular import is_plural, singular
from pipeline.quantity.words import FUNCTION_WORDS, LEVEL_VERBS, MASSES, TIME_NOUNS


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedNoun:
    """``unit`` is the singular head; the span is the counted noun phrase without the number, in characters of the article.

    ``governed`` is true where the noun does not follow the number but governs it: ``homicides`` in ``homicides fell to 41``.
    """

    unit: str
    start_char: int
    end_char: int
    governed: bool = False


_WORD = re.compile(r"[ \u00a0\n-]([^\W\d_][\w’'-]*)")
_OF = re.compile(
    r" of (?:the |its |their |our |his |her |these |those |all )*(?:\d[\d,.]* |(?:two|three|four|five|six|"
    r"seven|eight|nine|ten) )?"
)
_SOFT = re.compile(r" or (?:so|more)|-(?:plus|odd)")
_PASSED_OVER = frozenset({"the", "its", "their", "our", "these", "those", "more", "such", "other", "new", "all"})
_MAX_WORDS = 7
_STOPS = ',.;:)(!?”"—–'


def counted_noun_from_text(text: str, figure: FigureMention) -> CountedNoun | None:
    """The counted noun by words alone: the first plural behind the number.

    Where no plural follows, the one before a verb of level (``deaths rose to 41``) or behind ``number of``.
    """
    behind = noun_behind_in_text(text, figure.end_char)
    if behind is not None:
        unit, start, end = behind
        return CountedNoun(unit=unit, start_char=start, end_char=end)
    return _governing_words(text, figure.start_char)


#: An aircraft type behind a count, which counts aircraft: ``40 A320neos``.
AIRCRAFT = re.compile(
    r" (?:new |more |additional |firm )?((?:Boeing |Airbus |Embraer |Comac )?(?:A[23]\d\d|7[0-9]7|E1[79]\d|C9[12]9)[-\w]*)"
)


def noun_behind_in_text(text: str, at: int) -> tuple[str, int, int] | None:
    """Unit and span of the noun phrase behind ``at``; None where none follows."""
    if match := AIRCRAFT.match(text, at):
        return "aircraft", match.start(1), match.end(1)
    if match := _SOFT.match(text, at):
        at = match.end()
    if _OF_THEM.match(text, at):
        return None
    if match := _OF.match(text, at):
        at = match.end() - 1
    words: list[tuple[str, int, int]] = []
    while len(words) < _MAX_WORDS and (match := _WORD.match(text, at)):
        word = match[1]
        lower = word.lower()
        if lower in FUNCTION_WORDS and lower not in _PASSED_OVER:
            break
        if words or lower not in _PASSED_OVER:
            words.append((word, match.start(1), match.end(1)))
        at = match.end()
        if text[at : at + 1] in _STOPS:
            break
    for index, (word, _, end) in enumerate(words):
        if is_plural(word) and word.lower() not in TIME_NOUNS and not (index + 1 < len(words) and word.lower() in _ADJECTIVES):
            return singular(word), words[0][1], end
    return None


_ADJECTIVES = frozenset(
    {"overseas", "various", "numerous", "previous", "continuous", "business", "sales", "sports", "savings", "goods"}
)
_NUMBER_OF = re.compile(r"\b(?:number|count|tally|total) of (?:[\w’'-]+ ){0,3}?([\w’-]+s|people|women|men|children|staff)\b")
_PAST_FORMS = (
    "fell rose stood grew was were had been hit came numbered totalled totaled topped dropped slipped climbed reached jumped "
    "exceeded edged"
)
_VERB = "|".join(sorted({*LEVEL_VERBS, *_PAST_FORMS.split()}))
_TOLD = re.compile(
    r"([A-Za-z][\w’'-]*)(?: (?:in|of|at|from|by|with|for|to|on) [^.;:!?\n]{0,60}?)?(?:,[^.;:!?\n]{0,40},)? "
    rf"(?:{_VERB})(?:ed|s|d|es|ing)?\b"
)
_CLAUSE_END = re.compile(r"[.;!?]\s|\n")


def _governing_words(text: str, start: int) -> CountedNoun | None:
    """The plural that a verb of level or ``number of`` before the figure tells the number of."""
    clause_start = max(0, start - 160)
    for stop in _CLAUSE_END.finditer(text, clause_start, start):
        clause_start = stop.end()
    window = text[clause_start:start]
    found = None
    for match in _NUMBER_OF.finditer(window):
        found = match
    if found is None:
        for match in _TOLD.finditer(window):
            word = match[1].lower()
            if word in MASSES or (is_plural(word) and word not in TIME_NOUNS):
                found = match
    if found is None:
        return None
    word = found[1]
    unit = MASSES.get(word.lower()) or singular(word if word[1:2].isupper() else word.lower())
    return CountedNoun(unit=unit, start_char=clause_start + found.start(1), end_char=clause_start + found.end(1), governed=True)


# --- elided -------------------------------------------------------------------------------------------------------------
_OF_THEM = re.compile(r" of (?:them|these|those|which|whom)\b")
# "; robberies, 11.2 percent to 388".
_CLAUSE_HEAD = re.compile(r"; ([a-z]{4,20}),? [^;.\n]{0,40}\Z")
_ANTECEDENT = re.compile(r"[^\W\d_][\w’-]*")
_SENTENCE_END = re.compile(r"[.!?]\s")
_REACH = 400


def inherit_unit(figure: FigureMention, earlier: Sequence[tuple[FigureMention, str]], text: str) -> str | None:
    """The unit that an elided count takes from what stands before it.

    ``earlier`` holds the counts before ``figure`` in text order with the units they were given. ``of them`` takes the nearest
    plural noun; else the nearest earlier count of like size in the sentence or the one before gives its unit. None where
    there is neither.
    """
    if _OF_THEM.match(text, figure.end_char):
        for other, unit in reversed(earlier):
            gap = text[other.end_char : figure.start_char]
            if len(gap) > 220 or "\n\n" in gap:
                break
            if other.value > figure.value > other.value / 1000:
                return unit
        return _antecedent(text, figure.start_char)
    clause = _CLAUSE_HEAD.search(text, max(0, figure.start_char - 60), figure.start_char)
    if clause is not None and is_plural(clause[1]) and clause[1] not in TIME_NOUNS:
        return singular(clause[1])
    best: str | None = None
    for other, unit in reversed(earlier):
        gap = text[other.end_char : figure.start_char]
        if "\n\n" in gap or len(gap) > _REACH or len(_SENTENCE_END.findall(gap)) > 1:
            break
        if other.value and figure.value and 0.01 < abs(figure.value / other.value) < 100:
            return unit
        best = best or unit
    return best or _antecedent(text, figure.start_char)


def _antecedent(text: str, start: int) -> str | None:
    """The nearest plural noun before ``start`` in the sentence or the one before."""
    left = max(0, start - 220)
    paragraph = text.rfind("\n\n", left, start)
    left = paragraph + 2 if paragraph >= 0 else left
    best = None
    for match in _ANTECEDENT.finditer(text, left, start):
        word = match[0]
        if word.islower() or text[match.start() - 2 : match.start()] in (". ", "") or match.start() == left:
            lower = word.lower()
            if is_plural(lower) and lower not in TIME_NOUNS and lower not in _NO_ANTECEDENT and lower not in FUNCTION_WORDS:
                best = singular(lower)
    return best


_NO_ANTECEDENT = frozenset(
    [
        "points",
        "remains",
        "serves",
        "shows",
        "sees",
        "says",
        "makes",
        "takes",
        "comes",
        "goes",
        "gets",
        "gives",
        "stands",
        "amounts",
        "percentages",
        "percents",
        "dollars",
        "euros",
        "yuan",
        "pounds",
        "cents",
        "rupees",
        "says",
        "others",
        "terms",
        "towards",
        "its",
        "as",
        "sales",
        "figures",
        "data",
        "prices",
        "rates",
        "means",
        "series",
        "news",
        "goods",
    ]
)
