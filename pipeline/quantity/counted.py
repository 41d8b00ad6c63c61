"""What a count counts, by tags and parse: the noun whose number it is, in the singular; ``counted_in_words`` has words alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.quantity.counted_in_words import AIRCRAFT, CountedNoun, noun_behind_in_text
from pipeline.quantity.singular import singular
from pipeline.quantity.words import HEADLESS, LEVEL_VERBS, MASSES, TIME_NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_MODIFIERS = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "POS", "NN", "NNS", "NNP", "NNPS", "CD", "FW"})
_DETERMINERS = frozenset({"DT", "PRP$", "PDT"})


def counted_noun(sent: Doc | Span, start_char: int, end_char: int, offset: int = 0) -> CountedNoun | None:
    """The noun that the number at ``start_char:end_char`` counts, by tags and parse of its sentence.

    ``sent`` is a parsed Doc or Span; ``offset`` is where the text that it was made from begins in the article (0 if it is the
    article). The noun behind the number comes first, then the one that governs it (``deaths rose to 41``); None where this
    sentence names neither: see ``inherit_unit``.
    """
    tokens = [t for t in sent if t.idx + offset < end_char and t.idx + len(t) + offset > start_char]
    if not tokens:
        return None
    last = tokens[-1]
    head = None if AIRCRAFT.match(last.doc.text, end_char - offset) else _noun_behind(last, tokens[0])
    if head is not None:
        return _phrase(head, last, offset)
    behind = noun_behind_in_text(last.doc.text, end_char - offset)
    if behind is not None:
        unit, start, end = behind
        return CountedNoun(unit=unit, start_char=start + offset, end_char=end + offset)
    subject = _governor(last, {t.i for t in tokens})
    if subject is None:
        return None
    noun, unit = subject
    left = noun.left_edge if noun.left_edge.i >= noun.i - 6 else noun
    if left.tag_ in _DETERMINERS and left.i < noun.i:
        left = left.nbor(1)
    return CountedNoun(unit=unit, start_char=left.idx + offset, end_char=noun.idx + len(noun) + offset, governed=True)


def _noun_behind(last: Token, first: Token) -> Token | None:
    """The head of the noun phrase right behind the number, or the object of ``of``."""
    doc = last.doc
    at = last.i + 1
    if at < len(doc) and doc[at].text in ("-", "–") and at + 1 < len(doc):
        at += 1
        if doc[at].lower_ in ("plus", "odd"):
            at += 1
    elif at + 1 < len(doc) and doc[at].lower_ == "or" and doc[at + 1].lower_ in ("so", "more"):
        at += 2
    if at >= len(doc):
        return None
    if doc[at].lower_ == "of":
        return _object_of(doc, at)
    head = last.head
    while first.i <= head.i <= last.i and head.head.i != head.i:
        head = head.head
    if doc[at].tag_ in ("IN", "CC", "TO", ".", ",", ":", "MD", "VBZ", "VBD", "VBP"):
        return None
    run = _noun_run(doc, at)
    if run is None:
        return None
    if head.i > last.i and head.tag_ in _NOUNS and at <= head.i <= run[-1].i and not _is_time(head):
        best: Token = head
    else:
        best = run[-1]
    # The run may hold more than one phrase ("four branches Megabox three"): a plural that a name follows ends it.
    for token in run:
        if token.tag_ == "NNS" and token.i < best.i and doc[token.i + 1].tag_ in ("NNP", "JJ", "VBN", "VBG"):
            best = token
            break
    if _is_time(best) or best.lower_ in HEADLESS:
        return None
    return best


def _noun_run(doc: Doc, at: int) -> list[Token] | None:
    """Nouns of the modifiers-and-nouns run that begins at ``at``; None where none does."""
    nouns: list[Token] = []
    index = at
    while index < len(doc) and index - at <= 8:
        token = doc[index]
        if token.tag_ in _NOUNS:
            nouns.append(token)
        elif (
            (
                token.tag_ in ("CC", ",")
                and index > at
                and not nouns
                and index + 1 < len(doc)
                and doc[index + 1].tag_ in _MODIFIERS
            )
            or (
                token.tag_ == "CC"
                and nouns
                and nouns[-1].tag_ in ("NN", "NNP")
                and index + 1 < len(doc)
                and doc[index + 1].tag_ == "NNS"
            )
            or (token.tag_ == "CD" and nouns and doc[index - 1].tag_ == "POS")
        ):
            pass
        elif token.tag_ not in _MODIFIERS or (token.tag_ == "CD" and nouns):
            # "Fast-charging", "newly built", "blacked-out": adverbs inside a compound.
            bound = index + 1 < len(doc) and (doc[index + 1].tag_ in ("HYPH", "VBN", "JJ") or doc[index - 1].tag_ == "HYPH")
            if bound and token.tag_ in ("RB", "RBR", "RP", "IN", "NN"):
                index += 1
                continue
            if not (token.lower_ in ("more", "new", "other", "additional", "such", "fewer", "full", "further") and not nouns):
                break
        elif nouns and token.tag_ in ("VBN", "VBG", "JJR") and nouns[-1].tag_ == "NNS":
            break
        index += 1
    return nouns or None


def _is_time(token: Token) -> bool:
    return token.lower_ in TIME_NOUNS


def _object_of(doc: Doc, at: int) -> Token | None:
    """The noun behind ``of``: of ``10 of the 27 states``, ``60% of all homes``; None before a pronoun."""
    index = at + 1
    while index < len(doc) and (doc[index].tag_ in ("DT", "PRP$", "PDT", "CD") or doc[index].lower_ in ("all", "some")):
        index += 1
    run = _noun_run(doc, index) if index < len(doc) else None
    if run is None or _is_time(run[-1]):
        return None
    return run[-1]


def _phrase(head: Token, last: Token, offset: int) -> CountedNoun:
    start = last.i + 1
    doc = head.doc
    while start < head.i and (doc[start].is_punct or doc[start].tag_ in ("DT", "PRP$", "CD") or doc[start].lower_ in _LEADS):
        start += 1
    return CountedNoun(
        unit=_unit(_whole_word(head, last.i + 1 if doc[last.i + 1].text != "-" else last.i + 2)),
        start_char=doc[start].idx + offset,
        end_char=head.idx + len(head) + offset,
    )


_LEADS = frozenset({"of", "more", "other", "such", "or", "so", "odd", "plus", "all"})


def _whole_word(head: Token, first: int) -> str:
    """The head with what a hyphen binds to it: spaCy splits ``A220-300s`` and ``787-9s``."""
    doc = head.doc
    start = head.i
    while start > first and not doc[start - 1].whitespace_ and (doc[start - 1].text == "-" or doc[start].text == "-"):
        start -= 1
    text = doc[start : head.i + 1].text
    return text if any(c.isdigit() for c in text) else head.text


def _unit(word: str) -> str:
    return singular(word)


def _governor(last: Token, inside: set[int]) -> tuple[Token, str] | None:
    """The noun whose number is told by a verb: the subject of ``fell to 41``, ``numbered 32``, ``was 356``."""
    node = last
    steps = 0
    while node.head.i != node.i and steps < 6:
        up = node.head
        if up.i in inside or up.tag_ in ("IN", "TO", "CD", "RB", "RBR", "JJR") or up.dep_ in ("prep", "quantmod", "pcomp"):
            node, steps = up, steps + 1
            continue
        if up.pos_ in ("VERB", "AUX"):
            if up.lemma_.lower() in _MOVERS:
                moved = next((child for child in up.children if child.dep_ == "dobj" and child.i < last.i), None)
                return _as_counted(moved) if moved is not None else None
            if up.lemma_.lower() not in LEVEL_VERBS and up.pos_ != "AUX":
                return None
            return _subject(up, last)
        if up.tag_ in _NOUNS and node.dep_ in ("prep", "appos", "nummod", "amod") and up.i < last.i:
            return _as_counted(up)
        return None
    return None


# Verbs that move their object: "lift its scanner count from three to 15".
_MOVERS = frozenset(
    ["lift", "raise", "cut", "reduce", "bring", "take", "boost", "trim", "slash", "double", "push", "drive", "expand", "lower"]
)


def _subject(verb: Token, last: Token) -> tuple[Token, str] | None:
    node = verb
    for _ in range(3):
        for child in node.children:
            if child.dep_ in ("nsubj", "nsubjpass", "expl") and child.i < last.i:
                if child.tag_ in ("WDT", "WP") and node.head.i < node.i and node.head.tag_ in _NOUNS:
                    return _as_counted(node.head)
                return _as_counted(child)
        if node.dep_ in ("conj", "xcomp", "advcl", "acl", "relcl", "pcomp") and node.head.i < node.i:
            node = node.head
            if node.tag_ in _NOUNS:
                return _as_counted(node)
        else:
            break
    return None


def _as_counted(noun: Token) -> tuple[Token, str] | None:
    """``number of deals`` counts deals, ``population`` persons, ``deaths`` deaths; None for what cannot be counted."""
    lower = noun.lower_
    if lower in HEADLESS:
        for child in noun.children:
            if child.lower_ == "of":
                for inner in child.children:
                    if inner.dep_ == "pobj" and inner.tag_ in _NOUNS:
                        return inner, _unit(inner.text)
        for child in noun.children:
            if child.dep_ == "compound" and child.lower_ not in HEADLESS:
                return noun, MASSES.get(f"{child.lower_} {lower}") or _unit(child.text)
        return None
    for child in noun.children:
        if child.dep_ == "compound" and (mass := MASSES.get(f"{child.lower_} {lower}")):
            return noun, mass
    if lower in MASSES:
        return noun, MASSES[lower]
    if noun.tag_ == "NNS" and not _is_time(noun):
        return noun, _unit(noun.text)
    return None
