"""What a quantity looks like: whether a noun is counted, units that have two meanings, counts that are rhetoric."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.number.designations import named_part
from pipeline.number.marks import Sign
from pipeline.number.numerals import Numeral
from pipeline.number.reading import Reading
from pipeline.quantity.words import FUNCTION_WORDS, RHETORICAL_NOUNS

_WORD_BEHIND = re.compile(r"(?: or (?:so|more)|-(?:plus|odd))?[ \u00a0\n-]([A-Za-z][\w’'-]*)")


def counts_noun(text: str, end: int) -> bool:
    """Whether a word that can be a counted noun or its adjective stands right behind ``end``."""
    match = _WORD_BEHIND.match(text, end)
    return match is not None and match[1].lower() not in FUNCTION_WORDS


# Words behind "m" that make it a metre: sizes, places of sport, grades of ore.
_METRE_CUE = re.compile(
    r"[ \u00a0-](?:deep|high|tall|wide|long|thick|above|below|beneath|underground|underwater|offshore|"
    r"inland|apart|away|depth|height|"
    r"length|freestyle|butterfly|backstroke|breaststroke|hurdles|sprint|dash|relay|race|final|swim|pool|"
    r"track|title|gold|platform|"
    r"springboard|x|by \d[\d.]{0,6} ?m|of (?:water|snow|rain|core|drilling)|(?:up|down|from) (?:the|sea)|radius|diameter|"
    r"asl|vessel|yacht|ship|boat|"
    r"tower|mast|span|crane)\b"
    r"|[ \u00a0]?(?:@|at) ?\d[\d.]* ?g/t|[²³]"
)
_DRILL = re.compile(r"g/t\b|drill|borehole|intersect")
_COUNTED = re.compile(r" (?:people|users|tonnes|tons|t\b|barrels|ounces|litres|liters|customers|households|homes|TEU)")
_RUN = re.compile(r"\b(?:ran|swam|sprinted|raced|[Mm]en[’']s|[Ww]omen[’']s) (?:the |a )?[\d.,]+ ?m\Z")
# A text as short as "1m" says nothing but a length.
_SHORT_TEXT = 12


def is_metre(text: str, end: int) -> bool:
    """Whether the ``m`` that ends at ``end`` is a metre and no million.

    A metre before a word of size or sport (``1.8m tall``, ``100m hurdles``), and where drilling is spoken of.
    """
    if _METRE_CUE.match(text, end) or len(text) <= _SHORT_TEXT or _RUN.search(text, max(0, end - 26), end):
        return True
    around = _DRILL.search(text, max(0, end - 60), end - 2) or _DRILL.search(text, end, min(len(text), end + 40))
    return around is not None and not _COUNTED.match(text, end)


_SPECIFIED = re.compile(
    r"[ \u00a0](?!(?:in|of|per|a|an|and|or|to|from|by|for|at|on|with|is|was|as|each|every|than|which|that|"
    r"were|are|while|but|this|"
    r"last|when)\b)[A-Za-z]"
)
_SPEC_UNITS = frozenset({"Gb", "GB", "MB", "TB", "nm", "MHz", "GHz"})


def is_specification(text: str, numeral: Numeral, end: int, sign: Sign) -> bool:
    """``16Gb DDR5 chips``, ``a 1GB plan``, ``5nm lines``, ``Section 18g``: a unit glued to the number of a thing's name."""
    if sign.kind != "quantity" or numeral.scale != 1 or not text[numeral.end].isalpha():
        return False
    if sign.unit in _SPEC_UNITS:
        return sign.unit == "nm" or _SPECIFIED.match(text, end) is not None
    return end - numeral.end == 1 and named_part(text, numeral.start, numeral.end) is not None


_BULK = re.compile(r"(?i)coal|freight|cargo|railway|steel|output|production|loading|million tonnes|MTPA|\bFY")
_BEARING = re.compile(r" (?:north|south|east|west|latitude|longitude|angle)")
_PRECIOUS = re.compile(r"(?i)gold|silver|platinum|palladium|bullion|koz")
_A_DAY = re.compile(r" (?:per|a) day| daily")
# The denominator of a rate is no part of the span: "95 kilometers" in "95 kilometers per hour".
_RATE = re.compile(r" (?:(?:per|an?) (?:hour|day|second|acre|year|minute)|daily)\Z")
_MOST_MILLIONS = 3000


