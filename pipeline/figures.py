"""Read every figure of a text: numerals, what stands around them, their joins, their worth.

``read_figures`` is pure and needs no model: text in, ``FigureMention`` rows out, in text order, never overlapping.
``account_numerals`` then says of every numeral of the text what it was taken for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from pipeline.mentions import DateMention, FigureMention, NameMention, NumeralAccount
from pipeline.money import value as money_value
from pipeline.money.pattern import is_ambiguous, read_prefix
from pipeline.money.words import SYMBOLS
from pipeline.money.words import WORDINGS as MONEY_WORDINGS
from pipeline.multiple import pattern as multiple_pattern
from pipeline.multiple.words import FACTORS
from pipeline.number.bounds import read_bound
from pipeline.number.joins import join, share
from pipeline.number.marks import MarkTable, Sign
from pipeline.number.nonfact import age, compound, duration, explain, glued_before, hard_explain, named_part
from pipeline.number.numerals import DIGIT_RUN, DIGITS, Numeral, digits_value, nested, read_cardinal, read_mixed, read_scale
from pipeline.number.reading import Reading
from pipeline.number.words import CARDINALS, DENOMINATORS, OPENING_SCALES, ORDINALS
from pipeline.percent.words import WORDINGS as PERCENT_WORDINGS
from pipeline.quantity.pattern import is_metre, is_rhetorical
from pipeline.quantity.units import WORDINGS as UNIT_WORDINGS
from pipeline.quantity.words import FUNCTION_WORDS
from pipeline.rank import pattern as rank_pattern
from pipeline.records import Bound, Disposition

_SUFFIXES = MarkTable([*UNIT_WORDINGS, *MONEY_WORDINGS, *PERCENT_WORDINGS])
_FRACTION_WORDS = {**DENOMINATORS, **ORDINALS}
_SCAN = re.compile(
    rf"({DIGIT_RUN})|(?<![A-Za-z])(?:(?:({nested([*CARDINALS, *OPENING_SCALES])})|({nested(_FRACTION_WORDS)})|({nested(FACTORS)})"
    rf"|([Aa] (?:pair|couple)(?= of )|[Aa] (?:full |whole )?percentage point(?!s)))(?![A-Za-z])|({nested(CARDINALS)})(?=-?fold))"
)
_DIGITS = re.compile(DIGITS)
_ORDINAL_TAIL = re.compile(r"(?:st|nd|rd|th)(?![A-Za-z])")
_WORD = re.compile(r"[ \u00a0\n-]?([A-Za-z][\w’'-]*)")
_SPACES = frozenset(" \u00a0\u202f\u2009")
_SIGN_LEADS = frozenset(" (\n\t,;:/[\u00a0—≈~<>“\"'|*")
_PER = re.compile(
    r"[ \u00a0](?:(?:per|a|an|each|every) |/ ?|p\.? ?)(?P<per>(?:square |cubic |metric |short |US |working )?[A-Za-z][\w-]*|\d[\d,]* [a-z]+)|/(?P<slash>[A-Za-z]+\d?)|[ ](?P<adverb>annually|daily|monthly|weekly|apiece|yearly)\b"
)
_NOT_PER = frozenset(
    [
        "year",
        "month",
        "week",
        "day",
        "quarter",
        "decade",
        "hour",
        "time",
        "result",
        "record",
        "little",
        "further",
        "new",
        "total",
        "bid",
        "move",
        "sign",
        "share",
    ]
) - {"year", "month", "week", "day", "quarter", "hour", "share"}
_MARGIN = re.compile(r" ?(?:±|\+/-|\+-) ?(\d{1,6}(?:\.\d{1,6})?)")
_MAX_DIGITS = 24


class _Survey:
    """What one pass over a text has found: figures in the making and the numerals that are something else."""

    __slots__ = ("others", "readings")

    def __init__(self) -> None:
        self.readings: list[Reading] = []
        self.others: list[tuple[int, int, Disposition, str]] = []


def read_figures(
    text: str,
    *,
    claimed: Sequence[tuple[int, int]] = (),
    include_plain: bool = False,
) -> list[FigureMention]:
    """All figures of ``text``, in order.

    ``claimed`` are spans that the date reader holds; no figure begins in one. ``include_plain`` also returns what is outside
    the facts table (ages, durations, bare numbers) as kind ``quantity``, for use on single sentences.
    A count has ``unit`` None: ``pipeline.quantity.counted`` names what is counted.
    """
    survey = _survey(text, claimed, include_plain)
    stated: Counter[str] = Counter(
        r.unit for r in survey.readings if r.kind == "money" and r.unit is not None and not is_ambiguous(r.unit)
    )
    resolved: dict[str, tuple[str, str]] = {}
    mentions = []
    for reading in survey.readings:
        if reading.disposition is None and reading.kind is not None:
            mentions.append(_finish(text, reading, stated, resolved))
    return mentions


def _survey(text: str, claimed: Sequence[tuple[int, int]], include_plain: bool) -> _Survey:
    survey = _Survey()
    spans = sorted(claimed)
    starts = [start for start, _ in spans]
    readings = survey.readings
    spaced = _spaced_grouping(text)
    search = _SCAN.search
    at = 0
    while match := search(text, at):
        start, end, group = match.start(), match.end(), match.lastindex
        at = end
        if starts and (index := bisect_right(starts, start)) and spans[index - 1][1] > start:
            at = max(end, spans[index - 1][1])
            continue
        if group == 1:
            if (whole := _DIGITS.match(text, start)) is not None:
                end = at = whole.end()
            reading = _read_digits(text, start, end, survey, spaced)
        elif group == 2 or group == 6:
            reading = _read_words(text, start, end, survey)
        elif group == 3:
            reading = _read_fraction_word(text, start, end, readings)
        elif group == 4:
            reading = _read_factor(text, start, end)
        else:
            reading = _read_article(text, start, end)
        if reading is not None:
            if reading.end > at:
                at = reading.end
            if reading.disposition is not None and not include_plain:
                survey.others.append((reading.numeral.start, reading.end, reading.disposition, reading.rule))
                if reading.disposition != "date":
                    continue
            readings.append(reading)
        elif survey.others and survey.others[-1][1] > at:
            at = survey.others[-1][1]
    survey.readings = join(text, readings)
    share(text, survey.readings)
    _borrow(text, survey.readings)
    return survey


def _spaced_grouping(text: str) -> bool:
    """Whether the text groups thousands by plain spaces (``82 000``): it does so somewhere and never by commas."""
    return bool(re.search(r"(?<![\d.,] )(?<![\d.,])\b\d{1,3} \d{3}(?: \d{3})?(?![\d.,]\d| \d)", text)) and not re.search(
        r"\d,\d{3}(?!\d)", text
    )


_SPACED = re.compile(r"\d{1,3}(?: \d{3}){1,4}(?!\d)(?:\.\d+)?")


def _read_digits(text: str, start: int, end: int, survey: _Survey, spaced: bool) -> Reading | None:
    others = survey.others
    if end - start > _MAX_DIGITS:
        others.append((start, end, "identifier", "identifier.long"))
        return None
    if spaced and end - start <= 3 and text[end : end + 1] == " " and (wide := _SPACED.match(text, start)):
        end = wide.end()
    before = text[start - 1] if start else " "
    if (before == "." and start > 1 and not text[start - 2].isalnum()) or (before == "." and start == 1):
        start -= 1
        before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if (found := hard_explain(text, start, end, before, after)) is not None:
        others.append((start, found.end, found.disposition, found.rule))
        return None
    if after.isalpha() and (tail := _ORDINAL_TAIL.match(text, end)):
        return _read_digit_ordinal(text, start, end, tail.end(), survey)
    raw, step = digits_value(text[start:end])
    first = start
    prefix = None
    sign, sign_start = None, start
    if before in "+-−–±" and (start < 2 or text[start - 2] in _SIGN_LEADS or text[start - 2] in "$€£"):
        sign, sign_start = ("+" if before == "+" else "-" if before != "±" else None), start - 1
        first = start - 1
    if before in _SPACES or not (before.isspace() or before in "(,-–—"):
        prefix = read_prefix(text, first) or (read_prefix(text, start) if first != start else None)
    elif sign is not None:
        prefix = read_prefix(text, first)
    follows = bool(survey.readings) and survey.readings[-1].end == start - 1
    if prefix is None and not follows and (before.isalpha() or before in "-–‑/_#@."):
        found = glued_before(text, start, end)
        if found is not None and (before.isalpha() or found.rule != "name.hyphenated" or not _SUFFIXES.find(text, end)):
            others.append((start, max(found.end, end), found.disposition, found.rule))
            return None
    raw, raw_end = read_mixed(text, end, raw, step)
    margin = None
    if text[raw_end : raw_end + 2].strip()[:1] in ("±", "+") and (margin := _MARGIN.match(text, raw_end)):
        raw_end = margin.end()
    scale, scale_end = read_scale(text, raw_end, money=prefix is not None, is_metre=is_metre)
    numeral = Numeral(start, scale_end, raw, step, scale, raw_end, "digits")
    reading = Reading(numeral)
    reading.sign, reading.sign_start = sign, sign_start
    if margin is not None:
        spread = Decimal(margin[1]) * scale
        reading.low, reading.high, reading.bound = numeral.value - spread, numeral.value + spread, "between"
    if prefix is not None:
        reading.start = reading.sign_start = prefix[0]
        reading.prefix = prefix[1]
        reading.take(prefix[1], explicit=True)
        lead = text[prefix[0] - 1] if prefix[0] else " "
        if sign is None and lead in "+-−–" and (prefix[0] < 2 or text[prefix[0] - 2] in _SIGN_LEADS):
            reading.sign = "+" if lead == "+" else "-"
            reading.sign_start = prefix[0] - 1
    return _attach(text, reading, survey)


def _attach(text: str, reading: Reading, survey: _Survey) -> Reading | None:
    """Find what stands behind the numeral and settle its kind; None where it is no figure."""
    numeral = reading.numeral
    end = numeral.end
    suffix = _SUFFIXES.find(text, end)
    if suffix is not None and suffix[1].kind == "money" and reading.prefix is None and numeral.scale == 1 and numeral.value < 100:
        # "35 pesos in every 100" is a fraction.
        whole = multiple_pattern.read_in_so_many(text, end, numeral.value, CARDINALS)
        if whole is not None and " in every " in text[end : whole[0]]:
            return _as_multiple(reading, whole[0], whole[1], "multiple.in_so_many")
    if suffix is not None and _suffix_fits(text, reading, suffix):
        if _is_specification(text, numeral, suffix):
            reading.disposition, reading.rule, reading.end = "name", "name.specification", suffix[0]
            return reading
        reading.end = suffix[0]
        if reading.prefix is None:
            reading.suffix = suffix[1]
            reading.take(suffix[1], explicit=True)
        elif reading.prefix.unit == suffix[1].unit or is_ambiguous(reading.prefix.unit):
            reading.take(suffix[1], explicit=True)
        else:
            reading.end = end
        if reading.kind == "quantity" and reading.unit is not None:
            _settle_unit(text, reading)
            if rate := _RATE.search(text, end, reading.end):
                reading.end = rate.start()
        return reading
    if reading.kind is not None:
        return reading
    if (numeral.form == "words" or numeral.scale == 1) and (
        times := multiple_pattern.read_times(text, numeral.start, end, whole=numeral.value == int(numeral.value))
    ):
        reading.kind, reading.unit, reading.rule, reading.explicit = "multiple", "x", times[1], True
        reading.end = times[0]
        return reading
    if (
        numeral.form != "words"
        and text[end : end + 1] in "xX×"
        and not text[end + 1 : end + 2].isalnum()
        and numeral.scale == 1
        and end < len(text)
    ):
        reading.kind, reading.unit, reading.rule, reading.explicit = "multiple", "x", "multiple.x", True
        reading.end = end + 1
        return reading
    whole = multiple_pattern.read_in_so_many(text, end, numeral.value, CARDINALS)
    if whole is not None and numeral.scale == 1:
        return _as_multiple(reading, whole[0], whole[1], "multiple.in_so_many")
    if numeral.scale == 1 and numeral.value <= 1000:
        part = multiple_pattern.read_spoken_fraction(text, end, numeral.value)
        if part is not None:
            reading.numeral.value, reading.numeral.end = part[1], part[0]
            reading.numeral.step = Decimal(0)
            reading.end = part[0]
            if _OF_PERCENT.match(text, part[0]):
                # "Fell two-tenths, to 5.8 percent": of a point.
                reading.kind, reading.unit, reading.rule, reading.explicit = "percent", "percentage_point", "percent.tenths", True
                return reading
            later = _SUFFIXES.find(text, part[0])
            if later is not None and later[1].kind == "percent":
                reading.end = later[0]
                reading.suffix = later[1]
                reading.take(later[1], explicit=True)
                return reading
            return _as_multiple(reading, part[0], part[1], "multiple.fraction")
    sign_start = (
        rank_pattern.is_number_rank(text, numeral.start, end) if numeral.scale == 1 and end - numeral.start <= 5 else None
    )
    if sign_start is not None:
        reading.kind, reading.unit, reading.rule, reading.explicit = "rank", "rank", "rank.number", True
        if text[sign_start].lower() == "n" and not text[sign_start : sign_start + 6].lower() == "number":
            reading.start = reading.sign_start = sign_start
        return reading
    if numeral.form == "words":
        return _count_words(text, reading, survey)
    found = explain(text, numeral.start, end) if numeral.scale == 1 else None
    if found is None:
        found = duration(text, numeral.start, end)
        if found is not None and numeral.value != int(numeral.value) and (hours := _HOURS.match(text, end)):
            reading.kind, reading.unit, reading.rule, reading.explicit = "quantity", "h", "quantity.hours", True
            reading.end = hours.end()
            return reading
    if found is not None:
        reading.disposition, reading.rule = found.disposition, found.rule
        reading.end = max(end, found.end) if found.disposition != "date" or found.rule == "date.years" else end
        return reading
    if numeral.value < 120 and _MEAN_AGE.search(text, max(0, numeral.start - 60), numeral.start) and not _counts_noun(text, end):
        reading.kind, reading.unit, reading.rule, reading.explicit = "quantity", "year", "quantity.age", True
        return reading
    if _is_named_number(text, reading):
        reading.disposition, reading.rule = "name", "name.number"
        return reading
    return _count(text, reading)


_OF_PERCENT = re.compile(r",? to (?:a \w+ )?\d[\d.]* ?(?:%|per ?cent)")
# "The median age of patients is 30".
_MEAN_AGE = re.compile(
    r"\b(?:median|average|mean|retirement|pension|minimum|voting|legal|school-leaving) age\b[^.;\n]{0,40} (?:is|was|of|to|at|from|reached|be|are|were) (?:about |around |just |nearly )?\Z"
)
# The denominator of a rate is no part of the span: "95 kilometers" in "95 kilometers per hour".
_RATE = re.compile(r" (?:(?:per|an?) (?:hour|day|second|acre|year|minute)|daily)\Z")
_HOURS = re.compile(r"[ \u00a0-]hours?\b(?! (?:later|earlier|ago|before|after))")
_SPECIFIED = re.compile(
    r"[ \u00a0](?!(?:in|of|per|a|an|and|or|to|from|by|for|at|on|with|is|was|as|each|every|than|which|that|were|are|while|but|this|last|when)\b)[A-Za-z]"
)


def _is_specification(text: str, numeral: Numeral, suffix: tuple[int, Sign]) -> bool:
    """``16Gb DDR5 chips``, ``a 1GB plan``, ``5nm lines``, ``Section 18g``: a unit glued to the number of a thing's name."""
    end, sign = suffix
    if sign.kind != "quantity" or numeral.scale != 1:
        return False
    glued = text[numeral.end].isalpha()
    if glued and sign.unit in ("Gb", "GB", "MB", "TB", "nm", "MHz", "GHz"):
        return bool(_SPECIFIED.match(text, end)) or sign.unit == "nm"
    if glued and sign.unit in ("g", "t", "m", "L", "W", "V", "A", "K") and end - numeral.end == 1:
        return named_part(text, numeral.start, numeral.end) is not None
    return False


