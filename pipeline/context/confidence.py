"""How likely a fact is right as a whole, from how sure each question's trees were and which rules placed it.

The trees are trained on answers to articles that the rankers had not seen, and whether these agreed with the gold in
measure, period, role, direction, share_of and status; see ``pipeline.training``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from pipeline.context.forest import Rows, load_forest
from pipeline.context.meaning import Meaning
from pipeline.mentions import FigureMention

# Value, unit and bound are read before context and are right for about this part of the gold's figures.
READ_RIGHT = 0.97


def confidence_features(figure: FigureMention, meaning: Meaning) -> dict[str, float]:
    """What the confidence is judged by: margins between first and second answer, the rules, the kind of figure."""
    found = {f"margin_{question}": margin for question, margin in meaning.margins.items()}
    found |= {f"rule={rule}": 1.0 for rule in meaning.rules.values()}
    found |= {f"kind={figure.kind}": 1.0, f"bound={figure.bound}": 1.0, "conversion": float(meaning.conversion_of is not None)}
    if meaning.measure is not None:
        found["measure_words"] = float(len(meaning.measure.text.split()))
        found[f"measure_form={meaning.measure.form}"] = 1.0
    return found


def confidences_of(figures: Sequence[FigureMention], meanings: Sequence[Meaning]) -> list[float]:
    """For each figure a probability between 0 and 1, rounded to three places."""
    rows = [confidence_features(figure, meaning) for figure, meaning in zip(figures, meanings, strict=True)]
    if not rows:
        return []
    [scores] = load_forest("confidence").scores([Rows(rows)])
    return [round(READ_RIGHT / (1 + math.exp(-score)), 3) for score in scores]
