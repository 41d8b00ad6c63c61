"""What an elided count counts, with the real model: the unit first, then the texts that must give it."""

from __future__ import annotations

from datetime import datetime

import pytest

from pipeline.extract import Extractor, load_extractor
from pipeline.records import Article, Fact

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor()


def facts_of(extractor: Extractor, text: str) -> list[Fact]:
    article = Article(source="case.txt", text=text, published_at=datetime(2025, 9, 15))
    return list(extractor.extract_batch([article])[0].facts)


@pytest.mark.parametrize(
    ("unit", "figure", "text"),
    [
        ("passenger", "5.6 million", "The airport handled 5.1 million passengers in 2024. In 2025 it expects 5.6 million."),
        ("ship", "14", "The yard delivered nine ships last year, against 14 in 2023."),
        ("visitor", "310,000", "Visitors to the park numbered 310,000 in July."),
        ("bus", "48", "The operator ran 36 electric buses at the end of June. By December it will have 48."),
        ("school", "96", "Of the 410 schools in the district, 96 have no running water."),
        ("robot", "2,300", "Factories bought 2,900 robots in 2024, up from 2,300 a year earlier."),
    ],
)
def test_elided_counts_take_what_they_count(unit: str, figure: str, text: str, extractor: Extractor) -> None:
    [fact] = [fact for fact in facts_of(extractor, text) if fact.text == figure]
    assert fact.unit == unit


def test_a_noun_right_behind_the_number_is_its_unit(extractor: Extractor) -> None:
    facts = facts_of(extractor, "The port moved 21 million containers. It employs 4,000 dockers.")
    assert [fact.unit for fact in facts] == ["container", "docker"]


def test_a_printed_minus_is_the_sense_of_a_change(extractor: Extractor) -> None:
    [fact] = [fact for fact in facts_of(extractor, "Sales of tractors came to 41,000 in 2024 (-2.9%).") if fact.kind == "percent"]
    assert (fact.role, fact.direction) == ("change", "down")
    assert str(fact.value.normalize()) == "2.9"
    assert fact.value_low is not None
    assert fact.value_high is not None
    assert fact.value_low < fact.value < fact.value_high
