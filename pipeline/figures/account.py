"""The account of numerals: one row for every run of digits and every number word, with what it was taken for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from pipeline.figures.scan import Survey, survey
from pipeline.mentions import DateMention, FigureMention, NameMention, NumeralAccount
from pipeline.number.numerals import DIGIT_RUN, DIGITS, nested
from pipeline.number.words import CARDINALS
from pipeline.records import Disposition

_CARDINAL = nested(CARDINALS)
_NUMERAL = re.compile(rf"({DIGIT_RUN})|(?<![A-Za-z])(?:{_CARDINAL})(?:-(?:{_CARDINAL}))?(?![A-Za-z])")
_DIGITS = re.compile(DIGITS)
# Pronoun and article far more often than number: a row only where a mention holds it.
_PRONOUNS = frozenset({"one", "nil"})

_Item = TypeVar("_Item")
_Mention = FigureMention | DateMention | NameMention


class _Lookup(Generic[_Item]):
    """Items by span, to find the one that overlaps a numeral in logarithmic time; items of one sort do not overlap."""

    __slots__ = ("_items", "_starts")

    def __init__(self, items: Iterable[tuple[int, int, _Item]]) -> None:
        self._items = sorted(items, key=lambda item: item[:2])
        self._starts = [item[0] for item in self._items]

    def at(self, start: int, end: int) -> _Item | None:
        index = bisect_right(self._starts, start) - 1
        for left, right, item in self._items[max(0, index) : index + 2]:
            if left < end and right > start:
                return item
        return None


def account_numerals(
    text: str,
    *,
    figures: Sequence[FigureMention],
    dates: Sequence[DateMention] = (),
    names: Sequence[NameMention] = (),
    found: Survey | None = None,
) -> list[NumeralAccount]:
    """One row for each numeral of ``text``, in order: the mention that holds it, or what it is by rule, or ``unexplained``.

    A figure written without a numeral (``doubled``, ``sixth``) has a row too. A small count that the reader of figures marked
    ``optional`` and the caller dropped is a ``fact`` without a mention. ``found`` is the survey that the figures came from,
    where the caller has kept it: the text is then not read a second time.
    """
    found = found or survey(text, claimed=[(date.start_char, date.end_char) for date in dates])
    holders: tuple[tuple[Disposition, _Lookup[_Mention]], ...] = (
        ("fact", _by_span(figures)),
        ("date", _by_span(dates)),
        ("name", _by_span(names)),
    )
    others: _Lookup[Disposition] = _Lookup((other[0], other[1], other[2]) for other in found.others)
    dropped: _Lookup[Disposition] = _Lookup((r.start, r.end, "fact") for r in found.readings if r.optional)
    rows: list[NumeralAccount] = []
    at = 0
    while match := _NUMERAL.search(text, at):
        start, at = match.span()
        if match[1] and (whole := _DIGITS.match(text, start)):
            at = whole.end()
        for disposition, lookup in holders:
            if (mention := lookup.at(start, at)) is not None:
                rows.append(_row(text, start, at, disposition, mention))
                break
        else:
            if text[start:at].lower() not in _PRONOUNS:
                rows.append(_row(text, start, at, others.at(start, at) or dropped.at(start, at) or "unexplained", None))
    covered = {id(row.explained_by) for row in rows}
    rows.extend(_row(text, f.start_char, f.end_char, "fact", f) for f in figures if id(f) not in covered)
    rows.sort(key=lambda row: row.start_char)
    return rows


def _by_span(mentions: Sequence[_Mention]) -> _Lookup[_Mention]:
    return _Lookup((mention.start_char, mention.end_char, mention) for mention in mentions)


def _row(text: str, start: int, end: int, disposition: Disposition, mention: _Mention | None) -> NumeralAccount:
    return NumeralAccount(start_char=start, end_char=end, text=text[start:end], disposition=disposition, explained_by=mention)
