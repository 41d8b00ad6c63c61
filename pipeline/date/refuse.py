"""What looks like a time expression and is none: verbs, names, counts, rates, ages.

Each reason is a named test of the words around; ``REASONS`` lists them by the kind of expression they may refuse, in the
order tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.date.node import ANY_MONTH, Node
from pipeline.date.words import AMBIGUOUS_MONTHS, MONTHS, word_set

Test = Callable[[Node, str, str], bool]


def _before(text: str, start: int) -> str:
    """The word that stands before ``start`` with one space between, or an empty string."""
    if start == 0 or text[start - 1] not in " \xa0":
        return ""
    return text[max(0, start - 28) : start - 1].rpartition(" ")[2].rpartition("\n")[2]


# --- months and weekdays -------------------------------------------------------------------------------------------

_PREPOSITIONS = word_set(
    "in of since by until till from to for last this next early late mid and or through during between than after before "
    "on over the each "
    "every end with is as at vs versus against around about into a an was"
)
_MODAL_AFTER = re.compile(r" (?:be|have|not|also|well|still|yet|only|even|never|i|we|you|they|he|she|it)\b")
_HYPHEN_AFTER_MONTH = re.compile(rf"-(?:on|to|through|end|quarter|half|{ANY_MONTH})\b")
_TITLES = word_set("ms mr mrs dr miss theresa brian james president minister chancellor professor sir lord lady")


def is_common_word(node: Node, text: str, low: str) -> bool:
    """``may`` and ``march`` the verbs, ``Theresa May``, ``Park Jun-ho``: a month needs its capital, or a number beside it."""
    if not node.value["bare"]:
        return False
    word = node.value["word"]
    before = _before(low, node.start)
    if not text[node.start].isupper():
        return word in AMBIGUOUS_MONTHS and before not in ("in", "since")
    if low.startswith("-", node.end) and re.match(r"-[a-z]", low[node.end : node.end + 2]):
        return _HYPHEN_AFTER_MONTH.match(low, node.end) is None
    if word == "may":
        return _MODAL_AFTER.match(low, node.end) is not None or before.rstrip(".") in _TITLES
    if word in AMBIGUOUS_MONTHS or word in ("april", "june", "august"):
        if text[node.start : node.end] == "MAR":
            return before != "in"
        if before.rstrip(".") in _TITLES:
            return True
        surname = re.match(r" (?:[A-Z][a-z]+|de |van |von |der )", text[node.end : node.end + 12])
        return surname is not None and before not in _PREPOSITIONS and len(word) <= 6 and not _opens_line(text, node.start)
    return False


def _opens_line(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in "\n•*·▪-–"


def is_no_weekday(node: Node, text: str, low: str) -> bool:
    """``sun`` and ``sat``, and ``The Friday Ledger``, a paper's name."""
    word = node.value["word"]
    start = low.find(word, node.start, node.end)
    if len(word) <= 4 and not (text[start].isupper() and (node.value["rel"] is not None or _before(low, node.start) == "on")):
        return True
    return _before(low, node.start) == "the" and re.match(r" [A-Z]", text[node.end : node.end + 2]) is not None


_FUTURES = re.compile(
    r" (?:(?:corn|wheat|soybeans?|soyoil|soymeal|beans|cotton|coffee|arabica|robusta|cocoa|sugar|crude|brent|gold|silver|copper"
    r"|gas|cattle|hogs|oats|canola|palm oil)\b|(?:[a-z-]{2,12} )?futures\b)"
)


def is_contract(node: Node, text: str, low: str) -> bool:
    """``March futures``, ``May corn``: a bare month that names a contract, not when something was."""
    return bool(node.value["bare"]) and _FUTURES.match(low, node.end) is not None and _before(low, node.start) not in _WHEN


_WHEN = word_set("in since during until by last this next for")
_CONTRACT = re.compile(r" (?:contracts?|futures|delivery)\b")


def is_contract_month(node: Node, text: str, low: str) -> bool:
    """``Dec-25 contract``: a month and a year, not the 25th."""
    return (
        low[node.start + 3 : node.start + 4] == "-" and node.end - node.start == 6 and _CONTRACT.match(low, node.end) is not None
    )


# --- years ---------------------------------------------------------------------------------------------------------

