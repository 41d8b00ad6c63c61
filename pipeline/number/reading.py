"""A numeral with what belongs to it, while a text is being read: what the kinds fill in and the joiner merges."""

from __future__ import annotations

from decimal import Decimal

from pipeline.number.marks import Sign
from pipeline.number.numerals import Numeral
from pipeline.records import Bound, Disposition, Kind

_ONE = Decimal(1)
_ZERO = Decimal(0)


class Reading:
    """One figure in the making. A plain slotted class: one is made for each numeral and the joiner changes them in place.

    ``start``/``end`` is the span so far; ``prefix`` and ``suffix`` are the wordings around the numeral, ``explicit`` whether one
    of them is its own and not borrowed; ``low``/``high`` are the ends of a range. ``disposition`` is set, with ``rule``, where
    the numeral is no figure. ``sign_start`` is where a printed sign begins, else the start.
    """

    __slots__ = (
        "bound",
        "disposition",
        "end",
        "explicit",
        "factor",
        "high",
        "kind",
        "low",
        "numeral",
        "optional",
        "prefix",
        "rule",
        "sign",
        "sign_start",
        "start",
        "suffix",
        "unit",
    )

    def __init__(self, numeral: Numeral) -> None:
        self.numeral = numeral
        self.start = self.sign_start = numeral.start
        self.end = numeral.end
        self.kind: Kind | None = None
        self.unit: str | None = None
        self.rule = ""
        self.factor = _ONE
        self.prefix: Sign | None = None
        self.suffix: Sign | None = None
        self.explicit = False
        self.sign: str | None = None
        self.low: Decimal | None = None
        self.high: Decimal | None = None
        self.bound: Bound | None = None
        self.disposition: Disposition | None = None
        self.optional = False

    def take(self, sign: Sign, *, explicit: bool) -> None:
        """Take kind and unit from a wording; ``explicit`` when it stands at this numeral and is not borrowed."""
        self.kind = sign.kind
        self.unit = sign.unit
        self.rule = sign.rule
        self.factor = sign.factor
        self.explicit = explicit

    def be(self, kind: Kind, unit: str | None, rule: str, end: int) -> Reading:
        """Become a figure of ``kind`` by ``rule``, its span up to ``end``; a count (``unit`` None) may still borrow a unit."""
        self.kind, self.unit, self.rule, self.end = kind, unit, rule, end
        self.explicit = unit is not None
        return self

    def be_multiple(self, value: Decimal, rule: str, end: int) -> Reading:
        """Become a multiple of ``value``, which is exact."""
        self.numeral.value, self.numeral.step = value, _ZERO
        return self.be("multiple", "x", rule, end)

    def be_other(self, disposition: Disposition, rule: str, end: int) -> Reading:
        """Become no figure: what it is instead, by which rule, and where that ends."""
        self.disposition, self.rule, self.end = disposition, rule, end
        return self
