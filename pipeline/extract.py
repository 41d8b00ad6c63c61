"""Article → Extraction: the only place where mentions and spaCy objects become the rows of the tables.

extractor = load_extractor()
[extraction] = extractor.extract_batch([Article(source="note.txt", text="Exports rose 5% to $3 billion in 2024.")])
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from spacy.language import Language

from pipeline.context.answer import QUESTIONS, answer
from pipeline.context.assemble import assemble
from pipeline.context.confidence import confidence_of
from pipeline.context.forest import load_forest
from pipeline.context.meaning import Meaning
from pipeline.context.view import ArticleView
from pipeline.date import read_dates
from pipeline.figures import account_numerals, read_figures
from pipeline.language.analysis import Analysis, SentenceSpan, analyze
from pipeline.language.model import DEFAULT_MODEL, load_language
from pipeline.mentions import DateMention, FigureMention, NameMention, NumeralAccount
from pipeline.name import resolve_names
from pipeline.quantity.counted import counted_noun, counted_noun_from_text, inherit_unit
from pipeline.records import Article, Date, Entity, Extraction, Fact, Number, Sentence, make_id

#: The unit of a count of which neither grammar nor words say what it counts.
UNNAMED_UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one article, before it becomes rows: kept apart for training, tests and explanation."""

    article: Article
    analysis: Analysis
    figures: tuple[FigureMention, ...]
    dates: tuple[DateMention, ...]
    names: tuple[NameMention, ...]
    view: ArticleView


@dataclass(frozen=True, slots=True)
class Extractor:
    """A loaded model and what it does: ``model`` is its package name and version, as ``runs.model`` stores it."""

    nlp: Language
    model: str
    aliases: Mapping[str, str] = field(default_factory=dict)

    def extract_batch(self, articles: Sequence[Article]) -> list[Extraction]:
        """Extract each article; the result depends on the article alone, not on its batch."""
        return [to_extraction(reading, answer(reading.view)) for reading in self.read_batch(articles)]

    def read_batch(self, articles: Sequence[Article]) -> list[Reading]:
        """Find figures, dates and names, split and parse sentences, and set them side by side."""
        found = [_read_numbers(article) for article in articles]
        texts = [
            (article.text, [(f.start_char, f.end_char) for f in figures])
            for article, (figures, _) in zip(articles, found, strict=True)
        ]
        analyses = analyze(self.nlp, texts)
        return [
            _reading(article, analysis, figures, dates, self.aliases)
            for article, analysis, (figures, dates) in zip(articles, analyses, found, strict=True)
        ]


def load_extractor(model: str = DEFAULT_MODEL, *, aliases: Mapping[str, str] | None = None) -> Extractor:
    """Load the spaCy package ``model`` and the trees of ``context``, and return an extractor.

    ``aliases`` gives wordings their canonical names, before every rule of our own.

    Raises ``ModelError`` when the package or the trees are not installed.
    """
    nlp = load_language(model)
    for question in (*(question.name for question in QUESTIONS), "confidence"):
        load_forest(question)
    return Extractor(nlp=nlp, model=f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}", aliases=aliases or {})


def _read_numbers(article: Article) -> tuple[list[FigureMention], list[DateMention]]:
    dates = read_dates(article.text, reference=_published(article))
    figures = read_figures(article.text, claimed=[(d.start_char, d.end_char) for d in dates])
    return figures, dates


def _published(article: Article) -> date | None:
    return article.published_at.date() if article.published_at is not None else None


def _reading(
    article: Article,
    analysis: Analysis,
    figures: Sequence[FigureMention],
    dates: Sequence[DateMention],
    aliases: Mapping[str, str],
) -> Reading:
    taken = [(f.start_char, f.end_char) for f in figures] + [(d.start_char, d.end_char) for d in dates]
    names = resolve_names(analysis.doc, excluded=taken, text=article.text, aliases=aliases)
    counted = _with_units(analysis, figures)
    view = assemble(analysis, counted, dates, names, title=article.title, reference=_published(article))
    return Reading(article, analysis, tuple(f.mention for f in view.figures), tuple(dates), tuple(names), view)


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
        resolved.append(replace(figure, unit=unit))
    return resolved


