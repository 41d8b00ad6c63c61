"""A report: one page, what was chosen and no more, and clear words when nothing can be chosen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app


def report(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["report", *(str(argument) for argument in arguments)])
    return result.exit_code, result.output


def test_holds_what_was_chosen_and_nothing_from_elsewhere(desk_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    code, told = report(path, "--database", desk_file, "--where", "unit = 'CNY' -- in yuan", "--title", "In <yuan>")
    assert code == 0, told
    html = path.read_text(encoding="utf-8")
    assert "<title>In &lt;yuan&gt;</title>" in html
    assert "2.16 trillion yuan" in html
    assert 'class="dot hollow"' in html
    assert "HYPERLINK" not in html
    assert not re.search(r"<script|<link|<img|src=|@import|url\(|href=\"(?!#)", html)
    for target in re.findall(r'href="#([^"]+)"', html):
        assert f'id="{target}"' in html, target


def test_shows_hostile_texts_as_text(desk_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    assert report(path, "--database", desk_file)[0] == 0
    html = path.read_text(encoding="utf-8")
    assert "&lt;script&gt;window.hacked" in html
    assert "<script" not in html
    assert "\u202e" not in html


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("no such column", "rror"),
        ("true); DELETE FROM facts WHERE (true", "One SELECT at a time"),
        ("unit = 'none of these'", "No fact passes"),
        ("exists (SELECT 1 FROM read_csv('/etc/passwd'))", "disabled"),
    ],
)
def test_says_what_is_wrong_with_a_condition(desk_file: Path, tmp_path: Path, where: str, said: str) -> None:
    path = tmp_path / "report.html"
    code, told = report(path, "--database", desk_file, "--where", where)
    assert code == 2
    assert said in told
    assert not path.exists()


def test_says_where_it_cannot_write(desk_file: Path, tmp_path: Path) -> None:
    code, told = report(tmp_path, "--database", desk_file)
    assert code == 1
    assert "cannot be written" in told


def test_browse_needs_a_password_for_other_machines(desk_file: Path) -> None:
    result = CliRunner().invoke(app, ["browse", "--database", str(desk_file), "--host", "0.0.0.0"])
    assert result.exit_code == 2
    assert "browse_password" in result.output
