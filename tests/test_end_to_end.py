"""The whole way with the real model: from the corpus and from hostile files to a database whose every invariant holds."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from flows.ingesting import IngestReport, run_ingest
from pipeline.records import make_id
from pipeline.store import Record, connect, fetch_records
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

KEYS = {"sentences": "sentence_id", "facts": "fact_id", "dates": "date_id", "entities": "entity_id", "numbers": "number_id"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A working directory with the sample articles and some hostile files."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "corpus").mkdir()
    for path in (ROOT / "corpus").iterdir():
        if path.is_file():
            shutil.copy(path, folder / "corpus")
    bad = folder / "bad"
    bad.mkdir()
    (bad / "binary.txt").write_bytes(bytes(range(256)) * 100)
    (bad / "digits.txt").write_text("7" * 50_000_000)
    (bad / "empty.txt").write_text("")
    (bad / "latin.txt").write_bytes("The café’s sales rose 5% to £3m in 2024.".encode("cp1252"))
    (bad / "many.txt").write_text(" ".join(str(number) for number in range(500)))
    (bad / "odd.txt").write_text(
        "\u202eSales\u200b rose\xa05 %\u2028to $3\u2009bn\x85in 2024 😀 １２３ ٣٤٥ ²³ ½ Ⅳ.\r\n\r\n\x0b1. Ⅳ"
    )
    (bad / "one_character.txt").write_text("5")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield folder


@pytest.fixture(scope="module")
def report(home: Path) -> IngestReport:
    return run_ingest(["corpus", "bad"], database=Path("facts.duckdb"))


@pytest.fixture
def con(report: IngestReport) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(report.database, read_only=True) as connection:
        yield connection


def documents(con: duckdb.DuckDBPyConnection) -> dict[str, Record]:
    return {row["document_id"]: row for row in fetch_records(con, "SELECT * FROM documents")}


def test_good_files_become_documents_and_bad_ones_rejects(report: IngestReport, con: duckdb.DuckDBPyConnection) -> None:
    assert {reject.source for reject in report.rejects} == {"bad/binary.txt", "bad/digits.txt", "bad/empty.txt"}
    assert {reject.stage for reject in report.rejects} == {"read"}
    assert report.counts.new == report.counts.read
    texts = {row["source"]: row["text"] for row in documents(con).values()}
    for path in Path("corpus").glob("c0*.txt"):
        assert texts[path.as_posix()] == path.read_bytes().decode()
    assert texts["bad/latin.txt"].endswith("rose 5% to £3m in 2024.")


@pytest.mark.parametrize("table", KEYS)
def test_every_row_slices_back_and_has_its_document_its_sentence_and_a_key_of_its_own(
    con: duckdb.DuckDBPyConnection, table: str
) -> None:
    texts = {document_id: row["text"] for document_id, row in documents(con).items()}
    sentences = {row["sentence_id"]: row for row in fetch_records(con, "SELECT * FROM sentences")}
    rows = fetch_records(con, f"SELECT * FROM {table}")
    assert rows
    assert len({row[KEYS[table]] for row in rows}) == len(rows)
    for row in rows:
        assert texts[row["document_id"]][row["start_char"] : row["end_char"]] == row["text"] != ""
        assert sentences[row["sentence_id"]]["document_id"] == row["document_id"]


def test_spans_of_parts_lie_in_the_text(con: duckdb.DuckDBPyConnection) -> None:
    texts = {document_id: row["text"] for document_id, row in documents(con).items()}
    for fact in fetch_records(con, "SELECT * FROM facts WHERE measure_start IS NOT NULL"):
        assert texts[fact["document_id"]][fact["measure_start"] : fact["measure_end"]] == fact["measure"]
    [count] = fetch_records(
        con, "SELECT count(*) AS n FROM facts WHERE entity_start >= entity_end OR measure_start >= measure_end"
    )
    assert count == {"n": 0}


def test_no_character_lies_in_two_sentences(con: duckdb.DuckDBPyConnection) -> None:
    rows = fetch_records(con, "SELECT document_id, start_char, end_char FROM sentences ORDER BY ALL")
    for one, next_one in pairwise(rows):
        assert one["document_id"] != next_one["document_id"] or one["end_char"] <= next_one["start_char"]


def test_what_points_somewhere_points_to_a_row(con: duckdb.DuckDBPyConnection) -> None:
    ids = {row[key] for table, key in KEYS.items() for row in fetch_records(con, f"SELECT {key} FROM {table}")}
    pointers = fetch_records(
        con,
        """SELECT explained_by AS target FROM numbers WHERE explained_by IS NOT NULL
           UNION ALL SELECT conversion_of FROM facts WHERE conversion_of IS NOT NULL""",
    )
    assert pointers
    assert all(row["target"] in ids for row in pointers)


def test_every_run_of_digits_has_its_account(con: duckdb.DuckDBPyConnection) -> None:
    covered = {(row["document_id"], row["start_char"]): row["end_char"] for row in fetch_records(con, "SELECT * FROM numbers")}
    for document_id, row in documents(con).items():
        text, position = row["text"], 0
        while position < len(text):
            end = covered.get((document_id, position))
            if end is not None:
                position = end
                continue
            assert text[position] not in "0123456789", (row["source"], position, text[max(0, position - 20) : position + 20])
            position += 1


def test_the_place_that_a_name_belongs_to_can_be_asked_for(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute("SELECT name, label FROM names_with_source WHERE place = 'China'").fetchall()
    assert {"China", "Beijing", "Shanghai"} <= {name for name, _ in rows}
    assert {label for _, label in rows} <= {"GPE", "LOC", "NORP"}
    assert con.execute("SELECT count(*) FROM entities WHERE label = 'PERSON' AND place IS NOT NULL").fetchone() == (0,)


def test_ids_are_hashes_of_what_the_rows_say(con: duckdb.DuckDBPyConnection) -> None:
    for document_id, row in documents(con).items():
        assert document_id == make_id("document", row["source"], row["text"])
    for fact in fetch_records(con, "SELECT * FROM facts"):
        assert fact["fact_id"] == make_id("fact", fact["document_id"], fact["kind"], fact["start_char"], fact["end_char"])


def test_rows_are_the_same_in_other_batches_and_orders(report: IngestReport, home: Path) -> None:
    other = Path("other.duckdb")
    paths = [path.as_posix() for path in sorted(Path("corpus").glob("c0[1-5]*"), reverse=True) if ".meta" not in path.name]
    run_ingest(paths, database=other, batch_size=1)

    def rows(database: Path) -> list[Record]:
        with connect(database, read_only=True) as con:
            found = fetch_records(con, "SELECT * EXCLUDE (run_id) FROM facts ORDER BY ALL")
            return [row for row in found if row["document_id"] in wanted]

    with connect(other, read_only=True) as con:
        wanted = set(documents(con))
    assert rows(other) == rows(report.database)
    assert wanted


def test_the_second_time_takes_no_model_and_changes_nothing(report: IngestReport, home: Path) -> None:
    started = time.monotonic()
    again = run_ingest(["corpus", "bad"], database=report.database)
    assert (again.counts.unchanged, again.counts.facts) == (report.counts.read, 0)
    assert time.monotonic() - started < 10
