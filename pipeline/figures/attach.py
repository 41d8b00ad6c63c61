"""What stands behind a numeral: a unit, a wording of multiples, a noun, or what says that it is no figure."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.figures.fits import fits
from pipeline.figures.names import is_named_number
from pipeline.money.pattern import is_ambiguous
from pipeline.money.words import WORDINGS as MONEY_WORDINGS
from pipeline.multiple.pattern import read_in_so_many, read_spoken_fraction, read_times
from pipeline.number.designations import compound, named_word
from pipeline.number.marks import MarkTable, Sign
from pipeline.number.nonfact import explain
from pipeline.number.numerals import Numeral
from pipeline.number.reading import Reading
from pipeline.number.sentence import SENTENCE_END
from pipeline.number.times import age, duration
from pipeline.number.words import CARDINALS, OPENING_SCALES
from pipeline.percent.pattern import OF_PERCENT
from pipeline.percent.words import WORDINGS as PERCENT_WORDINGS
from pipeline.quantity.pattern import counts_noun, is_aside, is_rhetorical, is_specification, settle_unit
from pipeline.quantity.units import WORDINGS as UNIT_WORDINGS
from pipeline.rank.pattern import is_number_rank

SUFFIXES = MarkTable([*UNIT_WORDINGS, *MONEY_WORDINGS, *PERCENT_WORDINGS])

# "The median age of patients is 30".
_MEAN_AGE = re.compile(
    r"\b(?:median|average|mean|retirement|pension|minimum|voting|legal|school-leaving) age\b[^.;\n]{0,40} "
    r"(?:is|was|of|to|at|from|reached|be|are|were) (?:about |around |just |nearly )?\Z"
)
_EXCHANGED = re.compile(
    r" (?:per|to the|against the|to one) (?:US |U\.S\. )?(?:dollar|euro|pound|greenback|yen|franc|sterling)\b"
)
# "Two-thirds of a million", "a quarter of a billion": a number, and no part of something.
_OF_A_SCALE = re.compile(rf" of an? ({'|'.join(OPENING_SCALES)})(?![A-Za-z])")
_HOURS = re.compile(r"[ \u00a0-]hours?\b(?! (?:later|earlier|ago|before|after))")
_OLD = re.compile(r"[ -](?:years? old|year-olds?|of age)")
_MULTIPLIED = re.compile(
    r"\bmultipl(?:y|ied|ies|ying) (?:it |them )?by (?:almost |nearly |about |around |over |more than |roughly )?\Z"
)
_PARTITIVE = re.compile(r" (?:of|in|out) ")
# "Seven are in service", "Four more are being built".
_OPENED = re.compile(r" (?:are|were|have|had|more (?:are|were|will|have)|others)\b")
_OLDEST = 120
_SMALL_SHARE = 100
_SMALL_WORDS = 13
_ONE = Decimal(1)


def attach(text: str, reading: Reading) -> Reading | None:
    """Settle the kind of a numeral by what stands behind it; None for words that say no number here (``one``, ``zero``).

    The result has either a kind or a disposition.
    """
    numeral = reading.numeral
    end = numeral.end
    plain = numeral.scale == 1
    suffix = SUFFIXES.find(text, end)
    if suffix is not None:
        sign = suffix[1]
        if sign.kind != "percent" and reading.prefix is None and plain and numeral.value < _SMALL_SHARE:
            # "35 pesos in every 100" and "one litre in twenty" are fractions.
            share = read_in_so_many(text, end, numeral.value, CARDINALS)
            if share is not None and (numeral.form == "words" or " in every " in text[end : share[0]]):
                return reading.be_multiple(share[1], "multiple.in_so_many", share[0])
        if fits(text, reading, suffix):
            return _with_unit(text, reading, suffix)
    if reading.kind is not None:
        return reading
    if plain:
        if multiple := _multiple(text, reading):
            return multiple
    elif numeral.form == "words" and (times := read_times(text, numeral.start, end, whole=True)):
        return reading.be_multiple(numeral.value, times[1], times[0])
    if plain and end - numeral.start <= 5 and (at := is_number_rank(text, numeral.start, end)) is not None:
        if text[at] in "Nn" and text[at : at + 6].lower() != "number":
            reading.start = reading.sign_start = at
        return reading.be("rank", "rank", "rank.number", end)
    if numeral.form == "words":
        return _count_in_words(text, reading)
    return _bare(text, reading)


def _with_unit(text: str, reading: Reading, suffix: tuple[int, Sign]) -> Reading:
    numeral = reading.numeral
    end, sign = suffix
    if is_specification(text, numeral, end, sign):
        return reading.be_other("name", "name.specification", end)
    if reading.prefix is None:
        reading.suffix, reading.end = sign, end
        reading.take(sign, explicit=True)
        if sign.kind == "quantity":
            settle_unit(text, reading)
    elif reading.prefix.unit == sign.unit or is_ambiguous(reading.prefix.unit):
        # "$5 Australian dollars": what stands behind decides.
        reading.end = end
        reading.take(sign, explicit=True)
    return reading


def _multiple(text: str, reading: Reading) -> Reading | None:
    """``3.5 times``, ``28x``, ``one in five``, ``two-thirds``: a multiple or a part of something."""
    numeral = reading.numeral
    end, value = numeral.end, numeral.value
    after = text[end : end + 1]
    if not after or after not in " \u00a0-xX×f":
        return None
    if times := read_times(text, numeral.start, end, whole=numeral.step == _ONE and value == int(value)):
        return reading.be_multiple(value, times[1], times[0])
    if after in "xX×" and numeral.form != "words" and not text[end + 1 : end + 2].isalnum():
        return reading.be_multiple(value, "multiple.x", end + 1)
    if share := read_in_so_many(text, end, value, CARDINALS):
        return reading.be_multiple(share[1], "multiple.in_so_many", share[0])
    part = read_spoken_fraction(text, end, value) if value <= 1000 else None
    if part is None:
        return None
    if scaled := of_a_scale(text, reading.start, part[0], part[1]):
        return attach(text, scaled)
    numeral.value, numeral.end, numeral.step = part[1], part[0], Decimal(0)
    if OF_PERCENT.match(text, part[0]):
        return reading.be("percent", "percentage_point", "percent.tenths", part[0])
    unit = SUFFIXES.find(text, part[0])
    if unit is not None and unit[1].kind == "percent":
        reading.end, reading.suffix = unit
        reading.take(unit[1], explicit=True)
        return reading
    return reading.be_multiple(part[1], "multiple.fraction", part[0])


def of_a_scale(text: str, start: int, end: int, value: Decimal) -> Reading | None:
    """The number that a fraction ``of a million`` says; None where no scale follows."""
    match = _OF_A_SCALE.match(text, end)
    if match is None:
        return None
    return Reading(Numeral(start, match.end(), value, Decimal(0), OPENING_SCALES[match[1]], end, "words"))


def _bare(text: str, reading: Reading) -> Reading:
    """A numeral in digits without currency, percent or unit: something else by a named rule, or a count."""
    numeral = reading.numeral
    start, end = numeral.start, numeral.end
    if _EXCHANGED.match(text, end):
        # "148.5 per dollar": exchange rates are optional.
        reading.be("quantity", None, "quantity.exchange_rate", end)
        reading.optional = True
        return reading
    found = explain(text, start, end) if numeral.scale == 1 else None
    if found is None and (found := duration(text, start, end)) is not None and numeral.step < 1:
        hours = _HOURS.match(text, end)
        if hours is not None:
            return reading.be("quantity", "h", "quantity.hours", hours.end())
    if found is not None:
        keeps = found.disposition == "date" and found.rule != "date.years"
        return reading.be_other(found.disposition, found.rule, end if keeps else max(end, found.end))
    if numeral.value < _OLDEST and _MEAN_AGE.search(text, max(0, start - 90), start) and not counts_noun(text, end):
        return reading.be("quantity", "year", "quantity.age", end)
    if is_named_number(text, numeral):
        return reading.be_other("name", "name.number", end)
    reading.be("quantity", None, "quantity.count", end)
    reading.optional = is_aside(text, start, end, numeral.value)
    return reading


def _count_in_words(text: str, reading: Reading) -> Reading | None:
    numeral = reading.numeral
    start, end, value = numeral.start, numeral.end, numeral.value
    found = compound(text, start, end) or named_word(text, start, end) or duration(text, start, end)
    if found is not None:
        return reading.be_other(found.disposition, found.rule, end)
    if _OLD.match(text, end):
        return reading.be_other("identifier", "age.old", end)
    if value <= 1 and numeral.scale == 1:
        # "One" is a pronoun or an article more often than a count, and "zero" an adjective.
        return None
    opens = text[start].isupper() and not counts_noun(text, end)
    if value < _SMALL_WORDS and opens and not _PARTITIVE.match(text, end) and not _OPENED.match(text, end):
        return reading.be_other("name", "name.word", end)
    if _MULTIPLIED.search(text, max(0, start - 40), start):
        return reading.be_multiple(value, "multiple.by", end)
    if (found := age(text, start, end)) is not None:
        return reading.be_other(found.disposition, found.rule, end)
    reading.be("quantity", None, "quantity.count", end)
    reading.optional = is_rhetorical(text, end, value)
    return reading


def after_rank(text: str, start: int, readings: list[Reading]) -> bool:
    """Whether a rank stands before ``start`` in the same sentence, so that ``and third`` goes on with it."""
    for reading in reversed(readings[-5:]):
        if start - reading.end > 200:
            return False
        if reading.kind == "rank":
            return not SENTENCE_END.search(text, reading.end, start)
    return False
