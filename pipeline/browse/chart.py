"""Facts over time as SVG, drawn here: a panel for each role and unit, a point for each fact.

A point stands at the middle of its period, with a thin line as long as the period and a whisker from the lowest to the
highest value that the printed digits leave open; an open end has an arrow. Forecasts and targets are hollow. Colors tell
articles apart. Levels, shares and changes never share a panel, and neither do two units; a fall is drawn below zero.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from importlib.resources import files

from markupsafe import Markup

from pipeline.browse.scales import Axis, log_axis, number_axis, time_axis
from pipeline.browse.words import file_name, period_words, role_words, value_words, visible
from pipeline.store import Record

#: Role → the heading of its panels.
ROLE_NAMES = {"level": "Level", "share": "Share", "change": "Change", "multiple": "Multiple"}
#: Articles that have a color of their own; the others share one.
COLORS = 6
_MOST_PANELS = 8
_LEFT, _RIGHT, _TOP, _BOTTOM = 62.0, 16.0, 26.0, 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A fact on a chart; ``low`` and ``high`` are None where its bound is open, ``color`` is its article's place."""

    fact_id: str
    start: date
    end: date
    value: float
    low: float | None
    high: float | None
    is_hollow: bool
    is_target: bool
    color: int
    label: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The points of one role and unit."""

    title: str
    unit: str
    role: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Panels, the articles that have a color (document id, title), and how many panels were left out."""

    panels: tuple[Panel, ...]
    articles: tuple[tuple[str, str], ...]
    left_out: int


def make_chart(rows: Iterable[Record]) -> Chart:
    """The chart of rows of ``chart_rows``: of the panels with most points, levels before shares before changes."""
    kept = list(rows)
    counts = Counter(row["document_id"] for row in kept)
    titles = {row["document_id"]: row["title"] or file_name(row["source"]) for row in kept}
    colored = [document_id for document_id, _ in counts.most_common(COLORS)]
    groups: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for row in kept:
        color = colored.index(row["document_id"]) if row["document_id"] in colored else COLORS
        groups[row["role"], row["unit"]].append(_point(row, color))
    panels = [
        Panel(title=f"{ROLE_NAMES.get(role, role)}, {_unit_words(unit)}", unit=unit, role=role, points=tuple(points))
        for (role, unit), points in groups.items()
    ]
    panels.sort(key=lambda panel: (-len(panel.points), panel.title))
    kept_panels = sorted(panels[:_MOST_PANELS], key=lambda panel: list(ROLE_NAMES).index(panel.role))
    articles = tuple((document_id, titles[document_id]) for document_id in colored)
    return Chart(panels=tuple(kept_panels), articles=articles, left_out=max(0, len(panels) - _MOST_PANELS))


def _point(row: Record, color: int) -> Point:
    sign = -1.0 if row["role"] == "change" and row["direction"] == "down" else 1.0
    ends = [None if row[name] is None else sign * float(row[name]) for name in ("value_low", "value_high")]
    low, high = ends if sign > 0 else ends[::-1]
    start = row["period_start"] or row["period_end"]
    end = row["period_end"] or row["period_start"]
    when = period_words(row["period_start"], row["period_end"], row["period_relation"])
    parts = [
        value_words(row),
        " ".join(filter(None, [row["measure"], f"({row['entity']})" if row["entity"] else None])) or "no measure",
        when,
        f"{role_words(row)}, {row['status']}",
        row["title"] or file_name(row["source"]),
    ]
    return Point(
        fact_id=row["fact_id"],
        start=start,
        end=end,
        value=sign * float(row["value"]),
        low=low,
        high=high,
        is_hollow=row["status"] in {"forecast", "target"},
        is_target=row["status"] == "target",
        color=color,
        label=visible(" · ".join(part for part in parts if part)),
        line="\x1f".join([row["document_id"], (row["measure"] or "").lower(), row["entity"] or "", _length(start, end)]),
    )


def _length(start: date, end: date) -> str:
    """What kind of period it is, so that a line joins years to years and months to months."""
    days = (end - start).days + 1
    return next(
        (name for most, name in ((1, "day"), (31, "month"), (92, "quarter"), (184, "half"), (366, "year")) if days <= most),
        "more",
    )


def _unit_words(unit: str) -> str:
    names = {"percent": "percent", "percentage_point": "percentage points", "basis_point": "basis points", "x": "times"}
    return names.get(unit, unit)


def draw_panel(
    panel: Panel, *, width: float = 880.0, height: float = 300.0, log: bool = False, address: str = "/fact/"
) -> Markup:
    """A panel as one ``<svg>``; points are links to ``address`` and their id."""
    points = panel.points
    ys = [y for p in points for y in (p.low, p.value, p.high) if y is not None]
    bottom, top = height - _BOTTOM, _TOP
    if log and min(ys) > 0:
        y_axis = log_axis(ys, start=bottom, stop=top)
    else:
        y_axis = number_axis(ys, start=bottom, stop=top, with_zero=panel.role == "change")
    x_axis = time_axis(
        min(p.start for p in points),
        max(p.end for p in points),
        start=_LEFT + 8,
        stop=width - _RIGHT - 8,
        room=88 if width > 500 else 56,
    )
    out = [
        f'<svg class="chart" viewBox="0 0 {width:g} {height:g}" role="group" aria-label="{escape(visible(panel.title))}: '
        f'{len(points)} points" xmlns="http://www.w3.org/2000/svg">'
    ]
    out += draw_axes(x_axis, y_axis, width=width, bottom=bottom, top=top)
    out += _lines(points, x_axis, y_axis)
    for point in sorted(points, key=lambda p: (not p.is_hollow, p.start)):
        out.append(_draw_point(point, x_axis, y_axis, address))
    out.append("</svg>")
    return Markup("".join(out))


