"""The result of a query as a chart: bars where its first column is text, a line where it is time or a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any

from markupsafe import Markup

from pipeline.browse.chart import COLORS, draw_axes
from pipeline.browse.scales import Axis, number_axis, time_axis, writer
from pipeline.browse.words import visible
from pipeline.plain import format_decimal, to_text
from pipeline.store import QueryResult

_MOST_BARS = 40
_MOST_POINTS = 2_000
_MOST_SERIES = 4
_WIDTH = 1040.0
_HEIGHT = 300.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 62.0, 16.0, 14.0, 30.0


def chart_of_result(result: QueryResult) -> Markup | None:
    """A chart of the rows; None where there is no number to draw, or nothing to draw it against."""
    rows = [row for row in result.rows if any(value is not None for value in row)]
    if not rows or len(result.columns) < 2:
        return None
    numbers = [i for i in range(len(result.columns)) if _is_numeric([row[i] for row in rows])]
    times = [i for i in range(len(result.columns)) if _is_time(result.columns[i], [row[i] for row in rows])]
    if times and (ys := [i for i in numbers if i not in times][:_MOST_SERIES]) and len({row[times[0]] for row in rows}) > 1:
        return _lines(result.columns, rows[:_MOST_POINTS], times[0], ys)
    texts = [i for i in range(len(result.columns)) if i not in numbers and any(isinstance(row[i], str) for row in rows)]
    if texts and numbers:
        return _bars(rows[:_MOST_BARS], texts, numbers[0], result.columns[numbers[0]])
    return None


def _is_numeric(values: Sequence[Any]) -> bool:
    present = [value for value in values if value is not None]
    return bool(present) and all(isinstance(v, int | float | Decimal) and not isinstance(v, bool) for v in present)


def _is_time(name: str, values: Sequence[Any]) -> bool:
    present = [value for value in values if value is not None]
    if present and all(isinstance(value, date) for value in present):
        return True
    return "year" in name.lower() and bool(present) and all(isinstance(v, int) and 1000 <= v <= 2999 for v in present)


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date(int(value), 1, 1)


def _lines(columns: Sequence[str], rows: Sequence[Sequence[Any]], x: int, ys: Sequence[int]) -> Markup:
    points = sorted((_day(row[x]), row) for row in rows if row[x] is not None)
    values = [float(row[y]) for _, row in points for y in ys if row[y] is not None]
    bottom = _HEIGHT - _BOTTOM
    y_axis = number_axis(values, start=bottom, stop=_TOP)
    x_axis = time_axis(points[0][0], points[-1][0], start=_LEFT + 10, stop=_WIDTH - _RIGHT - 10)
    title = f"{', '.join(columns[y] for y in ys)} by {columns[x]}"
    out = [_open(title, _HEIGHT), *draw_axes(x_axis, y_axis, width=_WIDTH, bottom=bottom, top=_TOP)]
    for color, y in enumerate(ys):
        places = [(x_axis(day.toordinal()), float(row[y]), day) for day, row in points if row[y] is not None]
        path = " ".join(f"{px:.1f},{y_axis(py):.1f}" for px, py, _ in places)
        if len(ys) > 1 or len(places) == len({place for place, _, _ in places}):
            out.append(f'<polyline class="through c{color % COLORS}" points="{path}"/>')
        for px, py, day in places:
            label = escape(visible(f"{columns[y]} {py:,.10g}, {day}"))
            place = f'cx="{px:.1f}" cy="{y_axis(py):.1f}"'
            out.append(f'<g class="c{color % COLORS}"><circle class="dot" {place} r="4"><title>{label}</title></circle></g>')
    legend = "".join(
        f'<span class="swatch c{color % COLORS}">{escape(visible(columns[y]))}</span>'
        for color, y in enumerate(ys)
        if len(ys) > 1
    )
    return Markup("".join(out) + "</svg>" + (f'<p class="legend">{legend}</p>' if legend else ""))


def _bars(rows: Sequence[Sequence[Any]], texts: Sequence[int], y: int, name: str) -> Markup:
    values = [float(row[y] or 0) for row in rows]
    left = 230.0
    axis = number_axis([*values, 0.0], start=left, stop=_WIDTH - 96, with_zero=True)
    height = 26.0 * len(rows) + 12
    out = [_open(f"{name} of each row", height)]
    zero = axis(0.0)
    write = writer(max(abs(axis.low), abs(axis.high)), (axis.high - axis.low) / 200)
    for index, (row, value) in enumerate(zip(rows, values, strict=True)):
        top = 8 + 26.0 * index
        label = visible(", ".join(to_text(row[i]) for i in texts[:2] if row[i] is not None))
        out += _bar(axis, zero, value, top=top, label=label, exact=to_text(row[y]), short=_short_number(row[y], write(value)))
    return Markup("".join(out) + "</svg>")


def _short_number(value: Any, short: str) -> str:
    exact = format_decimal(value, separators=True) if isinstance(value, Decimal) else f"{value:,}" if value is not None else "–"
    return exact if len(exact) <= 9 else short


def _bar(axis: Axis, zero: float, value: float, *, top: float, label: str, exact: str, short: str) -> list[str]:
    at = axis(value)
    start, width = min(zero, at), max(abs(at - zero), 1.0)
    text = label if len(label) <= 32 else label[:31] + "…"
    return [
        f'<text class="value" x="220" y="{top + 14:g}" text-anchor="end">{escape(text)}<title>{escape(label)}</title></text>',
        f'<g class="c0"><rect class="column" x="{start:.1f}" y="{top:g}" width="{width:.1f}" height="18" rx="2">'
        f"<title>{escape(f'{label}: {exact}')}</title></rect></g>",
        f'<text class="tick" x="{max(start + width, zero) + 6:.1f}" y="{top + 14:g}">{escape(short)}</text>',
    ]


def _open(title: str, height: float) -> str:
    label = escape(visible(title))
    return f'<svg class="chart" viewBox="0 0 {_WIDTH:g} {height:g}" role="img" aria-label="{label}" xmlns="http://www.w3.org/2000/svg">'
