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
from pipeline.quantity.counted_in_words import counted_noun_from_text, inherit_unit
from pipeline.recording import UNNAMED_UNIT, date_row, fact_row, find_home, keys_of, number_rows, sentence_rows
from pipeline.records import NO_MODEL, Article, Extraction

#: The probability that a fact is right as a whole. One without measure and period hardly ever is, whatever its figure.
CONFIDENCE = 0.05


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
    facts = tuple(fact_row(document_id, figure, home(figure.start_char), confidence=CONFIDENCE) for figure in figures)
    date_rows = tuple(date_row(document_id, mention, home(mention.start_char)) for mention in dates)
    keys = keys_of(figures, [row.fact_id for row in facts]) | keys_of(dates, [row.date_id for row in date_rows])
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
