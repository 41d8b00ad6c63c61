"""A database of an earlier schema is brought up to date when it is opened, and keeps what it holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline import PIPELINE_VERSION
from pipeline.errors import StoreError
from pipeline.records import Extraction
from pipeline.store import connect, describe_schema, fingerprint, known_documents, load, migration
from pipeline.store.checking import check
from pipeline.store.connection import SCHEMA_VERSION
from pipeline.store.invariants import KEYS, key_sql
from pipeline.store.migration import layout_of
from pipeline.store.reviews import draw_sample, review_fact

#: What a version lacks that the next one has.
ADDED: dict[str, tuple[list[str], dict[str, list[str]]]] = {
    "7": ([], {}),
    "6": (["bands"], {}),
    "5": ([], {"entities": ["place"]}),
    "4": (["fetches"], {"runs": ["heartbeat_at", "report"]}),
    "3": (["wordings", "sources"], {"documents": ["wording", "utc_offset_minutes"], "runs": ["vanished", "pruned", "command"]}),
    "2": (["reviews", "review_samples", "saved_queries"], {}),
}
TEXT = "Exports of China were 412 and imports 398 in 2024, the office said."


def make_older(database: Path, version: str) -> None:
    """Take from a database what later versions added, down to ``version``, views and all."""
    with duckdb.connect(str(database)) as con:
        for (view,) in con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall():
            con.execute(f"DROP VIEW {view}")
        lengthen_keys(con)
        if version < "7":
            unpack_signatures(con)
        for step in sorted(ADDED, reverse=True):
            if step >= version:
                tables, columns = ADDED[step]
                for table in tables:
                    con.execute(f"DROP TABLE {table}")
                for table, names in columns.items():
                    for name in names:
                        con.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
        con.execute("CREATE VIEW current_documents AS SELECT * FROM documents WHERE is_current")
        con.execute("UPDATE store_info SET value = ? WHERE key = 'schema_version'", [version])


def unpack_signatures(con: duckdb.DuckDBPyConnection) -> None:
    # Until version 6 the signature was a column, with hashes of 16 bits: the upper halves are made up here.
    con.execute("ALTER TABLE wordings ADD COLUMN signature UBIGINT[]")
    widened = " | ".join(f"((band::UBIGINT & {255 << 8 * place}) << {8 * place})" for place in range(4))
    con.execute(
        f"""UPDATE wordings SET signature = (SELECT list({widened} | {0xFF00FF00FF00FF00} ORDER BY b.rowid) FROM bands b
                                             WHERE b.wording = wordings.wording)"""
    )


def lengthen_keys(con: duckdb.DuckDBPyConnection) -> None:
    """Give rows the keys that versions before 8 gave: more digits of hashes that were made of more digits too."""
    maps: dict[str, dict[str, str]] = {}
    key_of_document = "substr(sha256('document' || chr(31) || source || chr(31) || text), 1, 32)"
    maps["documents"] = dict(con.execute(f"SELECT document_id, {key_of_document} FROM documents").fetchall())
    for column in ("document_id", "duplicate_of"):
        replace_all(con, "documents", column, maps["documents"])
    for table, (key, _, _) in KEYS.items():
        if table == "documents":
            continue
        replace_all(con, table, "document_id", maps["documents"])
        maps[table] = dict(con.execute(f"SELECT {key}, {key_sql(table, 32)} FROM {table}").fetchall())
        replace_all(con, table, key, maps[table])
    for table in ("facts", "dates", "entities", "numbers"):
        replace_all(con, table, "sentence_id", maps["sentences"])
    replace_all(con, "facts", "conversion_of", maps["facts"])
    replace_all(con, "numbers", "explained_by", maps["facts"] | maps["dates"] | maps["entities"])
    for table in ("reviews", "review_samples"):
        replace_all(con, table, "fact_id", maps["facts"])
    replace_all(con, "reviews", "document_id", maps["documents"])


def replace_all(con: duckdb.DuckDBPyConnection, table: str, column: str, values: dict[str, str]) -> None:
    for old, new in values.items():
        con.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", [new, old])


@pytest.fixture
def filled(database: Path, extraction_of: Callable[..., Extraction]) -> Path:
    with connect(database) as con:
        load(con, [extraction_of("a.txt", TEXT), extraction_of("b.txt", TEXT.upper()), extraction_of("c.txt", "It was 5.")])
        con.execute("UPDATE documents SET duplicate_of = NULL")
    return database


def contents(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    tables = {
        name: con.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in ("sentences", "facts", "dates", "numbers", "bands")
    }
    return tables | {"documents": con.execute("SELECT document_id, text, fingerprint FROM documents ORDER BY ALL").fetchall()}


@pytest.mark.parametrize("version", ["2", "3", "4", "5", "6", "7"])
@pytest.mark.parametrize("read_only", [False, True])
def test_an_older_file_becomes_one_of_this_version(filled: Path, version: str, read_only: bool) -> None:
    with connect(filled) as con:
        before = contents(con)
    make_older(filled, version)
    with connect(filled, read_only=read_only) as con, connect(":memory:") as new:
        assert con.execute("SELECT value FROM store_info WHERE key = 'schema_version'").fetchall() == [(SCHEMA_VERSION,)]
        assert {t: dict(c) for t, c in layout_of(con).items()} == {t: dict(c) for t, c in layout_of(new).items()}
        of_file, of_new = ({(r["name"], r["column"]): r for r in describe_schema(each)} for each in (con, new))
        assert of_file == of_new
        assert contents(con) == before
        copies = [] if version >= "4" else [("b.txt",)]  # found when the wordings were worked out, which version 4 had done
        assert con.execute("SELECT source FROM documents WHERE duplicate_of IS NOT NULL").fetchall() == copies
        assert con.execute("SELECT count(*) FROM documents WHERE wording IS NULL").fetchone() == (0,)


def test_a_file_that_something_else_changed_is_refused_and_left(filled: Path) -> None:
    make_older(filled, "3")
    with duckdb.connect(str(filled)) as con:
        con.execute("ALTER TABLE facts DROP COLUMN unit")
    with pytest.raises(StoreError, match=r"facts\.unit.*restore a backup"):
        connect(filled)
    with duckdb.connect(str(filled)) as con:
        assert con.execute("SELECT value FROM store_info").fetchall() == [("3",)]
        assert "sources" not in layout_of(con)


@pytest.mark.parametrize(("version", "advice"), [("1", "into a new file"), ("99", "newer program"), ("x", "into a new file")])
def test_other_versions_are_refused_with_advice(filled: Path, version: str, advice: str) -> None:
    with duckdb.connect(str(filled)) as con:
        con.execute("UPDATE store_info SET value = ?", [version])
    with pytest.raises(StoreError, match=advice):
        connect(filled)


def test_reviews_and_samples_keep_to_their_facts_when_keys_get_shorter(filled: Path) -> None:
    """Also a review of a fact that a later reading does not find: its place is told, its kind only as the reviewer left it."""
    with connect(filled) as con:
        kept, gone = (
            fact for (fact,) in con.execute("SELECT fact_id FROM facts ORDER BY document_id, start_char LIMIT 2").fetchall()
        )
        review_fact(con, kept, verdict="accepted", reviewer="ann")
        review_fact(con, gone, verdict="corrected", corrections={"kind": "rank"}, reviewer="ann")
        draw_sample(con, each=5)
        query = "SELECT review_id, fact_id, document_id, verdict FROM reviews ORDER BY ALL"
        reviews, samples = con.execute(query).fetchall(), con.execute("FROM review_samples ORDER BY ALL").fetchall()
        shown = con.execute("SELECT fact_id, review FROM facts_with_source ORDER BY ALL").fetchall()
    make_older(filled, "7")
    with duckdb.connect(str(filled)) as con:
        assert con.execute("SELECT DISTINCT length(fact_id), length(document_id) FROM reviews").fetchall() == [(32, 32)]
        con.execute("DELETE FROM facts WHERE fact_id = (SELECT fact_id FROM reviews WHERE kind = 'rank')")
    with connect(filled) as con:
        assert con.execute(query).fetchall() == reviews
        assert [s for s in con.execute("FROM review_samples ORDER BY ALL").fetchall() if gone not in s] == [
            s for s in samples if gone not in s
        ]
        assert con.execute("SELECT fact_id, review FROM facts_with_source ORDER BY ALL").fetchall() == [
            each for each in shown if each[0] != gone
        ]


def test_a_store_whose_keys_were_shortened_is_sound_and_known(filled: Path, extraction_of: Callable[..., Extraction]) -> None:
    """Every key is the hash it would be today, and articles that have not changed are not read again."""
    make_older(filled, "7")
    with connect(filled) as con:
        wrong = [found for found in check(con, whole=True).broken if "duplicate" not in found.name and "run" not in found.name]
        assert wrong == []
        article = extraction_of("a.txt", TEXT).article
        mark = fingerprint(article, pipeline_version=PIPELINE_VERSION, model="")
        assert known_documents(con, ["a.txt"]) == {"a.txt": {mark: True}}


def test_a_migration_that_fails_changes_nothing(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_older(filled, "7")
    with duckdb.connect(str(filled)) as con:
        before = contents(con)

    def fail(con: duckdb.DuckDBPyConnection) -> None:
        raise RuntimeError("no power")

    monkeypatch.setattr(migration, "_fill", fail)
    with pytest.raises(RuntimeError, match="no power"):
        connect(filled)
    with duckdb.connect(str(filled)) as con:
        assert contents(con) == before
        assert con.execute("SELECT value FROM store_info").fetchall() == [("7",)]
