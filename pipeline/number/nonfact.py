"""Numerals that are no figures: named rules that say what a bare numeral is instead.

Each rule looks at the numeral and the few characters around it. The rules run only on numerals that carry no currency, percent
sign or unit; what no unit can overrule is in ``contact``.
"""

from __future__ import annotations

from pipeline.number.designations import code, compound, glued_behind, named_part, named_word, score, slashed
from pipeline.number.explained import Explained, Rule
from pipeline.number.layout_marks import footnote, list_mark, section_number
from pipeline.number.times import age, bare_year, month_day

# For numerals without currency, percent or unit, in this order.
SOFT_RULES: tuple[Rule, ...] = (
    compound,
    footnote,
    section_number,
    list_mark,
    named_word,
    slashed,
    score,
    glued_behind,
    code,
    named_part,
    age,
    bare_year,
    month_day,
)


def explain(text: str, start: int, end: int, rules: tuple[Rule, ...] = SOFT_RULES) -> Explained | None:
    """The first rule that knows what the numeral ``text[start:end]`` is, None where no rule does."""
    for rule in rules:
        if found := rule(text, start, end):
            return found
    return None
