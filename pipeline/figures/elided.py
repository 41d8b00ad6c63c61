"""Units that are not printed: ``grew 8.9 percent, imports 3.2``; ``to 40% from 50``; levels of an index; ratios.

A bare numeral that counts nothing runs parallel to another figure of its sentence and shares its unit. Which one: the nearest
that it can be alike to, by kind, size and the way it is printed; before it rather than after it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.figures.attach import SUFFIXES
from pipeline.number.marks import Sign
from pipeline.number.numerals import Numeral
from pipeline.number.reading import Reading
from pipeline.number.sentence import SENTENCE_END, sentence_around
from pipeline.percent.pattern import settle_points
from pipeline.quantity.pattern import counts_noun

# Behind a numeral: it counts what another word of the text names.
_COUNTS_OTHERS = re.compile(
    r" (?:of (?:its|the|his|her|their|our|them|these|those|all|whom|which)|such|per \d|out of|mentions|times)\b|[ -]\d"
)
_PART_OF = re.compile(r" of (?:them|it|which|that)\b")
_PERCENT_TO = re.compile(r"(?:%|[Pp]er ?cent|pct)[ \u00a0](?:\w+ ){0,3}to (?:about |around |nearly |some )?\Z")
_RATIO = re.compile(r"\b(?:[Rr]atio|multiple|P/E|coefficient)\b")
_LEVEL = re.compile(
    r"(?i)\b(?:ind(?:ex|ices)|S&P(?: 500)?|Nasdaq|Dow(?: Jones)?|Nikkei|FTSE|DAX|CAC|KOSPI|Kosdaq|Sensex|"
    r"Nifty|Hang Seng|Topix|Stoxx|"
    r"benchmark|bourse|PMI|confidence|sentiment|barometer|gauge|indicator|composite)\b"
)
# "The proportion was 11": of percent, if the sentence before speaks of percent.
_SHARE_IS = re.compile(
    r"\b(?:share|proportion|figure|rate|percentage) (?:is|was|had been|stood at|stands at|came to) "
    r"(?:about |around |only |just |nearly )?\Z"
)
_REACH = 150
_HOPS = 4


def settle_units(text: str, readings: list[Reading]) -> None:
    """Give every reading without a unit of its own the unit it borrows; a count keeps none."""
    for reading in readings:
        if reading.unit == "point" and reading.kind == "percent" and reading.disposition is None:
            settle_points(text, reading)
    for index, reading in enumerate(readings):
        if reading.kind != "quantity" or reading.unit is not None or reading.disposition is not None or reading.optional:
            continue
        end = reading.end
        if index and _PART_OF.match(text, end) and (whole := _whole(text, reading, readings[index - 1])) is not None:
            _lend(reading, whole)
        elif (amount := _amount_before(text, readings, index)) is not None:
            _lend(reading, amount)
        elif counts_noun(text, end) or _COUNTS_OTHERS.match(text, end):
            continue
        elif (sign := _stated_terms(text, reading)) is not None:
            reading.take(sign, explicit=False)
            reading.suffix = sign
            reading.rule = sign.rule + ".terms"
        elif (source := _lender(text, readings, index)) is not None:
            _lend(reading, source)
        elif reading.numeral.scale == 1 and reading.numeral.step < 1:
            _settle_level(text, reading)


def _lend(reading: Reading, source: Reading) -> None:
    sign = source.suffix or source.prefix
    if source.rule == "multiple.ratio":
        reading.be("multiple", "x", source.rule, reading.end)
    if sign is None:
        return
    reading.take(sign, explicit=False)
    reading.suffix = sign
    reading.kind, reading.unit, reading.rule = source.kind, source.unit, source.rule.removesuffix(".elided") + ".elided"


# "From wells it costs 1.1", "the traders now offer seven thousand": a verb of paying takes an amount.
_PAYING = re.compile(
    r"\b(?:costs?|pays?|paid|fetch(?:es|ed)?|offer(?:s|ed)?|charges?|charged|(?:sells?|sold|retails?) (?:for|at)|"
    r"costs alone (?:are|were)|(?:price|cost) (?:is|was)) (?:only |just |about |around |nearly |almost |over )?\Z"
)
_CLOSED = re.compile(r"[.,;:)\n”\"]|\Z| (?:in|on|at|for|from|today|now|this|last|before|after|and|but)\b")
_DIFFERS = re.compile(r" (?:more|less|cheaper|dearer|lower|higher) than\b")
_TERMS = re.compile(r"\b[Ii]n ([A-Za-z]{2,10}) terms[^.;\n]{0,60}\Z")


def _amount_before(text: str, readings: list[Reading], index: int) -> Reading | None:
    """The amount whose currency a bare number takes: behind a verb of paying, or as a difference (``51 yuan, 7 less than``)."""
    reading = readings[index]
    at = reading.start
    differs = _DIFFERS.match(text, reading.end) is not None
    if not differs and not (_CLOSED.match(text, reading.end) and _PAYING.search(text, max(0, at - 40), at)):
        return None
    for other in reversed(readings[max(0, index - _HOPS) : index]):
        between = text[other.end : at]
        if len(between) > _REACH or "\n\n" in between or len(SENTENCE_END.findall(between)) > 1:
            return None
        if differs:
            return other if other.kind == "money" and between == ", " and other.numeral.scale == reading.numeral.scale else None
        if other.kind == "money" and not _restates(text, other):
            return other if _near(reading.numeral, other.numeral, 10) else None
    return None


def _stated_terms(text: str, reading: Reading) -> Sign | None:
    """The currency of ``in baht terms the stock came to 16.3 trillion``."""
    if reading.numeral.scale == 1 or (match := _TERMS.search(text, max(0, reading.start - 80), reading.start)) is None:
        return None
    found = SUFFIXES.find(text, match.start(1) - 1)
    return found[1] if found is not None and found[0] == match.end(1) and found[1].kind == "money" else None


def _restates(text: str, reading: Reading) -> bool:
    """Whether an amount stands alone in parentheses, behind the amount that it converts."""
    return text[reading.start - 1 : reading.start] == "(" and text[reading.end : reading.end + 1] == ")"


def _whole(text: str, reading: Reading, other: Reading) -> Reading | None:
    """The amount just before that a number is a part of (``solar at 76 GW, 19 of them on rooftops``)."""
    if reading.start - other.end >= 40 or SENTENCE_END.search(text, other.end, reading.start):
        return None
    physical = other.disposition is None and other.kind == "quantity" and other.unit is not None
    return other if physical and other.numeral.value > reading.numeral.value else None


def _lender(text: str, readings: list[Reading], index: int) -> Reading | None:
    """The figure whose unit the reading at ``index`` shares; None where the nearest alike is a count of things."""
    reading = readings[index]
    for step in (-1, 1):
        position = index + step
        for _ in range(_HOPS):
            if not 0 <= position < len(readings):
                break
            other = readings[position]
            left, right = (other.end, reading.start) if step < 0 else (reading.end, other.start)
            if right - left > _REACH or SENTENCE_END.search(text, left, right):
                break
            if other.disposition is None and not (step < 0 and other.kind == "money" and _restates(text, other)):
                if other.rule == "multiple.ratio" and _printed_alike(reading.numeral, other.numeral):
                    return other
                if other.kind == "quantity" and other.unit is None:
                    if _printed_alike(reading.numeral, other.numeral):
                        return None
                elif _alike(text, reading, other, step):
                    return other
            position += step
    return _lender_before(text, readings, index)


def _lender_before(text: str, readings: list[Reading], index: int) -> Reading | None:
    """A figure of the sentence before, whose unit a decimal or scaled numeral goes on with (``The figure was 2.9``)."""
    reading = readings[index]
    scaled = reading.numeral.scale > 1
    shares = _SHARE_IS.search(text, max(0, reading.start - 40), reading.start) is not None
    if not scaled and reading.numeral.step >= 1 and not shares:
        return None
    for other in reversed(readings[max(0, index - _HOPS) : index]):
        between = text[other.end : reading.start]
        if len(between) > _REACH or "\n\n" in between or len(SENTENCE_END.findall(between)) > 1:
            return None
        if other.disposition is not None or other.kind is None or other.prefix is not None:
            continue
        if shares and other.kind != "percent":
            continue
        if other.kind == "quantity" and other.unit is None:
            if _printed_alike(reading.numeral, other.numeral):
                return None
            continue
        fits = other.kind in ("money", "quantity") if scaled else other.kind == "percent" or other.unit == "point"
        if fits and other.numeral.scale == reading.numeral.scale and _alike(text, reading, other, -1):
            return other
    return None


def _printed_alike(mine: Numeral, theirs: Numeral) -> bool:
    """Whether two numerals look alike: both with decimals or both whole, of one scale and of like size."""
    if mine.scale != theirs.scale or (mine.step < mine.scale) != (theirs.step < theirs.scale):
        return False
    return theirs.value != 0 and Decimal("0.02") < mine.value / theirs.value < 50


def _alike(text: str, reading: Reading, other: Reading, step: int) -> bool:
    """Whether a bare numeral can have the unit of ``other``, which stands before it (``step`` -1) or after it (1)."""
    if (other.suffix or other.prefix) is None:
        return False
    mine, theirs = reading.numeral, other.numeral
    if other.kind == "percent":
        return _alike_percent(text, reading, theirs, step)
    if other.kind == "money":
        if mine.scale == 1 or mine.form == "words":
            small = mine.scale == theirs.scale == 1 and mine.step == theirs.step
            return other.prefix is None and small and step < 0 and _near(mine, theirs, 5)
        if other.prefix is not None and (mine.scale != theirs.scale or step > 0):
            return False
        return _near(mine, theirs, 4 if other.prefix is not None else 100)
    if other.kind == "quantity":
        if other.unit == "point":
            return mine.scale == 1 and not (mine.form == "words" and step > 0)
        return (mine.scale == theirs.scale or mine.scale > 1) and _near(mine, theirs, 30)
    return False


def _alike_percent(text: str, reading: Reading, theirs: Numeral, step: int) -> bool:
    mine = reading.numeral
    if mine.scale != 1 or mine.value >= 1000 or mine.form == "words":
        return False
    if mine.step < 1:
        return True
    if mine.value > 100 or (theirs.step < 1 and step > 0):
        return False
    # "Fell 11.2 percent to 388": a whole number behind a change with decimals is its level.
    return not (theirs.step < 1 and step < 0 and _PERCENT_TO.search(text, max(0, reading.start - 40), reading.start))


def _near(mine: Numeral, theirs: Numeral, times: int) -> bool:
    return theirs.value > 0 and mine.value > 0 and 1 <= times * mine.value / theirs.value <= times * times


def _settle_level(text: str, reading: Reading) -> None:
    """A bare decimal that borrows nothing: a ratio, or a level of an index, where its sentence names one before it."""
    left, _ = sentence_around(text, reading.start, reading.end, 160)
    if _RATIO.search(text, left, reading.start) and reading.numeral.value < 100:
        reading.be("multiple", "x", "multiple.ratio", reading.end)
    elif _LEVEL.search(text, left, reading.start):
        reading.be("quantity", "point", "quantity.level", reading.end)
