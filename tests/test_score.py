"""Our own score equals that of the reference scorer, and the words that it compares are compared as it says."""

from __future__ import annotations

import json
import runpy
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ReadError
from pipeline.records import Article, Entity, Extraction, make_id
from pipeline.score import same_words, score_gold
from pipeline.store import connect, load
from tests.conftest import stub_extraction, stub_fact


@pytest.mark.parametrize(
    ("found", "accepted", "right"),
    [
        ("China's exports", ["exports of China"], True),
        ("the countries", ["country"], True),
        ("cross-border exports", ["China's cross-border exports"], True),
        ("exports", ["imports"], False),
        (None, ["exports"], False),
        ("the total", ["The Total"], True),
    ],
)
def test_same_words(found: str | None, accepted: list[str], right: bool) -> None:
    assert same_words(found, accepted) is right


def perturbed(gold: dict[str, Any], source: str) -> Extraction:
    """The gold as an extraction, with every few rows wrong in another way, so that all tallies move."""
    base = stub_extraction(Article(source=source, text=gold["text"]))
    document_id, sentence_id, text = base.article.document_id, base.sentences[0].sentence_id, gold["text"]
    facts = []
    for number, row in enumerate(gold["facts"]):
        if number % 9 == 8:
            continue
        first = {name: row[name][0] if row[name] else None for name in ("measure", "entity", "share_of", "attribution")}
        unit = row["unit"][0] if isinstance(row["unit"], list) else row["unit"]
        start, end = ((date.fromisoformat(day) if day else None) for day in row["period"] or (None, None))
        other = row["conversion_of"]
        target = gold["facts"][other] if other is not None else None
        columns: dict[str, Any] = {
            **first,
            "kind": row["kind"],
            "value": Decimal(row["value"]),
            "unit": unit,
            "bound": row["bound"],
            "role": row["role"],
            "direction": row["direction"],
            "status": row["status"],
            "period_start": start,
            "period_end": end,
            "conversion_of": make_id("fact", document_id, "money", target["start"], target["end"]) if target else None,
            "confidence": (number % 10) / 9,
        }
        wrong: dict[int, dict[str, Any]] = {
            1: {"measure": "something else"},
            2: {"unit": "wrong"},
            3: {"period_start": None, "period_end": None},
            4: {"direction": "flat"},
            5: {"kind": "rank"},
            6: {"share_of": "the moon"},
            7: {"attribution": "nobody", "value": Decimal("0.5")},
        }
        facts.append(
            stub_fact(
                document_id,
                sentence_id,
                text,
                row["start"],
                row["end"] - (number % 5 == 4),
                **{**columns, **wrong.get(number % 11, {})},
            )
        )
    facts.append(stub_fact(document_id, sentence_id, text, 0, 3))
    names = [
        Entity(
            entity_id=make_id("entity", document_id, number),
            document_id=document_id,
            sentence_id=sentence_id,
            text=row["text"],
            start_char=0,
            end_char=1,
            label=row["label"][0] if number % 4 else "NORP",
            name=row["name"] if number % 5 else "wrong",
            rule="stub",
        )
        for number, row in enumerate(gold["entities"])
    ]
    return replace(base, facts=tuple(facts), entities=tuple(names))


def test_it_gives_the_figures_of_the_reference_scorer(shared: Path, database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    shutil.copytree(shared / "gold" / "dev", folder)
    paths = [path for path in sorted(folder.glob("*.json")) if not path.name.endswith(".meta.json")]
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    golds[1]["text"] += "changed"
    with connect(database) as con:
        load(con, [perturbed(gold, f"dev/{gold['doc']}") for gold in golds[:-1]])
    reference = runpy.run_path(str(shared / "score" / "score.py"))["score"](str(database), str(folder))
    with connect(database, read_only=True) as con:
        ours = score_gold(con, folder).as_json()
    ours.pop("reliability")
    assert ours == reference
    assert 0.1 < ours["fact"]["f1"] < 0.9
    assert len(ours["documents_unscored"]) == 2


def test_reliability_groups_facts_by_their_confidence(database: Path, shared: Path) -> None:
    gold = json.loads((shared / "gold" / "dev" / "d03_newswire.json").read_text(encoding="utf-8"))
    with connect(database) as con:
        load(con, [perturbed(gold, gold["doc"])])
        table = score_gold(con, shared / "gold" / "dev").reliability()
    assert sum(int(row["facts"]) for row in table) >= len(gold["facts"]) - 10
    assert all(row["from"] <= row["confidence"] <= row["to"] and 0 <= row["right"] <= 1 for row in table)


@pytest.mark.parametrize(("content", "message"), [("{", "is no gold file"), ('{"doc": "a"}', "it lacks"), ("[]", "it lacks")])
def test_a_file_that_is_no_gold_is_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "a.json").write_text(content)
    with connect(":memory:") as con, pytest.raises(ReadError, match=message):
        score_gold(con, tmp_path)


def test_a_folder_without_gold_is_said(tmp_path: Path) -> None:
    with connect(":memory:") as con, pytest.raises(ReadError, match="There is no gold"):
        score_gold(con, tmp_path)
