"""``check``, ``backup`` and ``restore``: whether the database is sound, and copies of it that are."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import typer

from pipeline.cli.output import Format, print_json, print_rows, printable
from pipeline.settings import load_settings
from pipeline.store import publish_if_possible
from pipeline.store.backups import back_up, restore
from pipeline.store.checking import check, open_to_check


def check_database(*, database: Path | None, whole: bool, as_json: bool) -> bool:
    """Print what every invariant gave, and return whether all of them hold."""
    settings = load_settings(database=database)
    with open_to_check(settings.database, snapshot=settings.snapshot, wait_seconds=settings.lock_wait_seconds) as con:
        found = check(con, whole=whole)
    if as_json:
        print_json(
            {"database": str(settings.database), "sound": found.is_sound, "invariants": [asdict(f) for f in found.findings]}
        )
        return found.is_sound
    columns = ("invariant", "what must hold", "rows", "violations")
    print_rows(columns, [[f.name, f.meaning, f.rows, f.violations] for f in found.findings], Format.TABLE)
    for finding in found.broken:
        for example in finding.examples:
            typer.echo(f"{finding.name}: {printable(example)}", err=True)
        if finding.violations > len(finding.examples):
            typer.echo(f"{finding.name}: … and {finding.violations - len(finding.examples):,} more", err=True)
    if found.is_sound:
        typer.echo(f"{settings.database} is sound: {len(found.findings)} invariants hold.")
    else:
        typer.echo(
            f"{settings.database} is not sound: {len(found.broken)} of {len(found.findings)} invariants do not hold. "
            "The last backup can be put in its place with: factledger restore FILE",
        )
    return found.is_sound


def make_backup(*, database: Path | None, folder: Path | None, keep: int | None) -> None:
    """Make a backup and print where it is."""
    settings = load_settings(database=database)
    made = back_up(settings.database, folder, keep=keep, wait_seconds=settings.lock_wait_seconds)
    typer.echo(f"{made.path} ({made.size / 1e6:,.1f} MB), verified, SHA-256 {made.sha256}")
    for path in made.removed:
        typer.echo(f"removed {path}", err=True)


def restore_backup(backup: Path, *, database: Path | None) -> None:
    """Put a backup in the place of the database and print what became of the replaced file."""
    settings = load_settings(database=database)
    done = restore(backup, settings.database, wait_seconds=settings.lock_wait_seconds)
    if settings.snapshot and (failure := publish_if_possible(settings.database, wait_seconds=settings.lock_wait_seconds)):
        typer.echo(failure, err=True)
    typer.echo(f"{done.database} is {backup} now.")
    if done.kept is not None:
        typer.echo(f"What it was is kept as {done.kept}; remove that when nothing is missed.")
