"""Hedges: the words before and after a figure that say how exactly it is meant."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.records import Bound


class Hedge(NamedTuple):
    """A wording that ends right before the figure; ``pattern`` is what may stand before its last word."""

    last: str
    pattern: str
    bound: Bound


_LITTLE = (
    r"(?:(?:just|slightly|a little|a bit|well|far|comfortably|only|a shade|a touch|marginally|somewhat|"
    r"significantly|considerably) )?"
)
#: What stands before ``over`` without changing what it says.
_SOMEWHAT = r"well|just|slightly|far|a (?:little|bit|fraction|shade|touch)|comfortably|barely"
_NO = r"(?:no|not|nor|never|n't|neither|hardly|scarcely|rarely) "

# Longest wording first among those with one last word. The first that matches wins.
HEDGES: tuple[Hedge, ...] = (
    Hedge("than", rf"{_NO}(?:more|higher|greater|larger|bigger|longer|faster|better|over) than", "at_most"),
    Hedge("than", rf"{_NO}(?:less|fewer|lower|smaller|slower|under) than", "at_least"),
    Hedge(
        "than",
        rf"{_LITTLE}(?:more|greater|higher|larger|bigger|better|longer|taller|heavier|faster|wider|older) than",
        "more_than",
    ),
    Hedge("than", r"(?:a )?(?:little|slightly|not much|much|rather|far) (?:more|higher|larger|greater|better) than", "more_than"),
    Hedge("than", rf"{_LITTLE}(?:less|fewer|lower|smaller|shorter|cheaper|younger|lighter) than", "less_than"),
    Hedge(
        "to",
        r"(?:went|goes?|going|gone|shot|shoots?|edged|edg(?:es|ing)|adds?|added|adding|drift(?:s|ed|ing)?|"
        r"climb(?:s|ed|ing)?|rose|rises|rising|moved?|moves|moving|jumped|crept|creeping|ticked|ticking|"
        r"inched|nudged|"
        r"inflation|rate|rates|profits?|sales|revenues?|prices|exports|imports|unemployment|came|brings?|"
        r"brought|bringing|bumped|picks?|picked|picking|"
        r"signs?|signed|signing|pushed|pushing|stepped|opened|open|lined|is|are|was|were|be) up to",
        "exact",
    ),
    Hedge("to", r"(?:(?:of|by|for|at|about|with) )?up to", "at_most"),
    Hedge("to", r"(?:close|closer|near|nearer|nearly close) to", "about"),
    Hedge("to", r"(?:amount|equal|equivalent|climb|rise|grow|increase|fall|range)\w* up to", "at_most"),
    Hedge("to", r"(?:capped|limited|restricted|confined) to", "at_most"),
    Hedge("as", r"(?:as )?(?:much|many|high|large|big|long|great|far|late|often) as", "at_most"),
    Hedge("as", r"(?:as )?(?:little|few|low|small) as", "at_least"),
    Hedge("least", r"(?:at (?:the very )?|at )least", "at_least"),
    Hedge("most", r"at (?:the very )?most", "at_most"),
    Hedge("minimum", r"(?:a )?minimum", "at_least"),
    Hedge("of", r"(?:a )?(?:minimum|floor) of", "at_least"),
    Hedge("of", r"(?:a )?maximum of", "at_most"),
    Hedge("of", r"(?:upwards?|in excess|north|to the north) of", "more_than"),
    Hedge("of", r"(?:south|shy|short|just short|just shy) of", "less_than"),
    Hedge(
        "of",
        (
            r"(?:an estimated total|in the (?:region|neighborhood|neighbourhood|order|vicinity)|somewhere in the "
            r"region) of"
        ),
        "about",
    ),
    Hedge("maximum", r"(?:a )?maximum", "at_most"),
    Hedge("over", rf"{_NO}over", "at_most"),
    # "Turned over €38m", "handed over 341,000 cars": the verb's own word.
    Hedge("over", r"(?:turn|hand|sign|carr|roll)(?:s|ed|ing|ies|ied|y)? over", "exact"),
    Hedge(
        "over",
        (
            rf"(?:(?:{_SOMEWHAT}|to|at|by|of|"
            r"for|with|from|in|is|was|and|the|to a|now|still|not) )?over"
        ),
        "more_than",
    ),
    Hedge("above", r"above", "more_than"),
    Hedge(
        "over",
        (
            r"(?:lease|sprawls?|sprawling|spreads?|spread|extends?|stretch(?:es|ed)?|preside[sd]?|control|rights|"
            r"dispute|battle|fight|row|talks|concerns?) over"
        ),
        "exact",
    ),
    Hedge("over", rf"(?:(?:{_SOMEWHAT}) )?over", "more_than"),
    Hedge("exceeding", r"exceeding", "more_than"),
    Hedge("exceeds", r"exceeds", "more_than"),
    Hedge("exceeded", r"exceeded", "more_than"),
    Hedge("exceed", rf"(?:{_NO}|do not |does not |cannot )exceed", "at_most"),
    Hedge("exceed", r"exceed", "more_than"),
    Hedge("past", r"past", "more_than"),
    Hedge("passed", r"(?:has|have|had|having) passed", "more_than"),
    Hedge("clear", r"(?:to|will|would|could|may|might|should) clear", "more_than"),
    Hedge("passing", r"passing", "more_than"),
    Hedge("near", r"near", "about"),
    Hedge("nearing", r"nearing", "about"),
    Hedge("nears", r"nears", "about"),
    Hedge("neared", r"neared", "about"),
    Hedge("like", r"something like", "about"),
    Hedge("approach", r"(?:to|will|would|could|may|might|should) approach", "about"),
    Hedge("approaches", r"approaches", "about"),
    Hedge("approaching", r"approaching", "about"),
    Hedge("at", r"(?:starts?|starting|begins?|beginning|floor(?: set)?) at", "at_least"),
    Hedge("on", r"close on", "about"),
    Hedge("nearer", r"nearer", "about"),
    Hedge("at", r"(?:cap|caps|capped|capping)(?: \w+){0,4} at", "at_most"),
    Hedge("topped", r"topped", "more_than"),
    Hedge("topping", r"topping", "more_than"),
    Hedge("tops", r"tops", "more_than"),
    Hedge("top", r"(?:to|will|would|could|may|might|should|\w+(?:s|es)) top", "more_than"),
    Hedge("surpassed", r"surpassed", "more_than"),
    Hedge("surpassing", r"surpassing", "more_than"),
    Hedge("surpasses", r"surpasses", "more_than"),
    Hedge("surpass", r"surpass", "more_than"),
    Hedge("beyond", r"beyond", "more_than"),
    Hedge("crossed", r"crossed", "more_than"),
    Hedge("crossing", r"crossing", "more_than"),
    Hedge("crosses", r"crosses", "more_than"),
    Hedge("breached", r"breached", "more_than"),
    Hedge("breaches", r"breaches", "more_than"),
    Hedge("break", r"(?:\w+s|to|will) break", "more_than"),
    Hedge("breaks", r"breaks", "more_than"),
    Hedge("pass", r"(?:\w+s|to|will|would|could|should|may|might) pass", "more_than"),
    Hedge("passes", r"passes", "more_than"),
    Hedge("cross", r"(?:to|will|would|could|should|may|might|\w+s) cross", "more_than"),
    Hedge("minimally", r"minimally", "at_least"),
    Hedge("under", r"under", "less_than"),
    Hedge("below", rf"{_NO}(?:fall|drop|go|dip|slip|be|sink|allowed to fall|sell|trade|less|priced) below", "at_least"),
    Hedge("below", r"below", "less_than"),
    Hedge("beneath", r"beneath", "less_than"),
    Hedge("sub", r"sub", "less_than"),
    Hedge("within", r"within", "at_most"),
    Hedge("maximally", r"maximally", "at_most"),
    Hedge("about", r"about", "about"),
    Hedge("around", r"around", "about"),
    Hedge("roughly", r"roughly", "about"),
    Hedge("some", r"some", "about"),
    Hedge("nearly", r"nearly", "about"),
    Hedge("almost", r"almost", "about"),
    Hedge("approximately", r"approximately", "about"),
    Hedge("approx", r"approx", "about"),
    Hedge("approx.", r"approx\.", "about"),
    Hedge("circa", r"circa", "about"),
    Hedge("c.", r"c\.", "about"),
    Hedge("ca.", r"ca\.", "about"),
    Hedge("ca", r"ca", "about"),
    Hedge("perhaps", r"perhaps", "about"),
    Hedge("maybe", r"maybe", "about"),
    Hedge("barely", r"barely", "about"),
    Hedge("virtually", r"virtually", "about"),
    Hedge("practically", r"practically", "about"),
    Hedge("~", r"~", "about"),
    Hedge("∼", r"∼", "about"),
    Hedge("≈", r"≈", "about"),
    Hedge(">", r">", "more_than"),
    Hedge("≥", r"≥", "at_least"),
    Hedge("<", r"<", "less_than"),
    Hedge("≤", r"≤", "at_most"),
)

_BY_LAST: dict[str, list[tuple[re.Pattern[str], Bound]]] = {}
for _hedge in HEDGES:
    _BY_LAST.setdefault(_hedge.last, []).append((re.compile(rf"(?<![\w]){_hedge.pattern}\Z", re.IGNORECASE), _hedge.bound))

_AFTER = re.compile(
    r"(?: [a-z]+)? (?P<noun>or more)\b|[ -]?(?:(?P<more>or (?:more|above|higher|greater|better|older)|and "
    r"(?:above|over|more|up|upwards)|upwards?|plus\b|\+)|(?P<less>or (?:less|fewer|below|under|lower|"
    r"younger)|and (?:below|under))"
    r"|(?:(?:of )?[a-z]+ ){0,4}at (?:the )?(?:(?P<best>most|best)|(?P<worst>least))(?=[,.;:)\n”\"]|\Z)"
    r"|(?P<about>or so|odd\b|or thereabouts|give or take))(?![\w])"
)
_AFTER_BOUND: dict[str, Bound] = {
    "more": "at_least",
    "noun": "at_least",
    "worst": "at_least",
    "less": "at_most",
    "best": "at_most",
}
_SOFTENERS = frozenset(
    {
        "only",
        "just",
        "a",
        "the",
        "another",
        "further",
        "additional",
        "extra",
        "mere",
        "total",
        "combined",
        "record",
        "net",
        "full",
        "whole",
        "fully",
        "still",
        "even",
        "an",
        "exactly",
        "precisely",
    }
)
_QUICK = frozenset(_BY_LAST)
_NOT_BEFORE_ARTICLE = frozenset(
    {"around", "over", "under", "past", "below", "above", "within", "at", "on", "to", "of", "as", "some", "near", "beyond"}
)
_MILESTONE = re.compile(r"[ -](?:\w+[ -])?(?:mark|barrier|milestone|threshold|level)\b")
_PASSING = re.compile(
    r"\b(?:pass|cross|top|exceed|surpass|break|breach|"
    r"passed|passes|passing|crossed|crosses|crossing|topped|tops|broke through|broken through|breaks "
    r"through|breached|surpassed|exceeded|exceeds|above|over|beyond|past|through|hit and passed) (?:the "
    r")?\Z"
)
_LAWMAKERS = re.compile(
    r"\b(?:[Cc]ongress|[Pp]arliament|[Ss]enate|[Hh]ouse|[Ll]awmakers|[Ll]egislat\w+|[Aa]ssembly|[Cc]ouncil) \Z"
)
_LEAST_PASSED = 4
_WINDOW = 40


def read_bound(text: str, start: int, end: int) -> tuple[Bound, int, int]:
    """The bound that the words around ``text[start:end]`` give, and the span that takes the hedge in.

    ``exact`` with the same span where nothing hedges. A bound of ``between`` is the range reader's own.
    """
    at = start - 1
    if at >= 0 and text[at] in " \u00a0\n-":
        at -= 1
    if at >= 0:
        low = max(0, at - _WINDOW)
        left = text.rfind(" ", low, at + 1) + 1
        word = text[left if left > low else low : at + 1]
        if "\n" in word or "\u00a0" in word:
            word = re.split(r"[\n\u00a0]", word)[-1]
        word = word.lstrip("(\"“‘'[—–").lower()
        if word == "the" and _MILESTONE.match(text, end):
            # "Passed the 100 million mark" says more than; "below the 45% target" compares and bounds nothing.
            before = _PASSING.search(text, low, left)
            return ("more_than", before.start(), end) if before else ("exact", start, end)
        if word in ("a", "an", "another", "additional"):
            # "Almost a third": the article stands between.
            inner = text[low:left].rstrip()
            tail = inner[inner.rfind(" ") + 1 :].lower()
            if tail in _QUICK and tail not in _NOT_BEFORE_ARTICLE and (found := _before(text, low, low + len(inner), tail)):
                return found[0], found[1], end
        if word in _QUICK and (found := _before(text, low, at + 1, word)):
            return found[0], found[1], end
        if word == "passed" and end - start >= _LEAST_PASSED and not _LAWMAKERS.search(text, low, left):
            # "Output passed 3m tonnes": a small count ("passed 12 laws") is no mark that something passes.
            return "more_than", left, end
        if word and word[-1] in "~∼≈><≥≤" and (found := _before(text, low, at + 1, word[-1])):
            return found[0], found[1], end
    if end < len(text) and text[end] in " -+" and (match := _AFTER.match(text, end)):
        group = match.lastgroup
        bound: Bound = _AFTER_BOUND.get(group or "", "about")
        if match[0].strip() == "+" or match[0].endswith("plus"):
            bound = "at_least"
        return bound, start, match.end()
    return "exact", start, end


def _before(text: str, low: int, end: int, word: str) -> tuple[Bound, int] | None:
    window = text[low:end]
    if "\n" in window or "\u00a0" in window:
        window = window.replace("\n", " ").replace("\u00a0", " ")
    for pattern, bound in _BY_LAST[word]:
        if match := pattern.search(window):
            return bound, low + match.start()
    return None
