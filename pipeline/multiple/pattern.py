"""What a multiple or fraction looks like, and the factor it says."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from pipeline.multiple.words import (
    FACTORS,
    FRACTION_FOLLOWERS,
    FRACTION_LEADS,
    NOT_HALVED_AFTER,
    NOT_HALVED_BEFORE,
    NOT_MULTIPLIED,
    NOT_QUARTERED_AFTER,
    NOT_QUARTERED_BEFORE,
)
from pipeline.number.numerals import nested
from pipeline.number.words import CARDINALS, DENOMINATORS

_TENTH_PLACE = Decimal("1E-10")
_WORD_AFTER = re.compile(r"[ \u00a0\n-]([^\W\d_]+(?:[-’'][^\W\d_]+)?)")
_WORD_BEFORE = re.compile(r"([\w%$€£’'.-]+)[ \u00a0\n]*\Z")
_DENOMINATOR = re.compile(rf"[ \u00a0-]({nested(DENOMINATORS)})(?![A-Za-z])", re.IGNORECASE)
_IN_SO_MANY = re.compile(
    rf"(?P<noun>(?:[ \u00a0](?!in\b|out\b|of\b|or\b|and\b|to\b)[a-z]{{2,15}}){{1,2}})? (?P<link>in|out of|"
    rf"of)(?P<every> every| each)? (?P<m>(?:{nested(CARDINALS)})(?:-(?:{nested(CARDINALS)}))?|\d{{1,3}}(?:,"
    rf"\d{{3}})?|a hundred|a thousand)(?![\dA-Za-z%])(?![.,]\d)"
)
_TIMES = re.compile(r"[ \u00a0-]times(?![A-Za-z])(?: over)?", re.IGNORECASE)
_FOLD = re.compile(r"[ \u00a0-]?-?fold(?![A-Za-z])", re.IGNORECASE)
# "Three times a week", "five times in 2023", "named ten times": occasions.
_OCCASIONS = re.compile(
    (
        r" (?:a|an|per|each|every) (?:day|week|month|year|season|game|night|quarter|decade|hour|minute|second|"
        r"match)\b| (?:in|during|since|on|before|between|last|this|over|between) |,? (?:and|or) (?:again|"
        r"counting)|-(?:champion|winner|winning|capped)"
    ),
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r" (?:as|more|less|fewer|higher|lower|larger|bigger|greater|faster|slower|the|that|those|what|its|"
    r"their|his|her|our|their|last|this|than|over|of|"
    r"forward|expected|earnings|annual|normal|sales|revenue|EBITDA|likelier|stronger|cheaper|dearer|"
    r"oversubscribed|book|trailing|estimated|leverage|cash)\b"
    # "Ten times today's", "twice Northgate's size": a possessor is what is compared with.
    r"| [A-Za-z][\w.-]{0,24}(?:[’']s|s[’'])(?![\w])"
)


def quotient(numerator: Decimal | int, denominator: int) -> Decimal:
    """A fraction to ten places, as the tables store it: 1/3 is 0.3333333333."""
    return (Decimal(numerator) / denominator).quantize(_TENTH_PLACE, ROUND_HALF_UP).normalize()


def word_after(text: str, end: int) -> str:
    """The word behind ``end``, in lower case; empty where punctuation or the end of the text comes first."""
    match = _WORD_AFTER.match(text, end)
    return match[1].lower() if match else ""


def word_before(text: str, start: int) -> tuple[str, int]:
    """The word before ``start``, in lower case, and where it begins; empty where there is none within 24 characters."""
    low = max(0, start - 24)
    match = _WORD_BEFORE.search(text, low, start)
    return (match[1].lower(), match.start(1)) if match else ("", start)


# "Both halves of the year"; "inflation then halves to 12%".
_WHOLE_HALVES = frozenset(
    "both two the first second three four its their his her these those lower upper other into in of separate equal".split()
)
_HALVED = re.compile(r" (?:to|its|their|the|by|from|in|over)\b|[,.;]")


def read_factor(text: str, start: int, end: int, word: str) -> tuple[Decimal, str] | None:
    """``doubled``, ``tripling``, ``twice``: the factor and the rule, None where the word multiplies nothing."""
    factor = FACTORS[word]
    if word == "halves" and (word_before(text, start)[0] in _WHOLE_HALVES or not _HALVED.match(text, end)):
        return None
    after = text[end : end + 1]
    following = word_after(text, end)
    if following in NOT_MULTIPLIED and not (following == "as" and word in ("twice", "thrice", "double")):
        return None
    if after == "-" or text[start - 1 : start] == "-":
        return None
    if word in ("twice", "thrice") and not _COMPARED.match(text, end) and following not in ("", "in"):
        return (factor, "multiple.word") if following in ("over",) else None
    if word in ("twice", "thrice") and following in ("", "in", "last", "this", "over"):
        return None
    return factor, "multiple.word"


def read_denominator(text: str, start: int, end: int, word: str) -> tuple[int, Decimal, str] | None:
    """A fraction that begins with its denominator: ``a third``, ``half``, ``every fifth``.

    Returns where its span begins (with its article), the value and the rule; None where the word is an ordinal, a time or a name.
    """
    lower, at = word_before(text, start)
    following = word_after(text, end)
    denominator = DENOMINATORS[word]
    if word == "half":
        return _read_half(text, start, end, lower, following)
    if word in ("halves", "quarters") or word.endswith(("ths", "rds", "fths")):
        return None
    if lower == "every" and word != "quarter":
        if following in ("", "day", "week", "month", "year", "quarter", "time", "hour", "night", "season"):
            return None
        return at, quotient(1, denominator), "multiple.every"
    if text[end : end + 1] == "-" or text[start - 1 : start] == "-":
        return None
    if lower in FRACTION_LEADS and (following in FRACTION_FOLLOWERS or not following):
        if lower == "another" and word == "quarter" and not (_ANOTHER.search(text, max(0, start - 12), start) and following):
            return None
        return start, quotient(1, denominator), "multiple.lead"
    if lower not in ("a", "one"):
        return None
    if word == "quarter":
        prior, _ = word_before(text, at)
        hedged = prior in _QUARTER_HEDGES
        untimely = prior in NOT_QUARTERED_BEFORE and not (prior in ("in", "for") and following == "of")
        if not hedged and (following in NOT_QUARTERED_AFTER or untimely):
            return None
        if hedged and following in ("ago", "earlier", "later", "century", "on", "hour", "mile"):
            return None
        if (following and following not in FRACTION_FOLLOWERS) or text.startswith((" of a century", " of the year"), end):
            return None
        if (prior and (prior[-1].isdigit() or prior.endswith("%"))) or prior in ("million", "billion", "times"):
            return None
        return at, Decimal("0.25"), "multiple.quarter"
    if following and following not in FRACTION_FOLLOWERS:
        return None
    return at, quotient(1, denominator), "multiple.fraction"


_ANOTHER = re.compile(r"\band another \Z")
_QUARTER_HEDGES = frozenset(["than", "about", "nearly", "almost", "around", "roughly", "over", "by", "barely", "approximately"])


_BY_A = re.compile(r"\bby a \Z")


def _read_half(text: str, start: int, end: int, lower: str, following: str) -> tuple[int, Decimal, str] | None:
    if lower in NOT_HALVED_BEFORE or lower[-4:].isdigit() or following in NOT_HALVED_AFTER:
        return None
    if text[start - 1 : start] == "-" or (text[end : end + 1] == "-" and following not in ("owned",)):
        return None
    if lower == "a" and following != "of" and following not in FRACTION_FOLLOWERS:
        # "Expand it by a half."
        by = _BY_A.search(text, max(0, start - 6), start)
        return None if following or by is None else (start - 2, Decimal("0.5"), "multiple.half")
    if (
        text[end : end + 14]
        .lower()
        .startswith((" a year", " a day", " an hour", " a century", " a mil", " a bil", " a doz", " a month"))
    ):
        return None
    return start, Decimal("0.5"), "multiple.half"


_AS_MUCH_AGAIN = re.compile(r" as (?:much|many|big|large|high) again\b")


def read_again(text: str, end: int) -> int | None:
    """``half as much again`` is one and a half times: the end of nothing but the match, None elsewhere."""
    match = _AS_MUCH_AGAIN.match(text, end)
    return match.end() if match else None


def read_spoken_fraction(text: str, end: int, numerator: Decimal) -> tuple[int, Decimal] | None:
    """The denominator behind a cardinal: ``two-thirds``, ``three quarters``, ``seven tenths``; its end and the value."""
    match = _DENOMINATOR.match(text, end)
    if match is None or numerator != int(numerator):
        return None
    word = match[1].lower()
    denominator = DENOMINATORS[word]
    plural = word.endswith("s")
    if plural != (numerator != 1) or word == "halves":
        return None
    if word in ("quarter", "quarters"):
        hyphen = text[match.start()] == "-"
        following = word_after(text, match.end())
        if not hyphen and following != "of" and (numerator != 3 and following not in ("in", "less", "more", "below", "above")):
            return None
        if not hyphen and following in ("ago", "earlier", "later", "before"):
            return None
        if numerator not in (1, 3):
            return None
    elif not plural and following_noun(text, match.end()) and text[match.start()] != "-":
        return None
    return match.end(), quotient(numerator, denominator)


def following_noun(text: str, end: int) -> bool:
    """Whether a word stands behind ``end`` that no fraction is followed by."""
    following = word_after(text, end)
    return bool(following) and following not in FRACTION_FOLLOWERS


def read_in_so_many(text: str, end: int, numerator: Decimal, cardinals: dict[str, int]) -> tuple[int, Decimal] | None:
    """The rest of ``one in five``, ``two out of three``, ``one job in six``, ``four of every ten``: its end and the value."""
    match = _IN_SO_MANY.match(text, end)
    if match is None:
        return None
    token = match["m"].lower()
    if token[0].isdigit():
        whole = int(token.replace(",", ""))
    elif token in ("a hundred", "a thousand"):
        whole = 100 if token == "a hundred" else 1000
    else:
        whole = sum(cardinals[part] for part in token.split("-"))
    link, every, noun = match["link"], match["every"], match["noun"]
    if not (0 < numerator < whole) or numerator != int(numerator):
        return None
    if link == "of" and not every:
        return None
    following = word_after(text, match.end())
    if noun and link == "out of" and token[0].isdigit() and whole > _ODD_WHOLE and whole % 100:
        # "11 plans out of 178": two counts, and no way to say a share.
        return None
    if not every:
        if noun:
            if " " in noun.strip() and numerator != 1:
                return None
            if following in _TIMES_OF or not _may_follow_share(text, match, following, numerator, whole):
                return None
        elif link == "in":
            # "Two in 10 days" and "one in 2,000 steps" count occasions; "5 in 2019" is a year.
            if following in _TIMES_OF or (whole > 1000 and whole % 1000) or 1900 <= whole <= 2100:
                return None
        elif following in _TIMES_OF:
            return None
    return match.end(), quotient(numerator, whole)


def _may_follow_share(text: str, match: re.Match[str], following: str, numerator: Decimal, whole: int) -> bool:
    """Whether what stands behind ``one shop in eight`` leaves it a share, and no count of what follows (``in eight towns``)."""
    if not following or _CLAUSE.match(text, match.end()):
        return match["link"] != "in" or numerator == 1 or whole <= _SPOKEN_WHOLE
    if match["link"] != "in" or match["m"][0].isdigit():
        return False
    if numerator == 1 or whole == _SPOKEN_WHOLE:
        return following not in _COUNTED_PLACES
    return False


_ODD_WHOLE = 100
# "Nine beds in ten", "three homes in five": shares are spoken of up to ten.
_SPOKEN_WHOLE = 10
_COUNTED_PLACES = frozenset(
    """countries states cities provinces districts regions towns places locations games matches attempts groups sites markets
    categories areas villages counties schools stores factories plants buildings rooms parts pieces steps stages ways trials
    tests cases sectors industries languages continents neighborhoods hospitals households nations separate different other
    more major big large small new consecutive successive straight""".split()
)
_TIMES_OF = frozenset(
    [
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "hour",
        "hours",
        "minute",
        "minutes",
        "quarter",
        "quarters",
        "season",
        "seasons",
        "decade",
        "decades",
    ]
)
_CLAUSE = re.compile(
    r"(?:[,.;:)!?”\"’]| (?:there|has|have|had|is|are|was|were|will|would|in|on|at|by|and|of|from|now|who|that)\b)"
)


_GROWN = re.compile(
    r"(?i)\b(?:grew|grown|grow|growing|rose|risen|rise|increased?|increasing|multipl\w+|jumped|surged|"
    r"soared|expand\w*|swelled|climbed|went up|oversubscribed|valued|traded?|trading|trades|leverage|"
    r"ratio|magnif\w+)(?: \w+){0,3} \Z"
)
_POSSESSED = re.compile(r" an? [\w-]+[’']s? | an? (?:typical|normal|usual|average|year|month) ")
_MEASURED = re.compile(
    r"(?i)\b(?:above|below|exceed(?:ed|ing|s)?|at|of|to|by|around|about|nearly|almost|roughly|"
    r"approximately|than|over|under|is|was|were|are) \Z"
)


def read_times(text: str, start: int, end: int, *, whole: bool) -> tuple[int, str] | None:
    """``times``, ``-fold`` or ``x`` behind a numeral: the end of the wording and the rule; None for occasions.

    ``whole`` says that the numeral is a whole number: nothing happens two and a half times.
    """
    if match := _TIMES.match(text, end):
        if _COMPARED.match(text, match.end()) or not whole or _GROWN.search(text, max(0, start - 40), start):
            return match.end(), "multiple.times"
        if _OCCASIONS.match(text, match.end()) or not (
            _POSSESSED.match(text, match.end()) or _MEASURED.search(text, max(0, start - 16), start)
        ):
            return None
        return match.end(), "multiple.times"
    if match := _FOLD.match(text, end):
        return match.end(), "multiple.fold"
    return None
