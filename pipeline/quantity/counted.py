"""What a count counts: the noun whose number it is, in the singular.

``counted_noun`` asks the grammar of a parsed sentence, ``counted_noun_from_text`` makes do with the words alone, and
``inherit_unit`` finds the noun that an elided count (``up from eight in week 19``) takes from the count that governs it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.mentions import FigureMention
from pipeline.quantity.words import FUNCTION_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedNoun:
    """``unit`` is the singular head; the span is the counted noun phrase without the number, in characters of the article."""

    unit: str
    start_char: int
    end_char: int


# Plurals that no rule makes singular, and words that end in -s in the singular.
IRREGULAR: dict[str, str] = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth", "geese": "goose", "mice": "mouse", "lives": "life", "wives": "wife", "knives": "knife",
    "leaves": "leaf", "loaves": "loaf", "halves": "half", "calves": "calf", "shelves": "shelf", "wolves": "wolf", "thieves": "thief", "criteria": "criterion", "phenomena": "phenomenon", "analyses": "analysis",
    "crises": "crisis", "bases": "base", "theses": "thesis", "diagnoses": "diagnosis", "hypotheses": "hypothesis", "indices": "index", "matrices": "matrix", "vertices": "vertex", "appendices": "appendix", "fungi": "fungus", "stimuli": "stimulus", "alumni": "alumnus",
    "bacteria": "bacterium", "media": "medium", "data": "data", "oxen": "ox", "dice": "die", "policemen": "policeman", "fishermen": "fisherman", "servicemen": "serviceman", "businessmen": "businessman", "firemen": "fireman", "gunmen": "gunman",
    "businesswomen": "businesswoman", "spokesmen": "spokesman", "salesmen": "salesman", "movies": "movie", "cookies": "cookie", "zombies": "zombie", "rookies": "rookie", "calories": "calorie", "ties": "tie", "pies": "pie", "eyes": "eye", "shoes": "shoe", "toes": "toe", "canoes": "canoe",
    "buses": "bus", "gases": "gas", "viruses": "virus", "campuses": "campus", "bonuses": "bonus", "censuses": "census", "statuses": "status", "lenses": "lens", "aliases": "alias", "quizzes": "quiz", "axes": "axe", "caches": "cache", "niches": "niche", "headaches": "headache", "premises": "premises",
    "series": "series", "species": "species", "aircraft": "aircraft", "spacecraft": "spacecraft", "offspring": "offspring", "sheep": "sheep", "fish": "fish", "staff": "staff", "personnel": "personnel", "police": "police", "cattle": "cattle", "troops": "troop", "crossroads": "crossroads",
    "headquarters": "headquarters", "works": "works", "barracks": "barracks", "means": "means", "sales": "sale", "pairs": "pair", "passersby": "passerby", "runners-up": "runner-up", "taxis": "taxi", "skis": "ski",
    "this": "this", "gas": "gas", "bus": "bus", "virus": "virus", "campus": "campus", "news": "news", "status": "status", "census": "census", "bonus": "bonus", "process": "process", "access": "access", "business": "business", "class": "class",
}  # fmt: skip


def singular(word: str) -> str:
    """The singular of an English noun as printed: ``companies`` is company, ``MoUs`` MoU, ``people`` person."""
    lower = word.lower()
    if lower in IRREGULAR:
        found = IRREGULAR[lower]
        return found if word.islower() or word.istitle() else word
    stem = word
    if word.endswith(("’s", "'s")):
        stem = word[:-2]
    elif lower.endswith("ies") and len(word) > 4:
        stem = word[:-3] + "y"
    elif lower.endswith(("sses", "shes", "ches", "xes", "zzes")) or (lower.endswith("oes") and lower not in ("shoes", "toes")):
        stem = word[:-2]
    elif lower.endswith("men") and len(word) > 5:
        stem = word[:-2] + "an"
    elif lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and len(word) > 2:
        stem = word[:-1]
    return stem


def _as_unit(word: str) -> str:
    """A unit is lower case unless its case is its own (``MoU``, ``EV``, ``Kendra``)."""
    one = singular(word)
    letters = [c for c in one if c.isalpha()]
    if sum(c.isupper() for c in letters) > 1 or (one[:1].isupper() and any(c.isdigit() for c in one)):
        return one
    return one


_PHRASE = re.compile(r"[ \u00a0\n-]([A-Za-zÀ-ÿ][\w’'-]*)")
_PLURAL_IRREGULAR = frozenset(plural for plural, one in IRREGULAR.items() if plural != one) | frozenset(
    ["staff", "aircraft", "personnel", "police", "sheep", "cattle", "species", "series", "premises"]
)
_NOT_HEADS = frozenset(
    [
        "overseas",
        "plus",
        "various",
        "numerous",
        "previous",
        "continuous",
        "Chinese",
        "business",
        "class",
        "gas",
        "less",
        "across",
        "towards",
        "as",
        "was",
        "is",
        "has",
        "does",
        "its",
        "this",
        "thus",
        "perhaps",
        "always",
        "sometimes",
        "series",
    ]
)
_MAX_WORDS = 7


def counted_noun_from_text(text: str, figure: FigureMention) -> CountedNoun | None:
    """The counted noun by words alone: the first plural behind the number, else the word right behind it."""
    at = figure.end_char
    end_limit = min(len(text), at + 90)
    words: list[tuple[str, int, int]] = []
    if text.startswith((" of ", " of the ", " of its ", " of their "), at) and figure.bound != "between":
        match = re.compile(r" of (?:the |its |their |our |his |her |these |those |all )?(?:\d+ |[a-z]+ )?").match(text, at)
        of_start = at + 3
        del match
        at = of_start
    while len(words) < _MAX_WORDS and (match := _PHRASE.match(text, at, end_limit)):
        word = match[1]
        if word.lower() in FUNCTION_WORDS and not (
            not words and word.lower() in ("new", "more", "such", "other", "the", "its", "their", "our", "these", "those")
        ):
            break
        if word.lower() not in ("the", "its", "their", "our", "these", "those", "more", "such", "other"):
            words.append((word, match.start(1), match.end(1)))
        at = match.end()
        if text[at : at + 1] in ',.;:)(!?”"—–':
            break
    if not words:
        return None
    one = figure.value == 1 and figure.bound == "exact"
    for index, (word, _, end) in enumerate(words):
        if _is_plural(word) and not (index + 1 < len(words) and word.lower() in _NOT_HEADS):
            return CountedNoun(unit=_unit_of(word), start_char=words[0][1], end_char=end)
    if one or len(words) == 1:
        word, start, end = words[0]
        return CountedNoun(unit=_unit_of(word), start_char=start, end_char=end)
    word, start, end = words[0]
    return CountedNoun(unit=_unit_of(word), start_char=start, end_char=end)


def _is_plural(word: str) -> bool:
    lower = word.lower()
    if lower in _PLURAL_IRREGULAR:
        return True
    return lower.endswith("s") and not lower.endswith(("ss", "us", "is", "’s", "'s")) and lower not in _NOT_HEADS


def _unit_of(word: str) -> str:
    one = _as_unit(word)
    if "-" in one and one.islower():
        return one
    return one if not one.istitle() or not word[0].isupper() else one


def counted_noun(sent: Doc | Span, start_char: int, end_char: int, offset: int = 0) -> CountedNoun | None:
    """The noun that the number at ``start_char:end_char`` counts, by tags and parse of its sentence.

    ``sent`` is a parsed Doc or Span; ``offset`` is where the text that it was made from begins in the article (0 if it is the
    article). Returns None where no noun is counted in this sentence: see ``inherit_unit``.
    """
    tokens = [t for t in sent if t.idx + offset < end_char and t.idx + len(t) + offset > start_char]
    if not tokens:
        return None
    last = tokens[-1]
    head = _head_of_number(last, tokens)
    if head is None:
        return None
    return _phrase(head, last, offset)


_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PARTITIVE = frozenset({"pair", "group", "set", "number", "series", "range", "total"})


def _head_of_number(last: Token, tokens: list[Token]) -> Token | None:
    doc = last.doc
    head = last.head
    inside = {t.i for t in tokens}
    while head.i in inside and head.head.i != head.i:
        head = head.head
    following = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if following is not None and following.lower_ == "of":
        return _object_of(following)
    if head.i > last.i and head.tag_ in _NOUNS and head.i - last.i <= 8 and not _barrier(doc, last.i + 1, head.i):
        return head
    # The parser may hang the number elsewhere: take the end of the noun run right behind it.
    index = last.i + 1
    if index < len(doc) and doc[index].text == "-":
        index += 1
    best = None
    while index < len(doc) and index - last.i <= 7:
        token = doc[index]
        if token.tag_ in _NOUNS:
            best = token
        elif token.tag_ not in ("JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "CC", "POS") or (best is not None):
            break
        index += 1
    return best


def _barrier(doc: Doc, start: int, end: int) -> bool:
    return any(
        doc[i].tag_ in (".", ",", ":", "IN", "VBD", "VBZ", "VBP", "MD", "TO", "-LRB-", "-RRB-") and doc[i].text != ","
        for i in range(start, end)
    )


def _object_of(of: Token) -> Token | None:
    for child in of.children:
        if child.dep_ == "pobj" and child.tag_ in _NOUNS:
            return child
    doc = of.doc
    best = None
    for index in range(of.i + 1, min(len(doc), of.i + 8)):
        token = doc[index]
        if token.tag_ in _NOUNS:
            best = token
        elif best is not None or token.tag_ not in ("DT", "PRP$", "JJ", "CD", "VBN", "JJS", "POS"):
            break
    return best


def _phrase(head: Token, last: Token, offset: int) -> CountedNoun:
    start = last.i + 1
    doc = head.doc
    while start < head.i and (doc[start].is_punct or doc[start].lower_ in ("of", "the", "its", "their", "more", "other", "such")):
        start += 1
    return CountedNoun(
        unit=_unit_of(head.text),
        start_char=doc[start].idx + offset,
        end_char=head.idx + len(head) + offset,
    )


def inherit_unit(figure: FigureMention, earlier: list[tuple[FigureMention, str]], text: str) -> str | None:
    """The unit an elided count takes: that of the nearest earlier count in its sentence or the sentence before.

    ``earlier`` holds the counts before ``figure`` in text order with the units they were given. A count of like size is
    preferred; None where no earlier count is near enough.
    """
    best: str | None = None
    for other, unit in reversed(earlier):
        gap = text[other.end_char : figure.start_char]
        if "\n\n" in gap or len(gap) > 400 or len(re.findall(r"[.!?]\s", gap)) > 1:
            break
        if other.value and figure.value and 0.01 < abs(figure.value / other.value) < 100:
            return unit
        best = best or unit
    return best
