"""A sound database passes; each way to break it is found by the invariants that it breaks, and by no other."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.errors import StoreBusyError, StoreError
from pipeline.records import Article, Counts, Extraction, Reject
from pipeline.store import connect, load, note_seen, snapshot_path, start_run, update_run
from pipeline.store.checking import check, open_to_check
from pipeline.store.invariants import INVARIANTS
from tests.conftest import stub_extraction
from tests.store.test_connection import hold
from tests.store.test_copies import VERSIONS

Make = Callable[..., Extraction]
#: A character beyond the basic plane comes first: offsets count characters, not bytes or halves of surrogate pairs.
TEXT = "\U0001f4c8 China sold 120 (17 of them late) in 2024, more than 9."
LATE = TEXT.index("late")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Revisions, a copy, a conversion, a German article, a run with a reject: something for every invariant."""
    database = tmp_path_factory.mktemp("sound") / "facts.duckdb"

    def extraction_of(source: str, text: str, **columns: Any) -> Extraction:
        return stub_extraction(Article(source=source, text=text, **columns))

    with connect(database) as con:
        start_run(con, run_id="r1", model="m")
        both = extraction_of("b.txt", TEXT)
        first, second, *rest = both.facts
        converted = replace(
            both,
            facts=(
                first,
                replace(second, conversion_of=first.fact_id, measure="late", measure_start=LATE, measure_end=LATE + 4),
                *rest,
            ),
        )
        load(con, [extraction_of("a.txt", "It was 5."), extraction_of("a.txt", "It was 6 in 2023.")], run_id="r1")
        load(con, [converted], run_id="r1", rejects=[Reject(source="x", stage="read", error="ReadError", message="m")])
        load(con, [extraction_of("c.txt", VERSIONS[0], published_at=datetime(2025, 1, 1))], run_id="r1")
        load(con, [extraction_of("d.txt", VERSIONS[2])], run_id="r1")
        german = extraction_of("e.txt", "Die Exporte stiegen um 5 Prozent.", language="de")
        load(con, [Extraction(article=german.article)], run_id="r1")
        note_seen(con, {"a.txt": "a.txt"}, run_id="r1")
        update_run(con, run_id="r1", counts=Counts(), state="completed")
    return database


@pytest.fixture
def sound(original: Path, database: Path) -> Path:
    """A copy to be broken."""
    shutil.copyfile(original, database)
    return database


def broken(database: Path, *, whole: bool = True) -> dict[str, int]:
    with connect(database, read_only=True) as con:
        return {finding.name: finding.violations for finding in check(con, whole=whole).broken}


def test_a_sound_database_passes(sound: Path) -> None:
    assert broken(sound) == {}
    assert broken(sound, whole=False) == {}
    with connect(sound, read_only=True) as con:
        found = check(con, whole=True)
    assert found.is_sound
    assert len(found.findings) > len(INVARIANTS)
    assert {finding.name for finding in found.findings if finding.rows == 0} <= {
        "reviews.review_id is unique",
        "saved_queries.name is unique",
    }


def test_an_empty_database_passes() -> None:
    with connect(":memory:") as con:
        assert check(con).is_sound


