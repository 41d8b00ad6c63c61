"""Numbers in words: cardinals, fractions, ordinals, factors, and articles that say a number."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.figures.attach import SUFFIXES, after_rank, attach, of_a_scale
from pipeline.multiple.pattern import read_again, read_denominator
from pipeline.multiple.pattern import read_factor as factor_of
from pipeline.number.numerals import Numeral, read_cardinal
from pipeline.number.reading import Reading
from pipeline.number.words import DENOMINATORS, OPENING_SCALES, ORDINALS
from pipeline.percent.pattern import is_point_of_change
from pipeline.rank.pattern import is_rank

_EXACT = Decimal(0)
_LEAD = re.compile(r"\b(?:(?:a|an|A|An|one) |([Hh]alf) (?:an? )?|([Qq]uarter) of (?:a|an) )\Z")


def read_words(text: str, start: int, end: int) -> Reading | None:
    """The figure whose first number word is ``text[start:end]``: ``twenty-one``, ``half a million``, ``two dozen``."""
    before = text[start - 1] if start else " "
    word = text[start:end].lower()
    if (
        before in "-–’'"
        and text[start - 2 : start - 1].isalpha()
        and not text[max(0, start - 7) : start].lower().endswith("number-")
    ):
        return None
    if text[end : end + 1] in ("’", "'") and text[end + 1 : end + 2] in ("s", "t"):
        return None
    numeral = read_cardinal(text, start, end)
    reading = Reading(numeral)
    if word in OPENING_SCALES:
        lead = _LEAD.search(text, max(0, start - 14), start)
        if lead is None:
            # "Millions of" and "per million" say no number; "hundred and five" does.
            if word != "hundred" or numeral.value == 100:
                return None
        else:
            reading.start = reading.sign_start = numeral.start = lead.start()
            if lead[1] or lead[2]:
                parts = 2 if lead[1] else 4
                numeral.value /= parts
                numeral.raw /= parts
    return attach(text, reading)


def read_fraction_word(text: str, start: int, end: int, readings: list[Reading]) -> Reading | None:
    """The figure at a denominator or ordinal: ``a third``, ``half``, ``quarter-point``, ``second-largest``."""
    word = text[start:end].lower()
    if word == "halves":
        return read_factor(text, start, end)
    if word in DENOMINATORS:
        found = read_denominator(text, start, end, word)
        if found is not None:
            return _fraction(text, start, end, found)
        if word in ("half", "quarter"):
            return _part_of_unit(text, start, end, word)
    if word not in ORDINALS or text[start - 1 : start] == "-":
        return None
    rule = is_rank(text, start, end, after_rank=after_rank(text, start, readings))
    if rule is None:
        return None
    return Reading(Numeral(start, end, Decimal(ORDINALS[word]), _EXACT, 1, end, "words")).be("rank", "rank", rule, end)


def _fraction(text: str, start: int, end: int, found: tuple[int, Decimal, str]) -> Reading:
    at, value, rule = found
    if scaled := of_a_scale(text, at, end, value):
        return attach(text, scaled) or scaled
    reading = Reading(Numeral(at, end, value, _EXACT, 1, end, "fraction"))
    if text[start:end].lower() == "half" and (again := read_again(text, end)) is not None:
        return reading.be_multiple(Decimal("1.5"), "multiple.again", again)
    article = text.startswith(" a ", end)
    unit = SUFFIXES.find(text, end) or (SUFFIXES.find(text, end + 2) if article else None)
    if unit is not None and text[end : end + 1] in (" ", "-"):
        unit_end, sign = unit
        # "Half a bushel", "a quarter of a percentage point"; "half percent" and "half dollar" need their article.
        of_percent = sign.kind == "percent" and (article or text[end + 1 : end + 3] in ("of", "po", "pe"))
        if of_percent or (sign.kind == "quantity" and article) or (sign.kind == "money" and not sign.weak):
            reading.end, reading.suffix = unit_end, sign
            reading.take(sign, explicit=True)
            return reading
    return reading.be_multiple(value, rule, end)


def _part_of_unit(text: str, start: int, end: int, word: str) -> Reading | None:
    """``quarter-point``, ``half-point``, ``half a bushel``: a part of one unit where the word is no fraction by itself."""
    value = Decimal("0.5") if word == "half" else Decimal("0.25")
    article = text.startswith((" a ", " an "), end)
    at = text.index(" ", end + 1) if article else end
    unit = SUFFIXES.find(text, at)
    if unit is None or unit[1].unit == "degree" or unit[1].kind not in ("percent", "quantity"):
        return None
    if unit[1].kind == "quantity" and not article:
        return None
    reading = Reading(Numeral(start, end, value, _EXACT, 1, end, "fraction"))
    reading.end, reading.suffix = unit
    reading.take(unit[1], explicit=True)
    return reading


def read_factor(text: str, start: int, end: int) -> Reading | None:
    """The figure at ``doubled``, ``tripling``, ``twice``; None where the word multiplies nothing."""
    found = factor_of(text, start, end, text[start:end].lower())
    if found is None:
        return None
    return Reading(Numeral(start, end, found[0], _EXACT, 1, end, "words")).be_multiple(found[0], found[1], end)


def read_article(text: str, start: int, end: int) -> Reading | None:
    """``a full percentage point`` is one, ``a pair of`` two."""
    if text[end - 1] != "t":
        reading = Reading(Numeral(start, end, Decimal(2), _EXACT, 1, end, "words")).be("quantity", None, "quantity.pair", end)
        reading.optional = True
        return reading
    if text[max(0, start - 3) : start].lower() in ("of ", "lf "):
        return None
    if "percentage" not in text[start:end] and not is_point_of_change(text, start, end):
        return None
    numeral = Numeral(start, end, Decimal(1), _EXACT, 1, end, "words")
    return Reading(numeral).be("percent", "percentage_point", "percent.article", end)
