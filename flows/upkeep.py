"""The nightly flows: is the database sound, and a verified copy of it."""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from pipeline.errors import StoreError
from pipeline.settings import load_settings
from pipeline.store import take_turn
from pipeline.store.backups import back_up
from pipeline.store.checking import Check, open_to_check
from pipeline.store.checking import check as ask_invariants


@flow(name="check", log_prints=False, persist_result=False)
def check(database: Path | None = None, whole: bool = False) -> None:
    """Ask every invariant of the store, on a copy; the run fails, and its artifact tells why, when one does not hold."""
    settings = load_settings(database=database)
    with open_to_check(settings.database, snapshot=settings.snapshot, wait_seconds=settings.lock_wait_seconds) as con:
        found = ask_invariants(con, whole=whole)
    create_markdown_artifact(key="check-report", markdown=render_check(found), description="Whether the database is sound")
    if not found.is_sound:
        raise StoreError(
            f"{settings.database} is not sound: {', '.join(finding.name for finding in found.broken)}. "
            f"See the artifact check-report, or: factledger check --database {settings.database}"
        )


@flow(name="backup", log_prints=False, persist_result=False)
def backup(database: Path | None = None, folder: Path | None = None, keep: int | None = None) -> Path:
    """Make a verified backup between two runs, and remove all but the newest ones."""
    settings = load_settings(database=database)
    with take_turn(settings.database, wait_seconds=settings.run_wait_seconds):
        made = back_up(
            settings.database, folder, keep=keep or settings.schedule.keep_backups, wait_seconds=settings.lock_wait_seconds
        )
    lines = ["# Backup", "", f"`{made.path}`, {made.size:,} bytes, SHA-256 `{made.sha256}`."]
    lines += [f"- removed: `{path}`" for path in made.removed]
    create_markdown_artifact(key="backup-report", markdown="\n".join(lines) + "\n", description="What was backed up")
    return made.path


def render_check(found: Check) -> str:
    """The findings of a check as Markdown, what does not hold first."""
    lines = ["# Check", "", "The database is sound." if found.is_sound else "The database is **not sound**.", ""]
    lines += ["| what must hold | rows | violations | such as |", "| --- | ---: | ---: | --- |"]
    for finding in sorted(found.findings, key=lambda finding: -finding.violations):
        examples = "; ".join(finding.examples).replace("|", "\\|").replace("\n", " ")[:500]
        lines.append(f"| {finding.meaning.replace('|', ' ')} | {finding.rows:,} | {finding.violations:,} | {examples} |")
    return "\n".join(lines) + "\n"