def draw_axes(x_axis: Axis, y_axis: Axis, *, width: float, bottom: float, top: float) -> list[str]:
    """Grid lines and the labels of both axes."""
    out = []
    for value, label in y_axis.ticks:
        y = y_axis(value)
        kind = "zero" if value == 0 else "rule"
        out.append(f'<line class="{kind}" x1="{_LEFT:g}" x2="{width - _RIGHT:g}" y1="{y:.1f}" y2="{y:.1f}"/>')
        out.append(f'<text class="tick" x="{_LEFT - 8:g}" y="{y + 4:.1f}" text-anchor="end">{escape(label)}</text>')
    out.append(f'<line class="base" x1="{_LEFT:g}" x2="{width - _RIGHT:g}" y1="{bottom:g}" y2="{bottom:g}"/>')
    for value, label in x_axis.ticks:
        x = x_axis(value)
        out.append(f'<line class="base" x1="{x:.1f}" x2="{x:.1f}" y1="{bottom:g}" y2="{bottom + 4:g}"/>')
        out.append(f'<text class="tick" x="{x:.1f}" y="{bottom + 19:g}" text-anchor="middle">{escape(label)}</text>')
    return out


def _middle(point: Point) -> float:
    return (point.start.toordinal() + point.end.toordinal() + 1) / 2


def _lines(points: Sequence[Point], x_axis: Axis, y_axis: Axis) -> list[str]:
    """A faint line through the points of one measure of one entity in one article."""
    series: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        series[point.line].append(point)
    out = []
    for each in series.values():
        places = {_middle(p): p for p in sorted(each, key=_middle)}
        if len(places) >= 2:
            path = " ".join(f"{x_axis(x):.1f},{y_axis(p.value):.1f}" for x, p in places.items())
            out.append(f'<polyline class="through c{each[0].color}" points="{path}"/>')
    return out


def _draw_point(point: Point, x_axis: Axis, y_axis: Axis, address: str) -> str:
    x, y = x_axis(_middle(point)), y_axis(point.value)
    left, right = x_axis(point.start.toordinal()), x_axis(point.end.toordinal() + 1)
    parts = []
    if right - left > 9:
        parts.append(f'<line class="span" x1="{left:.1f}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>')
    parts.append(_whisker(point, x, y, y_axis))
    shape = "dot hollow" if point.is_hollow else "dot"
    if point.is_target:
        parts.append(f'<path class="{shape}" d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z"/>')
    else:
        parts.append(f'<circle class="{shape}" cx="{x:.1f}" cy="{y:.1f}" r="4.6"/>')
    label = escape(point.label)
    inner = "".join(parts)
    target = address + escape(point.fact_id)
    return f'<a class="point c{point.color}" href="{target}" aria-label="{label}"><title>{label}</title>{inner}</a>'


def _whisker(point: Point, x: float, y: float, y_axis: Axis) -> str:
    """From the lowest to the highest value left open; an arrow where an end is open."""
    high = y_axis(point.high) if point.high is not None else y - 17
    low = y_axis(point.low) if point.low is not None else y + 17
    path = f"M{x:.1f} {high:.1f}V{low:.1f}"
    if point.high is None and point.low is not None:
        path += f"M{x - 3.5:.1f} {high + 5:.1f}L{x:.1f} {high:.1f}L{x + 3.5:.1f} {high + 5:.1f}"
    elif low - high > 3:
        path += f"M{x - 4:.1f} {high:.1f}h8"
    if point.low is None and point.high is not None:
        path += f"M{x - 3.5:.1f} {low - 5:.1f}L{x:.1f} {low:.1f}L{x + 3.5:.1f} {low - 5:.1f}"
    elif low - high > 3:
        path += f"M{x - 4:.1f} {low:.1f}h8"
    return f'<path class="whisker" d="{path}"/>' if (point.low, point.high) != (None, None) else ""


def chart_style() -> str:
    """The style sheet of the charts, for an image or page that stands alone."""
    return files("pipeline.browse").joinpath("static", "chart.css").read_text(encoding="utf-8")


def draw_image(chart: Chart, *, heading: str, width: float = 880.0, log: bool = False) -> str:
    """All panels and the legend as one SVG file that stands alone, light on white."""
    out: list[str] = []
    y = 34.0
    for panel in chart.panels:
        out.append(f'<text class="panel-title" x="14" y="{y + 14:g}">{escape(visible(panel.title))}</text>')
        svg = str(draw_panel(panel, width=width, height=260, log=log))
        out.append(
            svg.replace('<svg class="chart"', f'<svg class="chart" x="0" y="{y + 20:g}" width="{width:g}" height="260"', 1)
        )
        y += 300
    for index, (_, title) in enumerate(chart.articles):
        out.append(f'<g class="c{index}"><circle class="dot" cx="20" cy="{y + 8:g}" r="4.6"/></g>')
        out.append(f'<text class="tick" x="32" y="{y + 12:g}">{escape(visible(title)[:110])}</text>')
        y += 20
    style = f"<style>{chart_style()} text{{font-family:system-ui,sans-serif}}</style>"
    background = f'<rect width="{width:g}" height="{y + 20:g}" fill="#ffffff"/>'
    title = f'<text class="image-title" x="14" y="24">{escape(visible(heading)[:110])}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {y + 20:g}" width="{width:g}" height="{y + 20:g}">'
        f"{style}{background}{title}{''.join(out)}</svg>\n"
    )
