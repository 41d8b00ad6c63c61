"""Dates by example: value first, then the wordings that must give it; texts that must give nothing.

A row of ``cases/date.jsonl`` holds ``value`` (the first and last day, or an ISO duration, or null) and ``texts``, the
expected span in double brackets. ``reference`` is the day the text counts from where it is not ``REFERENCE``; ``timex``,
``kind`` and ``relation`` are checked where they stand. ``nothing`` names the reason that a text holds no date.
A row with ``gap`` is a known gap: a strict xfail, so that a fix has to move it.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.date import read_dates
from pipeline.date.refuse import REASONS
from pipeline.date.starts import every_form
from pipeline.mentions import DateMention

REFERENCE = "2025-09-17"
CASES = [
    json.loads(line)
    for line in (Path(__file__).resolve().parents[1] / "cases" / "date.jsonl").read_text(encoding="utf-8").splitlines()
    if line.strip()
]


def _parameters(kind: str) -> list[Any]:
    return [
        pytest.param(case, text, id=text[:70], marks=pytest.mark.xfail(strict=True, reason=case["gap"]) if "gap" in case else ())
        for case in CASES
        if kind in case
        for text in case["texts"]
    ]


def _read(case: dict[str, Any], text: str) -> list[DateMention]:
    return read_dates(text, reference=date.fromisoformat(case.get("reference", REFERENCE)))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@pytest.mark.parametrize(("case", "text"), _parameters("value"))
def test_text_gives_date(case: dict[str, Any], text: str) -> None:
    before, _, rest = text.partition("[[")
    span, _, after = rest.partition("]]")
    mentions = _read(case, before + span + after)
    found = {mention.start_char: mention for mention in mentions}
    assert len(before) in found, [mention.text for mention in mentions]
    mention = found[len(before)]
    assert mention.text == span
    if isinstance(case["value"], list):
        assert [_iso(mention.start_date), _iso(mention.end_date)] == case["value"]
    else:
        assert (mention.duration, mention.start_date) == (case["value"], None)
    for name, value in (("timex", mention.timex), ("kind", mention.date_kind), ("relation", mention.relation)):
        assert value == case.get(name, value)


@pytest.mark.parametrize(("case", "text"), _parameters("nothing"))
def test_text_gives_no_date(case: dict[str, Any], text: str) -> None:
    assert [mention.text for mention in _read(case, text)] == []


def test_every_wording_has_an_example() -> None:
    """Each named wording gives the date of at least one text of the cases."""
    used = {
        mention.rule for case in CASES if "value" in case for text in case["texts"]
        for mention in _read(case, text.replace("[[", "").replace("]]", ""))
    }  # fmt: skip
    assert {form.__name__ for form in every_form()} - used == set()


def test_every_refusal_has_an_example() -> None:
    assert {name for reasons in REASONS.values() for name, _ in reasons} - {
        case["nothing"] for case in CASES if "nothing" in case
    } == set()
