"""Article: the whole text with its figures, dates and names marked, the card of one fact, and revisions side by side."""

from __future__ import annotations

from difflib import SequenceMatcher
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.browse.correction import CHOICES, form_values
from pipeline.browse.desk import desk_of, page
from pipeline.browse.marks import Mark, blocks_of, marks_of, render
from pipeline.browse.words import visible
from pipeline.errors import StoreError
from pipeline.store import Record
from pipeline.store.articles import ArticleRows, article_rows, document_of_fact, same_figure_elsewhere
from pipeline.store.provenance import quoted_words, words_behind


def show_article(request: Request) -> Response:
    """An article, with the card of the fact in ``?fact=``, if there is one."""
    chosen = request.query_params.get("fact", "")
    with desk_of(request).room.reading() as con:
        rows = article_rows(con, request.path_params["document_id"])
        elsewhere = same_figure_elsewhere(con, _fact_of(rows, chosen)) if chosen in rows.read else []
    facts = [fact for fact in rows.facts if (rows.reviews.get(fact["fact_id"]) or {}).get("verdict") != "rejected"]
    fact = _fact_of(rows, chosen) if chosen in rows.read else None
    words = words_behind(fact, rows.dates, rows.sentence_of(fact)) if fact else []
    marks = marks_of(rows.facts, rows.dates, rows.entities, rows.numbers)
    blocks = blocks_of(rows.document["text"], rows.sentences, marks, words=words, element=_element(rows, chosen))
    return page(
        request,
        "article.html",
        rows=rows,
        document=rows.document,
        blocks=blocks,
        facts=facts,
        unexplained=sum(number["disposition"] == "unexplained" for number in rows.numbers),
        card=_card(rows, fact, elsewhere) if fact else None,
        gone=bool(chosen) and fact is None,
        order=_neighbors(facts, chosen),
        choices=CHOICES,
    )


def _fact_of(rows: ArticleRows, fact_id: str) -> Record:
    return next(fact for fact in rows.facts if fact["fact_id"] == fact_id)


def _card(rows: ArticleRows, fact: Record, elsewhere: list[Record]) -> dict[str, Any]:
    """What the card shows of a fact."""
    words = words_behind(fact, rows.dates, rows.sentence_of(fact))
    restated = next((other for other in rows.facts if other["fact_id"] == fact["conversion_of"]), None)
    return {
        "fact": fact,
        "read": rows.read[fact["fact_id"]],
        "review": rows.reviews.get(fact["fact_id"]),
        "quoted": quoted_words(rows.document["text"], words),
        "restates": restated,
        "restated_by": [other for other in rows.facts if other["conversion_of"] == fact["fact_id"]],
        "elsewhere": elsewhere,
        "values": form_values(fact),
    }


def _neighbors(facts: list[Record], chosen: str) -> dict[str, str | None]:
    """The facts before and after the chosen one in the text; the first of all where none is chosen."""
    ids: list[str | None] = [None, *(fact["fact_id"] for fact in facts), None]
    place = ids.index(chosen) if chosen in ids else 0
    return {"before": ids[place - 1] if place else None, "after": ids[place + 1]}


def _element(rows: ArticleRows, chosen: str) -> Any:
    """How a mark of this article is written: a figure is a link to its card, the others say what they are."""
    document_id = rows.document["document_id"]
    dates = {row["date_id"]: row for row in rows.dates}
    names = {row["entity_id"]: row for row in rows.entities}

    def element(mark: Mark, inner: str) -> str:
        if mark.kind == "figure":
            verdict = (rows.reviews.get(mark.key) or {}).get("verdict", "")
            current = ' aria-current="true"' if mark.key == chosen else ""
            address = f"/article/{document_id}?fact={mark.key}"
            return (
                f'<a class="mark figure {verdict}" id="f-{mark.key}" href="{address}#f-{mark.key}"{current} hx-get="{address}"'
                f' hx-target="#reading" hx-select="#reading" hx-swap="outerHTML" hx-push-url="true">{inner}</a>'
            )
        about = "no fact, date or name explains this numeral"
        if mark.kind == "date":
            row = dates[mark.key]
            about = row["duration"] or f"{row['start_date'] or '…'} to {row['end_date'] or '…'}"
        elif mark.kind == "name":
            about = f"{names[mark.key]['name']} ({names[mark.key]['label']})"
        return f'<span class="mark {mark.kind}" title="{escape(visible(about))}">{inner}</span>'

    return element


def go_to_fact(request: Request) -> Response:
    """The permalink of a fact: its article, with its card."""
    fact_id = request.path_params["fact_id"]
    with desk_of(request).room.reading() as con:
        document_id = document_of_fact(con, fact_id)
    return RedirectResponse(f"/article/{document_id}?fact={fact_id}#f-{fact_id}", 303)


def show_revisions(request: Request) -> Response:
    """Two revisions of an article side by side, sentence by sentence, with what differs marked."""
    with desk_of(request).room.reading() as con:
        newer = article_rows(con, request.path_params["document_id"])
        others = [row for row in newer.revisions if row["document_id"] != newer.document["document_id"]]
        if not others:
            raise StoreError("There is one revision of this article alone, so there is nothing to compare it with.")
        before = [row for row in others if row["revision"] < newer.document["revision"]]
        wanted = request.query_params.get("against") or (before or others)[0]["document_id"]
        older = article_rows(con, wanted)
    if older.document["source"] != newer.document["source"]:
        raise StoreError("These are two articles, not two revisions of one.")
    return page(
        request,
        "revisions.html",
        newer=newer.document,
        older=older.document,
        others=others,
        pairs=list(_side_by_side(older, newer)),
    )


def _side_by_side(older: ArticleRows, newer: ArticleRows) -> Any:
    """Pairs of sentences: ``(kind, left, right)`` as HTML, ``kind`` is equal, replace, delete or insert."""
    left = [sentence["text"] for sentence in older.sentences]
    right = [sentence["text"] for sentence in newer.sentences]
    for kind, a, b, c, d in SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes():
        for offset in range(max(b - a, d - c)):
            yield (
                kind,
                _sentence(older, a + offset) if a + offset < b else None,
                _sentence(newer, c + offset) if c + offset < d else None,
            )


def _sentence(rows: ArticleRows, index: int) -> Any:
    sentence = rows.sentences[index]
    low, high = sentence["start_char"], sentence["end_char"]
    inside = [fact for fact in rows.facts if low <= fact["start_char"] < high]
    return render(rows.document["text"], marks_of(inside, (), ()), start=low, end=high)


routes = [
    Route("/article/{document_id}", show_article),
    Route("/article/{document_id}/revisions", show_revisions),
    Route("/fact/{fact_id}", go_to_fact),
]
