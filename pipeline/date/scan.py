"""Finding time expressions in a folded text: which words may begin one, and which wordings are tried there.

One pass over the words of the text; a word that begins no expression costs one dictionary look-up. Where several
wordings fit, the longest reading wins, the earlier in the table where two are as long.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.date.forms import absolute as a
from pipeline.date.forms import lengths as n
from pipeline.date.node import Node, Point
from pipeline.date.refuse import is_refused
from pipeline.date.starts import ANY_COUNT, NEXT_WORD, SHORT_YEAR, STARTS, WORD, YEAR, Forms, forms_at


def _reader(depth: int) -> Point:
    """Reads the longest expression at a position, with at most ``depth`` expressions in one another."""
    inside: Point = _reader(depth - 1) if depth else lambda low, position: None

    def read(low: str, position: int) -> Node | None:
        match = NEXT_WORD.match(low, position) if low[position : position + 1] == "'" else WORD.match(low, position)
        if match is None:
            return None
        word = match[match.lastindex or 0]
        if word[0].isdigit():
            # Behind ``end-`` or ``mid-`` a hyphen is no part of the number.
            forms = SHORT_YEAR if low[position] == "'" else YEAR if len(word) > 3 and word[:4].isdigit() else ANY_COUNT
        else:
            forms = forms_at(low, position, word)
        return longest(forms, low, position, inside)

    return read


def longest(forms: Forms, low: str, position: int, point: Point) -> Node | None:
    best: Node | None = None
    for form in forms:
        node = form(low, position, point)
        if node is not None and (best is None or node.end > best.end):
            best = node
    return best


#: ``the end of the first half of the fiscal year to June``: nothing in print goes deeper.
point = _reader(3)


# --- ranges of two expressions -------------------------------------------------------------------------------------

_JOIN = re.compile(r" ?[-/] ?| (?:to|through|until|till|and) (?:the (?=\d))?")
_RANGE_KINDS = frozenset(
    {"day", "month", "year", "quarter", "half", "season", "numeric-day", "weekday", "dayword", "relative-month", "years"}
)


def with_range(low: str, node: Node) -> Node:
    """``node`` and what a joining word ties to it (``21 October to 11 November``), or ``node`` alone."""
    if node.kind not in _RANGE_KINDS or low[node.end : node.end + 1] not in (" ", "-", "/"):
        return node
    join = _JOIN.match(low, node.end)
    if join is None:
        return node
    joined = join[0].split()[0] if join[0].split() else join[0]
    before = low[max(0, node.start - 12) : node.start]
    opened = before.endswith(("between ", "from "))
    if joined == "and" and not before.endswith("between "):
        return node
    if joined in ("to", "until", "till") and not opened and node.kind in ("year", "weekday", "dayword"):
        return node
    second = point(low, join.end()) or _now(low, join.end())
    if second is None or second.kind not in (
        _RANGE_KINDS | {"part"} if opened and joined in ("to", "until", "through", "and") else _RANGE_KINDS
    ):
        return node
    if joined in ("-", "/") and "weekday" in (node.kind, second.kind):
        return node
    if (node.kind == "year") != (second.kind == "year") and second.kind != "part":
        return node
    if (node.kind == "years") != (second.kind == "years"):
        return node
    return Node(node.start, second.end, "range", "range", {"a": node, "b": second})


_MOVED = re.compile(
    r"\b(?:put back|pushed back|brought forward|mov(?:ed|es|e|ing)|postpon(?:ed|ing)|delay(?:ed|ing)|deferr(?:ed|ing)"
    r"|shift(?:ed|ing)|extend(?:ed|ing)|changed|rebased)"
    r"(?: [^ .;\n]{1,12}){0,3} from $"
)


def _now(low: str, position: int) -> Node | None:
    """``now`` as an end of a range; alone it names no date."""
    if re.compile(r"now\b").match(low, position):
        return Node(position, position + 3, "dayword", "dayword", {"days": 0})
    return None


def _joined(low: str, node: Node) -> Node:
    """``May and June`` are one stretch; ``2010 and 2020`` only behind ``between``."""
    if (
        node.kind in ("months", "years")
        and low.endswith("from ", 0, node.start)
        and _MOVED.search(low, max(0, node.start - 45), node.start)
    ):
        # ``put back from April to October``: two dates, no stretch between them.
        first = (a.month if node.kind == "months" else a.year)(low, node.start, point)
        if first is not None and node.kind == "months" and node.value["m"] < node.value["m2"]:
            return replace(first, value=first.value | {"y": node.value["y"]})
        return first or node
    if not low.startswith((" and ", " & "), node.end):
        return with_range(low, node)
    both: Node | None = None
    if node.kind == "month":
        both = a.months_and(low, node.start, point)
    elif node.kind == "year" and low.endswith("between ", 0, node.start):
        both = a.years_and(low, node.start, point)
    return both if both is not None and both.end > node.end else with_range(low, node)


def scan(text: str, low: str, *, include_vague: bool = False) -> list[Node]:
    """All time expressions of ``text``, whose folded form is ``low``, in order, none overlapping another, as written.

    Where the words are refused (``refuse``), the search goes on behind their first word: in ``will fall next year`` there is
    no autumn, but a year.
    """
    found: list[Node] = []
    position = 0
    starts = STARTS
    for match in WORD.finditer(low):
        word = match[0]
        if word not in starts and word[-1] > "9" and word[0] > "9":
            continue
        start = match.start()
        if start < position:
            continue
        forms = forms_at(low, start, word)
        if not forms:
            if word == "now" and low.endswith("between ", 0, start) and (node := _now(low, start)) is not None:
                node = with_range(low, node)
                if node.kind == "range":
                    found.append(node)
                    position = node.end
            continue
        if forms is SHORT_YEAR:
            start -= 1
        node = longest(forms, low, start, point)
        if node is not None and not is_refused(node, text, low):
            node = _joined(low, node)
            found.append(node)
            position = node.end
    if include_vague:
        found.extend(_vague_words(low, found))
        found.sort(key=lambda node: node.start)
    return found


def _vague_words(low: str, found: list[Node]) -> list[Node]:
    words = []
    for match in n.VAGUE.finditer(low):
        if not any(node.start < match.end() and match.start() < node.end for node in found):
            kind, timex = n.vague_timex(match)
            words.append(Node(match.start(), match.end(), "vague", "vague", {"date_kind": kind, "timex": timex}))
    return words
