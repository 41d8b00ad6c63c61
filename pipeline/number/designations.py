"""Numerals that are part of a name, an identifier or a code: ``G20``, ``Article 20``, ``2023/1791``, ``won 2-1``."""

from __future__ import annotations

import re

from pipeline.number.explained import Explained

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
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
_MODEL_TAIL = re.compile(r"[ \u00a0](?:MAX|Max|Pro|Plus|Ultra|Mini|mini|neo|Neo|NEO|XT|GT|RS|Air)\b")
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


_NAMED_WORD = re.compile(r"(?<![\w])(?:Group of|Big|Magnificent|Club of)[ \u00a0]\Z")


def named_word(text: str, start: int, end: int) -> Explained | None:
    """``Group of Twenty``, ``Big Four``: a capitalized number word that is part of a name."""
    if text[start].isupper() and _NAMED_WORD.search(text, max(0, start - 14), start):
        return Explained("name", "name.word", end)
    return None
