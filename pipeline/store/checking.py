"""Whether a database is sound: every invariant asked, and on a sample of its documents what only the program can tell."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from pipeline import PIPELINE_VERSION
from pipeline.figures import account_numerals
from pipeline.near import is_copy, wording_of
from pipeline.records import Wording
from pipeline.store.connection import connect
from pipeline.store.invariants import INVARIANTS, IS_ENGLISH, Invariant
from pipeline.store.migration import Layout, layout_of, sql_file
from pipeline.store.process import LOCK_WAIT_SECONDS
from pipeline.store.publishing import copy_database, snapshot_path

#: Documents in a sample, about; and violations of one kind that are shown.
_SAMPLED = 1000
_SHOWN = 3
#: A key and what is wrong with it.
_Violation = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one invariant gave: how many violations, the first few (key: what is wrong), out of how many rows."""

    name: str
    meaning: str
    rows: int
    violations: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a check gave: a finding for each invariant, the sound ones too."""

    findings: tuple[Finding, ...]

    @property
    def broken(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.violations)

    @property
    def is_sound(self) -> bool:
        return not self.broken


def check(con: duckdb.DuckDBPyConnection, *, whole: bool = False) -> Check:
    """Ask every invariant; what takes long is asked of some thousand documents, always the same, or of the ``whole``.

    A question that fails, as on a damaged file, is a violation, and the others are asked all the same.
    """
    sample = "true" if whole else _sample(con)
    findings = [_ask(con, invariant, sample) for invariant in INVARIANTS]
    for name, meaning, find in _SAMPLED_CHECKS:
        findings.append(_tell(name, meaning, partial(_count, con, "documents", sample), partial(find, con, sample)))
    shape = ("tables are those of the program", "columns and types are those of schema.sql")
    findings.append(_tell(*shape, lambda: len(_wanted_layout()), partial(_layout, con)))
    return Check(findings=tuple(findings))


@contextmanager
def open_to_check(
    database: Path, *, snapshot: bool = True, wait_seconds: float = LOCK_WAIT_SECONDS
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a fresh copy of ``database``, made beside it, so that a long check keeps no writer out.

    The copy is every byte of the file, so it is as sound or as damaged. With ``snapshot`` it is published when the body ends
    without an error, else removed. Raises as ``copy_database``.
    """
    target = snapshot_path(database)
    copy = target.with_name(f".{target.name}.{os.getpid()}.check.tmp")
    try:
        copy_database(database, copy, wait_seconds=wait_seconds)
        with connect(copy, read_only=True) as con:
            yield con
        if snapshot:
            os.replace(copy, target)
    finally:
        copy.unlink(missing_ok=True)


def _sample(con: duckdb.DuckDBPyConnection) -> str:
    return f"hash(document_id) % {max(1, _count(con, 'documents', 'true') // _SAMPLED)} = 0"


def _count(con: duckdb.DuckDBPyConnection, table: str, condition: str) -> int:
    row = con.execute(f"SELECT count(*) FROM {table} WHERE {condition}").fetchone()
    return int(row[0]) if row else 0


def _ask(con: duckdb.DuckDBPyConnection, invariant: Invariant, sample: str) -> Finding:
    query = invariant.query.replace("{sample}", sample)
    condition = sample if query != invariant.query else "true"

    def violations() -> list[_Violation]:
        return con.execute(f"SELECT key::VARCHAR, detail FROM ({query}) ORDER BY ALL").fetchall()

    return _tell(invariant.name, invariant.meaning, lambda: _count(con, invariant.table, condition), violations)


def _tell(name: str, meaning: str, count: Callable[[], int], find: Callable[[], Iterable[_Violation]]) -> Finding:
    try:
        rows, found = count(), list(find())
    except duckdb.Error as error:
        rows, found = 0, [("damaged", str(error).strip().split("\n", 1)[0])]
    examples = tuple(f"{key}: {detail}" for key, detail in found[:_SHOWN])
    return Finding(name=name, meaning=meaning, rows=rows, violations=len(found), examples=examples)


