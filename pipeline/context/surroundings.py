"""What stands around a figure, and between a figure and a phrase, as named features for the rankers.

Names are ``question=answer`` with value 1, or a name with a number. They are meant to be read: a feature says what a
reader would point at.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from pipeline.context.lexicon import word_classes
from pipeline.context.phrases import Phrase
from pipeline.context.view import LONGEST_LIST, REACH, FigureView, SentenceView


@cache
def _projection() -> NDArray[np.float32]:
    """Principal components of the vectors of frequent nouns, shape (vector width, components)."""
    with (files("pipeline.context") / "weights" / "projection.npy").open("rb") as file:
        return np.asarray(np.load(file), dtype=np.float32)


def figure_features(view: SentenceView, figure: FigureView) -> dict[str, float]:
    """Features of a figure alone: its kind and unit, its neighbors, what governs it."""
    doc, mention = view.doc, figure.mention
    head = doc[figure.head]
    found: dict[str, float] = {
        f"kind={mention.kind}": 1,
        f"unit={_unit_class(mention.unit)}": 1,
        f"bound={mention.bound}": 1,
        f"sentence={view.kind}": 1,
        f"dep={head.dep_}": 1,
        f"governor={head.head.pos_}": 1,
        "order": figure.order,
        "figures": len(view.figures),
        "rest": len(view.figures) - figure.order - 1,
        "decimals": float("." in mention.text),
    }
    if mention.sign:
        found[f"sign={mention.sign}"] = 1
    if mention.per:
        found["per"] = 1
    _add_words(found, view, figure)
    preposition = _preposition(head)
    found[f"prep={preposition.lower_ if preposition is not None else None}"] = 1
    if preposition is not None:
        found[f"prep_governor={preposition.head.pos_}"] = 1
        found[f"prep_governor_lemma={preposition.head.lemma_.lower()}"] = 1
        for name in word_classes(preposition.head.lemma_.lower()):
            found[f"prep_governor_class={name}"] = 1
            found[f"prep_class={preposition.lower_}:{name}"] = 1
    found[f"governor_lemma={head.head.lemma_.lower()}"] = 1
    for name in word_classes(head.head.lemma_.lower()):
        found[f"governor_class={name}"] = 1
        found[f"dep_class={head.dep_}:{name}"] = 1
    verb = doc[view.clause_verbs[figure.head]]
    found[f"verb={verb.lemma_.lower()}"] = 1
    found[f"verb_tag={verb.tag_}"] = 1
    for name in word_classes(verb.lemma_.lower()):
        found[f"verb_class={name}"] = 1
        found[f"verb_class_side={name}:{'before' if verb.i < figure.first else 'after'}"] = 1
    found[f"lead={doc[0].lower_}"] = 1
    if mention.text.lower() != mention.text.upper():
        found[f"word={mention.text.split()[-1].lower()}"] = 1
    return found


def _unit_class(unit: str | None) -> str:
    if unit is None:
        return "count"
    if re.fullmatch(r"[A-Z]{3}", unit):
        return "currency"
    return unit


def _add_words(found: dict[str, float], view: SentenceView, figure: FigureView) -> None:
    doc = view.doc
    first, last = figure.first, figure.last
    left = [doc[i] for i in range(first - 1, max(-1, first - 7), -1)]
    right = [doc[i] for i in range(last, min(len(doc), last + 6))]
    for side, tokens in (("left", left), ("right", right)):
        near = 0
        for place, token in enumerate(tokens, start=1):
            word = token.lower_ if token.i not in view.figure_tokens else f"<{_kind_at(view, token.i)}>"
            if token.i in view.date_tokens:
                word = "<date>"
            if place <= 3:
                found[f"{side}{place}={word}"] = 1
            found.setdefault(f"{side}~{token.lemma_.lower() if word == token.lower_ else word}", 1 / place)
            for name in word_classes(token.lemma_.lower()) if word == token.lower_ else ():
                found.setdefault(f"{side}_class={name}", 1 / place)
            near += 1
        if near == 0:
            found[f"{side}1=<edge>"] = 1
    found["parenthesis"] = float(_in_parenthesis(view, first))
    found["clause_start"] = float(first == 0 or doc[first - 1].text in ",;:(—–-")


def _kind_at(view: SentenceView, token: int) -> str:
    return next((f.mention.kind for f in view.figures if token in f.tokens), "number")


def _in_parenthesis(view: SentenceView, token: int) -> bool:
    depth = 0
    for i in range(max(0, token - REACH), token):
        text = view.doc[i].text
        depth += text in ("(", "[")
        depth -= text in (")", "]")
    return depth > 0


def _preposition(token: Token) -> Token | None:
    """The preposition that governs ``token``, through the noun that it counts."""
    for _ in range(3):
        if token.head.pos_ in ("ADP", "SCONJ") or token.head.tag_ in ("IN", "TO"):
            return token.head
        if token.dep_ not in ("nummod", "quantmod", "compound", "amod", "nmod", "appos") or token.head.i == token.i:
            return None
        token = token.head
    return None


def way_features(view: SentenceView, figure: FigureView, target: int) -> dict[str, float]:
    """Features of a figure and another token of its sentence: the way between them in the tree, and in lists."""
    doc = view.doc
    head = doc[target]
    up, at, down = view.path(figure.head, target)
    meet = doc[at]
    ups, downs = ">".join(view.deps[i] for i in up), "<".join(view.deps[i] for i in down)
    verb = view.clause_verbs[figure.head]
    found: dict[str, float] = {
        f"path={ups}|{meet.pos_}|{downs}": 1,
        f"up={ups}": 1,
        f"down={downs}": 1,
        f"meet={meet.pos_}": 1,
        f"meet_lemma={view.lemmas[at]}": 1,
        "up_length": len(up),
        "down_length": len(down),
        f"head_dep={head.dep_}": 1,
        "head_is_figure_governor": float(view.heads[figure.head] == target or figure.head == target),
        "same_clause": float(view.clause_verbs[target] == verb),
        "subject": float(_is_subject_of(head, verb)),
        "subject_above": float(any(_is_subject_of(head, a) for a in view.chain(verb)[1:])),
        "position": target / max(1, len(doc)),
        **_coordination_features(view, figure, head),
    }
    for name in word_classes(view.lemmas[at]):
        found[f"meet_class={name}"] = 1
    return found


def pair_features(view: SentenceView, figure: FigureView, phrase: Phrase) -> dict[str, float]:
    """Features of a figure and a phrase of the same sentence: what lies between them."""
    doc = view.doc
    before = phrase.first < figure.first
    low, high = (phrase.last, figure.first) if before else (figure.last, phrase.first)
    width = max(0, high - low)
    found: dict[str, float] = {
        "before": float(before),
        "distance": width if before else -width,
        "gap_figures": view.between("figure", low, high),
        "gap_verbs": view.between("verb", low, high),
        "gap_commas": view.between("comma", low, high),
        "gap_breaks": view.between("break", low, high),
        "gap_nouns": view.between("noun", low, high),
        "inside": float(phrase.first < figure.last and phrase.last > figure.first),
    }
    if width <= 4:
        found["between=" + " ".join(_shape(view, i) for i in range(low, high))] = 1
    if before and phrase.last < len(doc):
        found[f"after_phrase={_shape(view, phrase.last)}"] = 1
    if phrase.first > 0:
        found[f"before_phrase={_shape(view, phrase.first - 1)}"] = 1
    return found


def phrase_features(view: SentenceView, phrase: Phrase) -> dict[str, float]:
    """Features of a phrase alone."""
    doc = view.doc
    head = doc[phrase.head]
    words = [doc[i] for i in range(phrase.first, phrase.last)]
    found: dict[str, float] = {
        f"form={phrase.form}": 1,
        "words": phrase.last - phrase.first,
        f"head={head.lemma_.lower()}": 1,
        f"head_pos={head.pos_}": 1,
        f"head_tag={head.tag_}": 1,
        f"first_pos={words[0].pos_}": 1,
        "capitals": sum(t.text[:1].isupper() for t in words) / len(words),
        "possessive": float(any(t.dep_ == "poss" for t in words)),
        "digits": float(any(c.isdigit() for t in words for c in t.text)),
        "pronoun": float(head.pos_ == "PRON"),
    }
    label = next((n.label for n in view.names if n.start_char < phrase.end_char and n.end_char > view.starts[phrase.head]), None)
    found[f"name={label}"] = 1
    for name in word_classes(head.lemma_.lower()):
        found[f"head_class={name}"] = 1
    found.update(meaning_features(head))
    return found


def subject_features(view: SentenceView, figure: FigureView) -> dict[str, float]:
    """What the subject of the figure's clause is: a name, a person's word, or a thing that may be measured."""
    verb = view.doc[view.clause_verbs[figure.head]]
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "csubj")), None)
    if subject is None:
        return {"subject_dep=none": 1.0}
    at = view.starts[subject.i]
    label = next((n.label for n in view.names if n.start_char <= at < n.end_char), None)
    return {
        f"subject_dep={subject.dep_}": 1.0,
        f"subject_name={label}": 1.0,
        f"subject_pos={subject.pos_}": 1.0,
        f"subject={subject.lemma_.lower()}": 1.0,
        **{f"subject_class={name}": 1.0 for name in word_classes(subject.lemma_.lower())},
        "subject_before": float(subject.i < figure.first),
        **{f"subject_{name}": value for name, value in meaning_features(subject).items()},
    }


def pronoun_features(view: SentenceView, figure: FigureView) -> dict[str, float]:
    """The pronoun or bare reference that the figure's own clause leans on, where there is one."""
    verb = view.clause_verbs[figure.head]
    found: dict[str, float] = {}
    for token in view.doc[max(0, figure.first - REACH) : figure.first]:
        if token.lower_ in _REFERENCES and token.tag_ not in ("IN", "WDT"):
            found[f"reference={token.lower_}:{token.dep_}"] = 1
            found[f"reference_subject={token.lower_}"] = float(_is_subject_of(token, verb))
    return found


