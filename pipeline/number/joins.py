"""Neighbors that belong together: ranges, sums of two scales, lists that share a scale, a unit or a currency.

Works on readings in text order; what lies between two of them decides. Nothing here knows what a currency or a unit is
beyond the marks that the kinds have set.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.number.reading import Reading

_DASH = re.compile(r"[ \u00a0]?[-–—‑−~][ \u00a0]?\Z")
_TO = re.compile(
    r"(?:-to-|-?[ \u00a0\n]?(?:to|up to|through)[ \u00a0\n])(?:about |around |nearly |as much as |perhaps |over )?\Z"
)
_AND = re.compile(r"[ \u00a0\n](?:and|to|or)[ \u00a0\n](?:about |around |nearly |perhaps )?\Z")
_OR = re.compile(r"(?:[ \u00a0\n]or[ \u00a0\n](?:even |perhaps |maybe |so )?|, (?:maybe|perhaps|possibly|even) )\Z")
_LIST = re.compile(
    r"(?:,? ?(?:and|or|versus|vs\.?|against)[ \u00a0\n](?:about |nearly |around |some |over |almost |just |roughly )?|, |/)\Z"
)
_HEDGE = r"(?:about |around |roughly |an estimated |some |a |anywhere |somewhere )?"
_BETWEEN = re.compile(
    rf"(?:\b[Bb]etween|\b[Ff]rom|\b[Rr]ang(?:ing|ed?|es) (?:from|between)|\branging)[ \u00a0\n]{_HEDGE}[-−–+~]?\Z"
)
# "From 3 to 5" is two figures, a change, unless the words before say a range.
_RANGING = re.compile(
    r"\b(?:ranging|ranges|ranged|runs|running|\w+s range|anything|anywhere|somewhere|varying|vary|varies|spanning)"
    r" from[ \u00a0\n](?:about |around |roughly )?\Z"
)
# "10 billion, up from 8 to 9 billion": the new level stands before, so what follows "from" is a range.
_BASE = re.compile(r"\d[^\n;.]{0,30}, (?:up|down) from (?:an estimated |about |around |roughly )?\Z")
_MOVED = re.compile(
    r"\b(?:rose|risen|rises?|rising|fell|fallen|falls?|falling|grew|grown|grows?|dropped|drops?|declined?|"
    r"declines|gained|gains?|lost|"
    r"up|down|increased?|increases|decreased|jumped|jumps?|slid|slipped|climbed|climbs?|advanced|added|"
    r"adds|shed|surged|soared|tumbled|"
    r"plunged|eased|edged|inched|ticked|moved|widened|narrowed|shrank|swung|trimmed|cut|raised|lifted|"
    r"higher|lower|by)(?: \w+ly)?(?: by)?"
    r"(?: (?:about|around|nearly|almost|some|over|just|a further|another|a record|an estimated|a net|a total of))?[ \u00a0\n]\Z"
)
_BY = re.compile(r"\bby (?:about |around |nearly |some |roughly |a further |another |an additional )?\Z")
_FORECAST = re.compile(
    r"\b(?:will|would|should|could|may|might|to|expects?|expected|forecasts?|projected|seen|sees?) (?:\w+ly )?(?:\w+ )?\w{3,12} "
    r"(?:by )?(?:about |around |a further |another )?\Z"
)
_FUTURE = re.compile(r"\b(?:will|would|could|may|might|should)\b")
_RHYTHM = re.compile(r" (?:annually|yearly|(?:a|per|each|every) (?:year|month|quarter|day)|in (?:20\d\d|the coming))\b")
# "Went up 140 to 6,310, and that of men 15 to 120": a change with its result, told once, goes on.
_UP_TO_LEVEL = re.compile(r"\b(?:up|rose|grew|fell|down|gained|lost|by) \d[\d,.]* to \d[\d,.]*[^.;\n]{0,60}\Z")
_NEAR_ENDS = 2
_SPOKEN_COUNT = 20
_RESPECTIVELY = re.compile(r"[^.\n]{0,160}\brespectively\b")
_OPENING = re.compile(r"\b(?:[Bb]etween (?:about |around |roughly |some )?|from )\Z")
_LONGEST_GAP = 20
# Ends of a range in words differ by less than this factor.
_WIDEST = 50
_LOOKBACK = 80
_MINUS = "minus "


def join(text: str, readings: list[Reading]) -> list[Reading]:
    """Merge ranges and sums; the readings that remain, in order."""
    if len(readings) < 2:
        return readings
    result: list[Reading] = [readings[0]]
    last = readings[0]
    for reading in readings[1:]:
        begins = _begin(text, reading)
        size = begins - last.end
        joined = (
            -1 <= size <= _LONGEST_GAP
            and last.disposition is None
            and reading.disposition is None
            and _join_pair(text, last, reading, text[last.end : begins])
        )
        if not joined:
            result.append(reading)
            last = reading
    return result


def _join_pair(text: str, first: Reading, second: Reading, gap: str) -> bool:
    """Merge ``second`` into ``first`` and say so, or leave both."""
    if first.low is not None or second.low is not None or first.kind == "rank" or second.kind == "rank":
        return False
    # "2 to 3 times" is one range; in "doubled to 80" and "twice to 5" the multiple is a figure of its own.
    if first.kind == "multiple" and second.kind != "multiple":
        return False
    if second.kind == "multiple" and (
        (first.explicit and first.kind != "multiple") or (second.numeral.form == "words" and first.numeral.form != "words")
    ):
        return False
    if _is_sum(text, first, second, gap):
        _add(first, second)
    elif _is_range(text, first, second, gap):
        _merge_range(text, first, second, signed=not _is_dash(gap, second))
    else:
        return False
    return True


def _is_dash(gap: str, second: Reading) -> bool:
    """Whether a dash alone stands between two figures, which then is no sign of the second."""
    return len(gap) <= 3 and (_DASH.match(gap) is not None or (second.sign == "-" and gap.strip() == ""))


def _begin(text: str, reading: Reading) -> int:
    """Where a reading begins with its sign, also with one in words (``minus 3%``)."""
    at = reading.sign_start
    return at - len(_MINUS) if text[max(0, at - len(_MINUS)) : at].lower() == _MINUS else at


def _is_negative(text: str, reading: Reading) -> bool:
    return reading.sign == "-" or _begin(text, reading) != reading.sign_start


def _is_sum(text: str, first: Reading, second: Reading, gap: str) -> bool:
    """``4 trillion and 800 billion yuan``: a whole number of a large scale and one of the next, in one currency or unit."""
    large, small = first.numeral, second.numeral
    if large.scale <= small.scale or small.scale < 1000 or first.suffix is not None or second.prefix is not None:
        return False
    if gap.strip() not in ("and", ",", "") or (first.prefix is not None and second.suffix is not None):
        return False
    if large.raw != int(large.raw) or small.value >= large.scale:
        return False
    return not _RESPECTIVELY.match(text, second.end)


def _add(first: Reading, second: Reading) -> None:
    numeral = first.numeral
    numeral.value += second.numeral.value
    numeral.step = second.numeral.step
    numeral.end = second.numeral.end
    first.end, first.suffix = second.end, second.suffix
    if second.suffix is not None and first.prefix is None:
        first.take(second.suffix, explicit=True)


def _is_range(text: str, first: Reading, second: Reading, gap: str) -> bool:
    dash = _is_dash(gap, second)
    if not dash and (not gap or gap[0] not in " \u00a0\n,-"):
        return False
    begins = _begin(text, first)
    before = text[max(0, begins - _LOOKBACK) : begins]
    between = _BETWEEN.search(before)
    if not dash and (_is_negative(text, first) or _is_negative(text, second)):
        return _is_range_with_signs(text, before, between, first, second, gap)
    if dash:
        return _compatible(first, second) and _low(first, second) < second.numeral.value
    if (second.sign is not None and not between and first.sign is None) or (first.sign == "+" and second.sign is None):
        return False
    if _TO.match(gap):
        low = _low(first, second)
        rising = low < second.numeral.value
        if between and "from" in between[0].lower() and not _RANGING.search(before):
            return _BASE.search(before) is not None and rising and _compatible(first, second)
        if _MOVED.search(before) and first.explicit == second.explicit and first.unit == second.unit:
            return rising and _compatible(first, second) and _is_range_of_change(text, before, first, second)
        if second.unit is None and _UP_TO_LEVEL.search(before):
            return False
        return rising and second.numeral.value <= _WIDEST * low and _compatible(first, second)
    if between and "from" not in between[0].lower() and _AND.match(gap):
        # "Between 7% and 5%" falls; "between $3 billion and $5" is cut off, and no range.
        end = second.numeral.value
        return (end == 0 or _low(first, second) <= _WIDEST * end) and _compatible(first, second)
    if _OR.match(gap) and first.numeral.form == second.numeral.form:
        width = second.numeral.value - _low(first, second)
        return 0 < width <= max(Decimal(1), second.numeral.value / 2) and _compatible(first, second)
    return False


def _is_range_with_signs(
    text: str, before: str, between: re.Match[str] | None, first: Reading, second: Reading, gap: str
) -> bool:
    """Whether two figures, one of them below zero, are the ends of a range: ``between -3% and 5%``, ``a range of -3% to -1%``."""
    if not _compatible(first, second):
        return False
    low, high = _ends(text, first, second)
    if between and "from" not in between[0].lower():
        return _AND.match(gap) is not None
    # "From -3% to 5%" is two levels, as with figures that have no sign; so is what goes down to less than nothing.
    moves = between is not None and _RANGING.search(before) is None
    return _TO.match(gap) is not None and low < high and not moves and _MOVED.search(before) is None


def _ends(text: str, first: Reading, second: Reading) -> tuple[Decimal, Decimal]:
    """The ends of a range as they are printed, with the scale and the signs that are theirs."""
    low, high = _low(first, second), second.numeral.value
    return -low if _is_negative(text, first) else low, -high if _is_negative(text, second) else high


def _is_range_of_change(text: str, before: str, first: Reading, second: Reading) -> bool:
    """Whether ``grow by 5% to 8%`` gives the two ends of a change and no change with its result (``rose 5% to $3bn``).

    Both ends are printed alike, lie near each other, and ``by``, a word of forecast before the verb or a rhythm behind
    (``5% to 7% a year``) says so.
    """
    low, high = first.numeral, second.numeral
    if high.value > _NEAR_ENDS * _low(first, second) or low.form != high.form:
        return False
    by = _BY.search(before) is not None
    if first.kind == "percent":
        return (
            first.explicit
            and low.step == high.step
            and (by or _FORECAST.search(before) is not None or _RHYTHM.match(text, second.end) is not None)
        )
    if first.kind == "money":
        return (
            by
            and _FUTURE.search(before) is not None
            and first.prefix is not None
            and low.scale == high.scale > 1
            and low.step == high.step
        )
    return by and low.form == "words" and high.value <= _SPOKEN_COUNT


def _low(first: Reading, second: Reading) -> Decimal:
    """The low end with the scale that it shares: 3 of ``3 to 5 billion``, but 800 of ``800 to 1,200``."""
    low, high = first.numeral, second.numeral
    shares = low.scale == 1 and high.scale != 1 and low.raw < 10000 and low.raw < high.value
    if shares and not (low.raw >= 1000 and high.raw < 1000):
        return low.raw * high.scale
    return low.value


def _compatible(first: Reading, second: Reading) -> bool:
    """Whether two neighbors can be the ends of one range: no unit of one contradicts the other's."""
    one, other = first.suffix or first.prefix, second.suffix or second.prefix
    if one is None or other is None:
        if first.explicit and second.explicit and first.kind != second.kind:
            return False
        # "3 to 5 billion dollars" may lack the first unit, "$3 to 5 billion" the second; "3% to 5 people" may not.
        return not (first.suffix is not None and other is None)
    if one.kind == other.kind and one.unit != other.unit:
        return {one.unit, other.unit} == {"percentage_point", "point"}
    return one.kind == other.kind


