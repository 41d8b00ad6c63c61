"""Reading the time expressions of a whole article.

``read_dates`` scans the folded text once for wordings (``grammar``), refuses what only looks like a date (``refuse``),
and resolves the rest in order (``resolve``), so that each knows the time in focus when it is read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from pipeline.date.grammar import Node, fold, scan
from pipeline.date.period import Period
from pipeline.date.refuse import is_refused
from pipeline.date.resolve import Reading, resolve
from pipeline.date.scene import Scene, Seen
from pipeline.mentions import DateMention
from pipeline.records import DateKind, Relation

_HEADER_LENGTH = 700


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
    nodes = scan(low, include_vague=include_vague)
    if not nodes:
        return []
    if reference is None:
        reference = _header_date(text, low, nodes)
    scene = Scene(text, low, reference, fiscal_year_start)
    mentions = []
    for node in nodes:
        if is_refused(node, text, low):
            continue
        reading = resolve(node, scene)
        if reading is None or (reading.period is None and reading.duration is None and reading.timex is None):
            continue
        mention = _mention(node, reading, scene)
        if mention is not None:
            mentions.append(mention)
    return mentions


def _header_date(text: str, low: str, nodes: list[Node]) -> date | None:
    """A full date near the top of the text, alone on a short line or in a dateline."""
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


_CUE = re.compile(
    r"(?:(?P<by>\b(?:by|as of|as at|as on|before|no later than|not later than|ahead of))"
    r"|(?P<since>\b(?:since|starting(?: from| in| on)?|beginning(?: in| on)?|effective(?: from)?|from|as from|as of now|ever since))"
    r"|(?P<until>\b(?:until|till|up to|up until|through|thru))"
    r"|(?P<after>\bafter)) (?:at least |around |about |late |early |on |the )?$"
)
_HISTORY = re.compile(
    r"\b(?:began|begun|founded|established|launched|opened|introduced|set up|started|starting|created|born|built|signed|agreed|adopted|listed|acquired|bought|floated|arriving|published|released|gazetted|commissioned|approved|entered|merged)"
    r"(?: \w+){0,3} (?:in|on|back in) (?:the )?$"
)
_BASIS = re.compile(
    r"(?:\b(?:from|against|versus|vs\.?|than|compared (?:with|to)|after|over|above|below|exceeding|exceeds|down from|up from|followed|surpass\w*|beat\w*|outpac\w*|as against|relative to|short of|triple|double|twice|half|times|last seen|low of|high of|peak of|previous (?:record|high|low) of|unchanged from|(?:%|per cent|percent|points?|up|down|\d) on|(?:much|many|high|low|large|big|long|often|fast|good|well|little|few) as)"
    r"(?: (?:[^\s,;:.()]|[.,](?=\d)){1,24}){0,6}?(?: in| for| at| of| during| on)?(?: the| an?)? ?)$"
)
_PUBLICATION_KINDS = frozenset({"weekday", "dayword", "day", "numeric-day"})
_AT_DAY = re.compile(r"(?:\bas (?:of|at|on)|\bat|\bby|\bdated)(?: \d{1,2} [ap]\.?m\.?)? ?(?:\w+ )?$")


def _mention(node: Node, reading: Reading, scene: Scene) -> DateMention | None:
    low = scene.low
    before = low[max(0, node.start - 70) : node.start]
    cue = _CUE.search(before)
    relation: Relation = "in"
    cue_start = None
    period = reading.period
    kind: DateKind = reading.date_kind
    if cue is not None and period is not None and kind not in ("duration", "set"):
        relation, cue_start, period, kind = _apply_cue(cue, node, reading, scene, before)
    if period is not None:
        scene.seen.append(_seen(node, reading, period, scene, before, relation))
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
    cue: re.Match[str], node: Node, reading: Reading, scene: Scene, before: str
) -> tuple[Relation, int | None, Period, DateKind]:
    """What the preposition makes of a period: ``since 2015`` has no end, ``until September 21`` no start."""
    period, kind = reading.period, reading.date_kind
    assert period is not None
    start = node.start - len(before) + cue.start()
    reference = scene.reference
    if cue["by"]:
        return "by", start, period, kind
    if cue["since"]:
        word = cue["since"]
        if node.kind in ("range", "months", "years", "days") or reading.comparison:
            return "in", None, period, kind
        if word == "from":
            future = reference is not None and period.start is not None and period.start > reference
            if not future or node.kind == "part" or low_follows(scene.low, node.end, " to "):
                return "in", None, period, kind
        elif word != "since" and period.start is None:
            return "in", None, period, kind
        return "since", start, replace(period, end=None), "interval"
    if cue["until"]:
        past_day = reference is not None and period.end is not None and period.end < reference and period.start == period.end
        if cue["until"] in ("until", "till", "up until") and past_day:
            return "until", start, replace(period, start=None), "interval"
        return "until", start, period, kind
    return "in", None, period, kind


def low_follows(low: str, position: int, words: str) -> bool:
    return low.startswith(words, position)


def _seen(node: Node, reading: Reading, period: Period, scene: Scene, before: str, relation: Relation) -> Seen:
    """What later words may refer back to; see ``scene`` for what comes into focus."""
    reported = not reading.comparison and relation != "since" and not (relation == "until" and period.start is None)
    single_day = period.start is not None and period.start == period.end
    if single_day and not _AT_DAY.search(before):
        reported = False
    basis = node.kind not in ("the-unit", "same") and (
        (_is_basis(before) and not (node.kind in _RANGES and before.endswith("from ")))
        or (before.endswith("(") and scene.low[node.end : node.end + 1] == ":")
        or (_HISTORY.search(before) is not None and _is_old(period, scene))
    )
    if reported and scene.reference is not None and period.start is not None and period.start > scene.reference:
        reported = period.months == 12 or (period.months is not None and period.months > 12)
    if node.kind in ("decade", "century", "holiday"):
        reported = False
    kind = "since" if relation == "since" else node.kind
    return Seen(node.start, node.end, period, kind, reported and not basis, reading.fiscal, reported and basis, relation)


_RANGES = frozenset({"range", "months", "years", "days"})


def _is_old(period: Period, scene: Scene) -> bool:
    return scene.reference is None or period.end is None or (scene.reference - period.end).days > 300


def _is_basis(before: str) -> bool:
    clause = re.split(r"[;:(]|, (?!\d)|\. |\n", before)[-1]
    return _BASIS.search(clause) is not None
