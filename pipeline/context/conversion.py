"""Restated amounts: ``2.63 trillion yuan (about US$363 billion)``. The second figure takes its meaning from the first."""

from __future__ import annotations

import re

from pipeline.context.view import ArticleView, FigureView

# What may stand between an amount and its restatement: an opening bracket or ``, or``, then at most a hedge.
_HEDGE = (
    r"(?:about|around|roughly|some|nearly|almost|approximately|approx\.?|ca?\.?|equivalent to|equal to|or|just (?:over|under)"
    r"|more than|over|under|less than|worth|[~≈=])"
)
_BETWEEN = re.compile(
    rf"(?i)\s*(?:[(\[]\s*(?:{_HEDGE}\s*){{0,2}}|[,;–—-]*\s*\bor\s+(?:{_HEDGE}\s*)?|/\s*|[,–—]\s*(?:{_HEDGE}\s*){{1,2}}|[=≈]\s*)$"
)
_MIDDLE = re.compile(r"^[^.;:()]{0,30}$")


def restated(article: ArticleView, figure: FigureView) -> int | None:
    """The index of the figure that ``figure`` restates in another currency, None where it stands for itself."""
    mention = figure.mention
    if mention.kind != "money" or figure.order == 0:
        return None
    view = article.sentence_of(figure)
    other = view.figures[figure.order - 1].mention
    if other.kind != "money" or other.unit == mention.unit or other.unit is None:
        return None
    gap = article.text[other.end_char : mention.start_char]
    tail = _BETWEEN.search(gap)
    if tail is None:
        return None
    # Between the amount and the bracket at most its own denominator or noun may stand (``$85 a barrel (€78)``).
    return figure.index - 1 if _MIDDLE.match(gap[: tail.start()]) else None
