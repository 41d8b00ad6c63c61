"""A report: chosen facts and their articles on one page that needs nothing else, to send to a colleague."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from pipeline import PIPELINE_VERSION
from pipeline.browse.chart import chart_style, draw_panel, make_chart
from pipeline.browse.desk import STATIC, make_templates
from pipeline.browse.marks import Block, Mark, blocks_of
from pipeline.browse.words import file_name
from pipeline.errors import StoreError
from pipeline.settings import Settings
from pipeline.store import Record, open_for_reading
from pipeline.store.chosen import choose_facts, chosen_documents, chosen_facts, sentences_of

_MOST_FACTS = 20_000
#: A panel with fewer points tells less than its row in the table; more panels than this are not read.
_LEAST_POINTS = 3
_MOST_PANELS = 6
_IMPORT = re.compile(r"^@import[^;]{0,80};\n", re.MULTILINE)


def write_report(settings: Settings, path: Path, *, where: str | None = None, title: str | None = None) -> int:
    """Write the report of the facts that pass ``where`` to ``path``; return how many facts it holds.

    Raises ``QueryError`` when ``where`` is wrong or chooses nothing, ``StoreError`` when ``path`` cannot be written.
    """
    fact_ids = choose_facts(
        settings.database,
        where,
        most=_MOST_FACTS,
        timeout_seconds=settings.query_timeout_seconds,
        memory_mb=settings.query_memory_mb,
        wait_seconds=settings.lock_wait_seconds,
    )
    with open_for_reading(settings.database, wait_seconds=settings.lock_wait_seconds) as (con, _):
        facts = chosen_facts(con, fact_ids)
        document_ids = list(dict.fromkeys(fact["document_id"] for fact in facts))
        documents = chosen_documents(con, document_ids)
        sentences = sentences_of(con, document_ids)
    by_document: dict[str, list[Record]] = {document_id: [] for document_id in document_ids}
    for fact in facts:
        by_document[fact["document_id"]].append(fact)
    articles = [(documents[key], rows, _blocks(documents[key], rows, sentences[key])) for key, rows in by_document.items()]
    html = render_report(facts, articles, where=where, title=title)
    try:
        path.write_text(html, encoding="utf-8", errors="replace")
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror}). Name another file.") from error
    return len(facts)


def render_report(
    facts: list[Record], articles: list[tuple[Record, list[Record], list[Block]]], *, where: str | None, title: str | None
) -> str:
    """The page as HTML, with its styles in it and without scripts."""
    dated = [fact for fact in facts if (fact["period_start"] or fact["period_end"]) and fact["role"] != "rank"]
    chart = make_chart(dated)
    panels = [panel for panel in chart.panels if len(panel.points) >= _LEAST_POINTS][:_MOST_PANELS]
    return (
        make_templates()
        .get_template("report.html")
        .render(
            title=title or _title_of(articles),
            where=where,
            facts=facts,
            articles=articles,
            chart=chart,
            panels=[
                (
                    panel,
                    draw_panel(panel, width=1000, height=290, address="#f-"),
                    draw_panel(panel, width=340, height=250, address="#f-"),
                )
                for panel in panels
            ],
            style=_style(),
            now=datetime.now(UTC).replace(tzinfo=None),
            version=PIPELINE_VERSION,
        )
    )


def _title_of(articles: list[tuple[Record, list[Record], list[Block]]]) -> str:
    document = articles[0][0]
    name = document["title"] or file_name(document["source"])
    return name if len(articles) == 1 else f"Figures from {len(articles)} articles"


def _blocks(document: Record, facts: list[Record], sentences: list[Record]) -> list[Block]:
    """The text with the chosen figures marked; each leads to its row, and its row to it."""
    marks: list[Mark] = []
    for fact in sorted(facts, key=lambda fact: (fact["start_char"], -fact["end_char"])):
        if not marks or fact["start_char"] >= marks[-1].end:
            marks.append(Mark(fact["start_char"], fact["end_char"], "figure", fact["fact_id"]))

    def element(mark: Mark, inner: str) -> str:
        key = escape(mark.key)
        return f'<a class="mark figure" id="f-{key}" href="#r-{key}">{inner}</a>'

    return blocks_of(document["text"], sentences, marks, element=element)


def _style() -> str:
    """The style sheets of the pages, in one."""
    room = STATIC.joinpath("room.css").read_text(encoding="utf-8")
    return _IMPORT.sub("", room) + chart_style()
