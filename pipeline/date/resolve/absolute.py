"""Days, months, years, decades and centuries, with or without their year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.date.node import Node, YearRef
from pipeline.date.period import (
    add_months,
    century_period,
    day_period,
    days_period,
    decade_period,
    month_end,
    month_period,
    months_period,
    year_period,
    years_period,
)
from pipeline.date.resolve.occurrence import historic_year, nearest
from pipeline.date.resolve.reading import Reading, dated
from pipeline.date.resolve.years import fiscal_year, fiscal_year_of, resolve_year, season_start, split_years, stated_year
from pipeline.date.scene import Scene


def resolve_day(node: Node, scene: Scene) -> Reading | None:
    month, day = node.value["m"], node.value["d"]
    date(2000, month, day)  # 30 February is no day in any year
    year = stated_year(scene, node.value["y"])
    if year is None:
        year = nearest(scene, node, lambda y: (date(y, month, day),) * 2)
    if year is None:
        return Reading(timex=f"XXXX-{month:02}-{day:02}")
    return dated(day_period(date(year, month, day)))


def resolve_numeric_day(node: Node, scene: Scene) -> Reading | None:
    first, second = node.value["a"], node.value["b"]
    month, day = (first, second) if scene.month_first and not node.value["dot"] else (second, first)
    if month > 12:
        month, day = day, month
    year = node.value["y"].year if node.value["y"] else nearest(scene, node, lambda y: (date(y, month, day),) * 2)
    return dated(day_period(date(year, month, day))) if year is not None else None


def resolve_days(node: Node, scene: Scene) -> Reading | None:
    month, first, last = node.value["m"], node.value["d"], node.value["d2"]
    if last <= first:
        return None
    year = stated_year(scene, node.value["y"])
    if year is None:
        year = nearest(scene, node, lambda y: (date(y, month, first), date(y, month, last)))
    if year is None:
        return Reading(timex=f"XXXX-{month:02}-{first:02}/XXXX-{month:02}-{last:02}", date_kind="interval")
    return Reading(period=days_period(date(year, month, first), date(year, month, last)), date_kind="interval")


def resolve_month(node: Node, scene: Scene) -> Reading | None:
    month = node.value["m"]
    year = stated_year(scene, node.value["y"])
    if year is None:
        year = historic_year(scene, node)
    if year is None:
        year = nearest(scene, node, lambda y: (date(y, month, 1), month_end(y, month)))
    if year is None:
        return Reading(timex=f"XXXX-{month:02}")
    return dated(month_period(year, month))


def resolve_months(node: Node, scene: Scene) -> Reading | None:
    first, last = node.value["m"], node.value["m2"]
    across = 1 if last < first else 0
    count = last - first + 1 + 12 * across
    year = stated_year(scene, node.value["y"])
    if year is None and node.value["y1"] is not None:
        year = node.value["y1"].year + across
    if year is None:
        start_year = nearest(scene, node, lambda y: (date(y, first, 1), month_end(y + across, last)))
        if start_year is None:
            return Reading(timex=f"XXXX-{first:02}/XXXX-{last:02}", date_kind="interval")
        year = start_year + across
    start_year = node.value["y1"].year if node.value["y1"] is not None else year - across
    count = (year - start_year) * 12 + last - first + 1
    return Reading(period=months_period(start_year, first, count), date_kind="interval") if count > 0 else None


def resolve_month_quarter(node: Node, scene: Scene) -> Reading | None:
    month, count = node.value["m"], node.value["n"]

    def first(year: int) -> date:
        return add_months(date(year, month, 1), 1 - count)

    year = stated_year(scene, node.value["y"])
    if year is None:
        year = nearest(scene, node, lambda y: (first(y), month_end(y, month)))
        if year is not None and scene.reference is not None and (scene.reference - month_end(year, month)).days > 200:
            soon = (first(year + 1) - scene.reference).days < 60 and scene.tense(node.start, node.end) != "past"
            year += soon
        held = scene.reference is not None and year is not None and first(year) <= scene.reference < month_end(year, month)
        if held and year is not None and scene.looks_ahead(node.start, node.end) is not True:
            # ``the December half`` in an article of September has not been: last year's is meant.
            year -= 1
    if year is None:
        return None
    start = first(year)
    return dated(months_period(start.year, start.month, count))


def resolve_year_node(node: Node, scene: Scene) -> Reading | None:
    ref: YearRef = node.value["y"]
    period = resolve_year(scene, ref)
    return dated(period, fiscal=ref.fiscal)


def resolve_season_year(node: Node, scene: Scene) -> Reading | None:
    ref: YearRef = node.value["y"]
    noun = node.value["noun"]
    if noun.startswith(("fiscal", "financial", "tax")):
        return dated(fiscal_year(scene, replace(ref, fiscal=True)), fiscal=True)
    if ref.year is None:
        return None
    start = 9 if noun.startswith(("school", "academic", "fishing")) else season_start(scene)
    if start == 1 and ref.second is not None:
        # A season of two years that no crop dates: of sport or the theater, which run from summer to summer.
        start = 7
    first = ref.year
    period = months_period(first, start, 12)
    return dated(replace(period, precision="year", timex=f"{first}/{ref.second}" if ref.second else period.timex))


def resolve_years(node: Node, scene: Scene) -> Reading | None:
    first, last = node.value["a"], node.value["b"]
    if last == first + 1 and "-" in scene.low[node.start : node.end]:
        period = split_years(scene, first, last)
        return Reading(period=period, date_kind="interval", fiscal=period.months == 12)
    return Reading(period=years_period(first, last), date_kind="interval")


def resolve_to_date(node: Node, scene: Scene) -> Reading | None:
    if scene.reference is None:
        return None
    year = stated_year(scene, node.value["y"]) or scene.reference.year
    if node.value["fiscal"]:
        started = fiscal_year_of(scene, scene.reference).start
        return Reading(period=days_period(started, scene.reference), date_kind="interval") if started else None
    if year != scene.reference.year:
        return dated(year_period(year))
    return Reading(period=days_period(date(year, 1, 1), scene.reference), date_kind="interval")


def resolve_decade(node: Node, scene: Scene) -> Reading | None:
    return dated(decade_period(node.value["y"]))


def resolve_century(node: Node, scene: Scene) -> Reading | None:
    return dated(century_period(node.value["n"]))