def _as_multiple(reading: Reading, end: int, value: Decimal, rule: str) -> Reading:
    reading.kind, reading.unit, reading.rule, reading.explicit = "multiple", "x", rule, True
    reading.end = end
    reading.numeral.value = value
    reading.numeral.step = Decimal(0)
    return reading


def _count(text: str, reading: Reading) -> Reading:
    reading.kind, reading.unit = "quantity", None
    reading.rule = "quantity.count"
    reading.end = reading.numeral.end
    return reading


def _count_words(text: str, reading: Reading, survey: _Survey) -> Reading | None:
    numeral = reading.numeral
    found = compound(text, numeral.start, numeral.end) or duration(text, numeral.start, numeral.end)
    if found is not None:
        reading.disposition, reading.rule = found.disposition, found.rule
        return reading
    if re.match(r"[ -](?:years? old|year-olds?|of age)", text[numeral.end : numeral.end + 12]):
        reading.disposition, reading.rule = "identifier", "age.old"
        return reading
    if numeral.value <= 1 and numeral.scale == 1:
        # "One" is a pronoun or an article more often than a count, and "zero" an adjective.
        return None
    if (
        numeral.value < 13
        and text[numeral.start].isupper()
        and not _counts_noun(text, numeral.end)
        and not re.match(r" (?:of|in|out) ", text[numeral.end : numeral.end + 5])
    ):
        reading.disposition, reading.rule = "name", "name.word"
        return reading
    if _MULTIPLIED.search(text, max(0, numeral.start - 40), numeral.start):
        return _as_multiple(reading, numeral.end, numeral.value, "multiple.by")
    if age(text, numeral.start, numeral.end):
        reading.disposition, reading.rule = "identifier", "age.aged"
        return reading
    reading = _count(text, reading)
    reading.optional = is_rhetorical(text, numeral.end, words=True, value=int(numeral.value)) if numeral.value < 100 else False
    return reading


