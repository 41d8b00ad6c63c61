"""The command line: data on standard output, messages on standard error, exit codes that a script can rely on."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from flows.work import extractor_of
from pipeline.cli import app
from pipeline.errors import SettingsError
from pipeline.settings import load_settings
from pipeline.store import connect
from tests.conftest import ROOT, StubExtractor

COMMANDS = ("ingest", "query", "facts", "show", "score", "schema")


def run(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, list(words), input=stdin)


@pytest.fixture
def news(in_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two articles, and a model that is a stub."""
    folder = in_folder / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("A title\n\nChina sold 120 in 2024.")
    (folder / "b.txt").write_text("LISBON, 6 August 2025 (Harbour Wire) - It sold 7.")
    stub = StubExtractor()
    monkeypatch.setattr("flows.work.extractor_of", lambda model: stub)
    return folder


@pytest.fixture
def filled(news: Path) -> Path:
    assert run("ingest", "news").exit_code == 0
    return news


def test_ingest_prints_what_it_did(news: Path) -> None:
    (news / "empty.txt").write_text("")
    result = run("ingest", "news")
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "read 2, new 2, changed 0, unchanged 0, duplicate 0, vanished 0, pruned 0, rejected 1, facts 3, seconds "
    )
    assert "outputs/factledger.duckdb" in result.stdout
    assert "rejected (read) news/empty.txt: It is empty" in result.stderr
    assert Path("outputs/factledger.duckdb").is_file()


def test_ingest_as_json_and_strict(news: Path) -> None:
    result = run("ingest", "news", "nowhere", "--json", "--strict", "--database", "x.duckdb", "--published-at", "2025-01-01")
    assert result.exit_code == 1
    counts = json.loads(result.stdout)
    assert [reject["source"] for reject in counts["rejects"]] == ["nowhere"]
    assert {name: counts[name] for name in ("read", "new", "rejected", "facts")} == {
        "read": 2,
        "new": 2,
        "rejected": 1,
        "facts": 3,
    }
    rows = json.loads(
        run("query", "SELECT published_at, published_from FROM documents ORDER BY source", "-d", "x.duckdb", "-f", "json").stdout
    )
    assert rows == [
        {"published_at": "2025-01-01 00:00:00", "published_from": "metadata"},
        {"published_at": "2025-08-06 00:00:00", "published_from": "text"},
    ]


def test_ingest_reads_standard_input(news: Path) -> None:
    assert "read 1, new 1" in run("ingest", "-", stdin="China sold 5.").stdout


def test_ingest_of_nothing_says_what_is_read(in_folder: Path) -> None:
    (in_folder / "void").mkdir()
    result = run("ingest", "void")
    assert result.exit_code == 0
    assert ".txt" in result.stderr


def test_ingest_runs_as_a_flow_when_an_api_is_configured(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, dict[str, Any]]] = []

    def run_here(flow: str, **parameters: Any) -> Any:
        from flows.ingesting import run_ingest

        asked.append((flow, parameters))
        return run_ingest(parameters["paths"], database=parameters["database"], jobs=parameters["jobs"])

    # In the place of the modules that import Prefect, which takes a second.
    for name, what in (("flows.ingest", {"ingest": "the ingest"}), ("flows.batch_tasks", {"run_here": run_here})):
        module = type(sys)(name)
        vars(module).update(what)
        monkeypatch.setitem(sys.modules, name, module)
    assert run("ingest", "news", "--prefect").exit_code == 0
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    assert run("ingest", "news", "--jobs", "2").exit_code == 0
    assert [(flow, parameters["paths"], parameters["jobs"]) for flow, parameters in asked] == [
        ("the ingest", ["news"], 1),
        ("the ingest", ["news"], 2),
    ]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("ingest",), 2, "what is watched"),
        (("ingest", "news", "--jobs", "0"), 2, "--jobs"),
        (("ingest", "news", "--published-at", "soon"), 2, "soon"),
        (("nonsense",), 2, "No such command"),
        (("query", "DROP TABLE facts"), 2, "Only SELECT"),
        (("query", "SELEC"), 2, "syntax error"),
        (("query", "SELECT 1", "--format", "xml"), 2, "xml"),
        (("query", "SELECT 1", "-d", "missing.duckdb"), 1, "there is no database"),
        (("facts", "--kind", "gold"), 2, "money, percent"),
        (("facts", "-d", "missing.duckdb"), 1, "factledger ingest"),
        (("show",), 2, "--explain"),
        (("show", "nothing.txt"), 1, "There is no document"),
        (("show", "--explain", "zzz"), 1, "There is no fact"),
        (("score", "nowhere"), 2, "does not exist"),
        (("score", "news"), 1, "There is no gold"),
        (("schema", "nothing"), 2, "current_documents, current_reviews"),
    ],
)
def test_wrong_use_ends_with_a_message_and_a_code(filled: Path, words: tuple[str, ...], code: int, message: str) -> None:
    result = run(*words)
    assert result.exit_code == code, result.output
    assert message in " ".join(result.stderr.split())
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("databse = 'x'", "databse is no setting"),
        ("jobs = -1", "jobs is -1"),
        ("jobs = ", "not valid TOML"),
        ("[query]\nlimit = 1", "query"),
    ],
)
def test_a_slip_in_the_settings_file_is_named(in_folder: Path, content: str, message: str) -> None:
    Path("factledger.toml").write_text(content)
    result = run("ingest", "news")
    assert result.exit_code == 2
    assert message in result.stderr


