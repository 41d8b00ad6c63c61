"""Chart: a measure over time, as points with their intervals; as an image and as data."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.browse.chart import Chart, draw_image, draw_panel, make_chart
from pipeline.browse.desk import attachment, desk_of, page
from pipeline.browse.state import choice_words, read_query
from pipeline.store.articles import overview
from pipeline.store.facets import FactQuery, chart_rows, names_for, worth_charting

_MOST_POINTS = 500


def show_chart(request: Request) -> Response:
    """The chart that the address asks for; without one, measures that are worth a chart."""
    wanted = read_query(request.query_params)
    log = request.query_params.get("scale") == "log"
    with desk_of(request).room.reading() as con:
        whole = overview(con)
        rows = chart_rows(con, wanted, limit=_MOST_POINTS) if not wanted.is_empty() else []
        suggested = worth_charting(con) if not rows else []
        entities, units = names_for(con, "entity"), names_for(con, "unit")
    chart = make_chart(rows)
    return page(
        request,
        "chart.html",
        wanted=wanted,
        whole=whole,
        rows=rows,
        chart=chart,
        drawn=[(panel, _both_widths(chart, index, log=log)) for index, panel in enumerate(chart.panels)],
        suggested=suggested,
        entities=entities,
        units=units,
        log=log,
        can_log=all(point.value > 0 for panel in chart.panels for point in panel.points),
        most=_MOST_POINTS,
        heading=heading_of(wanted),
    )


def _both_widths(chart: Chart, index: int, *, log: bool) -> dict[str, str]:
    """A panel for wide screens and one for narrow ones, where the text of the wide one could not be read."""
    panel = chart.panels[index]
    return {
        "wide": draw_panel(panel, width=1240, height=330, log=log),
        "narrow": draw_panel(panel, width=340, height=250, log=log),
    }


def heading_of(wanted: FactQuery) -> str:
    """What the chart shows, in words.

    >>> heading_of(FactQuery(measure="exports", chosen={"entity": ("China",)}))
    'exports · China'
    """
    parts = [
        wanted.measure,
        wanted.q,
        *(choice_words(name, value) for name, values in wanted.chosen.items() for value in values),
    ]
    return " · ".join(part for part in parts if part) or "Facts over time"


def take_image(request: Request) -> Response:
    """The chart as an SVG file that stands alone."""
    wanted = read_query(request.query_params)
    with desk_of(request).room.reading() as con:
        rows = chart_rows(con, wanted, limit=_MOST_POINTS)
    image = draw_image(make_chart(rows), heading=heading_of(wanted), log=request.query_params.get("scale") == "log")
    return attachment(image, media_type="image/svg+xml", name="chart.svg")


routes = [Route("/chart", show_chart), Route("/export/chart.svg", take_image)]
