"""Numerals that are no figures: named rules that say what a bare numeral is instead.

Each rule looks at the numeral and the few characters around it. The rules run only on numerals that carry no currency, percent
sign or unit, except the first group, which no unit can overrule (phone numbers, URLs, identifiers).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from pipeline.number.words import MONTHS
from pipeline.records import Disposition


class Explained(NamedTuple):
    """What a numeral is: its disposition, the rule that says so, and where the whole expression ends."""

    disposition: Disposition
    rule: str
    end: int


Rule = Callable[[str, int, int], Explained | None]

_TOKEN_LEFT = re.compile(r"[\w.\-–/#+@:*&=%~]{0,80}\Z")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _found(disposition: Disposition, rule: str, end: int) -> Explained:
    return Explained(disposition, rule, end)


# --- clock times --------------------------------------------------------------------------------------------------------
_CLOCK = re.compile(
    r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?(?:[ \u00a0]?(?:[ap]\.?m\b\.?|[AP]\.?M\b\.?|hrs|hours|GMT|UTC|EST|EDT|ET\b|BST|CET|IST|CST|JST|local time))"
    r"|(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?!\d)"
    r"|(?:1[0-2]|0?[1-9])[ \u00a0]?(?:[ap]\.m\.?|[ap]m\b|[AP]\.?M\b\.?|o[’']clock\b|noon\b)"
    r"|[0-2]\d[0-5]\d[ \u00a0]?(?:GMT|UTC|hrs|hours local|EST|EDT|IST|BST)"
)
_CLOCK_RANGE = re.compile(
    r"\d{1,2}(?:[:.]\d\d)?[ \u00a0]?(?:-|–|to|and) ?\d{1,2}(?:[:.]\d\d)?[ \u00a0]?(?:[ap]\.m\.|[ap]m\b|[AP]M\b)"
)


def clock_time(text: str, start: int, end: int) -> Explained | None:
    """``15:01``, ``9.30am``, ``8 pm``, ``14:00 GMT``."""
    match = _CLOCK.match(text, start)
    if match is None or match.end() < end:
        match = _CLOCK_RANGE.match(text, start)
        if match is None:
            return None
        first = re.compile(r"\d{1,2}(?:[:.]\d\d)?").match(text, start)
        return _found("time", "time.clock", first.end() if first else end)
    return _found("time", "time.clock", match.end())


# --- phone numbers, URLs, identifiers -----------------------------------------------------------------------------------
_PHONE = re.compile(
    r"(?:\+\d{1,3}[ \u00a0.-]?|00\d{2}[ ])(?:\(\d{1,4}\)[ -]?)?\d{1,4}(?:[ \u00a0.-]\d{2,9}){1,5}(?!\d)"
    r"|\(\d{2,4}\)[ -]?\d{3,4}[ -]\d{3,4}(?!\d)"
    r"|(?:1[- ])?[189]\d{2}[- ]\d{3}[- ]\d{4}(?!\d)"
    r"|1[38]00[ -]\d{3}[ -]\d{3,4}(?!\d)|1[38]00-\d{3}-\d{4}(?!\d)"
    r"|0\d{1,4}[ -]\d{3,4}(?:[ -]\d{3,4})?(?!\d)|0\d{2,4}-\d{3,4}[ -]\d{4}(?!\d)"
    r"|\d{3}-\d{3}-\d{4}(?!\d)|\d{3}-\d{4}(?!\d|[-–])"
)
_PHONE_CUE = re.compile(
    r"(?:\b(?:[Tt]el|[Pp]hone|[Tt]elephone|[Cc]all|[Cc]alling|[Hh]otline|[Ff]ax|[Dd]ial|[Dd]ial-in|[Tt]ext|SMS|[Ww]hats[Aa]pp|[Mm]obile|[Rr]ing|[Dd]esk|[Hh]elpline|[Ll]ifeline|[Ee]xt|[Cc]ode|[Ll]ine|[Ee]nquiries|[Ii]nquiries|"
    r"[Cc]ontact|[Tt]ip line|[Hh]elpdesk|on|at|or)\b[.:]{0,2} ?[+(*#]?|[\d)][ .-])\Z"
)
_PHONE_WORD = re.compile(
    r"(?i)\b(?:tel|phone|telephone|call|calling|hotline|fax|dial(?:-in)?|text|sms|whatsapp|ring|desk|helpline|lifeline|ext|code|line|enquiries|inquiries|contact|helpdesk|media relations|press office|support|queries|mobile)\b[^\n]{0,60}\Z"
)
_URL_CHARS = re.compile(
    r"(?:https?://|www\.)[^\s]{0,300}\Z|[\w.+-]{1,60}@[\w.-]{0,60}\Z|[\w-]{2,60}\.(?:com|org|net|gov|edu|info|example|co|io|int|html?|pdf|jpg|png|aspx?|php)(?:/[^\s]{0,200})?\Z"
)


def phone_number(text: str, start: int, end: int) -> Explained | None:
    """``+86 10 5555 0142``, ``(415) 555-0188``, ``call 1800 595 160``."""
    left = start
    if left and text[left - 1] in "(+*":
        left -= 1
        if left and text[left] == "(" and text[left - 1] == "+":
            left -= 1
    cue = text[max(0, start - 70) : start]
    plus = "+" in text[max(0, start - 2) : start]
    for begin in (left, start):
        match = _PHONE.match(text, begin)
        if match and match.end() >= end:
            # "+5.7 10" is no phone; a plus needs groups of digits behind, a bare group needs a word that says so.
            if plus and sum(c.isdigit() for c in match[0]) >= 7:
                return _found("identifier", "identifier.phone", match.end())
            if _PHONE_WORD.search(cue) or (text[begin] == "(" and "-" in match[0]):
                return _found("identifier", "identifier.phone", match.end())
    if _PHONE_WORD.search(cue) and _PHONE_CUE.search(cue):
        digits = re.compile(r"[\d][\d \u00a0-]{2,20}\d(?![\d%]|[.,]\d)").match(text, start)
        if digits and sum(c.isdigit() for c in digits[0]) >= 4 and not re.match(r"[12]\d\d\d(?!\d)", text[start:end]):
            return _found("identifier", "identifier.phone", digits.end())
    return None


def web_address(text: str, start: int, end: int) -> Explained | None:
    """Digits inside a URL or a mail address."""
    left = text.rfind(" ", max(0, start - 300), start) + 1
    newline = text.rfind("\n", left, start) + 1
    token = text[max(left, newline) : start]
    if len(token) > 3 and ("/" in token or "@" in token or "." in token) and _URL_CHARS.search(token):
        tail = re.compile(r"[^\s,;)\]]{0,300}").match(text, end)
        return _found("identifier", "identifier.url", tail.end() if tail else end)
    return None


# --- names and identifiers ----------------------------------------------------------------------------------------------
_PART = (
    "UPDATE|Update|No|Nos|NO|Article|Articles|Art|Section|Sections|Sec|Chapter|Chapters|Annex|Appendix|Table|Tables|Figure|Figures|Fig|Figs|Box|Chart|Exhibit|Part|Parts|Page|Pages|Paragraph|Para|Paras|Clause|Schedule|Rule|Rules|Title|Item|Items|"
    "Note|Notes|Footnote|Volume|Vol|Issue|Edition|Book|Lesson|Module|Unit|Step|Stage|Phase|Level|Levels|Tier|Class|Category|Grade|Type|Group|Series|Version|Option|Round|Week|Day|Game|Match|Question|Act|"
    "Directive|Regulation|Decree|Resolution|Order|Circular|Bill|Law|Proposition|Protocol|Case|File|Docket|Release|Bulletin|Report|Brief|Paper|Notice|Ordinance|Amendment|Goal|Convention|Recommendation|Standard|"
    "Route|Highway|Motorway|Interstate|Road|Junction|Exit|Gate|Terminal|Pier|Platform|Runway|Line|Lines|Zone|Area|District|Ward|Sector|Plot|Block|Building|Room|Floor|Suite|Apartment|Flat|Ring|Km|Mile|"
    "Flight|Train|Bus|Channel|Radio|Boeing|Airbus|Apollo|Falcon|Ariane|Windows|iPhone|iPad|Galaxy|Pixel|Xbox|PlayStation|Model|Formula|Form|Forms|Schedule|Division|Ligue|Serie|Liga|Bundesliga|League|Euro|Expo|Agenda|Vision|"
    "Forecast|Horizon|Catch|Ocean|Covid|COVID|Pillar|Track|Team|Studio|Bay|Pier|Hall|Court|Stand|Lot|Batch|Catalog|Catalogue|ISO|IFRS|IAS|FRS|GAAP|ASC|UN|Euro|Basel|MiFID|Scope|Reihe|Fachserie|Hole|Well|Reactor|Mark|Size|"
    "Station|Camp|Tower|Pod|Super|Studio|Motion|Measure|Amendment|Q|Slide|Exam|Paper|Year|Grades|Years|Under|Cycle|Wave|Variant|Sol|Soyuz|Chang[’']?e|Shenzhou|Tiangong|Chandrayaan|Artemis|Starlink|Release|Map|Appendices|Lodge|Local|Chapter|Angle"
)  # fmt: skip
_NAMED_PART = re.compile(rf"(?<![\w])(?:{_PART})s?\.?(?: No\.?| number| \((?:EU|EC|EEC|UN)\)(?: No\.?)?)?[ \u00a0-]\(?\Z")
_LOWER_PART = re.compile(
    r"(?<![\w])(?:page|pages|pp?\.|p|section|sections|article|articles|chapter|chapters|table|tables|figure|figures|fig\.|box|para\.?|paras\.?|paragraph|paragraphs|line|clause|annex|appendix|vol\.|volume|issue|no\.|nos\.|"
    r"junction|gate|platform|level|levels|phase|stage|tier|class|grade|grades|category|type|types|version|item|footnote|note|ext\.|extension|code|room|channel|flight|route|step|chapter|under-|day|week|rule|part|lines|scope|"
    r"question|option|model|article|size|scp|article|series|episode|season|game|verse|psalm|unit|reactor|block|terminal|interstate|highway|exit|mile|pier|gate|lot|hole|round)[ \u00a0]\Z"
)
_INDEX = re.compile(
    r"(?<![\w])(?:S&P(?:/\w+| Global| MidCap| SmallCap)?|Nifty|BSE|CAC|DAX|MDAX|TecDAX|FTSE|STOXX|Stoxx|Stoxx Europe|Euro Stoxx|EURO STOXX|CSI|Nasdaq|Nasdaq-|NASDAQ|Nikkei|Nikkei-|Russell|Dow|SSE|Star|STAR|ChiNext|ASX|S&P/ASX|TSX|S&P/TSX|NZX|Topix|TOPIX|IBEX|Ibex|"
    r"AEX|SMI|OMX|OMXS|WIG|BIST|JSE Top|Top|MSCI|IPC|KOSPI|Kosdaq|VN|HNX|SET|EGX|ISEQ|Fortune|Forbes|Global|Inc\.?|Sensex|PSI|PX|BUX|OBX|KSE|KSE-|DSE|DSEX|Tadawul|NSE|NSE-|Hang Seng|Hang Seng Tech|IDX|LQ|FTSE Straits Times|Group of|the Group of)[ \u00a0-]?\Z"
)
_NAME_BEFORE = re.compile(r"(?<![\w.])([A-Z][\w’'&.+-]*)[ \u00a0]\Z")
_ALNUM_NAME = re.compile(r"[A-Za-z][\w.’'-]*-\Z|[A-Za-z]\w*\Z")
_MODEL_TAIL = re.compile(r"[ \u00a0](?:MAX|Max|Pro|Plus|Ultra|Mini|mini|neo|Neo|NEO|XT|GT|RS|Air)\b")
_HYPHENATED = re.compile(r"[A-Za-z0-9]*[A-Z][A-Za-z0-9]*[-–‑/]\Z")
_SLASH = re.compile(r"\d{1,6}(?:/\d{1,6}){1,3}(?:/[A-Z]{2,6}\d{0,3})?(?![\d%])")
_DASHED_CODE = re.compile(r"\d{1,5}(?:[-–]\d{1,5}){2,6}(?!\d)")
_SCORE = re.compile(
    r"\d{1,3}[-–]\d{1,3}(?![\d%.,]*\d|[%\w]|[-–]|[ ](?:per|percent|million|billion|trillion|thousand|days?|weeks?|months?|years?|hours?|minutes?|km|kg|metres?|meters?|tonnes?|tons?))"
)
_SCORE_CUE = re.compile(
    r"(?i)\b(?:won|win|wins|beat|beats|beating|lost|lose|loses|drew|draw|draws|defeat|defeated|defeating|victory|score|scored|scoreline|lead|led|leading|trail|trailed|friendly|final|play-off|playoff|match|trounced|edged|thrashed|aggregate|penalties|tie|semi-final|level|record|voted|vote)\b[^\n.]{0,60}\Z"
)
_AGE_AFTER = re.compile(r"[,;]|[ \u00a0-](?:years? (?:old|of age)|year-olds?|yo\b|y/o\b|-year-old)")
_PERSON_BEFORE = re.compile(
    r"(?:(?<![\w])(?!January|February|March|April|May|June|July|August|September|October|November|December)[A-Z][\w’'.-]+|[a-z]+),[ \u00a0]\Z"
)
_OLD = re.compile(r"[ \u00a0-](?:and a half[ -])?(?:year|month|week|day)s?[ \u00a0-](?:old|olds|of age)\b|[- ]?y/?o\b")
_AGED = re.compile(
    r"(?i)\b(?:aged?|ages|age of|turn(?:ed|s|ing)?|under-|over-|turning|at age)(?: (?:between|over|under|above|below|of|at least))? \Z|\b(?:under|over)-\Z"
    r"|\b(?:children|people|adults|women|men|those|anyone|persons|everyone|girls|boys|workers|population|voters|residents|patients|infants|kids|youngsters|citizens) (?:(?:aged?|who are) )?(?:under|over|below|above|from|between) \Z"
)
_IS_AGED = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Ii]|[Ww]ho) (?:is|was|will be|would be|would have been|turns|turned) (?:now |only |just |almost |nearly )?\Z"
)
_AFTER_AGE = re.compile(r"[.,;)\n]| (?:when|and|in|on|at|this|next|last|but|years)\b")
_AGE_RANGE = re.compile(r"\d{1,2}(?: to |[-–]| and )\d{1,2}")


def glued_before(text: str, start: int, end: int) -> Explained | None:
    """Letters glued before: ``COVID-19``, ``G20``, ``A321``."""
    before = text[start - 1] if start else " "
    if (
        before in _LETTERS
        or before in "_#@"
        or (before == "." and start > 1 and text[start - 2].isalpha() and text[start - 2].isascii())
    ):
        return _found("name", "name.glued", _token_end(text, end))
    if before in "-–‑/" and start > 1 and text[start - 2].isalnum():
        left = start - 1
        while left and (text[left - 1].isalnum() or text[left - 1] in "-–‑/"):
            left -= 1
        word = text[left : start - 1]
        if any(c.isalpha() for c in word):
            return _found("name", "name.hyphenated", _token_end(text, end))
    return None


def glued_behind(text: str, start: int, end: int) -> Explained | None:
    """Letters glued behind: ``5G``, ``787s``, ``4x4``, ``787-9``; or a sign that dials: ``*334#``."""
    after = text[end] if end < len(text) else " "
    if after.isalpha() and not (after.lower() in "sx" and not text[end + 1 : end + 2].isalpha() and after in "sx"):
        return _found("name", "name.model", _token_end(text, end))
    if after == "-" and text[end + 1 : end + 2].isupper() and text[end + 2 : end + 3].isdigit():
        return _found("identifier", "identifier.code", _token_end(text, end))
    if _MODEL_TAIL.match(text, end) or (after in "xX" and text[end + 1 : end + 2].isdigit()):
        return _found("name", "name.model", _token_end(text, end))
    if after == "#" or text[start - 1 : start] in ("*", "#") and text[start - 2 : start - 1] in (" ", "("):
        return _found("identifier", "identifier.dialed", end)
    if after == "-" and end - start == 3 and text[start:end].isdigit() and (match := _MODEL.match(text, end)):
        return _found("name", "name.model", match.end())
    return None


