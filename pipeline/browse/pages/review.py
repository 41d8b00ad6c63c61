"""Review: judge a fact with two keys, draw a sample, see how often the extraction is right, take the gold away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.browse.correction import CHOICES, form_values, read_form
from pipeline.browse.desk import attachment, changing, desk_of, page, redirect
from pipeline.browse.gold import gold_archive
from pipeline.browse.marks import Mark, render
from pipeline.browse.precision import overall, wilson
from pipeline.errors import QueryError
from pipeline.store.articles import ArticleRows, article_rows, document_of_fact, overview
from pipeline.store.provenance import quoted_words, words_behind
from pipeline.store.reviews import (
    VERDICTS,
    as_reviewed,
    draw_sample,
    last_sample,
    latest_reviews,
    next_of_sample,
    precision_by_kind,
    review_fact,
)

#: Facts of each kind in a sample, as the page offers them.
SIZES = (10, 25, 50, 100)
_LONGEST_NAME = 100
_COOKIE = "factledger_reviewer"
_KEPT_SECONDS = 400 * 24 * 3600


def show_review(request: Request) -> Response:
    """The next fact of the sample, how often the extraction was right so far, and the latest reviews."""
    skipped = request.query_params.get("after", "0")
    after = int(skipped) if skipped.isdecimal() and len(skipped) < 8 else 0
    with desk_of(request).room.reading() as con:
        whole = overview(con)
        sample_id = last_sample(con)
        kinds = precision_by_kind(con, sample_id) if sample_id else []
        upcoming = next_of_sample(con, sample_id, after=after) if sample_id else None
        latest = latest_reviews(con, limit=20)
        rows = article_rows(con, document_of_fact(con, upcoming["fact_id"])) if upcoming else None
    return page(
        request,
        "review.html",
        whole=whole,
        sample_id=sample_id,
        kinds=[(kind, wilson(kind.right, kind.judged)) for kind in kinds],
        overall=overall(kinds),
        drawn=sum(kind.drawn for kind in kinds),
        judged=sum(kind.judged for kind in kinds),
        latest=latest,
        sizes=SIZES,
        choices=CHOICES,
        reviewer=_reviewer(request),
        **(_question(rows, upcoming) if rows and upcoming else {"card": None}),
    )


def _question(rows: ArticleRows, upcoming: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked about a fact: the fact as it was read, in its sentence, with the sentences around."""
    fact = rows.read[upcoming["fact_id"]]
    sentence = rows.sentence_of(fact)
    place = rows.sentences.index(sentence) if sentence else 0
    around = rows.sentences[max(0, place - 1) : place + 2]
    low, high = around[0]["start_char"], around[-1]["end_char"]
    words = words_behind(fact, rows.dates, sentence)
    html = render(rows.document["text"], [Mark(fact["start_char"], fact["end_char"], "figure")], words=words, start=low, end=high)
    card = {
        "fact": fact,
        "read": fact,
        "review": None,
        "quoted": quoted_words(rows.document["text"], words),
        "values": form_values(fact),
    }
    return {"card": card, "context": html, "document": rows.document, "position": upcoming["position"]}


def give_verdict(request: Request, form: Mapping[str, str]) -> Response:
    """Accept, correct or reject a fact, or take the last review back; then go back to where the form was."""
    fact_id = request.path_params["fact_id"]
    verdict = form.get("verdict", "")
    if verdict not in VERDICTS:
        raise QueryError(f"The verdict is {verdict!r}; allowed are {', '.join(VERDICTS)}.")
    room = desk_of(request).room
    corrections: dict[str, Any] = {}
    if verdict == "corrected":
        with room.reading() as con:
            rows = article_rows(con, document_of_fact(con, fact_id))
        corrections = read_form(form, as_reviewed(rows.read[fact_id], rows.reviews.get(fact_id)))
    reviewer = _reviewer(request) or None
    note = form.get("note", "").strip()[:500] or None
    room.review(lambda con: review_fact(con, fact_id, verdict=verdict, corrections=corrections, reviewer=reviewer, note=note))
    back = form.get("back", "")
    return redirect(back if back.startswith(("/article/", "/review")) else f"/fact/{fact_id}")


def name_reviewer(request: Request, form: Mapping[str, str]) -> Response:
    """Keep in a cookie who reviews in this browser."""
    name = quote(" ".join(form.get("reviewer", "").split())[:_LONGEST_NAME])
    answer = redirect("/review")
    answer.set_cookie(_COOKIE, name, max_age=_KEPT_SECONDS, httponly=True, samesite="strict", path="/")
    return answer


def _reviewer(request: Request) -> str:
    return unquote(request.cookies.get(_COOKIE, ""))[:_LONGEST_NAME]


def draw(request: Request, form: Mapping[str, str]) -> Response:
    """Draw a new sample."""
    each = form.get("each", "")
    if each not in {str(size) for size in SIZES}:
        raise QueryError(f"The size of a sample is {each!r}; allowed are {', '.join(map(str, SIZES))} of each kind.")
    desk_of(request).room.write(lambda con: draw_sample(con, each=int(each)))
    return redirect("/review")


def take_gold(request: Request) -> Response:
    """The reviewed facts as gold files, zipped."""
    with desk_of(request).room.reading() as con:
        content = gold_archive(con)
    return attachment(content, media_type="application/zip", name="factledger-gold.zip")


routes = [
    Route("/review", show_review),
    Route("/review/sample", changing(draw), methods=["POST"]),
    Route("/review/name", changing(name_reviewer), methods=["POST"]),
    Route("/review/gold.zip", take_gold),
    Route("/fact/{fact_id}/review", changing(give_verdict), methods=["POST"]),
]
