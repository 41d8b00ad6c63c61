"""Reading the time expressions of a whole article.

``read_dates`` scans the folded text once for wordings (``scan``), refuses what only looks like a date (``refuse``), and
resolves the rest in order (``resolve``), so that each knows the time in focus when it is read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from pipeline.date.cues import Surroundings, read_surroundings
from pipeline.date.node import Node, fold
from pipeline.date.period import Period
from pipeline.date.resolve import resolve
from pipeline.date.resolve.reading import Reading
from pipeline.date.scan import scan
from pipeline.date.scene import Scene, Seen
from pipeline.date.tense import is_past
from pipeline.mentions import DateMention
from pipeline.records import DateKind, Relation

_HEADER_LENGTH = 700
_RANGES = frozenset({"range", "months", "years", "days"})


def read_dates(
    text: str, *, reference: date | None, fiscal_year_start: int | None = None, include_vague: bool = False
) -> list[DateMention]:
    """The time expressions of ``text``, in order, none overlapping another; offsets count into ``text``.

    ``reference`` is the article's publication date, from which relative words count; without it the first full date
    near the top (a dateline, ``Published: 2025-09-15``) serves, and without that only absolute dates are resolved.
    ``fiscal_year_start`` is the month in which the reporter's fiscal year starts, where the caller knows it; otherwise
    the text is asked. ``include_vague`` adds words that name no definite time (``now``, ``recently``).
    """
    low = fold(text)
    nodes = scan(text, low, include_vague=include_vague)
    if not nodes:
        return []
    if reference is None:
        reference = _header_date(text, low, nodes)
    scene = Scene(text, low, reference, fiscal_year_start)
    mentions = []
    for node in nodes:
        reading = resolve(node, scene)
        if reading is None or (reading.period is None and reading.duration is None and reading.timex is None):
            continue
        mention = _mention(node, reading, scene)
        # "The past 0 months" is a time that ends before it begins, so it is none.
        if mention.start_date is None or mention.end_date is None or mention.start_date <= mention.end_date:
            mentions.append(mention)
    return mentions


def _header_date(text: str, low: str, nodes: list[Node]) -> date | None:
    """A full date near the top of the text: on a short line of its own, or at the head of a line (a dateline)."""
    empty = Scene(text, low, None)
    for node in nodes:
        if node.start > _HEADER_LENGTH:
            return None
        if node.kind not in ("day", "numeric-day") or node.value["y"] is None or node.value["y"].year is None:
            continue
        line_start = low.rfind("\n", 0, node.start) + 1
        line_end = low.find("\n", node.end)
        line = low[line_start : line_end if line_end != -1 else len(low)]
        if len(line) <= 120 or node.start - line_start <= 40:
            reading = resolve(node, empty)
            if reading is not None and reading.period is not None:
                return reading.period.start
    return None


def _mention(node: Node, reading: Reading, scene: Scene) -> DateMention:
    relation: Relation = "in"
    cue_start = None
    period, kind = reading.period, reading.date_kind
    if period is not None:
        around = read_surroundings(scene.low, node.start)
        relation, period, kind = _apply_cue(around, node, reading, period, scene)
        cue_start = around.cue_start if relation != "in" else None
        scene.seen.append(_seen(node, reading, period, scene, around, relation))
    return DateMention(
        start_char=node.start,
        end_char=node.end,
        text=scene.text[node.start : node.end],
        date_kind=kind,
        start_date=period.start if period else None,
        end_date=period.end if period else None,
        duration=reading.duration,
        precision=period.precision if period else None,
        timex=reading.timex or (period.timex if period else reading.duration or ""),
        rule=node.rule,
        relation=relation,
        comparison=reading.comparison,
        shift=reading.shift,
        cue_start=cue_start,
        focus=reading.focus,
    )


def _apply_cue(
    around: Surroundings, node: Node, reading: Reading, period: Period, scene: Scene
) -> tuple[Relation, Period, DateKind]:
    """What the preposition makes of a period: ``since 2015`` has no end, ``until September 21`` no start."""
    cue, kind = around.cue, reading.date_kind
    reference = scene.reference
    if cue is None or cue == "after":
        return "in", period, kind
    if cue == "by":
        return "by", period, kind
    if cue == "until":
        over = reference is not None and period.end is not None and period.end < reference and period.start == period.end
        if over and around.cue_word != "through":
            return "until", replace(period, start=None), "interval"
        return "until", period, kind
    spread = node.kind in _RANGES and not (node.kind == "years" and period.months == 12)
    if spread or reading.comparison or period.start is None:
        return "in", period, kind
    if cue == "from":
        # ``from 2027`` opens a time that is still to come; a past one (``from 8.8% in May``) is a point of comparison.
        ahead = reference is not None and period.start > reference
        if not ahead or node.kind == "part" or scene.low.startswith(" to ", node.end):
            return "in", period, kind
    return "since", replace(period, end=None), "interval"


def _seen(node: Node, reading: Reading, period: Period, scene: Scene, around: Surroundings, relation: Relation) -> Seen:
    """What later words may refer back to; see ``scene`` for what comes into focus."""
    reported = not reading.comparison and relation != "since" and period.start is not None and node.kind not in _NEVER_IN_FOCUS
    if period.start is not None and period.start == period.end and not around.at_day:
        reported = False
    if scene.reference is not None and period.end is not None and scene.reference.year - period.end.year > _HISTORY_YEARS:
        reported = False
    if node.rule == "relative-unit" and node.value["u"] in ("week", "month") and _SAID.search(scene.low, *_just_before(node)):
        reported = False
    if node.kind in ("month", "day") and _SAID_IN.search(scene.low, *_just_before(node)):
        reported = False
    if node.kind == "ago" and not reading.focus:
        reported = False
    if reported and scene.reference is not None and period.start is not None and period.start > scene.reference:
        reported = (period.months or 0) >= 12
    basis = node.kind not in ("the-unit", "same") and (
        (around.basis and not (node.kind in _RANGES and around.cue == "from"))
        or (scene.low.startswith("(", node.start - 1) and scene.low.startswith(":", node.end))
        or (around.history and _is_old(period, scene))
        or _is_earlier_column(node, period, scene)
        or _is_second_basis(node, scene)
    )
    kind = "since" if relation == "since" else node.kind
    return Seen(node.start, node.end, period, kind, reported and not basis, reading.fiscal, reported and basis, relation)


def _is_second_basis(node: Node, scene: Scene) -> bool:
    """``against 5% in May and 4% in June``: what joins a time that is compared with is compared with too."""
    last = scene.last()
    if last is None or not (last.basis or last.kind in ("ago", "same")) or node.start - last.end > _NEAR:
        return False
    between = scene.low[last.end : node.start].split()
    return between[:1] == ["and"] and between[-1] in _JOINS and not any(is_past(word) or word[-1] in ".;:\n" for word in between)


def _is_earlier_column(node: Node, period: Period, scene: Scene) -> bool:
    """Whether a table's head names the period behind a later one of the same length: the column to compare with."""
    last = scene.last()
    if last is None or not scene.low.startswith("|", node.start - 2) or "\n" in scene.low[last.end : node.start]:
        return False
    return last.period.months == period.months and bool(last.period.end and period.end and period.end < last.period.end)


_JOINS = frozenset({"and", "in", "for", "of", "during", "at", "on", "from", "the"})
#: ``the agency said last week``: when it was said, not what it is about.
_SAID = re.compile(r"\b(?:said|says|reported|announced|told [a-z]{2,12}|published|released|disclosed|revealed|showed) $")


_SAID_IN = re.compile(r"\b(?:said|reported|announced|published|released|disclosed|revealed) (?:in|on) $")


def _just_before(node: Node) -> tuple[int, int]:
    return max(0, node.start - 24), node.start


#: How far a second time to compare with may stand behind the first.
_NEAR = 60
#: A year so long ago is where a series or a story begins, not what the text reports on.
_HISTORY_YEARS = 30
_NEVER_IN_FOCUS = frozenset({"decade", "century", "holiday"})


def _is_old(period: Period, scene: Scene) -> bool:
    return scene.reference is None or period.end is None or (scene.reference - period.end).days > 300
