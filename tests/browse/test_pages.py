"""Every page over HTTP: what it shows, where it leads, what it says when there is nothing."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from pipeline.store import connect
from tests.browse.conftest import Opened, token_of

PAGES = ("/facts", "/chart", "/sql", "/runs", "/review")


def fact_id(client: httpx.Client, words: str, query: str = "") -> str:
    """The first fact that the page of facts lists with these printed words."""
    body = client.get(f"/facts{query}").text
    found = re.search(rf'\?fact=([0-9a-f]+)#f-[0-9a-f]+"><bdi>{re.escape(words)}</bdi>', body)
    assert found, (words, body[:2000])
    return found[1]


def post(client: httpx.Client, path: str, **form: str) -> int:
    return client.post(path, data={"token": token_of(client), **form}).status_code


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_with_its_policy(room: httpx.Client, path: str) -> None:
    answer = room.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|https?://(?!www\.w3\.org|127\.0\.0\.1)", answer.text.split("<main")[0])


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_or_missing_database_says_what_to_do_first(opened: Opened, tmp_path: Path, path: str) -> None:
    missing = opened(tmp_path / "none.duckdb").get(path)
    assert missing.status_code == 404
    assert "factledger ingest" in missing.text
    connect(tmp_path / "empty.duckdb").close()
    empty = opened(tmp_path / "empty.duckdb").get(path)
    assert empty.status_code == 200
    assert "factledger ingest" in empty.text or path == "/sql"


def test_search_filters_and_counts(room: httpx.Client) -> None:
    everything = room.get("/facts").text
    assert re.search(r'id="found"[^>]*>\d+ facts', everything)
    body = room.get("/facts?q=parcels+2018").text
    assert re.search(
        r'id="left-out">No fact holds all of these words, so this one is left out: <bdi>(parcels|2018)</bdi>\.', body
    )
    assert 'href="/export/facts.csv?q=parcels"' in body or 'href="/export/facts.csv?q=2018"' in body
    assert 'id="left-out"' not in everything
    money = room.get("/facts?kind=percent").text
    assert "16.9%" in money
    assert "1.83 trillion yuan</bdi></a>" not in money
    assert 'value="percent" checked' in money
    nothing = room.get("/facts?q=zebra").text
    assert "Nothing passes these filters" in nothing
    assert "Show all" in nothing


def test_a_filter_of_one_facet_leaves_its_other_values_to_choose(room: httpx.Client) -> None:
    body = room.get("/facts?kind=percent").text
    kinds = re.findall(r'name="kind" value="(\w+)"', body)
    assert set(kinds) >= {"percent", "money"}


def test_accents_and_case_do_not_matter(room: httpx.Client) -> None:
    assert "2.16 trillion yuan" in room.get("/facts?q=PÁRCELS").text


def test_what_an_address_asks_wrongly_asks_nothing(room: httpx.Client) -> None:
    for query in (
        "sort=nonsense",
        "page=-3",
        "page=999999999999999",
        "page=x",
        "from=yesterday",
        "kind=",
        "to=2025-99-99",
        "q=%00",
    ):
        assert room.get(f"/facts?{query}").status_code == 200, query


def test_the_best_fit_comes_first_where_words_are_searched_for(room: httpx.Client) -> None:
    chosen = re.compile(r'<option value="(\w*)" selected>([^<]*)')
    assert chosen.findall(room.get("/facts").text) == [("", "Newest articles")]
    assert chosen.findall(room.get("/facts?q=parcels").text) == [("", "Best fit")]
    assert chosen.findall(room.get("/facts?q=parcels&sort=newest").text) == [("newest", "Newest articles")]
    assert chosen.findall(room.get("/facts?sort=best").text) == [("", "Newest articles")]
    assert "Best fit" not in room.get("/facts?kind=money").text


def test_sorting_puts_the_largest_first(room: httpx.Client) -> None:
    body = room.get("/facts?kind=money&sort=largest").text
    values = re.findall(r'class="opens"[^>]*><bdi>([^<]*)', body)
    assert values[0] == "2.4 trillion yuan"


def test_an_article_marks_its_figures_and_explains_one(room: httpx.Client) -> None:
    key = fact_id(room, "2.16 trillion yuan")
    to = room.get(f"/fact/{key}").headers["location"]
    body = room.get(to.split("#")[0]).text
    assert f'id="f-{key}"' in body
    assert 'aria-current="true"' in body
    assert "2.155 trillion to 2.165 trillion CNY" in body
    assert re.search(r'class="words [a-z ]*measure[a-z ]*">Exports of parcels', body)
    assert 'class="mark unexplained" title="no fact, date or name explains this numeral">4417' in body
    assert "revision 2 of 2" in body


def test_copies_and_revisions_are_told(room: httpx.Client) -> None:
    key = fact_id(room, "2.16 trillion yuan")
    article = room.get(f"/fact/{key}").headers["location"].split("?")[0]
    sides = room.get(f"{article}/revisions").text
    assert "Revision 1" in sides
    assert "Revision 2" in sides
    assert "2.15 trillion yuan" in sides
    assert 'class="old"' in sides


def test_a_review_wins_everywhere_and_can_be_taken_back(own_room: httpx.Client, desk: Path) -> None:
    key = fact_id(own_room, "2.16 trillion yuan")
    assert post(own_room, f"/fact/{key}/review", verdict="corrected", measure="parcel exports", value="2,160,000,000,001") == 303
    assert "parcel exports" in own_room.get("/facts?q=parcel+exports").text
    with connect(desk, read_only=True) as con:
        row = con.execute("SELECT measure, value, review FROM money WHERE fact_id = ?", [key]).fetchone()
        kept = con.execute("SELECT measure FROM facts WHERE fact_id = ?", [key]).fetchone()
    assert row == ("parcel exports", 2160000000001, "corrected")
    assert kept == ("Exports of parcels",)
    assert post(own_room, f"/fact/{key}/review", verdict="rejected") == 303
    assert "2.16 trillion yuan</bdi></a>" not in own_room.get("/facts").text
    assert post(own_room, f"/fact/{key}/review", verdict="withdrawn") == 303
    assert "2.16 trillion yuan</bdi></a>" in own_room.get("/facts").text
    with connect(desk, read_only=True) as con:
        assert con.execute("SELECT count(*) FROM reviews").fetchone() == (3,)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("value", "many", "no number"),
        ("value", "", "reject the fact"),
        ("value", "9" * 40, "28 digits"),
        ("period_start", "soon", "2025-06-30"),
        ("period_start", "2031-01-01", "lies after"),
        ("role", "ruler", "allowed are level"),
        ("kind", "sum", "allowed are money"),
        ("measure", "x" * 600, "longer than 500"),
    ],
)
def test_a_correction_that_cannot_be_says_why(room: httpx.Client, field: str, value: str, said: str) -> None:
    key = fact_id(room, "2.16 trillion yuan")
    answer = room.post(f"/fact/{key}/review", data={"token": token_of(room), "verdict": "corrected", field: value})
    assert answer.status_code == 400
    assert said in answer.text


def test_a_sample_is_judged_and_gives_precision(own_room: httpx.Client) -> None:
    assert post(own_room, "/review/sample", each="10") == 303
    for verdict in ("accepted", "rejected", "corrected", "accepted"):
        key = re.search(r'data-review="([0-9a-f]+)"', own_room.get("/review").text)
        assert key
        assert post(own_room, f"/fact/{key[1]}/review", verdict=verdict, measure="another measure", back="/review") == 303
    body = own_room.get("/review").text
    assert "4 of " in body
    assert re.search(r"\d+%–\d+%", body)


def test_runs_tell_what_was_turned_away(room: httpx.Client) -> None:
    body = room.get("/runs").text
    assert "first visit" in body
    run = room.get("/runs/run-1").text
    assert "The file is empty." in run
    assert "&lt;b&gt;empty&lt;/b&gt;" in run
    assert room.get("/runs/none").status_code == 404


def test_what_is_new_since_the_last_visit_is_listed(room: httpx.Client) -> None:
    body = room.get("/runs", headers={"cookie": "factledger_visits=|2020-01-01T00:00:00"}).text
    assert "2 runs and" in body
    assert "Parcel exporters pass a round number" in body


def test_sql_shows_rows_problems_and_a_chart(room: httpx.Client) -> None:
    body = room.get("/sql", params={"sql": "SELECT kind, count(*) AS facts FROM facts_with_source GROUP BY kind"}).text
    assert "<bdi>percent</bdi>" in body
    assert "<svg" in body
    assert "does not exist" in room.get("/sql", params={"sql": "SELECT * FROM nowhere"}).text
    assert "Only SELECT is allowed" in room.get("/sql", params={"sql": "DELETE FROM facts"}).text
    assert "That did not work" in room.get("/sql", params={"sql": "SELECT * FROM read_csv('/etc/passwd')"}).text


def test_a_query_from_another_site_is_not_run(room: httpx.Client) -> None:
    params = {"sql": "SELECT 4711 + 1 AS sum"}
    body = room.get("/sql", params=params, headers={"sec-fetch-site": "cross-site"}).text
    assert "was not run" in body
    assert "4712" not in body
    assert "4712" in room.get("/sql", params=params).text
    assert room.get("/export/query.csv", params=params, headers={"sec-fetch-site": "cross-site"}).status_code == 400


def test_queries_are_saved_and_forgotten(own_room: httpx.Client) -> None:
    assert post(own_room, "/sql/save", name="<b>mine</b>", sql="SELECT 1") == 303
    assert "&lt;b&gt;mine&lt;/b&gt;" in own_room.get("/sql").text
    assert post(own_room, "/sql/forget", name="<b>mine</b>") == 303
    assert "mine" not in own_room.get("/sql").text
    assert post(own_room, "/sql/save", name=" ", sql="SELECT 1") == 400


def test_a_chart_keeps_levels_apart_and_forecasts_hollow(room: httpx.Client) -> None:
    body = room.get("/chart?measure=parcels").text
    assert "Level, CNY" in body
    assert "Change, percent" in body
    assert 'class="dot hollow"' in body
    assert re.search(r'<a class="point c\d" href="/fact/[0-9a-f]+" aria-label="[^"]*2.16 trillion CNY', body)
    image = room.get("/export/chart.svg?measure=parcels")
    assert image.headers["content-type"].startswith("image/svg+xml")
    assert "attachment" in image.headers["content-disposition"]


def test_a_page_that_is_not_there_says_so(room: httpx.Client) -> None:
    for path in ("/nowhere", "/fact/none", "/article/none", "/export/facts.exe"):
        answer = room.get(path)
        assert answer.status_code in {400, 404}, path
        assert "<h1>" in answer.text


def test_read_only_changes_nothing(opened: Opened, desk: Path) -> None:
    client = opened(desk, read_only=True)
    key = fact_id(client, "2.16 trillion yuan")
    assert post(client, f"/fact/{key}/review", verdict="accepted") == 403
    assert "Accept" not in client.get(client.get(f"/fact/{key}").headers["location"].split("#")[0]).text
    for path in ("/review/sample", "/sql/save", "/sql/forget", "/review/name"):
        assert post(client, path, name="x", sql="SELECT 1", each="10") == 403
    assert client.get("/facts").status_code == 200


def test_the_name_of_a_reviewer_is_kept_with_the_review(own_room: httpx.Client, desk: Path) -> None:
    assert post(own_room, "/review/name", reviewer="Ana Õ; <b>") == 303
    key = fact_id(own_room, "2.16 trillion yuan")
    assert post(own_room, f"/fact/{key}/review", verdict="accepted", note="as printed") == 303
    with connect(desk, read_only=True) as con:
        assert con.execute("SELECT reviewer, note FROM current_reviews").fetchone() == ("Ana Õ; <b>", "as printed")
