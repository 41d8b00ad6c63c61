"""Only what lies below the folders and globs of an ingest can be missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.read import discover
from pipeline.read.scope import Scope, scope_of


def scope(*paths: str) -> Scope:
    return scope_of(paths, discover(paths))


@pytest.fixture
def news(in_folder: Path) -> Path:
    for name in ("news/a.txt", "news/deep/er/b.txt", "newsroom/c.txt", "d.md"):
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.")
    return in_folder


@pytest.mark.parametrize(
    ("given", "missed", "not_missed"),
    [
        (("news",), ["news/z.txt", "news/deep/z.txt"], ["news/a.txt", "newsroom/z.txt", "z.txt", "/news/z.txt", "../news/z.txt"]),
        (("./news/",), ["news/z.txt"], ["news/deep/er/b.txt", "newsroom/z.txt"]),
        ((".",), ["z.txt", "news/z.txt"], ["d.md", "/z.txt", "../z.txt"]),
        (("news/*.txt",), ["news/z.txt"], ["news/a.txt", "news/deep/z.txt", "news/z.md"]),
        (("news/**/*.txt",), ["news/z.txt", "news/deep/er/z.txt"], ["news/z.md", "newsroom/z.txt"]),
        (("**/[bz].txt",), ["z.txt", "news/z.txt"], ["news/deep/er/b.txt", "news/y.txt"]),
        (("news/**",), ["news/z.txt", "news/deep/z.txt"], ["newsroom/z.txt"]),
        (("news/a.txt",), [], ["news/a.txt", "news/z.txt"]),
        (("gone",), [], ["gone/z.txt"]),
        (("https://host/news/", "-"), [], ["https://host/news/z.txt"]),
    ],
)
def test_what_can_be_missed(news: Path, given: tuple[str, ...], missed: list[str], not_missed: list[str]) -> None:
    found = scope_of(given, () if given[-1] == "-" else discover(given))
    assert [path for path in missed if not found.misses(path)] == []
    assert [path for path in not_missed if found.misses(path)] == []


def test_a_folder_that_cannot_be_looked_into_misses_nothing(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    real = os.scandir

    def refuse(path: object) -> object:
        if str(path) == "news/deep":
            raise PermissionError(13, "Permission denied", "news/deep")
        return real(path)  # type: ignore[call-overload]

    monkeypatch.setattr("os.scandir", refuse)
    found = scope("news")
    assert found.misses("news/z.txt")
    assert not found.misses("news/deep/er/b.txt")


def test_a_folder_that_gives_nothing_is_said(news: Path) -> None:
    Path("empty").mkdir()
    assert scope("empty", "news").is_empty
    assert scope("nothing/*.txt").is_empty
    assert not scope("news", "*.md").is_empty
