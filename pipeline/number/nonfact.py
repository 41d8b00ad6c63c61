"""Numerals that are no figures: named rules that say what a bare numeral is instead.

Each rule looks at the numeral and the few characters around it. The rules run only on numerals that carry no currency, percent
sign or unit; what no unit can overrule is in ``contact``.
"""

from __future__ import annotations

import re

from pipeline.number.calendar_words import FULL_MONTHS, MONTHS
from pipeline.number.explained import Explained, Rule

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

# --- names and identifiers ----------------------------------------------------------------------------------------------
_PART = (
    "UPDATE|Update|No|Nos|NO|Article|Articles|Art|Section|Sections|Sec|Chapter|Chapters|Annex|Appendix|"
    "Table|Tables|Figure|Figures|Fig|Figs|Box|Chart|Exhibit|Part|Parts|Page|Pages|Paragraph|Para|Paras|"
    "Clause|Schedule|Rule|Rules|Title|Item|Items|"
    "Note|Notes|Footnote|Volume|Vol|Issue|Edition|Book|Lesson|Module|Unit|Step|Stage|Phase|Level|Levels|"
    "Tier|Class|Category|Grade|Type|Group|Series|Version|Option|Round|Week|Day|Game|Match|Question|Act|"
    "Directive|Regulation|Decree|Resolution|Order|Circular|Bill|Law|Proposition|Protocol|Case|File|"
    "Docket|Release|Bulletin|Report|Brief|Paper|Notice|Ordinance|Amendment|Goal|Convention|"
    "Recommendation|Standard|"
    "Route|Highway|Motorway|Interstate|Road|Junction|Exit|Gate|Terminal|Pier|Platform|Runway|Line|Lines|"
    "Zone|Area|District|Ward|Sector|Plot|Block|Building|Room|Floor|Suite|Apartment|Flat|Ring|Km|Mile|"
    "Flight|Train|Bus|Channel|Radio|Boeing|Airbus|Apollo|Falcon|Ariane|Windows|iPhone|iPad|Galaxy|Pixel|"
    "Xbox|PlayStation|Model|Formula|Form|Forms|Schedule|Division|Ligue|Serie|Liga|Bundesliga|League|Euro|"
    "Expo|Agenda|Vision|"
    "Forecast|Horizon|Catch|Ocean|Covid|COVID|Pillar|Track|Team|Studio|Bay|Pier|Hall|Court|Stand|Lot|"
    "Batch|Catalog|Catalogue|ISO|IFRS|IAS|FRS|GAAP|ASC|UN|Euro|Basel|MiFID|Scope|Reihe|Fachserie|Hole|"
    "Well|Reactor|Mark|Size|"
    "Station|Camp|Tower|Pod|Super|Studio|Motion|Measure|Amendment|Q|Slide|Exam|Paper|Year|Grades|Years|"
    "Under|Cycle|Wave|Variant|Sol|Soyuz|Chang[’']?e|Shenzhou|Tiangong|Chandrayaan|Artemis|Starlink|"
    "Release|Map|Appendices|Lodge|Local|Chapter|Angle"
)
_NAMED_PART = re.compile(rf"(?<![\w])(?:{_PART})s?\.?(?: No\.?| number| \((?:EU|EC|EEC|UN)\)(?: No\.?)?)?[ \u00a0-]\(?\Z")
_LOWER_PART = re.compile(
    r"(?<![\w])(?:page|pages|pp?\.|p|section|sections|article|articles|chapter|chapters|table|tables|"
    r"figure|figures|fig\.|box|para\.?|paras\.?|paragraph|paragraphs|line|clause|annex|appendix|vol\.|"
    r"volume|issue|no\.|nos\.|"
    r"junction|gate|platform|level|levels|phase|stage|tier|class|grade|grades|category|type|types|version|"
    r"item|footnote|note|ext\.|extension|code|room|channel|flight|route|step|chapter|under-|day|week|rule|"
    r"part|lines|scope|"
    r"question|option|model|article|size|scp|article|series|episode|season|game|verse|psalm|unit|reactor|"
    r"block|terminal|interstate|highway|exit|mile|pier|gate|lot|hole|round)[ \u00a0]\Z"
)
_INDEX = re.compile(
    r"(?<![\w])(?:S&P(?:/\w+| Global| MidCap| SmallCap)?|Nifty|BSE|CAC|DAX|MDAX|TecDAX|FTSE|STOXX|Stoxx|"
    r"Stoxx Europe|Euro Stoxx|EURO STOXX|CSI|Nasdaq|Nasdaq-|NASDAQ|Nikkei|Nikkei-|Russell|Dow|SSE|Star|"
    r"STAR|ChiNext|ASX|S&P/ASX|TSX|S&P/TSX|NZX|Topix|TOPIX|IBEX|Ibex|"
    r"AEX|SMI|OMX|OMXS|WIG|BIST|JSE Top|Top|MSCI|IPC|KOSPI|Kosdaq|VN|HNX|SET|EGX|ISEQ|Fortune|Forbes|"
    r"Global|Inc\.?|Sensex|PSI|PX|BUX|OBX|KSE|KSE-|DSE|DSEX|Tadawul|NSE|NSE-|Hang Seng|Hang Seng Tech|IDX|"
    r"LQ|FTSE Straits Times|Group of|the Group of)[ \u00a0-]?\Z"
)
_NAME_BEFORE = re.compile(r"(?<![\w.])([A-Z][\w’'&.+-]*)[ \u00a0]\Z")
_ALNUM_NAME = re.compile(r"[A-Za-z][\w.’'-]*-\Z|[A-Za-z]\w*\Z")
_MODEL_TAIL = re.compile(r"[ \u00a0](?:MAX|Max|Pro|Plus|Ultra|Mini|mini|neo|Neo|NEO|XT|GT|RS|Air)\b")
_HYPHENATED = re.compile(r"[A-Za-z0-9]*[A-Z][A-Za-z0-9]*[-–‑/]\Z")
_SLASH = re.compile(r"\d{1,6}(?:/\d{1,6}){1,3}(?:/[A-Z]{2,6}\d{0,3})?(?![\d%])")
_DASHED_CODE = re.compile(r"\d{1,5}(?:[-–]\d{1,5}){2,6}(?!\d)")
_SCORE = re.compile(
    r"\d{1,3}[-–]\d{1,3}(?![\d%.,]*\d|[%\w]|[-–]|[ ](?:per|percent|million|billion|trillion|thousand|"
    r"days?|weeks?|months?|years?|hours?|minutes?|km|kg|metres?|meters?|tonnes?|tons?))"
)
_SCORE_CUE = re.compile(
    r"(?i)\b(?:won|win|wins|beat|beats|beating|lost|lose|loses|drew|draw|draws|defeat|defeated|defeating|"
    r"victory|score|scored|scoreline|lead|led|leading|trail|trailed|friendly|final|play-off|playoff|match|"
    r"trounced|edged|thrashed|aggregate|penalties|tie|semi-final|level|record|voted|vote|passed|approved|"
    r"rejected|backed|opposed)\b[^\n.]{0,60}\Z"
)
_AGE_AFTER = re.compile(r"[,;]|[ \u00a0-](?:years? (?:old|of age)|year-olds?|yo\b|y/o\b|-year-old)")
_PERSON_BEFORE = re.compile(
    rf"(?:(?<![\w])(?!{'|'.join(month.title() for month in FULL_MONTHS)})[A-Z][\w’'.-]+|[a-z]+),[ \u00a0]\Z"
)
_OLD = re.compile(r"[ \u00a0-](?:and a half[ -])?(?:year|month|week|day)s?[ \u00a0-](?:old|olds|of age)\b|[- ]?y/?o\b")
_AGED = re.compile(
    r"(?i)\b(?:aged?|ages|age of|turn(?:ed|s|ing)?|under-|over-|turning|at age)(?: (?:between|over|under|"
    r"above|below|of|at least))? \Z|\b(?:under|over)-\Z"
    r"|\b(?:children|people|adults|women|men|those|anyone|persons|everyone|girls|boys|workers|population|"
    r"voters|residents|patients|infants|kids|youngsters|citizens) (?:(?:aged?|who are) )?(?:under|over|"
    r"below|above|from|between) \Z"
)
_IS_AGED = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Ii]|[Ww]ho) (?:is|was|will be|would be|would have been|turns|turned) (?:now |"
    r"only |just |almost |nearly )?\Z"
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
        return Explained("name", "name.glued", _token_end(text, end))
    if before in "-–‑/" and start > 1 and text[start - 2].isalnum():
        left = start - 1
        stop = max(0, left - _LONGEST_TOKEN)
        while left > stop and (text[left - 1].isalnum() or text[left - 1] in "-–‑/"):
            left -= 1
        word = text[left : start - 1]
        if any(c.isalpha() for c in word):
            return Explained("name", "name.hyphenated", _token_end(text, end))
    return None


def glued_behind(text: str, start: int, end: int) -> Explained | None:
    """Letters glued behind: ``5G``, ``787s``, ``4x4``, ``787-9``; or a sign that dials: ``*334#``."""
    after = text[end] if end < len(text) else " "
    if after.isalpha() and not (after.lower() in "sx" and not text[end + 1 : end + 2].isalpha() and after in "sx"):
        return Explained("name", "name.model", _token_end(text, end))
    if after == "-" and text[end + 1 : end + 2].isupper() and text[end + 2 : end + 3].isdigit():
        return Explained("identifier", "identifier.code", _token_end(text, end))
    if _MODEL_TAIL.match(text, end) or (after in "xX" and text[end + 1 : end + 2].isdigit()):
        return Explained("name", "name.model", _token_end(text, end))
    if after == "#" or (text[start - 1 : start] in ("*", "#") and text[start - 2 : start - 1] in (" ", "(")):
        return Explained("identifier", "identifier.dialed", end)
    if after == "-" and end - start == 3 and text[start:end].isdigit() and (match := _MODEL.match(text, end)):
        return Explained("name", "name.model", match.end())
    return None


_MODEL = re.compile(r"-\d{1,2}(?:[A-Z]{1,3}|ER|XWB)?s?(?![\w%])(?!\.\d)")


# No name or code is longer; beyond it a token is cut, so that hostile text costs no more.
_LONGEST_TOKEN = 60


def _token_end(text: str, end: int) -> int:
    size = min(len(text), end + _LONGEST_TOKEN)
    while end < size and (text[end].isalnum() or (text[end] in "-.–/_:" and end + 1 < size and text[end + 1].isalnum())):
        end += 1
    return end


def slashed(text: str, start: int, end: int) -> Explained | None:
    """``2023/1791``, ``07/24``, ``24/7``, ``98-10-0240-01``, ``25-7``: numbers of documents and codes."""
    if end < len(text) and text[end] in "/-–":
        match = _SLASH.match(text, start)
        if match and match.end() > end:
            return Explained("identifier", "identifier.slashed", match.end())
        match = _DASHED_CODE.match(text, start)
        if match and match.end() > end:
            return Explained("identifier", "identifier.dashed", match.end())
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
        (
            r" (?:win|victory|defeat|loss|draw|vote|majority|lead|record|friendly|scoreline|thrashing|aggregate|"
            r"home|away|ruling|decision)\b"
        ),
        text[match.end() : match.end() + 12],
    ):
        return Explained("identifier", "identifier.score", match.end())
    if int(low) > int(high) and len(low) <= 2:
        return Explained("identifier", "identifier.score", match.end())
    return None