def to_extraction(reading: Reading, meanings: Sequence[Meaning]) -> Extraction:
    """The rows of one article, every offset checked against its text by construction."""
    article = reading.article
    document_id = article.document_id
    sentences = _sentence_rows(article, reading.analysis)
    home = _home(reading.analysis.sentences, sentences)
    fact_ids = [make_id("fact", document_id, f.kind, f.start_char, f.end_char) for f in reading.figures]
    facts = tuple(
        _fact(article, reading, i, meaning, fact_ids, home(figure.start_char))
        for i, (figure, meaning) in enumerate(zip(reading.figures, meanings, strict=True))
    )
    dates = tuple(_date(document_id, mention, home(mention.start_char)) for mention in reading.dates)
    entities = tuple(_entity(document_id, mention, home(mention.start_char)) for mention in reading.names)
    keys: dict[Any, str] = dict(zip(reading.figures, fact_ids, strict=True))
    keys |= {mention: row.date_id for mention, row in zip(reading.dates, dates, strict=True)}
    keys |= {mention: row.entity_id for mention, row in zip(reading.names, entities, strict=True)}
    accounts = account_numerals(article.text, figures=reading.figures, dates=reading.dates, names=reading.names)
    numbers = tuple(_number(document_id, account, keys, home(account.start_char)) for account in accounts)
    return Extraction(article=article, sentences=sentences, facts=facts, dates=dates, entities=entities, numbers=numbers)


def _sentence_rows(article: Article, analysis: Analysis) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(
            sentence_id=make_id("sentence", article.document_id, s.start_char, s.end_char),
            document_id=article.document_id,
            ordinal=ordinal,
            start_char=s.start_char,
            end_char=s.end_char,
            text=article.text[s.start_char : s.end_char],
            kind=s.kind,
        )
        for ordinal, s in enumerate(analysis.sentences)
    )


def _home(spans: Sequence[SentenceSpan], rows: Sequence[Sentence]) -> Callable[[int], str]:
    """Which sentence an offset belongs to; a list mark, which lies in none, belongs to the sentence behind it."""
    starts = [s.start_char for s in spans]

    def home(offset: int) -> str:
        index = bisect_right(starts, offset) - 1
        if index < 0 or (offset >= spans[index].end_char and index + 1 < len(spans)):
            index += 1
        return rows[index].sentence_id

    return home


def _fact(article: Article, reading: Reading, index: int, meaning: Meaning, fact_ids: Sequence[str], sentence_id: str) -> Fact:
    figure = reading.figures[index]
    view = reading.view.sentence_of(reading.view.figures[index])
    measure, entity, period, basis = meaning.measure, meaning.entity, meaning.period, meaning.basis
    return Fact(
        fact_id=fact_ids[index],
        document_id=article.document_id,
        sentence_id=sentence_id,
        kind=figure.kind,
        text=figure.text,
        start_char=figure.start_char,
        end_char=figure.end_char,
        value=figure.value,
        value_low=figure.value_low,
        value_high=figure.value_high,
        bound=figure.bound,
        unit=figure.unit or UNNAMED_UNIT,
        measure=measure.text if measure else None,
        measure_start=measure.start_char if measure else None,
        measure_end=measure.end_char if measure else None,
        entity=entity.text if entity else None,
        entity_start=entity.start_char if entity else None,
        entity_end=entity.end_char if entity else None,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        period_relation=period.relation if period else None,
        period_inherited=period is not None and period.sentence is not None and period.sentence != view.index,
        role=meaning.role,
        direction=meaning.direction if meaning.role == "change" else None,
        basis_start=basis.start if basis else None,
        basis_end=basis.end if basis else None,
        share_of=meaning.share_of.text if meaning.share_of else None,
        status=meaning.status,
        attribution=meaning.attribution.text if meaning.attribution else None,
        conversion_of=fact_ids[meaning.conversion_of] if meaning.conversion_of is not None else None,
        confidence=confidence_of(figure, meaning),
        rule="; ".join((figure.rule, *meaning.rules.values())),
    )


def _date(document_id: str, mention: DateMention, sentence_id: str) -> Date:
    return Date(
        date_id=make_id("date", document_id, mention.date_kind, mention.start_char, mention.end_char),
        document_id=document_id,
        sentence_id=sentence_id,
        text=mention.text,
        start_char=mention.start_char,
        end_char=mention.end_char,
        date_kind=mention.date_kind,
        start_date=mention.start_date,
        end_date=mention.end_date,
        duration=mention.duration,
        precision=mention.precision,
        timex=mention.timex,
        rule=mention.rule,
    )


def _entity(document_id: str, mention: NameMention, sentence_id: str) -> Entity:
    return Entity(
        entity_id=make_id("entity", document_id, mention.label, mention.start_char, mention.end_char),
        document_id=document_id,
        sentence_id=sentence_id,
        text=mention.text,
        start_char=mention.start_char,
        end_char=mention.end_char,
        label=mention.label,
        name=mention.name,
        rule=mention.rule,
    )


def _number(document_id: str, account: NumeralAccount, keys: dict[Any, str], sentence_id: str) -> Number:
    explained = account.explained_by
    return Number(
        number_id=make_id("number", document_id, account.start_char, account.end_char),
        document_id=document_id,
        sentence_id=sentence_id,
        text=account.text,
        start_char=account.start_char,
        end_char=account.end_char,
        disposition=account.disposition,
        explained_by=keys.get(explained) if explained is not None else None,
    )
