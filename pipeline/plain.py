"""Values as people and JSON read them: every digit of a decimal kept, the zeros after them dropped, a time as ISO 8601."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

#: A float prints this many digits without loss; a longer number goes into JSON as text.
_EXACT_FLOAT_DIGITS = 15


def to_text(value: Any) -> str:
    """A value as people read it; NULL is the empty text.

    >>> to_text(Decimal("2630000000000.0000000000")), to_text(Decimal("0.5000000000"))
    ('2630000000000', '0.5')
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format_decimal(value)
        case datetime():
            return value.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case list() | dict() | tuple():
            return json.dumps(to_plain(value), ensure_ascii=False)
        case bytes():
            return value.hex()
    return str(value)


def to_plain(value: Any) -> Any:
    """A value as JSON holds it: a decimal as a number where no digit is lost, else as text; a date as text."""
    match value:
        case Decimal():
            return _json_number(value)
        case dict():
            return {str(key): to_plain(item) for key, item in value.items()}
        case list() | tuple():
            return [to_plain(item) for item in value]
        case None | bool() | int() | float() | str():
            return value
    return to_text(value)


def format_decimal(value: Decimal, *, separators: bool = False) -> str:
    """A decimal without exponent and without zeros at its end; ``separators`` sets commas between thousands."""
    if value.is_finite() and value == value.to_integral_value():
        value = value.to_integral_value()
    text = format(value, ",f" if separators else "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _json_number(value: Decimal) -> int | float | str:
    text = format_decimal(value)
    if "." not in text:
        return int(text)
    digits = len(text.lstrip("-0.").replace(".", ""))
    return float(text) if digits <= _EXACT_FLOAT_DIGITS else text
