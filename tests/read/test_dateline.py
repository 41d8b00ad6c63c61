"""The first lines of a text say when and by whom it was published, or they do not."""

from __future__ import annotations

import json
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.calendar_dates import find_dates
from pipeline.read.dateline import read_imprint

CASES = [
    json.loads(line) for line in (Path(__file__).parents[1] / "cases" / "imprint.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_imprint(case: dict[str, Any]) -> None:
    found = read_imprint(case["text"])
    wanted = datetime.fromisoformat(case["published"]) if case["published"] else None
    assert found.published_at == wanted
    assert found.publisher == case.get("publisher")
    assert found.author == case.get("author")
    assert (found.rule is None) == (wanted is None)


def test_no_date_in_the_gold_texts_is_wrong_and_many_are_found(shared: Path) -> None:
    found, wrong = 0, []
    for path in sorted((shared / "gold").glob("*/*.txt")):
        published = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["published"]
        moment = read_imprint(path.read_text(encoding="utf-8")).published_at
        if moment and published and moment.date().isoformat() != published:
            wrong.append((path.name, moment))
        found += moment is not None
    assert wrong == []
    assert found >= 45


@given(st.text(alphabet=st.sampled_from("By, Source:|–-()/.\n 0123456789JanuaryMarchISTupdated12-06-2025"), max_size=300))
def test_any_head_is_read(text: str) -> None:
    read_imprint(text)


@given(st.text(max_size=200))
def test_dates_slice_back(text: str) -> None:
    for start, end, day in find_dates(text + " 3 May 2025"):
        assert str(day.year) in (text + " 3 May 2025")[start:end]


@pytest.mark.parametrize("part", ["A, ", "1 ", "Jan 1, ", "| ", "12.12.", "By Aaa ", " ", "A/", "Source: ", "(A", "–", "2025-"])
def test_hostile_heads_take_no_time(part: str) -> None:
    started = time.process_time()
    read_imprint(part * 200_000)
    assert time.process_time() - started < 0.5