_MULTIPLIED = re.compile(
    r"\bmultipl(?:y|ied|ies|ying) (?:it |them )?by (?:almost |nearly |about |around |over |more than |roughly )?\Z"
)


def _is_named_number(text: str, reading: Reading) -> bool:
    """A bare number behind a capitalized word and before no noun: ``Falcon 9``, ``Hoshi 4``."""
    numeral = reading.numeral
    if numeral.scale != 1:
        return False
    match = re.compile(r"(?<![\w.$])([A-Z][\w’'&.+-]*)[ \u00a0]\Z").search(text, max(0, numeral.start - 30), numeral.start)
    if match is None or match[1].lower() in FUNCTION_WORDS or match[1].lower() in _SENTENCE_WORDS:
        return False
    if match[1].endswith(("’s", "'s", "s’", ".", ",")) and match[1] not in ("U.S.", "St."):
        return False
    in_row = _NEXT_NAMED.match(text, numeral.end) or _LAST_NAMED.search(text, max(0, match.start() - 60), match.start(1))
    acronym = match[1].isupper() and len(match[1]) > 1
    if acronym and not in_row and "," not in text[numeral.start : numeral.end] and numeral.step == 1:
        return True
    if _counts_noun(text, numeral.end):
        return numeral.value != 1 and not _PLURAL_SOON.match(text, numeral.end)
    if numeral.value >= 1000:
        return False
    # "Bavaria 239, Saxony 61": names with their numbers in a row.
    return not in_row


