"""The articles that the rankers are trained on: their gold is of their text and slices back."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.context.answer import QUESTIONS

ANNOTATED = Path(__file__).resolve().parents[1] / "corpus" / "annotated"
GOLD = sorted(path for path in ANNOTATED.glob("*.json") if not path.name.endswith(".meta.json"))


def test_every_article_has_its_gold_and_its_date() -> None:
    stems = {path.stem for path in GOLD}
    assert stems == {path.stem for path in ANNOTATED.glob("*.txt")}
    assert stems == {path.name.removesuffix(".meta.json") for path in ANNOTATED.glob("*.meta.json")}


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_is_of_its_text(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    assert gold["text"] == path.with_suffix(".txt").read_bytes().decode("utf-8")
    assert gold["published"] == json.loads(path.with_name(f"{path.stem}.meta.json").read_text(encoding="utf-8"))["published_at"]
    assert set(gold.get("untaught", ())) <= {question.name for question in QUESTIONS}
    for row in (*gold["facts"], *gold["dates"]):
        assert gold["text"][row["start"] : row["end"]] == row["text"]
    for fact in gold["facts"]:
        assert Decimal(fact["value"]).is_finite()
        assert (fact["direction"] is not None) <= (fact["role"] == "change"), fact
        assert fact["measure"] or fact["optional"], fact
