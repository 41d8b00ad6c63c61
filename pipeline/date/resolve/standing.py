"""The day at which something stood (``closed at 5 on Friday``), and weeks: what a comparison with a day goes back from."""

from __future__ import annotations

import re
from datetime import date

from pipeline.date.node import Node
from pipeline.date.period import DAY, Period, week_period
from pipeline.date.scene import Scene


def week_of(day: date) -> Period:
    """The week from Monday to Sunday that holds ``day``."""
    return week_period(day - day.weekday() * DAY)


def week_in_focus(scene: Scene) -> bool:
    """Whether one of the last periods named is a week."""
    spans = ((seen.period.start, seen.period.end) for seen in scene.recent(6))
    return any(start is not None and end is not None and 4 <= (end - start).days <= 6 for start, end in spans)


#: How far a comparison may stand behind the day it starts from (``on Friday, 5 euros up from a week earlier``).
_BEHIND_DAY = 70
_TELLING = re.compile(
    r"\b(?:said|says|reported|announced|told|published|released|showed|shows|disclosed|revealed|posted|reports?|unveiled)\b"
)
_FIGURE_BEFORE = re.compile(r"\d")


def standing_day(node: Node, scene: Scene) -> date | None:
    """The day just named at which something stood (``closed at 5 on Friday``), not one on which somebody said so."""
    last = scene.last()
    if last is None or last.period.start is None or last.period.start != last.period.end or last.basis:
        return None
    between = scene.low[last.end : node.start]
    if len(between) > _BEHIND_DAY or ";" in between or last.kind == "dayword" or not scene.same_sentence(last, node.start):
        return None
    before = re.split(r"[.;!?] |\n", scene.low[max(0, last.start - 110) : last.start])[-1]
    # A figure before the day stood at that day; a verb of telling makes it the day of the news.
    return last.period.start if _FIGURE_BEFORE.search(before) and not _TELLING.search(before) else None
