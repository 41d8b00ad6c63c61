"""A copy is told from another story on the same subject."""

from __future__ import annotations

import random

import pytest

from pipeline.near import BANDS, COPY_SIMILARITY, is_copy, signature, similarity, wording_of

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


def test_a_text_without_words_is_compared_as_a_whole() -> None:
    assert len(signature(" - ")) == len(signature("one")) == len(signature("one two three four five six")) == BANDS
    assert similarity(signature(" - "), signature("-")) == 1
    assert similarity(signature("-"), signature("*")) < 0.05
    assert all(0 <= number < 2**32 for number in signature("one two three four five"))


FORM = (
    "The statistics office said that prices rose {} percent in {} from a year before, after {} percent in the month before that."
)


@pytest.mark.parametrize(
    ("other", "copy"),
    [
        (FORM.format("2.5", "June", "2.4"), True),
        (FORM.format("2.5", "June", "2.4").upper() + " (Wire)", True),
        (FORM.format("2.6", "July", "2.5"), False),
        (FORM.format("2.5", "August", "2.9"), False),
    ],
)
def test_a_form_that_is_filled_in_anew_is_no_copy(other: str, copy: bool) -> None:
    long_tail = " ".join(story(1, sentences=6))
    a = wording_of(FORM.format("2.5", "June", "2.4") + long_tail)
    b = wording_of(other + long_tail)
    assert similarity(a.signature, b.signature) > COPY_SIMILARITY
    assert is_copy(a, b) == is_copy(b, a) == copy


def test_equal_wordings_have_one_key() -> None:
    assert wording_of("Sales rose 1,200.").wording == wording_of("  SALES\nrose - 1,200").wording
    assert wording_of("Sales rose 1200.").wording != wording_of("Sales rose 1300.").wording