_PLURAL_SOON = re.compile(
    r"(?:[ \u00a0-](?!(?:was|is|has|its|his|this|as|does|said)\b)[a-zA-Z][\w’-]*){0,3}?[ \u00a0-](?:[a-zA-Z][\w-]*[a-rt-z]s|[a-zA-Z][\w-]*ess|people|men|women|children|staff|aircraft|personnel|police|cattle|troops|sheep|species|series|MoUs)\b"
)
_NAMED_RUN = r"[A-ZÀ-Ý][\w’'&.-]*(?:[ \u00a0-](?:&|of|and|[A-ZÀ-Ý][\w’'&.-]*)){0,3}"
_NEXT_NAMED = re.compile(rf",?(?: and)? {_NAMED_RUN} (?:\d|[a-z]+[ .,])")
_LAST_NAMED = re.compile(rf"\d(?:,|,? and) {_NAMED_RUN}? ?\Z|\d(?:,|,? and) \Z")


_SENTENCE_WORDS = frozenset(
    [
        "some",
        "only",
        "nearly",
        "almost",
        "about",
        "around",
        "over",
        "roughly",
        "approximately",
        "total",
        "another",
        "responses",
        "sample",
        "members",
        "voters",
        "respondents",
        "votes",
        "yes",
        "no",
        "score",
        "index",
        "reading",
        "pmi",
        "composite",
    ]
)


def _counts_noun(text: str, end: int) -> bool:
    """Whether a word that can be a noun stands right behind ``end``."""
    if skip := _SOFT_TAIL.match(text, end):
        end = skip.end()
    match = _WORD.match(text, end)
    if match is None or match.start(1) == end:
        return False
    return match[1].lower() not in FUNCTION_WORDS


_SOFT_TAIL = re.compile(r" or (?:so|more)|-(?:plus|odd)")


def _suffix_fits(text: str, reading: Reading, suffix: tuple[int, Sign]) -> bool:
    """Whether a weak wording means at this place what its table says."""
    end, sign = suffix
    wording = text[reading.numeral.end : end]
    token = wording.strip(" \u00a0\n-")
    if reading.prefix is not None and sign.kind != "money":
        return False
    if token in SYMBOLS and (
        wording[0] == "-" or (end < len(text) and (text[end].isdigit() or text[end] == " " and text[end + 1 : end + 2].isdigit()))
    ):
        return False
    if sign.kind == "percent" and sign.unit == "point":
        return not text[end : end + 5].startswith((" of ", " out ")) or wording.strip().startswith("of")
    if reading.prefix is not None:
        return True
    if not sign.weak:
        if len(token) == 1 and token.isalpha() and sign.kind == "quantity":
            return not (text[end : end + 1] in ".'’-&" and text[end + 1 : end + 2].isalpha())
        return True
    glued = text[reading.numeral.end : reading.numeral.end + 1] not in " \u00a0\n-"
    if token == "p":
        return glued and not re.match(r"\.|p", text[end : end + 1])
    if token == "c":
        return glued
    if token in ("'", '"', "′", "″", "in."):
        return glued and token in ("′", "″")
    if token in ("K", "bit", "bits", "li", "PS", "thm", "bar", "bars"):
        return token in ("bit", "bits") and wording.startswith("-")
    if token in ("m", "m."):
        return True
    if token in ("pound", "pounds"):
        return True
    if token in (
        "mark",
        "marks",
        "sol",
        "sum",
        "som",
        "sums",
        "soms",
        "real",
        "colon",
        "sen",
        "ore",
        "kip",
        "punt",
        "dram",
        "drams",
    ):
        return reading.numeral.value >= 10 and token not in ("mark", "real", "sum", "colon")
    return True


