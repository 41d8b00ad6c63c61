"""Backups: verified copies of the database with the time and the version of the schema in their names, and the way back.

A backup is a copy of the file, made while nobody writes, that was checked as ``factledger check`` does; beside it is its
checksum as ``sha256sum --check`` reads it. What does not verify becomes no backup, and is not restored.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipeline.errors import StoreBusyError, StoreError
from pipeline.store.checking import Check, check
from pipeline.store.connection import SCHEMA_VERSION, connect
from pipeline.store.process import LOCK_WAIT_SECONDS
from pipeline.store.publishing import copy_database
from pipeline.store.turn import take_turn

_STAMP = "%Y%m%dT%H%M%SZ"
_STAMPED = r"-\d{8}T\d{6}Z-v\d+"
_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup: where it is, how large, its SHA-256, and which older ones were removed for it."""

    path: Path
    size: int
    sha256: str
    removed: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore did: the file that was replaced is kept as ``kept`` (None where there was none)."""

    database: Path
    kept: Path | None


def backup_folder(database: Path) -> Path:
    """Where backups go unless somebody says otherwise: ``backups`` beside the database."""
    return database.parent / "backups"


def back_up(
    database: Path, folder: Path | None = None, *, keep: int | None = None, wait_seconds: float = LOCK_WAIT_SECONDS
) -> Backup:
    """Make a verified backup in ``folder``, and remove all but the newest ``keep`` of this database (None: none is removed).

    Raises ``StoreError`` when the database is not sound, or the copy cannot be written; no older backup is removed then.
    """
    target = folder or backup_folder(database)
    name = f"{database.stem}-{datetime.now(UTC).strftime(_STAMP)}-v{SCHEMA_VERSION}{database.suffix}"
    path, temporary = target / name, target / f".{name}.{os.getpid()}.tmp"
    with _explained(target), _removed_at_the_end(temporary):
        target.mkdir(parents=True, exist_ok=True)
        copy_database(database, temporary, wait_seconds=wait_seconds)
        _require_sound(temporary, f"{database} is not sound, and no backup was made of it. Older backups stay.")
        digest = _sha256(temporary)
        _write_checksum(path, digest)
        os.replace(temporary, path)
        removed = _remove_all_but(target, database, keep) if keep is not None else ()
    return Backup(path=path, size=path.stat().st_size, sha256=digest, removed=removed)


def list_backups(folder: Path, database: Path) -> list[Path]:
    """The backups of a database in a folder, the oldest first."""
    pattern = re.compile(re.escape(database.stem) + _STAMPED + re.escape(database.suffix))
    return sorted(path for path in folder.iterdir() if pattern.fullmatch(path.name)) if folder.is_dir() else []


def restore(backup: Path, database: Path, *, wait_seconds: float = LOCK_WAIT_SECONDS) -> Restored:
    """Put a backup in the place of ``database``, once it is verified; the replaced file is kept beside it.

    Raises ``StoreError``, and changes nothing, when the backup is not what was backed up, or is not sound.
    """
    temporary = database.with_name(f".{database.name}.{os.getpid()}.restore.tmp")
    with take_turn(database, wait_seconds=wait_seconds), _explained(database.parent), _removed_at_the_end(temporary):
        _verify_checksum(backup)
        database.parent.mkdir(parents=True, exist_ok=True)
        _copy_file(backup, temporary)
        _require_sound(temporary, f"{backup} is not sound, and was not restored. Take an older one.")
        with _locked(database, wait_seconds=wait_seconds):
            kept = _keep(database) if database.exists() else None
            os.replace(temporary, database)
    return Restored(database=database, kept=kept)


def checksum_path(backup: Path) -> Path:
    """Where the checksum of a backup is: beside it, with ``.sha256`` at the end of its name."""
    return backup.with_name(backup.name + ".sha256")


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """An error of the system as one of ours."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"{error.filename or folder}: {reason}. Check the space and the permissions there.") from error


@contextmanager
def _removed_at_the_end(temporary: Path) -> Iterator[None]:
    try:
        yield
    finally:
        for path in (temporary, _log_of(temporary)):
            path.unlink(missing_ok=True)


def _require_sound(database: Path, complaint: str) -> None:
    with connect(database, wait_seconds=0) as con:  # also brings a file of an earlier version up to date
        found = check(con)
    if not found.is_sound:
        raise StoreError(f"{complaint} {_describe(found)} All of it: factledger check")


def _describe(found: Check) -> str:
    broken = [f"{each.name} ({each.violations:,} times)" for each in found.broken[:_SHOWN]]
    return f"What does not hold: {'; '.join(broken)}{' …' if len(found.broken) > _SHOWN else ''}."


def _verify_checksum(backup: Path) -> None:
    if not backup.is_file():
        raise StoreError(f"{backup}: there is no such file. Backups are made by: factledger backup")
    try:
        wanted = checksum_path(backup).read_text(encoding="ascii").split()[:1]
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            f"{backup} has no checksum that can be read ({checksum_path(backup).name}), so it cannot be verified and was not "
            "restored. Put the one that was made with it beside it."
        ) from error
    if wanted != [_sha256(backup)]:
        raise StoreError(f"{backup} is not what was backed up: its checksum is another. It was not restored; take an older one.")


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_checksum(backup: Path, digest: str) -> None:
    path = checksum_path(backup)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with _removed_at_the_end(temporary):
        temporary.write_text(f"{digest}  {backup.name}\n", encoding="ascii")
        os.replace(temporary, path)


def _remove_all_but(folder: Path, database: Path, keep: int) -> tuple[Path, ...]:
    old = list_backups(folder, database)
    old = old[: max(0, len(old) - keep)]
    for path in old:
        path.unlink()
        checksum_path(path).unlink(missing_ok=True)
    return tuple(old)


def _copy_file(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with open(target, "rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _locked(database: Path, *, wait_seconds: float) -> Iterator[None]:
    """Keep every other process out of a database while it is replaced; one that cannot even be opened is in nobody's use."""
    if not database.exists():
        yield
        return
    try:
        con = connect(database, wait_seconds=wait_seconds)
        con.execute("CHECKPOINT")
    except StoreBusyError:
        raise
    except (StoreError, duckdb.Error):
        yield
        return
    try:
        yield
    finally:
        con.close()


def _keep(database: Path) -> Path:
    """Give the file, and its log, a second name under which it is kept when another takes the first."""
    stamp = datetime.now(UTC).strftime(_STAMP)
    kept = database.with_name(f"{database.stem}.replaced-{stamp}{database.suffix}")
    number = 1
    while kept.exists():
        number += 1
        kept = database.with_name(f"{database.stem}.replaced-{stamp}-{number}{database.suffix}")
    if _log_of(database).exists():
        os.replace(_log_of(database), _log_of(kept))
    try:
        os.link(database, kept)  # so that there is a database at every moment
    except OSError:
        os.replace(database, kept)
    return kept


def _log_of(database: Path) -> Path:
    return database.with_name(database.name + ".wal")
