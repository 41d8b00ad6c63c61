"""What every page needs: the room to read from, the guard, the templates; and the way from a handler to an answer."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from pipeline.browse import words
from pipeline.browse.marks import marked_sentence
from pipeline.browse.security import TOKEN_HEADER, Guard
from pipeline.browse.state import active, choice_words, link, with_sort, without
from pipeline.plain import format_decimal
from pipeline.settings import Settings
from pipeline.store.room import Room

#: The longest form that is read, in bytes.
_LONGEST_FORM = 1_000_000

STATIC = files("pipeline.browse").joinpath("static")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One server: its database, who may use it, and whether it may be changed."""

    room: Room
    guard: Guard
    settings: Settings
    read_only: bool
    templates: Environment

    @property
    def database(self) -> Path:
        return self.room.database


def make_templates() -> Environment:
    """The templates, in which every text that is put out is escaped, and shown without unseen characters."""
    environment = Environment(
        loader=PackageLoader("pipeline.browse", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        finalize=lambda value: words.visible(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        value_words=words.value_words,
        interval_words=words.interval_words,
        role_words=words.role_words,
        day=words.day_words,
        moment=words.moment_words,
        percent=words.percent_words,
        file_name=words.file_name,
        number=lambda value: format_decimal(value, separators=True),
        plain_number=format_decimal,
        marked_sentence=marked_sentence,
    )
    environment.globals.update(
        choice=choice_words,
        period=words.period_words,
        count=words.count_words,
        link=link,
        active=active,
        without=without,
        with_sort=with_sort,
    )
    return environment


def desk_of(request: Request) -> Desk:
    """The desk of the server that got a request."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


def page(request: Request, template: str, *, status_code: int = 200, **context: Any) -> HTMLResponse:
    """A template as an answer, with what every page shows."""
    desk = desk_of(request)
    shared = {
        "path": request.url.path,
        "token": desk.guard.token,
        "read_only": desk.read_only,
        "signed_in": desk.guard.asks_password,
        "database": str(desk.database),
        "as_of": desk.room.as_of(),
    }
    return HTMLResponse(desk.templates.get_template(template).render(shared | context), status_code)


def redirect(path: str, **parameters: str) -> Response:
    """Go on to another page, after a form was carried out."""
    return Response(status_code=303, headers={"location": f"{path}?{urlencode(parameters)}" if parameters else path})


Handler = Callable[[Request, Mapping[str, str]], Response]


def changing(handler: Handler, *, while_read_only: bool = False) -> Callable[[Request], Any]:
    """A handler of a form that changes something: only with the token of a page of ours, and not where all is read only."""

    @functools.wraps(handler)
    async def run(request: Request) -> Response:
        desk = desk_of(request)
        if desk.read_only and not while_read_only:
            return PlainTextResponse("This reading room was opened with --read-only: nothing can be changed here.", 403)
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > _LONGEST_FORM:
                return PlainTextResponse(f"The form is longer than {_LONGEST_FORM:,} bytes.", 413)
        fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=200)
        form = {name: value.replace("\x00", "") for name, value in fields}
        if not desk.guard.is_token(request.headers.get(TOKEN_HEADER) or form.get("token", "")):
            return PlainTextResponse(
                "This page is from another start of the server. Load it again, and repeat what you did.", 403
            )
        return await run_in_threadpool(handler, request, form)

    return run


def attachment(content: bytes | str, *, media_type: str, name: str) -> Response:
    """A file to keep; ``name`` is one of ours, in ASCII."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
