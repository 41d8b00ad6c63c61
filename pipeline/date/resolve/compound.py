"""Expressions that hold another: ``the end of June``, ``the year to March``, ``21 October to 11 November``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.date.node import Node, YearRef
from pipeline.date.period import DAY, Period, add_months, days_period, month_period, span_period, week_period, year_period
from pipeline.date.resolve.parts import resolve_unit_end
from pipeline.date.resolve.reading import Reading, Resolve, dated
from pipeline.date.resolve.units import containing
from pipeline.date.resolve.years import fiscal_year_of, resolve_year, shift_year
from pipeline.date.scene import Scene


def resolve_part_units(node: Node, scene: Scene, resolve: Resolve) -> Reading | None:
    """``the first eight months of 2025``, ``the final three months of the year``, ``the first 20 days of May``."""
    count, unit, side = node.value["n"], node.value["u"], node.value["side"]
    unit = {"halve": "half"}.get(unit, unit)
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}.get(unit)
    inner: Node | None = node.value["of"]
    whole: Period | None = None
    fiscal = False
    if inner is not None:
        reading = None if inner.kind in ("the-unit",) and inner.value["u"] == "year" else resolve(inner, scene)
        whole = reading.period if reading else None
        fiscal = bool(reading and reading.fiscal) or (inner.kind == "the-unit" and inner.value["fiscal"])
        if reading is not None and whole is None:
            return None
    elif node.value["y"] is not None and node.value["y"].word not in ("the", "that"):
        whole = resolve_year(scene, node.value["y"])
        fiscal = node.value["y"].fiscal
    if whole is None:
        if months is None or unit == "year" or scene.reference is None:
            return None
        whole = _year_for_part(node, scene, count * months, side)
        fiscal = whole is not None and whole.start is not None and whole.start.month != 1
    if whole is None or whole.start is None or whole.end is None:
        return None
    if months is not None:
        total = count * months
        start = whole.start if side == "first" else add_months(whole.end + DAY, -total)
        return Reading(
            period=span_period(start, add_months(start, total) - DAY),
            date_kind="interval" if count > 1 else "date",
            fiscal=fiscal,
        )
    days = {"day": 1, "week": 7, "weekend": 2}.get(unit)
    if days is None:
        return None
    total = count * days
    if unit == "week" and count == 1 and whole.precision == "year":
        # The ISO week that holds 4 January is a year's first, the one that holds 28 December its last.
        inside = whole.start + 3 * DAY if side == "first" else whole.end - 3 * DAY
        return dated(week_period(inside - inside.weekday() * DAY))
    if side == "first":
        return Reading(period=days_period(whole.start, whole.start + (total - 1) * DAY), date_kind="interval")
    return Reading(period=days_period(whole.end - (total - 1) * DAY, whole.end), date_kind="interval")


def _year_for_part(node: Node, scene: Scene, months: int, side: str) -> Period | None:
    """The year whose first (or last) months are meant where none is named: the latest in which they are over."""
    reference = scene.reference
    if reference is None:
        return None
    fiscal = scene.fiscal.explicit and scene.fiscal.start_month != 1
    year = fiscal_year_of(scene, reference) if fiscal else year_period(reference.year)
    if year.start is None:
        return None
    over = add_months(year.start, months if side == "first" else 12)
    not_over = over > reference + 12 * DAY and scene.looks_ahead(node.start, node.end) is not True
    if not_over and (side == "first" or (year.end is not None and add_months(year.end + DAY, -months) > reference)):
        return shift_year(scene, year, -1, fiscal=fiscal)
    return year


def resolve_ended(node: Node, scene: Scene, resolve: Resolve) -> Reading | None:
    count, unit = node.value["n"], node.value["u"]
    over = {} if node.value["begins"] else {"over": True}
    inner = resolve(replace(node.value["end"], start=node.start, value=node.value["end"].value | over), scene)
    if inner is None or inner.period is None or inner.period.end is None:
        return None
    end = inner.period.end
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12, "season": 12}.get(unit)
    if node.value["begins"]:
        if months is None or inner.period.start is None:
            return None
        first = inner.period.start
        return Reading(
            period=span_period(first, add_months(first, count * months) - DAY), date_kind="interval", fiscal=node.value["fiscal"]
        )
    if months is not None:
        start = add_months(end + DAY, -count * months)
        period = span_period(start, end)
        if period.precision == "day" and period.timex:
            period = replace(period, precision="month")
    else:
        start = end - (count * (7 if unit == "week" else 1) - 1) * DAY
        period = week_period(start) if unit == "week" and count == 1 and start.weekday() == 0 else days_period(start, end)
    return Reading(
        period=period, date_kind="interval", fiscal=unit == "year" or node.value["fiscal"] or unit in ("quarter", "half")
    )


def resolve_half_of(node: Node, scene: Scene, resolve: Resolve) -> Reading | None:
    """Half of a month (its first fifteen days, and the rest) or of a decade (five years)."""
    inner = resolve(replace(node.value["of"], start=node.start), scene)
    if inner is None or inner.period is None or inner.period.start is None or inner.period.end is None:
        return None
    start, end = inner.period.start, inner.period.end
    middle = date(start.year + 5, 1, 1) if inner.period.precision == "decade" else start.replace(day=16)
    period = span_period(start, middle - DAY) if node.value["n"] == 1 else span_period(middle, end)
    return Reading(period=period, date_kind="interval")


def resolve_week_of(node: Node, scene: Scene, resolve: Resolve) -> Reading | None:
    inner = resolve(node.value["of"], scene)
    if inner is None or inner.period is None or inner.period.start is None:
        return None
    return dated(week_period(inner.period.start - inner.period.start.weekday() * DAY))


def resolve_part(node: Node, scene: Scene, resolve: Resolve) -> Reading | None:
    """``the end of June``, ``early 2026``, ``mid-April``: the whole of what it is a part of; ``mid-2027`` is its June."""
    part = node.value["part"]
    of: Node = node.value["of"]
    if (
        of.kind == "the-unit"
        and of.value["u"] == "year"
        and not of.value["fiscal"]
        and part != "whole"
        and scene.reference is not None
    ):
        return resolve_unit_end(replace(node, value={"u": "year", "part": part}), scene)
    if (
        of.kind == "the-unit"
        and of.value["u"] in ("month", "quarter")
        and part in ("end", "close")
        and scene.reference is not None
        and scene.looks_ahead(node.start, node.end) is True
    ):
        return dated(containing(of.value["u"], scene.reference, scene), focus=True)
    # The preposition that tells past from future stands before the whole expression.
    inner = resolve(replace(of, start=node.start), scene)
    if inner is None:
        return None
    period = inner.period
    if (
        period is not None
        and part in ("mid", "middle")
        and period.precision == "year"
        and not inner.fiscal
        and period.start is not None
    ):
        return replace(inner, period=month_period(period.start.year, 6))
    return replace(inner, date_kind="date")


def resolve_range(node: Node, scene: Scene, resolve: Resolve) -> Reading | None:
    """``21 October to 11 November``: from the start of the first to the end of the second, with the year of the second."""
    second = resolve(node.value["b"], scene)
    first_node: Node = node.value["a"]
    if second is None or second.period is None or second.period.end is None:
        return None
    end = second.period.end
    value = first_node.value
    if first_node.kind in ("month", "day", "quarter", "half") and value.get("y") is None:
        year = YearRef(end.year)
        first = resolve(replace(first_node, value={**value, "y": year}), scene)
        if first is not None and first.period is not None and first.period.start is not None and first.period.start > end:
            first = resolve(replace(first_node, value={**value, "y": YearRef(end.year - 1)}), scene)
    else:
        first = resolve(first_node, scene)
    if first is None or first.period is None or first.period.start is None:
        return None
    start = first.period.start
    second_value = node.value["b"].value
    if start > end and second_value.get("y", "") is None:
        second = resolve(replace(node.value["b"], value={**second_value, "y": YearRef(start.year)}), scene)
        end = second.period.end if second and second.period and second.period.end else end
        if start > end:
            end = add_months(end, 12)
    if start > end:
        return None
    if first.period.precision == "day" or second is None or second.period is None or second.period.precision == "day":
        return Reading(period=days_period(start, end), date_kind="interval")
    return Reading(period=span_period(start, end), date_kind="interval", fiscal=first.fiscal)
