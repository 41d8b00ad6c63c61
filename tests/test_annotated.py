"""The articles that the rankers are trained on: their gold is of their text and slices back."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

ANNOTATED = Path(__file__).resolve().parents[1] / "corpus" / "annotated"
GOLD = sorted(ANNOTATED.glob("*.json"))


def test_there_are_articles() -> None:
    assert len(GOLD) > 100


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_slices_back(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    assert Path(gold["doc"]).stem == path.stem
    date.fromisoformat(gold["published"])
    for row in (*gold["facts"], *gold["dates"]):
        assert gold["text"][row["start"] : row["end"]] == row["text"]
    for fact in gold["facts"]:
        assert Decimal(fact["value"]).is_finite()
        assert (fact["direction"] is not None) <= (fact["role"] == "change"), fact
        assert fact["measure"] or fact["optional"], fact
