"""The reading room in a real browser: found, opened, corrected, asked, exported, charted; by keyboard; by everybody."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from pipeline.browse.report import write_report
from pipeline.settings import Settings
from pipeline.store import connect
from tests.browse.conftest import Opened

pytestmark = pytest.mark.slow

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; make install brings it")
expect = sync_api.expect
expect.set_options(timeout=20_000)

#: Widths and schemes that every page is looked at in.
LOOKS = (({"width": 1440, "height": 900}, "light"), ({"width": 360, "height": 740}, "dark"))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@dataclass
class Site:
    """A reading room in a process of its own, as a user starts it."""

    address: str
    database: Path
    #: What the browser complained about: errors of scripts, of the policy, of loading.
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium; as root, with apt: make chromium")
    with sync_api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield opened
        opened.close()


def start(database: Path, *options: str) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "browse", "--database", str(database), "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    return process, process.stdout.readline().strip().rstrip("/")


def stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.communicate(timeout=20)


@pytest.fixture(scope="module")
def site(desk_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    database = Path(shutil.copy(desk_file, tmp_path_factory.mktemp("site") / "desk.duckdb"))
    process, address = start(database)
    yield Site(address, database)
    stop(process)


@pytest.fixture
def page(browser: Any, site: Site) -> Iterator[Any]:
    """A page that notes what the browser complains about; the test fails if it did."""
    context = browser.new_context(viewport=LOOKS[0][0], accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    watch(opened, site.complaints)
    yield opened
    context.close()
    complaints, site.complaints = site.complaints, []
    assert complaints == []


#: What htmx says when a search is given up because one types on.
GIVEN_UP = ("htmx:afterRequest", "htmx:sendAbort")


def watch(page: Any, complaints: list[str]) -> None:
    def note(message: Any) -> None:
        if message.type == "error" and not message.text.startswith(GIVEN_UP):
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: (complaints.append(f"a dialog: {dialog.message}"), dialog.dismiss()))


def axe_of() -> Any:
    """The checker of accessibility."""
    return pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed; make install brings it"
    ).Axe()


def ready(page: Any, address: str) -> None:
    page.goto(address)
    settled(page)


def settled(page: Any) -> None:
    """Wait until the script of the page listens to keys."""
    page.locator("html[data-ready]").wait_for()


def test_words_order_the_facts_and_those_that_fit_none_are_told(page: Any, site: Site) -> None:
    ready(page, f"{site.address}/facts")
    sort = page.get_by_label("Sort")
    expect(sort.locator("option:checked")).to_have_text("Newest articles")
    page.get_by_role("searchbox").fill("parcels")
    expect(sort.locator("option:checked")).to_have_text("Best fit")
    expect(page.locator("tbody.fact").first.locator(".measure")).to_contain_text(re.compile("parcels", re.IGNORECASE))
    sort.select_option("Largest value")
    expect(page).to_have_url(re.compile("sort=largest"))
    page.get_by_role("searchbox").fill("parcels zebra")
    expect(page.locator("#left-out")).to_contain_text("this one is left out: zebra.")
    expect(sort.locator("option:checked")).to_have_text("Largest value")
    sort.select_option("Best fit")
    expect(page).not_to_have_url(re.compile("sort="))
    page.get_by_role("searchbox").fill("")
    expect(sort.locator("option:checked")).to_have_text("Newest articles")


def test_find_open_correct_ask_export_and_chart(page: Any, site: Site, tmp_path: Path) -> None:
    ready(page, f"{site.address}/facts")
    page.get_by_role("searchbox").press_sequentially("parcels 2018", delay=10)
    expect(page.locator("#found")).to_contain_text(" of ")
    expect(page).to_have_url(re.compile(r"q=parcels"))
    page.get_by_role("searchbox").fill("parcels")
    page.locator("#facets").get_by_label("percent", exact=False).first.wait_for()
    page.get_by_role("checkbox", name="money").check()
    expect(page).to_have_url(re.compile(r"kind=money"))
    expect(page.locator("#announcer")).to_have_text(re.compile(r"\d+ facts?"))
    page.reload()
    expect(page.get_by_role("checkbox", name="money")).to_be_checked()

    page.get_by_role("link", name="2.16 trillion yuan").click()
    page.wait_for_url("**/article/**")
    settled(page)
    card = page.locator("#card")
    expect(card.get_by_role("heading", name="2.16 trillion CNY")).to_be_visible()
    expect(card).to_contain_text("2.155 trillion to 2.165 trillion CNY")
    expect(page.locator(".text .words.measure").first).to_have_text("Exports of parcels")

    page.keyboard.press("c")
    expect(page.get_by_label("Measure", exact=True)).to_be_focused()
    page.get_by_label("Measure", exact=True).fill("Parcel exports, goods only")
    page.get_by_label("Note").fill("the table says goods")
    page.keyboard.press("Enter")
    expect(card.locator(".pill.corrected")).to_be_visible()
    expect(card).to_contain_text("Parcel exports, goods only")

    ready(page, f"{site.address}/sql")
    page.get_by_label("One SELECT").fill("SELECT measure, value, review FROM money WHERE review = 'corrected'")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer table")).to_contain_text("Parcel exports, goods only")
    page.get_by_label("Keep it as").fill("corrected ones")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="corrected ones")).to_be_visible()

    ready(page, f"{site.address}/facts?q=goods+only")
    page.locator("summary", has_text="Export").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="CSV").click()
    saved = tmp_path / "facts.csv"
    downloading.value.save_as(saved)
    rows = list(csv.DictReader(saved.read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["measure"], row["review"]) for row in rows] == [("Parcel exports, goods only", "corrected")]

    ready(page, f"{site.address}/chart?measure=exports&entity=China")
    level = page.locator("figure", has_text="Level, CNY").locator(".wide-only")
    assert level.locator("a.point").count() >= 3
    assert level.locator(".dot.hollow").count() == 1
    level.locator("a.point", has_text="2.16 trillion CNY").first.click()
    expect(page.locator("#card")).to_contain_text("Parcel exports, goods only")
    with connect(site.database, read_only=True) as con:
        assert con.execute("SELECT verdict, note FROM current_reviews").fetchall() == [("corrected", "the table says goods")]


def test_by_keyboard_alone(page: Any, site: Site) -> None:
    ready(page, f"{site.address}/facts")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("guangdong")
    expect(page.locator("#found")).to_contain_text("2 facts of")
    page.keyboard.press("Escape")
    link = page.get_by_role("link", name="36.5%")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card h2").first).to_have_text("36.5%")
    settled(page)
    page.keyboard.press("k")
    expect(page.locator("#card h2").first).not_to_have_text("36.5%")
    focused = "document.activeElement.classList.contains('figure') || document.activeElement === document.body"
    assert page.evaluate(focused)
    page.keyboard.press("c")
    expect(page.get_by_label("Measure", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Measure", exact=True)).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Choose a figure")).to_be_visible()


def test_a_sample_is_judged_with_two_keys(page: Any, own_room: httpx.Client) -> None:
    ready(page, f"{own_room.base_url}/review")
    page.get_by_role("combobox").select_option("10")
    page.get_by_role("button", name="Draw").click()
    progress = page.locator("#done")
    expect(progress).to_be_visible()
    settled(page)
    done = int(progress.get_attribute("value"))
    for place, key in enumerate("axa", start=1):
        page.keyboard.press(key)
        expect(progress).to_have_attribute("value", str(done + place))
    expect(page.locator(".standing tbody")).to_contain_text("%")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Export as gold").click()
    assert downloading.value.suggested_filename == "factledger-gold.zip"


def addresses(page: Any, site: Site) -> dict[str, str]:
    """Every page, in the states that matter."""
    ready(page, f"{site.address}/facts?kind=money")
    article = page.locator("a.opens").first.get_attribute("href").split("#")[0]
    ready(page, f"{site.address}/facts?q=dollars")
    hostile = page.locator("a.opens").first.get_attribute("href").split("#")[0]
    revised = "/article/" + page.evaluate("fetch('/facts?q=2.16').then(r => r.text())").split("/article/")[1].split("?")[0]
    return {
        "facts": "/facts",
        "nothing": "/facts?q=zebra&kind=money",
        "words left out": "/facts?q=parcels+zebra",
        "article": article.split("?")[0],
        "card": article,
        "hostile": hostile,
        "revisions": f"{revised}/revisions",
        "chart": "/chart",
        "drawn": "/chart?measure=exports",
        "sql": "/sql",
        "result": "/sql?sql=SELECT+kind,count(*)+AS+facts+FROM+facts_with_source+GROUP+BY+ALL",
        "problem": "/sql?sql=SELEC",
        "runs": "/runs",
        "run": "/runs/run-1",
        "review": "/review",
        "missing": "/nowhere",
    }


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_no_page_keeps_anybody_out(browser: Any, site: Site, size: dict[str, int], scheme: str) -> None:
    """axe finds nothing on any page, nothing is wider than the screen, and the policy has nothing to stop."""
    axe = axe_of()
    complaints: list[str] = []
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    places = addresses(page, site)
    watch(page, complaints)
    for name, place in places.items():
        ready(page, site.address + place)
        if name == "card":
            page.keyboard.press("c")
        assert [text for text in complaints if "404" not in text] == [], name
        found = axe.run(page).response["violations"]
        told = [f"{name} {scheme}: {v['id']}: {n['html'][:160]} {n['failureSummary'][:300]}" for v in found for n in v["nodes"]]
        assert told == [], "\n".join(told)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
        assert page.evaluate("window.hacked") is None, name
        complaints.clear()  # axe itself tries inline styles, which the policy stops
    context.close()


def test_the_first_pages_of_a_new_user_keep_nobody_out(browser: Any, opened: Opened, tmp_path: Path) -> None:
    connect(tmp_path / "empty.duckdb").close()
    none = opened(tmp_path / "none.duckdb").base_url
    empty = opened(tmp_path / "empty.duckdb").base_url
    locked = opened(tmp_path / "empty.duckdb", host="0.0.0.0", password="correct horse").base_url
    axe = axe_of()
    size, scheme = LOOKS[1]
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    for address in (
        f"{none}/facts",
        f"{empty}/facts",
        f"{empty}/review",
        f"{empty}/chart",
        f"{empty}/runs",
        f"{locked}/facts",
    ):
        ready(page, address)
        violations = axe.run(page).response["violations"]
        assert [f"{address} {v['id']}: {v['nodes'][0]['html'][:200]}" for v in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="There are no facts yet")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password")).to_be_visible()
    context.close()


def test_hostile_texts_are_shown_as_text(page: Any, site: Site) -> None:
    ready(page, f"{site.address}/facts?q=dollars")
    expect(page.locator("td.entity").first).to_have_text("<script>window.hacked='entity'</script>")
    expect(page.locator("p.sentence").first).to_contain_text("⟦U+202E⟧")
    page.locator("a.opens").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("<img src=x onerror=\"window.hacked='title'\">")
    expect(page.locator(".text")).to_contain_text("</p></article></body><script>window.hacked='text'</script>")
    assert page.locator(".text img, .text script, .text b, .text svg").count() == 0
    ready(page, f"{site.address}/sql?sql=SELECT+title,+source+FROM+documents")
    expect(page.locator("#answer table")).to_contain_text("onerror")
    for place in ("/chart?unit=%3Ci%3EUSD%3C/i%3E", "/runs/run-1", "/facts?q=%3Cscript%3Ewindow.hacked=1%3C/script%3E"):
        ready(page, site.address + place)
        assert page.evaluate("window.hacked") is None


def test_the_pages_work_without_scripts(browser: Any, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=LOOKS[0][0])
    page = context.new_page()
    page.goto(f"{site.address}/facts")
    page.get_by_role("searchbox").fill("parcels")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#found")).to_contain_text(" of ")
    page.locator("a.opens").first.click()
    expect(page.locator("#card dl")).to_be_visible()
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("#card .pill.accepted")).to_be_visible()
    context.close()


def test_a_report_needs_nothing_else(browser: Any, site: Site, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    assert write_report(Settings(database=site.database), path) > 5
    axe = axe_of()
    for size, scheme in LOOKS:
        context = browser.new_context(viewport=size, color_scheme=scheme, java_script_enabled=True)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(path.as_uri())
        assert asked == [path.as_uri()]
        assert page.evaluate("window.hacked") is None
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert page.locator("a.mark.figure").count() > 5
        violations = axe.run(page).response["violations"]
        assert [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in violations] == []
        context.close()
