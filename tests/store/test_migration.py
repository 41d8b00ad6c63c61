"""A database of an earlier schema is brought up to date when it is opened, and keeps what it holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.errors import StoreError
from pipeline.records import Extraction
from pipeline.store import connect, describe_schema, load
from pipeline.store.connection import SCHEMA_VERSION
from pipeline.store.migration import layout_of

#: What a version lacks that the next one has.
ADDED: dict[str, tuple[list[str], dict[str, list[str]]]] = {
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
        # Until version 6 the signature was a column, with hashes of 16 bits: the upper halves are made up here.
        con.execute("ALTER TABLE wordings ADD COLUMN signature UBIGINT[]")
        widened = " | ".join(f"((band::UBIGINT & {255 << 8 * place}) << {8 * place})" for place in range(4))
        con.execute(
            f"""UPDATE wordings SET signature = (SELECT list({widened} | {0xFF00FF00FF00FF00} ORDER BY b.rowid) FROM bands b
                                                 WHERE b.wording = wordings.wording)"""
        )
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


@pytest.mark.parametrize("version", ["2", "3", "4", "5", "6"])
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