def test_ingest_without_a_path_brings_in_what_is_watched(news: Path) -> None:
    Path("factledger.toml").write_text('[watch]\npaths = ["news/a.*"]\n')
    result = run("ingest")
    assert result.exit_code == 0, result.output
    assert "new 1" in result.stdout
    assert "largest: 120 CNY" in result.stderr
    Path("news/a.txt").write_text("It was 7 in 2024.")
    assert "changed: news/a.txt: 0 facts appeared, 0 vanished, 1 changed" in run("ingest").stderr
    report = json.loads(run("query", "SELECT report FROM runs ORDER BY started_at DESC LIMIT 1", "-f", "json").stdout)[0][
        "report"
    ]
    assert "120 CNY → 7 CNY" in report


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[watch]\nfeeds = ["news.example/feed"]', "http:// or https://"),
        ('[watch]\npaths = ["https://news.example/feed"]', "addresses belong into feeds"),
        ('[watch]\npath = ["news"]', "watch.path is no setting. Known in [watch] are paths, feeds"),
        ("[fetch]\ndelay = -1", "fetch.delay"),
        ('[schedule]\ningest = "soon"', "cron string of five fields"),
        ("[schedule]\ningest = 0", "cron string of five fields"),
        ('[schedule]\ntimezone = "Mars/Base"', "time zone"),
    ],
)
def test_a_slip_in_a_table_of_the_settings_is_named(in_folder: Path, content: str, message: str) -> None:
    Path("factledger.toml").write_text(content)
    result = run("ingest")
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


