"""Numerals as they stand in a text: digits with separators, number words, mixed forms and their scales.

``NUMERAL`` finds every place where a number may begin; the readers below say how far it goes and what it is worth.
Values are ``Decimal``; nothing here knows currencies or units.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from pipeline.number.words import CARDINALS, GLUED_SCALES, OPENING_SCALES, SCALES, TENS, UNITS, VULGAR_FRACTIONS

# Spaces that may stand inside a grouped numeral or between a numeral and what belongs to it.
THIN_SPACES = "\u00a0\u202f\u2009\u2007"
SPACES = " " + THIN_SPACES
_FRACTION_CHARS = "".join(VULGAR_FRACTIONS)

# Where a numeral of digits may begin, and what it then takes in.
DIGIT_RUN = rf"\d+|[{_FRACTION_CHARS}]"
DIGITS = (
    # "R5,9bn": a decimal comma, read as one only where a scale or a percent sign follows.
    rf"\d{{1,3}},\d{{1,2}}(?=(?:bn|mn|m|tn|trn|%)(?![A-Za-z])|[{THIN_SPACES} ](?:million|billion|trillion|per ?cent|%))"
    rf"|\d{{1,3}}(?:[,{THIN_SPACES}'’]\d{{3}}(?!\d)){{1,10}}+(?:[.·]\d{{1,20}}+)?"
    r"|\d{1,3}(?:,\d{2}){1,6},\d{3}(?!\d)(?:\.\d{1,20}+)?"
    # Two and more dots: versions, addresses, continental thousands; the reader tells them apart.
    r"|\d{1,4}(?:\.\d{1,4}){2,8}+(?:,\d{1,2}+)?(?![\d.])"
    rf"|\d++(?:[.·]\d{{1,20}}+)?|[{_FRACTION_CHARS}]"
)


def nested(words: Iterable[str]) -> str:
    """``alternation`` of ``words`` in lower, title and upper case."""
    return alternation(form for word in words for form in (word, word[0].upper() + word[1:], word.upper()))


def alternation(words: Iterable[str]) -> str:
    """A pattern of ``words`` as printed, branched letter by letter so that a scan fails at once; the longest word wins."""
    tree: dict[str, object] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})  # type: ignore[assignment]
        node[""] = {}
    return _branch(tree)


def _branch(node: dict[str, object]) -> str:
    branches = [re.escape(letter) + _branch(rest) for letter, rest in node.items() if letter and isinstance(rest, dict)]
    if not branches:
        return ""
    ends_here = "" in node
    if len(branches) == 1 and not ends_here:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if ends_here else "")


class Numeral:
    """A number in the text: its span with scale words, its exact value, and the value of one unit of its last printed digit.

    A plain slotted class and not a frozen one: one is made for every numeral of a text, and the reader joins neighbors in place.
    ``raw`` is the number before its scale; ``form`` is ``digits``, ``words`` or ``fraction``.
    """

    __slots__ = ("end", "form", "raw", "raw_end", "scale", "start", "step", "value")

    def __init__(self, start: int, end: int, raw: Decimal, step: Decimal, scale: int, raw_end: int, form: str) -> None:
        self.start = start
        self.end = end
        self.raw = raw
        self.raw_end = raw_end
        self.scale = scale
        self.value = raw * scale if scale != 1 else raw
        self.step = step * scale if scale != 1 else step
        self.form = form

    def rescale(self, scale: int) -> None:
        """Take over a scale that a neighbor prints (``1.2`` of ``1.2 and 1.5 billion``)."""
        if self.scale == 1 and scale != 1:
            self.scale = scale
            self.value = self.raw * scale
            self.step = self.step * scale


_CONNECTORS = frozenset(SPACES + "-")
_STRIP = str.maketrans("·", ".", ",'’" + THIN_SPACES + " ")
_ONE = Decimal(1)
_STEPS = [Decimal(1).scaleb(-places) for places in range(21)]


def digits_value(token: str) -> tuple[Decimal, Decimal]:
    """The value of printed digits and the worth of their last place: ``1,234.5`` is 1234.5 and 0.1."""
    if token in VULGAR_FRACTIONS:
        return VULGAR_FRACTIONS[token], Decimal(0)
    comma = token.find(",")
    if 0 < comma < len(token) - 1 and len(token) - comma <= 3 and "." not in token:
        token = token.replace(",", ".")
    plain = token.translate(_STRIP)
    point = plain.find(".")
    return Decimal(plain), _ONE if point < 0 else _STEPS[len(plain) - point - 1]


_MIXED = re.compile(
    rf"(?:[{SPACES}-]?(?P<v>[{_FRACTION_CHARS}])|[{SPACES}-](?P<n>\d{{1,2}})[/⁄](?P<d>2|3|4|5|6|8|10|16|32|64))(?![\d/])"
)
_AND_HALF = re.compile(r"[ -]and[ -](?:a|one)[ -](half|quarter)\b", re.IGNORECASE)
_SCALE_WORD = re.compile(rf"[{SPACES}\n-]?([A-Za-z]{{1,12}})(?![A-Za-z])")


def read_mixed(text: str, end: int, raw: Decimal, step: Decimal) -> tuple[Decimal, int]:
    """Add a fraction printed behind a number: ``2½``, ``6 3/4``, ``2 and a half``; in ``4.13 1/4`` a part of the last place."""
    if end < len(text) and (match := _MIXED.match(text, end)):
        if match["v"]:
            return raw + VULGAR_FRACTIONS[match["v"]] * step, match.end()
        if int(match["n"]) < int(match["d"]):
            return raw + Decimal(int(match["n"])) / Decimal(int(match["d"])) * step, match.end()
    if text.startswith("and", end + 1) and (match := _AND_HALF.match(text, end)):
        return raw + (Decimal("0.5") if match[1].lower() == "half" else Decimal("0.25")), match.end()
    return raw, end


def read_scale(text: str, end: int, *, money: bool, is_metre: Callable[[str, int], bool]) -> tuple[int, int]:
    """The scale words after a numeral that ends at ``end``: the factor and where they end.

    ``money`` says that a currency stands before the numeral, so that ``t`` is a trillion and no tonne and ``5 m`` is a
    million; ``is_metre`` decides for ``m`` after a bare numeral.
    """
    scale = 1
    for _ in range(3):
        match = _SCALE_WORD.match(text, end)
        if match is None:
            break
        word, glued = match[1], match.start(1) == end
        factor = SCALES.get(word) or SCALES.get(word.lower())
        if factor is not None:
            if word.startswith("dozen") and scale != 1:
                break
            # "TR", "MIL", "CR" alone in capitals are names more often than scales.
            if not glued and not money and word in ("tr", "mil", "TR", "MIL", "CR", "TN", "Tr", "Mil", "Yi", "Wan"):
                break
        elif money and scale == 1 and word in ("bi", "mi"):
            # Brazilian short scales.
            factor = 10**9 if word == "bi" else 10**6
        elif word in ("ten", "Ten") and text[match.end() + 1 : match.end() + 9].lower() == "thousand":
            factor = 10
        elif scale == 1 and word in GLUED_SCALES:
            if glued:
                if not money and (word in ("t", "T", "mm", "MM") or (word == "m" and is_metre(text, match.end()))):
                    break
                if not money and word == "M" and text[match.end() : match.end() + 1] in ("²", "³"):
                    break
            elif not (money and text[match.start()] != "-" and word in ("m", "b", "M", "B", "k", "K", "MM")):
                break
            factor = GLUED_SCALES[word]
        else:
            break
        scale *= factor
        end = match.end()
    return scale, end


_OPENERS = CARDINALS | OPENING_SCALES
_NEXT_WORD = re.compile(
    rf"[{SPACES}-](?:(and)[ -])?(?:(an?|one)[ -](?=half|"
    rf"quarter))?({nested([*_OPENERS, 'half', 'quarter'])})(?:(?![A-Za-z])|(?=-?fold))"
)
# "A hundred and fifty", "a thousand five hundred": what may follow a finished scale.
_BELOW_SCALE = frozenset({"hundred", "scale"})


def read_cardinal(text: str, start: int, first_end: int) -> Numeral:
    """Read the number words from ``start``; the first word, a cardinal or an opening scale, ends at ``first_end``.

    ``twenty-one`` is 21, ``two and a half billion`` 2.5 billion, ``five hundred and twenty thousand`` 520,000.
    """
    word = text[start:first_end].lower()
    value = _OPENERS[word]
    if word not in OPENING_SCALES and text[first_end : first_end + 1] not in _CONNECTORS:
        return Numeral(start, first_end, Decimal(value), _ONE, 1, first_end, "words")
    total, product, last, scale = Decimal(0), Decimal(value), _word_class(word), 1
    raw_end = end = first_end
    if word in OPENING_SCALES:
        scale = value
    for _ in range(14):
        match = _NEXT_WORD.match(text, end)
        if match is None:
            break
        joined, article, word = match[1], match[2], match[3].lower()
        if word in ("half", "quarter"):
            if not (joined and article):
                break
            # "A million and a half" ends the number; "two and a half" may go on to a scale.
            whole_scale = last in _BELOW_SCALE
            product += (Decimal("0.5") if word == "half" else Decimal("0.25")) * (value if whole_scale else 1)
            last, end = "half", match.end()
            raw_end = end
            if whole_scale:
                break
            continue
        value, sort = _OPENERS[word], _word_class(word)
        if sort in ("unit", "ten"):
            if last == "scale":
                total, product = total + product, Decimal(value)
            elif last == "hundred" or (last == "ten" and sort == "unit" and value and not joined):
                product += value
            else:
                break
        elif joined or (sort == "hundred" and (last in _BELOW_SCALE or product >= 100)):
            break
        else:
            product, scale = product * value, scale * value if last == "scale" else value
        last = sort
        end = match.end()
        if last in ("unit", "ten"):
            raw_end, scale = end, 1
    whole = total + product
    return Numeral(start, end, whole / scale, _ONE, scale, raw_end, "words")


def _word_class(word: str) -> str:
    if word in TENS:
        return "ten"
    if word in UNITS:
        return "unit"
    return "hundred" if word == "hundred" else "scale"
