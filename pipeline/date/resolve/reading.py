"""What an expression resolves to, and the shape of the functions that resolve."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.date.node import Node
from pipeline.date.period import Period
from pipeline.date.scene import Scene
from pipeline.records import DateKind


@dataclass(frozen=True, slots=True)
class Reading:
    """A resolved expression: its ``period`` (None for a bare duration), ISO ``duration`` and what the row says of it."""

    period: Period | None = None
    duration: str | None = None
    date_kind: DateKind = "date"
    timex: str | None = None
    focus: bool = False
    comparison: bool = False
    shift: str | None = None
    fiscal: bool = False


Resolver = Callable[[Node, Scene], Reading | None]
Resolve = Resolver
NestedResolver = Callable[[Node, Scene, Resolve], Reading | None]


def dated(period: Period | None, *, fiscal: bool = False, focus: bool = False) -> Reading | None:
    if period is None:
        return None
    return Reading(period=period, date_kind="date", fiscal=fiscal, focus=focus)