_UNIT_AFTER = re.compile(
    r" (?:mw|gw|kw|kwh|mwh|gwh|twh|km|kms|kilomet\w+|miles|met(?:er|re)s?|feet|ft|tonnes?|tons?|kg|barrels?|bpd|bushels"
    r"|hectares|acres"
    r"|units|people|persons|staff|workers|employees|jobs|homes|houses|households|families|students|pupils|patients|cases|deaths|beds"
    r"|cars|vehicles|buses|trucks|ships|vessels|flights|companies|firms|shops|stores|branch(?:es)?|outlets|villages|towns|cities|schools"
    r"|hospitals|megawatts|gigawatts|points|shares|dollars|euros|pounds|yuan|yen|won|rupees|baht|pesos|lira|rand|naira|shillings|crore|lakh"
    r"|million|billion|trillion|degrees|percent|per cent|pct|basis|bps|lit(?:er|re)s?|gallons|seats|passengers|visitors|tourists"
    r"|respondents|members|troops|soldiers|officers|prisoners|migrants|refugees|farmers|voters|calories|hours|words|pages|stations|sites"
    r"|chargers|turbines|panels|satellites|robots|wafers|teus?|containers|mm|cm|ppb|ppm|rpm|nits|mah|[gmt]b|[mg]hz|dwt)\b"
)
_BOND_AFTER = re.compile(r" (?:euro)?(?:bonds?|notes?|gilts?|bunds?)\b")
_YEAR_PREPOSITIONS = word_set("in since by during early late")
_CODE_BEFORE = word_set(
    "no nos rs rp us a hk cny rmb usd eur iso rfc en din bs rule article section directive regulation resolution decree "
    "model flight train "
    "room box page pages p pp vol volume chapter form route highway nikkei topix bus call text dial sms windows zip code "
    "id ext psi "
    "sdr pln kr nok sek dkk chf inr idr krw jpy gbp aed sar ngn try brl mxn"
)
_CURRENCY = frozenset("$€£¥₹₩₦₱฿#§№+")


def is_count_or_code(node: Node, text: str, low: str) -> bool:
    """``2000 staff``, ``No. 1984``, ``ISO 2022``, ``$1995``: four digits that count or label something."""
    start, end = node.start, node.end
    if not low[start].isdigit():
        return False
    if start > 1 and low[start - 1] == ":" and low[start - 2].isdigit():
        return True
    if start and (low[start - 1] in _CURRENCY or (low[start - 1] == " " and start > 1 and low[start - 2] in _CURRENCY)):
        return True
    after = low[end : end + 4]
    if after[:1] in ("/", ":") and after[1:2].isdigit():
        return True
    if after[:1].isalpha() or (after[:1] in ("-", " ") and after[1:4].isdigit() and (after[0] == "-" or len(after) == 4)):
        return True
    before = _before(low, start)
    if before.startswith("+") and before[1:].isdigit():
        return True
    if before.rstrip(".") in _CODE_BEFORE:
        return before != "a"
    if _BOND_AFTER.match(low, end):
        return True
    if after[:1] == " " and _UNIT_AFTER.match(low, end):
        return before not in _YEAR_PREPOSITIONS or low[end + 1 : end + 3] in ("mw", "gw", "km")
    return (
        low[start : start + 2] in ("15", "16", "17", "18", "21")
        and before not in _PREPOSITIONS
        and low[end : end + 1] not in "-,.;)"
    )


_NAME_NOUNS = word_set(
    "forecast vision agenda expo horizon plan plans strategy outlook report reports index survey review monitor yearbook "
    "roadmap conference "
    "summit forum fair festival census games olympics cup championship championships euro blueprint framework programme "
    "program initiative "
    "mission act bill law goals goal congress barometer atlas ranking rankings awards award compact pact accord paper "
    "book bulletin tracker "
    "guide budget convention exhibition edition"
)
_CAPITALIZED_BEFORE_YEARS = word_set(
    "since from until through during between after before over than early late fiscal calendar year compared versus "
    "around about into "
    "against only even this that with though while where when what will also both year-end total against"
) | set(MONTHS)
_ONE_NAME = word_set("agenda olympics games expo vision census")
_LAW_BEFORE = re.compile(
    r"(?:\b[A-Z]\w+ (?:Act|Law|Code|Ordinance|Convention|Treaty|Charter|Accord|Protocol)|\b[Nn]o\. ?\d{1,5}) of $"
)
_NAME_AHEAD = re.compile(r" (?:[A-Z][\w-]*|of|on|the|for|and|in)(?: (?:[A-Z][\w-]*|of|on|the|for|and|in)){0,6}")