_WEIGHT = re.compile(
    r"(?i)\b(?:weigh\w*|weight|heavy|heavier|lighter|lose|lost|shed|cattle|beef|pork|coffee|cotton|meat|cheese|butter|copper|lobster|sugar|baby|thrust|pressure|per square|of (?:meat|cocaine|beef|rice|sugar|force|thrust|pressure|explosives?|honey|fish|coffee|cotton|copper))\b"
)


def _settle_unit(text: str, reading: Reading) -> None:
    """Units with two meanings: ``MT``, ``degrees``, ``ounces``."""
    unit = reading.unit
    end = reading.end
    if unit == "MT":
        reading.unit = "t"
        if (
            reading.numeral.scale == 1
            and reading.numeral.value < 3000
            and re.search(
                r"(?i)coal|freight|cargo|railway|steel|output|production|loading|million tonnes|MTPA|\bFY",
                text[max(0, end - 400) : end + 400],
            )
        ):
            reading.factor = Decimal(10**6)
        return
    if unit == "degree":
        around = text[max(0, end - 120) : end + 80]
        reading.unit = (
            "deg"
            if re.match(r" (?:north|south|east|west|latitude|longitude|angle)", text[end : end + 11]) or "rotat" in around
            else "Cel"
        )
        if re.search(r"Fahrenheit|°F", around) and not re.search(r"Celsius|°C", around):
            reading.unit = "[degF]"
    elif unit == "deg":
        letter = text[end : end + 1]
        if letter in ("C", "F") and not text[end + 1 : end + 2].isalpha():
            reading.unit = "Cel" if letter == "C" else "[degF]"
            reading.end = end + 1
    elif unit == "oz" and re.search(r"gold|silver|platinum|palladium|bullion|koz", text[max(0, end - 300) : end + 200]):
        reading.unit = "[oz_tr]"
    elif unit == "bbl" and (match := re.compile(r" (?:per|a) day| daily").match(text, end)):
        reading.unit = "bbl/d"
        del match


def _read_digit_ordinal(text: str, start: int, end: int, tail_end: int, survey: _Survey) -> Reading | None:
    """``38th``: a rank, or a part of a date or a name."""
    after = _after_rank(text, start, survey.readings)
    rule = rank_pattern.is_rank(text, start, tail_end, after_rank=after)
    if rule is None:
        survey.others.append((start, tail_end, "name" if text[tail_end + 1 : tail_end + 2].isupper() else "date", "ordinal"))
        return None
    raw, step = digits_value(text[start:end])
    return _rank(Numeral(start, tail_end, raw, Decimal(0), 1, tail_end, "digits"), rule)


def _after_rank(text: str, start: int, readings: list[Reading]) -> bool:
    """Whether a rank stands before ``start`` in the same sentence."""
    for reading in reversed(readings[-5:]):
        if start - reading.end > 200:
            return False
        if reading.kind == "rank":
            return not _SENTENCE_END.search(text, reading.end, start)
    return False


def _rank(numeral: Numeral, rule: str) -> Reading:
    reading = Reading(numeral)
    reading.kind, reading.unit, reading.rule, reading.explicit = "rank", "rank", rule, True
    return reading


def _read_words(text: str, start: int, end: int, survey: _Survey) -> Reading | None:
    before = text[start - 1] if start else " "
    word = text[start:end].lower()
    if before in "-–’'" and text[start - 2 : start - 1].isalpha():
        if before != "-" or not text[max(0, start - 7) : start].lower().endswith("number-"):
            return None
    if text[end : end + 1] in "’'" and text[end + 1 : end + 2] in ("s", "t"):
        return None
    numeral = read_cardinal(text, start, end)
    reading = Reading(numeral)
    reading.sign_start = start
    if word in OPENING_SCALES:
        lead = text[max(0, start - 12) : start]
        article = re.search(r"\b(?:(?:a|an|A|An|one) |([Hh]alf) (?:an? )?|([Qq]uarter) of (?:a|an) )\Z", lead)
        if article is None:
            if word not in ("hundred",) or numeral.value == 100:
                return None
        else:
            reading.start = reading.sign_start = numeral.start = start - len(article[0])
            if article[1]:
                numeral.value /= 2
                numeral.raw /= 2
            elif article[2]:
                numeral.value /= 4
                numeral.raw /= 4
    return _attach(text, reading, survey)


def _read_fraction_word(text: str, start: int, end: int, readings: list[Reading]) -> Reading | None:
    word = text[start:end].lower()
    if word in DENOMINATORS:
        found = multiple_pattern.read_denominator(text, start, end, word)
        if found is not None:
            return _fraction(text, start, end, found)
        if word in ("half", "quarter"):
            return _part_of_unit(text, start, end, word)
    if word not in ORDINALS or text[start - 1 : start] == "-":
        return None
    after = _after_rank(text, start, readings)
    rule = rank_pattern.is_rank(text, start, end, after_rank=after)
    if rule is None:
        return None
    return _rank(Numeral(start, end, Decimal(ORDINALS[word]), Decimal(0), 1, end, "words"), rule)


def _fraction(text: str, start: int, end: int, found: tuple[int, Decimal, str]) -> Reading | None:
    at, value, rule = found
    numeral = Numeral(at, end, value, Decimal(0), 1, end, "fraction")
    reading = Reading(numeral)
    reading.start = reading.sign_start = at
    word = text[start:end].lower()
    if word == "half":
        again = multiple_pattern.read_again(text, end)
        if again is not None:
            return _as_multiple(reading, again, Decimal("1.5"), "multiple.again")
    later = _SUFFIXES.find(text, end)
    if later is None and text.startswith(" a ", end):
        later = _SUFFIXES.find(text, end + 2)
    if later is not None and not (later[1].kind == "money" and later[1].weak) and text[end : end + 1] in " -":
        if later[1].kind != "percent" or text[end : end + 3] == " a " or text[end + 1 : end + 3] in ("of", "po", "pe"):
            if not (later[1].kind == "quantity" and text[end : end + 3] != " a "):
                reading.end = later[0]
                reading.suffix = later[1]
                reading.take(later[1], explicit=True)
                return reading
    return _as_multiple(reading, end, value, rule)


