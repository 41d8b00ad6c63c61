"""How candidates are weighed, and what is asked about names, without trees of their own."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from pipeline.context.answer import QUESTIONS, Asked, answer_all, choose
from pipeline.context.cast import Cast
from pipeline.context.entity import propose
from pipeline.context.forest import load_forest
from pipeline.context.meaning import Candidate, Meaning, State, Wording
from pipeline.extract import Extractor, load_extractor
from pipeline.records import Article


@pytest.mark.parametrize(("prior", "winner"), [(0.0, "verb"), (-1.0, "noun")])
def test_a_prior_is_added_to_the_score(prior: float, winner: str) -> None:
    entity = next(question for question in QUESTIONS if question.name == "entity")
    candidates = [Candidate("verb", "a", {}, prior=prior), Candidate("noun", "b", {})]
    meaning = choose(Asked(entity, None, candidates), load_forest("entity"), Meaning(), np.array([0.5, 0.0]))
    assert meaning.entity == winner


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor()


def _article(text: str) -> Article:
    return Article(source="a.txt", text=text, published_at=datetime(2025, 3, 1, tzinfo=UTC))


@pytest.mark.slow
def test_articles_read_side_by_side_mean_what_they_mean_alone(extractor: Extractor) -> None:
    texts = [
        "Peru's exports rose 5% to $3 billion in 2024, the ministry said. Copper made up a third of them.",
        "Norbank posted a profit of €40 million, against €31 million a year earlier.",
        "No figure here.",
        "The port handled 2 million tonnes in January and 1.8 million in February.",
    ]
    views = [reading.view for reading in extractor.read_batch([_article(text) for text in texts])]
    assert answer_all(views) == [answer_all([view])[0] for view in views]


@pytest.mark.slow
def test_an_article_plays_in_the_country_of_its_towns_and_people(extractor: Extractor) -> None:
    text = "Lima, March 1. Peruvian exports rose 5%. Arequipa and Cusco gained most. Chile's fell 2%."
    [reading] = extractor.read_batch([_article(text)])
    shares = Cast(reading.view).country_shares
    assert max(shares, key=lambda country: shares[country]) == "Peru"
    assert shares["Chile"] < 0.3
    assert sum(shares.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("leading", "text"),
    [
        ("organization", "Norbank's profit rose 5%. The bank paid $3 million. The company, like its rivals, cut 20 jobs."),
        ("place", "Peru exported $3 billion of copper. The country sold 5% more. Its government taxed 2% of it."),
        (None, "Copper rose 5%."),
    ],
)
def test_stand_ins_tell_what_an_article_is_of(extractor: Extractor, leading: str | None, text: str) -> None:
    [reading] = extractor.read_batch([_article(text)])
    found = Cast(reading.view).stand_ins
    shares = {kind: found.get(f"article_{kind}", 0.0) for kind in ("organization", "place")}
    assert (max(shares, key=lambda kind: shares[kind]) if any(shares.values()) else None) == leading
    assert sum(shares.values()) == (1.0 if leading else 0.0)


def test_a_name_is_marked_where_it_is_the_source_of_the_figure(extractor: Extractor) -> None:
    text = "Lima, March 1. Exports rose 5%, according to the Ministry of Production."
    [reading] = extractor.read_batch([_article(text)])
    state = State(reading.view)
    start = text.index("the Ministry")
    told = Meaning(attribution=Wording("the Ministry of Production", start, len(text) - 1))
    found = {c.value.text: c.features for c in propose(state, reading.view.figures[0], told).candidates}
    assert found["Ministry of Production"]["is_source"] == 1.0
    assert found["Lima"]["is_source"] == 0.0
    state.record(reading.view.figures[0], told)
    found = {c.value.text: c.features for c in propose(state, reading.view.figures[0], Meaning()).candidates}
    assert found["Ministry of Production"]["was_source"] == 1.0