_MODEL = re.compile(r"-\d{1,2}(?:[A-Z]{1,3}|ER|XWB)?s?(?![\w%])(?!\.\d)")


def _token_end(text: str, end: int) -> int:
    size = len(text)
    while end < size and (text[end].isalnum() or (text[end] in "-.–/_:" and end + 1 < size and text[end + 1].isalnum())):
        end += 1
    return end


def slashed(text: str, start: int, end: int) -> Explained | None:
    """``2023/1791``, ``07/24``, ``24/7``, ``98-10-0240-01``, ``25-7``: numbers of documents and codes."""
    if end < len(text) and text[end] in "/-–":
        match = _SLASH.match(text, start)
        if match and match.end() > end:
            return _found("identifier", "identifier.slashed", match.end())
        match = _DASHED_CODE.match(text, start)
        if match and match.end() > end:
            return _found("identifier", "identifier.dashed", match.end())
    return None


def score(text: str, start: int, end: int) -> Explained | None:
    """``won 2-1``, ``a 3-0 win``, ``voted 5-1``."""
    if end >= len(text) or text[end] not in "-–":
        return None
    match = _SCORE.match(text, start)
    if match is None:
        return None
    low, high = re.split("[-–]", match[0])
    if _SCORE_CUE.search(text, max(0, start - 70), start) or re.match(
        r" (?:win|victory|defeat|loss|draw|vote|majority|lead|record|friendly|scoreline|thrashing|aggregate|home|away|ruling|decision)\b",
        text[match.end() : match.end() + 12],
    ):
        return _found("identifier", "identifier.score", match.end())
    if int(low) > int(high) and len(low) <= 2:
        return _found("identifier", "identifier.score", match.end())
    return None


