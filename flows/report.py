"""What a run did, as Markdown: the artifact of the flow run, and what ``runs.report`` keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from pipeline.plain import format_decimal
from pipeline.records import Counts, Reject
from pipeline.store import Changes, News, Record

_MOST_REJECTS_SHOWN = 50
_MOST_SOURCES_SHOWN = 20
_MOST_CHANGES_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What a run did. ``rejects`` holds the first thousand; ``counts.rejected`` counts them all.

    ``news`` is what it brought, ``crashed`` names the runs that were killed and whose work it took up.
    """

    run_id: str
    database: Path
    counts: Counts
    rejects: tuple[Reject, ...]
    seconds: float
    news: News = field(default_factory=News)
    crashed: tuple[str, ...] = ()


def render_report(report: IngestReport) -> str:
    """The counts of a run, what it brought, what changed, and its rejects with what to do about each of the first fifty."""
    counts = {name.name: getattr(report.counts, name.name) for name in fields(report.counts)}
    lines = report_head(f"Ingest {report.run_id}", report.database, report.seconds, counts)
    if report.crashed:
        lines += ["", f"It took up the work of runs that were killed: {', '.join(report.crashed)}."]
    if report.counts.not_english:
        lines += ["", f"{report.counts.not_english:,} articles are not in English: kept, marked, and not extracted."]
    lines += [*_articles(report.news), *_largest(report.news), *_revised(report.news), *_rejects(report)]
    return "\n".join(lines) + "\n"


def report_head(title: str, database: Path, seconds: float, counts: Mapping[str, int]) -> list[str]:
    """The lines that the report of any run begins with: what it was, and a table of what it counted."""
    table = (f"| {what} | {count:,} |" for what, count in counts.items())
    return [f"# {title}", "", f"Database `{database}`, {seconds:.1f} seconds.", "", "| what | count |", "| --- | ---: |", *table]


def reject_table(rejects: Sequence[Reject]) -> Iterator[str]:
    """The first fifty rejects, each with what to do about it."""
    yield from ("", "| source | what to do |", "| --- | --- |")
    yield from (f"| {markdown_cell(r.source)} | {markdown_cell(r.message)} |" for r in rejects[:_MOST_REJECTS_SHOWN])


def _articles(news: News) -> Iterator[str]:
    if news.articles:
        yield from ("", "## What came in", "", "| article | published | figures |", "| --- | --- | ---: |")
    for row in news.articles:
        published = f"{row['published_at']:%Y-%m-%d}" if row["published_at"] else ""
        name = markdown_cell(row["title"] or row["source"]) + (f" (revision {row['revision']})" if row["revision"] > 1 else "")
        yield f"| {name} | {published} | {row['facts']:,} |"


def _largest(news: News) -> Iterator[str]:
    if news.largest:
        yield from ("", "## The largest new figure of each unit", "", "| figure | what | of | for | source |")
        yield "| ---: | --- | --- | --- | --- |"
    for row in news.largest:
        period = " to ".join(dict.fromkeys(f"{day}" for day in (row["period_start"], row["period_end"]) if day))
        cells = (describe_value(row), row["measure"] or "", row["entity"] or "", period, row["source"])
        yield f"| {' | '.join(markdown_cell(cell) for cell in cells)} |"


def _revised(news: News) -> Iterator[str]:
    if news.revised:
        yield from ("", "## What new texts say otherwise")
    for source, changes in news.revised[:_MOST_SOURCES_SHOWN]:
        yield from ("", f"**{markdown_cell(source)}**: {count_changes(changes)}", "")
        lines = list(describe_changes(changes))
        yield from (f"- {markdown_cell(line)}" for line in lines[:_MOST_CHANGES_SHOWN])
        if len(lines) > _MOST_CHANGES_SHOWN:
            yield f"- and {len(lines) - _MOST_CHANGES_SHOWN:,} more"
    if len(news.revised) > _MOST_SOURCES_SHOWN:
        yield from ("", f"The facts of {len(news.revised) - _MOST_SOURCES_SHOWN:,} more articles differ.")


def _rejects(report: IngestReport) -> Iterator[str]:
    if not report.rejects:
        return
    reasons = Counter((reject.stage, reject.error) for reject in report.rejects)
    yield from ("", "## Rejects", "", *(f"- {count} × {stage}: {error}" for (stage, error), count in reasons.most_common()))
    yield from reject_table(report.rejects)
    left = report.counts.rejected - _MOST_REJECTS_SHOWN
    if left > 0:
        yield from ("", f"{left:,} more are in the table `rejects`.")


def count_changes(changes: Changes) -> str:
    """How many facts appeared, vanished and changed, in words."""
    return f"{len(changes.appeared)} facts appeared, {len(changes.vanished)} vanished, {len(changes.changed)} changed"


def describe_changes(changes: Changes) -> Iterator[str]:
    """Each change on a line: first what changed, then what appeared, then what vanished."""
    for before, after in changes.changed:
        names = ("measure", "entity", "period_start", "period_end", "role", "direction", "status", "attribution")
        other = ", ".join(f"{name} {before[name]} → {after[name]}" for name in names if before[name] != after[name])
        values = "" if describe_value(before) == describe_value(after) else f"{describe_value(before)} → {describe_value(after)}"
        about = f"{after['measure'] or after['text']}: "
        yield "changed: " + about + ", ".join(part for part in (values, other) if part)
    for word, facts in (("appeared", changes.appeared), ("vanished", changes.vanished)):
        for fact in facts:
            yield f"{word}: {fact['measure'] or fact['text']}: {describe_value(fact)}"


def describe_value(fact: Record | Any) -> str:
    """A value with its unit."""
    return f"{format_decimal(fact['value'], separators=True)} {fact['unit']}"


def markdown_cell(text: str) -> str:
    """A text as one cell of a table, where nothing in it can end the cell or become markup."""
    escaped = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("`", "\\`")
    return " ".join(escaped.split())[:500]
