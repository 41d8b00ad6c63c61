"""Products by how they are spelled: letters and digits in one word (``KX-200``), a name and its number (``Falcon 9``). Pure."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from pipeline.name.heads import KNOWN_FIRMS
from pipeline.name.places import place_table
from pipeline.name.tables import any_of, read_words
from pipeline.name.terms import CALENDAR_WORDS, FUNCTION_WORDS, is_no_name


class Product(NamedTuple):
    """A product or an event by its spelling: offsets, label, name of the rule."""

    start: int
    end: int
    label: str
    rule: str


_MIXED: Final = re.compile(r"[A-Z][A-Za-z]{0,9}\d{1,4}[a-z]{0,5}(?:-\d{0,4}[A-Z]?s?\b)?(?:-[A-Z]\b)?(?![\w%]|\.\d)")
_HYPHENED: Final = re.compile(r"(?:[A-Z]{1,5}-\d{1,4}[a-zA-Z]{0,2}|[A-Z][a-z]{2,12}-\d{1,3}[A-Z]?)(?![\w%]|\.\d)")
_NO_PRODUCT: Final = re.compile(
    r"(?:FY\d{2,4}|CO2e?|CH4|H2O|N2O|SO2|NO2|NOx|PM\d+|H\dN\d|COVID-?\d*|Covid-?\d+|SARS\d*|EU-?\d{2}|Q\d[A-Z]?\d*|(?:Aa|Baa?|Caa?)\d|OPEC\d|"
    rf"[A-Z]+-20\d\d|[A-Z][a-z]{{2}}-\d{{1,2}}|(?:{any_of('money_codes.txt')})\d+\w*|[A-Z]{{4,}}\d{{4,}})$"
)
_ONE_LETTER: Final = re.compile(r"[A-Z]\d{1,3}$")
_THINGS: Final = any_of("product_kinds.txt")
_THING: Final = re.compile(rf" (?:{_THINGS})\b")
_EVENT: Final = re.compile(r"COP ?\d{1,2}\b")
_GROUP: Final = re.compile(r"[GPE](?:7|20|8|77)\b(?!-)")
_NUMBERED: Final = re.compile(
    r" (?:[1-9]\d{0,2}[a-z]{0,2}|"
    r"[1-9]\d{2}-\d{1,4}[A-Z]{0,2}s?|[IVX]{1,4}|\d\.\d)(?: (?:Pro\+?|Max|Plus|Ultra|[Mm]ini|Lite|MAX|Air|SE))?"
    r"(?=[.,;:)’']|$| (?:and|or|is|was|has|"
    r"had|will|would|can|could|may|to|at|in|on|with|from|for|as|by|which|that|led|sold|took|came|beat|got|made|went|rose|fell|ranked|ran|won|saw|starts?|costs?|offers?|remains?|became|joined|overtook|outsold|arrived|sales|"
    rf"{_THINGS})\b)"
)
_NO_MODEL: Final[frozenset[str]] = read_words("counted_headings.txt")
"""Words before a number that make no product: ``Table 4``, ``Phase 3``, ``Route 1``, ``Nearly 20``."""


_AIRCRAFT: Final = re.compile(
    r"7[0-8]7(?<![\w.,$€£-]...)[ -](?:MAX|Max|Dreamliner|(?:8|9|10|[1-9]00)(?:ER|LR|F)?s?)(?: \d{1,2}s?)?(?![\w%]|[.,]\d)"
)
"""Boeing's, whose names begin with a figure: ``737 MAX``, ``787-9s``."""
_NUMBER_AT: Final = re.compile(r"([A-Z][A-Za-z]{0,24})(?:(\d)|[- ](?=[\dIVX]))")


def find_products(text: str) -> list[Product]:
    """The products of ``text`` by their spelling. They may overlap other names.

    >>> text = "The KX-200 blender outsold the Falcon 9."
    >>> [text[found.start : found.end] for found in find_products(text)]
    ['KX-200', 'Falcon 9']
    """
    found = [Product(hit.start(), hit.end(), "PRODUCT", "aircraft") for hit in _AIRCRAFT.finditer(text)]
    for place in _NUMBER_AT.finditer(text):
        start, word, end = place.start(), place[1], place.end(1)
        if start and text[start - 1].isalnum():
            continue
        if place[2]:
            product = _mixed(text, start)
            if product:
                found.append(product)
        elif text[end] == "-":
            hit = _HYPHENED.match(text, start)
            if hit and not _NO_PRODUCT.match(hit[0]) and not is_no_name(hit[0]) and (word.isupper() or _may_have_model(word)):
                found.append(Product(start, hit.end(), "PRODUCT", "letters_and_digits"))
        else:
            hit = _NUMBERED.match(text, end)
            if hit and _may_have_model(word) and (len(hit[0]) > 3 or word not in KNOWN_FIRMS):
                found.append(Product(start, hit.end(), "PRODUCT", "name_and_number"))
    return found


def _mixed(text: str, start: int) -> Product | None:
    event = _EVENT.match(text, start)
    if event:
        return Product(start, event.end(), "EVENT", "climate_conference")
    group = _GROUP.match(text, start)
    if group:
        return Product(start, group.end(), "ORG", "group_of_states")
    hit = _MIXED.match(text, start)
    if hit and not is_no_name(hit[0]):
        spelled = hit[0]
        if _NO_PRODUCT.match(spelled):
            return None
        if (
            _ONE_LETTER.match(spelled)
            and not _THING.match(text, hit.end())
            and (spelled[0] in "QHFAMSN" or text[max(0, start - 4) : start] != "the ")
            and text[max(0, start - 20) : start].rstrip().rpartition(" ")[2] not in KNOWN_FIRMS
        ):
            return None
        return Product(start, hit.end(), "PRODUCT", "letters_and_digits")
    return None


def _may_have_model(word: str) -> bool:
    """Whether ``word`` before a number may be the name of a thing: no place, month, unit of counting or opening word."""
    return (
        len(word) > 2
        and not word.isupper()
        and word not in _NO_MODEL
        and word not in FUNCTION_WORDS
        and word not in CALENDAR_WORDS
        and word not in place_table()
        and not is_no_name(word)
    )