def named_part(text: str, start: int, end: int) -> Explained | None:
    """``Article 20``, ``Phase 3``, ``Nifty 50``, ``page 3``, ``Table 4``, ``Directive (EU) 2019/1023``."""
    low = max(0, start - 36)
    if _INDEX.search(text, low, start):
        return _found("name", "name.index", end)
    if _NAMED_PART.search(text, low, start):
        return _found("name", "name.part", _more_parts(text, end))
    if _LOWER_PART.search(text, low, start):
        return _found("identifier", "identifier.part", _more_parts(text, end))
    return None


def _numbered_notes(text: str, start: int, number: int) -> bool:
    """Whether a line that begins with a bare number is a note: the first after a blank or ``Notes`` line, or one after its forerunner."""
    if number == 1:
        return (
            text.startswith("\n2 ", text.find("\n", start))
            or text[max(0, start - 2) : start] == "\n\n"
            or bool(re.search(r"(?i)notes?:?\n\Z", text[max(0, start - 12) : start]))
        )
    return f"\n{number - 1} " in text[:start]


_MORE_PARTS = re.compile(
    r"(?:(?:-|–|, | to | and | or |, and )\d{1,4}[a-z]?(?![\w%]|[.,]\d)(?! (?:per|percent|million|billion|people)\b)){1,8}"
)


