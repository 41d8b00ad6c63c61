"""Absolute days in unusual spellings, which dateparser normalizes: ``2020/23/Sep``, ``3rd day of March, 2021``.

Only spans that a pattern has vetted (a day, a month in letters and a year) are handed to it: dateparser finds a date in
almost any words. It is loaded when the first such span is met.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from pipeline.date.node import Node
from pipeline.date.period import day_period
from pipeline.date.resolve.reading import Reading, dated
from pipeline.date.scene import Scene


@lru_cache(maxsize=4096)
def normalize_spelled_day(words: str) -> date | None:
    """The day that ``words`` spell, None where dateparser reads no complete day in them."""
    from dateparser.date import DateDataParser

    parser = DateDataParser(
        languages=["en"],
        settings={"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "PREFER_MONTH_OF_YEAR": "first"},
    )
    found = parser.get_date_data(words)
    if found is None or found.date_obj is None or found.period != "day":
        return None
    day: date = found.date_obj.date()
    return day


def resolve_spelled_day(node: Node, scene: Scene) -> Reading | None:
    day = normalize_spelled_day(node.value["words"])
    return None if day is None else dated(day_period(day))
