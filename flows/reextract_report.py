"""What a re-extraction did, as Markdown: the artifact of the flow run, and what ``runs.report`` keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from flows.report import describe_value, markdown_cell, reject_table, report_head
from pipeline.plain import to_text
from pipeline.records import Counts, Reject
from pipeline.store import Record
from pipeline.store.changes import SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A fact that the new reading has, has not, or has otherwise: rows of ``facts``."""

    what: Literal["appeared", "vanished", "changed"]
    source: str
    before: Any = None
    after: Any = None

    @property
    def fact(self) -> Record:
        row: Record = self.before if self.after is None else self.after
        return row

    @property
    def order(self) -> tuple[Any, ...]:
        """The largest value first; equal ones by source and place."""
        values = [abs(fact["value"]) for fact in (self.before, self.after) if fact is not None]
        return -max(values), self.source, self.fact["start_char"], self.fact["fact_id"]

    def describe(self) -> str:
        """What differs, in words: the columns that changed, or the fact."""
        if self.what != "changed":
            return describe_value(self.fact)
        names = [name for name in SAID if self.before[name] != self.after[name]]
        return ", ".join(f"{name} {_text(self.before[name])} → {_text(self.after[name])}" for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReextractReport:
    """What a re-extraction did: ``chosen`` documents were to be read again, the facts of ``documents`` of them differ.

    ``appeared``, ``vanished`` and ``changed`` count facts, and ``largest`` are the twenty largest of each.
    """

    run_id: str
    database: Path
    chosen: int
    counts: Counts
    rejects: tuple[Reject, ...]
    seconds: float
    appeared: int
    vanished: int
    changed: int
    documents: int
    largest: tuple[Difference, ...]


def render_reextract(report: ReextractReport) -> str:
    """The counts of a re-extraction, the largest facts of each sort that differ, and the rejects."""
    counts = {
        "documents chosen": report.chosen,
        "documents read again": report.counts.read,
        "documents whose facts differ": report.documents,
        "facts appeared": report.appeared,
        "facts vanished": report.vanished,
        "facts changed": report.changed,
        "facts now": report.counts.facts,
        "rejected": report.counts.rejected,
    }
    lines = report_head(f"Re-extraction {report.run_id}", report.database, report.seconds, counts)
    for what, count in (("changed", report.changed), ("appeared", report.appeared), ("vanished", report.vanished)):
        lines += _largest(report, what, count)
    if report.rejects:
        lines += ["", "## Rejects: these keep the rows that they had", *reject_table(report.rejects)]
    return "\n".join(lines) + "\n"


def _largest(report: ReextractReport, what: str, count: int) -> Iterator[str]:
    rows = [difference for difference in report.largest if difference.what == what]
    if not rows:
        return
    title = f"the largest {len(rows)} of {count:,}" if count > len(rows) else f"{count:,}"
    yield from (
        "",
        f"## Facts {what}: {title}",
        "",
        "| figure | measure | what | fact_id | source |",
        "| --- | --- | --- | --- | --- |",
    )
    for row in rows:
        cells = (row.fact["text"], row.fact["measure"] or "", row.describe(), row.fact["fact_id"], row.source)
        yield f"| {' | '.join(markdown_cell(cell) for cell in cells)} |"


def _text(value: Any) -> str:
    return to_text(value) or "nothing"
