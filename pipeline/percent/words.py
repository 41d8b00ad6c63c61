"""Spellings of per cent, percentage points and basis points."""

from __future__ import annotations

from decimal import Decimal

from pipeline.number.marks import Sign, Wording

PERCENT = Sign("percent", "percent", "percent.word")
POINT = Sign("percent", "percentage_point", "percent.point")
BASIS = Sign("percent", "basis_point", "percent.basis")
# A permille is a tenth of a percent: the tables have no unit of its own for it.
PERMILLE = Sign("percent", "percent", "percent.permille", Decimal("0.1"))
# "Points" alone: percentage points or points of an index; ``pattern.point_unit`` decides.
BARE_POINT = Sign("percent", "point", "percent.bare_point", weak=True)

_PERCENT = (
    "%",
    "％",
    "percent",
    "per cent",
    "percents",
    "per cents",
    "pct",
    "pc",
    "p.c.",
    "percentage",
    "per centum",
    "prozent",
)
_POINT = (
    "percentage point",
    "percentage points",
    "percentage-point",
    "percent point",
    "percent points",
    "per cent point",
    "per cent points",
    "pct point",
    "pct points",
    "pct pt",
    "pct pts",
    "% point",
    "% points",
    "%-point",
    "%-points",
    "%pt",
    "%pts",
    "% pt",
    "% pts",
    "pp",
    "pps",
    "ppt",
    "ppts",
    "p.p.",
    "%p",
    "pc point",
    "pc points",
    "full percentage point",
    "full percentage points",
    "of a percentage point",
    "of a percent point",
    "of one percentage point",
    "of a full percentage point",
)
_BASIS = ("basis point", "basis points", "bp", "bps", "bpts", "basis-point", "b.p.", "bip", "bips")
_BARE_POINT = ("point", "points", "pts", "pt", "of a point", "full point", "full points", "of a full point")
_OF_PERCENT = ("of a percent", "of a per cent", "of one percent", "of one per cent", "of 1 percent", "of 1%", "a percent")

WORDINGS: tuple[Wording, ...] = (
    *(Wording(text, PERCENT) for text in (*_PERCENT, *_OF_PERCENT)),
    *(Wording(text, POINT) for text in _POINT),
    *(Wording(text, BASIS) for text in _BASIS),
    *(Wording(text, BARE_POINT) for text in _BARE_POINT),
    Wording("‰", PERMILLE),
    Wording("per mille", PERMILLE),
)
