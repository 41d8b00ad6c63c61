"""The reading side: many readers that never keep a writer out, and what is written seen at once."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.errors import QueryError, StoreBusyError, StoreError
from pipeline.records import Extraction
from pipeline.store import connect, load
from pipeline.store.replica import Replica
from pipeline.store.reviews import draw_sample, last_sample, next_of_sample, precision_by_kind, review_fact
from pipeline.store.room import Room
from pipeline.store.saved import delete_query, save_query, saved_queries

Make = Callable[..., Extraction]


@pytest.fixture
def filled(database: Path, extraction_of: Make) -> Path:
    with connect(database) as con:
        load(con, [extraction_of(f"a{i}.txt", f"In 2024 exports of China were {i} and {i + 50}.") for i in range(10, 30)])
    return database


@pytest.fixture
def room(filled: Path) -> Iterator[Room]:
    opened = Room(filled, wait_seconds=1.0, pause_seconds=0.0, patience_seconds=10.0)
    yield opened
    opened.close()


def count(room: Room, table: str = "room") -> int:
    with room.reading() as con:
        row = con.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row
    return int(row[0])


def any_fact(room: Room) -> str:
    with room.reading() as con:
        row = con.execute("SELECT fact_id FROM room ORDER BY fact_id LIMIT 1").fetchone()
    assert row
    return str(row[0])


def test_shows_what_another_process_wrote_since(room: Room, filled: Path, extraction_of: Make) -> None:
    assert count(room) == 40
    with connect(filled) as con:
        load(con, [extraction_of("new.txt", "In 2025 exports were 7 to 8.")])
    assert count(room) == 42
    assert room.as_of() is None


def test_leaves_the_file_to_a_writer_while_it_is_read(room: Room, filled: Path) -> None:
    with room.reading() as con:
        con.execute("SELECT * FROM room")
        with connect(filled, wait_seconds=0.0) as writer:
            assert writer.execute("SELECT count(*) FROM facts").fetchone() == (40,)


def test_shows_the_last_copy_while_a_writer_is_at_work(room: Room, filled: Path) -> None:
    assert count(room) == 40
    hold = "import sys, duckdb; con = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(filled)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        assert writer.stdin
        writer.stdout.readline()
        os.utime(filled)
        assert count(room) == 40
        assert room.path_to_query().exists()
        assert room.as_of() is not None
        with pytest.raises(StoreBusyError):
            room.write(lambda con: save_query(con, "a", "SELECT 1"))
        writer.stdin.close()


def test_says_that_there_is_no_database_and_finds_it_once_there_is(tmp_path: Path, filled: Path) -> None:
    room = Room(tmp_path / "later.duckdb", wait_seconds=0.5, pause_seconds=0.0)
    with pytest.raises(StoreError, match="factledger ingest"):
        count(room)
    (tmp_path / "later.duckdb").write_bytes(filled.read_bytes())
    assert count(room) == 40
    room.close()


def test_many_readers_and_a_writer_at_once(room: Room, filled: Path, extraction_of: Make) -> None:
    problems: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                assert count(room) >= 40
            except BaseException as error:
                problems.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(50)]
    for reader in readers:
        reader.start()
    try:
        for number in range(8):
            with connect(filled, wait_seconds=5.0) as con:
                load(con, [extraction_of(f"new{number}.txt", f"In 2025 exports were {number + 200}.")])
            time.sleep(0.05)
    finally:
        stop.set()
        for reader in readers:
            reader.join(timeout=30)
    assert problems == []
    assert count(room) == 48


def test_a_review_is_seen_at_once_wins_and_outlives_another_extraction(room: Room, filled: Path, extraction_of: Make) -> None:
    key = any_fact(room)
    room.review(lambda con: review_fact(con, key, verdict="corrected", corrections={"measure": "all exports", "unit": "USD"}))
    with room.reading() as con:
        seen = con.execute("SELECT measure, unit, review FROM room WHERE fact_id = ?", [key]).fetchone()
    assert seen == ("all exports", "USD", "corrected")
    with connect(filled) as con:
        load(con, [extraction_of(f"a{i}.txt", f"In 2024 exports of China were {i} and {i + 50}.") for i in range(10, 30)])
        assert con.execute("SELECT measure, unit FROM facts_with_source WHERE fact_id = ?", [key]).fetchone() == (
            "all exports",
            "USD",
        )
        assert con.execute("SELECT measure FROM facts WHERE fact_id = ?", [key]).fetchone() == ("exports",)


def test_reviews_are_only_added_and_the_newest_counts(room: Room, filled: Path) -> None:
    key = any_fact(room)
    for verdict, shown in (("accepted", 40), ("rejected", 39), ("withdrawn", 40), ("rejected", 39)):
        room.review(lambda con, verdict=verdict: review_fact(con, key, verdict=verdict))
        assert count(room) == shown
    with connect(filled, read_only=True) as con:
        assert con.execute("SELECT verdict FROM reviews ORDER BY reviewed_at").fetchall() == [
            ("accepted",),
            ("rejected",),
            ("withdrawn",),
            ("rejected",),
        ]
        assert con.execute("SELECT count(*) FROM facts_with_source").fetchone() == (39,)


def test_a_correction_that_changes_nothing_is_an_acceptance(room: Room) -> None:
    key = any_fact(room)
    row = room.review(lambda con: review_fact(con, key, verdict="corrected", corrections={"measure": "exports"}))
    assert (row["verdict"], row["changed"]) == ("accepted", [])


@pytest.mark.parametrize(
    ("fact", "verdict", "corrections", "error"),
    [("none", "accepted", {}, StoreError), ("", "maybe", {}, QueryError), ("", "corrected", {"fact_id": "x"}, QueryError)],
)
def test_a_review_that_cannot_be_is_refused(
    room: Room, fact: str, verdict: str, corrections: dict, error: type[Exception]
) -> None:
    key = fact or any_fact(room)
    with pytest.raises(error):
        room.review(lambda con: review_fact(con, key, verdict=verdict, corrections=corrections))  # type: ignore[arg-type]
    assert count(room, "reviews") == 0


def test_a_sample_is_random_and_its_first_part_is_too(room: Room) -> None:
    first = room.write(lambda con: draw_sample(con, each=5))
    second = room.write(lambda con: draw_sample(con, each=5))
    with room.reading() as con:
        members = [
            {row[0] for row in con.execute("SELECT fact_id FROM review_samples WHERE sample_id = ?", [s]).fetchall()}
            for s in (first, second)
        ]
        assert last_sample(con) == second
    assert [len(each) for each in members] == [5, 5]
    assert members[0] != members[1]


def test_precision_counts_what_is_as_its_reviewer_left_it(room: Room) -> None:
    sample = room.write(lambda con: draw_sample(con, each=4))
    for verdict in ("accepted", "corrected", "rejected"):
        with room.reading() as con:
            upcoming = next_of_sample(con, sample)
        assert upcoming
        corrections = {"measure": "other"} if verdict == "corrected" else {}
        room.review(lambda con, v=verdict, k=upcoming["fact_id"], c=corrections: review_fact(con, k, verdict=v, corrections=c))
    with room.reading() as con:
        (money,) = precision_by_kind(con, sample)
    assert (money.drawn, money.judged, money.right, money.population) == (4, 3, 1, 40)


def test_a_correction_that_is_read_by_itself_later_counts_as_right(room: Room, filled: Path) -> None:
    sample = room.write(lambda con: draw_sample(con, each=1))
    with room.reading() as con:
        upcoming = next_of_sample(con, sample)
    assert upcoming
    room.review(lambda con: review_fact(con, upcoming["fact_id"], verdict="corrected", corrections={"measure": "imports"}))
    with connect(filled) as con:
        con.execute("UPDATE facts SET measure = 'imports' WHERE fact_id = ?", [upcoming["fact_id"]])
        assert precision_by_kind(con, sample)[0].right == 1


def test_queries_are_kept_one_a_name(room: Room) -> None:
    room.write(lambda con: save_query(con, "  mine  ", "SELECT 1"))
    room.write(lambda con: save_query(con, "mine", "SELECT 2"))
    with room.reading() as con:
        assert [(row["name"], row["sql"]) for row in saved_queries(con)] == [("mine", "SELECT 2")]
    room.write(lambda con: delete_query(con, "mine"))
    assert count(room, "saved_queries") == 0


def test_a_copy_is_made_once_and_removed_at_the_end(filled: Path) -> None:
    replica = Replica(filled, wait_seconds=1.0)
    first = replica.newest()
    assert replica.newest() is first
    for _ in range(5):
        os.utime(filled)
        replica.newest()
    folder = first.path.parent
    assert len(list(folder.glob("*.duckdb"))) == 3
    replica.close()
    assert not folder.exists()
