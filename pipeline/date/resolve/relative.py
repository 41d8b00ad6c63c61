"""Units counted from the article's date or from the time in focus: ``last year``, ``the previous quarter``."""

from __future__ import annotations

from datetime import date

from pipeline.date.node import Node
from pipeline.date.period import DAY, Period, add_months, day_period, days_period, decade_period, shift, span_period
from pipeline.date.resolve.reading import Reading, dated
from pipeline.date.resolve.units import UNIT_STEP, containing, iso_duration, step_of
from pipeline.date.resolve.years import fiscal_year_of, last_year_named, shift_year, year_in_focus
from pipeline.date.scene import Scene, Seen
from pipeline.date.words import UNITS


def resolve_relative_unit(node: Node, scene: Scene) -> Reading | None:
    """``last year``, ``the previous quarter``, ``the past 12 months``, ``this fiscal year and next``."""
    rel, unit, count, fiscal = node.value["rel"], node.value["u"], node.value["n"], node.value["fiscal"]
    if node.value["the"] and rel == "last" and count is None and not fiscal and unit in ("decade", "century", "year"):
        return Reading(duration=iso_duration(1, unit), date_kind="duration")
    if rel in ("coming", "next", "past") and unit in ("decade", "century") and count is None:
        return Reading(duration=iso_duration(1, unit), date_kind="duration")
    if rel in ("past", "this past") and count is None and unit not in ("week", "month", "weekend"):
        return Reading(duration=iso_duration(1, unit), date_kind="duration") if unit in UNITS else None
    if rel in ("the latter", "the former", "latter", "former"):
        return _latter(node, scene)
    if rel == "the year-ago":
        return None
    if count is not None:
        return _several_units(node, scene)
    if rel == "first":
        return _first_unit(node, scene)
    if unit == "period" or (rel in ("previous", "prior", "preceding", "following", "same", "that") and unit != "weekend"):
        return _from_focus(node, scene)
    if rel == "next" and node.value["the"] and unit in ("day", "morning", "month", "year", "quarter") and scene.seen:
        return _from_focus(node, scene)
    if scene.reference is None:
        return None
    if rel == "latest":
        return _latest(node, scene)
    base = containing(unit, scene.reference, scene, fiscal=fiscal)
    if base is None:
        return None
    step = {
        "last": -1,
        "next": 1,
        "coming": 1,
        "upcoming": 1,
        "past": -1,
        "this past": -1,
        "new": 1 if unit == "year" and fiscal else 0,
    }.get(rel, 0)
    if rel == "new" and not fiscal:
        return None
    recent = scene.reported()
    if unit == "year" and rel == "current" and not fiscal and scene.fiscal.explicit and recent is not None and recent.fiscal:
        fiscal = True
        base = fiscal_year_of(scene, scene.reference)
    if unit == "year" and not fiscal and rel in ("this", "current") and _is_budget(scene, recent):
        fiscal = True
        base = fiscal_year_of(scene, scene.reference)
    if rel == "coming" and unit == "weekend":
        step = 0
    if fiscal and unit == "year":
        period = shift_year(scene, base, step, fiscal=True)
    else:
        months, days = UNIT_STEP.get(unit) or step_of(unit, 1)
        period = shift(base, months=step * months, days=step * days)
    if unit == "week" and "wd" in node.value and period.start is not None:
        return dated(day_period(period.start + node.value["wd"] * DAY))
    if "and_next" in node.value and period.start and period.end:
        return Reading(
            period=span_period(period.start, add_months(period.end + DAY, 12) - DAY), date_kind="interval", fiscal=fiscal
        )
    if unit == "weekend" and step == -1 and period.end and scene.reference and (scene.reference - period.end).days > 8:
        period = shift(period, days=7)
    if unit == "quarter" and not fiscal and period.start is not None and base.timex.startswith("FY"):
        period = containing("quarter", period.start, scene) or period
    return dated(period, fiscal=fiscal)


#: How often a text that presents a budget says so.
_BUDGET_WORDS = 3


def _is_budget(scene: Scene, recent: Seen | None) -> bool:
    """Whether the text is a government's budget, told in fiscal years: ``this year`` is then a fiscal one."""
    if recent is None or not recent.fiscal or recent.period.months != 12 or scene.fiscal.start_month == 1:
        return False
    return scene.count(("budget", "fiscal", "revised estimate")) >= _BUDGET_WORDS


def _latter(node: Node, scene: Scene) -> Reading | None:
    unit = node.value["u"]
    want = {"year": 12, "quarter": 3, "month": 1, "half": 6}.get(unit)
    named = [seen for seen in scene.seen if seen.period.months == want]
    if not named:
        return None
    index = -1 if "latter" in node.value["rel"] else -2
    return dated(named[index].period, focus=True) if len(named) >= -index else None


def _first_unit(node: Node, scene: Scene) -> Reading | None:
    """``in the first year`` of something whose start was named: the year of that start, else a bare length."""
    if node.value["u"] != "year":
        return None
    return Reading(duration="P1Y", date_kind="duration")


def _latest(node: Node, scene: Scene) -> Reading | None:
    unit = node.value["u"]
    want = {"year": 12, "quarter": 3, "month": 1, "half": 6}.get(unit)
    named = [seen.period for seen in scene.seen if want and seen.period.months == want and seen.period.end is not None]
    past = [
        period for period in named if period.end is not None and scene.reference is not None and period.end <= scene.reference
    ]
    if past and scene.reference is not None:
        newest = max(past, key=lambda period: period.end or date.min)
        if newest.end is not None and (scene.reference - newest.end).days < 31 * (want or 1) + 150:
            return dated(newest, focus=True)
    if scene.reference is None:
        return None
    base = containing(unit, scene.reference, scene)
    if base is None:
        return None
    months, days = UNIT_STEP.get(unit) or step_of(unit, 1)
    return dated(shift(base, months=-months, days=-days), focus=True)


