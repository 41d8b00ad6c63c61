"""Article → Extraction without a statistical model: figures, dates, numerals and sentences, an order of magnitude faster.

extractor = load_figures_extractor()
[extraction] = extractor.extract_batch([Article(source="note.txt", text="Exports rose 5% to $3 billion in 2024.")])

What words and marks tell is filled in as with a model: kind, span, value, interval, bound and unit of every figure, all
dates, the account of numerals, sentences (split at marks and capitals). What needs a parse is not: there are no names, and
``measure``, ``entity``, ``period_*``, ``direction``, ``basis_*``, ``share_of``, ``attribution`` and ``conversion_of`` are NULL.
``role`` and ``status``, which may not be NULL, say what most figures of the kind are; ``confidence`` is ``CONFIDENCE``, and
``rule`` ends in ``figures_only``. ``documents.model`` is ``records.NO_MODEL``, so that an ingest with a model reads them again.

Nothing here imports spaCy, which takes longer to load than a thousand articles take to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.date import read_dates
from pipeline.figures import account_numerals, survey, worth
from pipeline.language.blocks import read_blocks
from pipeline.language.sentences import likely_starts, split
from pipeline.mentions import FigureMention
from pipeline.quantity.counted import counted_noun_from_text, inherit_unit
from pipeline.recording import UNNAMED_UNIT, date_row, fact_key, find_home, keys_of, number_rows, sentence_rows
from pipeline.records import NO_MODEL, Article, Extraction, Fact, Kind, Role

#: The probability that a fact is right as a whole. One without measure and period hardly ever is, whatever its figure.
CONFIDENCE = 0.05
#: What most figures of a kind are, where nobody asks what a figure is about.
ROLES: dict[Kind, Role] = {"multiple": "multiple", "rank": "rank"}


@dataclass(frozen=True, slots=True)
class FiguresExtractor:
    """What extracts figures alone; ``model`` is what ``documents.model`` says of it."""

    model: str = NO_MODEL

    def extract_batch(self, articles: Sequence[Article]) -> list[Extraction]:
        """Extract each article; the result depends on the article alone."""
        return [extract_figures(article) for article in articles]


def load_figures_extractor() -> FiguresExtractor:
    """The extractor; there is nothing to load, and nothing that can fail."""
    return FiguresExtractor()


def extract_figures(article: Article) -> Extraction:
    """The rows of one article that need no model."""
    text, document_id = article.text, article.document_id
    published = article.published_at
    dates = read_dates(text, reference=published.date() if published is not None else None)
    found = survey(text, claimed=[(date.start_char, date.end_char) for date in dates])
    figures = name_units(text, worth(text, found))
    spans = split(text, read_blocks(text), likely_starts(text), [(f.start_char, f.end_char) for f in figures])
    sentences = sentence_rows(article, document_id, spans)
    home = find_home(spans, sentences)
    fact_ids = [fact_key(document_id, figure) for figure in figures]
    facts = tuple(
        _fact(document_id, figure, fact_id, home(figure.start_char)) for figure, fact_id in zip(figures, fact_ids, strict=True)
    )
    date_rows = tuple(date_row(document_id, mention, home(mention.start_char)) for mention in dates)
    keys = keys_of(figures, fact_ids) | keys_of(dates, [row.date_id for row in date_rows])
    accounts = account_numerals(text, figures=figures, dates=dates, found=found)
    return Extraction(
        article=article,
        sentences=sentences,
        facts=facts,
        dates=date_rows,
        numbers=number_rows(document_id, accounts, keys, home),
    )


def name_units(text: str, figures: Sequence[FigureMention]) -> list[FigureMention]:
    """Give each count its unit by words alone: the noun behind it or governing it, else that of the count before."""
    named: list[FigureMention] = []
    counts: list[tuple[FigureMention, str]] = []
    for figure in figures:
        if figure.unit is not None:
            named.append(figure)
            continue
        noun = counted_noun_from_text(text, figure)
        unit = noun.unit if noun is not None else inherit_unit(figure, counts, text) or UNNAMED_UNIT
        counts.append((figure, unit))
        named.append(replace(figure, unit=unit))
    return named


def _fact(document_id: str, figure: FigureMention, fact_id: str, sentence_id: str) -> Fact:
    return Fact(
        fact_id=fact_id,
        document_id=document_id,
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
        measure=None,
        measure_start=None,
        measure_end=None,
        entity=None,
        entity_start=None,
        entity_end=None,
        period_start=None,
        period_end=None,
        period_relation=None,
        period_inherited=False,
        role=ROLES.get(figure.kind, "level"),
        direction=None,
        basis_start=None,
        basis_end=None,
        share_of=None,
        status="actual",
        attribution=None,
        conversion_of=None,
        confidence=CONFIDENCE,
        rule=f"{figure.rule}; figures_only",
    )
