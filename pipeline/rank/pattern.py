"""What a rank looks like: an ordinal that names a place in an order."""

from __future__ import annotations

import re

from pipeline.rank.words import BETWEEN, PLACES, VERBS

_SUPERLATIVE = re.compile(
    r"[- \u00a0](?:[Mm]ost|[Ll]east|[Bb]est|[Ww]orst|top)(?![A-Za-z])|[- \u00a0](?!(?:West|East|latest|"
    r"Latest|interest|Interest|request|quest|guest|test|contest|harvest|forest|protest|arrest|est|est|"
    r"invest|nest|chest|rest|"
    r"August|conquest|manifest|modest|honest|earnest)\b)[A-Za-z]{2,12}est(?![A-Za-z])"
)
_SHARED = re.compile(r"-? (?:or|and|to) (?:\w{3,11}|\d{1,3}(?:st|nd|rd|th))(?=[- ][A-Za-z]{2,12}est\b|[- ]most\b|[- ]best\b)")
_BEFORE = re.compile(r"(?:([\w’'.]+)[ \u00a0\n])?([\w’'.]+)[ \u00a0\n]*\Z")
_STREAK = re.compile(r" (?:straight|consecutive|successive|time|month|quarter|year|week|day|half|round|session|wave|phase)\b")
_ENDED = re.compile(
    r"[,.;:)\n!?—–”\"]|\Z| \(| (?:a (?:decade|year)|in|by|among|worldwide|globally|overall|behind|after|on|with|at|for|place|"
    r"spot|position|out|and|ahead|from|of|only|this|last|nationally|nationwide|over|the|to)\b"
)
_LIST = re.compile(r"(?:,? (?:and|or) |, )\Z")
_NAMED_BEFORE = re.compile(r"[A-Z][\w’'&.-]*[ \u00a0]\Z")


def is_rank(text: str, start: int, end: int, *, after_rank: bool) -> str | None:
    """The rule by which the ordinal ``text[start:end]`` is a rank, None for any other ordinal.

    ``after_rank`` says that a rank stands earlier in the sentence, so that ``and third`` and ``Vietnam third`` continue it.
    """
    if _SUPERLATIVE.match(text, end) and not text[end : end + 6].lower().startswith(" west"):
        return "rank.superlative"
    if _SHARED.match(text, end):
        return "rank.superlative"
    if text.startswith(" only to", end):
        return "rank.only_to"
    following = _follow(text, end)
    if following in PLACES and _is_place(text, start, end, following):
        return "rank.place"
    if not _ENDED.match(text, end):
        return None
    if rule := _in_apposition(text, start, end):
        return rule
    if _MADE.search(text, max(0, start - 60), start):
        return "rank.verb"
    match = _BEFORE.search(text, max(0, start - 40), start)
    if match and (rule := _by_words_before(text, start, end, match, after_rank=after_rank)):
        return rule
    if after_rank and (_LIST.search(text, max(0, start - 6), start) or _NAMED_BEFORE.search(text, max(0, start - 30), start)):
        return "rank.list"
    return None


# "Morocco, first on that list,": the place of the name before it. Not the date of a thing ("opened, first in 2019").
_NAMED_COMMA = re.compile(r"(?:[A-Z][\w’'&.-]*|\))[ \u00a0]?, \Z")
_PLACED = re.compile(
    r" (?:on (?:the|that|this|its) (?:list|table|ranking|league)|by (?!the\b|a\b|\d|[A-Z])|among |worldwide\b|globally\b|"
    r"nationally\b|overall\b|nationwide\b|in (?:the (?:world|market|league|country|region|table|rankings?|standings|nation|"
    r"industry|sector|group|list)|Asia|Africa|Europe|Latin America|North America|South America)\b)"
)
_PLACED_THEN = re.compile(
    r",(?! (?:and|or|second|then|the|to|in|that|because|it|we|they)\b)| in (?:19|20)\d\d\b| a (?:decade|year)\b"
)
_WORLDWIDE = re.compile(r" (?:worldwide|globally|nationally|nationwide|in the (?:world|market|league|country))\b")
_LINE_START = re.compile(r"(?:\A|\n)(?:[•*–—-] ?)?\Z")
_MADE = re.compile(
    r"\b(?:plac|put|rank|lift|push|mov|sen[dt]|t[oa]{1,2}k|knock|rais|carr|boost|propel)\w{0,4} "
    r"(?:(?:the|its|his|her|their) \w{2,20}|"
    r"it|them|[A-Z]\w{1,20})(?: (?:up|down|back))?(?: to)? \Z"
)


