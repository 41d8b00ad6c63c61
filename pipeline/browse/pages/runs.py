"""Runs: what each did, what it turned away and why, and what is new since the last visit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.browse.desk import desk_of, page
from pipeline.store.articles import find_run, recent_runs, run_articles, run_rejects

#: Two moments: the last page of the visit before, and the last page of this one.
COOKIE = "factledger_visits"
#: Who comes back sooner than this is still on the same visit.
VISIT = timedelta(minutes=30)
_KEPT_SECONDS = 400 * 24 * 3600


def next_visits(cookie: str, now: datetime) -> tuple[datetime | None, str]:
    """Since when things are new (None on a first visit), and the cookie to set.

    >>> moment = datetime(2025, 6, 3, 14, 5)
    >>> since, cookie = next_visits("", moment)
    >>> since, cookie
    (None, '|2025-06-03T14:05:00')
    >>> next_visits(cookie, moment + timedelta(hours=2))
    (datetime.datetime(2025, 6, 3, 14, 5), '2025-06-03T14:05:00|2025-06-03T16:05:00')
    """
    before, _, last = cookie.partition("|")
    seen = _moment(last)
    if seen is None:
        return None, f"|{now.isoformat(timespec='seconds')}"
    since = seen if now - seen > VISIT else _moment(before)
    return since, f"{since.isoformat(timespec='seconds') if since else ''}|{now.isoformat(timespec='seconds')}"


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is None else None


def show_runs(request: Request) -> Response:
    """All runs, and above them what came in since the last visit."""
    since, cookie = next_visits(request.cookies.get(COOKIE, ""), datetime.now(UTC).replace(tzinfo=None))
    with desk_of(request).room.reading() as con:
        runs = recent_runs(con)
        new = run_articles(con, since=since, limit=50) if since else []
    answer = page(
        request,
        "runs.html",
        runs=runs,
        since=since,
        new=new,
        new_runs=[run for run in runs if since and run["started_at"] > since],
    )
    answer.set_cookie(COOKIE, cookie, max_age=_KEPT_SECONDS, httponly=True, samesite="strict", path="/runs")
    return answer


def show_run(request: Request) -> Response:
    """One run: its counts, its rejects, the articles that it wrote last."""
    with desk_of(request).room.reading() as con:
        run = find_run(con, request.path_params["run_id"])
        rejects = run_rejects(con, run["run_id"])
        articles = run_articles(con, run_id=run["run_id"])
    return page(request, "run.html", run=run, rejects=rejects, articles=articles)


routes = [Route("/runs", show_runs), Route("/runs/{run_id}", show_run)]
