"""Blocks: what stands apart on the page stands apart in the data, and no character is lost."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.blocks import read_blocks


def blocks(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.mark_end : block.end_char]) for block in read_blocks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Growth returns\n\nExports rose 5%.", [("heading", "Growth returns"), ("prose", "Exports rose 5%.")]),
        ("1. Summary\nTrade grew.", [("heading", "Summary"), ("prose", "Trade grew.")]),
        ("• Sales up 4%.\n• Costs down 2%.", [("list_item", "Sales up 4%."), ("list_item", "Costs down 2%.")]),
        ("## Outlook\n\nFlat.", [("heading", "Outlook"), ("prose", "Flat.")]),
        (
            "LISBON, May 3 (Tagus Wire) - Output fell 2%.",
            [("boilerplate", "LISBON, May 3 (Tagus Wire) -"), ("prose", "Output fell 2%.")],
        ),
        ("| Revenue | 412 | 388 |", [("table_row", "| Revenue | 412 | 388 |")]),
        ("(Reporting by A. Lund)", [("boilerplate", "(Reporting by A. Lund)")]),
        (
            "The ministry said on Tuesday that the output of the\ncoastal mills had risen by a tenth over the year, and\n"
            "that prices for the harvest had kept to the level of\nthe spring.",
            [
                (
                    "prose",
                    "The ministry said on Tuesday that the output of the\ncoastal mills had risen by a tenth over the year, and\n"
                    "that prices for the harvest had kept to the level of\nthe spring.",
                )
            ],
        ),
        ("A budget of 2025-26 holds.", [("prose", "A budget of 2025-26 holds.")]),
        ("  \n\n", []),
    ],
)
def test_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(text) == expected


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_blocks_hold_every_visible_character_once(text: str) -> None:
    found = read_blocks(text)
    assert all(block.start_char <= block.mark_end <= block.end_char for block in found)
    assert all(a.end_char <= b.start_char for a, b in pairwise(found))
    covered = {i for block in found for i in range(block.start_char, block.end_char)}
    assert all(i in covered for i, character in enumerate(text) if not character.isspace())


@pytest.mark.parametrize("piece", ["A", "A ", "- ", "1", "(", " | ", "A.", "\n", "A-", "*"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    read_blocks(piece * 2_000)
    start = time.perf_counter()
    read_blocks(piece * 20_000)
    short = time.perf_counter() - start
    start = time.perf_counter()
    read_blocks(piece * 200_000)
    assert time.perf_counter() - start < 40 * short + 1
