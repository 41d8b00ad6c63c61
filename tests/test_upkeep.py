"""The commands that keep a database: check tells by its exit code, a backup comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.records import Extraction
from pipeline.store import connect, load


def run(*words: str) -> Result:
    return CliRunner().invoke(app, [*words])


@pytest.fixture
def filled(in_folder: Path, extraction_of: Callable[..., Extraction]) -> Path:
    database = Path("outputs/factledger.duckdb")
    with connect(database) as con:
        load(con, [extraction_of("a.txt", "China sold 120 in 2024.")])
    return database


def damage(database: Path) -> None:
    with duckdb.connect(str(database)) as con:
        con.execute("UPDATE facts SET end_char = end_char + 1, value_low = value + 1")


def test_check_tells_by_its_exit_code(filled: Path) -> None:
    sound = run("check")
    assert sound.exit_code == 0, sound.output
    assert "facts slice back" in sound.stdout
    assert "is sound" in sound.stdout
    damage(filled)
    broken = run("check", "--all")
    assert broken.exit_code == 1
    assert "is not sound: 3 of" in broken.stdout
    assert "facts slice back: " in broken.stderr
    assert "[11:15] is not its text" in broken.stderr


def test_check_as_json(filled: Path) -> None:
    damage(filled)
    result = run("check", "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found["sound"] is False
    broken = {row["name"]: row["violations"] for row in found["invariants"] if row["violations"]}
    assert broken == {"facts slice back": 1, "facts.fact_id is its hash": 1, "facts.value is between its ends": 1}


def test_a_backup_is_made_kept_and_restored(filled: Path) -> None:
    made = run("backup", "--to", "safe", "--keep", "2")
    assert made.exit_code == 0, made.output
    backup = Path(made.stdout.split()[0])
    assert backup.parent == Path("safe")
    damage(filled)
    refused = run("backup", "--to", "safe", "--keep", "1")
    assert refused.exit_code == 1
    assert "no backup was made" in refused.stderr
    restored = run("restore", str(backup))
    assert restored.exit_code == 0, restored.output
    assert "is kept as outputs/factledger.replaced-" in restored.stdout
    assert run("check").exit_code == 0
    assert Path("outputs/factledger.snapshot.duckdb").read_bytes() == filled.read_bytes()


def test_what_is_not_there_is_said(in_folder: Path) -> None:
    for words in (("check",), ("backup",), ("restore", "nowhere.duckdb")):
        result = run(*words)
        assert result.exit_code == 1, result.output
        assert "there is no" in result.stderr