def is_in_name(node: Node, text: str, low: str) -> bool:
    """``Vision 2030``, ``Security Plan 2024-2028``, ``the 2021 Ageing Report``: a year inside a name."""
    if not low[node.start].isdigit():
        return False
    written = _before(text, node.start)
    word = written.lower()
    if word == "of" and (law := _LAW_BEFORE.search(text, max(0, node.start - 40), node.start)) is not None:
        return law is not None
    if len(word) > 2 and written[0].isupper():
        if word.rstrip(",") in _NAME_NOUNS and not word.endswith((".", ":")):
            return True
        if written[1:].islower() and written.isalpha() and len(word) > 3 and word not in _CAPITALIZED_BEFORE_YEARS:
            return _capital_is_for_a_name(text, node.start - len(written) - 1)
    if low.startswith(" ", node.end) and text[node.end + 1 : node.end + 2].isupper():
        ahead = _NAME_AHEAD.match(text, node.end)
        if ahead is None:
            return False
        nouns = ahead[0].lower().split()
        capitals = [noun for noun in ahead[0].split() if noun[0].isupper()]
        return any(noun in (_NAME_NOUNS if len(capitals) > 1 else _ONE_NAME) for noun in nouns)
    return False


def _capital_is_for_a_name(text: str, start: int) -> bool:
    """Whether the capital at ``start`` is more than the first letter of a sentence."""
    before = text[max(0, start - 3) : start].rstrip(" \xa0")
    return bool(before) and before[-1] not in ".!?:\n\"“'‘•*-–—("


# --- lengths of time -----------------------------------------------------------------------------------------------

_AGE_AFTER = re.compile(r"[ -]olds?\b| of age\b")
_AGE_BEFORE = word_set("aged age ages turned turns per each every")
_INSTRUMENT_AFTER = re.compile(
    r" (?:(?:government|us|u\.s\.|german|treasury|benchmark|gilt|dollar|bund|japanese|indian|fixed) )?(?:mortgages?"
    r"|bonds?|yields?|notes?"
    r"|treasur\w+|gilts?"
    r"|bunds?|jgbs?|bills?|paper|debt|swaps?|libor|euribor|sofr|futures|t-bills?|contracts?|lpr|loan prime|mlf|repo|reverse repo"
    r"|breakeven\w*|nickel|copper|tin|zinc|moving average)\b"
)
_LENGTH_BEFORE = word_set(
    "in within over for than from after about almost nearly under inside once only just barely half takes take took lasts "
    "lasted last lasting of to "
    "least most until spanning whole spent by roughly around"
)
_LENGTH_AFTER = re.compile(
    r" (?:after|before|ahead|early|late|from now|into|away|longer|since|in a row|or (?:more|so|two)|and a|to (?:comply|go|run))\b"
)
_ODDS_AFTER = re.compile(r" (?:in|out of) (?:\d{1,2}|two|three|four|five|ten|every)\b")
_RUNNING = re.compile(r"consecutive|straight|successive|full")


def is_not_duration(node: Node, text: str, low: str) -> bool:
    """``a 54-year-old``, ``$5 a day``, ``10-year bonds``, ``a quarter of exports``: an age, a rate, an instrument, a fraction."""
    value, end = node.value, node.end
    if _AGE_AFTER.match(low, end) or _ODDS_AFTER.match(low, end):
        return True
    before = _before(low, node.start)
    if before in _AGE_BEFORE or (value["article"] and before and (before[-1].isdigit() or before[-1] in "%)")):
        return True
    if value["adjective"] and (_INSTRUMENT_AFTER.match(low, end) or low.startswith(" plan", end)):
        return True
    if value["u"] == "quarter" and value["n"] in (1.0, 3.0, 0.5, 0.75) and not _RUNNING.search(low, node.start, end):
        return True
    if value["article"] and not value["half"] and not _LENGTH_AFTER.match(low, end):
        return before not in _LENGTH_BEFORE
    return False


