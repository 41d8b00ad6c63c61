"""Article texts → analyzed texts: blocks, sentences, the model's names, and the parse of the sentences that need one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.language.blocks import Block, read_blocks
from pipeline.language.model import BATCH_SIZE, parse_pipes, text_pipes
from pipeline.records import SentenceKind

# The splitter takes the period of these for the end of a sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:No|Nos|Rs|Rp|vs|Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|St|Sr|Jr|approx|ca?|est|resp|cf|incl|excl|Fig|Sec|Art|Para|para|pp?|Vol|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|i\.e|e\.g)|\b[A-Z])\.$"
)

# What a sentence ends in: a mark, a quotation mark, a bracket, or the digit of a footnote glued to the mark (``GDP.1``).
_END = re.compile(r"(?:[.?!…:;][\"'”’)\]»*]*|[.?!][\"'”’)\]]*\d{1,2})$")
# A footnote mark glued to the end of a sentence hides that end from the splitter: ``of GDP.1 The``.
_BEHIND_FOOTNOTE = re.compile(r"(?<=[a-zA-Z)”])\.\d{1,2}[ \u00a0](?=[A-Z“])")

#: In characters. No sentence of a report is as long; a table or a list of numbers set as one is cut into pieces of it, since
#: what a sentence costs grows with the square of the figures in it.
LONGEST_SENTENCE = 2_000


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """A sentence: ``text[start_char:end_char]``, trimmed; ``block`` is the index of the block that it lies in."""

    start_char: int
    end_char: int
    kind: SentenceKind
    block: int


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


Spans = Sequence[tuple[int, int]]


def analyze(nlp: Language, texts: Iterable[tuple[str, Spans]]) -> Iterator[Analysis]:
    """Analyze each text; ``texts`` pairs it with the spans of its figures.

    A sentence that holds a figure is parsed, and no sentence ends inside a figure. The order is kept.
    """
    items = list(texts)
    unused = [name for name in nlp.pipe_names if name not in text_pipes(nlp)]
    docs = nlp.pipe((text for text, _ in items), batch_size=BATCH_SIZE, disable=unused)
    analyses = [_split(doc, spans) for doc, (_, spans) in zip(docs, items, strict=True)]
    waiting: list[tuple[Analysis, int, Doc]] = []
    for analysis, (_, spans) in zip(analyses, items, strict=True):
        for index in _sentences_with(analysis.sentences, spans):
            waiting.append((analysis, index, sentence_doc(analysis, index)))
    waiting.sort(key=lambda row: len(row[2]))
    for (analysis, index, _), parsed in zip(waiting, parse(nlp, (doc for _, _, doc in waiting)), strict=True):
        analysis.parses[index] = parsed
    yield from analyses


def parse(nlp: Language, docs: Iterable[Doc]) -> Iterator[Doc]:
    """Run the tagger, the parser and the lemmatizer over sentences that are already tokenized."""
    stream = docs
    for name in parse_pipes(nlp):
        stream = nlp.get_pipe(name).pipe(stream, batch_size=64)  # type: ignore[attr-defined]
    return iter(stream)


def sentence_doc(analysis: Analysis, index: int) -> Doc:
    """The tokens of one sentence as a Doc of its own, pinned to be one sentence."""
    sentence = analysis.sentences[index]
    span = analysis.doc.char_span(sentence.start_char, sentence.end_char, alignment_mode="expand")
    assert span is not None  # a sentence lies inside its text
    doc = Doc(analysis.doc.vocab, words=[t.text for t in span], spaces=[bool(t.whitespace_) for t in span])
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


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
    inside = _Inside(spans)
    sentences: list[SentenceSpan] = []
    starts = sorted({token.idx for token in doc if token.is_sent_start} | {m.end() for m in _BEHIND_FOOTNOTE.finditer(text)})
    position = 0
    for number, block in enumerate(blocks):
        begin = block.mark_end
        while position < len(starts) and starts[position] <= begin:
            position += 1
        while position < len(starts) and starts[position] < block.end_char:
            at = starts[position]
            position += 1
            if block.kind not in ("heading", "table_row") and not inside(at) and _may_start(text, begin, at, block.end_char):
                _append(sentences, text, begin, at, block.kind, number, inside)
                begin = at
        _append(sentences, text, begin, block.end_char, block.kind, number, inside)
    return Analysis(text=text, doc=doc, blocks=tuple(blocks), sentences=tuple(sentences))


def _may_start(text: str, begin: int, at: int, end: int) -> bool:
    """Whether a sentence may start at ``at``: not behind an abbreviation, and not inside a clause."""
    before = text[max(begin, at - 16) : at].rstrip()
    if not before or _ABBREVIATION.search(before):
        return False
    following = text[at : min(end, at + 40)]
    if not _END.search(before) or following[0].islower():
        return False
    return any(c.isalnum() for c in following)


def _append(
    out: list[SentenceSpan], text: str, start: int, end: int, kind: SentenceKind, block: int, inside: Callable[[int], bool]
) -> None:
    while end - start > LONGEST_SENTENCE:
        cut = _cut(text, start, inside)
        _append(out, text, start, cut, kind, block, inside)
        start = cut
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        out.append(SentenceSpan(start, end, kind, block))


def _cut(text: str, start: int, inside: Callable[[int], bool]) -> int:
    """Where to cut what goes on for too long: behind the last mark or space of the stretch that is allowed, outside figures."""
    low, high = start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE
    for marks in (".;\n", ",|\t", " "):
        for at in range(high, low, -1):
            if text[at - 1] in marks and not inside(at):
                return at
    return next((at for at in range(high, low, -1) if not inside(at)), high)


class _Inside:
    """Whether a character offset lies inside one of some spans (not at its start)."""

    def __init__(self, spans: Spans) -> None:
        self._offsets = {offset for start, end in spans for offset in range(start + 1, end)}

    def __call__(self, offset: int) -> bool:
        return offset in self._offsets