def _more_parts(text: str, end: int) -> int:
    """Take in the rest of ``pages 4 to 5``, ``Articles 20, 21 and 22``."""
    end = _token_end(text, end)
    more = _MORE_PARTS.match(text, end)
    return more.end() if more else end


_TICKER = re.compile(r"\.[A-Z]{1,3}(?![A-Za-z])")
_ID_CUE = re.compile(
    r"(?:\bIDs?|\bRef|\bref|\b[Rr]eference|\bISBN|\bISSN|\bDOI|\bdoi|\bCIN|\bISIN|\bPIN|\bcode|\bCode|\bSMS|\baccount|\bserial|\bPO Box|\bP\.O\. Box|\bCAS|\bpatent|\bPatent)(?: (?:no|No|number)\.?)?[:#]? ?\Z"
)


def code(text: str, start: int, end: int) -> Explained | None:
    """``000660.KS``, ``0142``: digits with a leading zero or a market suffix."""
    if text[start] == "0" and end - start > 1 and text[start:end].isdigit():
        tail = _TICKER.match(text, end)
        return _found("identifier", "identifier.code", tail.end() if tail else end)
    if _ID_CUE.search(text, max(0, start - 24), start):
        return _found("identifier", "identifier.cued", _token_end(text, end))
    if text[end : end + 1] == "." and end - start >= 4 and (tail := _TICKER.match(text, end)):
        return _found("identifier", "identifier.ticker", tail.end())
    return None


