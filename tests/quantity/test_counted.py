"""What a count counts, by words alone; the parsed way is tested with the model."""

from __future__ import annotations

import pytest

from pipeline.figures import read_figures
from pipeline.quantity.counted_in_words import counted_noun_from_text, inherit_unit
from pipeline.quantity.singular import singular

NOUNS = [
    ("The fair hosts 120 national pavilions this year.", "pavilion"),
    ("Some 1.5 million people came.", "person"),
    ("It signed 33 MoUs in May.", "MoU"),
    ("Doctors found 10 confirmed cases.", "case"),
    ("Ten of the 27 states agreed.", "state"),
    ("Homicides in the county dropped to 41 last year.", "homicide"),
    ("The number of deals was 356 in May.", "deal"),
    ("It ordered 72 Boeing 787-9s.", "aircraft"),
    ("It has 300 staff.", "staff"),
]


@pytest.mark.parametrize(("text", "unit"), NOUNS)
def test_the_counted_noun_is_the_unit(text: str, unit: str) -> None:
    figure = next(f for f in read_figures(text) if f.kind == "quantity")
    noun = counted_noun_from_text(text, figure)
    assert noun is not None
    assert noun.unit == unit
    assert 0 <= noun.start_char < noun.end_char <= len(text)


def test_an_elided_count_inherits() -> None:
    text = "Bavaria registered 370 cases, Hesse 180 and Saxony 61."
    counts = [f for f in read_figures(text) if f.kind == "quantity"]
    earlier = [(counts[0], "case")]
    assert [inherit_unit(figure, earlier, text) for figure in counts[1:]] == ["case", "case"]


def test_nothing_counted_gives_none() -> None:
    text = "It rose from eight."
    (figure,) = read_figures(text)
    assert counted_noun_from_text(text, figure) is None
    assert inherit_unit(figure, [], text) is None


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("companies", "company"),
        ("warehouses", "warehouse"),
        ("MoUs", "MoU"),
        ("people", "person"),
        ("boxes", "box"),
        ("buses", "bus"),
        ("aircraft", "aircraft"),
        ("women", "woman"),
        ("businesses", "business"),
        ("crises", "crisis"),
    ],
)
def test_singular(plural: str, one: str) -> None:
    assert singular(plural) == one
