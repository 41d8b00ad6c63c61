"""The web application: its routes, its errors, its middleware. ``make_app`` is all that a server needs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.browse import export
from pipeline.browse.desk import STATIC, Desk, desk_of, make_templates, page
from pipeline.browse.pages import article, chart, facts, review, runs, sign_in, sql
from pipeline.browse.security import Guard, SecurityMiddleware
from pipeline.errors import FactledgerError, QueryError, StoreBusyError
from pipeline.settings import Settings
from pipeline.store.room import Room


def make_app(settings: Settings, *, host: str = "127.0.0.1", password: str | None = None, read_only: bool = False) -> Starlette:
    """The reading room of ``settings.database``; with ``password`` it asks for one. Its lifespan closes the room."""
    room = Room(settings.database, wait_seconds=settings.lock_wait_seconds)
    guard = Guard(host=host, password=password)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        room.prepare()
        yield
        room.close()

    pages = (export, facts, article, chart, sql, runs, review, sign_in)
    app = Starlette(
        routes=[
            Route("/", lambda request: RedirectResponse("/facts", 303)),
            Mount("/static", StaticFiles(directory=str(STATIC))),
            *(route for module in pages for route in module.routes),
        ],
        middleware=[Middleware(SecurityMiddleware, guard=guard)],
        exception_handlers={FactledgerError: _explain_error, HTTPException: _explain_missing},
        lifespan=lifespan,
    )
    app.state.desk = Desk(room=room, guard=guard, settings=settings, read_only=read_only, templates=make_templates())
    return app


def _explain_error(request: Request, error: Exception) -> Response:
    """What went wrong, and what to do; a missing database is the first thing that a new user sees."""
    busy = isinstance(error, StoreBusyError)
    status_code = 503 if busy else 400 if isinstance(error, QueryError) else 404
    if "hx-request" in request.headers or request.method == "POST":
        return PlainTextResponse(str(error), status_code)
    database = desk_of(request).database
    return page(
        request, "problem.html", status_code=status_code, message=str(error), busy=busy, missing=not Path(database).exists()
    )


def _explain_missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if "hx-request" in request.headers or request.method == "POST":
        return PlainTextResponse(error.detail, error.status_code)
    return page(request, "problem.html", status_code=error.status_code, message=error.detail, busy=False, missing=False)
