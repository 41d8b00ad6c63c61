"""Whom the server answers: not other sites, not other names, not other machines without the password."""

from __future__ import annotations

import httpx
import pytest

from pipeline.browse.security import COOKIE, Guard, is_loopback
from pipeline.browse.serve import serve
from pipeline.errors import SettingsError
from pipeline.settings import Settings, load_settings
from tests.browse.conftest import Opened, token_of

CHANGING = ("/fact/none/review", "/review/sample", "/review/name", "/sql/save", "/sql/forget", "/logout")


@pytest.mark.parametrize("path", CHANGING)
def test_whatever_changes_something_needs_the_token(room: httpx.Client, path: str) -> None:
    form = {"verdict": "accepted", "each": "10", "name": "x", "sql": "SELECT 1"}
    for token in ("", "wrong", "ü"):
        assert room.post(path, data={**form, "token": token}).status_code == 403
    assert room.post(path, data=form, headers={"x-factledger-token": "wrong"}).status_code == 403
    assert room.get(path).status_code in {404, 405}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1:1"},
    ],
)
def test_a_form_of_another_site_is_refused_even_with_the_token(room: httpx.Client, headers: dict[str, str]) -> None:
    form = {"token": token_of(room), "name": "x", "sql": "SELECT 1"}
    assert room.post("/sql/save", data=form, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "[::ffff:10.0.0.1]", "localhost.evil.example:8765", "", "::1]["]
)
def test_another_name_for_this_address_is_refused(room: httpx.Client, host: str) -> None:
    answer = room.get("/facts", headers={"host": host})
    assert answer.status_code == 421
    assert "Exports" not in answer.text


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1", "[::1]:80", "LOCALHOST"])
def test_loopback_by_any_name_is_answered(room: httpx.Client, host: str) -> None:
    assert room.get("/facts", headers={"host": host}).status_code == 200


def test_a_form_that_is_too_long_is_refused(room: httpx.Client) -> None:
    assert room.post("/sql/save", content=b"a=" + b"x" * 1_100_000).status_code == 413


def test_another_address_than_loopback_needs_a_password() -> None:
    with pytest.raises(SettingsError, match="browse_password"):
        serve(Settings(), host="0.0.0.0")


def test_a_password_that_is_too_short_is_refused_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTLEDGER_BROWSE_PASSWORD", "hush")
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert "browse_password" in str(raised.value)
    assert "hush" not in str(raised.value)


def test_with_a_password_nothing_is_shown_before_it_is_given(opened: Opened, desk: object) -> None:
    client = opened(desk, host="0.0.0.0", password="correct horse")
    for path in ("/facts", "/export/facts.csv", "/review/gold.zip", "/sql?sql=SELECT+1", "/nowhere"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login"), path
    assert client.post("/sql/save", data={}).status_code == 401
    assert client.get("/static/room.css").status_code == 200
    form = client.get("/login").text
    token = form.split('data-token="')[1].split('"')[0]
    assert client.post("/login", data={"token": token, "password": "wrong"}).status_code == 403
    assert client.post("/login", data={"password": "correct horse"}).status_code == 403
    answer = client.post("/login", data={"token": token, "password": "correct horse"})
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert client.get("/facts").status_code == 200
    assert client.post("/logout", data={"token": token}).status_code == 303
    assert client.get("/facts").status_code == 303


def test_a_session_that_was_not_sealed_here_is_none() -> None:
    guard = Guard(host="0.0.0.0", password="correct horse")
    session = guard.new_session()
    assert guard.is_session(session)
    until, _, seal = session.partition(".")
    for forged in (
        f"{int(until) + 1}.{seal}",
        f"1.{seal}",
        "",
        ".",
        "x.y",
        f"{until}.",
        Guard(host="x", password="y").new_session(),
    ):
        assert not guard.is_session(forged), forged
    assert COOKIE.startswith("factledger")


def test_the_unspecified_address_is_no_loopback() -> None:
    assert not is_loopback("0.0.0.0")
    assert not is_loopback("")
    assert is_loopback("127.8.8.8")


def test_every_answer_carries_the_policy(room: httpx.Client) -> None:
    for path in ("/facts", "/static/room.js", "/nowhere", "/export/facts.csv", "/"):
        answer = room.get(path)
        assert "default-src 'self'" in answer.headers["content-security-policy"], path
        assert "unsafe-inline" not in answer.headers["content-security-policy"]
        assert answer.headers["x-frame-options"] == "DENY"


def test_a_file_outside_the_static_folder_is_not_served(room: httpx.Client) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fsettings.py", "/static/"):
        assert room.get(path).status_code in {404, 405}, path