_COMPOUND = re.compile(r"-(?!odd\b|plus\b)[a-z]{2,}")


def compound(text: str, start: int, end: int) -> Explained | None:
    """``two-wheeler``, ``six-member``: a number word that makes an adjective counts nothing by itself."""
    if text[start].isalpha() and _COMPOUND.match(text, end):
        return _found("name", "name.compound", end)
    return None


def list_mark(text: str, start: int, end: int) -> Explained | None:
    """``2.`` or ``3)`` or ``(3)`` at the start of a line, ``(2)`` before a word, ``Q1.``."""
    if end - start > 3 or not text[start:end].isdigit():
        return None
    before = text[max(0, start - 2) : start]
    line_start = (
        not start or text[start - 1] == "\n" or text[text.rfind("\n", 0, start) + 1 : start].strip(" \t\u00a0•*-–#>(") == ""
    )
    after = text[end : end + 2]
    if line_start and len(after) >= 1 and after[0] in ".):" and (len(after) == 1 or after[1] in " \t\n\u00a0"):
        return _found("list_mark", "list.line", end)
    if (
        line_start
        and after[:1] == " "
        and text[end + 1 : end + 2].isupper()
        and _numbered_notes(text, start, int(text[start:end]))
    ):
        return _found("footnote", "footnote.note", end)
    if before.endswith("(") and after[:1] == ")" and end - start <= 2 and re.match(r"\) +[A-Za-z]", text[end : end + 3]):
        return _found("list_mark", "list.parenthesis", end)
    if line_start and before[-1:] in ("[", "(") and after[:1] in ("]", ")"):
        return _found("footnote", "footnote.bracket", end)
    return None