def _wanted_layout() -> Layout:
    with duckdb.connect(":memory:") as model:
        model.execute(sql_file("schema.sql"))
        return layout_of(model)


def _layout(con: duckdb.DuckDBPyConnection) -> list[_Violation]:
    held = layout_of(con)
    return [
        (f"{table}.{column}", f"it is missing, or no {kind}")
        for table, columns in _wanted_layout().items()
        for column, (kind, _, _) in columns.items()
        if held.get(table, {}).get(column, ("",))[0] != kind
    ]


def _rows(con: duckdb.DuckDBPyConnection, query: str, sample: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query over ``d``, the documents of the sample."""
    cursor = con.cursor().execute(f"WITH d AS (SELECT * FROM documents WHERE {sample}) {query}")
    while rows := cursor.fetchmany(100):
        yield from rows


def _unaccounted(con: duckdb.DuckDBPyConnection, sample: str) -> Iterable[_Violation]:
    """Numerals of the sample that have no row in ``numbers``; what other rules have read may know other numerals."""
    query = f"""SELECT d.document_id, d.text, coalesce(n.spans, []) FROM d LEFT JOIN (
                    SELECT document_id, list([start_char, end_char]) AS spans FROM numbers SEMI JOIN d USING (document_id)
                    GROUP BY document_id) n ON n.document_id = d.document_id
                WHERE {IS_ENGLISH} AND d.pipeline_version = '{PIPELINE_VERSION}' ORDER BY d.document_id"""
    for document_id, text, spans in _rows(con, query, sample):
        held = {tuple(span) for span in spans}
        for row in account_numerals(text, figures=()):
            if (row.start_char, row.end_char) not in held:
                yield document_id, f"{row.text!r} at {row.start_char} has no row"


def _other_wording(con: duckdb.DuckDBPyConnection, sample: str) -> Iterable[_Violation]:
    """Documents of the sample whose row in ``wordings`` is not that of their text."""
    query = f"""SELECT d.document_id, d.text, {_wording("w")} FROM d JOIN wordings w ON w.wording = d.wording
                ORDER BY d.document_id"""
    for document_id, text, *held in _rows(con, query, sample):
        if _as_wording(held) != wording_of(text):
            yield document_id, "its words or numerals are others"


def _no_copies(con: duckdb.DuckDBPyConnection, sample: str) -> Iterable[_Violation]:
    """Copies of the sample that do not tell the story of what they repeat."""
    query = f"""SELECT d.document_id, d.duplicate_of, {_wording("ours")}, {_wording("theirs")}
                FROM d JOIN documents o ON o.document_id = d.duplicate_of
                JOIN wordings ours ON ours.wording = d.wording JOIN wordings theirs ON theirs.wording = o.wording
                ORDER BY d.document_id"""
    for document_id, original, *held in _rows(con, query, sample):
        if not is_copy(_as_wording(held[:3]), _as_wording(held[3:])):
            yield document_id, f"it is no copy of {original}"


def _wording(alias: str) -> str:
    bands = f"(SELECT coalesce(list(band ORDER BY b.rowid), []) FROM bands b WHERE b.wording = {alias}.wording)"
    return f"{alias}.wording, {bands}, {alias}.numerals"


def _as_wording(row: Sequence[Any]) -> Wording:
    return Wording(wording=row[0], signature=tuple(row[1]), numerals=tuple(row[2]))


_SAMPLED_CHECKS: tuple[tuple[str, str, Callable[[duckdb.DuckDBPyConnection, str], Iterable[_Violation]]], ...] = (
    ("numbers hold every numeral", "each numeral of a text has a row, number words too", _unaccounted),
    ("wordings are those of the texts", "signature and numerals are what the text gives", _other_wording),
    ("copies tell one story", "a copy has the wording and the numerals of what it repeats", _no_copies),
)
