"""Words by what they say of a figure."""

from __future__ import annotations

import pytest

from pipeline.context.lexicon import CLASSES, word_classes


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("rise", ["surge", "climb", "uptick"]),
        ("fall", ["slump", "shortfall", "dwindle"]),
        ("share", ["slice", "proportion"]),
        ("estimate", ["reckon", "provisional"]),
        ("forecast", ["expect", "pencil", "guidance"]),
        ("target", ["pledge", "quota"]),
        ("people", ["resident", "passenger"]),
        ("rate", ["inflation", "margin"]),
    ],
)
def test_words_are_filed_under_their_class(name: str, words: list[str]) -> None:
    assert all(name in word_classes(word) for word in words)


@pytest.mark.parametrize("word", ["", "the", "banana", "Surge", "12"])
def test_other_words_are_in_no_class(word: str) -> None:
    assert word_classes(word) == ()


def test_words_are_lemmas_in_lower_case() -> None:
    words = set().union(*CLASSES.values())
    assert all(word == word.lower() and word.strip() for word in words)
