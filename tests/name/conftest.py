"""What the tests of names share: a Doc with the entities that a test says the model found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pytest
import spacy
from spacy.tokens import Doc

MakeDoc = Callable[[str, Iterable[Sequence[str]]], Doc]


@pytest.fixture(scope="session")
def make_doc() -> MakeDoc:
    """A function of a text and (words, label) rows: the Doc in which the model found these words wherever they stand."""
    language = spacy.blank("en")

    def make(text: str, model: Iterable[Sequence[str]] = ()) -> Doc:
        doc = language.make_doc(text)
        spans = []
        taken = -1
        rows = sorted(model, key=lambda row: -len(row[0]))
        found = sorted((start, start + len(words), label) for words, label in rows for start in _starts(text, words))
        for start, end, label in found:
            span = doc.char_span(start, end, label=label, alignment_mode="expand")
            if span is not None and span.start >= taken:
                spans.append(span)
                taken = span.end
        doc.ents = spans
        return doc

    return make


def _starts(text: str, words: str) -> list[int]:
    starts, at = [], text.find(words)
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + 1)
    return starts
