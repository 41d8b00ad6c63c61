"""Numerals in digits: what stands before them (currency, sign, letters), their fraction, margin and scale."""

from __future__ import annotations

import re
from collections.abc import MutableSequence
from decimal import Decimal

from pipeline.figures.attach import SUFFIXES, after_rank, attach
from pipeline.money.pattern import read_prefix
from pipeline.money.value import parse_amount
from pipeline.number.contact import hard_explain
from pipeline.number.designations import glued_before
from pipeline.number.numerals import Numeral, digits_value, read_mixed, read_scale
from pipeline.number.reading import Reading
from pipeline.quantity.pattern import is_metre
from pipeline.rank.pattern import is_rank

_ORDINAL_TAIL = re.compile(r"(?:st|nd|rd|th)(?![A-Za-z])")
_SPACED = re.compile(r"\d{1,3}(?: \d{3}){1,4}(?!\d)(?:\.\d{1,20})?")
# "50±1 per cent".
_MARGIN = re.compile(r" ?(?:±|\+/-|\+-) ?(\d{1,6}(?:\.\d{1,6})?)")
# "€1.234,56": continental separators, which price-parser knows.
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?![\d.])")
_PART = re.compile(r"(\d{1,2})/(2|3|4|5|6|8|10|12|16|32)(?![\d/])")
_NEGATIVE = re.compile(r"\)(?: (?:million|billion|trillion|thousand|bn|mn|per ?cent)|%)(?![A-Za-z])")
_SIGN_LEADS = frozenset(" (\n\t,;:/[\u00a0—≈~<>“\"'|*$€£")
_SIGNS = frozenset("+-−–±")
_NO_PREFIX = frozenset("(,-–—\n\t")
# More digits than any figure has: the value must fit DECIMAL(38,10).
_MAX_DIGITS = 24
_MAX_VALUE = Decimal(10) ** 26

Others = MutableSequence  # of survey.Other; spelled so to keep the modules free of a cycle


def read_digits(text: str, start: int, end: int, readings: list[Reading], others: Others, *, spaced: bool) -> Reading | None:  # type: ignore[type-arg]
    """The figure whose digits are ``text[start:end]``; None, with a row in ``others``, where no unit could make it one."""
    if end - start > _MAX_DIGITS:
        others.append((start, end, "identifier", "identifier.long"))
        return None
    if spaced and end - start <= 3 and text[end : end + 1] == " " and (wide := _SPACED.match(text, start)):
        end = wide.end()
    before = text[start - 1] if start else " "
    if before == "." and text[start].isdecimal() and (start == 1 or not text[start - 2].isalnum()):
        # ".5": a decimal without its zero.
        start -= 1
        before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if (found := hard_explain(text, start, end, before, after)) is not None:
        others.append((start, found.end, found.disposition, found.rule))
        return None
    if after == "/" and (part := _PART.match(text, start)) and int(part[1]) < int(part[2]) and SUFFIXES.find(text, part.end()):
        # "A 1/4 mile oval": a written fraction of a unit.
        value = Decimal(part[1]) / Decimal(part[2])
        return attach(text, Reading(Numeral(start, part.end(), value, Decimal(0), 1, part.end(), "fraction")))
    if after.isalpha() and (tail := _ORDINAL_TAIL.match(text, end)):
        return _read_ordinal(text, start, end, tail.end(), readings, others)
    first, sign = start, None
    if before in _SIGNS and (start < 2 or text[start - 2] in _SIGN_LEADS):
        first = start - 1
        sign = "+" if before == "+" else None if before == "±" else "-"
    prefix = None
    if before == "(" and after == ")" and start > 1:
        prefix = read_prefix(text, start - 1)
    elif before not in _NO_PREFIX or first != start:
        prefix = read_prefix(text, first)
        if prefix is None and first != start:
            prefix = read_prefix(text, start)
    if prefix is None and (before.isalpha() or before in "-–‑/_#@.") and not (readings and readings[-1].end == start - 1):
        found = glued_before(text, start, end)
        if found is not None and (found.rule != "name.hyphenated" or SUFFIXES.find(text, end) is None):
            others.append((start, max(found.end, end), found.disposition, found.rule))
            return None
    token = text[start:end]
    if token.count(".") > 1 or (prefix is not None and after == "," and _CONTINENTAL.match(text, start)):
        whole = _CONTINENTAL.match(text, start)
        amount = parse_amount(text[prefix[0] : whole.end()]) if prefix is not None and whole is not None else None
        if amount is None or whole is None:
            others.append((start, end, "identifier", "identifier.version"))
            return None
        raw, end = amount[0], whole.end()
        step = Decimal("0.01") if "," in text[start:end] else Decimal(1)
    else:
        raw, step = digits_value(token)
    if before == "(" and text[end : end + 1] == ")" and (prefix is not None or _NEGATIVE.match(text, end)):
        # Accounting writes losses in parentheses: "(1.3) million", "$(4.2)".
        raw, first, end = -raw, start - 1, end + 1
    raw, raw_end = read_mixed(text, end, raw, step)
    margin = _MARGIN.match(text, raw_end) if text[raw_end : raw_end + 2].strip()[:1] in ("±", "+") else None
    if margin is not None:
        raw_end = margin.end()
    scale, scale_end = read_scale(text, raw_end, money=prefix is not None, is_metre=is_metre)
    numeral = Numeral(start, scale_end, raw, step, scale, raw_end, "digits")
    if raw < 0:
        numeral.start = first
    if numeral.value >= _MAX_VALUE:
        others.append((start, scale_end, "identifier", "identifier.long"))
        return None
    reading = Reading(numeral)
    reading.sign, reading.sign_start = sign, first
    if margin is not None:
        spread = Decimal(margin[1]) * scale
        reading.low, reading.high, reading.bound = numeral.value - spread, numeral.value + spread, "between"
    if prefix is not None:
        at = prefix[0]
        reading.start = reading.sign_start = at
        reading.prefix = prefix[1]
        reading.take(prefix[1], explicit=True)
        if sign is None and at and text[at - 1] in _SIGNS and (at < 2 or text[at - 2] in _SIGN_LEADS):
            reading.sign = "+" if text[at - 1] == "+" else "-"
            reading.sign_start = at - 1
    return attach(text, reading)


def _read_ordinal(text: str, start: int, end: int, tail_end: int, readings: list[Reading], others: Others) -> Reading | None:  # type: ignore[type-arg]
    """``38th``: a rank, or a part of a date or of a name."""
    rule = is_rank(text, start, tail_end, after_rank=after_rank(text, start, readings))
    if rule is None:
        named = text[tail_end + 1 : tail_end + 2].isupper()
        others.append((start, tail_end, "name" if named else "date", "ordinal"))
        return None
    token = text[start:end]
    if token.count(".") > 1:
        others.append((start, tail_end, "identifier", "identifier.version"))
        return None
    raw, _ = digits_value(token)
    return Reading(Numeral(start, tail_end, raw, Decimal(0), 1, tail_end, "digits")).be("rank", "rank", rule, tail_end)
