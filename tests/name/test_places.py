"""Places by their words alone."""

from __future__ import annotations

import pytest
from babel import Locale

from pipeline.name import find_places, place_of
from pipeline.name.places import countries, place_table
from pipeline.name.tables import read_rows


@pytest.mark.parametrize(
    ("wording", "name", "country"),
    [
        ("China", "China", "China"),
        ("Chinese", "China", "China"),
        ("the People's Republic of China", "China", "China"),
        ("US", "United States", "United States"),
        ("U.S.", "United States", "United States"),
        ("the U.S.’s", "United States", "United States"),
        ("American", "United States", "United States"),
        ("UK", "United Kingdom", "United Kingdom"),
        ("British", "United Kingdom", "United Kingdom"),
        ("Britons", "United Kingdom", "United Kingdom"),
        ("UAE", "United Arab Emirates", "United Arab Emirates"),
        ("EU", "European Union", None),
        ("Europe", "Europe", None),
        ("global", "World", "World"),
        ("worldwide", "World", "World"),
        ("the world", "World", "World"),
        ("Beijing", "Beijing", "China"),
        ("BEIJING", "Beijing", "China"),
        ("Guangdong", "Guangdong", "China"),
        ("Kiev", "Kyiv", "Ukraine"),
        ("Korea", "South Korea", "South Korea"),
        ("North Korean", "North Korea", "North Korea"),
        ("DR Congo", "Democratic Republic of the Congo", "Democratic Republic of the Congo"),
        ("Türkiye", "Turkey", "Turkey"),
        ("Hong Kong", "Hong Kong", "Hong Kong"),
        ("euro zone", "euro area", None),
        ("Filipinos", "Philippines", "Philippines"),
        ("Yangtze River Delta", "Yangtze River Delta", "China"),
        ("Silicon Valley", "Silicon Valley", "United States"),
        ("Siberian", "Siberia", "Russia"),
        ("Kenyans", "Kenya", "Kenya"),
    ],
)
def test_place_of(wording: str, name: str, country: str | None) -> None:
    place = place_of(wording)
    assert place is not None
    assert (place.name, place.country) == (name, country)


@pytest.mark.parametrize("wording", ["Alibaba", "turkey", "us", "march", "", "Polish off", "Bank of China", "Nice"])
def test_no_place(wording: str) -> None:
    assert place_of(wording) is None


def test_find_places_reads_longest_wording() -> None:
    text = (
        "South Korean and North Korean envoys met in New Delhi; GERMANY and sub-Saharan Africa sent none, global talks stalled."
    )
    assert [(text[p.start : p.end], p.canonical, p.is_adjective) for p in find_places(text)] == [
        ("South Korean", "South Korea", True),
        ("North Korean", "North Korea", True),
        ("New Delhi", "New Delhi", False),
        ("GERMANY", "Germany", False),
        ("sub-Saharan Africa", "sub-Saharan Africa", False),
        ("global", "World", True),
    ]


def test_small_letters_and_parts_of_words_are_no_places() -> None:
    assert find_places("turkey legs, china plates, Indianapolis500 and Germanys") == []


def test_every_country_of_the_standard_is_there() -> None:
    codes = {row[0] for row in read_rows("countries.tsv")}
    territories = Locale("en").territories
    assert codes <= set(territories)
    for code in codes:
        assert countries()[code] in place_table()


@pytest.mark.parametrize("file", ["cities.tsv", "regions.tsv"])
def test_towns_and_regions_lie_in_known_countries(file: str) -> None:
    for row in read_rows(file):
        assert row[0] in countries(), row


def test_our_names_correct_those_of_the_package() -> None:
    """CLDR writes some names as no article does; each is named otherwise in our table."""
    odd = [name for name in countries().values() if " SAR " in name or " - " in name or "(" in name or "&" in name]
    assert sorted(odd) == ["Cocos (Keeling) Islands"]
