"""Read every figure of a text: numerals, what stands around them, their joins, their worth.

``read_figures`` is pure and needs no model: text in, ``FigureMention`` rows out, in text order, never overlapping.
``account_numerals`` then says of every numeral of the text what it was taken for. The way through, one module a step:

    scan     finds numerals and hands each to ``digits`` or ``spelled``, which find where it begins
    attach   what stands behind a numeral settles its kind, or says that it is no figure
    tables   rows under a heading that states their scale
    elided   units that are not printed, from the figure that a numeral runs parallel to
    mention  bounds, intervals, signs, denominators: a reading becomes a mention
    account  the row for every numeral
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.figures.account import account_numerals
from pipeline.figures.mention import finish
from pipeline.figures.scan import Survey, survey
from pipeline.mentions import FigureMention
from pipeline.money.words import AMBIGUOUS

__all__ = ["Survey", "account_numerals", "read_figures", "survey", "worth"]


def read_figures(
    text: str,
    *,
    claimed: Sequence[tuple[int, int]] = (),
    include_plain: bool = False,
) -> list[FigureMention]:
    """All figures of ``text``, in order.

    ``claimed`` are spans that the date reader holds; no figure begins in one. ``include_plain`` also returns what is outside
    the facts table (ages, durations, bare numbers) as kind ``quantity``, for use on single sentences.
    A count has ``unit`` None: ``pipeline.quantity`` names what is counted. Mentions with ``optional`` set are small
    rhetorical counts, which the reading rules let a caller keep or drop.
    """
    return worth(text, survey(text, claimed=claimed, include_plain=include_plain))


def worth(text: str, found: Survey) -> list[FigureMention]:
    """The figures among what a ``survey`` of ``text`` found: for a caller that needs the survey again, as the account does."""
    readings = found.readings
    stated = Counter(r.unit for r in readings if r.kind == "money" and r.unit is not None and r.unit not in AMBIGUOUS)
    resolved: dict[str, tuple[str, str]] = {}
    mentions: list[FigureMention] = []
    amounts: list[tuple[int, str]] = []
    at = 0
    for reading in readings:
        if reading.disposition is None and reading.kind is not None:
            mention = finish(text, reading, stated, resolved, amounts)
            if mention.start_char >= at:
                mentions.append(mention)
                at = mention.end_char
                if mention.kind == "money" and mention.unit is not None:
                    amounts.append((at, mention.unit))
    return mentions
