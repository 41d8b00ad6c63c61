"""What stands around a figure, and between a figure and a phrase, as named features for the rankers.

Names are ``question=answer`` with value 1, or a name with a number. They are meant to be read: a feature says what a
reader would point at.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from spacy.lexeme import Lexeme
from spacy.tokens import Token
from spacy.vocab import Vocab

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
    mention = figure.mention
    lemmas, heads = view.lemmas, view.heads
    dep = view.deps[figure.head]
    governor = heads[figure.head]
    found: dict[str, float] = {
        f"kind={mention.kind}": 1,
        f"unit={_unit_class(mention.unit)}": 1,
        f"bound={mention.bound}": 1,
        f"sentence={view.kind}": 1,
        f"dep={dep}": 1,
        f"governor={view.pos[governor]}": 1,
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
    preposition = _preposition(view, figure.head)
    if preposition is None:
        found["prep=None"] = 1
    else:
        word, above = view.lowers[preposition], heads[preposition]
        found[f"prep={word}"] = 1
        found[f"prep_governor={view.pos[above]}"] = 1
        found[f"prep_governor_lemma={lemmas[above]}"] = 1
        for name in word_classes(lemmas[above]):
            found[f"prep_governor_class={name}"] = 1
            found[f"prep_class={word}:{name}"] = 1
    found[f"governor_lemma={lemmas[governor]}"] = 1
    for name in word_classes(lemmas[governor]):
        found[f"governor_class={name}"] = 1
        found[f"dep_class={dep}:{name}"] = 1
    verb = view.clause_verbs[figure.head]
    found[f"verb={lemmas[verb]}"] = 1
    found[f"verb_tag={view.tags[verb]}"] = 1
    for name in word_classes(lemmas[verb]):
        found[f"verb_class={name}"] = 1
        found[f"verb_class_side={name}:{'before' if verb < figure.first else 'after'}"] = 1
    found[f"lead={view.lowers[0]}"] = 1
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
    first, last = figure.first, figure.last
    lowers, lemmas = view.lowers, view.lemmas
    marked, dates = view.figure_tokens, view.date_tokens
    left = range(first - 1, max(-1, first - 7), -1)
    right = range(last, min(len(lowers), last + 6))
    for side, tokens in (("left", left), ("right", right)):
        for place, token in enumerate(tokens, start=1):
            if token in dates:
                word = lemma = "<date>"
            elif token in marked:
                word = lemma = view.shapes[token]
            else:
                word, lemma = lowers[token], lemmas[token]
                for name in word_classes(lemma):
                    found.setdefault(f"{side}_class={name}", 1 / place)
            if place <= 3:
                found[f"{side}{place}={word}"] = 1
            found.setdefault(f"{side}~{lemma}", 1 / place)
        if not tokens:
            found[f"{side}1=<edge>"] = 1
    found["parenthesis"] = float(_in_parenthesis(view, first))
    found["clause_start"] = float(first == 0 or view.texts[first - 1] in ",;:(—–-")


def _in_parenthesis(view: SentenceView, token: int) -> bool:
    texts = view.texts[max(0, token - REACH) : token]
    return texts.count("(") + texts.count("[") > texts.count(")") + texts.count("]")


def _preposition(view: SentenceView, token: int) -> int | None:
    """The preposition that governs ``token``, through the noun that it counts."""
    for _ in range(3):
        head = view.heads[token]
        if view.pos[head] in ("ADP", "SCONJ") or view.tags[head] in ("IN", "TO"):
            return head
        if view.deps[token] not in ("nummod", "quantmod", "compound", "amod", "nmod", "appos") or head == token:
            return None
        token = head
    return None


def way_features(view: SentenceView, figure: FigureView, target: int) -> dict[str, float]:
    """Features of a figure and another token of its sentence: the way between them in the tree, and in lists."""
    deps = view.deps
    up, at, down = view.path(figure.head, target)
    ups, downs = ">".join([deps[i] for i in up]), "<".join([deps[i] for i in down])
    verb = view.clause_verbs[figure.head]
    subject_of = view.subject_of[target]
    meet = view.pos[at]
    found: dict[str, float] = {
        f"path={ups}|{meet}|{downs}": 1,
        f"up={ups}": 1,
        f"down={downs}": 1,
        f"meet={meet}": 1,
        f"meet_lemma={view.lemmas[at]}": 1,
        "up_length": len(up),
        "down_length": len(down),
        f"head_dep={deps[target]}": 1,
        "head_is_figure_governor": float(view.heads[figure.head] == target or figure.head == target),
        "same_clause": float(view.clause_verbs[target] == verb),
        "subject": float(subject_of == verb),
        "subject_above": float(subject_of != verb and subject_of in view.chain(verb)),
        "position": target / max(1, len(deps)),
    }
    if len(view.listed[figure.order]) > 1:
        found.update(_coordination_features(view, figure, target))
    for name in word_classes(view.lemmas[at]):
        found[f"meet_class={name}"] = 1
    return found


def pair_features(view: SentenceView, figure: FigureView, phrase: Phrase) -> dict[str, float]:
    """Features of a figure and a phrase of the same sentence: what lies between them."""
    before = phrase.first < figure.first
    low, high = (phrase.last, figure.first) if before else (figure.last, phrase.first)
    width = max(0, high - low)
    figures, verbs, commas, breaks, nouns = view.counted(low, high)
    found: dict[str, float] = {
        "before": float(before),
        "distance": width if before else -width,
        "gap_figures": figures,
        "gap_verbs": verbs,
        "gap_commas": commas,
        "gap_breaks": breaks,
        "gap_nouns": nouns,
        "inside": float(phrase.first < figure.last and phrase.last > figure.first),
    }
    shapes = view.shapes
    if width <= 4:
        found["between=" + " ".join(shapes[low:high])] = 1
    if before and phrase.last < len(shapes):
        found[f"after_phrase={shapes[phrase.last]}"] = 1
    if phrase.first > 0:
        found[f"before_phrase={shapes[phrase.first - 1]}"] = 1
    return found


def phrase_features(view: SentenceView, phrase: Phrase) -> dict[str, float]:
    """Features of a phrase alone."""
    texts = view.texts[phrase.first : phrase.last]
    lemma, pos = view.lemmas[phrase.head], view.pos[phrase.head]
    found: dict[str, float] = {
        f"form={phrase.form}": 1,
        "words": len(texts),
        f"head={lemma}": 1,
        f"head_pos={pos}": 1,
        f"head_tag={view.tags[phrase.head]}": 1,
        f"first_pos={view.pos[phrase.first]}": 1,
        "capitals": sum([text[0].isupper() for text in texts]) / len(texts),
        "possessive": float("poss" in view.deps[phrase.first : phrase.last]),
        "digits": float(any(map(str.isdigit, "".join(texts)))),
        "pronoun": float(pos == "PRON"),
    }
    label = next((n.label for n in view.names if n.start_char < phrase.end_char and n.end_char > view.starts[phrase.head]), None)
    found[f"name={label}"] = 1
    for name in word_classes(lemma):
        found[f"head_class={name}"] = 1
    found.update(meaning_features(view.doc[phrase.head]))
    return found


def subject_features(view: SentenceView, figure: FigureView) -> dict[str, float]:
    """What the subject of the figure's clause is: a name, a person's word, or a thing that may be measured."""
    deps = view.deps
    children = view.children(view.clause_verbs[figure.head])
    subject = next((c for c in children if deps[c] in ("nsubj", "nsubjpass", "csubj")), None)
    if subject is None:
        return {"subject_dep=none": 1.0}
    at = view.starts[subject]
    label = next((n.label for n in view.names if n.start_char <= at < n.end_char), None)
    lemma = view.lemmas[subject]
    return {
        f"subject_dep={deps[subject]}": 1.0,
        f"subject_name={label}": 1.0,
        f"subject_pos={view.pos[subject]}": 1.0,
        f"subject={lemma}": 1.0,
        **{f"subject_class={name}": 1.0 for name in word_classes(lemma)},
        "subject_before": float(subject < figure.first),
        **dict(zip(_SUBJECT_VECTOR, _projected(view.doc[subject]), strict=False)),
    }


def pronoun_features(view: SentenceView, figure: FigureView) -> dict[str, float]:
    """The pronoun or bare reference that the figure's own clause leans on, where there is one."""
    verb = view.clause_verbs[figure.head]
    found: dict[str, float] = {}
    first = max(0, figure.first - REACH)
    for token, word in enumerate(view.lowers[first : figure.first], start=first):
        if word in _REFERENCES and view.tags[token] not in ("IN", "WDT"):
            found[f"reference={word}:{view.deps[token]}"] = 1
            found[f"reference_subject={word}"] = float(view.subject_of[token] == verb)
    return found


