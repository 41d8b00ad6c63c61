"""Article texts → analyzed texts: blocks, sentences, the model's names, and the parse of the sentences that need one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.language.blocks import Block, read_blocks
from pipeline.language.decoding import find_names, parse_trees
from pipeline.language.model import BATCH_SIZE, BATCH_TOKENS, PARSE_BATCH, parse_pipes, text_pipes
from pipeline.language.sentences import SentenceSpan, Spans, split

# A sentence leans on the one before where it begins with its figure, or with a word that stands for something said there.
_SHORT_LEAD = 3  # tokens before the first figure
_LEAD = 12  # tokens in which such a word is looked for
_LEAD_SENTENCE = 60  # tokens of the sentence before, at most
_REFERENCES = frozenset("it its this that these those they them their he she his her both all each former latter".split())


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the statistical model and the page say of one text, before any figure is given a meaning.

    ``doc`` covers the whole text and carries names (``doc.ents``) and sentence starts. ``parses`` holds, by sentence
    index, a Doc of that sentence alone with tags, lemmas and heads; its offsets count from the sentence's start.
    """

    text: str
    doc: Doc
    blocks: tuple[Block, ...]
    sentences: tuple[SentenceSpan, ...]
    parses: dict[int, Doc] = field(default_factory=dict)


def analyze(nlp: Language, texts: Iterable[tuple[str, Spans]]) -> Iterator[Analysis]:
    """Analyze each text; ``texts`` pairs it with the spans of its figures.

    A sentence that holds a figure is parsed, and so is the one before it where it leans on that (``It rose 5%.``). No
    sentence ends inside a figure. The order is kept.
    """
    items = list(texts)
    unused = [name for name in nlp.pipe_names if name not in text_pipes(nlp) or name == "ner"]
    docs = _named(nlp, nlp.pipe((text for text, _ in items), batch_size=BATCH_SIZE, disable=unused))
    analyses = [_split(doc, spans) for doc, (_, spans) in zip(docs, items, strict=True)]
    waiting: list[tuple[Analysis, int, Doc]] = []
    for analysis, (_, spans) in zip(analyses, items, strict=True):
        for index, doc in _to_parse(analysis, spans):
            waiting.append((analysis, index, doc))
    waiting.sort(key=lambda row: len(row[2]))
    for (analysis, index, _), parsed in zip(waiting, parse(nlp, (doc for _, _, doc in waiting)), strict=True):
        analysis.parses[index] = parsed
    yield from analyses


def parse(nlp: Language, docs: Iterable[Doc]) -> Iterator[Doc]:
    """Run the tagger, the parser and the lemmatizer over sentences that are already tokenized."""
    pipes = [(name, nlp.get_pipe(name)) for name in parse_pipes(nlp)]
    remaining = iter(docs)
    while batch := list(islice(remaining, PARSE_BATCH)):
        for name, component in pipes:
            if name == "parser":
                parse_trees(component, batch)
            else:
                batch = list(component.pipe(batch, batch_size=PARSE_BATCH))  # type: ignore[attr-defined]
        yield from batch


def _named(nlp: Language, docs: Iterable[Doc]) -> Iterator[Doc]:
    """The Docs with their names, a few at a time, so that the arrays stay within the processor's cache."""
    if "ner" not in nlp.pipe_names:
        yield from docs
        return
    ner: Any = nlp.get_pipe("ner")
    batch: list[Doc] = []
    for doc in docs:
        batch.append(doc)
        if len(batch) == BATCH_SIZE or sum(map(len, batch)) >= BATCH_TOKENS:
            find_names(ner, batch)
            yield from batch
            batch = []
    find_names(ner, batch)
    yield from batch


def sentence_doc(analysis: Analysis, index: int) -> Doc:
    """The tokens of one sentence as a Doc of its own, pinned to be one sentence."""
    sentence = analysis.sentences[index]
    span = analysis.doc.char_span(sentence.start_char, sentence.end_char, alignment_mode="expand")
    assert span is not None  # a sentence lies inside its text
    doc = Doc(analysis.doc.vocab, words=[t.text for t in span], spaces=[bool(t.whitespace_) for t in span])
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


def _to_parse(analysis: Analysis, spans: Spans) -> Iterator[tuple[int, Doc]]:
    """The sentences that meanings are read from: those with figures, and those that one of them leans on."""
    figures = sorted(start for start, _ in spans)
    done: set[int] = set()
    for index in _sentences_with(analysis.sentences, spans):
        doc = sentence_doc(analysis, index)
        if index and index - 1 not in done:
            sentence = analysis.sentences[index]
            first = figures[bisect_left(figures, sentence.start_char)] - sentence.start_char
            lead = [token.lower_ for token in doc if token.idx < first]
            if len(lead) <= _SHORT_LEAD or not _REFERENCES.isdisjoint(lead[:_LEAD]):
                before = sentence_doc(analysis, index - 1)
                if len(before) <= _LEAD_SENTENCE:
                    yield index - 1, before
        done.add(index)
        yield index, doc


def _sentences_with(sentences: Sequence[SentenceSpan], spans: Spans) -> list[int]:
    found: list[int] = []
    index = 0
    for start, _ in sorted(spans):
        while index < len(sentences) and sentences[index].end_char <= start:
            index += 1
        if index < len(sentences) and sentences[index].start_char <= start and (not found or found[-1] != index):
            found.append(index)
    return found


def _split(doc: Doc, spans: Spans) -> Analysis:
    text = doc.text
    blocks = read_blocks(text)
    sentences = split(text, blocks, (token.idx for token in doc if token.is_sent_start), spans)
    return Analysis(text=text, doc=doc, blocks=tuple(blocks), sentences=tuple(sentences))
