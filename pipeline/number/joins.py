"""Neighbors that belong together: ranges, sums of two scales, lists that share a scale, a unit or a currency.

Works on readings in text order; what lies between two of them decides. Nothing here knows what a currency or a unit is
beyond the marks that the kinds have set.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.number.reading import Reading

_DASH = re.compile(r"[ \u00a0]?[-–—‑−~][ \u00a0]?\Z")
_TO = re.compile(r"[ \u00a0\n]?(?:to|up to|through)[ \u00a0\n]\Z")
_AND = re.compile(r"[ \u00a0\n](?:and|to|or)[ \u00a0\n]\Z")
_OR = re.compile(r"(?:[ \u00a0\n]or[ \u00a0\n](?:even |perhaps |maybe |so )?|, (?:maybe|perhaps|possibly|even) )\Z")
_LIST = re.compile(
    r"(?:,? ?(?:and|or|versus|vs\.?|against)[ \u00a0\n](?:about |nearly |around |some |over |almost |just )?|, |/)\Z"
)
_BETWEEN = re.compile(
    r"(?:\b[Bb]etween|\b[Ff]rom|\b[Rr]ang(?:ing|ed?|es) (?:from|between)|\branging)[ \u00a0\n](?:about |around |roughly |an estimated |some |a )?[-−–+~]?\Z"
)
_FROM = re.compile(
    r"\b(?:ranging|ranges|ranged|runs|running|run|\w+s range|anything|anywhere|somewhere|varying|vary|varies|spanning) from[ \u00a0\n](?:about |around |roughly )?\Z"
)
_MOVED = re.compile(
    r"\b(?:rose|risen|rise|rises|rising|fell|fallen|fall|falls|falling|grew|grown|grow|dropped|drop|drops|declined|decline|declines|gained|gain|gains|lost|up|down|increased|increase|decreased|jumped|jump|slid|slipped|climbed|climb|advanced|added|"
    r"shed|surged|soared|tumbled|plunged|eased|edged|inched|ticked|moved|widened|narrowed|shrank|swung|trimmed|cut|raised|lifted|higher|lower|by)(?: \w+ly)?(?: by)?(?: (?:about|around|nearly|almost|some|over|just|a further|another|a record|an estimated|a net|a total of))?[ \u00a0\n]\Z"
)
# "10 billion, up from 8 to 9 billion": the new level stands before, so what follows "from" is a range.
_BASE = re.compile(r"\d[^\n;.]{0,30}, (?:up|down) from (?:an estimated |about |around |roughly )?\Z")
_RESPECTIVELY = re.compile(r"[^.\n]{0,160}\brespectively\b")


def join(text: str, readings: list[Reading]) -> list[Reading]:
    """Merge ranges and sums, and share scales and units along lists; the readings that remain, in order."""
    if len(readings) < 2:
        return readings
    result: list[Reading] = []
    for reading in readings:
        if result:
            last = result[-1]
            gap_start = last.end
            if 0 <= reading.start - gap_start <= 14 and last.disposition is None and reading.disposition is None:
                gap = text[gap_start : reading.sign_start]
                if _join_pair(text, last, reading, gap):
                    continue
        result.append(reading)
    return result


def _join_pair(text: str, first: Reading, second: Reading, gap: str) -> bool:
    """Merge ``second`` into ``first`` and say so, or leave both."""
    if (
        first.low is not None
        or second.low is not None
        or (first.kind in ("rank", "multiple")) != (second.kind in ("rank", "multiple"))
    ):
        return False
    if _is_sum(text, first, second, gap):
        _add(first, second)
        return True
    if _is_range(text, first, second, gap):
        return _merge_range(text, first, second)
    return False


def _is_sum(text: str, first: Reading, second: Reading, gap: str) -> bool:
    """``4 trillion and 800 billion yuan``: a whole number of a large scale and one of the next, in one currency or unit."""
    if (
        first.numeral.scale <= second.numeral.scale
        or second.numeral.scale < 1000
        or first.suffix is not None
        or second.prefix is not None
    ):
        return False
    if gap.strip() not in ("and", ",", "") or (first.prefix is not None and second.suffix is not None):
        return False
    if first.numeral.raw != int(first.numeral.raw) or second.numeral.value >= first.numeral.scale:
        return False
    return not _RESPECTIVELY.match(text, second.end)


def _add(first: Reading, second: Reading) -> None:
    numeral = first.numeral
    numeral.value += second.numeral.value
    numeral.step = second.numeral.step
    numeral.end = second.numeral.end
    first.end = second.end
    first.suffix = second.suffix
    if second.suffix is not None and first.prefix is None:
        first.take(second.suffix, explicit=True)


def _is_range(text: str, first: Reading, second: Reading, gap: str) -> bool:
    dash = bool(_DASH.match(gap)) if len(gap) <= 3 else False
    before = text[max(0, first.sign_start - 64) : first.sign_start]
    between = _BETWEEN.search(before)
    if second.sign is not None and not (dash is False and between):
        # "5-3" prints the dash as the sign of the second number.
        if (second.sign == "-" and gap == "") or (second.sign == "-" and gap in (" ", "\u00a0")):
            dash = True
        elif first.sign is None:
            return False
    if dash:
        return _compatible(first, second) and _low(first, second) < second.numeral.value
    if first.sign is not None and first.sign == "+" and second.sign is None:
        return False
    if _TO.match(gap):
        if between and "from" in between[0].lower():
            open_range = _FROM.search(before) or _BASE.search(before)
            return bool(open_range) and _compatible(first, second) and _low(first, second) < second.numeral.value
        if (
            _MOVED.search(before)
            and first.kind is not None
            and second.kind is not None
            and (first.explicit and second.explicit)
            and first.unit == second.unit
        ):
            return False
        if not first.explicit and not second.explicit and _MOVED.search(before):
            return False
        low = _low(first, second)
        return _compatible(first, second) and low < second.numeral.value <= 50 * low
    if _AND.match(gap) and between and between[0].lower().startswith(("between", "rang")):
        return _compatible(first, second)
    if _OR.match(gap):
        if not _compatible(first, second) or first.numeral.form != second.numeral.form:
            return False
        ratio = second.numeral.value - _low(first, second)
        return 0 < ratio <= max(Decimal(1), second.numeral.value / 2)
    return False


def _low(first: Reading, second: Reading) -> Decimal:
    """The low end with the scale that it shares."""
    numeral = first.numeral
    if numeral.scale == 1 and second.numeral.scale != 1 and numeral.raw < 10000 and numeral.raw < second.numeral.value:
        if numeral.raw >= 1000 and second.numeral.raw < 1000:
            return numeral.value
        return numeral.raw * second.numeral.scale
    return numeral.value


def _compatible(first: Reading, second: Reading) -> bool:
    """Whether two neighbors can be the ends of one range: no unit of one contradicts the other's."""
    one, other = first.suffix or first.prefix, second.suffix or second.prefix
    if one is None or other is None:
        if first.explicit and second.explicit and first.kind != second.kind:
            return False
        # "3 to 5 billion dollars" may lack the first unit; "$3 to 5 people" may not lack the second.
        return not (first.suffix is not None and other is None)
    if one.kind != other.kind or one.unit != other.unit:
        return one.kind == other.kind and {one.unit, other.unit} == {"percentage_point", "point"}
    return True


