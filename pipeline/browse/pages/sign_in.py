"""Sign in, where the server is on another address than loopback."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.browse.desk import changing, desk_of, page
from pipeline.browse.security import COOKIE, SESSION_SECONDS

#: One try at a time, and this long for each, so that passwords cannot be tried by the thousand.
_PAUSE_SECONDS = 0.5
_one_at_a_time = threading.Lock()


def show_form(request: Request) -> Response:
    """The form that asks for the password."""
    if not desk_of(request).guard.asks_password:
        return RedirectResponse("/facts", 303)
    return page(request, "sign_in.html", wrong=False)


def sign_in(request: Request, form: Mapping[str, str]) -> Response:
    """Begin a session, if the password is right."""
    guard = desk_of(request).guard
    with _one_at_a_time:
        time.sleep(_PAUSE_SECONDS)
        right = guard.is_password(form.get("password", ""))
    if not right:
        return page(request, "sign_in.html", status_code=403, wrong=True)
    answer = RedirectResponse("/facts", 303)
    answer.set_cookie(COOKIE, guard.new_session(), max_age=SESSION_SECONDS, httponly=True, samesite="strict", path="/")
    return answer


def sign_out(_: Request, __: Mapping[str, str]) -> Response:
    """End the session in this browser."""
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


routes = [
    Route("/login", show_form),
    Route("/login", changing(sign_in, while_read_only=True), methods=["POST"]),
    Route("/logout", changing(sign_out, while_read_only=True), methods=["POST"]),
]
