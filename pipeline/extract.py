"""Article → Extraction: the only place where mentions and spaCy objects become the rows of the tables.

extractor = load_extractor()
[extraction] = extractor.extract_batch([Article(source="note.txt", text="Exports rose 5% to $3 billion in 2024.")])
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from spacy.language import Language

from pipeline.context.answer import QUESTIONS, answer_all
from pipeline.context.assemble import assemble
from pipeline.context.confidence import confidences_of
from pipeline.context.forest import load_forest
from pipeline.context.meaning import Meaning
from pipeline.context.view import ArticleView
from pipeline.date import read_dates
from pipeline.figures import Survey, account_numerals, survey, worth
from pipeline.language.analysis import Analysis, analyze
from pipeline.language.model import DEFAULT_MODEL, load_language
from pipeline.mentions import DateMention, FigureMention, NameMention
from pipeline.name import resolve_names
from pipeline.quantity.counted import counted_noun
from pipeline.quantity.counted_in_words import counted_noun_from_text, inherit_unit
from pipeline.recording import (
    UNNAMED_UNIT,
    date_row,
    entity_row,
    fact_key,
    fact_row,
    find_home,
    keys_of,
    number_rows,
    sentence_rows,
)
from pipeline.records import Article, Extraction


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one article, before it becomes rows: kept apart for training, tests and explanation."""

    article: Article
    analysis: Analysis
    figures: tuple[FigureMention, ...]
    dates: tuple[DateMention, ...]
    names: tuple[NameMention, ...]
    view: ArticleView
    found: Survey | None = None


@dataclass(frozen=True, slots=True)
class Extractor:
    """A loaded model and what it does: ``model`` is its package name and version, as ``runs.model`` stores it."""

    nlp: Language
    model: str
    aliases: Mapping[str, str] = field(default_factory=dict)

    def extract_batch(self, articles: Sequence[Article]) -> list[Extraction]:
        """Extract each article; the result depends on the article alone, not on its batch."""
        readings = self.read_batch(articles)
        meanings = answer_all([reading.view for reading in readings])
        return [to_extraction(reading, meant) for reading, meant in zip(readings, meanings, strict=True)]

    def read_batch(self, articles: Sequence[Article]) -> list[Reading]:
        """Find figures, dates and names, split and parse sentences, and set them side by side."""
        numbers = [_read_numbers(article) for article in articles]
        texts = [
            (article.text, [(f.start_char, f.end_char) for f in read.figures])
            for article, read in zip(articles, numbers, strict=True)
        ]
        analyses = analyze(self.nlp, texts)
        return [
            _reading(article, analysis, read, self.aliases)
            for article, analysis, read in zip(articles, analyses, numbers, strict=True)
        ]


def load_extractor(model: str = DEFAULT_MODEL, *, aliases: Mapping[str, str] | None = None, trained: bool = True) -> Extractor:
    """Load the spaCy package ``model`` and the trees of ``context``, and return an extractor.

    ``aliases`` gives wordings their canonical names, before every rule of our own. With ``trained`` false the trees are not
    loaded: the extractor then reads, as training needs, and cannot give meanings before there are any trees.

    Raises ``ModelError`` when the package or the trees are not installed.
    """
    nlp = load_language(model)
    if trained:
        for question in (*(question.name for question in QUESTIONS), "confidence"):
            load_forest(question)
    return Extractor(nlp=nlp, model=f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}", aliases=aliases or {})


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What was read in one article before any language work."""

    figures: list[FigureMention]
    dates: list[DateMention]
    found: Survey


def _read_numbers(article: Article) -> _Numbers:
    dates = read_dates(article.text, reference=_published(article))
    found = survey(article.text, claimed=[(d.start_char, d.end_char) for d in dates])
    return _Numbers(worth(article.text, found), dates, found)


def _published(article: Article) -> date | None:
    return article.published_at.date() if article.published_at is not None else None


def _reading(article: Article, analysis: Analysis, numbers: _Numbers, aliases: Mapping[str, str]) -> Reading:
    figures, dates = numbers.figures, numbers.dates
    taken = [(f.start_char, f.end_char) for f in figures] + [(d.start_char, d.end_char) for d in dates]
    names = resolve_names(analysis.doc, excluded=taken, text=article.text, aliases=aliases)
    counted = _with_units(analysis, figures)
    view = assemble(analysis, counted, dates, names, title=article.title, reference=_published(article))
    return Reading(article, analysis, tuple(f.mention for f in view.figures), tuple(dates), tuple(names), view, numbers.found)


def _with_units(analysis: Analysis, figures: Sequence[FigureMention]) -> list[FigureMention]:
    """Give each count its unit: the noun that it counts by the parse, else by the words, else that of the count before."""
    starts = [s.start_char for s in analysis.sentences]
    resolved: list[FigureMention] = []
    counts: list[tuple[FigureMention, str]] = []
    for figure in figures:
        if figure.unit is not None:
            resolved.append(figure)
            continue
        index = bisect_right(starts, figure.start_char) - 1
        parsed = analysis.parses.get(index)
        noun = counted_noun(parsed, figure.start_char, figure.end_char, starts[index]) if parsed is not None else None
        noun = noun or counted_noun_from_text(analysis.text, figure)
        unit = noun.unit if noun is not None else inherit_unit(figure, counts, analysis.text) or UNNAMED_UNIT
        counts.append((figure, unit))
        resolved.append(replace(figure, unit=unit, elided=noun is None or noun.governed))
    return resolved


def to_extraction(reading: Reading, meanings: Sequence[Meaning]) -> Extraction:
    """The rows of one article, every offset checked against its text by construction."""
    article = reading.article
    document_id = article.document_id
    spans = reading.analysis.sentences
    sentences = sentence_rows(article, document_id, spans)
    home = find_home(spans, sentences)
    fact_ids = [fact_key(document_id, figure) for figure in reading.figures]
    facts = tuple(
        fact_row(
            document_id,
            figure,
            home(figure.start_char),
            confidence=confidence,
            meaning=meaning,
            sentence=reading.view.sentence_of(place).index,
            fact_ids=fact_ids,
        )
        for figure, meaning, place, confidence in zip(
            reading.figures, meanings, reading.view.figures, confidences_of(reading.figures, meanings), strict=True
        )
    )
    dates = tuple(date_row(document_id, mention, home(mention.start_char)) for mention in reading.dates)
    entities = tuple(entity_row(document_id, mention, home(mention.start_char)) for mention in reading.names)
    keys = keys_of(reading.figures, fact_ids)
    keys |= keys_of(reading.dates, [row.date_id for row in dates])
    keys |= keys_of(reading.names, [row.entity_id for row in entities])
    accounts = account_numerals(
        article.text, figures=reading.figures, dates=reading.dates, names=reading.names, found=reading.found
    )
    numbers = number_rows(document_id, accounts, keys, home)
    return Extraction(article=article, sentences=sentences, facts=facts, dates=dates, entities=entities, numbers=numbers)
