"""The calendar units that hold a day, steps of them, and how ISO 8601 writes a number of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.date.period import (
    DAY,
    Period,
    add_months,
    day_period,
    days_period,
    decade_period,
    half_period,
    month_period,
    months_period,
    quarter_period,
    week_period,
    year_period,
)
from pipeline.date.resolve.years import fiscal_year_of, season_start
from pipeline.date.scene import Scene
from pipeline.date.words import UNITS

UNIT_STEP = {"half": (6, 0), "weekend": (0, 7), "period": (0, 0)}


def step_of(unit: str, count: float) -> tuple[int, int]:
    """``count`` of ``unit`` as months and days."""
    months, days, _, _ = UNITS[unit]
    if months is not None:
        return round(count * months), 0
    return 0, round(count * (days or 0))


def iso_duration(count: float, unit: str) -> str:
    """``P12Y``, ``P33M`` (eleven quarters), ``PT24H``, ``P2Y6M``, ``P12.5Y``."""
    _, _, factor, code = UNITS[unit]
    amount = count * factor
    if code.startswith("T"):
        return f"PT{amount:g}{code[1]}"
    return f"P{amount:g}{code}"


def part_of_year(scene: Scene, year: Period, index: int, count: int) -> Period | None:
    """Part ``index`` (from 1) of ``count`` months of ``year``, which may be a fiscal one."""
    if year.start is None:
        return None
    start = add_months(year.start, (index - 1) * count)
    if year.start.month == 1 and not year.timex.startswith("FY"):
        return quarter_period(year.start.year, index) if count == 3 else half_period(year.start.year, index)
    period = months_period(start.year, start.month, count)
    name = f"Q{index}" if count == 3 else f"H{index}"
    return replace(period, timex=f"{year.timex}-{name}" if year.timex.startswith("FY") else period.timex)


def containing(unit: str, day: date, scene: Scene, *, fiscal: bool = False) -> Period | None:
    if unit == "day":
        return day_period(day)
    if unit == "week":
        return week_period(day - day.weekday() * DAY)
    if unit == "weekend":
        saturday = day + (5 - day.weekday()) * DAY
        return replace(days_period(saturday, saturday + DAY), timex=week_period(day - day.weekday() * DAY).timex + "-WE")
    if unit == "fortnight":
        return days_period(day - 13 * DAY, day)
    if unit == "month":
        return month_period(day.year, day.month)
    if unit == "quarter":
        if fiscal or (scene.fiscal.explicit and (scene.fiscal.start_month - 1) % 3):
            year = fiscal_year_of(scene, day)
            if year.start is not None:
                index = ((day.year - year.start.year) * 12 + day.month - year.start.month) // 3 + 1
                return part_of_year(scene, year, index, 3)
        return quarter_period(day.year, (day.month + 2) // 3)
    if unit == "half":
        return half_period(day.year, (day.month + 5) // 6)
    if unit == "year":
        return fiscal_year_of(scene, day) if fiscal else year_period(day.year)
    if unit == "season":
        start = season_start(scene)
        first = day.year if day.month >= start else day.year - 1
        return replace(months_period(first, start, 12), precision="year")
    if unit == "decade":
        return decade_period(day.year)
    return None
