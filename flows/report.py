"""What a run did, as Markdown: the artifact of the flow run."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

from flows.ingesting import IngestReport

_MOST_REJECTS_SHOWN = 50


def render_report(report: IngestReport) -> str:
    """The counts of a run, its rejects by reason, and what to do about each of the first fifty."""
    lines = [
        f"# Ingest {report.run_id}",
        "",
        f"Database `{report.database}`, {report.seconds:.1f} seconds.",
        "",
        "| what | count |",
        "| --- | ---: |",
        *(f"| {name.name} | {getattr(report.counts, name.name):,} |" for name in fields(report.counts)),
    ]
    if report.rejects:
        reasons = Counter((reject.stage, reject.error) for reject in report.rejects)
        lines += ["", "## Rejects", "", *(f"- {count} × {stage}: {error}" for (stage, error), count in reasons.most_common())]
        lines += ["", "| source | what to do |", "| --- | --- |"]
        lines += [f"| {_cell(r.source)} | {_cell(r.message)} |" for r in report.rejects[:_MOST_REJECTS_SHOWN]]
        left = report.counts.rejected - _MOST_REJECTS_SHOWN
        if left > 0:
            lines += ["", f"{left:,} more are in the table `rejects`."]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """A text as one cell of a table, where nothing in it can end the cell or become markup."""
    escaped = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("`", "\\`")
    return " ".join(escaped.split())[:500]