A_FACT = "text = '120'"
OF_B = "document_id = (SELECT document_id FROM documents WHERE source = 'b.txt')"
CASES = {
    "a fact twice": (
        f"INSERT INTO facts SELECT * FROM facts WHERE {A_FACT}",
        {"facts.fact_id is unique": 1, "facts do not overlap": 1},
    ),
    "a sentence twice": (
        f"INSERT INTO sentences SELECT * FROM sentences WHERE {OF_B}",
        {"sentences.sentence_id is unique": 1, "sentences do not overlap": 1, "sentences.ordinal counts": 1},
    ),
    "a document twice": (
        "INSERT INTO documents SELECT * FROM documents WHERE source = 'e.txt'",
        {
            "documents.document_id is unique": 1,
            "documents have one current revision": 1,
            "documents have distinct revisions": 1,
        },
    ),
    "a run, a source, a wording twice": (
        "INSERT INTO runs FROM runs; INSERT INTO sources FROM sources; INSERT INTO wordings FROM wordings LIMIT 1",
        {"runs.run_id is unique": 1, "sources.source is unique": 1, "wordings.wording is unique": 1},
    ),
    "a changed kind": (f"UPDATE facts SET kind = 'percent' WHERE {A_FACT}", {"facts.fact_id is its hash": 1}),
    "a kind that is none": (
        f"UPDATE facts SET kind = 'gold' WHERE {A_FACT}",
        {"facts.fact_id is its hash": 1, "facts.kind is allowed": 1},
    ),
    "a changed text": (
        "UPDATE documents SET text = 'It was 7 in 2023.' WHERE source = 'a.txt' AND is_current",
        {
            "documents.document_id is its hash": 1,
            "documents.text_sha256 is its hash": 1,
            "facts slice back": 1,
            "sentences slice back": 1,
            "numbers slice back": 1,
            "wordings are those of the texts": 1,
        },
    ),
    "a longer text": (
        "UPDATE documents SET text = text || ' 8 or nine.' WHERE source = 'a.txt' AND is_current",
        {
            "documents.document_id is its hash": 1,
            "documents.text_sha256 is its hash": 1,
            "wordings are those of the texts": 1,
            "numbers count every digit": 1,
            "numbers hold every numeral": 2,
        },
    ),
    "a document gone": (
        "DELETE FROM documents WHERE source = 'a.txt' AND NOT is_current",
        {"facts have a document": 1, "sentences have a document": 1, "numbers have a document": 1},
    ),
    "a sentence gone": (
        f"DELETE FROM sentences WHERE {OF_B}",
        {
            "facts have a sentence": 3,
            "dates have a sentence": 1,
            "entities have a sentence": 1,
            "numbers have a sentence": 4,
        },
    ),
    "no current revision": (
        "UPDATE documents SET is_current = false WHERE source = 'a.txt'",
        {"documents have one current revision": 1},
    ),
    "an old current revision": (
        "UPDATE documents SET is_current = NOT is_current WHERE source = 'a.txt'",
        {"documents have the newest current": 1},
    ),
    "two of one revision": (
        "UPDATE documents SET revision = 2 WHERE source = 'a.txt'",
        {"documents have distinct revisions": 1},
    ),
    "a copy of nothing": (
        "UPDATE documents SET duplicate_of = 'x' WHERE source = 'd.txt'",
        {"documents.duplicate_of is an original": 1},
    ),
    "a copy of a later one": (
        "UPDATE documents SET published_at = '2026-01-01' WHERE source = 'c.txt';"
        "UPDATE documents SET published_at = '2025-01-01' WHERE source = 'd.txt'",
        {"documents.duplicate_of is an original": 1},
    ),
    "a copy of another story": (
        "UPDATE documents SET duplicate_of = (SELECT document_id FROM documents WHERE source = 'b.txt') WHERE source = 'd.txt'",
        {"copies tell one story": 1},
    ),
    "a wording gone": (
        "DELETE FROM wordings WHERE wording = (SELECT wording FROM documents WHERE source = 'e.txt')",
        {"documents.wording is in wordings": 1},
    ),
    "a changed signature": (
        "UPDATE wordings SET numerals = [1, 2] WHERE wording = (SELECT wording FROM documents WHERE source = 'e.txt')",
        {"wordings are those of the texts": 1},
    ),
    "a run gone": (
        "DELETE FROM runs",
        {"documents have a run": 6, "rejects have a run": 1},
    ),
    "a run without end": ("UPDATE runs SET finished_at = NULL", {"runs finish": 1}),
    "a state that is none": ("UPDATE runs SET state = 'asleep'", {"runs.state is allowed": 1}),
    "an ordinal": (f"UPDATE sentences SET ordinal = 3 WHERE {OF_B}", {"sentences.ordinal counts": 1}),
    "a fact moved": (
        f"UPDATE facts SET start_char = start_char + 1 WHERE {A_FACT}",
        {"facts slice back": 1, "facts.fact_id is its hash": 1},
    ),
    "a fact out of its sentence": (
        f"UPDATE sentences SET end_char = 20, text = text[:20] WHERE {OF_B}",
        {"facts lie in their sentence": 1, "sentences.sentence_id is its hash": 1},
    ),
    "a date moved": (
        f"UPDATE dates SET end_char = 3 WHERE {OF_B}",
        {"dates slice back": 1, "dates.date_id is its hash": 1, "numbers that are a date are explained": 1},
    ),
    "an entity moved": (
        f"UPDATE entities SET start_char = 1 WHERE {OF_B}",
        {"entities slice back": 1, "entities.entity_id is its hash": 1},
    ),
    "a value above its end": (f"UPDATE facts SET value_high = value - 1 WHERE {A_FACT}", {"facts.value is between its ends": 1}),
    "a value below its end": (f"UPDATE facts SET value_low = value + 1 WHERE {A_FACT}", {"facts.value is between its ends": 1}),
    "a conversion of another document's fact": (
        "UPDATE facts SET conversion_of = (SELECT min(fact_id) FROM facts WHERE document_id IN "
        "(SELECT document_id FROM documents WHERE source = 'c.txt')) WHERE conversion_of IS NOT NULL",
        {"facts.conversion_of is a fact": 1},
    ),
    "a conversion of itself": (
        "UPDATE facts SET conversion_of = fact_id WHERE conversion_of IS NOT NULL",
        {"facts.conversion_of is a fact": 1},
    ),
    "a measure with another span": (
        "UPDATE facts SET measure_start = 3 WHERE measure_start IS NOT NULL",
        {"facts.measure slices back": 1},
    ),
    "an entity outside": (
        f"UPDATE facts SET entity_start = 2, entity_end = 9999 WHERE {A_FACT}",
        {"facts.entity lies in the text": 1},
    ),
    "a confidence of two": (f"UPDATE facts SET confidence = 2 WHERE {A_FACT}", {"facts.confidence is a probability": 1}),
    "a period that ends first": (
        f"UPDATE facts SET period_start = '2025-01-01', period_end = '2024-01-01' WHERE {A_FACT}",
        {"facts.period_start is not after period_end": 1},
    ),
    "a fact of another run": (f"UPDATE facts SET run_id = 'r0' WHERE {A_FACT}", {"facts are of their document's run": 1}),
    "a numeral gone": (
        f"DELETE FROM numbers WHERE {OF_B} AND disposition = 'date'",
        {"numbers count every digit": 1, "numbers hold every numeral": 1},
    ),
    "a numeral that points elsewhere": (
        f"UPDATE numbers SET explained_by = (SELECT max(fact_id) FROM facts) WHERE {OF_B} AND disposition = 'date'",
        {"numbers that are a date are explained": 1},
    ),
    "an unexplained numeral that points": (
        f"UPDATE numbers SET disposition = 'unexplained' WHERE {OF_B} AND disposition = 'date'",
        {"numbers that are unexplained point nowhere": 1},
    ),
    "a column gone": ("ALTER TABLE rejects DROP COLUMN message", {"tables are those of the program": 1}),
}


