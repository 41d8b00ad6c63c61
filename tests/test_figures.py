"""Figures by example: value first, then the wordings that must give it; texts that must give nothing; known gaps.

A row of ``cases/<kind>.jsonl`` holds ``kind``, ``value``, ``unit`` (null for a count) and ``texts`` with the expected span in
double brackets; ``bound``, ``low`` and ``high`` are checked where they stand. ``figure_nothing`` names why a text holds no
figure. ``figure_gap`` rows are strict xfails, so that a fix has to move them.
"""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.figures import account_numerals, read_figures

CASES = Path(__file__).resolve().parent / "cases"


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]


def _texts(*names: str) -> list[Any]:
    return [pytest.param(row, text, id=text[:60]) for name in names for row in _rows(name) for text in row["texts"]]


def _check(row: dict[str, Any], marked: str) -> None:
    start = marked.index("[[")
    end = marked.index("]]") - 2
    text = marked.replace("[[", "").replace("]]", "")
    found = [f for f in read_figures(text) if (f.start_char, f.end_char) == (start, end)]
    assert found, f"no figure at {text[start:end]!r} among {[f.text for f in read_figures(text)]}"
    figure = found[0]
    assert (figure.kind, figure.unit) == (row["kind"], row["unit"])
    assert abs(figure.value - Decimal(row["value"])) <= Decimal("1E-9") * max(1, abs(figure.value))
    if "bound" in row:
        assert figure.bound == row["bound"]
    if "low" in row:
        assert (figure.value_low, figure.value_high) == (Decimal(row["low"]), Decimal(row["high"]))


@pytest.mark.parametrize(("row", "text"), _texts("money", "percent", "quantity", "multiple", "rank"))
def test_wording_gives_value(row: dict[str, Any], text: str) -> None:
    _check(row, text)


@pytest.mark.parametrize(("row", "text"), _texts("figure_nothing"))
def test_text_gives_nothing(row: dict[str, Any], text: str) -> None:
    assert [f.text for f in read_figures(text) if not f.optional] == []


@pytest.mark.parametrize(("row", "text"), _texts("figure_gap"))
@pytest.mark.xfail(strict=True, reason="known gap")
def test_gap(row: dict[str, Any], text: str) -> None:
    _check(row, text)


def test_a_bound_opens_one_end() -> None:
    (figure,) = read_figures("More than 100 firms")
    assert (figure.value_low, figure.value_high) == (Decimal(100), None)
    assert figure.outer_start == 0


def test_printed_digits_leave_a_rounding_interval() -> None:
    (figure,) = read_figures("It came to 2.63 trillion yuan")
    assert (figure.value_low, figure.value_high) == (Decimal("2625000000000"), Decimal("2635000000000"))


def test_a_range_has_its_ends_and_their_middle() -> None:
    (figure,) = read_figures("between 5% and 7%")
    assert (figure.value_low, figure.value, figure.value_high) == (5, 6, 7)


def test_a_denominator_is_outside_the_span() -> None:
    (figure,) = read_figures("Oil fetched $85 per barrel")
    assert (figure.text, figure.per) == ("$85", "barrel")
    assert figure.outer_end == len("Oil fetched $85 per barrel")


def test_a_heading_scales_the_rows_below_it() -> None:
    text = "Output of salt (thousand tonnes)\nHigh mine: 87\nLow mine: 114\n\nStaff: 20"
    assert [(f.text, f.value, f.unit) for f in read_figures(text)] == [("87", 87000, "t"), ("114", 114000, "t"), ("20", 20, None)]


def test_claimed_spans_hold_no_figure() -> None:
    text = "In the 12 months to May 300 firms closed"
    claimed = [(3, text.index(" 300"))]
    assert [f.text for f in read_figures(text, claimed=claimed)] == ["300"]


def test_the_document_decides_a_bare_dollar() -> None:
    text = "CANBERRA — Australian exports to A$ buyers in Australia came to A$5bn. Wine alone earned $200m in Australia."
    assert {f.unit for f in read_figures(text)} == {"AUD"}
    assert read_figures("It cost $5.")[0].unit == "USD"
    assert read_figures("It cost $5.")[0].rule.endswith("default")


def test_every_numeral_has_a_row() -> None:
    text = "1. Exports rose 5% to $3bn, says Table 4; the 5G fund of two partners doubled."
    rows = account_numerals(text, figures=read_figures(text))
    assert [(row.text, row.disposition) for row in rows] == [
        ("1", "list_mark"),
        ("5", "fact"),
        ("3", "fact"),
        ("4", "name"),
        ("5", "name"),
        ("two", "fact"),
        ("doubled", "fact"),
    ]


_PIECES = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            [
                "$",
                "5",
                "1,234.5",
                " million",
                " and ",
                "half",
                " a third of ",
                "%",
                "-",
                "–",
                "€1.234,56",
                " to ",
                "twenty-one ",
                "\n",
                "second-largest",
                " in ",
                "every ",
                "(",
                ")",
                ".",
                ",",
                " points",
                "±",
                "crore ",
                "Rs ",
                "doubled ",
                "one in ",
                "9" * 30,
                "½",
            ]
        ),
    ),
    max_size=14,
)


@settings(max_examples=300, deadline=None)
@given(_PIECES)
def test_any_text_slices_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    figures = read_figures(text)
    at = 0
    for figure in figures:
        assert figure.text == text[figure.start_char : figure.end_char]
        assert figure.outer_start <= figure.start_char < figure.end_char <= figure.outer_end
        assert figure.start_char >= at
        assert figure.value.is_finite()
        at = figure.end_char
    for row in account_numerals(text, figures=figures):
        assert row.text == text[row.start_char : row.end_char]
    read_figures(text, include_plain=True)


HOSTILE = {
    "digits": "1" * 12500,
    "grouped": "123,456," * 1500,
    "spaced": "123 456 " * 1500,
    "dotted": "1.2." * 3000,
    "dashes": "1-" * 6250,
    "words": "one hundred and " * 750,
    "tens": "twenty-" * 1750,
    "dollars": "$" * 12500,
    "letters": "a" * 12500 + " 5",
    "spaces": " " * 12500 + "5",
    "capitals": "Aa " * 4000 + "5",
    "prices": "P1 " * 4000,
    "list": "1, " * 4000,
    "fractions": "one in " * 1750,
    "percents": "5% " * 4000,
    "bare": "3.1 " * 3000,
    "phones": "call +1 555 " * 1000,
    "urls": "www.a/1" * 1750,
    "halves": "half a " * 1750,
    "newlines": "1\n" * 6250,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_linear_time(name: str) -> None:
    text = HOSTILE[name]

    def seconds(size: int) -> float:
        best = 9.0
        for _ in range(2):
            began = time.process_time()
            read_figures(text[:size])
            best = min(best, time.process_time() - began)
        return best

    # A quadratic reader takes four times as long for twice the text.
    half, whole = seconds(len(text) // 2), seconds(len(text))
    assert whole < 3 * half + 0.1, f"{half:.3f} s for half of it, {whole:.3f} s for all"