def _merge_range(text: str, first: Reading, second: Reading, *, signed: bool) -> None:
    low, high = _low(first, second), second.numeral.value
    shares_scale = low != first.numeral.value
    if signed:
        low, high = _ends(text, first, second)
        begins = _begin(text, first)
        if low < 0:
            first.start = first.sign_start = begins
        first.sign = "-" if low < 0 and high < 0 else None
    sign = second.suffix or second.prefix or first.prefix or first.suffix
    if sign is not None:
        first.take(sign, explicit=True)
        first.suffix = second.suffix or first.suffix
        first.prefix = first.prefix or second.prefix
    elif second.kind == "multiple":
        # "Two- to threefold".
        first.be("multiple", "x", second.rule, second.end)
    first.optional = first.optional and second.optional
    first.numeral.rescale(second.numeral.scale if shares_scale else 1)
    first.low, first.high, first.bound = min(low, high), max(low, high), "between"
    first.end = second.end
    # The whole expression is the span of a range: "between 5% and 7%".
    left = max(0, first.sign_start - _LOOKBACK)
    before = text[left : first.sign_start]
    opening = _OPENING.search(before)
    if opening and (opening[0].lower().startswith("between") or _RANGING.search(before)):
        first.start = left + opening.start()


def share(text: str, readings: list[Reading]) -> None:
    """Give a scale, unit or currency printed once in a list to the members that lack it: ``1.2, 1.5 and 1.9 billion dollars``.

    Goes from right to left, so that it travels along the list.
    """
    for index in range(len(readings) - 2, -1, -1):
        first, second = readings[index], readings[index + 1]
        if first.disposition is not None or second.disposition is not None or first.low is not None:
            continue
        size = second.sign_start - first.end
        if not 0 < size <= _LONGEST_GAP:
            continue
        gap = text[first.end : second.sign_start]
        if _LIST.match(gap) and not gap.startswith(", or"):
            _share_pair(first, second, gap)


def _share_pair(first: Reading, second: Reading, gap: str) -> None:
    sign = second.suffix
    lacking = first.suffix is None and first.prefix is None and not first.explicit
    if sign is not None and lacking and first.kind in (None, "quantity"):
        if sign.kind == "percent":
            # "57,400, 6% fewer" is no list of percentages.
            large = first.numeral.value > 200 or first.numeral.scale != 1
            if large or (first.numeral.step != second.numeral.step and gap == ", "):
                return
        first.take(sign, explicit=False)
        first.suffix = sign
        first.rule = sign.rule + ".shared"
        if sign.kind == second.kind:
            first.unit = second.unit
    one, other = first.numeral, second.numeral
    same_sort = (first.prefix is None) == (second.prefix is None) and first.kind == second.kind
    if same_sort and one.scale == 1 and other.scale > 12 and other.form == one.form and one.raw < 1000:
        one.rescale(other.scale)