def footnote(text: str, start: int, end: int) -> Explained | None:
    """A mark glued to a word or its punctuation: ``economy,1 fueled``, ``(DDT).2 In``, ``[5]``."""
    if start < 2 or end - start > 3:
        return None
    before, earlier = text[start - 1], text[start - 2]
    after = text[end : end + 1]
    if before in "[" and after == "]":
        return _found("footnote", "footnote.bracket", end)
    if (
        before in ".,;:!?)”\"’'"
        and not earlier.isspace()
        and (not after or after in " \n\t\u00a0,.;:)—–-")
        and not (before in ".,:" and earlier.isdigit() and _plain_number_before(text, start - 2))
    ):
        return _found("footnote", "footnote.glued", end)
    return None


def _plain_number_before(text: str, at: int) -> bool:
    """Whether the digits that end at ``at`` are a number on their own (``1.5``), not the year before a mark (``2023,1``)."""
    left = at
    while left and text[left - 1].isdigit():
        left -= 1
    return at - left + 1 != 4


def age(text: str, start: int, end: int) -> Explained | None:
    """``Rosa Lee, 54, said``, ``aged 71``, ``a 31-year-old``, ``16 to 24-year-olds``."""
    if end - start > 3 and not text[start].isalpha():
        return None
    if _OLD.match(text, end):
        return _found("identifier", "age.old", end)
    if (
        text[start].isdigit()
        and text[end : end + 1] in (",", ";", ".", ")", "\n")
        and 1 < end - start < 4
        and text[start:end].isdigit()
        and 15 <= int(text[start:end]) <= 115
        and text[end + 1 : end + 2] in (" ", "\n", "")
        and _PERSON_BEFORE.search(text, max(0, start - 30), start)
    ):
        name = re.search(r"([A-Z][\w’'.-]+)(?: [A-Z][\w’'.-]+)*, \Z", text[max(0, start - 40) : start])
        if name and text[end] == "," and not re.match(r", \d", text[end : end + 3]):
            return _found("identifier", "age.apposition", end)
    if (
        _AGED.search(text, max(0, start - 24), start)
        or _IS_AGED.search(text, max(0, start - 24), start)
        and _AFTER_AGE.match(text, end)
    ):
        span = _AGE_RANGE.match(text, start)
        return _found("identifier", "age.aged", span.end() if span else end)
    return None


