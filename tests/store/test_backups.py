"""Backups come back as they were; what does not verify is neither kept nor restored, and nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.errors import StoreBusyError, StoreError
from pipeline.records import Extraction
from pipeline.store import connect, load, take_turn
from pipeline.store.backups import back_up, checksum_path, list_backups, restore
from pipeline.store.connection import SCHEMA_VERSION
from tests.store.test_connection import hold
from tests.store.test_migration import make_older

Make = Callable[..., Extraction]


@pytest.fixture
def filled(database: Path, extraction_of: Make) -> Path:
    with connect(database) as con:
        load(con, [extraction_of("a.txt", "China sold 120 in 2024.")])
    return database


def add(database: Path, extraction: Extraction) -> None:
    with connect(database) as con:
        load(con, [extraction])


def sources(database: Path) -> list[Any]:
    with connect(database) as con:
        return con.execute("SELECT source FROM documents ORDER BY 1").fetchall()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_backup_comes_back(filled: Path, extraction_of: Make) -> None:
    made = back_up(filled)
    assert made.path.parent == filled.parent / "backups"
    assert made.path.name.endswith(f"-v{SCHEMA_VERSION}.duckdb")
    assert checksum_path(made.path).read_text() == f"{made.sha256}  {made.path.name}\n"
    add(filled, extraction_of("b.txt", "China sold 7."))
    done = restore(made.path, filled)
    assert sources(filled) == [("a.txt",)]
    assert done.kept is not None
    assert sources(done.kept) == [("a.txt",), ("b.txt",)]
    add(filled, extraction_of("c.txt", "China sold 8."))
    assert sources(filled) == [("a.txt",), ("c.txt",)]
    assert names(filled.parent) == {"facts.duckdb", "backups", done.kept.name, ".facts.duckdb.turn"}


def test_a_backup_comes_back_where_there_is_nothing(filled: Path) -> None:
    made = back_up(filled)
    elsewhere = filled.parent / "new" / "other.duckdb"
    assert restore(made.path, elsewhere).kept is None
    assert sources(elsewhere) == [("a.txt",)]


def test_only_the_newest_are_kept_and_only_of_this_database(filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "to"
    folder.mkdir()
    others = ["facts-20200101T000000Z-v4.txt", "other-20200101T000000Z-v4.duckdb", "facts-mine.duckdb"]
    old = [f"facts-2020010{day}T000000Z-v3.duckdb" for day in (1, 2, 3)]
    for name in (*others, *old, old[0] + ".sha256"):
        (folder / name).write_text("")
    made = back_up(filled, folder, keep=2)
    assert [path.name for path in made.removed] == old[:2]
    assert list_backups(folder, filled) == [folder / old[2], made.path]
    assert names(folder) == {*others, old[2], made.path.name, made.path.name + ".sha256"}


def test_of_an_unsound_database_no_backup_is_made_and_none_removed(filled: Path) -> None:
    first = back_up(filled).path
    with duckdb.connect(str(filled)) as con:
        con.execute("UPDATE facts SET start_char = 0")
    with pytest.raises(StoreError, match=r"no backup was made.*facts slice back"):
        back_up(filled, keep=1)
    assert names(first.parent) == {first.name, checksum_path(first).name}


def alter(backup: Path) -> None:
    with open(backup, "r+b") as file:
        file.seek(-100, 2)
        file.write(b"x")


def unsound(backup: Path) -> None:
    import hashlib

    with duckdb.connect(str(backup)) as con:
        con.execute("DELETE FROM sentences")
    checksum_path(backup).write_text(hashlib.sha256(backup.read_bytes()).hexdigest())


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda path: path.unlink(), "no such file"),
        (lambda path: checksum_path(path).unlink(), "no checksum"),
        (lambda path: checksum_path(path).write_text(""), "checksum is another"),
        (alter, "checksum is another"),
        (unsound, "facts have a sentence"),
    ],
)
def test_what_does_not_verify_is_refused_and_nothing_changed(
    filled: Path, extraction_of: Make, damage: Callable[[Path], object], message: str
) -> None:
    made = back_up(filled)
    add(filled, extraction_of("b.txt", "China sold 7."))
    damage(made.path)
    with pytest.raises(StoreError, match=message):
        restore(made.path, filled)
    assert sources(filled) == [("a.txt",), ("b.txt",)]
    assert names(filled.parent) == {"facts.duckdb", "backups", ".facts.duckdb.turn"}


def test_a_damaged_database_can_be_replaced(filled: Path) -> None:
    made = back_up(filled)
    filled.write_bytes(b"no database at all" * 1000)
    filled.with_name("facts.duckdb.wal").write_bytes(b"its log")
    done = restore(made.path, filled)
    assert sources(filled) == [("a.txt",)]
    assert done.kept is not None
    assert done.kept.read_bytes().startswith(b"no database")
    assert done.kept.with_name(done.kept.name + ".wal").read_bytes() == b"its log"


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(filled: Path) -> None:
    import hashlib

    made = back_up(filled).path
    make_older(made, "3")
    checksum_path(made).write_text(hashlib.sha256(made.read_bytes()).hexdigest())
    restore(made, filled)
    with connect(filled, read_only=True) as con:
        assert con.execute("SELECT value FROM store_info").fetchall() == [(SCHEMA_VERSION,)]


def test_a_database_in_use_is_not_replaced(filled: Path) -> None:
    made = back_up(filled)
    with hold(filled, 20) as process:
        with pytest.raises(StoreBusyError):
            restore(made.path, filled, wait_seconds=0.1)
        process.kill()
    with take_turn(filled, wait_seconds=0), pytest.raises(StoreBusyError, match="Another run"):
        restore(made.path, filled, wait_seconds=0.1)
    assert sources(filled) == [("a.txt",)]


def test_a_folder_that_cannot_be_written_is_said(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="Check the space and the permissions"):
        back_up(filled, tmp_path / "file" / "below")
