"""Noun phrases of a parsed sentence, in the forms in which a measure, a whole or a source may be worded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from pipeline.context.view import SentenceView

NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "SYM", "X", "ADJ")
_LEFT = {
    "det",
    "amod",
    "compound",
    "poss",
    "nmod",
    "nummod",
    "case",
    "advmod",
    "quantmod",
    "predet",
    "npadvmod",
    "punct",
    "dep",
    "cc",
    "conj",
}
_CUT = {"relcl", "advcl", "appos", "conj", "cc", "punct", "acl", "ccomp", "parataxis"}

# What the tagger takes for a noun and is none: ``y/y``, a ticker (``000660.KS``).
_NO_NOUN = re.compile(r"(?i)[yqmw]/[yqmw]|[yqm]o[yqm]|[yqm]-o-[yqm]|\d{3,6}\.[A-Z]{1,3}")
_FOOTNOTE = re.compile(r"(?<=[A-Za-z])[.,]\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: tokens ``first`` to ``last`` (exclusive) of its sentence around the noun ``head``.

    ``form`` says how much of the phrase is taken: ``base`` (the noun and what stands before it), ``list`` (with the nouns
    that it is listed with), ``complement`` (with
    its first prepositional complement), ``full`` (with all of them), ``relative`` (with its relative or participle clause).
    """

    sentence: int
    first: int
    last: int
    head: int
    form: str
    start_char: int
    end_char: int
    text: str


def phrases(view: SentenceView) -> list[Phrase]:
    """Every noun phrase of ``view``; figures are trimmed from the left and end a phrase on the right."""
    return [phrase for token in view.doc if _is_nominal(view, token) for phrase in _forms(view, token)]


def _is_nominal(view: SentenceView, token: Token) -> bool:
    if token.i in view.figure_tokens or token.i in view.date_tokens or token.is_space or token.is_punct:
        return False
    if _NO_NOUN.fullmatch(token.text):
        return False
    if token.lower_ == "own" or (token.i + 1 < len(view.doc) and view.doc[token.i + 1].text == "-" and not token.whitespace_):
        return False
    if token.pos_ in ("NOUN", "PROPN"):
        return not (token.dep_ == "compound" and token.head.i > token.i and token.head.i not in view.figure_tokens)
    if token.pos_ == "PRON":
        return False
    return token.tag_ in ("VBG", "JJ", "NN") and token.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj", "ROOT")


def _forms(view: SentenceView, token: Token) -> Iterator[Phrase]:
    doc = view.doc
    first = _left_edge(view, token)
    seen: set[int] = set()
    for form, last in _right_edges(view, doc, token):
        if last in seen:
            continue
        seen.add(last)
        start, end = view.chars(first, last)
        footnote = _FOOTNOTE.search(view.slice(start, end))
        end -= len(footnote.group()) if footnote else 0
        yield Phrase(view.index, first, last, token.i, form, start, end, view.slice(start, end))


def _left_edge(view: SentenceView, token: Token) -> int:
    first = token.i
    while first > 0:
        before = view.doc[first - 1]
        if before.i in view.figure_tokens or before.is_space or before.text in "()[]—–;:,":
            break
        if not _hangs_left(before, token):
            break
        first -= 1
    # A phrase begins with a word, not with a hyphen or a possessive mark left over from a figure.
    while first < token.i and (view.doc[first].is_punct or view.doc[first].tag_ in ("POS", "CC") or first in view.date_tokens):
        first += 1
    return first


def _hangs_left(token: Token, head: Token) -> bool:
    """Whether ``token``, left of ``head``, belongs to its noun phrase."""
    while token.i != head.i:
        if token.dep_ not in _LEFT or token.head.i <= token.i - 12 or token.head.i == token.i:
            return False
        if token.dep_ in ("cc", "conj") and token.head.i > head.i:
            return False
        token = token.head
        if token.i > head.i:
            return False
    return True


def _right_edges(view: SentenceView, doc: Doc, token: Token) -> Iterator[tuple[str, int]]:
    base = token.i + 1
    while (
        base < len(doc)
        and doc[base].head.i == token.i
        and doc[base].dep_ in ("nummod", "compound")
        and base not in view.figure_tokens
    ):
        base += 1
    yield "base", base
    last = base
    listed = _list_end(view, token)
    if listed is not None:
        yield "list", listed
    for position, child in enumerate(c for c in token.rights if c.dep_ in ("prep", "agent")):
        if child.i != last:
            break
        end = _complement_end(view, child)
        if end is None:
            break
        last = end
        yield ("complement" if position == 0 else "full"), last
    for child in token.rights:
        if child.dep_ in ("acl", "relcl") and child.left_edge.i >= last:
            end = min(child.right_edge.i + 1, last + 14)
            end = next((i for i in range(last, end) if i in view.figure_tokens or doc[i].text in ",;()—"), end)
            if end > last:
                yield "relative", end
            break


def _list_end(view: SentenceView, token: Token) -> int | None:
    """Where the list ends that ``token`` heads (``imports and exports of the region``); None where it heads none."""
    last: Token | None = None
    waiting = [token]
    while waiting and token.dep_ != "conj":
        for child in waiting.pop().children:
            if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN") and child.i > token.i:
                waiting.append(child)
                last = child if last is None or child.i > last.i else last
    if last is None or last.i - token.i > 12 or any(i in view.figure_tokens for i in range(token.i, last.i + 1)):
        return None
    preposition = next((c for c in last.rights if c.dep_ == "prep" and c.i == last.i + 1), None)
    return (_complement_end(view, preposition) if preposition is not None else None) or last.i + 1


def _complement_end(view: SentenceView, preposition: Token) -> int | None:
    """Where the complement of ``preposition`` ends, before any clause or figure; None where it is a figure or a date."""
    edge = preposition.i + 1
    for token in preposition.doc[edge : preposition.right_edge.i + 1]:
        if token.i in view.figure_tokens or token.i in view.date_tokens:
            break
        if token.text in ",;():—–" or (token.dep_ in ("relcl", "acl", "advcl") and token.pos_ == "VERB"):
            break
        if token.dep_ == "relcl" or token.tag_ in ("WDT", "WP"):
            break
        edge = token.i + 1
    while edge > preposition.i + 1 and (
        view.doc[edge - 1].pos_ in ("ADP", "CCONJ", "DET", "PUNCT", "PART") or view.doc[edge - 1].is_punct
    ):
        edge -= 1
    return edge if edge > preposition.i + 1 else None


def verb_phrases(view: SentenceView) -> list[Phrase]:
    """Verbs that say what was done with an amount (``plans to invest``, ``was spent on boreholes``), figures left out."""
    found = []
    for token in view.doc:
        if token.pos_ != "VERB" or token.i in view.figure_tokens or token.i in view.date_tokens:
            continue
        last = token.i + 1
        while last < len(view.doc) and not _ends_verb_phrase(view, view.doc[last], token):
            last += 1
        while last > token.i + 1 and view.doc[last - 1].pos_ in ("ADP", "CCONJ", "DET", "PUNCT", "PART", "SCONJ"):
            last -= 1
        start, end = view.chars(token.i, last)
        found.append(Phrase(view.index, token.i, last, token.i, "verb", start, end, view.slice(start, end)))
    return found


def _ends_verb_phrase(view: SentenceView, token: Token, verb: Token) -> bool:
    if token.i in view.figure_tokens or token.i in view.date_tokens or token.text in ",;():—–." or token.i - verb.i > 6:
        return True
    return token.pos_ in ("VERB", "AUX") or verb.i not in view.chain(token.i)[1:]