def _in_apposition(text: str, start: int, end: int) -> str | None:
    """``rank.apposition`` where an ordinal stands behind a name and a comma, or opens a line (``Second in the league``)."""
    near = max(0, start - 30)
    placed = _PLACED.match(text, end)
    if _NAMED_COMMA.search(text, near, start):
        first = text[start : start + 1] in "fF1" and text[start:end].lower() in ("first", "1st")
        return "rank.apposition" if placed or (not first and _PLACED_THEN.match(text, end)) else None
    if _WORLDWIDE.match(text, end) and (text[start - 2 : start] == ", " or _LINE_START.search(text, max(0, start - 4), start)):
        return "rank.apposition"
    return None


_MOVERS = frozenset(
    "fell slipped rose climbed up moved dropped places jumped down slid move drop fall rise climb slip slide jump sink drops "
    "falls rises climbs slips slides jumps moves sank sinks advanced advance advances back".split()
)
_PUTTERS = frozenset("put puts putting rank ranks ranked ranking place placed places".split())


def _by_words_before(text: str, start: int, end: int, match: re.Match[str], *, after_rank: bool) -> str | None:
    """The rule by which the one or two words before an ordinal make it a rank."""
    last, earlier = match[2].lower(), (match[1] or "").lower()
    if last in VERBS:
        return None if last in ("was", "is", "are", "be") and not _bare(text, end) else "rank.verb"
    if last in BETWEEN and (earlier in VERBS or earlier in _MOVERS) and (last != "to" or earlier != "is"):
        return "rank.verb"
    if last == "been" and earlier in ("has", "have", "had"):
        return "rank.verb"
    if last == "from" and after_rank:
        return "rank.list"
    if earlier in _PUTTERS and (last in ("them", "it") or _NAMED_BEFORE.search(text, max(0, start - 30), start)):
        return "rank.verb"
    return None


def _follow(text: str, end: int) -> str:
    match = re.compile(r"[- \u00a0]([A-Za-z]+)").match(text, end)
    return match[1].lower() if match else ""


def _is_place(text: str, start: int, end: int, following: str) -> bool:
    if following != "place":
        return True
    # "In the first place" is an idiom.
    return not text[max(0, start - 8) : start].lower().endswith("in the ")


def _bare(text: str, end: int) -> bool:
    return bool(re.compile(r"[,.;\n]| (?:with|in|at|on|by|behind|after|among|overall|and)\b").match(text, end))


_NUMBER_SIGN = re.compile(r"(?:\b[Nn]o\.? ?|\b[Nn]umber[- ]|\bNo\.\u00a0|#|\bNO\. ?)\Z")
_LEAD = re.compile(
    (
        r"(?:\b(?:the|its|their|his|her|still|as|to|at|is|was|are|were|remains?|remained|ranked|ranks|from|a|"
        r"now|be|became|become|becoming|place|position|global|current|world|country|lost)|[’']s|s[’'])[ "
        r"\u00a0]\Z"
    ),
    re.IGNORECASE,
)


_LONGEST_PLACE = 2


def is_number_rank(text: str, start: int, end: int) -> int | None:
    """Where the sign of ``No. 3`` or ``number one`` begins if it is a rank; None for a document or issue number."""
    match = _NUMBER_SIGN.search(text, max(0, start - 9), start)
    if match is None:
        return None
    lead = text[max(0, match.start() - 14) : match.start()]
    if match[0] == "number " and text[start:end].isdigit() and end - start > _LONGEST_PLACE:
        # "The zones now number 165": a verb.
        return None
    if match[0] == "number " and text[end : end + 1] == "," and _NAMED_COMMA.search(lead):
        return match.start()
    if text[end : end + 1] in ("/", "-", ":") or re.match(r" [Dd]ocument|[\"”]", text[end : end + 9]):
        return None
    if text[end : end + 1] in ("/", "-") and text[end + 1 : end + 2].isdigit():
        return None
    if match[0].startswith("#"):
        return match.start() if re.search(r"(?:\b(?:the|is|at|ranked|as|to|its)|[’']s) \Z", lead) else None
    return match.start() if _LEAD.search(lead) else None
