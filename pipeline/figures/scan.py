"""One pass over a text: every place where a number may begin, in order, each handed to the reader of its form."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.figures.digits import read_digits
from pipeline.figures.elided import settle_units
from pipeline.figures.plain import as_plain
from pipeline.figures.spelled import read_article, read_factor, read_fraction_word, read_words
from pipeline.figures.tables import price_rows, scale_rows
from pipeline.multiple.words import FACTORS
from pipeline.number.joins import join, share
from pipeline.number.numerals import DIGIT_RUN, DIGITS, nested
from pipeline.number.reading import Reading
from pipeline.number.words import CARDINALS, DENOMINATORS, OPENING_SCALES, ORDINALS
from pipeline.records import Disposition

_SCAN = re.compile(
    rf"({DIGIT_RUN})|(?<![A-Za-z])(?:(?:({nested([*CARDINALS, *OPENING_SCALES])})|"
    rf"({nested({**DENOMINATORS, **ORDINALS})})|({nested(FACTORS)})"
    rf"|([Aa] (?:pair|couple)(?= of )|[Aa] (?:full |whole )?(?:percentage )?point(?!s)))"
    rf"(?![A-Za-z])|({nested(CARDINALS)})(?=-?fold))"
)
_DIGITS = re.compile(DIGITS)
_COMMA_GROUPED = re.compile(r"\d,\d{3}(?!\d)")
_SPACE_GROUPED = re.compile(r"(?<![\d.,] )(?<![\d.,])\b\d{1,3} \d{3}(?: \d{3})?(?![\d.,]\d| \d)")


class Other(NamedTuple):
    """A numeral that is no figure: its span, what it is, and the rule that says so."""

    start: int
    end: int
    disposition: Disposition
    rule: str


class Survey:
    """What one pass has found: ``readings``, joined and with their units settled, and the ``others`` that are no figures."""

    __slots__ = ("others", "readings", "spaced")

    def __init__(self, *, spaced: bool) -> None:
        self.readings: list[Reading] = []
        self.others: list[Other] = []
        self.spaced = spaced


def survey(text: str, *, claimed: Sequence[tuple[int, int]] = (), include_plain: bool = False) -> Survey:
    """Read all numerals of ``text`` that begin outside the ``claimed`` spans."""
    # A text groups thousands by plain spaces (82 000) if it does so somewhere and never by commas.
    spaced = _COMMA_GROUPED.search(text) is None and _SPACE_GROUPED.search(text) is not None
    found = Survey(spaced=spaced)
    spans = sorted(claimed)
    starts = [start for start, _ in spans]
    readings, others = found.readings, found.others
    search = _SCAN.search
    at = 0
    while match := search(text, at):
        start, at = match.span()
        group = match.lastindex
        if starts and (index := bisect_right(starts, start)) and spans[index - 1][1] > start:
            at = max(at, spans[index - 1][1])
            continue
        known = len(others)
        if group == 1:
            if (whole := _DIGITS.match(text, start)) is not None:
                at = whole.end()
            reading = read_digits(text, start, at, readings, others, spaced=spaced)
        elif group in (2, 6):
            reading = read_words(text, start, at)
        elif group == 3:
            reading = read_fraction_word(text, start, at, readings)
        elif group == 4:
            reading = read_factor(text, start, at)
        else:
            reading = read_article(text, start, at)
        if reading is None:
            if len(others) > known and others[-1][1] > at:
                at = others[-1][1]
            continue
        if reading.end > at:
            at = reading.end
        if readings and reading.start < readings[-1].end:
            # "Half million" after "half": the longer reading stays; a currency between two numbers belongs to the first.
            if reading.start > readings[-1].start or reading.end < readings[-1].end:
                continue
            readings.pop()
        if reading.disposition is not None:
            if include_plain:
                readings.append(as_plain(text, reading))
                continue
            others.append(Other(reading.numeral.start, reading.end, reading.disposition, reading.rule))
            # A duration stays among the readings: what stands on its two sides must not be joined.
            if reading.disposition != "date":
                continue
        readings.append(reading)
    found.readings = join(text, readings)
    share(text, found.readings)
    if "(" in text and readings:
        scale_rows(text, found.readings)
    if readings and ("|" in text or "\t" in text):
        price_rows(text, found.readings)
    settle_units(text, found.readings)
    return found