_REFERENCES = frozenset("it its this that these those they them their he she total same both each former latter which".split())


def _coordination_features(view: SentenceView, figure: FigureView, head: int) -> dict[str, float]:
    """Whether figure and noun stand at the same place of two lists of one length (``A and B took 5 and 6 percent``)."""
    figures = view.listed[figure.order]
    nouns = noun_list(view, head)
    if len(figures) < 2 or len(nouns) < 2 or head not in nouns:
        return {}
    same_place = figures.index(figure.order) == nouns.index(head)
    return {
        "lists": 1.0,
        "respectively": float("respectively" in view.text),
        "lists_same_length": float(len(figures) == len(nouns)),
        "lists_same_place": float(len(figures) == len(nouns) and same_place),
        "lists_other_place": float(len(figures) == len(nouns) and not same_place),
    }


def noun_list(view: SentenceView, token: int) -> list[int]:
    """The nouns that ``token`` is coordinated with, itself among them, in order."""
    deps, heads = view.deps, view.heads
    first = token
    steps = 0
    while deps[first] == "conj" and heads[first] != first and steps < LONGEST_LIST:
        first = heads[first]
        steps += 1
    found = [first]
    waiting = [first]
    while waiting and len(found) < LONGEST_LIST:
        for child in view.children(waiting.pop()):
            if deps[child] == "conj":
                found.append(child)
                waiting.append(child)
    return sorted(found)


_VECTOR = tuple(f"vector{i}" for i in range(16))
_SUBJECT_VECTOR = tuple(f"subject_{name}" for name in _VECTOR)


def meaning_features(token: Token) -> dict[str, float]:
    """The word vector of ``token`` in a few dimensions: what kind of thing the word names."""
    return dict(zip(_VECTOR, _projected(token), strict=False))


def _projected(token: Token) -> tuple[float, ...]:
    """The word vector of ``token`` in 16 dimensions; empty where it has none."""
    vocab = token.vocab
    # Without a table of vectors a model makes one up from the sentence; only the words of a table can be remembered.
    return _of_word(vocab, token.orth) if vocab.vectors.size and not token.doc.user_token_hooks else _project(token)


@lru_cache(maxsize=1 << 14)
def _of_word(vocab: Vocab, orth: int) -> tuple[float, ...]:
    return _project(vocab[orth])


def _project(word: Token | Lexeme) -> tuple[float, ...]:
    return tuple((np.asarray(word.vector) @ _projection()).tolist()) if word.has_vector else ()
