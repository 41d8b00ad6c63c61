"""The database itself: whether it is sound, and copies of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.command import AsJson, Database, command


@command
def check(
    database: Database = None,
    whole: Annotated[
        bool, typer.Option("--all", help="Recompute ids and numerals of every document, not of some thousand.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check that the database is sound: every invariant, one a line, with the rows at fault.

    Offsets slice back, keys are unique and lead somewhere, every source has one current revision, every numeral is
    accounted for, ids are the hashes that they should be. Exit code 0 when all holds, 1 when something does not.

    \b
    Examples:
      factledger check
      factledger check --all --json > check.json
    """
    from pipeline.cli.upkeep import check_database

    if not check_database(database=database, whole=whole, as_json=as_json):
        raise typer.Exit(1)


@command
def backup(
    database: Database = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", file_okay=False, help="Folder [default: backups beside the database]")
    ] = None,
    keep: Annotated[
        int | None, typer.Option("--keep", min=1, metavar="N", help="Remove all but the newest N backups of this database.")
    ] = None,
) -> None:
    """Make a backup: a checked copy of the database, with its checksum beside it.

    The time and the version of the schema are in its name. A database that is not sound gives no backup, and the older
    ones stay.

    \b
    Examples:
      factledger backup
      factledger backup --to /mnt/archive --keep 14
    """
    from pipeline.cli.upkeep import make_backup

    make_backup(database=database, folder=to, keep=keep)


@command
def restore(
    backup: Annotated[Path, typer.Argument(metavar="FILE", help="A backup, with its .sha256 beside it.")],
    database: Database = None,
) -> None:
    """Put a backup in the place of the database; the file that is replaced is kept.

    A backup that has not its checksum, or does not pass the check, is refused, and nothing is changed.

    \b
    Examples:
      factledger restore outputs/backups/factledger-20250901T020000Z-v4.duckdb
    """
    from pipeline.cli.upkeep import restore_backup

    restore_backup(backup, database=database)