_LONGEST_PART = 4


def named_part(text: str, start: int, end: int) -> Explained | None:
    """``Article 20``, ``Phase 3``, ``Nifty 50``, ``page 3``, ``Table 4``, ``Directive (EU) 2019/1023``."""
    if "," in text[start:end] and end - start > _LONGEST_PART:
        # "The agency will issue 3,400 tags": no part of a name is grouped.
        return None
    low = max(0, start - 36)
    if _INDEX.search(text, low, start):
        return Explained("name", "name.index", end)
    if _NAMED_PART.search(text, low, start):
        return Explained("name", "name.part", _more_parts(text, end))
    if _LOWER_PART.search(text, low, start):
        return Explained("identifier", "identifier.part", _more_parts(text, end))
    return None


def _numbered_notes(text: str, start: int, number: int) -> bool:
    """Whether a line that begins with a bare number is a note: the first after a blank or ``Notes`` line, or a later one."""
    if number == 1:
        return (
            text.startswith("\n2 ", text.find("\n", start))
            or text[max(0, start - 2) : start] == "\n\n"
            or bool(re.search(r"(?i)notes?:?\n\Z", text[max(0, start - 12) : start]))
        )
    return f"\n{number - 1} " in text[max(0, start - 2000) : start]


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
    r"(?:\bIDs?|\bRef|\bref|\b[Rr]eference|\bISBN|\bISSN|\bDOI|\bdoi|\bCIN|\bISIN|\bPIN|\bcode|\bCode|"
    r"\bSMS|\baccount|\bserial|\bPO Box|\bP\.O\. Box|\bCAS|\bpatent|\bPatent)(?: (?:no|No|"
    r"number)\.?)?[:#]? ?\Z"
)


