"""Facts: search as you type, facets with counts, the sentence under each row, and files of what is shown."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.browse.desk import desk_of, page
from pipeline.browse.state import PAGE_SIZE, link, read_page, read_query
from pipeline.store.articles import overview
from pipeline.store.facets import BEST_SORT, fact_page

#: Name of a facet → its heading.
FACET_NAMES = {
    "kind": "Kind",
    "entity": "Entity",
    "year": "Period",
    "unit": "Unit",
    "role": "Role",
    "status": "Status",
    "publisher": "Publisher",
    "confidence": "Confidence",
    "review": "Review",
}

#: Name of an order → what it is called; ``best`` is there only where words are searched for.
SORT_NAMES = {
    "best": "Best fit",
    "newest": "Newest articles",
    "oldest": "Oldest articles",
    "largest": "Largest value",
    "smallest": "Smallest value",
    "period": "Latest period",
    "period-first": "Earliest period",
    "measure": "Measure, A to Z",
    "entity": "Entity, A to Z",
    "surest": "Surest",
    "least-sure": "Least sure",
}


def show_facts(request: Request) -> Response:
    """The page of facts that its address asks for."""
    wanted = read_query(request.query_params)
    number = read_page(request.query_params)
    with desk_of(request).room.reading() as con:
        found = fact_page(con, wanted, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
        whole = overview(con)
    answer = page(
        request,
        "facts.html",
        wanted=wanted,
        found=found,
        whole=whole,
        number=number,
        pages=max(1, -(-found.total // PAGE_SIZE)),
        page_size=PAGE_SIZE,
        facet_names=FACET_NAMES,
        sorts={name: label for name, label in SORT_NAMES.items() if name != BEST_SORT or wanted.q},
        own_order=replace(wanted, sort="").order,
    )
    answer.headers["HX-Push-Url"] = link("/facts", wanted, page=number)
    return answer


routes = [Route("/facts", show_facts)]
