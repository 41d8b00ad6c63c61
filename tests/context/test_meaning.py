"""What plain sentences mean: the answer first, then a property of every fact, with the real model."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract import Extractor, load_extractor
from pipeline.records import Article, Fact
from pipeline.score import same_words

pytestmark = pytest.mark.slow

CASES = [
    json.loads(line) for line in (Path(__file__).parents[1] / "cases" / "meaning.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor()


def facts_of(extractor: Extractor, text: str) -> list[Fact]:
    article = Article(source="case.txt", text=text, published_at=datetime(2025, 9, 15))
    return list(extractor.extract_batch([article])[0].facts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['figure']} in {case['text'][:30]}")
def test_plain_sentences(case: dict[str, Any], extractor: Extractor) -> None:
    [fact] = [f for f in facts_of(extractor, case["text"]) if f.text == case["figure"]]
    for name in ("role", "direction", "status"):
        if name in case:
            assert getattr(fact, name) == case[name], name
    for name in ("measure", "share_of"):
        if name in case:
            assert same_words(getattr(fact, name), [case[name]]), (name, getattr(fact, name))
    for name in ("period", "basis"):
        if name in case:
            days = [getattr(fact, f"{name}_start"), getattr(fact, f"{name}_end")]
            assert [day.isoformat() if day else None for day in days] == case[name], name


def test_a_restated_amount_takes_the_meaning_of_the_first(extractor: Extractor) -> None:
    first, second = facts_of(extractor, "Sales in the region came to 2.6 trillion yuan (about $363 billion) in 2024.")
    assert second.conversion_of == first.fact_id
    assert (second.measure, second.period_start, second.role) == (first.measure, first.period_start, first.role)
    assert (first.bound, second.bound) == ("exact", "about")


def test_a_denominator_is_no_conversion(extractor: Extractor) -> None:
    facts = facts_of(extractor, "The fund put $3 million into ports and €2 million into roads in 2024.")
    assert [fact.conversion_of for fact in facts] == [None, None]


def test_an_article_reads_the_same_alone_and_in_a_batch(extractor: Extractor) -> None:
    articles = [Article(source=f"{i}.txt", text=case["text"]) for i, case in enumerate(CASES)]
    assert extractor.extract_batch(articles) == [extractor.extract_batch([article])[0] for article in articles]
