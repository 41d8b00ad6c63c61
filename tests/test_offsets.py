"""Whatever the text, every row of every table slices back to it, and every key that a row names is there."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.extract import Extractor, load_extractor
from pipeline.records import Article, Extraction
from tests.conftest import ROOT, SHARED

pytestmark = pytest.mark.slow

PIECES = st.sampled_from(
    "Exports rose 5% to $3 billion in 2024.|¥1.2tn|Rs 5 lakh crore |, compared with |(about €2m)|\n\n|\n• |1. |\u00a0|\u200b|🙂|"
    "according to the ministry|half of |one in five|No. 3|H1 2025|since 2015|a year earlier|China's |the WTO (World Trade "
    "Organization)|£|%|12,345.6|½|،٣|ⅷ|)|“|- |Q3 FY26|\t| | |\r\n|GDP.1 The|up|fell by a third".split("|")
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=40).map(" ".join),
    st.text(alphabet=st.characters(codec="utf-8"), max_size=200),
    st.lists(st.one_of(PIECES, st.text(alphabet=st.characters(codec="utf-8"), max_size=12)), max_size=30).map("".join),
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor()


def check(found: Extraction) -> None:
    text = found.article.text
    sentences = {sentence.sentence_id for sentence in found.sentences}
    rows = (*found.sentences, *found.facts, *found.dates, *found.entities, *found.numbers)
    for row in rows:
        assert text[row.start_char : row.end_char] == row.text, row
        assert row.text, row
        assert row.sentence_id in sentences, row
    ends = [sentence.end_char for sentence in found.sentences]
    assert all(start.start_char >= end for start, end in zip(found.sentences[1:], ends, strict=False))
    facts = {fact.fact_id for fact in found.facts}
    explained = facts | {date.date_id for date in found.dates} | {entity.entity_id for entity in found.entities}
    assert len(facts) == len(found.facts)
    for fact in found.facts:
        assert fact.conversion_of is None or fact.conversion_of in facts
        if fact.measure_start is not None:
            assert text[fact.measure_start : fact.measure_end] == fact.measure
        assert fact.value_low is None or fact.value_low <= fact.value
        assert fact.value_high is None or fact.value_high >= fact.value
        assert 0 <= fact.confidence <= 1
    for number in found.numbers:
        assert number.explained_by is None or number.explained_by in explained, number
        assert number.disposition != "fact" or number.explained_by in facts, number


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(TEXTS, min_size=1, max_size=4))
def test_random_texts(extractor: Extractor, texts: list[str]) -> None:
    for found in extractor.extract_batch([Article(source=f"{i}.txt", text=text) for i, text in enumerate(texts)]):
        check(found)


def test_real_texts(extractor: Extractor) -> None:
    folders = [folder for folder in (ROOT / "corpus", SHARED / "seeds", SHARED / "gold" / "dev") if folder.is_dir()]
    paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    assert paths
    articles = [Article(source=path.name, text=path.read_bytes().decode("utf-8")) for path in paths]
    for found in extractor.extract_batch(articles):
        assert found.facts
        check(found)
