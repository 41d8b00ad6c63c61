"""From what is written (``Node``) to the calendar (``Reading``): one small function a kind of expression.

``Scene`` gives the article's date, the fiscal calendar and the time in focus. A function returns None where the words
are no time after all, or where nothing says which one is meant.
"""

from __future__ import annotations

from pipeline.date.node import Node
from pipeline.date.resolve.absolute import (
    resolve_century,
    resolve_day,
    resolve_days,
    resolve_decade,
    resolve_month,
    resolve_month_quarter,
    resolve_months,
    resolve_numeric_day,
    resolve_season_year,
    resolve_to_date,
    resolve_year_node,
    resolve_years,
)
from pipeline.date.resolve.compound import (
    resolve_ended,
    resolve_half_of,
    resolve_part,
    resolve_part_units,
    resolve_range,
    resolve_week_of,
)
from pipeline.date.resolve.days import (
    resolve_dayword,
    resolve_holiday,
    resolve_month_day_of,
    resolve_relative_month,
    resolve_season,
    resolve_week,
    resolve_weekday,
    resolve_weekday_ordinal,
)
from pipeline.date.resolve.focus import resolve_ago, resolve_same, resolve_the_unit
from pipeline.date.resolve.lengths import resolve_duration, resolve_set, resolve_vague
from pipeline.date.resolve.parts import resolve_ellipsis, resolve_full_year, resolve_half, resolve_quarter, resolve_unit_end
from pipeline.date.resolve.reading import NestedResolver, Reading, Resolver
from pipeline.date.resolve.relative import resolve_relative_unit
from pipeline.date.resolve.spelled import resolve_spelled_day
from pipeline.date.scene import Scene

__all__ = ["Reading", "resolve"]

_RESOLVERS: dict[str, Resolver] = {
    "day": resolve_day,
    "numeric-day": resolve_numeric_day,
    "days": resolve_days,
    "month": resolve_month,
    "months": resolve_months,
    "month-quarter": resolve_month_quarter,
    "year": resolve_year_node,
    "season-year": resolve_season_year,
    "years": resolve_years,
    "to-date": resolve_to_date,
    "decade": resolve_decade,
    "century": resolve_century,
    "quarter": resolve_quarter,
    "half": resolve_half,
    "ellipsis": resolve_ellipsis,
    "relative-unit": resolve_relative_unit,
    "relative-month": resolve_relative_month,
    "weekday": resolve_weekday,
    "season": resolve_season,
    "spelled-day": resolve_spelled_day,
    "weekday-ordinal": resolve_weekday_ordinal,
    "dayword": resolve_dayword,
    "week": resolve_week,
    "holiday": resolve_holiday,
    "the-unit": resolve_the_unit,
    "ago": resolve_ago,
    "same": resolve_same,
    "unit-end": resolve_unit_end,
    "full-year": resolve_full_year,
    "month-day-of": resolve_month_day_of,
    "duration": resolve_duration,
    "set": resolve_set,
    "vague": resolve_vague,
}
_NESTED: dict[str, NestedResolver] = {
    "part-units": resolve_part_units,
    "ended": resolve_ended,
    "half-of": resolve_half_of,
    "week-of": resolve_week_of,
    "part": resolve_part,
    "range": resolve_range,
}


def resolve(node: Node, scene: Scene) -> Reading | None:
    """What ``node`` means in ``scene``; None where it is no date (``February 30``, ``the year`` with nothing in focus)."""
    try:
        if node.kind in _NESTED:
            return _NESTED[node.kind](node, scene, resolve)
        return _RESOLVERS[node.kind](node, scene)
    except (ValueError, OverflowError):
        # Days that the calendar does not have (30 February) and years beyond it: the words name no date.
        return None
