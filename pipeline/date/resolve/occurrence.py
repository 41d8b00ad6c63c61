"""Which March, which Friday, which third quarter: the occurrence meant by an expression without a year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pipeline.date.cues import read_surroundings
from pipeline.date.node import Node
from pipeline.date.scene import Scene

#: Longer than a month, and how long what is over is still news.
_FEW_DAYS = 40
_JUST_OVER = 60


def nearest(scene: Scene, node: Node, occurrence: Callable[[int], tuple[date, date]]) -> int | None:
    """The year of the occurrence meant by an expression without one: past in news, unless the words look ahead.

    ``occurrence(year)`` is its first and last day in that year. An occurrence that holds the article's date is taken.
    """
    reference = scene.reference
    if reference is None:
        return None
    years = _years_that_have_it(occurrence, reference.year)
    if years is None:
        return None
    past, future = years if occurrence(years[1])[0] > reference else (years[1], years[1] + 1)
    try:
        first, last = occurrence(past)
        if first <= reference <= last:
            length, gone = (last - first).days, (reference - first).days
            # A stretch of many months that has hardly begun is last year's, unless the words look ahead.
            if length < 200 or 2 * gone > length or scene.looks_ahead(node.start, node.end) is True:
                return past
            return past - 1
    except ValueError:
        return None
    tense = scene.tense(node.start, node.end)
    ahead = None if tense is None else tense == "ahead"
    try:
        behind_days = (reference - occurrence(past)[1]).days
        ahead_days = (occurrence(future)[0] - reference).days
    except ValueError:
        return past
    if node.value.get("over") and ahead is not True:
        # A stretch up to a month that nobody says is to come is over, however long ago that was.
        return past
    before = scene.low[max(0, node.start - 24) : node.start]
    length = (occurrence(past)[1] - occurrence(past)[0]).days
    single_day = length < 20
    words = before.rstrip()
    if words.endswith(("as of", "as at", "as on", "since", "back in", "recently as", "ended", "ended in")):
        return past
    if single_day and words.endswith(" at"):
        return past
    deadline = words.endswith(
        (" by", "(by", "\nby", "until", "till", "before", " from", " for", "due", "due on", "next update:", "next release:")
    )
    if words.endswith(("until", "till", "through")):
        return future if ahead_days < behind_days else past
    if not deadline and not (ahead is True and single_day) and read_surroundings(scene.low, node.start).basis:
        return past
    if (
        ahead is True
        and (occurrence(past)[1] - occurrence(past)[0]).days > _FEW_DAYS
        and behind_days < _JUST_OVER
        and ahead_days > 200
    ):
        # In August what is expected for the second quarter is the one just over, whose report is still to come.
        return past
    if ahead is True and (ahead_days <= (330 if deadline else 240) or ahead_days < behind_days):
        return future
    if ahead is False:
        late = 240 if deadline else 270 if single_day or tense == "participle" else 400
        if tense == "participle" and single_day:
            late = 240
        return future if behind_days > late and ahead_days < 130 else past
    if deadline or behind_days > (200 if single_day else 270):
        return future if ahead_days < behind_days else past
    return past


def _years_that_have_it(occurrence: Callable[[int], tuple[date, date]], year: int) -> tuple[int, int] | None:
    """The two latest years up to ``year`` that have the occurrence (29 February is not in all), earlier first."""
    found: list[int] = []
    for candidate in range(year, year - 9, -1):
        try:
            occurrence(candidate)
        except ValueError:
            continue
        found.append(candidate)
        if len(found) == 2:
            return found[1], found[0]
    return None


def historic_year(scene: Scene, node: Node) -> int | None:
    """The year that a bare month belongs to in an account of past years: one just named, two or more years back."""
    last = scene.last()
    if last is None or scene.reference is None or last.period.start is None or last.period.end is None:
        return None
    if not scene.same_sentence(last, node.start) or scene.looks_ahead(node.start, node.end) is not False:
        return None
    year = last.period.start.year
    if last.period.end.year != year or year >= scene.reference.year - 1 or last.kind in ("since", "ago"):
        return None
    return year if scene.low[max(0, node.start - 4) : node.start].endswith("in ") and last.reported else None
