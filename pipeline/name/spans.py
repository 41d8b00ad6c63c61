"""What may be a name before it is settled: a span with a label, the rule that found it, and the weight of its word. Pure."""

from __future__ import annotations

from typing import Final, NamedTuple

LABELS: Final[frozenset[str]] = frozenset(
    {"ORG", "GPE", "LOC", "PERSON", "NORP", "LAW", "PRODUCT", "EVENT", "FAC", "WORK_OF_ART"}
)
"""The OntoNotes labels that are names; money, dates, counts and the rest are other readers' work."""

SURE: Final = 5
"""The weight from which a label is taken as known."""


class Candidate(NamedTuple):
    """A span that may be a name; ``weight`` is what its label counts for when the document votes (0: only with the model)."""

    start: int
    end: int
    label: str
    rule: str
    weight: int
