"""Whether the words around a time point to the future or the past.

A bare ``March`` is last March in news unless the clause looks ahead (``will``, ``is due in``, ``plans to``). The clause is
read backwards from the time, segment by segment; the first segment that says anything decides, and in one segment
what looks ahead outweighs participles (``will get a fully franked dividend``).
"""

from __future__ import annotations

import re
from typing import Literal

from pipeline.date.words import SHORT_MONTHS, word_set

_AHEAD = word_set(
    "will 'll won't would shall should could may might must expect expects expecting foresee foresees predict predicts "
    "projects due aims aiming targeting scheduled slated sees meets meet meeting next "
    "wants want hopes hope bets intends expires expire odds guides guided guiding priced pricing upcoming awaits "
    "promise promised promises hints signals begins opens starts starting joins tipped forecasts likely chance likelihood "
    "probability see pencils once "
    "assume assumes envisages needs"
)
#: What follows ``price`` or ``prices`` where that is what markets do (``traders price in two cuts``), not what buyers pay.
_BETS = {"price": word_set("in the a an"), "prices": word_set("in")}
_BET_ON = word_set("a an another no one two three four further more cuts hikes only barely just some about")
#: Present forms that news keeps for what is fixed to come (``the bank reports on Tuesday``, ``takes effect in January``):
#: alone right before the preposition, or with the word that follows.
_SCHEDULED = word_set("reports floats debuts lists decides votes convenes returns retires expires")
_SCHEDULED_PAIRS = frozenset(
    {
        ("target", "is"),
        ("goal", "is"),
        ("deadline", "is"),
    }
    | {
        (verb, word)
        for verb in ("take", "takes", "come", "comes", "go", "goes", "turn", "turns", "enter", "enters")
        for word in ("effect", "office", "force", "up", "down", "live", "on", "into", "two", "three", "five", "ten")
    }
)
_NOUN_BEFORE = word_set("in the local media police news its their earlier annual these those other such and")
#: Words that look ahead only behind a form of ``be`` (``is forecast``, ``are set``).
_AHEAD_BEHIND_BE = word_set(
    "forecast expected projected seen set to targeted planned predicted pencilled penciled budgeted earmarked"
)
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
#: How many words may stand before a time that opens its sentence (``At the last count, in May, it had 5``).
_OPENING = 5


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
    "mr. mrs. ms. dr. no. nos. vs. inc. co. corp. ltd. st. gen. sen. rep. gov. rs. bn. mn. approx. est. c."
) | {f"{month}." for month in SHORT_MONTHS}


Tense = Literal["ahead", "past", "participle"]


def looks_ahead(low: str, start: int, end: int, text: str = "") -> bool | None:
    """True where the nearest words that tell point to the future, False to the past, None where nothing tells."""
    tense = tense_around(low, start, end, text)
    return None if tense is None else tense == "ahead"


def tense_around(low: str, start: int, end: int, text: str = "") -> Tense | None:
    """What the nearest words that tell say; ``participle`` where only one of those tells, which may be of any time.

    ``low`` is a folded text, ``start`` to ``end`` the time expression with its part words (``the end of June``); ``text`` is
    the text as written, which tells ``May`` from ``may``.
    """
    if _AHEAD_AFTER.match(low, end):
        return "ahead"
    window = low[max(0, start - _WINDOW) : start]
    line = window.rfind("\n") + 1
    words = window[line:].split()
    written = text[start - len(window) + line : start].split() if text else words
    if len(written) != len(words):
        written = words
    if len(words) > 2 and words[-1] == "in" and words[-2] in _FORECAST_MADE and words[-3] in _FORECASTER:
        return "past"
    behind, opens = False, len(words) <= _OPENING
    for index in range(len(words) - 1, -1, -1):
        raw = words[index]
        if raw[-1] in '.!?;:"”' and ends_clause(raw):
            opens = len(words) - index <= _OPENING + 1
            break
        word = raw.strip("\"'“”(),")
        before = words[index - 1] if index else ""
        if word == "may" and written[index].lstrip("\"'“”(").startswith("M"):
            continue
        if _is_scheduled(words, index, word, before):
            return "ahead"
        if word in _AHEAD or (word.endswith(("'ll", "n't")) and word not in ("didn't", "wasn't", "weren't", "hadn't", "hasn't")):
            return "ahead"
        if word in _AHEAD_BEHIND_BE and before in _BE:
            return "ahead"
        if before == "to" and (word in _AHEAD_BEHIND_TO or _is_purpose(words, index)):
            return "ahead"
        if word in _SAME_FORM and _has_figure(words, index) and before not in _BEFORE_INFINITIVE:
            return "past"
        if word in _SETTLED and any(other in _WISHES for other in words[max(0, index - 4) : index]):
            return "ahead"
        if word in _SETTLED and not (word in _BE and index + 1 < len(words) and words[index + 1] in _AHEAD_BEHIND_BE):
            return "past"
        if word in _AHEAD_BEHIND_EXPECT and words[index + 1 : index + 2] == ["to"] and not _has_figure(words, index + 1):
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
    words = low[end : end + 70].split("\n")[0].split()[:9]
    for place, raw in enumerate(words):
        word = raw.strip("\"'“”(),.;:")
        if word in _FUTURE_VERBS or (word, "".join(words[place + 1 : place + 2]).strip(",.")) in _SCHEDULED_PAIRS:
            return "ahead"
        if word in _SETTLED or (len(word) > 4 and word.endswith("ed") and word not in _NOT_PAST):
            return "past"
        if raw[-1] in ".!?;:" and ends_clause(raw):
            return None
    return None


def _has_figure(words: list[str], index: int) -> bool:
    """Whether a figure follows directly (``cost 8.25 pounds``)."""
    following = words[index + 1].lstrip("$€£¥₹us") if index + 1 < len(words) else ""
    return following[:1].isdigit()


_WISHES = word_set("want wants wish wishes")
#: Verbs whose past is their present: before a figure they are read as past unless a helping verb stands before them.
_SAME_FORM = word_set("cost hit put cut beat shed")
_BEFORE_INFINITIVE = word_set("to will would could should may might must can and or not 'll won't wouldn't")


def _is_scheduled(words: list[str], index: int, word: str, before: str) -> bool:
    """Whether ``word`` is a present form that says what is fixed to come, or that markets bet on."""
    last = len(words) - 1
    following = words[index + 1].strip(",") if index < last else ""
    if word in _BETS:
        bets = following in _BETS[word] and index + 1 < last
        return bets and (following != "in" or words[index + 2] in _BET_ON)
    if (word, following) in _SCHEDULED_PAIRS:
        return index + 1 < last
    return word in _SCHEDULED and index + 1 == last and following in ("on", "in") and before not in _NOUN_BEFORE


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
