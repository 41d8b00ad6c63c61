"""The form that corrects a fact: its fields from a row, and the row from its fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from pipeline.browse.words import visible
from pipeline.errors import QueryError
from pipeline.plain import to_text
from pipeline.records import Bound, Direction, Kind, Relation, Role, Status
from pipeline.store import Record
from pipeline.store.reviews import REVIEWED_COLUMNS

#: Column → what may be chosen; the empty text stands for NULL.
CHOICES: dict[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "bound": get_args(Bound),
    "role": get_args(Role),
    "status": get_args(Status),
    "direction": ("", *get_args(Direction)),
    "period_relation": ("", *get_args(Relation)),
}
_NUMBERS = ("value", "value_low", "value_high")
_DAYS = ("period_start", "period_end", "basis_start", "basis_end")
_NEEDED = ("value", "unit")
_LIMIT = Decimal(10) ** 28
_LONGEST_TEXT = 500


def form_values(fact: Record) -> dict[str, str]:
    """Column → what its field holds."""
    return {name: visible(to_text(fact[name])) for name in REVIEWED_COLUMNS}


def read_form(form: Mapping[str, str], fact: Record) -> dict[str, Any]:
    """What the fields of a form say, as column → value; a field that was not touched keeps the value of ``fact``.

    Raises ``QueryError``, saying which field is wrong and what it may be.
    """
    before = form_values(fact)
    given: dict[str, Any] = {}
    for name in REVIEWED_COLUMNS:
        text = form.get(name, before[name]).strip()
        given[name] = fact[name] if text == before[name].strip() else _read(name, text)
    for start, end in (("period_start", "period_end"), ("basis_start", "basis_end"), ("value_low", "value_high")):
        if given[start] is not None and given[end] is not None and given[start] > given[end]:
            raise QueryError(
                f"{_label(start)} is {given[start]}, and lies after {_label(end)}, which is {given[end]}. Change one."
            )
    return given


def _read(name: str, text: str) -> Any:
    if name in _NEEDED and not text:
        raise QueryError(f"{_label(name)} is empty. A fact needs one; where there is none, reject the fact.")
    if name in CHOICES:
        if text not in CHOICES[name]:
            raise QueryError(f"{_label(name)} is {text!r}; allowed are {', '.join(filter(None, CHOICES[name]))}.")
        return text or None
    if not text:
        return None
    if name in _NUMBERS:
        return _number(name, text)
    if name in _DAYS:
        return _day(name, text)
    if len(text) > _LONGEST_TEXT:
        raise QueryError(f"{_label(name)} is longer than {_LONGEST_TEXT} characters.")
    return text


def _number(name: str, text: str) -> Decimal:
    try:
        value = Decimal(text.replace(",", "").replace(" ", ""))
    except InvalidOperation as error:
        raise QueryError(f"{_label(name)} is {text!r}, which is no number. Write it out, like 2630000000000 or 8.8.") from error
    if not value.is_finite() or abs(value) >= _LIMIT:
        raise QueryError(f"{_label(name)} is {text!r}; it may have 28 digits before the point.")
    return value.quantize(Decimal("1E-10")) if value.as_tuple().exponent < -10 else value  # type: ignore[operator]


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise QueryError(f"{_label(name)} is {text!r}; write a day like 2025-06-30, or leave it empty.") from error


def _label(name: str) -> str:
    return name.replace("_", " ")
