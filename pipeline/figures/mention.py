"""A reading becomes a mention: its currency decided, its sign, bound, interval and denominator read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from pipeline.mentions import FigureMention
from pipeline.money.value import local_currency, owner_of_cents, resolve_currency
from pipeline.money.words import AMBIGUOUS
from pipeline.number.bounds import read_bound
from pipeline.number.reading import Reading
from pipeline.number.sentence import sentence_around
from pipeline.quantity.pattern import is_weight
from pipeline.records import Bound

_PER = re.compile(
    r"[ \u00a0](?:(?:per|a|an|each|every) |/ ?|p\.? ?)(?P<per>(?:square |cubic |metric |short |US |"
    r"working )?[A-Za-z][\w-]*|\d[\d,]* [a-z]+)"
    r"|/(?P<slash>[A-Za-z]+\d?)|[ ](?P<adverb>annually|daily|monthly|weekly|apiece|yearly)\b"
)
_CHANGED = re.compile(r"\)|[ ]?(?:y/y|yoy|YoY|q/q|m/m|qoq|mom|on-year|year-on-year|on the (?:week|day|month|year|quarter)|vs)")
_MINUS = "minus "
_ZERO = Decimal(0)
_ONE = Decimal(1)


def finish(
    text: str,
    reading: Reading,
    stated: Counter[str],
    resolved: dict[str, tuple[str, str]],
    amounts: Sequence[tuple[int, str]] = (),
) -> FigureMention:
    """The mention of a reading that has a kind.

    ``stated`` counts the currencies that the text names without doubt, ``resolved`` remembers what a shared name means in it,
    and ``amounts`` are ends and currencies of the amounts read so far.
    """
    numeral, kind, unit, rule, factor = reading.numeral, reading.kind, reading.unit, reading.rule, reading.factor
    assert kind is not None
    start, end = reading.start, reading.end
    sign, sign_start = reading.sign, reading.sign_start
    if kind == "money" and unit in AMBIGUOUS:
        if unit == "pound" and reading.suffix is not None and is_weight(text, start, end):
            kind, unit, rule = "quantity", "[lb_av]", "quantity.pound"
        else:
            shared = unit
            unit, reason = _currency(text, reading, shared, stated, resolved, amounts)
            rule = f"{rule}:{shared}:{reason}"
    value = numeral.value if factor is _ONE else numeral.value * factor
    if sign_start > start:
        sign_start = start
    if reading.high is None:
        if sign == "-":
            if kind in ("percent", "money", "quantity") and not _is_change(text, sign_start, end):
                # The span of a change may hold its printed minus; its value keeps the size alone.
                size_only = kind == "percent" and not _is_rate(text, sign_start, end)
                value, start = (value if size_only else -value), sign_start
        elif text[start - 1 : start] in (" ", "\u00a0") and text[max(0, start - 6) : start - 1].lower() == _MINUS[:-1]:
            sign, sign_start = "-", start - 6
            if kind != "percent" or _is_rate(text, sign_start, end):
                value, start = -value, sign_start
    bound: Bound
    low: Decimal | None
    high: Decimal | None
    bound, outer_start, outer_end = read_bound(text, sign_start, end)
    if reading.low is not None and reading.high is not None:
        low, high = reading.low * factor, reading.high * factor
        value, bound = (low + high) / 2, "between"
    else:
        if kind == "multiple" and bound == "exact" and text[max(0, start - 8) : start].lower() == "all but ":
            bound, outer_start = "about", start - 8
        low, high = _interval(value, reading, bound, counted=unit is None)
    per = None
    if end < len(text) and text[end] in " \u00a0/" and (match := _PER.match(text, end)) is not None:
        per = match["per"] or match["slash"] or match["adverb"]
        outer_end = max(outer_end, match.end())
    return FigureMention(
        kind=kind,
        start_char=start,
        end_char=end,
        text=text[start:end],
        value=value,
        value_low=low,
        value_high=high,
        bound=bound,
        unit=unit,
        rule=rule,
        outer_start=outer_start,
        outer_end=outer_end,
        sign=sign,
        per=per,
        # "$1 = 7.2 yuan": exchange rates are optional.
        optional=reading.optional or (kind == "money" and value == _ONE and text.startswith((" = ", "=", " equals"), end)),
    )


# What stands at a level below zero in percent; all else that is printed with a minus has fallen.
_RATE = re.compile(
    r"(?i)(?<!before )(?<!after )\b(?:inflation|rates?|yields?|yielded|margins?|return(?:s|ed)?|deflation|balance|deficit|"
    r"surplus|interest|spread|gap|ROE|ROI|compared with|temperatures?|prices? (?:index|growth)|it (?:is|was))\b"
)

# "Moved from -0.2% to 0.4%": the ends of a movement are levels, whatever moved.
_FROM = re.compile(r"\bfrom (?:about |around |nearly )?\Z")
_FROM_TO = re.compile(r"\bfrom (?:about |around |nearly |minus )?[-−–+]?\d[^\n;]{0,60}\bto (?:about |around |nearly )?\Z")
_TO_NUMBER = re.compile(r"[^\n;.]{0,60}\bto (?:about |around |nearly |minus )?[-−–+]?\d")
_LONGEST_MOVEMENT = 100


def _is_rate(text: str, start: int, end: int) -> bool:
    """Whether a percentage with a minus is the level of a rate, which its sentence names, or an end of a movement."""
    left, _ = sentence_around(text, start, end)
    if _RATE.search(text, left, start) is not None:
        return True
    before = text[max(left, start - _LONGEST_MOVEMENT) : start]
    return _FROM_TO.search(before) is not None or (_FROM.search(before) is not None and _TO_NUMBER.match(text, end) is not None)


def _currency(
    text: str,
    reading: Reading,
    shared: str,
    stated: Counter[str],
    resolved: dict[str, tuple[str, str]],
    amounts: Sequence[tuple[int, str]],
) -> tuple[str, str]:
    """The code that a shared name means at this place, and the named reason: its sentence first, then the text."""
    if shared == "cent":
        if (owner := owner_of_cents(text, reading.start, amounts, stated)) is not None:
            return owner, "nearby"
    elif (code := local_currency(shared, text, *sentence_around(text, reading.start, reading.end))) is not None:
        return code, "sentence"
    return resolve_currency(shared, text, stated, resolved)


def _is_change(text: str, start: int, end: int) -> bool:
    """Whether a printed minus is the sense of a change (``(−9%)``, ``-1.2% on the week``) and no negative level."""
    closed = text[end : end + 1] == ")"
    if text[start - 1 : start] == "(" and closed:
        return True
    return not closed and _CHANGED.match(text, end) is not None


def _interval(value: Decimal, reading: Reading, bound: Bound, *, counted: bool) -> tuple[Decimal | None, Decimal | None]:
    """The ends that bound and printed precision leave open; None is an open end. A whole count without scale is itself."""
    if bound == "more_than" or bound == "at_least":
        return value, None
    if bound == "less_than" or bound == "at_most":
        return None, value
    step = reading.numeral.step
    if step == _ZERO or (counted and reading.numeral.scale == 1 and step == _ONE):
        return value, value
    half = step * reading.factor / 2
    return value - half, value + half