def code(text: str, start: int, end: int) -> Explained | None:
    """``000660.KS``, ``0142``: digits with a leading zero or a market suffix."""
    if text[start] == "0" and end - start > 1 and text[start:end].isdigit():
        tail = _TICKER.match(text, end)
        return Explained("identifier", "identifier.code", tail.end() if tail else end)
    if _ID_CUE.search(text, max(0, start - 24), start):
        return Explained("identifier", "identifier.cued", _token_end(text, end))
    if text[end : end + 1] == "." and end - start >= 4 and (tail := _TICKER.match(text, end)):
        return Explained("identifier", "identifier.ticker", tail.end())
    return None


_COMPOUND = re.compile(r"-(?!odd\b|plus\b)[a-z]{2,}")


def compound(text: str, start: int, end: int) -> Explained | None:
    """``two-wheeler``, ``six-member``: a number word that makes an adjective counts nothing by itself."""
    if text[start].isalpha() and _COMPOUND.match(text, end):
        return Explained("name", "name.compound", end)
    return None


_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?[ \u00a0]{1,3}[A-Z][^\n]{2,90}(?:\n|\Z)")
_NAMED_WORD = re.compile(r"(?<![\w])(?:Group of|Big|Magnificent|Club of)[ \u00a0]\Z")


def section_number(text: str, start: int, end: int) -> Explained | None:
    """``2.1 Capacity`` alone on a line: the number of a heading, which ends in no period."""
    if start and text[start - 1] != "\n":
        return None
    found = _SECTION.match(text, start)
    if found is None or found.group().rstrip().endswith((".", ";", ",")):
        return None
    return Explained("list_mark", "list.section", end)


