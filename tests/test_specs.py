"""Wordings that others have agreed on: quantities of two public projects, read with ``include_plain``.

``cases/specs_different.json`` lists the quantities that the reading rules read otherwise, or that lie outside the facts table,
each with its reason. A listed one that is read as expected fails, so that the list cannot rot.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.figures import read_figures

SPECS = Path(__file__).resolve().parents[1] / ".." / "shared" / "specs"
DIFFERENT: dict[str, str] = json.loads(
    (Path(__file__).resolve().parent / "cases" / "specs_different.json").read_text(encoding="utf-8")
)
pytestmark = pytest.mark.skipif(not SPECS.is_dir(), reason="../shared/specs is not beside this repository")

# Their names of units and ours; an empty name takes any unit.
UNITS = {
    "percent": {"percent": "percent"},
    "temperature": {"F": "[degF]", "C": "Cel", "Degree": ""},
    "age": {"Year": "a", "Month": "mo", "Week": "wk", "Age": "a"},
    "number": {"": ""},
    "currency": {
        "Dollar": "USD",
        "Pound": "GBP",
        "Cent": "USD",
        "Pence": "GBP",
        "Euro": "EUR",
        "Peseta": "ESP",
        "Rupee": "INR",
        "Franc": "",
        "Sen": "",
    },
    "dimension": {
        "Pound": "[lb_av]",
        "Milliliter": "mL",
        "Inch": "[in_i]",
        "Mile": "[mi_i]",
        "Ounce": "oz",
        "Foot": "[ft_i]",
        "Gallon": "[gal_us]",
        "Ton": "t",
        "Metric ton": "t",
        "Bit": "bit",
        "Mile per hour": "[mi_i]/h",
        "Meter": "m",
        "Kilometer": "km",
        "Millimeter": "mm",
        "Decimeter": "dm",
        "Picometer": "pm",
        "Square kilometer": "km2",
        "Square meter": "m2",
        "Megabyte": "MB",
        "Kilometer per hour": "km/h",
        "Kilogram": "kg",
    },
}
HUNDREDTHS = {"Cent", "Pence"}
FLOOR = 0.97


def _quantities(name: str) -> list[tuple[str, str, dict[str, Any]]]:
    rows = [json.loads(line) for line in (SPECS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        (f"{row['id']}:{quantity['start']}", row["text"], quantity)
        for row in rows
        for quantity in row["quantities"]
        if quantity["value"] is not None
    ]


def _is_read(name: str, text: str, quantity: dict[str, Any]) -> bool:
    unit = quantity["iso"] or UNITS[name][quantity["unit"]]
    value = quantity["value"] / 100 if quantity["unit"] in HUNDREDTHS else quantity["value"]
    return any(
        figure.start_char < quantity["end"]
        and figure.end_char > quantity["start"]
        and abs(float(figure.value) - value) <= 1e-6 * max(1.0, abs(value))
        and (not unit or figure.unit == unit)
        for figure in read_figures(text, include_plain=True)
    )


@pytest.mark.parametrize("name", UNITS)
def test_expected_quantities_are_read(name: str) -> None:
    asked = [(key, text, quantity) for key, text, quantity in _quantities(name) if key not in DIFFERENT]
    missed = [f"{key} {quantity['surface']!r}" for key, text, quantity in asked if not _is_read(name, text, quantity)]
    assert len(missed) <= (1 - FLOOR) * len(asked), missed


@pytest.mark.parametrize("name", UNITS)
def test_listed_differences_differ(name: str) -> None:
    stale = [key for key, text, quantity in _quantities(name) if key in DIFFERENT and _is_read(name, text, quantity)]
    assert stale == []
