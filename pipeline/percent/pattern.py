"""What a percentage looks like beyond its sign: bare ``points``, and parts of a point."""

from __future__ import annotations

import re

from pipeline.number.reading import Reading
from pipeline.number.sentence import distance, sentence_around

_INDEX_WORDS = re.compile(
    r"(?i)\b(?:ind(?:ex|ices)|S&P(?: 500)?|Nasdaq|Dow(?: Jones)?|Nikkei|FTSE|DAX|CAC|KOSPI|Kosdaq|Sensex|"
    r"Nifty|Hang Seng|Topix|Stoxx|NZX|ASX|IBEX|Ibovespa|Bovespa|CSI|PSEi|TSX|TAIEX|Straits Times Index|"
    r"benchmark|bourse|PMI|confidence|sentiment|barometer|gauge|indicator|score[sd]?|league|game|season|"
    r"championship|match|reading|"
    r"optimism|composite|shares|stocks|half-time|halftime|draw|games|won|beat|trailing|trailed|rebounds|standings|playoffs?)\b"
)
_RATE_WORDS = re.compile(
    r"(?i)%|\b(?:per ?cent|pct|percentage|rates?|share|ratio|margin|unemployment|inflation|growth|yield|"
    r"turnout|polls?|lead|approval|"
    r"support|proportion|occupancy|penetration|households|shortfall|cut|hike|ownership|tariffs?|tax|GDP)\b"
)
# "37.65 points, or 0.2 per cent": points of an index, restated in percent.
_RESTATED = re.compile(r",? (?:or|\()[ ]?\d[\d.]* ?(?:%|per)")
# More points than a rate moves by.
_MANY_POINTS = 60
# "Fell two-tenths, to 5.8 percent": of a point.
OF_PERCENT = re.compile(r",? to (?:a \w+ )?\d[\d.]* ?(?:%|per ?cent)")


# "A point above the national rate", "crept up a point": of percent where the sentence speaks of percent.
_POINT_COMPARED = re.compile(r" (?:above|below|higher|lower|up|down|more|less|better|worse|faster|slower|ahead|short)\b")
_POINT_MOVED = re.compile(
    r"\b(?:up|down|by|rose|fell|gained|lost|added|shed|slipped|climbed|edged|dropped|"
    r"rise of|fall of|gain of|drop of|increase of) \Z"
)
_PERCENT_NEAR = re.compile(r"%|\bper ?cent\b")


def is_point_of_change(text: str, start: int, end: int) -> bool:
    """Whether ``a point``, ``a full point`` at ``text[start:end]`` is a percentage point: it compares or moves a rate nearby."""
    if not (_POINT_COMPARED.match(text, end) or _POINT_MOVED.search(text, max(0, start - 20), start)):
        return False
    return _PERCENT_NEAR.search(text, max(0, start - 120), min(len(text), end + 60)) is not None


def settle_points(text: str, reading: Reading) -> None:
    """``points``: of an index where its name or ``index`` stands nearest, else percentage points.

    An index counts in points, so its number alone is the span; ``points`` of percent belong to theirs.
    """
    left, right = sentence_around(text, reading.start, reading.end)
    index = distance(_INDEX_WORDS, text, left, reading.start, reading.end, right)
    rate = distance(_RATE_WORDS, text, left, reading.start, reading.end, right)
    many = reading.numeral.value > _MANY_POINTS
    if reading.numeral.form != "fraction" and (many or index < rate or _RESTATED.match(text, reading.end)):
        end = reading.numeral.end if reading.high is None else reading.end
        reading.be("quantity", "point", "quantity.point", end)
    else:
        reading.unit, reading.rule = "percentage_point", "percent.point"