def _merge_range(text: str, first: Reading, second: Reading) -> bool:
    if first.numeral.scale == 1 and second.numeral.scale != 1:
        low = _low(first, second)
    else:
        low = first.numeral.value
    sign = second.suffix or second.prefix or first.prefix or first.suffix
    if sign is not None:
        first.take(sign, explicit=True)
        first.suffix = second.suffix or first.suffix
        first.prefix = first.prefix or second.prefix
    high = second.numeral.value
    if second.sign == "-" and second.start != second.numeral.start and text[second.start] in "−-" and first.numeral.value < 0:
        high = second.numeral.value
    first.low, first.high = low, high
    first.bound = "between"
    first.end = second.end
    before = text[max(0, first.sign_start - 24) : first.sign_start]
    # The whole expression is the span of a range: "between 5% and 7%".
    opening = re.search(r"\b(?:[Bb]etween|from) (?=\Z)", before) or re.search(
        r"\b[Bb]etween (?:about |around |roughly |some )?\Z", before
    )
    if opening and (opening[0].lower().startswith("between") or _FROM.search(before)):
        first.start = max(0, first.sign_start - 24) + opening.start()
    first.per, first.per_end = second.per, second.per_end
    return True


def share(text: str, readings: list[Reading]) -> None:
    """Give a scale, unit or currency printed once in a list to the members that lack it: ``1.2, 1.5 and 1.9 billion dollars``."""
    for index in range(len(readings) - 2, -1, -1):
        first, second = readings[index], readings[index + 1]
        if first.disposition is not None or second.disposition is not None:
            continue
        gap = text[first.end : second.sign_start]
        if len(gap) > 16 or not _LIST.match(gap):
            continue
        sign = second.suffix
        if (
            sign is not None
            and sign.kind == "percent"
            and (first.numeral.value > 200 or first.numeral.step != second.numeral.step and gap == ", ")
        ):
            continue
        if gap.startswith(", or") or (sign is not None and sign.kind == "percent" and first.numeral.scale != 1):
            continue
        if (
            sign is not None
            and first.suffix is None
            and first.prefix is None
            and first.kind in (None, "quantity")
            and not first.explicit
        ):
            first.take(sign, explicit=False)
            first.suffix = sign
            first.rule = sign.rule + ".shared"
        same_sort = (first.prefix is None) == (second.prefix is None)
        if (
            same_sort
            and first.numeral.scale == 1
            and second.numeral.scale > 12
            and second.numeral.form == first.numeral.form
            and first.kind == second.kind
        ):
            if first.numeral.raw < 1000 and (
                sign is not None or second.prefix is not None or second.numeral.end > second.numeral.raw_end
            ):
                first.numeral.rescale(second.numeral.scale)
