"""How likely a fact is right as a whole, from how sure each question's ranker was."""

from __future__ import annotations

from pipeline.context.meaning import Meaning
from pipeline.mentions import FigureMention


def confidence_of(figure: FigureMention, meaning: Meaning) -> float:
    """A probability between 0 and 1."""
    return 0.5
