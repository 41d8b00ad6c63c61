"""Names and parses that are decided for many tokens at once are those of spaCy's own components, to the last token."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from pipeline import read
from pipeline.language.decoding import find_names, parse_trees
from pipeline.language.model import load_language
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

ODD = [
    "",
    " ",
    "\n\n",
    "China",
    "the United States of",
    "Bank of\n\nJapan, Toyota",
    "A  B   C 5 $",
    "ÅÄÖ 中国 🙂 !",
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_language()


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [article.text for article in read([ROOT / "corpus"])] + ODD


def split(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    for name in ("senter", "factledger_blocks"):
        doc = nlp.get_pipe(name)(doc)
    return doc


def names(doc: Doc) -> list[tuple[int, int, str, str]]:
    return [(e.start, e.end, e.label_, e.kb_id_) for e in doc.ents]


@pytest.mark.parametrize("at_once", [1, 1000])
def test_names(nlp: Language, texts: list[str], at_once: int) -> None:
    ner = nlp.get_pipe("ner")
    theirs, ours = ([split(nlp, text) for text in texts] for _ in range(2))
    list(ner.pipe(theirs, batch_size=8))  # type: ignore[attr-defined]
    for first in range(0, len(ours), at_once):
        find_names(ner, ours[first : first + at_once])  # type: ignore[arg-type]
    assert sum(len(doc.ents) for doc in theirs) > 500
    for a, b in zip(theirs, ours, strict=True):
        assert names(a) == names(b)
        assert [t.ent_iob_ for t in a] == [t.ent_iob_ for t in b]


def test_names_that_were_set_before_are_left_to_the_component(nlp: Language) -> None:
    ner = nlp.get_pipe("ner")
    theirs, ours = (split(nlp, "Acme Steel opened a mill in Poland on Monday.") for _ in range(2))
    for doc in (theirs, ours):
        doc.set_ents([doc[0:2]], default="missing")
    ner(theirs)
    find_names(ner, [ours])  # type: ignore[arg-type]
    assert names(theirs) == names(ours)


def test_parses(nlp: Language, texts: list[str]) -> None:
    parser, embedding = nlp.get_pipe("parser"), nlp.get_pipe("tok2vec")
    sentences = [[t.text for t in s] for text in texts[:6] for s in split(nlp, text).sents if len(s) > 1]
    theirs, ours = ([Doc(nlp.vocab, words=words) for words in sentences] + [Doc(nlp.vocab)] for _ in range(2))
    for docs in (theirs, ours):
        for doc in docs:
            for token in doc:
                token.is_sent_start = token.i == 0
        list(embedding.pipe(docs, batch_size=64))  # type: ignore[attr-defined]
    list(parser.pipe(theirs, batch_size=64))  # type: ignore[attr-defined]
    parse_trees(parser, ours)  # type: ignore[arg-type]
    for a, b in zip(theirs, ours, strict=True):
        assert [(t.head.i, t.dep_) for t in a] == [(t.head.i, t.dep_) for t in b]
