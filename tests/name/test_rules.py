"""The rules that need the whole document, the spans of figures, and the user's aliases."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.name import resolve_names
from pipeline.name.acronyms import find_definitions
from pipeline.name.clean import split_list, trim


def _surfaces(mentions: list[Any]) -> list[str]:
    return [mention.text for mention in mentions]


def test_one_label_for_one_name_by_majority(make_doc: Any) -> None:
    text = "Quarx rose. Shares in Quarx fell. Then Quarx’s profits fell. Quarx it is."
    mentions = resolve_names(make_doc(text, [["Quarx", "GPE"]]))
    assert {mention.label for mention in mentions if mention.text == "Quarx"} == {"ORG"}


def test_mentions_that_the_model_missed_are_found(make_doc: Any) -> None:
    doc = make_doc("Ortega Mills grew. Rivals of Ortega Mills did not.", [])
    doc.ents = [doc.char_span(0, 12, label="ORG")]
    assert _surfaces(resolve_names(doc)) == ["Ortega Mills", "Ortega Mills"]


def test_no_name_lies_in_a_figure_or_date(make_doc: Any) -> None:
    text = "Sales in China 2024 rose to CNY5bn."
    excluded = [(text.index("2024"), text.index("2024") + 4), (text.index("CNY"), len(text) - 1)]
    mentions = resolve_names(make_doc(text, [["China 2024", "EVENT"], ["CNY5bn", "ORG"]]), excluded=excluded)
    assert _surfaces(mentions) == ["China"]


def test_a_plan_keeps_its_ordinal_though_it_reads_as_a_number(make_doc: Any) -> None:
    text = "It is in the 14th Five-Year Plan."
    at = text.index("14th")
    assert _surfaces(resolve_names(make_doc(text), excluded=[(at, at + 4)])) == ["14th Five-Year Plan"]


def test_aliases_go_before_every_rule(make_doc: Any) -> None:
    mentions = resolve_names(make_doc("The WTO and Beijing agree."), aliases={"WTO": "Trade Club", "Beijing": "Peking"})
    assert [mention.name for mention in mentions] == ["Trade Club", "Peking"]


def test_aliases_hold_for_canonical_names_too(make_doc: Any) -> None:
    mentions = resolve_names(make_doc("The US and America."), aliases={"United States": "USA"})
    assert {mention.name for mention in mentions} == {"USA"}


def test_text_may_be_handed_over(make_doc: Any) -> None:
    text = "Trade with China grew."
    assert resolve_names(make_doc(text), text=text) == resolve_names(make_doc(text))


@pytest.mark.parametrize(
    ("text", "short", "long_form"),
    [
        ("the Northern Coast Shipping Institute (NCSI) said", "NCSI", "Northern Coast Shipping Institute"),
        ("NCSI (Northern Coast Shipping Institute) said", "NCSI", "Northern Coast Shipping Institute"),
        ("the Institute of Arctic Finance (IAF) said", "IAF", "Institute of Arctic Finance"),
        ("the Bank of Mauritius (BOM) said", "BOM", "Bank of Mauritius"),
        ("the U.S. Department of Fisheries (USDF) said", "USDF", "U.S. Department of Fisheries"),
        ("Center for Grain and Soil Studies (“CGSS”) said", "CGSS", "Center for Grain and Soil Studies"),
    ],
)
def test_definitions(text: str, short: str, long_form: str) -> None:
    assert [(text[d.short_start : d.short_end], text[d.long_start : d.long_end]) for d in find_definitions(text)] == [
        (short, long_form)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "the cash reserve ratio (CRR) fell",
        "sales rose (Table 4)",
        "he said (RISE) again",
        "the Ministry of Grain (May 2022)",
        "(A)",
        "B (C)",
    ],
)
def test_no_definitions(text: str) -> None:
    assert find_definitions(text) == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the Bank of Japan’s", "Bank of Japan"),
        ("The Hague.", "Hague"),
        ("“Norbank”,", "Norbank"),
        ("Norbank Inc.", "Norbank Inc."),
        ("U.S.", "U.S."),
        ("Norbank.", "Norbank"),
        ("¹ State Bureau", "State Bureau"),
        ("(Norbank)", "Norbank"),
        ("An Post", "Post"),
        ("the", "the"),
        ("’s", ""),
        ("...", ""),
    ],
)
def test_trim(words: str, name: str) -> None:
    start, end = trim(words, 0, len(words))
    assert words[start:end] == name


def test_a_body_with_commas_is_one_name() -> None:
    text = "Alibaba, Tencent/Baidu and Meituan"
    assert [text[a:b] for a, b in split_list(text, 0, len(text))] == ["Alibaba", "Tencent", "Baidu", "Meituan"]
    assert split_list("Grain Act, 2003 and others", 0, 26) == [(0, 26)]