def _part_of_unit(text: str, start: int, end: int, word: str) -> Reading | None:
    """``quarter-point``, ``half-point``, ``a quarter of a percentage point``, ``half a dozen``, ``half a bushel``."""
    value = Decimal("0.5") if word == "half" else Decimal("0.25")
    at = end
    if text.startswith((" a ", " an "), end):
        at = end + text[end + 1 :].index(" ") + 1
    later = _SUFFIXES.find(text, at)
    if later is None or later[1].kind not in ("percent", "quantity") or (later[1].kind == "quantity" and at == end):
        return None
    if later[1].unit == "degree":
        return None
    reading = Reading(Numeral(start, end, value, Decimal(0), 1, end, "fraction"))
    reading.end = later[0]
    reading.suffix = later[1]
    reading.take(later[1], explicit=True)
    return reading


def _read_factor(text: str, start: int, end: int) -> Reading | None:
    found = multiple_pattern.read_factor(text, start, end, text[start:end].lower())
    if found is None:
        return None
    numeral = Numeral(start, end, found[0], Decimal(0), 1, end, "words")
    return _as_multiple(Reading(numeral), end, found[0], found[1])


def _read_article(text: str, start: int, end: int) -> Reading | None:
    """``a full percentage point``, ``a pair of``: an article that says the number."""
    point = text[end - 1] == "t"
    if point and text[max(0, start - 3) : start].lower() in ("of ", "lf "):
        return None
    numeral = Numeral(start, end, Decimal(1 if point else 2), Decimal(0), 1, end, "words")
    reading = Reading(numeral)
    if point:
        reading.kind, reading.unit, reading.rule, reading.explicit = "percent", "percentage_point", "percent.article", True
        return reading
    return _optional(_count(text, reading))


def _optional(reading: Reading) -> Reading:
    reading.optional = True
    return reading


_SENTENCE_END = re.compile(r"[.!?][”\"’')]?\s+(?=[A-Z“\"‘'(•–-])|\n\n|\n(?=[•*\-–—\d])")


def _borrow(text: str, readings: list[Reading]) -> None:
    """Settle units that are printed short or not at all.

    ``points`` becomes percentage points or points of an index; a bare numeral that counts nothing takes the unit of the figure
    it runs parallel to (``grew 8.9 percent, imports 3.2``; ``to 40% from 50``).
    """
    for reading in readings:
        if reading.disposition is None and reading.kind == "percent" and reading.unit == "point":
            _settle_point(text, reading)
    for index, reading in enumerate(readings):
        if reading.kind != "quantity" or reading.unit is not None or reading.explicit or reading.disposition is not None:
            continue
        if (
            index
            and _PART_OF.match(text, reading.end)
            and (whole := _physical_whole(text, reading, readings[index - 1])) is not None
        ):
            _lend(text, reading, whole)
            continue
        if _counts_noun(text, reading.end) or _OF_THEM.match(text, reading.end):
            continue
        source = _lender(text, readings, index)
        if source is not None:
            _lend(text, reading, source)
        elif reading.numeral.scale == 1 and reading.numeral.step < 1:
            _settle_level(text, reading)


_OF_THEM = re.compile(r" (?:of (?:its|the|his|her|their|our|them|these|those|all)|such|per \d|out of|mentions)\b|[ -]\d")


_PART_OF = re.compile(r" of (?:them|it|which|that)\b")


def _physical_whole(text: str, reading: Reading, other: Reading) -> Reading | None:
    """The amount just before that ``19 of them`` is a part of (``solar at 76 GW, 19 of them on rooftops``)."""
    near = reading.start - other.end < 40 and not _SENTENCE_END.search(text, other.end, reading.start)
    if (
        near
        and other.disposition is None
        and other.kind == "quantity"
        and other.unit is not None
        and other.numeral.value > reading.numeral.value
    ):
        return other
    return None


def _lend(text: str, reading: Reading, source: Reading) -> None:
    sign = source.suffix or source.prefix
    if sign is None or source.kind is None:
        return
    unit, rule = source.unit, source.rule
    reading.take(sign, explicit=False)
    reading.suffix = sign
    reading.kind, reading.unit, reading.rule = source.kind, unit, rule.removesuffix(".elided") + ".elided"


def _lender(text: str, readings: list[Reading], index: int) -> Reading | None:
    """The figure whose unit a bare numeral shares: the nearest fitting one before it in the sentence, else after it, else the
    last of the sentence before; None where the nearest is a count of things."""
    reading = readings[index]
    for step in (-1, 1):
        position = index + step
        hops = 0
        while 0 <= position < len(readings) and hops < 4:
            other = readings[position]
            left, right = (other.end, reading.start) if step < 0 else (reading.end, other.start)
            if right - left > 150 or _SENTENCE_END.search(text, left, right):
                break
            if other.disposition is None:
                if other.kind == "quantity" and other.unit is None:
                    if _same_print(reading, other, text):
                        return None
                elif _alike(text, reading, other, step):
                    return other
            position += step
            hops += 1
    return _lender_before(text, readings, index)