# --- the time in focus, quarters, seasons ----------------------------------------------------------------------------

_TIME_BEFORE = _PREPOSITIONS | word_set(
    "finished ended closed began started ends starts finish end begin start throughout within most much all"
)
_GROWTH_BEFORE = re.compile(r"(?:%|percent|per cent|pct|points?|bps|bp|\d|up|down|fell|rose|flat|higher|lower|unchanged) on $")
_CLAUSE_AFTER = re.compile(r" (?:the|when|that|which|in which|we|you|he|she|they|i)\b")
_OF_THE_DAY = re.compile(r"(?:numbers?|chart|quote|word|figure|most|time) of $")


def is_growth_word(node: Node, text: str, low: str) -> bool:
    """``rose 5% on the year``: year on year, a comparison and no date. ``on the day`` and ``on the week`` are dates."""
    unit = node.value["u"]
    if node.value["n"] is not None:
        return False
    before = low[max(0, node.start - 16) : node.start]
    if unit in ("year", "quarter", "month") and before.endswith(" on ") and _GROWTH_BEFORE.search(before):
        return True
    if unit in ("day", "week") and before.endswith("of ") and _OF_THE_DAY.search(before):
        return True
    if unit in ("season", "decade", "day", "week") and _before(low, node.start) not in _TIME_BEFORE:
        return True
    return unit in ("year", "week", "day") and _CLAUSE_AFTER.match(low, node.end) is not None


def is_list_mark(node: Node, text: str, low: str) -> bool:
    """``Q1.`` at the head of a line: the first question."""
    if node.rule != "quarter-code" or node.value["y"] is not None:
        return False
    return (node.start == 0 or low[node.start - 1] == "\n") and low[node.end : node.end + 1] in (".", ")", ":")


def is_part_of_another(node: Node, text: str, low: str) -> bool:
    """``the second half of the match``: half of something that is no time."""
    return node.rule == "ordinal-part" and node.value["y"] is None and low.startswith(" of ", node.end)


def is_drop(node: Node, text: str, low: str) -> bool:
    """``half of the fall in profit``: a fall that is no autumn."""
    rel = node.value["rel"]
    if node.value["s"] != "fall" or rel not in ("the", "that", None):
        return False
    before = _before(low, node.start)
    if rel is None:
        # ``will fall next year`` and ``a fall in 2024`` are verbs and drops; ``in fall 2024`` is the season.
        return before not in ("in", "of", "since", "by", "during", "from", "until", "early", "late") or low.startswith(
            "fall in", node.start
        )
    return before not in ("in", "by", "during", "until", "since", "this", "last") or low.startswith((" in ", " of "), node.end)


def is_full_year_adjective(node: Node, text: str, low: str) -> bool:
    """``full-year earnings``: what kind of figure, no time; a ``full-year goal`` is for the year."""
    return low[node.end - 5] == "-" and not low.startswith((" goal", " target"), node.end)


def is_identifier(node: Node, text: str, low: str) -> bool:
    """``No. 2025-07``: the number of a paper."""
    return node.rule == "numeric-month" and _before(low, node.start).rstrip(".") in _CODE_BEFORE


REASONS: dict[str, tuple[tuple[str, Test], ...]] = {
    "month": (("identifier", is_identifier), ("common-word", is_common_word), ("contract", is_contract)),
    "weekday": (("common-word", is_no_weekday),),
    "day": (("contract-month", is_contract_month),),
    "year": (("count-or-code", is_count_or_code), ("in-name", is_in_name)),
    "years": (("in-name", is_in_name),),
    "duration": (("not-duration", is_not_duration),),
    "the-unit": (("growth-word", is_growth_word),),
    "quarter": (("list-mark", is_list_mark), ("part-of-another", is_part_of_another)),
    "half": (("list-mark", is_list_mark), ("part-of-another", is_part_of_another)),
    "season": (("drop", is_drop),),
    "full-year": (("adjective", is_full_year_adjective),),
}


def is_refused(node: Node, text: str, low: str) -> bool:
    """Whether the words at ``node`` are no time expression after all."""
    reasons = REASONS.get(node.kind)
    if reasons is None:
        return False
    return any(test(node, text, low) for _, test in reasons)
