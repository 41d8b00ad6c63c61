"""Whether the words around a time point to the future or the past.

A bare ``March`` is last March in news unless the clause looks ahead (``will``, ``is due in``, ``plans to``). The clause is
read backwards from the time, segment by segment; the first segment that says anything decides, and in one segment
what looks ahead outweighs participles (``will get a fully franked dividend``).
"""

from __future__ import annotations

import re
from typing import Literal

from pipeline.date.words import word_set

_AHEAD = word_set(
    "will 'll won't would shall should could may might must expect expects expecting foresee foresees predict predicts "
    "projects due aims aiming targeting scheduled slated sees meets meet meeting next "
    "wants want hopes hope bets intends expires expire odds guides guided guiding price prices priced pricing upcoming awaits "
    "promise promised promises hints signals begins opens starts starting joins tipped forecasts likely chance likelihood "
    "probability see pencils once "
    "assume assumes envisages needs"
)
#: Words that look ahead only behind a form of ``be`` (``is forecast``, ``are set``).
_AHEAD_BEHIND_BE = word_set("forecast expected projected seen set to targeted planned predicted")
_BE = word_set("is are was were be been being")
#: ``to`` and one of these is a purpose or a plan; ``to`` and a number or a name is not.
_AHEAD_BEHIND_TO = word_set(
    "be start begin open close end reach rise fall raise cut lift join launch meet compensate drift take hit complete "
    "finish publish "
    "release hold build add grow become deliver double stop slow resume return keep give pay get make put have run move go come"
)
_AHEAD_BEHIND_EXPECT = word_set("expected forecast projected predicted plans planned planning plan seems appears")
#: Finite past forms: they settle the clause, whatever stands to their left.
_SETTLED = word_set(
    "was were had did rose fell grew shrank stood came sank slid went made said told saw sold took lost won became drew "
    "gave kept met "
    "sought thought fought caught taught held felt dealt meant wore tore chose froze spoke broke drove wrote flew threw "
    "knew blew struck "
    "lent bent fed fled found heard laid swept crept leapt shook paid ran sent showed spent swung bought brought built "
    "fetched began"
)
#: Participles and the like, which what looks ahead outweighs (``will get a fully franked dividend``).
_BEHIND = word_set(
    "has have led given left shown dipped unchanged back been taken seen risen fallen grown drawn gone begun written"
)
_NOT_PAST = word_set("need speed feed exceed proceed indeed seed bed red fed shed breed weed")
_FORECAST_MADE = word_set("forecast predicted predicting projected projecting estimated expected planned")
_FORECASTER = word_set("it he she they had bank fund agency ministry treasury was were than who")
_SEGMENT_OPENERS = word_set("and but which who after while when as before although though than against versus")
_AHEAD_AFTER = re.compile(r"(?:'s)? (?:delivery|contracts?|futures|deadline|meeting|elections?)\b")
_WINDOW = 130


#: Participles that only say where a figure was met (``the 6.4% recorded in May``).
_ON_RECORD = word_set(
    "seen recorded reported registered posted logged set measured booked earned announced projected forecast estimated "
    "published counted "
    "revised touched"
)


def is_past(word: str) -> bool:
    """Whether ``word`` is a past form or participle that says something happened."""
    if word in _ON_RECORD:
        return False
    return word in _SETTLED or word in _BEHIND or (len(word) > 4 and word.endswith("ed") and word not in _NOT_PAST)


def ends_clause(raw: str) -> bool:
    """Whether a word with its punctuation ends a clause; the stop of ``U.S.`` or ``Sept.`` does not."""
    bare = raw.rstrip("\"”')")
    if bare.endswith((";", ":", "!", "?")):
        return True
    return bare.endswith(".") and "." not in bare[:-1] and bare not in _ABBREVIATIONS


_ABBREVIATIONS = word_set(
    "jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec. mr. mrs. ms. dr. no. nos. vs. inc. co. corp. ltd. st. "
    "gen. sen. rep. gov. rs. bn. mn. approx. est. c."
)


Tense = Literal["ahead", "past", "participle"]


def looks_ahead(low: str, start: int, end: int) -> bool | None:
    """True where the nearest words that tell point to the future, False to the past, None where nothing tells."""
    tense = tense_around(low, start, end)
    return None if tense is None else tense == "ahead"


def tense_around(low: str, start: int, end: int) -> Tense | None:
    """What the nearest words that tell say; ``participle`` where only one of those tells, which may be of any time.

    ``low`` is a folded text, ``start`` to ``end`` the time expression with its part words (``the end of June``).
    """
    if _AHEAD_AFTER.match(low, end):
        return "ahead"
    window = low[max(0, start - _WINDOW) : start]
    words = window[window.rfind("\n") + 1 :].split()
    if len(words) > 2 and words[-1] == "in" and words[-2] in _FORECAST_MADE and words[-3] in _FORECASTER:
        return "past"
    behind, opens = False, len(words) <= 2
    for index in range(len(words) - 1, -1, -1):
        raw = words[index]
        if raw[-1] in '.!?;:"”' and ends_clause(raw):
            opens = len(words) - index <= 3
            break
        word = raw.strip("\"'“”(),")
        before = words[index - 1] if index else ""
        if word in _AHEAD or (word.endswith(("'ll", "n't")) and word not in ("didn't", "wasn't", "weren't", "hadn't", "hasn't")):
            return "ahead"
        if word in _AHEAD_BEHIND_BE and before in _BE:
            return "ahead"
        if before == "to" and (word in _AHEAD_BEHIND_TO or _is_purpose(words, index)):
            return "ahead"
        if word in _SETTLED and not (word in _BE and index + 1 < len(words) and words[index + 1] in _AHEAD_BEHIND_BE):
            return "past"
        if word in _AHEAD_BEHIND_EXPECT and index + 1 < len(words) and words[index + 1] == "to":
            return "ahead"
        if word in _BEHIND or (
            len(word) > 4 and word.endswith("ed") and word not in _NOT_PAST and word not in _AHEAD_BEHIND_EXPECT
        ):
            behind = True
        # A new clause to the left does not undo what this one has said.
        if behind and (word in _SEGMENT_OPENERS or before.endswith((",", "-"))):
            return "participle"
    if behind:
        return "participle"
    return _tense_after(low, end) if opens else None


def _tense_after(low: str, end: int) -> Tense | None:
    """The tense of the clause that the time opens: ``In the second half, margins will improve``."""
    for raw in low[end : end + 70].split("\n")[0].split()[:9]:
        word = raw.strip("\"'“”(),.;:")
        if word in _FUTURE_VERBS:
            return "ahead"
        if word in _SETTLED or (len(word) > 4 and word.endswith("ed") and word not in _NOT_PAST):
            return "past"
        if raw[-1] in ".!?;:" and ends_clause(raw):
            return None
    return None


_FUTURE_VERBS = word_set("will would shall 'll won't")


def _is_purpose(words: list[str], index: int) -> bool:
    """Whether ``to`` and the word at ``index`` are a verb with its object (``to train every teacher``), no goal of a change."""
    following = words[index + 1] if index + 1 < len(words) else ""
    lead = words[index - 2] if index > 1 else ""
    return following in _OBJECT_OPENERS and words[index].isalpha() and words[index] not in _HEDGES and lead not in _NOT_TO


_OBJECT_OPENERS = word_set("the a an its their his her every all up out some at off back another it them")
_HEDGES = word_set(
    "about around nearly over more at roughly almost some just below under a an the its their his her all within from"
)
_NOT_TO = word_set("according due compared relative equal equivalent close thanks up related linked exports prior")
