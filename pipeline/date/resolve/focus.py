"""Times that only the text before tells: ``the quarter``, ``a year earlier``, ``the same period last year``."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from pipeline.date.node import MONTH, Node, month_number
from pipeline.date.period import (
    DAY,
    Period,
    add_months,
    day_period,
    month_period,
    quarter_period,
    shift,
    span_period,
    week_period,
    year_period,
)
from pipeline.date.resolve.reading import Reading, dated
from pipeline.date.resolve.standing import standing_day, week_in_focus, week_of
from pipeline.date.resolve.units import containing, iso_duration, step_of
from pipeline.date.resolve.years import fiscal_year, fiscal_year_of, stated_year, year_in_focus
from pipeline.date.scene import Scene, Seen
from pipeline.date.words import CARDINALS, UNITS


def resolve_the_unit(node: Node, scene: Scene) -> Reading | None:
    """``the quarter``, ``the six months``, ``the period``, ``the year``: what the text is about."""
    unit, count = node.value["u"], node.value["n"]
    if unit == "half-year":
        unit = "half"
    if count is not None:
        return _the_units(node, scene, count, unit)
    if unit == "day":
        day = scene.last_day()
        return dated(day_period(day), focus=True) if day else None
    if unit in ("week", "weekend", "season", "decade"):
        if scene.reference is None:
            return None
        if unit == "weekend":
            period = containing("weekend", scene.reference, scene)
            if period and period.start and period.start > scene.reference:
                ahead = scene.looks_ahead(node.start, node.end)
                if ahead is False or (ahead is None and scene.reference.weekday() < 3):
                    period = containing("weekend", scene.reference - 7 * DAY, scene)
            return dated(period, focus=True)
        if unit == "week":
            for seen in reversed(scene.seen):
                if (
                    seen.reported
                    and seen.period.start
                    and seen.period.end
                    and 4 <= (seen.period.end - seen.period.start).days <= 6
                ):
                    return dated(seen.period, focus=True)
            period = containing("week", scene.reference, scene)
            if period and period.start and scene.reference.weekday() < 2:
                earlier = scene.looks_ahead(node.start, node.end) is not True
                period = shift(period, days=-7) if earlier else period
            elif period and period.start and scene.reference.weekday() >= 3:
                period = replace(period, end=scene.reference)
            if period and period.start and _MARKET.search(scene.low, max(0, node.start - 120), node.end + 40):
                # A week of trading ends on its Friday.
                period = replace(period, end=period.start + 4 * DAY)
            return dated(period, focus=True)
        return dated(containing(unit, scene.reference, scene), focus=True)
    if unit == "period":
        last = scene.period_in_focus(node.start)
        return dated(last.period, focus=True, fiscal=last.fiscal) if last else None
    if unit == "year":
        return dated(_the_year(node, scene), focus=True)
    want = {"quarter": 3, "month": 1, "half": 6}[unit]
    named = scene.current(node.start, months=want, strict=True)
    if named is not None:
        return dated(named.period, focus=True, fiscal=named.fiscal)
    last = scene.current(node.start, strict=True) or _last_named(scene)
    if last is not None and last.period.end is not None and (last.period.months or 1) <= 12:
        return dated(_over(containing(unit, last.period.end, scene), want, node, scene), focus=True)
    if scene.reference is None:
        return None
    base = _over(containing(unit, scene.reference, scene), want, node, scene)
    if unit == "month" and base is not None and scene.reference.day <= 10 and scene.looks_ahead(node.start, node.end) is False:
        base = shift(base, months=-1)
    return dated(base, focus=True)


def _over(period: Period | None, months: int, node: Node, scene: Scene) -> Period | None:
    """``period``, or the one before where it has not run half its time and nothing says that it is to come."""
    if months == 1 or period is None or scene.reference is None or period.start is None or period.end is None:
        return period
    if period.end <= scene.reference or scene.looks_ahead(node.start, node.end) is True:
        return period
    half_run = 2 * (scene.reference - period.start).days > (period.end - period.start).days
    return period if half_run else shift(period, months=-months)


def _last_named(scene: Scene) -> Seen | None:
    """The last period named for itself, not to compare with: a single day, too, tells the month."""
    for seen in reversed(scene.seen):
        if not seen.basis and seen.kind not in ("ago", "same", "since"):
            return seen
    return scene.last()


def _the_year(node: Node, scene: Scene) -> Period | None:
    before = scene.low[max(0, node.start - 10) : node.start]
    last = scene.current(node.start)
    if (
        before.endswith(("over ", "through "))
        and last is not None
        and last.period.months in (1, 3)
        and last.period.end is not None
    ):
        end = last.period.end
        start = add_months(end + DAY, -12)
        return span_period(start, end)
    if node.value.get("ended") and scene.reference is not None:
        over = [
            s.period for s in scene.seen if s.period.months == 12 and s.period.end is not None and s.period.end < scene.reference
        ]
        if over:
            return max(over, key=lambda period: period.end or date.min)
    if _is_guided(node, scene) and scene.reference is not None:
        in_fiscal = node.value["fiscal"] or (scene.fiscal.explicit and last is not None and last.fiscal)
        year = fiscal_year_of(scene, scene.reference) if in_fiscal else year_period(scene.reference.year)
        gone = last is not None and last.period.end is not None and last.period.end.year < scene.reference.year
        return shift(year, months=-12) if gone and scene.reference.month <= 3 and not in_fiscal else year
    if node.value["fiscal"]:
        named = scene.reported(months=12)
        if named is not None and (named.fiscal or scene.fiscal.start_month == 1):
            return named.period
        if scene.reference is not None:
            return fiscal_year_of(scene, scene.reference)
    if (
        scene.reference is not None
        and scene.looks_ahead(node.start, node.end) is True
        and not (last and last.period.months == 12)
        and not (last and scene.reference.month <= 3 and last.period.end and last.period.end.year < scene.reference.year)
    ):
        return year_period(scene.reference.year)
    return year_in_focus(scene, fiscal=node.value["fiscal"], at=node.start)


_GUIDANCE = re.compile(r"\b(?:forecasts?|guid(?:es|ed|ing|ance)|expect(?:s|ed|ing)|outlook|pencil(?:led)? in|sees|targets)\b")


def _is_guided(node: Node, scene: Scene) -> bool:
    """Whether ``the full year`` is the one that a company or a bank looks ahead to."""
    if "full" not in scene.low[node.start : node.end]:
        return False
    before = re.split(r"[.;!?] |\n", scene.low[max(0, node.start - 90) : node.start])[-1]
    after = re.split(r"[.;!?] |\n", scene.low[node.end : node.end + 60])[0] if len(before) < 8 else ""
    return _GUIDANCE.search(before) is not None or _GUIDANCE.search(after) is not None


def _the_units(node: Node, scene: Scene, count: int, unit: str) -> Reading | None:
    months = {"month": 1, "quarter": 3, "year": 12, "half": 6}.get(unit)
    current = scene.current(node.start)
    if current is not None and scene.reference is not None and current.period.end and current.period.end > scene.reference:
        current = None
    latest_first = [seen for seen in reversed(scene.seen) if not _is_long_past(seen, current)]
    for seen in sorted(latest_first, key=lambda seen: not seen.reported):
        period = seen.period
        if period.start is None or period.end is None:
            continue
        if months is not None and period.months == count * months:
            return Reading(period=period, date_kind="interval", focus=True, fiscal=seen.fiscal)
        days = (period.end - period.start).days + 1
        if months is None and days == count * (7 if unit == "week" else 1):
            return Reading(period=period, date_kind="interval", focus=True)
    last = scene.reported()
    if months is not None and last is not None and last.period.end is not None and unit == "month" and last.period.months == 1:
        start = add_months(last.period.end + DAY, -count)
        return Reading(period=span_period(start, last.period.end), date_kind="interval", focus=True)
    return Reading(duration=iso_duration(count, unit), date_kind="duration") if unit in UNITS else None


def _is_long_past(seen: Seen, current: Seen | None) -> bool:
    """Whether ``seen`` lies a year or more behind what the text reports on."""
    if current is None or current.period.end is None or seen.period.end is None or seen is current:
        return False
    return (current.period.end - seen.period.end).days >= 360


_MARKET = re.compile(r"\b(?:clos(?:ed|e|ing)|index|shares|stocks|points|traders?|trading|contract|futures|auctions?)\b")
_IN_MONTH = re.compile(rf" in (?P<mon>{MONTH})(?! \d)")
_IN_UNIT = re.compile(r" in the (quarter|month|half|year)\b")


def resolve_ago(node: Node, scene: Scene) -> Reading | None:
    """``a year earlier``, ``two years ago``, ``five years later``: from the time in focus, or from the article's date."""
    count, unit, word = node.value["n"], node.value["u"], node.value["word"]
    if unit in ("morning", "evening"):
        unit = "day"
    if unit == "night":
        unit = "day"
    ahead = word in ("later", "after")
    if UNITS[unit][0] is None and UNITS[unit][1] is None:
        return None
    months, days = step_of(unit, count)
    if word in ("from now", "from today", "hence"):
        return _ago_from(scene.reference, -months, -days, unit, count)
    if ahead:
        last = scene.last()
        if last is None or last.period.start is None:
            return _ago_from(scene.reference, -months, -days, unit, count)
        return dated(shift(last.period, months=months, days=days), focus=True)
    day = standing_day(node, scene)
    if day is not None and not (node.value.get("the") and unit != "week") and unit not in ("decade", "century", "season"):
        then = day - days * DAY if days else add_months(day, -months)
        back = week_of(then) if node.value.get("the") else day_period(then)
        return Reading(period=back, comparison=True, shift=iso_duration(count, unit), focus=True)
    if unit == "week" and node.value.get("the") and not week_in_focus(scene) and scene.reference is not None:
        return Reading(period=week_of(scene.reference - days * DAY), comparison=True, shift="P1W", focus=True)
    focus = _comparison_base(node, scene, days_matter=bool(days))
    if scene.reference is not None and unit == "year" and (named := _IN_MONTH.match(scene.low, node.end)):
        month = month_number(named["mon"])
        year = scene.reference.year - (month > scene.reference.month)
        named_month = month_period(year - round(count), month)
        return Reading(period=named_month, comparison=True, shift=iso_duration(count, unit), focus=True)
    if after := _IN_UNIT.match(scene.low, node.end):
        want = {"quarter": 3, "month": 1, "half": 6, "year": 12}[after[1]]
        focus = scene.reported(months=want) or focus
    if unit == "year" and node.value.get("the"):
        base = year_in_focus(scene, at=node.start)
        if base is not None:
            moved = shift(base, months=-12)
            if base.timex.startswith("FY") and moved.start:
                moved = fiscal_year_of(scene, moved.start)
            return Reading(period=moved, comparison=True, shift="P1Y", focus=True)
    if word == "ago" and (focus is None or not _counts_from_focus(node, scene, focus, unit, count)):
        return _ago_from(scene.reference, months, days, unit, count)
    if focus is None:
        reading = _ago_from(scene.reference, months, days, unit, count)
        return replace(reading, comparison=True, shift=iso_duration(count, unit)) if reading is not None else None
    period = focus.period
    if unit == "month" and (period.months or 0) > count and period.end is not None:
        period = month_period(period.end.year, period.end.month)
    if unit == "quarter" and (period.months or 0) > 3 * count and period.end is not None:
        period = containing("quarter", period.end, scene) or period
    return Reading(
        period=shift(period, months=-months, days=-days),
        comparison=True,
        shift=iso_duration(count, unit),
        focus=True,
        fiscal=focus.fiscal,
    )


