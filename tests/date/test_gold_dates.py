"""The dates of the shared gold articles: a floor that accuracy must not fall below.

Scored as ``score.py`` scores them: the first mention that overlaps a gold date, right where its interval (or, for a bare
length of time, its duration) is the gold's.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from pipeline.date import read_dates

GOLD = Path(__file__).resolve().parents[2] / ".." / "shared" / "gold"


def _scores(folder: Path) -> tuple[float, float]:
    predicted = gold = spans = values = 0
    for path in sorted(folder.glob("*.json")):
        if path.name.endswith(".meta.json"):
            continue
        document = json.loads(path.read_text(encoding="utf-8"))
        published = document.get("published")
        mentions = read_dates(document["text"], reference=date.fromisoformat(published) if published else None)
        predicted += len(mentions)
        for row in document["dates"]:
            gold += 1
            hit = next((m for m in mentions if m.start_char < row["end"] and m.end_char > row["start"]), None)
            if hit is None:
                continue
            spans += 1
            found = [day.isoformat() if day else None for day in (hit.start_date, hit.end_date)]
            values += found == row["period"] if row["period"] else hit.duration == row["duration"]
    return 2 * spans / (predicted + gold), 2 * values / (predicted + gold)


@pytest.mark.parametrize(("split", "span_floor", "value_floor"), [("dev", 0.98, 0.98), ("train", 0.98, 0.96)])
def test_gold_dates(split: str, span_floor: float, value_floor: float) -> None:
    if not (GOLD / split).exists():
        pytest.skip("the shared gold lies beside the project")
    span, value = _scores(GOLD / split)
    print(f"{split}: span F1 {span:.3f}, value F1 {value:.3f}")
    assert span >= span_floor
    assert value >= value_floor
