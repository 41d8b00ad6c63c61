"""Names are read better than by the model alone, in every genre, also in articles that no rule was made from."""

from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline.language.model import DEFAULT_MODEL, load_language
from tests.name.genres import GENRES, articles_of, f1, measure

#: Points of F1 that ours is above the model at least, and what it reaches at least, by half.
FLOORS = {"tuned": (8, 95), "unseen": (3, 87)}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_language(DEFAULT_MODEL)


@pytest.mark.slow
@pytest.mark.parametrize("half", FLOORS)
@pytest.mark.parametrize("genre", GENRES)
def test_names_of_a_genre(nlp: Language, genre: str, half: str) -> None:
    alone, ours, _ = measure(nlp, articles_of(genre, half), genre)
    gain, least = FLOORS[half]
    assert f1(ours) >= f1(alone) + gain
    assert f1(ours) >= least
