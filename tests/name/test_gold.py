"""Names on the annotated articles, with the model: recall of labels and of canonical names, with pinned floors."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline.extract import load_extractor
from pipeline.records import Article

GOLD = Path(__file__).resolve().parents[2] / ".." / "shared" / "gold" / "dev"
FLOORS = {"label": 0.96, "name": 0.95}


def _bare(name: str) -> str:
    return re.sub(r"^the ", "", name.lower().replace("\xa0", " "))


@pytest.mark.slow
@pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated articles are not beside this repository")
def test_names_on_annotated_articles_keep_their_floors() -> None:
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.json")) if ".meta" not in path.name]
    readings = load_extractor().read_batch([Article(source=gold["doc"], text=gold["text"]) for gold in golds])
    hits = {"label": 0, "name": 0}
    wanted = 0
    for gold, reading in zip(golds, readings, strict=True):
        for entity in gold["entities"]:
            found = [row for row in reading.names if _bare(row.text) == _bare(entity["text"])]
            wanted += 1
            hits["label"] += any(row.label in entity["label"] for row in found)
            hits["name"] += any(_bare(row.name) == _bare(entity["name"]) for row in found)
    for what, floor in FLOORS.items():
        assert hits[what] / wanted >= floor, f"{what}: {hits[what]} of {wanted} right, the floor is {floor}"