def named_word(text: str, start: int, end: int) -> Explained | None:
    """``Group of Twenty``, ``Big Four``: a capitalized number word that is part of a name."""
    if text[start].isupper() and _NAMED_WORD.search(text, max(0, start - 14), start):
        return Explained("name", "name.word", end)
    return None


def list_mark(text: str, start: int, end: int) -> Explained | None:
    """``2.`` or ``3)`` or ``(3)`` at the start of a line, ``(2)`` before a word, ``Q1.``."""
    if end - start > 3 or not text[start:end].isdigit():
        return None
    before = text[max(0, start - 2) : start]
    line_start = (
        not start
        or text[start - 1] == "\n"
        or text[max(start - 12, text.rfind("\n", max(0, start - 12), start) + 1) : start].strip(" \t\u00a0•*-–#>(") == ""
    )
    after = text[end : end + 2]
    if line_start and len(after) >= 1 and after[0] in ".):" and (len(after) == 1 or after[1] in " \t\n\u00a0"):
        return Explained("list_mark", "list.line", end)
    if (
        line_start
        and after[:1] == " "
        and text[end + 1 : end + 2].isupper()
        and _numbered_notes(text, start, int(text[start:end]))
    ):
        return Explained("footnote", "footnote.note", end)
    if before.endswith("(") and after[:1] == ")" and end - start <= 2 and re.match(r"\) +[A-Za-z]", text[end : end + 3]):
        return Explained("list_mark", "list.parenthesis", end)
    if line_start and before[-1:] in ("[", "(") and after[:1] in ("]", ")"):
        return Explained("footnote", "footnote.bracket", end)
    return None


def footnote(text: str, start: int, end: int) -> Explained | None:
    """A mark glued to a word or its punctuation: ``economy,1 fueled``, ``(DDT).2 In``, ``[5]``."""
    if start < 2 or end - start > 3:
        return None
    before, earlier = text[start - 1], text[start - 2]
    after = text[end : end + 1]
    if before in "[" and after == "]":
        return Explained("footnote", "footnote.bracket", end)
    if (
        before in ".,;:!?)”\"’'"
        and not earlier.isspace()
        and (not after or after in " \n\t\u00a0,.;:)—–-")
        and not (before in ".,:" and earlier.isdigit() and _plain_number_before(text, start - 2))
    ):
        return Explained("footnote", "footnote.glued", end)
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
        return Explained("identifier", "age.old", end)
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
            return Explained("identifier", "age.apposition", end)
    if _AGED.search(text, max(0, start - 24), start) or (
        _IS_AGED.search(text, max(0, start - 24), start) and _AFTER_AGE.match(text, end)
    ):
        span = _AGE_RANGE.match(text, start)
        return Explained("identifier", "age.aged", span.end() if span else end)
    return None


