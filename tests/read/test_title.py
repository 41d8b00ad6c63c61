"""The title is the first heading line."""

from __future__ import annotations

import pytest

from pipeline.read.title import find_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Exports rise\n\nExports rose 5%.", "Exports rise"),
        ("\n\n  Exports rise  \nExports rose 5%.", "Exports rise"),
        ("OPINION\n\nWho pays?\n\nNobody does.", "Who pays?"),
        ("BRIEF 7 | MARCH 18, 2025\n\nCounting the cost\n\nText.", "Counting the cost"),
        ("MARKETS, 3 May 2025\n\nShares rose.", "MARKETS, 3 May 2025"),
        ("Exports rose 5%.\n\nImports fell.", None),
        ("Only one line", None),
        ("* a point\n* another", None),
        ("w" * 300 + "\n\nText.", None),
    ],
)
def test_title(text: str, title: str | None) -> None:
    assert find_title(text) == title


def test_markdown_heading_goes_first() -> None:
    assert find_title("Kicker\n\n## The title ##\n\nText.", markdown=True) == "The title"
