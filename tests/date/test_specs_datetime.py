"""Wordings that two public projects agree on, against the date reader.

A timex is right where a mention overlaps it and one of the mention's writings (its TIMEX3 value, its interval with an open
or a closed end) is among the accepted ones. A text without timexes is right where nothing is read, ``not resolved`` where
nothing gets a day. Where the project's own reading rules differ, the case stands with its reason in
``specs_differences.jsonl``, and must go on differing.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.date import read_dates
from pipeline.mentions import DateMention

SPECS = Path(__file__).resolve().parents[2] / ".." / "shared" / "specs"
DIFFERENCES = {
    row["id"]: row["reason"]
    for row in map(json.loads, (Path(__file__).parent / "specs_differences.jsonl").read_text(encoding="utf-8").splitlines())
}
DAY = timedelta(days=1)

pytestmark = pytest.mark.skipif(
    not (SPECS / "datetime.jsonl").exists(), reason="the shared specifications lie beside the project"
)


@cache
def _cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SPECS / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def _writings(mention: DateMention) -> set[str]:
    """The TIMEX3 values that say what ``mention`` says: interval ends may be days or months, the last one open or closed."""
    found = {mention.timex, *([mention.duration] if mention.duration else ())}
    start, end = mention.start_date, mention.end_date
    if start and not end:
        found.add(start.isoformat())
    if start and end:
        last_months = [end.replace(day=1)] if (end + DAY).day == 1 else []
        for last in (end, end + DAY, *last_months):
            found |= {f"{start}/{last}", f"iv:{start}/{last}"}
        found |= {f"{start:%Y-%m}/{end:%Y-%m}", f"{start.year}/{end.year}"}
        if start == end:
            found.add(start.isoformat())
    return found


def _verdicts(case: dict[str, Any]) -> list[bool]:
    mentions = read_dates(case["text"], reference=date.fromisoformat(case["dct"]))
    if not case["timexes"]:
        return [not mentions]
    return [_is_right(timex, mentions) for timex in case["timexes"]]


def _is_right(timex: dict[str, Any], mentions: list[DateMention]) -> bool:
    overlapping = [m for m in mentions if m.start_char < timex["end"] and m.end_char > timex["start"]]
    accepted = {timex["value"], *timex["alts"]}
    if "not resolved" in accepted:
        return not any(m.start_date for m in overlapping)
    return any(_writings(m) & accepted for m in overlapping)


def test_at_least_85_of_100_timexes_are_right() -> None:
    verdicts = [verdict for case in _cases("datetime.jsonl") for verdict in _verdicts(case)]
    print(f"datetime: {sum(verdicts)} right of {len(verdicts)}")
    assert sum(verdicts) / len(verdicts) >= 0.85


def test_all_that_differ_are_listed_with_a_reason() -> None:
    wrong = {case["id"] for case in _cases("datetime.jsonl") if not all(_verdicts(case))}
    assert wrong == set(DIFFERENCES)


def test_all_phrases_are_right() -> None:
    wrong = [case["id"] for case in _cases("phrases.jsonl") if not all(_verdicts(case))]
    assert wrong == []