def _lender_before(text: str, readings: list[Reading], index: int) -> Reading | None:
    """A figure of the sentence before whose unit a decimal or scaled numeral goes on with (``The figure was 2.9``)."""
    reading = readings[index]
    scaled = reading.numeral.scale > 1
    if not scaled and reading.numeral.step >= 1:
        return None
    for other in reversed(readings[max(0, index - 4) : index]):
        between = text[other.end : reading.start]
        if len(between) > 150 or "\n\n" in between or len(_SENTENCE_END.findall(between)) > 1:
            return None
        if other.disposition is not None or other.kind is None or other.prefix is not None:
            continue
        if other.kind == "quantity" and other.unit is None:
            if _same_print(reading, other, text):
                return None
            continue
        fits = other.kind in ("money", "quantity") if scaled else other.kind == "percent" or other.unit == "point"
        if fits and other.numeral.scale == reading.numeral.scale and _alike(text, reading, other, -1):
            return other
    return None


def _same_print(reading: Reading, other: Reading, text: str) -> bool:
    """Whether two bare numerals look alike: both with decimals, or both whole, and of like size and scale."""
    mine, theirs = reading.numeral, other.numeral
    if mine.scale != theirs.scale or (mine.step < mine.scale) != (theirs.step < theirs.scale):
        return False
    return theirs.value != 0 and Decimal("0.02") < mine.value / theirs.value < 50


_PERCENT_TO = re.compile(r"(?:%|[Pp]er ?cent|pct)[ \u00a0](?:\w+ ){0,3}to (?:about |around |nearly |some )?\Z")


def _alike(text: str, reading: Reading, other: Reading, step: int) -> bool:
    """Whether a bare numeral can have the unit of ``other``."""
    sign = other.suffix or other.prefix
    if sign is None or other.kind is None:
        return False
    mine, theirs = reading.numeral, other.numeral
    if other.kind == "percent":
        if mine.scale != 1 or mine.value >= 1000 or mine.form == "words":
            return False
        whole = mine.step == 1
        if whole and (
            mine.value > 100
            or (theirs.step < 1 and step < 0 and _PERCENT_TO.search(text, max(0, reading.start - 40), reading.start))
        ):
            return False
        return not (whole and theirs.step < 1 and step > 0)
    if other.kind == "money":
        if mine.scale == 1 or mine.form == "words":
            return (
                other.prefix is None
                and mine.scale == theirs.scale == 1
                and mine.step == theirs.step
                and step < 0
                and _near(mine, theirs, 5)
            )
        if other.prefix is not None and (mine.scale != theirs.scale or step > 0):
            return False
        return _near(mine, theirs, 4 if other.prefix is not None else 100)
    if other.kind == "quantity":
        if other.unit == "point":
            return mine.scale == 1 and not (mine.form == "words" and step > 0)
        return (mine.scale == theirs.scale or mine.scale > 1) and _near(mine, theirs, 30)
    return False


def _near(mine: Numeral, theirs: Numeral, times: int) -> bool:
    return theirs.value > 0 and mine.value > 0 and 1 <= times * mine.value / theirs.value <= times * times


_INDEX_WORDS = re.compile(
    r"(?i)\b(?:ind(?:ex|ices)|S&P(?: 500)?|Nasdaq|Dow(?: Jones)?|Nikkei|FTSE|DAX|CAC|KOSPI|Kosdaq|Sensex|Nifty|Hang Seng|Topix|Stoxx|benchmark|bourse|PMI|confidence|sentiment|barometer|gauge|indicator|score[sd]?|league|game|season|championship|match|reading|"
    r"optimism|composite|shares|stocks)\b"
)
_PERCENT_WORDS = re.compile(
    r"(?i)%|\b(?:per ?cent|pct|percentage|rate|share|ratio|margin|unemployment|inflation|growth|yield|turnout|polls?|lead|approval|support|proportion|occupancy|penetration|rates|households|shortfall|cut|hike|ownership|tariffs?|tax|GDP)\b"
)


def _sentence_around(text: str, start: int, end: int, reach: int = 200) -> tuple[int, int]:
    """The sentence that holds ``start:end``, cut at ``reach`` characters either side."""
    left = max(0, start - reach)
    for match in _SENTENCE_END.finditer(text, left, start):
        left = match.end()
    after = _SENTENCE_END.search(text, end, min(len(text), end + reach))
    return left, after.start() if after else min(len(text), end + reach)


def _distance(pattern: re.Pattern[str], text: str, left: int, start: int, end: int, right: int) -> int:
    """How far the nearest match of ``pattern`` lies from ``start:end`` within ``left:right``; what stands before counts nearer."""
    best = 1000
    for match in pattern.finditer(text, left, start):
        best = start - match.end()
    if match_after := pattern.search(text, end, right):
        best = min(best, match_after.start() - end + 25)
    return best


# "37.65 points, or 0.2 per cent": points of an index, restated in percent.
_POINTS_OR = re.compile(r",? (?:or|\()[ ]?\d[\d.]* ?(?:%|per)")


def _settle_point(text: str, reading: Reading) -> None:
    """``points``: of an index where its name or ``index`` stands nearest, else percentage points."""
    left, right = _sentence_around(text, reading.start, reading.end)
    index = _distance(_INDEX_WORDS, text, left, reading.start, reading.end, right)
    percent = _distance(_PERCENT_WORDS, text, left, reading.start, reading.end, right)
    if reading.numeral.form != "fraction" and (
        reading.numeral.value > 60 or index < percent or _POINTS_OR.match(text, reading.end)
    ):
        reading.kind, reading.unit, reading.rule = "quantity", "point", "quantity.point"
        # An index counts in points: the number alone is the span.
        reading.end = reading.numeral.end if reading.high is None else reading.end
        return
    reading.unit, reading.rule = "percentage_point", "percent.point"


_RATIO = re.compile(r"\b(?:[Rr]atio|multiple|P/E|coefficient)\b")
_LEVEL = re.compile(
    r"(?i)\b(?:ind(?:ex|ices)|S&P(?: 500)?|Nasdaq|Dow(?: Jones)?|Nikkei|FTSE|DAX|CAC|KOSPI|Kosdaq|Sensex|Nifty|Hang Seng|Topix|Stoxx|benchmark|bourse|PMI|confidence|sentiment|barometer|gauge|indicator|composite)\b"
)