_UNIT_OF_TIME = (
    r"(?:(?:full|whole|more|consecutive|straight|successive|working|business|calendar|trading|additional|extra|long|short|past|further|good|fiscal|financial|weekly|monthly|quarterly|other|different|non-consecutive|solid|light|school|"
    r"additional|intense|hot|rainy|uneven|grueling|remaining|bank|or more|or so|odd)[ -]){0,3}"
    r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|fortnights?|months?|years?|yrs?|quarters?|decades?|centur(?:y|ies)|millenni(?:a|um)|weekends?|nights?|evenings?|mornings?|generations?|semesters?|terms?|sols?|milliseconds?|microseconds?|"
    r"nanoseconds?|quarter-hours?|half-years?|mth|mths|wks?)(?![\w])"
)
_DURATION = re.compile(rf"(?:[ \u00a0\n-]|(?: or more| or so|-odd|-plus)[ -]){_UNIT_OF_TIME}", re.IGNORECASE)
_DAY_NAME = re.compile(r"[ \u00a0](?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b")
_SECONDS_SHORT = re.compile(r"(?:s|h|hr|min|ms)(?![\w])")


def duration(text: str, start: int, end: int) -> Explained | None:
    """``52 weeks``, ``12 consecutive years``, ``10-year``: rows of dates, no figures."""
    match = _DURATION.match(text, end)
    if match is None:
        match = _DAY_NAME.match(text, end)
    if match is None:
        return None
    return _found("date", "date.duration", match.end())


_YEAR = re.compile(r"(?:1[5-9]\d\d|20\d\d|2100)(?![\d,]\d|\d)")
_YEAR_SPAN = re.compile(r"[-–/](?:\d{4}|\d{2})(?![\d%])(?!\.\d)")
_HEADCOUNT = re.compile(
    r" (?:(?:new|more|additional|other|extra|local|foreign|full-time|young|armed) )?(?:people|staff|workers|jobs|employees|companies|firms|homes|cars|vehicles|participants|members|stores|units|cases|deaths|students|households|troops|soldiers|"
    r"officers|patients|beds|shops|tickets|families|visitors|delegates|engineers|volunteers|respondents|residents|trucks|buses|planes|men|women|children|megawatts|boxes|copies|passengers|points|words|pages|hectares|acres|houses|prisoners|migrants)\b"
)
_YEAR_LEAD = re.compile(
    r"(?i)(?:^|\b(?:in|since|of|the|by|from|until|before|after|for|during|to|and|its|their|late|early|mid|may|june|july|march|april|august|september|october|november|december|january|february)[ \u00a0-]|’s |'s )\Z"
)
_NO_YEAR_AFTER = re.compile(
    r"[ \u00a0](?!and\b|or\b|to\b|in\b|on\b|by\b|for\b|with\b|when\b|that\b|which\b|was\b|is\b)[a-z]{3,}s\b(?! (?:of|in|at|to)\b)"
)