_REFERENCES = frozenset("it its this that these those they them their he she total same both each former latter which".split())


def _coordination_features(view: SentenceView, figure: FigureView, head: Token) -> dict[str, float]:
    """Whether figure and noun stand at the same place of two lists of one length (``A and B took 5 and 6 percent``)."""
    figures = view.listed[figure.order]
    if len(figures) < 2:
        return {}
    nouns = noun_list(head)
    if len(nouns) < 2 or head.i not in nouns:
        return {}
    same_place = figures.index(figure.order) == nouns.index(head.i)
    return {
        "lists": 1.0,
        "respectively": float("respectively" in view.text),
        "lists_same_length": float(len(figures) == len(nouns)),
        "lists_same_place": float(len(figures) == len(nouns) and same_place),
        "lists_other_place": float(len(figures) == len(nouns) and not same_place),
    }


def noun_list(token: Token) -> list[int]:
    """The token indices of the nouns that ``token`` is coordinated with, itself among them, in order."""
    first = token
    steps = 0
    while first.dep_ == "conj" and first.head.i != first.i and steps < LONGEST_LIST:
        first = first.head
        steps += 1
    found = [first.i]
    waiting = [first]
    while waiting and len(found) < LONGEST_LIST:
        for child in waiting.pop().children:
            if child.dep_ == "conj":
                found.append(child.i)
                waiting.append(child)
    return sorted(found)


_VECTOR = tuple(f"vector{i}" for i in range(16))


def meaning_features(token: Token) -> dict[str, float]:
    """The word vector of ``token`` in a few dimensions: what kind of thing the word names."""
    if not token.has_vector:
        return {}
    return dict(zip(_VECTOR, (np.asarray(token.vector) @ _projection()).tolist(), strict=True))


def _is_subject_of(token: Token, verb: int) -> bool:
    """Whether ``token`` is the subject, or listed with the subject, of the verb at this place of the sentence."""
    while token.dep_ in ("conj", "appos") and token.head.i != token.i:
        token = token.head
    return token.dep_ in ("nsubj", "nsubjpass", "csubj") and token.head.i == verb


def _shape(view: SentenceView, token: int) -> str:
    if token in view.figure_tokens:
        return f"<{_kind_at(view, token)}>"
    return "<date>" if token in view.date_tokens else view.lowers[token]
