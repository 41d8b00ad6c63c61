"""Quarters, halves and ends of years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.date.node import Node, YearRef
from pipeline.date.period import DAY, add_months, shift, year_period
from pipeline.date.resolve.focus import resolve_the_unit
from pipeline.date.resolve.occurrence import nearest
from pipeline.date.resolve.reading import Reading, dated
from pipeline.date.resolve.units import containing, part_of_year
from pipeline.date.resolve.years import fiscal_year_of, resolve_year
from pipeline.date.scene import Scene, Seen


def _resolve_part(node: Node, scene: Scene, count: int) -> Reading | None:
    number = node.value["n"]
    ref: YearRef | None = node.value["y"]
    fiscal = node.value["fiscal"] or (ref is not None and ref.fiscal)
    if ref is not None:
        explicit_words = ref.word in ("the", "that", "same")
        if not explicit_words:
            year = resolve_year(scene, ref if not node.value["fiscal"] else replace(ref, fiscal=True))
            return dated(part_of_year(scene, year, number, count), fiscal=fiscal) if year else None
    if scene.reference is None:
        last = scene.reported(months=12)
        if last is not None:
            return dated(part_of_year(scene, last.period, number, count), focus=True)
        return Reading(timex=f"XXXX-{'Q' if count == 3 else 'H'}{number}")
    named = _year_named_in_sentence(node, scene)
    if named is not None:
        return dated(part_of_year(scene, named.period, number, count), fiscal=named.fiscal, focus=True)
    if node.value["fiscal"] and count == 3 and not scene.fiscal.explicit and scene.looks_ahead(node.start, node.end) is not True:
        _learn_fiscal_start(scene, number)
    fiscal = fiscal or (scene.fiscal.explicit and not _part_ahead_of(scene, number, count))
    start_month = scene.fiscal.start_month if fiscal else 1

    def occurrence(year: int) -> tuple[date, date]:
        start = add_months(date(year, start_month, 1), (number - 1) * count)
        return start, add_months(start, count) - DAY

    # A fiscal part can lie in the calendar year after the one its year started in.
    year_of_start = nearest(scene, node, lambda y: occurrence(y - (1 if occurrence(y)[0].year > y else 0)))
    if year_of_start is None:
        return None
    first = year_of_start - (1 if occurrence(year_of_start)[0].year > year_of_start else 0)
    year = fiscal_year_of(scene, date(first, start_month, 1)) if fiscal and start_month != 1 else year_period(first)
    return dated(part_of_year(scene, year, number, count), fiscal=fiscal)


def _learn_fiscal_start(scene: Scene, number: int) -> None:
    """Results of ``its fiscal third quarter`` are of the quarter just over, which tells when the fiscal year starts."""
    reference = scene.reference
    if reference is None:
        return
    first_of_quarter = date(reference.year, reference.month - (reference.month - 1) % 3, 1)
    last_quarter = add_months(first_of_quarter, -3)
    start = (last_quarter.month - 1 - 3 * (number - 1)) % 12 + 1
    scene.learn_fiscal_start(start)


def _part_ahead_of(scene: Scene, number: int, count: int) -> bool:
    """Whether that part of this fiscal year is not over yet while that of this calendar year is."""
    if scene.reference is None:
        return False
    year = fiscal_year_of(scene, scene.reference)
    if year.start is None:
        return False
    fiscal_end = add_months(year.start, number * count)
    calendar_end = add_months(date(scene.reference.year, 1, 1), number * count)
    return fiscal_end > scene.reference >= calendar_end


def _year_named_in_sentence(node: Node, scene: Scene) -> Seen | None:
    """A fiscal year that the same sentence has just named (``5% in 2025-26: 4% in the first quarter``)."""
    for seen in scene.recent(4):
        if seen.fiscal and seen.period.months == 12 and scene.same_sentence(seen, node.start):
            return seen
    return None


def resolve_quarter(node: Node, scene: Scene) -> Reading | None:
    return _resolve_part(node, scene, 3)


def resolve_half(node: Node, scene: Scene) -> Reading | None:
    return _resolve_part(node, scene, 6)


def resolve_ellipsis(node: Node, scene: Scene) -> Reading | None:
    """``the second`` behind ``the first half of 2025``: the same kind of part, of the same year."""
    number = node.value["n"]
    for seen in scene.recent(3):
        if seen.kind not in ("quarter", "half", "part-units") or not (
            scene.same_sentence(seen, node.start) or node.start - seen.end < 160
        ):
            continue
        count = seen.period.months
        if count not in (3, 6) or seen.period.start is None or number > 12 // count:
            continue
        start_month = scene.fiscal.start_month if seen.fiscal else 1
        offset = (seen.period.start.month - start_month) % 12
        index = offset // count + 1
        if index == number:
            continue
        step = number - index
        moved = shift(seen.period, months=step * count)
        return dated(moved, fiscal=seen.fiscal, focus=True)
    return None


def resolve_unit_end(node: Node, scene: Scene) -> Reading | None:
    """``year-end``: the year of the article, or the year before where the words look back from its first months."""
    unit = node.value["u"]
    reference = scene.reference
    if reference is None:
        return None
    if unit != "year":
        return resolve_the_unit(replace(node, value={"u": unit, "n": None, "fiscal": False}), scene)
    period = containing(unit, reference, scene)
    if period is None:
        return None
    if unit == "year" and node.value.get("part", "end") in ("end", "close", "turn"):
        ahead = scene.looks_ahead(node.start, node.end)
        last = scene.reported()
        if (
            ahead is not True
            and reference.month <= 4
            and (ahead is False or (last and last.period.end and last.period.end.year < reference.year))
        ):
            period = shift(period, months=-12)
    return dated(period)


def resolve_full_year(node: Node, scene: Scene) -> Reading | None:
    reference = scene.reference
    if reference is None:
        return None
    ahead = scene.looks_ahead(node.start, node.end)
    last = scene.current(node.start)
    if last is not None and last.period.end is not None and (last.period.months or 99) <= 12:
        year = (
            fiscal_year_of(scene, last.period.end) if last.fiscal and scene.fiscal.explicit else year_period(last.period.end.year)
        )
        return dated(year, focus=True)
    if reference.month <= 2 and ahead is not True:
        return dated(year_period(reference.year - 1))
    return dated(year_period(reference.year))
