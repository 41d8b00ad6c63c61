"""A numeral with what belongs to it, while a text is being read: what the kinds fill in and the joiner merges."""

from __future__ import annotations

from decimal import Decimal

from pipeline.number.marks import Sign
from pipeline.number.numerals import Numeral
from pipeline.records import Bound, Disposition, Kind


class Reading:
    """One figure in the making. A plain slotted class: readings are changed in place by the joiner, one for each numeral.

    ``start``/``end`` is the span so far; ``prefix`` and ``suffix`` are the wordings around the numeral; ``low``/``high`` are the
    ends of a range; ``disposition`` is set, with ``rule``, where the numeral is no figure; ``follows`` is the word behind it.
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
        "per",
        "per_end",
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
        self.start = numeral.start
        self.end = numeral.end
        self.kind: Kind | None = None
        self.unit: str | None = None
        self.rule = ""
        self.factor = Decimal(1)
        self.prefix: Sign | None = None
        self.suffix: Sign | None = None
        self.explicit = False
        self.sign: str | None = None
        self.sign_start = numeral.start
        self.low: Decimal | None = None
        self.high: Decimal | None = None
        self.bound: Bound | None = None
        self.disposition: Disposition | None = None
        self.optional = False
        self.per: str | None = None
        self.per_end = 0

    def take(self, sign: Sign, *, explicit: bool) -> None:
        """Take kind and unit from a wording; ``explicit`` when it stands at this numeral and is not borrowed."""
        self.kind = sign.kind
        self.unit = sign.unit
        self.rule = sign.rule
        self.factor = sign.factor
        self.explicit = explicit