def _several_units(node: Node, scene: Scene) -> Reading | None:
    """``the past 12 months`` are months of the calendar; longer or vaguer stretches are a length of time."""
    rel, unit, count, fiscal = node.value["rel"], node.value["u"], node.value["n"], node.value["fiscal"]
    reference = scene.reference
    if unit in ("half", "period", "weekend"):
        return None
    if rel in ("previous", "prior", "preceding"):
        seen = scene.reported()
        base = seen.period if seen else containing(unit, reference, scene) if reference else None
        if base is None or base.start is None:
            return None
        months, days = step_of(unit, count)
        if months:
            start = add_months(base.start, -months)
            period = span_period(start, base.start - DAY)
        else:
            period = days_period(base.start - days * DAY, base.start - DAY)
        return Reading(period=period, date_kind="interval", comparison=True, shift=iso_duration(count, unit), focus=True)
    if rel == "following":
        last = scene.last()
        if last is None or last.period.start is None or not step_of(unit, count)[0]:
            return None
        # Behind a stretch that is over its end counts, behind a start its start: ``since July … the six months that followed``.
        start = last.period.end + DAY if last.period.end and last.period.months != 1 else last.period.start
        period = span_period(start, add_months(start, step_of(unit, count)[0]) - DAY)
        return Reading(period=period, date_kind="interval", focus=True)
    if unit == "year" and fiscal and reference is not None and rel in ("next", "last", "past"):
        year = fiscal_year_of(scene, reference)
        if year.start is not None:
            start = add_months(year.start, 12 if rel == "next" else -12 * count)
            return Reading(period=span_period(start, add_months(start, 12 * count) - DAY), date_kind="interval", fiscal=True)
    if unit in ("month", "quarter") and reference is not None and rel in ("past", "last"):
        this = containing(unit, reference, scene)
        if this is not None and this.start is not None:
            months, _ = step_of(unit, count)
            start = add_months(this.start, -months)
            return Reading(period=span_period(start, this.start - DAY), date_kind="interval", timex=iso_duration(count, unit))
    return Reading(duration=iso_duration(count, unit), date_kind="duration")


def _from_focus(node: Node, scene: Scene) -> Reading | None:
    """``the previous quarter``, ``that year``, ``the following month``: counted from the time in focus."""
    rel, unit, fiscal = node.value["rel"], node.value["u"], node.value["fiscal"]
    backward = rel in ("previous", "prior", "preceding")
    step = -1 if backward else 1 if rel in ("following", "next", "coming") else 0
    if unit == "day":
        day = scene.last_day()
        return dated(day_period(day + step * DAY), focus=True) if day else None
    if unit == "period":
        seen = scene.period_in_focus(node.start)
        if seen is None or (seen.period.months is None and seen.period.precision != "day"):
            return None
        if rel in ("that", "same", "this"):
            return dated(seen.period, focus=True)
        if not (seen.period.start and seen.period.end):
            return None
        months = seen.period.months
        days = (seen.period.end - seen.period.start).days + 1
        period = shift(seen.period, months=step * months) if months else shift(seen.period, days=step * days)
        return Reading(period=period, comparison=backward, shift=f"P{months}M" if months else f"P{days}D", focus=True)
    if unit == "year":
        if rel == "that":
            named = last_year_named(scene)
            return dated(named, focus=True)
        base = year_in_focus(scene, fiscal=fiscal)
        if base is None:
            return None
        moved = shift(base, months=12 * step)
        if base.timex.startswith("FY") and moved.start:
            moved = fiscal_year_of(scene, moved.start)
        return Reading(period=moved, comparison=backward, shift="P1Y" if backward else None, focus=True)
    want = {"quarter": 3, "month": 1, "half": 6}.get(unit)
    seen = scene.reported(months=want) if want else None
    if rel == "that":
        if unit == "week":
            weeks = [
                s.period for s in scene.recent(9) if s.period.start and s.period.end and (s.period.end - s.period.start).days == 6
            ]
            return dated(weeks[0], focus=True) if weeks else None
        if unit == "decade":
            last = scene.last()
            return dated(decade_period(last.period.start.year), focus=True) if last and last.period.start else None
        candidates = [
            s.period for s in scene.seen if s.period.months == want and s.period.start and s.kind not in ("ago", "same")
        ]
        told = [s.period for s in scene.seen if s.period in candidates and s.reported]
        return dated((told or candidates)[-1], focus=True) if candidates and want else None
    base = _focus_unit(unit, scene, seen, fiscal=fiscal)
    if base is None:
        return None
    months, days = UNIT_STEP.get(unit) or step_of(unit, 1)
    period = shift(base, months=step * months, days=step * days)
    return Reading(
        period=period,
        comparison=backward,
        shift=iso_duration(1, unit) if backward and unit in UNITS else "P6M" if backward else None,
        focus=True,
    )


def _focus_unit(unit: str, scene: Scene, seen: Seen | None, *, fiscal: bool = False) -> Period | None:
    """The quarter, month or week in focus: the last one reported on, else the one that the last report ended in."""
    if unit == "quarter" and seen is not None:
        return seen.period
    last = scene.reported()
    if seen is not None and (last is None or last is seen or last.start - seen.end < 600):
        return seen.period
    if last is not None and last.period.end is not None:
        return containing(unit, last.period.end, scene, fiscal=fiscal)
    return containing(unit, scene.reference, scene, fiscal=fiscal) if scene.reference else None
