"""Rows under a heading that states their scale and unit: ``Output (thousand tonnes)`` above ``2018: 87``."""

from __future__ import annotations

import re

from pipeline.figures.attach import SUFFIXES
from pipeline.number.reading import Reading
from pipeline.number.words import SCALES

_HEADING = re.compile(r"\((?:in )?(thousand|million|billion|trillion|lakh|crore|['’]?000s?)( [^()\n]{1,30})?\)[ \t]*:?[ \t]*\n")
_MOST_ROWS = 2000


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