def _comparison_base(node: Node, scene: Scene, *, days_matter: bool) -> Seen | None:
    """The period that an earlier one is compared with: the last in focus, or one that follows directly."""
    if days_matter:
        for seen in scene.recent(6):
            if seen.period.start is not None and seen.period.precision == "day" and seen.reported:
                return seen
    return scene.current(node.start)


def _counts_from_focus(node: Node, scene: Scene, focus: Seen, unit: str, count: float) -> bool:
    """Whether ``a year ago`` is a comparison with the period in focus rather than a day a year back.

    One year ago is, behind words that compare or with a period in the same sentence; longer stretches only with a
    period in the same sentence.
    """
    if unit in ("week", "day", "decade", "fortnight"):
        return False
    if re.match(r",? (?:now|today)\b", scene.low[node.end : node.end + 8]):
        return False
    same = scene.same_sentence(focus, node.start)
    before = re.split(r"[.!?] |\n", scene.low[max(0, node.start - 40) : node.start])[-1]
    compares = before.rstrip().endswith(
        ("from", "than", "on", "over", "versus", "vs", "to", "against", "%", "cent", "percent")
    ) or _compares(before)
    if unit == "year" and count == 1:
        return same or compares or focus.period.precision in ("day", "half", "quarter")
    if unit == "month" and count % 12:
        return False
    if unit == "year" and focus.period.months == 1:
        return False
    if unit == "month":
        return compares
    return same and compares


