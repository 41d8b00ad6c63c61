"""Records → Arrow tables with the columns and types of ``schema.sql``.

A value that DECIMAL(38, 10) cannot hold is not loaded and not lost: ``storable`` sets its fact aside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

import pyarrow as pa

from pipeline.records import Article, Date, Entity, Extraction, Fact, Number, Reject, Sentence

#: DECIMAL(38, 10): ten decimals, so at most 28 digits before the point.
_STEP = Decimal("1E-10")
_LIMIT = Decimal("1E28")
_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)

_NUMERIC = pa.decimal128(38, 10)
_TIME = pa.timestamp("us")

_ARROW_TYPES: dict[str, pa.DataType] = {
    **dict.fromkeys(("value", "value_low", "value_high"), _NUMERIC),
    **dict.fromkeys(("period_start", "period_end", "basis_start", "basis_end", "start_date", "end_date"), pa.date32()),
    **dict.fromkeys(
        ("start_char", "end_char", "measure_start", "measure_end", "entity_start", "entity_end", "ordinal"), pa.int32()
    ),
    **dict.fromkeys(("published_at", "ingested_at", "rejected_at", "last_seen_at"), _TIME),
    **dict.fromkeys(("period_inherited", "is_current"), pa.bool_()),
    "confidence": pa.float64(),
    **dict.fromkeys(("ordinal", "revision", "utc_offset_minutes"), pa.int32()),
    "wording": pa.uint64(),
    "signature": pa.list_(pa.uint32()),
    "band": pa.uint32(),
    "numerals": pa.list_(pa.uint32()),
}

#: Table → the record whose fields are its columns; ``facts`` has two more, see ``child_tables``.
CHILDREN: dict[str, tuple[type[Any], Callable[[Extraction], Iterable[Any]]]] = {
    "sentences": (Sentence, lambda e: e.sentences),
    "facts": (Fact, lambda e: e.facts),
    "dates": (Date, lambda e: e.dates),
    "entities": (Entity, lambda e: e.entities),
    "numbers": (Number, lambda e: e.numbers),
}
CHILD_TABLES = tuple(CHILDREN)


def to_decimal(value: Decimal) -> Decimal | None:
    """``value`` to ten decimals, as DECIMAL(38, 10) holds it; None where it has more than 28 digits before the point.

    >>> to_decimal(Decimal(1) / 3)
    Decimal('0.3333333333')
    >>> to_decimal(Decimal("1E28")) is None
    True
    """
    if not value.is_finite() or abs(value) >= _LIMIT:
        return None
    rounded = _WIDE.quantize(value, _STEP)
    return rounded if abs(rounded) < _LIMIT else None


def storable(extraction: Extraction) -> tuple[Extraction, list[Reject]]:
    """The extraction with values rounded to what a column holds, and a reject for each fact that is too large for it.

    Rows that point to such a fact point nowhere afterwards: its numerals become ``unexplained``.
    """
    kept: list[Fact] = []
    rejects: list[Reject] = []
    gone: set[str] = set()
    for fact in extraction.facts:
        given = (fact.value, fact.value_low, fact.value_high)
        rounded = [None if number is None else to_decimal(number) for number in given]
        if any(before is not None and after is None for before, after in zip(given, rounded, strict=True)):
            gone.add(fact.fact_id)
            rejects.append(_too_large(extraction.article, fact))
            continue
        assert rounded[0] is not None
        kept.append(replace(fact, value=rounded[0], value_low=rounded[1], value_high=rounded[2]))
    if gone:
        kept = [replace(f, conversion_of=None) if f.conversion_of in gone else f for f in kept]
        numbers = tuple(
            replace(n, disposition="unexplained", explained_by=None) if n.explained_by in gone else n for n in extraction.numbers
        )
        extraction = replace(extraction, numbers=numbers)
    return replace(extraction, facts=tuple(kept)), rejects


def _too_large(article: Article, fact: Fact) -> Reject:
    shown = fact.text if len(fact.text) <= 60 else fact.text[:57] + "..."
    return Reject(
        source=f"{article.source}:{fact.start_char}-{fact.end_char}",
        stage="store",
        error="ValueTooLarge",
        message=f"{shown!r} is worth more than a column can hold (28 digits before the point); the figure is left out. "
        "Look whether the text prints a number there at all.",
    )


def child_tables(
    extractions: Sequence[Extraction], *, pipeline_version: str, run_id: str | None
) -> dict[str, tuple[tuple[str, ...], pa.Table]]:
    """Table name → its column names and its rows, for every table that hangs on ``documents``."""
    tables: dict[str, tuple[tuple[str, ...], pa.Table]] = {}
    for name, (record, rows_of) in CHILDREN.items():
        columns = tuple(field.name for field in fields(record))
        rows = [row for extraction in extractions for row in rows_of(extraction)]
        data = {column: [getattr(row, column) for row in rows] for column in columns}
        if name == "facts":
            data["pipeline_version"] = [pipeline_version] * len(rows)
            data["run_id"] = [run_id] * len(rows)
        tables[name] = (tuple(data), arrow_table(data))
    return tables


def arrow_table(data: dict[str, list[Any]]) -> pa.Table:
    """Columns of Python values → an Arrow table with the types of ``schema.sql``."""
    schema = pa.schema([(name, _ARROW_TYPES.get(name, pa.string())) for name in data])
    return pa.table(data, schema=schema)


def to_utc(moment: datetime | None) -> datetime | None:
    """A moment without zone in UTC, as TIMESTAMP columns hold it; one that names no zone is taken as UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment is not None and moment.tzinfo else moment


def utc_offset_minutes(moment: datetime | None) -> int | None:
    """How far the zone of a moment is from UTC, in minutes; None where it names none."""
    offset = moment.utcoffset() if moment is not None else None
    return None if offset is None else round(offset.total_seconds() / 60)


def text_sha256(text: str) -> str:
    """SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
