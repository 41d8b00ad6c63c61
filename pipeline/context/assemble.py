"""Analysis and mentions of an article → the view that the questions ask from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from pipeline.context.view import ArticleView, FigureView, SentenceView, place_figures
from pipeline.language.analysis import Analysis, sentence_doc
from pipeline.mentions import DateMention, FigureMention, NameMention

M = TypeVar("M", FigureMention, DateMention, NameMention)


def assemble(
    analysis: Analysis,
    figures: Sequence[FigureMention],
    dates: Sequence[DateMention],
    names: Sequence[NameMention],
    *,
    title: str | None = None,
    reference: date | None = None,
) -> ArticleView:
    """Sort the mentions of an article into its sentences; mentions that lie in no sentence (a list mark) are left out."""
    spans = [(s.start_char, s.end_char) for s in analysis.sentences]
    figures_in, dates_in, names_in = _by_sentence(spans, figures), _by_sentence(spans, dates), _by_sentence(spans, names)
    sentences: list[SentenceView] = []
    placed: list[FigureView] = []
    heading: int | None = None
    for index, sentence in enumerate(analysis.sentences):
        parsed = analysis.parses.get(index)
        doc = parsed if parsed is not None else sentence_doc(analysis, index)
        here = place_figures(figures_in.get(index, ()), len(placed), doc, sentence.start_char)
        placed.extend(here)
        sentences.append(
            SentenceView(
                index=index,
                start_char=sentence.start_char,
                end_char=sentence.end_char,
                text=analysis.text[sentence.start_char : sentence.end_char],
                kind=sentence.kind,
                block=sentence.block,
                heading=heading,
                doc=doc,
                parsed=parsed is not None,
                figures=here,
                dates=tuple(dates_in.get(index, ())),
                names=tuple(names_in.get(index, ())),
            )
        )
        if sentence.kind == "heading":
            heading = index
    return ArticleView(
        text=analysis.text,
        title=title,
        reference=reference,
        sentences=tuple(sentences),
        figures=tuple(placed),
        dates=tuple(dates),
        names=tuple(names),
    )


def _by_sentence(spans: list[tuple[int, int]], mentions: Sequence[M]) -> dict[int, list[M]]:
    starts = [start for start, _ in spans]
    found: dict[int, list[M]] = {}
    for mention in mentions:
        index = bisect_right(starts, mention.start_char) - 1
        if index >= 0 and mention.start_char < spans[index][1]:
            found.setdefault(index, []).append(mention)
    return found