def _compares(before: str) -> bool:
    return any(
        f"{word} " in before for word in ("from", "than", "versus", "against", "compared with", "share", "did", "up", "down")
    )


def _ago_from(reference: date | None, months: int, days: int, unit: str, count: float) -> Reading | None:
    if reference is None:
        return None
    if days:
        moved = reference - days * DAY
        timex = week_period(moved - moved.weekday() * DAY).timex if unit == "week" else moved.isoformat()
        return Reading(period=day_period(moved), timex=timex)
    moved = add_months(reference, -months)
    if unit in ("year", "decade", "century", "season") and (count != 1 or unit != "year"):
        return dated(year_period(moved.year))
    if unit == "quarter":
        return dated(quarter_period(moved.year, (moved.month + 2) // 3))
    period = month_period(moved.year, moved.month)
    return Reading(period=period, timex=str(moved.year) if unit == "year" else period.timex)


def resolve_same(node: Node, scene: Scene) -> Reading | None:
    """``the same period last year``: the time in focus, in the year said (or itself, where no year is said)."""
    unit, ref, count = node.value["u"], node.value["y"], node.value["n"]
    unit = unit.removesuffix("s") if unit != "days" else "day"
    want = {"quarter": 3, "month": 1, "half": 6, "half-year": 6}.get(unit)
    if count and unit == "month":
        want = CARDINALS.get(count) or (int(count) if count.isdigit() else None)
    focus = scene.reported(months=want) if want else None
    recent = scene.reported()
    if node.value["u"] == "months" and not count:
        focus = scene.period_in_focus(node.start)
        want = None
    elif count and unit == "month" and want and (focus is None or not focus.reported):
        months_back = scene.reported(months=1, strict=True)
        if months_back is not None and months_back.period.end is not None:
            end = months_back.period.end
            period = span_period(add_months(end + DAY, -want), end)
            focus = replace(months_back, period=period)
    if focus is None or (recent is not None and unit in ("period", "stretch", "time")):
        focus = recent
    if focus is None or focus.period.start is None or focus.period.end is None:
        if ref is None or unit not in ("period", "stretch", "time", "month", "quarter", "day", "date") or scene.reference is None:
            return None
        if unit in ("time", "day", "date"):
            base: Period = day_period(scene.reference)
        elif unit in ("month", "quarter"):
            base = containing(unit, scene.reference, scene) or day_period(scene.reference)
        else:
            base = year_period(scene.reference.year)
    else:
        base = focus.period
    if unit in ("day", "date") and not count and (day := scene.last_day()) is not None:
        base = day_period(day)
    if unit == "time" and scene.reference is not None:
        base = day_period(scene.reference)
    if want == 1 and (base.months or 0) > 1 and base.end is not None:
        base = month_period(base.end.year, base.end.month)
    if base.start is None or base.end is None:
        return None
    if ref is None:
        return Reading(period=base, focus=True, date_kind="interval" if base.start != base.end else "date")
    if ref.word == "year-back":
        target_shift = 1
    elif ref.fiscal or ref.word in ("previous", "preceding", "prior"):
        target_shift = 1
        if ref.year is not None:
            year = fiscal_year(scene, ref)
            base_year = fiscal_year_of(scene, base.start)
            if year is not None and year.start is not None and base_year.start is not None:
                target_shift = base_year.start.year - year.start.year
    else:
        year_number = stated_year(scene, ref)
        if year_number is None:
            return None
        across = ref.second is not None and base.start.year != base.end.year
        target_shift = base.end.year - (ref.second if across and ref.second is not None else year_number)
        if ref.word == "last" and target_shift == 0:
            # An article of January speaks of last December: the same month last year is a year before that.
            target_shift = 1
        if target_shift == 0 and ref.year is not None and (recent is not None):
            target_shift = 0
    period = shift(base, months=-12 * target_shift)
    return Reading(
        period=period,
        comparison=target_shift > 0,
        shift=f"P{target_shift}Y" if target_shift > 0 else None,
        focus=True,
        fiscal=focus.fiscal if focus else False,
    )