def test_settings_of_a_table_come_from_the_environment_too(in_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("factledger.toml").write_text("[fetch]\ndelay = 3\ntries = 2\n")
    monkeypatch.setenv("FACTLEDGER_FETCH__DELAY", "4")
    monkeypatch.setenv("FACTLEDGER_SCHEDULE__INGEST", "90")
    settings = load_settings()
    assert (settings.fetch.delay, settings.fetch.tries, settings.schedule.ingest) == (4.0, 2, 90)
    monkeypatch.setenv("FACTLEDGER_FETCH__DLAY", "4")
    with pytest.raises(SettingsError, match="FACTLEDGER_FETCH__DLAY is no setting"):
        load_settings()


def test_settings_rise_from_file_to_environment_to_option(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def used(*words: str) -> str:
        return str(json.loads(run("ingest", "news", "--json", *words).stdout)["database"])

    assert used() == "outputs/factledger.duckdb"
    Path("factledger.toml").write_text('database = "file.duckdb"')
    assert used() == "file.duckdb"
    monkeypatch.setenv("FACTLEDGER_DATABASE", "environment.duckdb")
    assert used() == "environment.duckdb"
    assert used("--database", "option.duckdb") == "option.duckdb"
    monkeypatch.setenv("FACTLEDGER_DATABSE", "x")
    assert "FACTLEDGER_DATABSE is no setting" in run("ingest", "news").stderr


def test_query_in_every_format(filled: Path) -> None:
    sql = "SELECT value, source, NULL AS nothing FROM money WHERE source = 'news/a.txt'"
    assert list(csv.reader(io.StringIO(run("query", sql, "-f", "csv").stdout))) == [
        ["value", "source", "nothing"],
        ["120", "news/a.txt", ""],
    ]
    row = {"value": 120, "source": "news/a.txt", "nothing": None}
    assert json.loads(run("query", sql, "-f", "json").stdout) == [row]
    assert json.loads(run("query", sql, "-f", "jsonl").stdout) == row
    assert run("query", sql, "-f", "markdown").stdout.splitlines()[-1] == "| 120 | news/a.txt |  |"
    assert "news/a.txt" in run("query", "-", stdin=sql).stdout


def test_query_says_when_there_are_more_rows(filled: Path) -> None:
    result = run("query", "SELECT * FROM range(10)", "--limit", "3", "-f", "csv")
    assert result.stdout.splitlines() == ["range", "0", "1", "2"]
    assert "more than 3 rows" in result.stderr


def test_facts_by_filter(filled: Path) -> None:
    def sources(*words: str) -> list[str]:
        return [row["source"] for row in json.loads(run("facts", "-f", "json", *words).stdout)]

    assert sources("--source", "a.txt") == ["news/a.txt"]
    assert sources("--unit", "cny", "--entity", "china", "--kind", "money", "--limit", "1") == ["news/a.txt"]
    assert sources("--measure", "nothing") == []
    assert (
        "China sold 120 in 2024." in run("facts", "--source", "a.txt").stdout.replace("\n", " ") or "120" in run("facts").stdout
    )


def test_show_marks_and_lists(filled: Path) -> None:
    shown = run("show", "a.txt").stdout
    assert "{China} sold [120] in <2024>." in shown
    assert "120  =  exports | 120 CNY | China | level" in shown
    fact_id = json.loads(run("facts", "--source", "a.txt", "-f", "json").stdout)[0]["fact_id"]
    explained = run("show", "--explain", fact_id[:8]).stdout
    assert "[120]·figure" in explained
    assert "rule             stub" in explained
    assert "2 numerals: 1 date, 1 fact" in run("show", "a.txt", "--numbers").stdout


def test_show_does_not_let_a_text_drive_the_terminal(news: Path) -> None:
    (news / "evil.txt").write_text("\x1b[2J\u202eChina sold 5 [red]markup[/red].")
    run("ingest", "news")
    shown = run("show", "evil.txt").stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[red]markup[/red]" in shown


def test_schema_names_every_table_without_a_database(in_folder: Path) -> None:
    shown = run("schema").stdout
    for name in ("documents", "facts", "money", "current_documents", "rejects"):
        assert name in shown
    rows = list(csv.DictReader(io.StringIO(run("schema", "facts", "--format", "csv").stdout)))
    assert rows[0]["column"] == "fact_id"
    assert all(row["meaning"] for row in rows)
    assert not list(in_folder.iterdir())


def test_every_command_has_examples() -> None:
    listed = run("--help").stdout
    for command in COMMANDS:
        assert command in listed
        assert f"factledger {command}" in run(command, "--help").stdout.split("Examples:")[1]


def test_version() -> None:
    from pipeline import PIPELINE_VERSION

    assert run("--version").stdout == f"factledger {PIPELINE_VERSION}\n"


def seconds(*words: str) -> float:
    """The shortest of three runs of the command in a process of its own."""
    times = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "pipeline.cli", *words], cwd=ROOT, check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    return min(times)


@pytest.mark.alone
@pytest.mark.slow
def test_it_starts_at_once(filled: Path) -> None:
    assert seconds("--help") < 0.6, "0.3 s is the aim; twice that on a busy machine"
    assert seconds("query", "SELECT 1", "--database", str(Path("outputs/factledger.duckdb").absolute())) < 1.0, "0.5 s is the aim"


def test_the_command_imports_nothing_that_is_slow() -> None:
    slow = ("spacy", "prefect", "pyarrow", "duckdb", "pydantic", "rich")
    code = f"import sys, pipeline.cli; print([name for name in {slow} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_names_of_the_users_own_go_before_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    extractor_of.cache_clear()
    (tmp_path / "factledger.toml").write_text('[aliases]\n"Harbourline" = "Harbourline Group"\n', encoding="utf-8")
    (tmp_path / "note.txt").write_text("Harbourline Ltd sold 300 vans in 2024. Harbourline is based in Norway.", encoding="utf-8")
    assert CliRunner().invoke(app, ["ingest", "note.txt", "--database", "own.duckdb"]).exit_code == 0
    extractor_of.cache_clear()
    with connect(tmp_path / "own.duckdb", read_only=True) as con:
        names = {row[0] for row in con.execute("SELECT name FROM entities WHERE text LIKE 'Harbourline%'").fetchall()}
    assert names == {"Harbourline Group"}
