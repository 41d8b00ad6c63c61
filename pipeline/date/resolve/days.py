"""Months, weekdays, seasons, weeks and holidays that count from the article's date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.date.node import Node, YearRef
from pipeline.date.period import (
    DAY,
    Period,
    add_months,
    day_period,
    days_period,
    easter,
    month_period,
    months_period,
    week_period,
)
from pipeline.date.resolve.occurrence import nearest
from pipeline.date.resolve.reading import Reading, dated
from pipeline.date.resolve.years import stated_year
from pipeline.date.scene import Scene
from pipeline.date.words import EASTER_DAYS, HOLIDAYS, SEASON_CODES, SEASONS


def resolve_relative_month(node: Node, scene: Scene) -> Reading | None:
    rel, month = node.value["rel"], node.value["m"]
    if rel == "that":
        last = scene.last()
        if last is not None and last.period.start is not None:
            return dated(month_period(last.period.start.year, month), focus=True)
    reference = scene.reference
    if reference is None:
        return None
    if rel in ("last", "this past", "previous"):
        year = reference.year if month < reference.month else reference.year - 1
    elif rel in ("next", "this coming", "following"):
        year = reference.year if month > reference.month else reference.year + 1
    else:
        year = reference.year
    return dated(month_period(year, month))


def resolve_weekday(node: Node, scene: Scene) -> Reading | None:
    """``Friday``, ``last Tuesday``, ``Sunday night``: the nearest past one in news, unless the words look ahead."""
    return _with_part(_weekday(node, scene), node.value["part"])


def _with_part(reading: Reading | None, part: str) -> Reading | None:
    """The reading with the part of the day in its TIMEX3 value."""
    if reading is None or not part or reading.period is None:
        return reading
    return replace(reading, timex=reading.period.timex + part)


def _weekday(node: Node, scene: Scene) -> Reading | None:
    reference = scene.reference
    weekday = node.value["wd"]
    if reference is None:
        return Reading(timex=f"XXXX-WXX-{weekday + 1}")
    rel, week = node.value["rel"], node.value["week"]
    monday = reference - reference.weekday() * DAY
    if week is not None:
        step = {"last": -7, "this": 0, "next": 7}[week]
        return dated(day_period(monday + (step + weekday) * DAY))
    back = (reference.weekday() - weekday) % 7
    if rel == "next":
        return dated(day_period(reference + ((weekday - reference.weekday()) % 7 or 7) * DAY))
    if rel in ("coming", "this coming"):
        return dated(day_period(reference + ((weekday - reference.weekday()) % 7 or 7) * DAY))
    if rel == "previous":
        return dated(day_period(monday + (weekday - 7) * DAY))
    if rel in ("last", "past", "this past"):
        return dated(day_period(reference - (back or 7) * DAY))
    if rel == "this":
        return dated(day_period(monday + weekday * DAY))
    deadline = scene.low.endswith(("until ", "till "), 0, node.start)
    if scene.low.endswith("since ", 0, node.start):
        return dated(day_period(reference - (back or 7) * DAY))
    if back and (deadline or scene.looks_ahead(node.start, node.end) is True):
        return dated(day_period(reference + (7 - back) * DAY))
    return dated(day_period(reference - back * DAY))


_SOUTH = (
    "australia",
    "new zealand",
    "argentin",
    "south africa",
    "chile",
    "sydney",
    "melbourne",
    "adelaide",
    "brisbane",
    "a$",
    "cape town",
    "queensland",
)


def _southern(scene: Scene) -> bool:
    return scene.count(_SOUTH) > 1


def resolve_weekday_ordinal(node: Node, scene: Scene) -> Reading | None:
    """``Friday the 13th``: the last such day, or the next where the words look ahead."""
    if scene.reference is None:
        return None
    ahead = scene.looks_ahead(node.start, node.end) is True
    for back in range(48):
        month = add_months(scene.reference.replace(day=1), back if ahead else -back)
        try:
            day = month.replace(day=node.value["d"])
        except ValueError:
            continue
        if day.weekday() == node.value["wd"] and (day >= scene.reference if ahead else day <= scene.reference):
            return dated(day_period(day))
    return None


def resolve_season(node: Node, scene: Scene) -> Reading | None:
    rel, name, ref = node.value["rel"], node.value["s"], node.value["y"]
    rel = rel.removeprefix("the ") if rel and rel != "the" else rel
    month = SEASONS[name]
    if _southern(scene):
        month = (month + 6 - 1) % 12 + 1
    code = SEASON_CODES[name]

    def made(year: int) -> Period:
        period = months_period(year, month, 3)
        return replace(period, precision="quarter", timex=f"{year}-{code}")

    reference = scene.reference
    if ref is not None and ref.year is not None:
        return dated(made(ref.year))
    if reference is None:
        return None
    if ref is not None:
        year = reference.year + {"last": -1, "next": 1}.get(ref.word or "", 0)
        return dated(made(year))
    current = made(reference.year)
    if current.start is None or current.end is None:
        return None
    candidates = [made(reference.year + step) for step in (-2, -1, 0, 1)]
    past = [p for p in candidates if p.end is not None and p.end < reference]
    ahead = [p for p in candidates if p.start is not None and p.start > reference]
    holding = [p for p in candidates if p.start and p.end and p.start <= reference <= p.end]
    if rel in ("last", "past", "previous"):
        return dated(past[-1])
    if rel in ("next", "coming"):
        return dated(ahead[0])
    if holding:
        return dated(holding[0])
    if rel == "this":
        same = [p for p in candidates if p.start is not None and p.start.year == reference.year]
        if month == 12 and reference.month <= 6:
            return dated(past[-1])
        return dated(same[0])
    return dated(ahead[0] if scene.looks_ahead(node.start, node.end) is True else past[-1])


def resolve_dayword(node: Node, scene: Scene) -> Reading | None:
    if scene.reference is None:
        return None
    return _with_part(dated(day_period(scene.reference + node.value["days"] * DAY)), node.value.get("part", ""))


def resolve_week(node: Node, scene: Scene) -> Reading | None:
    year = stated_year(scene, node.value["y"])
    number = node.value["n"]
    if year is None:
        if scene.reference is None:
            return None
        year = scene.reference.year
        if date.fromisocalendar(year, number, 1) > scene.reference and scene.looks_ahead(node.start, node.end) is not True:
            year -= 1
    return dated(week_period(date.fromisocalendar(year, number, 1)))


def resolve_holiday(node: Node, scene: Scene) -> Reading | None:
    name = node.value["name"]

    def occurrence(year: int) -> tuple[date, date]:
        if name in EASTER_DAYS:
            first, last = EASTER_DAYS[name]
            return easter(year) + first * DAY, easter(year) + last * DAY
        month, day = HOLIDAYS[name]
        return date(year, month, day), date(year, month, day)

    ref: YearRef | None = node.value["y"]
    year = stated_year(scene, ref)
    if year is None:
        year = nearest(scene, node, occurrence)
    return dated(days_period(*occurrence(year))) if year is not None else None


def resolve_month_day_of(node: Node, scene: Scene) -> Reading | None:
    """``the 21st``, ``the 15th day of next month``: a day of the month in focus."""
    day, rel = node.value["d"], node.value["rel"]
    reference = scene.reference
    last = scene.last()
    if (
        rel == "the"
        and last is not None
        and last.period.start is not None
        and (last.period.end or last.period.start).month == last.period.start.month
    ):
        anchor = last.period.start
        if node.start - last.end > 200 and "month" not in scene.low[node.start : node.end]:
            return None
    elif "month" not in scene.low[node.start : node.end]:
        return None
    elif reference is not None:
        anchor = add_months(date(reference.year, reference.month, 1), {"next": 1, "last": -1}.get(rel, 0))
    else:
        return None
    return dated(day_period(date(anchor.year, anchor.month, day)))
