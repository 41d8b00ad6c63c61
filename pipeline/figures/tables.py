"""Rows under a heading that states their scale and unit: ``Output (thousand tonnes)`` above ``2018: 87``, ``| £m |``."""

from __future__ import annotations

import re

from pipeline.figures.attach import SUFFIXES
from pipeline.money.pattern import read_prefix
from pipeline.number.reading import Reading
from pipeline.number.words import SCALES

_HEADING = re.compile(r"\((?:in )?(thousand|million|billion|trillion|lakh|crore|['’]?000s?)( [^()\n]{1,30})?\)[ \t]*:?[ \t]*\n")
_MOST_ROWS = 2000  # characters
# The first cell of a table's heading: a currency and a scale for all amounts below, ``| £m | 2024 |``, ``| US$ million |``.
_CORNER = re.compile(
    r"(?m)^\|?[ \t]*\(?(?:in )?(?:Rs\.?|[A-Za-z]{0,3}[$£€¥₹A-Z]{1,3})[ \u00a0]?"
    r"(m|mn|million|bn|billion|tn|trillion|crore|lakh|k|thousand)s?\)?[ \t]*(?=[|\t])"
)
_LETTERS = {"m": 1_000_000, "k": 1_000}  # a scale only behind a currency
_COUNTED_ROW = re.compile(
    r"(?i)\b(?:number|employees|headcount|staff|stores|shops|branches|customers|units|users|outlets|per cent)\b|%"
)


def scale_rows(text: str, readings: list[Reading]) -> None:
    """Scale the bare numbers that end the lines below such a heading, up to the next blank line.

    The span stays the bare number; its unit is the heading's. ``readings`` are in text order.
    """
    for match in _HEADING.finditer(text):
        scale = SCALES.get(match[1].lower(), 1000)
        unit = SUFFIXES.find(text, match.end(1)) if match[2] else None
        stop = text.find("\n\n", match.end(), match.end() + _MOST_ROWS)
        stop = match.end() + _MOST_ROWS if stop < 0 else stop
        for reading in readings:
            if reading.start >= stop:
                break
            bare = reading.kind == "quantity" and reading.unit is None and reading.disposition is None
            ends_line = text[reading.end : reading.end + 1] in ("", "\n", "\r")
            if bare and ends_line and reading.start >= match.end() and reading.numeral.scale == 1:
                reading.numeral.rescale(scale)
                if unit is not None:
                    reading.suffix = unit[1]
                    reading.take(unit[1], explicit=True)
                    reading.rule = "quantity.table"


def price_rows(text: str, readings: list[Reading]) -> None:
    """Give the bare numbers of a table the currency and scale that the corner of its heading states.

    The span stays the bare number. Rows that count something (``| Employees | 3,140 |``) stay as they are.
    """
    for match in _CORNER.finditer(text):
        currency = read_prefix(text, match.start(1))
        if currency is None:
            continue
        stop = text.find("\n\n", match.end(), match.end() + _MOST_ROWS)
        stop = match.end() + _MOST_ROWS if stop < 0 else stop
        for reading in readings:
            if reading.start >= stop:
                break
            if reading.start < match.end() or reading.kind != "quantity" or reading.unit is not None or reading.disposition:
                continue
            line = text.rfind("\n", 0, reading.start) + 1
            label = text[line : reading.start]
            if reading.numeral.scale == 1 and ("|" in label or "\t" in label) and not _COUNTED_ROW.search(label):
                reading.numeral.rescale(_LETTERS.get(match[1]) or SCALES[match[1].lower()])
                reading.prefix = currency[1]
                reading.take(currency[1], explicit=True)
                reading.rule = "money.table"