def _settle_level(text: str, reading: Reading) -> None:
    """A bare decimal that borrows nothing: a ratio, or a level of an index, where the sentence names one."""
    left, right = _sentence_around(text, reading.start, reading.end, 160)
    if _RATIO.search(text, left, reading.start) and reading.numeral.value < 100:
        reading.kind, reading.unit, reading.rule = "multiple", "x", "multiple.ratio"
    elif _LEVEL.search(text, left, reading.start):
        reading.unit, reading.rule, reading.explicit = "point", "quantity.level", True


def _finish(text: str, reading: Reading, stated: Counter[str], resolved: dict[str, tuple[str, str]]) -> FigureMention:
    numeral = reading.numeral
    kind, unit, rule = reading.kind, reading.unit, reading.rule
    assert kind is not None
    factor = reading.factor
    start, end = reading.start, reading.end
    if kind == "money" and unit is not None and is_ambiguous(unit):
        shared = unit
        unit, reason = money_value.resolve_currency(shared, text, stated, resolved)
        rule = f"{rule}:{shared}:{reason}"
        if factor != 1 and kind == "money" and unit in ("ETB",):
            rule = rule
    if kind == "quantity" and (unit is None or rule == "quantity.level"):
        end = numeral.end if reading.high is None else reading.end
    if kind == "money" and shared_weight(text, reading):
        kind, unit, rule = "quantity", "[lb_av]", "quantity.pound"
    sign_start = min(reading.sign_start, start)
    value = numeral.value * factor if factor != 1 else numeral.value
    negative = False
    if reading.sign == "-" and reading.high is None and kind in ("percent", "money", "quantity"):
        negative = not _is_change(text, sign_start, end)
    elif reading.high is None and text[max(0, start - 6) : start].lower() in ("minus ", "minus\u00a0"):
        if not text[max(0, start - 9) : start - 6].strip().isdigit():
            negative = True
            sign_start = start - 6
    if negative:
        value = -value
        start = sign_start
    low: Decimal | None
    high: Decimal | None
    if reading.low is not None and reading.high is not None:
        low, high = reading.low * factor, reading.high * factor
        value = (low + high) / 2
        bound: Bound = "between"
        outer_start, outer_end = min(sign_start, start), end
        hedge, outer_start, outer_end = read_bound(text, outer_start, end)
        del hedge
    else:
        bound, outer_start, outer_end = read_bound(text, min(sign_start, start), end)
        if kind == "multiple" and bound == "exact" and text[max(0, start - 8) : start].lower() == "all but ":
            bound, outer_start = "about", start - 8
        low, high = _interval(value, numeral.step * factor, bound, kind, unit, numeral)
    per = None
    if (match := _PER.match(text, end)) is not None:
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
        sign=reading.sign or ("-" if negative else None),
        per=per,
        optional=reading.optional,
    )


def shared_weight(text: str, reading: Reading) -> bool:
    """Whether ``pounds`` behind a numeral are a weight."""
    if reading.unit != "pound" or reading.suffix is None:
        return False
    return bool(_WEIGHT.search(text, max(0, reading.start - 60), min(len(text), reading.end + 30))) and not re.search(
        "£|sterling", text[:4000]
    )


_CHANGE_AFTER = re.compile(
    r"\)|[ ]?(?:y/y|yoy|YoY|q/q|m/m|qoq|mom|on-year|year-on-year|on the (?:week|day|month|year|quarter)|vs)"
)


def _is_change(text: str, start: int, end: int) -> bool:
    """Whether a printed minus is the sense of a change (``(−9%)``, ``-1.2% on the week``) and no negative level."""
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return True
    return bool(_CHANGE_AFTER.match(text, end)) and text[end : end + 1] != ")"


def _interval(
    value: Decimal, step: Decimal, bound: Bound, kind: str, unit: str | None, numeral: Numeral
) -> tuple[Decimal | None, Decimal | None]:
    """The ends that bound and printed precision leave open; None is an open end."""
    if bound in ("more_than", "at_least"):
        return value, None
    if bound in ("less_than", "at_most"):
        return None, value
    if (kind in ("rank", "multiple") and step == 0) or (unit is None and numeral.scale == 1 and step == 1):
        return value, value
    half = step / 2
    return value - half, value + half


def account_numerals(
    text: str,
    *,
    figures: Sequence[FigureMention],
    dates: Sequence[DateMention] = (),
    names: Sequence[NameMention] = (),
) -> list[NumeralAccount]:
    """One row for each numeral of ``text``: what holds it, or what it is by rule, or ``unexplained``."""
    claimed = [(date.start_char, date.end_char) for date in dates]
    survey = _survey(text, claimed, include_plain=False)
    rows: list[NumeralAccount] = []
    holders: list[tuple[Disposition, Sequence[FigureMention] | Sequence[DateMention] | Sequence[NameMention]]] = [
        ("fact", figures),
        ("date", dates),
        ("name", names),
    ]
    for match in _ACCOUNT.finditer(text):
        start, end = match.span()
        row = None
        for disposition, mentions in holders:
            holder = next((m for m in mentions if m.start_char < end and m.end_char > start), None)
            if holder is not None:
                row = NumeralAccount(start_char=start, end_char=end, text=match[0], disposition=disposition, explained_by=holder)
                break
        if row is None:
            other = next((o for o in survey.others if o[0] < end and o[1] > start), None)
            row = NumeralAccount(
                start_char=start, end_char=end, text=match[0], disposition=other[2] if other else "unexplained", explained_by=None
            )
        rows.append(row)
    return rows


_ACCOUNT = re.compile(rf"{DIGITS}|(?<![A-Za-z])(?:{nested([*CARDINALS, *OPENING_SCALES])})(?![A-Za-z])")
