"""Noun phrases of a parsed sentence, in the forms in which a measure, a whole or a source may be worded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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

_NO_END = ("ADP", "CCONJ", "DET", "PUNCT", "PART")  # no phrase ends with one of these

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
    return [phrase for token in range(len(view.heads)) if _is_nominal(view, token) for phrase in _forms(view, token)]


def _is_nominal(view: SentenceView, token: int) -> bool:
    pos, dep = view.pos[token], view.deps[token]
    if pos in ("NOUN", "PROPN"):
        if dep == "compound" and view.heads[token] > token and view.heads[token] not in view.figure_tokens:
            return False
    elif (
        pos == "PRON" or dep not in ("nsubj", "nsubjpass", "pobj", "dobj", "ROOT") or view.tags[token] not in ("VBG", "JJ", "NN")
    ):
        return False
    if token in view.figure_tokens or token in view.date_tokens or view.spaces[token] or view.puncts[token]:
        return False
    if view.lowers[token] == "own" or (view.texts[token + 1 : token + 2] == ["-"] and not view.spaced[token]):
        return False
    return _NO_NOUN.fullmatch(view.texts[token]) is None


def _forms(view: SentenceView, token: int) -> Iterator[Phrase]:
    first = _left_edge(view, token)
    seen: set[int] = set()
    for form, last in _right_edges(view, token):
        if last in seen:
            continue
        seen.add(last)
        start, end = view.chars(first, last)
        text = view.slice(start, end)
        footnote = _FOOTNOTE.search(text) if text[-1:].isdigit() or text.endswith("\n") else None
        if footnote is not None:
            end -= len(footnote.group())
            text = view.slice(start, end)
        yield Phrase(view.index, first, last, token, form, start, end, text)


def _left_edge(view: SentenceView, token: int) -> int:
    first = token
    while first > 0:
        before = first - 1
        if before in view.figure_tokens or view.spaces[before] or view.texts[before] in "()[]—–;:,":
            break
        if not _hangs_left(view, before, token):
            break
        first -= 1
    # A phrase begins with a word, not with a hyphen or a possessive mark left over from a figure.
    while first < token and (view.puncts[first] or view.tags[first] in ("POS", "CC") or first in view.date_tokens):
        first += 1
    return first


def _hangs_left(view: SentenceView, token: int, noun: int) -> bool:
    """Whether ``token``, left of ``noun``, belongs to its noun phrase."""
    while token != noun:
        dep, head = view.deps[token], view.heads[token]
        if dep not in _LEFT or head <= token - 12 or head == token:
            return False
        if head > noun:
            return False
        token = head
    return True


def _right_edges(view: SentenceView, token: int) -> Iterator[tuple[str, int]]:
    heads, deps = view.heads, view.deps
    base = token + 1
    while base < len(heads) and heads[base] == token and deps[base] in ("nummod", "compound") and base not in view.figure_tokens:
        base += 1
    yield "base", base
    children = view.children(token)
    if not children or children[-1] < token:
        return
    rights = [child for child in children if child > token]
    last = base
    listed = _list_end(view, token)
    if listed is not None:
        yield "list", listed
    for position, child in enumerate(c for c in rights if deps[c] in ("prep", "agent")):
        if child != last:
            break
        end = _complement_end(view, child)
        if end is None:
            break
        last = end
        yield ("complement" if position == 0 else "full"), last
    for child in rights:
        if deps[child] in ("acl", "relcl") and view.doc[child].left_edge.i >= last:
            end = min(view.doc[child].right_edge.i + 1, last + 14)
            end = next((i for i in range(last, end) if i in view.figure_tokens or view.texts[i] in ",;()—"), end)
            if end > last:
                yield "relative", end
            break


def _list_end(view: SentenceView, token: int) -> int | None:
    """Where the list ends that ``token`` heads (``imports and exports of the region``); None where it heads none."""
    deps = view.deps
    last = -1
    waiting = [token] if deps[token] != "conj" else []
    while waiting:
        for child in view.children(waiting.pop()):
            if deps[child] == "conj" and view.pos[child] in ("NOUN", "PROPN") and child > token:
                waiting.append(child)
                last = max(last, child)
    if last < 0 or last - token > 12 or any(i in view.figure_tokens for i in range(token, last + 1)):
        return None
    end = _complement_end(view, last + 1) if last + 1 in view.children(last) and deps[last + 1] == "prep" else None
    return end or last + 1


def _complement_end(view: SentenceView, preposition: int) -> int | None:
    """Where the complement of ``preposition`` ends, before any clause or figure; None where it is a figure or a date."""
    edge = preposition + 1
    for token in range(edge, view.doc[preposition].right_edge.i + 1):
        if token in view.figure_tokens or token in view.date_tokens:
            break
        dep = view.deps[token]
        if view.texts[token] in ",;():—–" or dep == "relcl" or (dep in ("acl", "advcl") and view.pos[token] == "VERB"):
            break
        if view.tags[token] in ("WDT", "WP"):
            break
        edge = token + 1
    while edge > preposition + 1 and (view.pos[edge - 1] in _NO_END or view.puncts[edge - 1]):
        edge -= 1
    return edge if edge > preposition + 1 else None


def verb_phrases(view: SentenceView) -> list[Phrase]:
    """Verbs that say what was done with an amount (``plans to invest``, ``was spent on boreholes``), figures left out."""
    found = []
    pos = view.pos
    for token in range(len(pos)):
        if pos[token] != "VERB" or token in view.figure_tokens or token in view.date_tokens:
            continue
        last = token + 1
        while last < len(pos) and not _ends_verb_phrase(view, last, token):
            last += 1
        while last > token + 1 and (pos[last - 1] in _NO_END or pos[last - 1] == "SCONJ"):
            last -= 1
        start, end = view.chars(token, last)
        found.append(Phrase(view.index, token, last, token, "verb", start, end, view.slice(start, end)))
    return found


def _ends_verb_phrase(view: SentenceView, token: int, verb: int) -> bool:
    if token - verb > 6 or token in view.figure_tokens or token in view.date_tokens or view.texts[token] in ",;():—–.":
        return True
    return view.pos[token] in ("VERB", "AUX") or verb not in view.chain(token)
