"""Axes: where round numbers and round dates fall, and how they are written. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.number.calendar_words import FULL_MONTHS

_ROUND = (1, 2, 2.5, 5, 10)
_SCALES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k"))
_MONTHS = [name[:3].title() for name in FULL_MONTHS]


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from ``low`` to ``high`` on pixels from ``start`` to ``stop``; ``ticks`` are values with their labels."""

    low: float
    high: float
    start: float
    stop: float
    ticks: tuple[tuple[float, str], ...]
    is_log: bool = False

    def __call__(self, value: float) -> float:
        """The place of a value; one off the axis is put at its nearer end."""
        low, high, at = (
            (math.log10(v) for v in (self.low, self.high, max(value, self.low)))
            if self.is_log
            else (
                self.low,
                self.high,
                value,
            )
        )
        share = (at - low) / (high - low) if high > low else 0.5
        return self.start + min(max(share, 0.0), 1.0) * (self.stop - self.start)


def number_axis(values: Sequence[float], *, start: float, stop: float, count: int = 5, with_zero: bool = False) -> Axis:
    """An axis over ``values`` with about ``count`` round ticks; with zero where it is near, or asked for."""
    low, high = min(values), max(values)
    if with_zero or (0 < low < 0.6 * high):
        low = min(low, 0.0)
    if with_zero:
        high = max(high, 0.0)
    if low == high:
        margin = abs(low) * 0.1 or 1.0
        low, high = low - margin, high + margin
    step = round_step((high - low) / max(count, 1))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    marks = [index * step for index in range(first, last + 1)]
    write = writer(max(abs(marks[0]), abs(marks[-1])), step)
    return Axis(marks[0], marks[-1], start, stop, tuple((mark, write(mark)) for mark in marks))


def log_axis(values: Sequence[float], *, start: float, stop: float) -> Axis:
    """A logarithmic axis with a tick at each power of ten; ``values`` are above zero."""
    first, last = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    last = max(last, first + 1)
    every = max(1, -(-(last - first) // 6))
    marks = [10.0**power for power in range(first, last + 1, every)]
    return Axis(10.0**first, 10.0**last, start, stop, tuple((m, writer(m, m)(m)) for m in marks), is_log=True)


def round_step(rough: float) -> float:
    """The next round number: 1, 2, 2.5 or 5 times a power of ten.

    >>> round_step(0.13), round_step(37), round_step(1.0)
    (0.2, 50.0, 1.0)
    """
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in _ROUND if factor * power >= rough * (1 - 1e-9))


def writer(largest: float, step: float) -> Callable[[float], str]:
    """How the ticks of an axis are written, all in one scale.

    >>> writer(2.5e12, 5e11)(1.5e12), writer(10, 2.5)(2.5), writer(80_000, 20_000)(40_000)
    ('1.5tn', '2.5', '40k')
    """
    scale, suffix = next(
        ((size, name) for size, name in _SCALES if largest >= size and (size > 1e3 or largest >= 1e4)), (1.0, "")
    )
    ratio = step / scale
    digits = next((n for n in range(8) if abs(round(ratio, n) - ratio) < 1e-6 * abs(ratio)), 6)

    def write(value: float) -> str:
        text = f"{value / scale:,.{digits}f}".replace("-", "−")
        return "0" if value == 0 else text + suffix

    return write


def time_axis(first: date, last: date, *, start: float, stop: float, room: float = 64.0) -> Axis:
    """An axis of days (``date.toordinal``) with a tick at the beginning of each year, quarter or month, as there is room."""
    if first == last:
        first, last = first - timedelta(days=182), last + timedelta(days=182)
    most = max(2, int(abs(stop - start) / room))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    every = next((n for n in (1, 3, 6, 12) if months / n <= most), 12 * _year_step(months / 12 / most))
    low = _floor_month(first, every)
    marks: list[date] = []
    day = low
    while day <= last or len(marks) < 2:
        marks.append(day)
        if (after := _add_months(day, every)) is None:
            break
        day = after
    high = max(last, marks[-1]) if (marks[-1] - last).days < (last - low).days * 0.2 else last
    ticks = tuple((float(mark.toordinal()), _month_label(mark, every)) for mark in marks if mark <= high)
    return Axis(float(low.toordinal()), float(high.toordinal()), start, stop, ticks)


def _year_step(rough: float) -> int:
    return next((n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500) if n >= rough), 1000)


def _floor_month(day: date, every: int) -> date:
    if every >= 12:
        years = every // 12
        return date(max(1, day.year // years * years), 1, 1)
    return date(day.year, (day.month - 1) // every * every + 1, 1)


def _add_months(day: date, count: int) -> date | None:
    index = day.year * 12 + day.month - 1 + count
    return date(index // 12, index % 12 + 1, 1) if index // 12 <= date.max.year else None


def _month_label(day: date, every: int) -> str:
    return str(day.year) if every >= 12 or day.month == 1 else _MONTHS[day.month - 1]
