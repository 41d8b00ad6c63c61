"""Numbers outside the facts table, for callers that read single phrases: ages, durations, bare numbers."""

from __future__ import annotations

import re

from pipeline.number.reading import Reading

_TIME_UNIT = re.compile(
    r"[ \u00a0-]?(?:(?:and a half|full|consecutive|straight) )?(second|minute|hour|day|week|month|year|decade|yo|y/o)s?\b",
    re.IGNORECASE,
)
# UCUM codes of times.
_CODES = {
    "second": "s",
    "minute": "min",
    "hour": "h",
    "day": "d",
    "week": "wk",
    "month": "mo",
    "year": "a",
    "yo": "a",
    "y/o": "a",
}


def as_plain(text: str, reading: Reading) -> Reading:
    """A numeral that is no figure, as a quantity: with a unit of time where one follows (or an age is told), else without."""
    match = _TIME_UNIT.match(text, reading.numeral.end)
    aged = reading.rule.startswith("age.")
    reading.disposition = None
    if match is not None and match[1].lower() in _CODES:
        return reading.be("quantity", _CODES[match[1].lower()], "plain.time", match.end())
    if aged:
        return reading.be("quantity", "a", "plain.age", reading.numeral.end)
    return reading.be("quantity", None, "plain.number", reading.numeral.end)
