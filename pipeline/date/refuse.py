"""What looks like a time expression and is none: verbs, names, counts, rates, ages.

Each reason is a named test of the words around; ``REASONS`` is the list of them, tried in order.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.date.grammar import Node
from pipeline.date.words import AMBIGUOUS_MONTHS

Test = Callable[[Node, str, str], bool]

_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|by|until|till|from|to|for|last|this|next|early|late|mid|and|or|through|during|between|than|after|before|on|over|the|each|every|end|with|is|be|as|at)[ -]$"
)


def is_common_word(node: Node, text: str, low: str) -> bool:
    """``may`` and ``march`` the verbs, ``mar``, ``sun``: a month or day needs its capital, or a number beside it."""
    if node.kind == "month":
        word = node.value.get("word")
        if word is None or not node.value["bare"]:
            return False
        written = text[node.start : node.start + 3]
        if written[0].isupper():
            return _capital_month_is_no_month(node, text, low, word)
        return word in AMBIGUOUS_MONTHS and not (word == "may" and low[max(0, node.start - 3) : node.start] == "in ")
    if node.kind == "weekday":
        word = node.value["word"]
        if not text[node.end - 1 : node.end].strip():
            return False
        start = low.find(word, node.start, node.end)
        return len(word) <= 4 and (
            not text[start].isupper() or (node.value["rel"] is None and low[max(0, node.start - 3) : node.start] != "on ")
        )
    return False


_MODAL_AFTER = re.compile(r" (?:be|have|not|also|well|still|yet|only|even|never|i|we|you|they|he|she|it)\b")
_MAY_SUBJECTS = re.compile(r"(?:\w'?s?|\)) $")


def _capital_month_is_no_month(node: Node, text: str, low: str, word: str) -> bool:
    before = text[max(0, node.start - 30) : node.start]
    if word == "may":
        if _MODAL_AFTER.match(low, node.end):
            return True
        # Theresa May, Ms May: a name, unless a preposition stands before it.
        previous = re.search(r"([A-Z][\w.]+) $", before)
        return bool(previous) and previous[1].lower().rstrip(".") in ("theresa", "ms", "mrs", "mr", "brian", "james")
    if word in ("mar", "jan", "jun", "sep", "dec", "apr", "aug", "march", "august", "april", "june"):
        previous = re.search(r"([A-Z]\w+) $", before)
        following = re.match(r" [A-Z][a-z]+", text[node.end :])
        if previous and not _BEFORE_MONTH.search(previous[0].lower()) and previous[1].lower() in ("ms", "mr", "mrs", "dr"):
            return True
        if word in ("jan", "april", "june", "august") and following and not previous and not _BEFORE_MONTH.search(before.lower()):
            return not re.match(r" (?:[A-Z][a-z]* )?(?:CPI|PMI|GDP|Exports|Imports|Sales)", text[node.end :]) and before[
                -1:
            ] not in ("\n", "")
    return False


def is_foreign_word(node: Node, text: str, low: str) -> bool:
    """``Park Jun-ho``, ``Dec-25 contract``, ``the Friday Ledger``, ``MAR Art. 20``, a list mark ``Q1.``, ``the fall in prices``."""
    if node.kind == "month" and node.value["bare"]:
        if re.match(r"-[a-z]", low[node.end : node.end + 2]) and not re.match(r"-(?:on|to|end|quarter|half)\b", low[node.end :]):
            return True
        return text[node.start : node.end] == "MAR" and not low[max(0, node.start - 4) : node.start].endswith(" in ")
    if node.kind == "day" and re.match(r"[a-z]{3}-\d\d$", low[node.start : node.end]):
        return re.match(r" (?:contracts?|futures|delivery)\b", low[node.end :]) is not None
    if node.kind == "weekday":
        return low[max(0, node.start - 4) : node.start] == "the " and re.match(r" [A-Z]", text[node.end :]) is not None
    if node.kind in ("quarter", "half") and node.rule == "quarter-code" and node.value["y"] is None:
        return re.search(r"(?:^|\n)\s*$", low[max(0, node.start - 6) : node.start]) is not None and low[
            node.end : node.end + 1
        ] in (".", ")", ":")
    if node.kind == "season" and node.value["s"] == "fall" and node.value["rel"] in ("the", "that"):
        return re.search(
            r"\b(?:in|by|during|until|since|of|this|last) $", low[max(0, node.start - 8) : node.start]
        ) is None or low.startswith((" in ", " of "), node.end)
    if node.kind == "full-year":
        return low[node.end - 5] == "-" and re.match(r" (?:goal|target)", low[node.end :]) is None
    return False


_UNIT_AFTER = re.compile(
    r" (?:mw|gw|kw|kwh|mwh|gwh|twh|km|kms|kilomet\w+|miles|met(?:er|re)s?|feet|ft|tonnes?|tons?|kg|barrels?|bpd|bushels|hectares|acres|units|people|persons|staff|workers|employees"
    r"|jobs|homes|houses|households|families|students|pupils|patients|cases|deaths|beds|cars|vehicles|buses|trucks|ships|vessels|flights|companies|firms|shops|stores|branches"
    r"|branch|outlets|villages|towns|cities|schools|hospitals|megawatts|gigawatts|points|shares|dollars|euros|pounds|yuan|yen|won|rupees|baht|pesos|lira|rand|naira|shillings"
    r"|crore|lakh|million|billion|trillion|degrees|percent|per cent|pct|basis|bps|litres?|liters?|gallons|seats|passengers|visitors|tourists|respondents|members|troops"
    r"|soldiers|officers|prisoners|migrants|refugees|farmers|voters|calories|hours|words|pages|stations|sites|chargers|turbines|panels|satellites|robots|wafers|teu|teus|containers"
    r"|mm|cm|ppb|ppm|rpm|nits|mah|gb|mb|tb|mhz|ghz|dwt)\b"
)
_TEMPORAL_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|from|until|till|to|through|during|between|before|after|for|of|and|or|than|versus|vs\.?|over|early|late|mid|end|the|its|our|their|his|her|a|calendar|year|spring|summer|autumn|fall|winter)[ -]|'s |^|\n|[(,;:\"“] ?|- )$"
)
_NUMBER_BEFORE = re.compile(
    r"(?:[$€£¥₹#§№]|\b(?:no|nos|rs|rp|us|a|hk|cny|rmb|usd|eur|iso|rfc|en|din|bs|rule|article|section|directive|regulation|resolution|decree|law|act|order|circular|model|flight|train|room|"
    r"box|page|pages|pp?|vol|volume|chapter|form|route|highway|nikkei|topix|psi|bus|call|text|dial|sms|windows|office|area|zip|code|id|ext|sdr|pln|zł|kr|nok|sek|dkk|chf|inr|idr|krw|jpy|gbp|aed|sar|ngn|try|brl|mxn)\b\.?) ?$"
)
_NAME_WORDS = re.compile(
    r"\b(?:Forecast|Vision|Agenda|Expo|Horizon|Plan|Strategy|Outlook|Report|Index|Survey|Review|Monitor|Yearbook|Roadmap|Conference|Summit|Forum|Fair|Festival|Census|Games|Olympics|Cup|Championships?"
    r"|Euro|Industrie|Blueprint|Framework|Programme|Program|Initiative|Mission|Act|Bill|Law|Goals?|China|Edition|Congress|Barometer|Atlas|Ranking|Rankings|Awards?|Week|World|Global|Digital|Compact|Pact|Target|Fund|Series|Class|Fiscalité|Accord|Manufacturing|Africa|India|Asia|Europe|Indonesia|Saudi|Outlooks|Trends|Statistics|Perspectives|Assessment|Guide|Index|Tracker|Insights|Tomorrow) $"
)


def is_count_or_code(node: Node, text: str, low: str) -> bool:
    """``2000 staff``, ``No. 1984``, ``ISO 2022``, ``$1995``: four digits that count or label something."""
    if node.kind != "year" or not low[node.start].isdigit():
        return False
    before = low[max(0, node.start - 24) : node.start]
    if re.match(r" \d{3}", low[node.end : node.end + 4]) or re.search(r"\+\d{1,3} $", before):
        return True
    if low[node.start : node.start + 2] in ("15", "16", "17", "18", "21") and not _TEMPORAL_BEFORE.search(before):
        return True
    if _NUMBER_BEFORE.search(before):
        return not before.endswith(("a ",)) or bool(re.search(r"[$€£¥₹#§]$", before))
    if low[node.end : node.end + 1] in ("/", ":") and low[node.end + 1 : node.end + 2].isdigit():
        return True
    after = low[node.end : node.end + 2]
    if after[:1].isalpha() or (after[:1] == "-" and after[1:2].isdigit()):
        return True
    if _UNIT_AFTER.match(low, node.end):
        return re.search(r"\b(?:in|since|by|during|early|late) $", before) is None or low[node.end + 1 : node.end + 3] in (
            "mw",
            "gw",
            "km",
        )
    return False


def is_in_name(node: Node, text: str, low: str) -> bool:
    """``Vision 2030``, ``Forecast 2025``, ``2030 Agenda``: a year inside a name."""
    if node.kind not in ("year", "years") or not low[node.start].isdigit():
        return False
    before = text[max(0, node.start - 40) : node.start]
    if _NAME_WORDS.search(before) and not before.endswith("\n"):
        # The first word of a sentence has its capital for that alone, but none of these opens one with a year.
        return True
    return (
        re.match(
            r" (?:Agenda|Vision|Strategy|Framework|Roadmap|Forum|Expo|Olympics|Games|World Cup|Edition|Conference|Summit|Congress)\b",
            text[node.end :],
        )
        is not None
    )


_AGE_AFTER = re.compile(r"[ -]olds?\b|[ ]of age\b")
_RATE_BEFORE = re.compile(r"\b(?:per|each|every) $")
_AGE_BEFORE = re.compile(r"\b(?:aged?|ages|turned|turns)(?: about| around)? $")
_INSTRUMENT_AFTER = re.compile(
    r" (?:(?:government |us |u\.s\. |german |treasury |benchmark |gilt |dollar |bund |japanese |indian )?(?:bonds?|yields?|notes?|treasur\w+|gilts?|bunds?|jgbs?|bills?|paper|debt|swaps?|libor|euribor|sofr|futures|t-bills?|contracts?|moving average|gilt|lpr|loan prime|mlf|repo|reverse repo|breakeven\w*|nickel|copper|tin|zinc))\b"
)
_ARTICLE_DURATION_BEFORE = re.compile(
    r"\b(?:in|within|over|for|than|after|about|almost|nearly|under|inside|once|only|just|barely|half|takes?|took|lasts?|lasted|of|to|least|most|least|until|spanning|whole|last(?:s|ed|ing)?|spent|less than|more than|by|roughly|around) (?:only |just |about |over |nearly |almost |more than |less than |at least |roughly |up to )?$"
)
_ARTICLE_DURATION_AFTER = re.compile(
    r" (?:after|before|ahead|early|late|from now|into|away|longer|since|in a row|or (?:more|so|two)|and a)\b"
)
_RATE_AMOUNT = re.compile(
    r"(?:\d|times|once|twice|million|billion|trillion|crore|percent|%|cent|tonnes|tons|people|vehicles|units|bpd|barrels|cars)(?:\s\w+){0,2} $"
)


def is_not_duration(node: Node, text: str, low: str) -> bool:
    """``a 54-year-old``, ``$5 a day``, ``10-year bonds``, ``24 hours a day``: an age, a rate, an instrument."""
    if node.kind != "duration":
        return False
    if _AGE_AFTER.match(low, node.end):
        return True
    before = low[max(0, node.start - 40) : node.start]
    if _AGE_BEFORE.search(before) or _RATE_BEFORE.search(before):
        return True
    if low.startswith(" plan", node.end) and node.value["adjective"]:
        return True
    if (
        node.value["u"] == "quarter"
        and node.value["n"] in (1.0, 3.0, 0.5, 0.75)
        and not re.search(r"consecutive|straight|successive|full", low[node.start : node.end])
    ):
        return True
    if re.match(r" (?:in|out of) (?:\d|two|three|four|five|ten|every)", low[node.end : node.end + 14]):
        return True
    if node.value["adjective"] and _INSTRUMENT_AFTER.match(low, node.end):
        return True
    if node.value["u"] in ("hour", "minute", "min") and before.endswith((" at ", "'s ")):
        return True
    if node.value["article"]:
        if _ARTICLE_DURATION_AFTER.match(low, node.end):
            return False
        return _ARTICLE_DURATION_BEFORE.search(before) is None
    return False


_GROWTH_BEFORE = re.compile(r"(?:%|percent|per cent|pct|points?|bps|bp|\d|up|down|fell|rose|flat|higher|lower|unchanged) on $")


def is_growth_word(node: Node, text: str, low: str) -> bool:
    """``rose 5% on the year``: year on year, a comparison and no date. ``on the day`` and ``on the week`` are dates."""
    if node.kind != "the-unit" or node.value["n"] is not None:
        return False
    before = low[max(0, node.start - 14) : node.start]
    if node.value["u"] in ("year", "quarter", "month") and (before.endswith(" on ") and _GROWTH_BEFORE.search(before)):
        return True
    if (
        re.search(r"\b(?:of|for) $", before)
        and node.value["u"] in ("day", "week")
        and re.search(r"(?:numbers?|chart|quote|word|figure|most|time|rest|end) of $", before)
    ):
        return "end of" not in before and "rest of" not in before
    return re.match(
        r" (?:the|when|that|which|in which|we|you|he|she|they|i)\b", low[node.end : node.end + 12]
    ) is not None and node.value["u"] in ("year", "week", "day")


def is_list_mark(node: Node, text: str, low: str) -> bool:
    """A lone ``the second`` is resolved elsewhere; ``first quarter-final`` and the like are refused by their pattern."""
    return False


REASONS: tuple[tuple[str, Test], ...] = (
    ("common-word", is_common_word),
    ("foreign-word", is_foreign_word),
    ("count-or-code", is_count_or_code),
    ("in-name", is_in_name),
    ("not-duration", is_not_duration),
    ("growth-word", is_growth_word),
)


def is_refused(node: Node, text: str, low: str) -> bool:
    """Whether the words at ``node`` are no time expression after all."""
    return any(test(node, text, low) for _, test in REASONS)