_UNIT_OF_TIME = (
    r"(?:(?:full|whole|more|consecutive|straight|successive|working|business|calendar|trading|additional|"
    r"extra|long|short|past|further|good|fiscal|financial|weekly|monthly|quarterly|other|different|"
    r"non-consecutive|solid|light|school|"
    r"additional|intense|hot|rainy|uneven|grueling|remaining|bank|or more|or so|odd)[ -]){0,3}"
    r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|fortnights?|months?|years?|yrs?|quarters?|"
    r"decades?|centur(?:y|ies)|millenni(?:a|um)|weekends?|nights?|evenings?|mornings?|generations?|"
    r"semesters?|terms?|sols?|milliseconds?|microseconds?|"
    r"nanoseconds?|quarter-hours?|half-years?|mth|mths|wks?)(?![\w])"
)
_DURATION = re.compile(rf"(?:[ \u00a0\n-]|(?: or more| or so|-odd|-plus)[ -]){_UNIT_OF_TIME}", re.IGNORECASE)
_DAY_NAME = re.compile(r"[ \u00a0](?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b")
_SECONDS_SHORT = re.compile(r"(?:s|h|hr|min|ms)(?![\w])")


def duration(text: str, start: int, end: int) -> Explained | None:
    """``52 weeks``, ``12 consecutive years``, ``10-year``: rows of dates, no figures."""
    match = _DURATION.match(text, end)
    if match is not None and text.startswith((" on year", "-on-year"), match.end()):
        # "An increase of 1.2 million year on year".
        return None
    if match is None:
        match = _DAY_NAME.match(text, end)
    if match is None:
        return None
    return Explained("date", "date.duration", match.end())


_YEAR = re.compile(r"(?:1[5-9]\d\d|20\d\d|2100)(?![\d,]\d|\d)")
_YEAR_SPAN = re.compile(r"[-–/](?:\d{4}|\d{2})(?![\d%])(?!\.\d)")
_HEADCOUNT = re.compile(
    r" (?:(?:new|more|additional|other|extra|local|foreign|full-time|young|armed) )?(?:people|staff|"
    r"workers|jobs|employees|companies|firms|homes|cars|vehicles|participants|members|stores|units|cases|"
    r"deaths|students|households|troops|soldiers|"
    r"officers|patients|beds|shops|tickets|families|visitors|delegates|engineers|volunteers|respondents|"
    r"residents|trucks|buses|planes|men|women|children|megawatts|boxes|copies|passengers|points|words|"
    r"pages|hectares|acres|houses|prisoners|migrants)\b"
)
_YEAR_LEAD = re.compile(
    r"(?i)(?:^|\b(?:in|since|of|the|by|from|until|before|after|for|during|to|and|its|their|late|early|mid|"
    rf"{'|'.join(FULL_MONTHS)})[ \u00a0-]|’s "
    r"|'s )\Z"
)
_NO_YEAR_AFTER = re.compile(
    r"[ \u00a0](?!and\b|or\b|to\b|in\b|on\b|by\b|for\b|with\b|when\b|that\b|which\b|was\b|is\b)[a-z]{3,}s\b(?! (?:of|in|at|to)\b)"
)


def bare_year(text: str, start: int, end: int) -> Explained | None:
    """Four digits from 1500 to 2100 without separators: a year, whether or not the date reader took it."""
    if end - start != 4 or not _YEAR.match(text, start):
        return None
    if (more := _YEAR_SPAN.match(text, end)) is not None:
        return Explained("date", "date.years", more.end())
    if _HEADCOUNT.match(text, end) and not _YEAR_LEAD.search(text, max(0, start - 9), start):
        return None
    if text[end : end + 1] in ("s", "E", "e", "F", "f") and not text[end + 1 : end + 2].isalpha():
        return Explained("date", "date.year", end + 1)
    return Explained("date", "date.year", end)


def month_day(text: str, start: int, end: int) -> Explained | None:
    """A day beside a month that the date reader has not taken: ``15 May``, ``May 15``."""
    if end - start > 2:
        return None
    after = re.compile(r"(?:st|nd|rd|th)?[ \u00a0-](?:of )?([A-Za-z]{3,9})").match(text, end)
    if after and after[1].lower() in MONTHS and after[1][0].isupper():
        return Explained("date", "date.day", end)
    before = re.compile(r"([A-Za-z]{3,9})\.?[ \u00a0]\Z").search(text, max(0, start - 12), start)
    if (
        before
        and before[1].lower() in MONTHS
        and before[1][0].isupper()
        and text[start:end].isdigit()
        and int(text[start:end]) <= 31
        and text[end : end + 1] not in "%"
    ):
        return Explained("date", "date.day", end)
    return None


# For numerals without currency, percent or unit, in this order.
SOFT_RULES: tuple[Rule, ...] = (
    compound,
    footnote,
    section_number,
    list_mark,
    named_word,
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
