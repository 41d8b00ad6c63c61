"""What holds for any text: offsets slice back, names do not overlap, nothing crashes, nothing runs away."""

from __future__ import annotations

import itertools
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.name import find_places, resolve_names
from pipeline.name.spans import LABELS

_PIECES = st.sampled_from(
    [
        "The ",
        "China",
        "U.S.",
        " (WTO)",
        "World Trade Organization",
        ", ",
        " and ",
        "Bank of ",
        "’s ",
        "'s",
        "\n",
        ". ",
        "Mr ",
        "Ana Duarte",
        "Act",
        " Plan",
        "14th Five-Year ",
        "COP31",
        "VX-40",
        " 5 ",
        "“",
        "”",
        "—",
        "|",
        "By ",
        "BEIJING, Nov 3 (Wire) - ",
        "\xa0",
        "euro area",
        "sub-Saharan",
        "-based",
        "Ltd.",
        "(",
        ")",
        "/",
        "No. 1 Document",
        "2019 Irish general election",
        "é",
        "İ",
        "ß",
        "中国",
        "\u2028",
        "a",
        "Ministry of Trade, ",
    ]
)
_TEXTS = st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=25).map("".join))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_TEXTS, data=st.data())
def test_offsets_slice_back_and_names_do_not_overlap(text: str, data: st.DataObject, make_doc: Any) -> None:
    doc = make_doc(text, [])
    if len(doc):
        cuts = sorted(data.draw(st.sets(st.integers(0, len(doc)), max_size=8)))
        doc.ents = [
            doc[low:high].char_span(
                0, len(doc[low:high].text), label=data.draw(st.sampled_from([*sorted(LABELS), "DATE", "MONEY"]))
            )
            for low, high in zip(cuts[::2], cuts[1::2], strict=False)
            if doc[low:high].text.strip()
        ]
    spans = [(low, low + 3) for low in data.draw(st.lists(st.integers(0, max(0, len(text) - 3)), max_size=3))]
    mentions = resolve_names(doc, excluded=spans)
    for mention in mentions:
        assert text[mention.start_char : mention.end_char] == mention.text != ""
        assert mention.label in LABELS
        assert mention.name.strip()
        assert not any(low <= mention.start_char and mention.end_char <= high for low, high in spans)
    for before, after in itertools.pairwise(mentions):
        assert before.end_char <= after.start_char


@settings(max_examples=200, deadline=None)
@given(text=_TEXTS)
def test_places_slice_back(text: str) -> None:
    places = find_places(text)
    for place in places:
        assert text[place.start : place.end]
    for before, after in itertools.pairwise(places):
        assert before.end <= after.start


@pytest.mark.parametrize(
    "piece",
    [
        "A",
        "A ",
        "The Act of ",
        "Bank of the ",
        "(",
        "WTO (",
        "A and ",
        "By Ana ",
        "BEIJING ",
        "Aa-1",
        "X1-",
        "1",
        "Five-Year Plan for ",
        "Aa, ",
        "’s ",
        "Ministry of Aa, ",
        "U.S.",
        "Aa 5 ",
        "\n",
        " election",
        "2019 Aa ",
        "euro ",
        "No. ",
        "A.",
        "& ",
        "film “Aa ",
        '"',
        "Ana de ",
        "President ",
        "the firm Aa ",
        "(NYSE: ",
        "Aa, Bb & ",
        "AA–",
        "1958 Aa ",
        "Battle of the ",
        "beat Aa ",
        "SOCCER-",
        " plc",
        "Labour ",
        "Aa affair ",
        "737 ",
    ],
)
def test_time_grows_no_faster_than_the_text(piece: str, make_doc: Any) -> None:
    text = piece * (120_000 // len(piece))
    doc = make_doc("x", [])
    begun = time.process_time()
    resolve_names(doc, text=text)
    find_places(text)
    assert time.process_time() - begun < 8