def bare_year(text: str, start: int, end: int) -> Explained | None:
    """Four digits from 1500 to 2100 without separators: a year, whether or not the date reader took it."""
    if end - start != 4 or not _YEAR.match(text, start):
        return None
    if (more := _YEAR_SPAN.match(text, end)) is not None:
        return _found("date", "date.years", more.end())
    if _HEADCOUNT.match(text, end) and not _YEAR_LEAD.search(text, max(0, start - 9), start):
        return None
    if text[end : end + 1] in ("s", "E", "e", "F", "f") and not text[end + 1 : end + 2].isalpha():
        return _found("date", "date.year", end + 1)
    return _found("date", "date.year", end)


def month_day(text: str, start: int, end: int) -> Explained | None:
    """A day beside a month that the date reader has not taken: ``15 May``, ``May 15``."""
    if end - start > 2:
        return None
    after = re.compile(r"(?:st|nd|rd|th)?[ \u00a0-](?:of )?([A-Za-z]{3,9})").match(text, end)
    if after and after[1].lower() in MONTHS and after[1][0].isupper():
        return _found("date", "date.day", end)
    before = re.compile(r"([A-Za-z]{3,9})\.?[ \u00a0]\Z").search(text, max(0, start - 12), start)
    if (
        before
        and before[1].lower() in MONTHS
        and before[1][0].isupper()
        and text[start:end].isdigit()
        and int(text[start:end]) <= 31
        and text[end : end + 1] not in "%"
    ):
        return _found("date", "date.day", end)
    return None


def hard_explain(text: str, start: int, end: int, before: str, after: str) -> Explained | None:
    """Clock times, addresses and phone numbers, which no unit behind them can overrule; ``before`` and ``after`` are the characters around.

    The neighbors decide which rule is worth trying, since this runs on every numeral.
    """
    following = text[end + 1 : end + 2]
    if (
        after == ":"
        or after in "apAPhG"
        or (after == "." and following.isdigit())
        or (after in " \u00a0-–" and following in _CLOCK_LETTERS)
    ):
        if (found := clock_time(text, start, end)) is not None:
            return found
    if "." in text[start:end] and after in " \u00a0apAP" and (found := clock_time(text, start, end)) is not None:
        return found
    if (before in "./@-_=&?%" or before.isalpha()) and (found := web_address(text, start, end)) is not None:
        return found
    if (
        before in "+("
        or text[start] == "0"
        or (after in " \u00a0-)" and following.isdigit())
        or (after == ")" and end - start < 5)
    ):
        return phone_number(text, start, end)
    return None


_CLOCK_LETTERS = frozenset("apAPoGUEBCIJhHlnt0123456789")
# For numerals without currency, percent or unit, in this order.
SOFT_RULES: tuple[Rule, ...] = (
    compound,
    footnote,
    list_mark,
    glued_before,
    slashed,
    score,
    glued_behind,
    code,
    named_part,
    age,
    bare_year,
    month_day,
)


def explain(text: str, start: int, end: int, rules: tuple[Rule, ...] = SOFT_RULES) -> Explained | None:
    """The first rule that knows what the numeral ``text[start:end]`` is, None where no rule does."""
    for rule in rules:
        if found := rule(text, start, end):
            return found
    return None
