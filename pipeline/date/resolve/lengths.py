"""Bare lengths of time, things that come back, and vague words."""

from __future__ import annotations

import re

from pipeline.date.node import Node, number
from pipeline.date.period import month_end, months_period
from pipeline.date.resolve.reading import Reading
from pipeline.date.resolve.units import iso_duration
from pipeline.date.scene import Scene
from pipeline.date.words import UNITS, WEEKDAYS

_KINDS_OF_MONTHS = re.compile(
    r" (?:high|low|peak|average|mean|rule|loan|period|plan|contract|streak|slide|decline|deadline|extension|ban|run|stay"
    r"|term|trial|war|old|"
    r"long|treasury|bill|paper|rate|moving|maximum|minimum|delay|suspension|lead|trend|horizon|target|basis|window|slump|rally|grace|review)"
)


def _months_so_far(node: Node, scene: Scene) -> Reading | None:
    """``Eleven-month exports`` in an article on November: what came in from January to November."""
    count = node.value["n"]
    if scene.reference is None or not 2 <= count <= 11 or count % 1 or node.value["n2"] is not None:
        return None
    before = scene.low[max(0, node.start - 8) : node.start]
    if before.endswith((" a ", " an ", "the ", "per ", "its ", "our ")) or _KINDS_OF_MONTHS.match(scene.low, node.end):
        return None
    last = scene.reported(strict=True)
    end = last.period.end if last is not None and (last.period.months or 99) <= 3 else None
    if end is None and scene.reference.month > 1:
        end = month_end(scene.reference.year, scene.reference.month - 1)
    if end is None or end.month != count:
        return None
    return Reading(period=months_period(end.year, 1, int(count)), date_kind="interval", focus=True)


#: ``a year and a half``, ``two hours and a half``: how ISO 8601 writes a number and a half of a unit.
_HALVES = {"year": "P{}Y6M", "hour": "PT{}H30M", "minute": "PT{}M30S"}


def resolve_duration(node: Node, scene: Scene) -> Reading | None:
    count, unit, upper = node.value["n"], node.value["u"], node.value["n2"]
    unit = {"yr": "year", "night": "day"}.get(unit, unit)
    if node.value["adjective"] and unit == "month" and (total := _months_so_far(node, scene)) is not None:
        return total
    if upper is not None:
        joined = node.value["to"].strip()
        count = count if joined != "-" else (count + upper) / 2
    if unit == "year" and count == 0.5:
        return Reading(duration="P6M", date_kind="duration")
    if unit in _HALVES and node.value["half"] and count % 1 == 0.5:
        return Reading(duration=_HALVES[unit].format(int(count)), date_kind="duration")
    return Reading(duration=iso_duration(count, unit), date_kind="duration")


def resolve_set(node: Node, scene: Scene) -> Reading | None:
    unit = node.value["u"]
    if unit in UNITS:
        written = node.value["n"]
        count = 2.0 if written in ("other", "second") else number(written or "") or 1.0
        duration = iso_duration(count, unit)
        return Reading(duration=duration, date_kind="set", timex=duration)
    if unit in WEEKDAYS:
        return Reading(date_kind="set", timex=f"XXXX-WXX-{WEEKDAYS[unit] + 1}")
    if unit in ("weekend", "morning"):
        return Reading(date_kind="set", timex="XXXX-WXX-WE" if unit == "weekend" else "XXXX-XX-XXTMO")
    return Reading(date_kind="set", timex="XXXX")


def resolve_vague(node: Node, scene: Scene) -> Reading | None:
    return Reading(date_kind=node.value["date_kind"], timex=node.value["timex"])
