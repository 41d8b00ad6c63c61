"""Names by example: value first, then the wordings that must give it; texts that must give none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.name import resolve_names

CASES = [
    json.loads(line)
    for line in (Path(__file__).resolve().parents[1] / "cases" / "name.jsonl").read_text(encoding="utf-8").splitlines()
    if line.strip()
]


def _parameters(kind: str) -> list[Any]:
    return [
        pytest.param(case, text, id=text[:60], marks=pytest.mark.xfail(strict=True, reason=case["gap"]) if "gap" in case else ())
        for case in CASES
        if kind in case
        for text in case["texts"]
    ]


@pytest.mark.parametrize(("case", "text"), _parameters("value"))
def test_text_gives_name(case: dict[str, Any], text: str, make_doc: Any) -> None:
    mentions = resolve_names(make_doc(text, case.get("model", [])))
    found = [(mention.text, mention.label, mention.name) for mention in mentions]
    assert tuple(case["value"]) in found
    if "place" in case:
        assert case["place"] in [mention.place for mention in mentions if mention.text == case["value"][0]]


@pytest.mark.parametrize(("case", "text"), _parameters("nothing"))
def test_text_gives_no_name(case: dict[str, Any], text: str, make_doc: Any) -> None:
    assert resolve_names(make_doc(text, case.get("model", []))) == []
