"""A copy is told from another story on the same subject."""

from __future__ import annotations

import random

import pytest

from pipeline.read.near import COPY_SIMILARITY, signature, similarity

WORDS = "exports imports trade port rose fell by percent billion in the of to a March office said country year ships goods"


def story(seed: int, sentences: int = 30) -> list[str]:
    pick = random.Random(seed)
    words = WORDS.split()
    return [" ".join(pick.choices(words, k=14)) + "." for _ in range(sentences)]


@pytest.mark.parametrize("seed", range(5))
def test_similarity(seed: int) -> None:
    whole = story(seed)
    mark = signature(" ".join(whole))
    assert similarity(mark, signature("\n\n".join(whole).upper())) == 1
    assert similarity(mark, signature(" ".join(whole[:24]))) > COPY_SIMILARITY
    assert similarity(mark, signature("HARBOR (Wire) - " + " ".join(whole) + " Editing by A. Person.")) > 0.85
    assert similarity(mark, signature(" ".join(story(seed + 100)))) < 0.2


def test_a_text_without_words() -> None:
    assert signature(" - ") == ()
    assert similarity((), signature("a")) == 0
    assert len(signature("one")) == len(signature("one two three four five six")) == 128
