"""What the readers of a text hand on: a number, date or name that stands in the text, and what it is worth.

A mention knows its span and its value, and nothing of what it is about: that is the work of ``context``.
Offsets count characters into the whole article text, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.records import Bound, DateKind, Disposition, Kind, Precision, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureMention:
    """A figure: one number with its scale and its unit or currency.

    ``text`` is the shortest span with number, scale and unit or currency (for a count: number and scale alone).
    ``unit`` is None where only grammar can tell it, which is so for counts: the counted noun is its unit.
    ``outer_start``/``outer_end`` enclose the span together with its hedge (``more than 120,000``), a sign that is
    no part of the span (``+5.7%``), and a denominator (``$85 per barrel``); they equal the span where there is none.
    ``sign`` is ``+`` or ``-`` where one is printed before the number, whether or not it is inside the span.
    ``per`` is the denominator as printed (``barrel`` in ``$85 per barrel`` or ``$85 a barrel``).
    ``elided`` is true for a count whose noun does not stand right behind it (``and 180 in Hesse``): ``unit`` is then a guess.
    ``optional`` marks small rhetorical counts (``two forces``) that count for nothing.
    ``rule`` is the name of the rule that read it.
    """

    kind: Kind
    start_char: int
    end_char: int
    text: str
    value: Decimal
    value_low: Decimal | None
    value_high: Decimal | None
    bound: Bound
    unit: str | None
    rule: str
    outer_start: int
    outer_end: int
    sign: str | None = None
    per: str | None = None
    optional: bool = False
    elided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A time expression, resolved to the calendar.

    ``relation`` is what its preposition says (``by the end of June``: by; ``since 2015``: since).
    ``comparison`` is true for an expression that names the earlier time something is compared with
    (``a year earlier``, ``the same period last year``, ``the previous month``); ``shift`` is then how far back from
    the period compared it lies, as ISO 8601 duration (``P1Y``, ``P1M``), so that ``context`` can count it from the
    period of the figure at hand. ``cue_start`` is where the preposition begins (``by`` in ``by the end of June``).
    ``focus`` is true where the value was taken from the time in focus (``the quarter``), not from the words alone.
    """

    start_char: int
    end_char: int
    text: str
    date_kind: DateKind
    start_date: date | None
    end_date: date | None
    duration: str | None
    precision: Precision | None
    timex: str
    rule: str
    relation: Relation = "in"
    comparison: bool = False
    shift: str | None = None
    cue_start: int | None = None
    focus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMention:
    """A name; ``name`` is canonical across the document, ``place`` the country it belongs to where that is certain
    (``China`` for ``Chinese``, ``Beijing`` and ``China``), or the union or part of the world that it names (``Europe``
    for ``European``); None for a company."""

    start_char: int
    end_char: int
    text: str
    label: str
    name: str
    rule: str
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumeralAccount:
    """One numeral or number word of a text and what it was taken for; ``explained_by`` is the mention that holds it."""

    start_char: int
    end_char: int
    text: str
    disposition: Disposition
    explained_by: FigureMention | DateMention | NameMention | None