@pytest.mark.parametrize("name", list(CASES))
def test_each_damage_is_found_and_nothing_else(sound: Path, name: str) -> None:
    sql, expected = CASES[name]
    with duckdb.connect(str(sound)) as con:
        con.execute(sql)
    assert broken(sound) == expected


def test_a_fact_that_is_gone_is_missed_by_its_numeral(sound: Path) -> None:
    with duckdb.connect(str(sound)) as con:
        con.execute("DELETE FROM facts WHERE conversion_of IS NOT NULL")
    assert broken(sound) == {"numbers that are a fact are explained": 1}


def test_what_older_rules_have_read_is_not_held_to_the_numerals_of_todays(sound: Path) -> None:
    with connect(sound) as con:
        load(con, [stub_extraction(Article(source="w", text="It was nine."))])
    assert broken(sound) == {"numbers hold every numeral": 1}
    with connect(sound) as con:
        con.execute("UPDATE documents SET pipeline_version = 'older'; UPDATE facts SET pipeline_version = 'older'")
    assert broken(sound) == {}


def test_a_damaged_file_is_a_violation_and_no_crash(sound: Path) -> None:
    """Bytes of the data are overwritten, not of the header: the blocks no longer have their checksums."""
    with connect(sound) as con:
        con.execute("CHECKPOINT")
    with open(sound, "r+b") as file:
        for offset in range(3 * 4096 + 100, os.path.getsize(sound) - 64, 262_144):
            file.seek(offset + 50_000 if offset + 50_000 < os.path.getsize(sound) - 64 else offset)
            file.write(b"\xff" * 32)
    with contextlib.suppress(StoreError):  # where the damage is in what is read first, the file does not even open
        assert broken(sound)


def test_a_check_of_a_copy_keeps_no_writer_out_and_publishes_it(sound: Path, extraction_of: Make) -> None:
    with open_to_check(sound) as con:
        with connect(sound, wait_seconds=0) as writer:
            load(writer, [extraction_of("z.txt", "It was 9.")])
        assert check(con).is_sound
    assert {path.name for path in sound.parent.iterdir()} == {"facts.duckdb", "facts.snapshot.duckdb"}
    snapshot_path(sound).unlink()
    with open_to_check(sound, snapshot=False):
        pass
    assert {path.name for path in sound.parent.iterdir()} == {"facts.duckdb"}


def test_a_writer_that_goes_on_is_said(sound: Path) -> None:
    with hold(sound, 20) as process:
        with pytest.raises(StoreBusyError), open_to_check(sound, wait_seconds=0.1):
            pass
        process.kill()
