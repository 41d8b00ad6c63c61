"""The sample articles, their sidecars and their gold agree with each other and with the reading rules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

from pipeline.records import Bound, Direction, Kind, Relation, Role, Status

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
GOLD = CORPUS / "gold"
ARTICLES = sorted(p for p in CORPUS.iterdir() if p.suffix in {".txt", ".md"} and p.name != "README.md")
NAMES = [p.name for p in ARTICLES]
LINES = sorted(CORPUS.glob("*.jsonl"))
SIDECAR_KEYS = {"published_at", "title", "publisher", "author"}
LINE_KEYS = {"text", "url", "source"} | SIDECAR_KEYS
FACT_KEYS = {
    *("start", "end", "text", "kind", "value", "low", "high", "unit", "bound", "measure", "entity", "period", "relation"),
    *("role", "direction", "basis", "share_of", "status", "attribution", "conversion_of", "optional"),
}
LABELS = {"ORG", "GPE", "LOC", "PERSON", "NORP", "LAW", "PRODUCT", "EVENT", "FAC", "WORK_OF_ART"}
# Which roles a figure of a kind can have. An ordinal that counts a streak is no rank but a level, and optional.
ROLES = {
    "money": {"level", "change"},
    "percent": {"level", "change", "share"},
    "quantity": {"level", "change"},
    "multiple": {"multiple", "change", "share"},
    "rank": {"rank", "level"},
}
FIXED_UNITS = {
    "percent": {"percent", "percentage_point", "basis_point"},
    "multiple": {"x"},
    "rank": {"rank"},
}
DURATION = re.compile(r"P(\d{1,4}[YMWD]|T\d{1,4}[HMS])")


def read_text(path: Path) -> str:
    """The file, character for character: no newline is translated."""
    return path.read_bytes().decode("utf-8")


def read_gold(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(read_text(GOLD / f"{Path(name).stem}.json"))
    return gold


def scored_facts(name: str) -> Iterator[dict[str, Any]]:
    return (fact for fact in read_gold(name)["facts"] if not fact["optional"])


def is_wordings(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(word, str) and word.strip() for word in value)


def is_interval(value: object) -> bool:
    """Two days, both inclusive, in order; one of them may be open."""
    if not (isinstance(value, list) and len(value) == 2 and any(value)):
        return False
    start, end = (day and date.fromisoformat(day) for day in value)
    return start is None or end is None or start <= end


def test_there_are_eight_articles() -> None:
    assert len(NAMES) >= 8
    assert len({Path(name).stem for name in NAMES}) == len(NAMES), "gold and sidecars are named by stem: no two may share one"


def test_every_gold_file_has_its_article() -> None:
    assert sorted(p.stem for p in GOLD.glob("*.json")) == sorted(Path(name).stem for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_article_is_short_and_clean(name: str) -> None:
    text = read_text(CORPUS / name)
    assert 150 <= len(text.split()) <= 500
    assert "\r" not in text
    assert not text.startswith("\ufeff")
    assert text.endswith("\n")


@pytest.mark.parametrize("name", NAMES)
def test_article_is_dated(name: str) -> None:
    sidecar = CORPUS / f"{Path(name).stem}.meta.json"
    published = read_gold(name)["published"]
    date.fromisoformat(published)
    if sidecar.exists():
        assert json.loads(read_text(sidecar))["published_at"] == published
    else:
        # The text must say it: a dateline such as `Jan 14, 2025` or a stamp such as `2025-07-18 16:20:31`.
        head = read_text(CORPUS / name)[:400]
        day = date.fromisoformat(published)
        assert published in head or f"{day:%b} {day.day}, {day.year}" in head


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.meta.json")), ids=lambda p: p.name)
def test_sidecar_parses_and_belongs_to_an_article(path: Path) -> None:
    meta = json.loads(read_text(path))
    assert "published_at" in meta
    assert set(meta) <= SIDECAR_KEYS
    assert all(isinstance(value, str) and value for value in meta.values())
    datetime.fromisoformat(meta["published_at"])
    assert path.name.removesuffix(".meta.json") in {Path(name).stem for name in NAMES}


@pytest.mark.parametrize("path", LINES, ids=lambda p: p.name)
def test_lines_are_articles(path: Path) -> None:
    articles = [json.loads(line) for line in read_text(path).splitlines()]
    assert articles
    for article in articles:
        assert set(article) <= LINE_KEYS
        assert article["text"].strip()
        assert article.get("url") or article.get("source")
        datetime.fromisoformat(article["published_at"])


@pytest.mark.parametrize("name", NAMES)
def test_gold_is_of_this_text(name: str) -> None:
    gold = read_gold(name)
    assert set(gold) == {"doc", "published", "text", "facts", "dates", "entities"}
    assert gold["doc"] == name
    assert gold["text"] == read_text(CORPUS / name)
    assert sum(not fact["optional"] for fact in gold["facts"]) >= 20


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rows", ["facts", "dates"])
def test_gold_rows_slice_back_in_order(name: str, rows: str) -> None:
    gold = read_gold(name)
    end = 0
    for row in gold[rows]:
        assert gold["text"][row["start"] : row["end"]] == row["text"]
        assert row["text"] == row["text"].strip()
        assert end <= row["start"] < row["end"], f"{row['text']!r} overlaps the row before it or stands out of order"
        end = row["end"]


@pytest.mark.parametrize("name", NAMES)
def test_facts_use_the_words_of_the_tables(name: str) -> None:
    for fact in read_gold(name)["facts"]:
        assert set(fact) == FACT_KEYS
        assert fact["kind"] in get_args(Kind)
        assert fact["bound"] in get_args(Bound)
        assert fact["role"] in ROLES[fact["kind"]]
        assert fact["role"] in get_args(Role)
        assert fact["status"] in get_args(Status)
        assert fact["direction"] in (None, *get_args(Direction))
        assert fact["relation"] in (None, *get_args(Relation))
        assert isinstance(fact["optional"], bool)
        for column in ("measure", "entity", "share_of", "attribution"):
            assert fact[column] is None or is_wordings(fact[column])


@pytest.mark.parametrize("name", NAMES)
def test_units_fit_the_kind(name: str) -> None:
    for fact in read_gold(name)["facts"]:
        units = fact["unit"] if isinstance(fact["unit"], list) else [fact["unit"]]
        assert is_wordings(units)
        if fact["kind"] == "money":
            assert all(re.fullmatch("[A-Z]{3}", unit) for unit in units), fact
        elif fact["kind"] in FIXED_UNITS:
            assert set(units) <= FIXED_UNITS[fact["kind"]], fact


@pytest.mark.parametrize("name", NAMES)
def test_values_fit_their_bounds(name: str) -> None:
    for fact in read_gold(name)["facts"]:
        value = Decimal(fact["value"])
        assert value.is_finite()
        assert value >= 0, "a change keeps its size in value and its sense in direction"
        if fact["bound"] == "between":
            low, high = Decimal(fact["low"]), Decimal(fact["high"])
            assert low < high
            assert value == (low + high) / 2
        else:
            assert fact["low"] is None
            assert fact["high"] is None


@pytest.mark.parametrize("name", NAMES)
def test_columns_of_a_fact_agree(name: str) -> None:
    for fact in scored_facts(name):
        assert (fact["direction"] is not None) == (fact["role"] == "change"), fact
        assert fact["measure"], fact
        assert fact["role"] in ("change", "multiple") or fact["basis"] is None, fact
        assert fact["role"] == "share" or fact["share_of"] is None, fact
        assert fact["basis"] is None or (is_interval(fact["basis"]) and fact["basis"] != fact["period"]), fact


@pytest.mark.parametrize("name", NAMES)
def test_periods_are_ordered_and_fit_their_relation(name: str) -> None:
    for fact in read_gold(name)["facts"]:
        period, relation = fact["period"], fact["relation"]
        if period is None:
            assert relation is None, fact
            continue
        assert is_interval(period), fact
        assert (period[0] is None) == (relation == "until"), fact
        assert (period[1] is None) == (relation == "since"), fact


@pytest.mark.parametrize("name", NAMES)
def test_conversions_point_at_what_they_restate(name: str) -> None:
    facts = read_gold(name)["facts"]
    for index, fact in enumerate(facts):
        if fact["conversion_of"] is None:
            continue
        original = facts[fact["conversion_of"]]
        assert fact["conversion_of"] != index
        assert original["conversion_of"] is None
        assert fact["kind"] == original["kind"] == "money"
        assert fact["unit"] != original["unit"]
        for column in ("measure", "entity", "period", "relation", "role", "status", "attribution"):
            assert fact[column] == original[column]


@pytest.mark.parametrize("name", NAMES)
def test_dates_have_an_interval_or_a_duration(name: str) -> None:
    for row in read_gold(name)["dates"]:
        assert set(row) == {"start", "end", "text", "period", "duration"}
        assert (row["period"] is None) != (row["duration"] is None), row
        if row["period"] is not None:
            assert is_interval(row["period"]), row
        else:
            assert DURATION.fullmatch(row["duration"]), row


@pytest.mark.parametrize("name", NAMES)
def test_names_stand_in_the_text(name: str) -> None:
    gold = read_gold(name)
    assert gold["entities"]
    for row in gold["entities"]:
        assert set(row) == {"text", "label", "name"}
        assert row["text"] in gold["text"]
        assert is_wordings(row["label"])
        assert set(row["label"]) <= LABELS
        assert row["name"].strip()
    texts = [row["text"] for row in gold["entities"]]
    assert len(texts) == len(set(texts)), "one row a wording"


def test_the_gold_covers_the_ground() -> None:
    """The articles are there to try the rules on: no kind, bound, role, status or relation may be missing from them."""
    facts = [fact for name in NAMES for fact in scored_facts(name)]
    for column, words in (("kind", Kind), ("bound", Bound), ("role", Role), ("status", Status), ("relation", Relation)):
        assert set(get_args(words)) <= {fact[column] for fact in facts}, column
    assert any(fact["conversion_of"] is not None for fact in facts)
    assert {"percentage_point", "basis_point", "x", "rank"} <= {fact["unit"] for fact in facts if isinstance(fact["unit"], str)}