def settle_unit(text: str, reading: Reading) -> None:
    """Decide units with two meanings (``MT``, ``degrees``, ``ounces``) and leave a rate's denominator out of the span.

    ``MT`` is a metric ton in shipping news and a million tonnes where bulk output is told in hundreds of them.
    """
    unit, end = reading.unit, reading.end
    if unit == "MT":
        reading.unit = "t"
        few = reading.numeral.scale == 1 and reading.numeral.value < _MOST_MILLIONS
        if few and _BULK.search(text, max(0, end - 400), end + 400):
            reading.factor = Decimal(10**6)
    elif unit == "degree":
        reading.unit = _degree(text, end)
    elif unit == "C":
        reading.unit = "Cel"
    elif unit == "deg":
        letter = text[end : end + 1]
        if letter in ("C", "F") and not text[end + 1 : end + 2].isalpha():
            reading.unit, reading.end = ("Cel" if letter == "C" else "[degF]"), end + 1
    elif unit == "oz" and _PRECIOUS.search(text, max(0, end - 300), end + 200):
        reading.unit = "[oz_tr]"
    elif unit == "bbl" and _A_DAY.match(text, end):
        reading.unit = "bbl/d"
    if rate := _RATE.search(text, reading.numeral.end, reading.end):
        reading.end = rate.start()


def _degree(text: str, end: int) -> str:
    around = text[max(0, end - 120) : end + 80]
    if _BEARING.match(text, end) or "rotat" in around:
        return "deg"
    fahrenheit = "Fahrenheit" in around or "°F" in around
    return "[degF]" if fahrenheit and "Celsius" not in around and "°C" not in around else "Cel"


_WEIGHED = re.compile(
    r"(?i)\b(?:weigh\w*|weight|heavy|heavier|lighter|lose|lost|shed|cattle|beef|pork|coffee|cotton|meat|"
    r"cheese|butter|copper|lobster|"
    r"sugar|baby|thrust|pressure|ton|kilograms?|ounces?|eating|diet|muscle|obese|"
    r"of (?:meat|cocaine|beef|rice|sugar|force|thrust|pressure|explosives?|honey|fish|coffee|cotton|copper))\b"
)


# "Futures shed 74 pounds to 4,212 pounds per ton": a price.
_PRICED = re.compile(r"\bpounds (?:per|a) (?:metric )?(?:ton|tonne|kilo|kilogram|head|barrel|ounce)\b")


def is_weight(text: str, start: int, end: int) -> bool:
    """Whether ``pounds`` in ``text[start:end]`` are a weight: a word of weighing stands near and no sterling in the text."""
    if _PRICED.search(text, max(0, start - 60), min(len(text), end + 60)):
        return False
    near = _WEIGHED.search(text, max(0, start - 60), min(len(text), end + 30))
    return near is not None and "£" not in text[:4000] and "sterling" not in text[:4000]


_NEXT_WORDS = re.compile(r"(?:[ \u00a0-][a-z-]+){1,3}")
_SMALL = 12


def is_rhetorical(text: str, end: int, value: Decimal) -> bool:
    """Whether a count in words is rhetoric (``two forces``): up to twelve, before an abstract noun or none."""
    if value > _SMALL:
        return False
    match = _NEXT_WORDS.match(text, end)
    if match is None:
        # "Nine 787-10s", "two Aegis ships" count things with names.
        return not re.match(r"[ \u00a0][A-Z0-9]", text[end : end + 2])
    return any(word.removesuffix("s") in RHETORICAL_NOUNS for word in re.findall(r"[a-z]+", match[0]))


_COMPOUND = re.compile(r"-(?!odd\b|plus\b|strong\b|something\b)[a-z]{3,}")
_DENOMINATED = re.compile(r"\b(?:per|[Oo]f every|out of every|[Tt]op|[Ff]irst) \Z")
_SMALLEST_FIGURE = 1000


def is_aside(text: str, start: int, end: int, value: Decimal) -> bool:
    """Whether a count in digits is one by the way: ``a 12-member panel``, ``per 1,000 people``, ``the top 20``."""
    if value < _SMALLEST_FIGURE and _COMPOUND.match(text, end):
        return True
    return _DENOMINATED.search(text, max(0, start - 14), start) is not None
