"""A database of an earlier schema becomes one of this: tables and columns that are missing are added, no row is lost.

The schema grows by a new table, or a new column that may be NULL or has a default. What ``schema.sql`` says more than the
file has is therefore most of what there is to do, and then to fill the columns that later work relies on. One column has
moved: the signatures of wordings are rows of ``bands`` since version 7. Keys are shorter since version 8: see
``store.shortening``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

from pipeline.errors import StoreError
from pipeline.near import wording_of
from pipeline.store.failing import roll_back
from pipeline.store.shortening import SHORT_SINCE, shorten_keys

if TYPE_CHECKING:
    import duckdb

#: The earliest version whose files can be brought up to date.
OLDEST_VERSION = 2
_DOCUMENTS_AT_ONCE = 1000
_CREATED = re.compile(r"\s*CREATE TABLE (\w+)", re.IGNORECASE)

#: Table → column → its type, its default (SQL) and whether it may be NULL.
Layout = dict[str, dict[str, tuple[str, str | None, bool]]]


def sql_file(name: str) -> str:
    """The text of a SQL file of this folder."""
    return files("pipeline.store").joinpath(name).read_text(encoding="utf-8")


def layout_of(con: duckdb.DuckDBPyConnection) -> Layout:
    """The tables of a database and their columns."""
    query = """SELECT table_name, column_name, data_type, column_default, is_nullable FROM duckdb_columns()
               WHERE NOT internal AND database_name = current_database()
               AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE NOT internal) ORDER BY table_name, column_index"""
    layout: Layout = {}
    for table, column, kind, default, may_be_null in con.execute(query).fetchall():
        layout.setdefault(table, {})[column] = (kind, default, may_be_null)
    return layout


def migrate(con: duckdb.DuckDBPyConnection, *, to_version: str) -> None:
    """Bring the tables, views and comments of an open database up to ``to_version``, in one transaction.

    Raises ``StoreError``, and changes nothing, when a table is there in another shape than an earlier version can have left.
    """
    import duckdb

    with duckdb.connect(":memory:") as model:
        model.execute(sql_file("schema.sql"))
        wanted = layout_of(model)
    con.execute("BEGIN")
    try:
        held = layout_of(con)
        _add_what_is_missing(con, wanted, held)
        if "signature" in held.get("wordings", ()):
            _move_signatures(con)
        version = con.execute("SELECT value::INTEGER FROM store_info WHERE key = 'schema_version'").fetchone()
        if version is not None and version[0] < SHORT_SINCE:
            shorten_keys(con, _creations(con))
        for name in ("schema.sql", "views.sql"):
            for statement in _statements(con, name):
                if not _CREATED.match(statement):
                    con.execute(statement)
        _fill(con)
        con.execute("UPDATE store_info SET value = ? WHERE key = 'schema_version'", [to_version])
        con.execute("COMMIT")
    except BaseException:
        roll_back(con)
        raise


def _add_what_is_missing(con: duckdb.DuckDBPyConnection, wanted: Layout, held: Layout) -> None:
    creations = _creations(con)
    for table, columns in wanted.items():
        if table not in held:
            con.execute(creations[table])
            continue
        for column, (kind, default, may_be_null) in columns.items():
            if column not in held[table] and (may_be_null or default is not None):
                con.execute(f'ALTER TABLE {table} ADD COLUMN "{column}" {kind}' + (f" DEFAULT {default}" if default else ""))
            elif column not in held[table] or held[table][column][0] != kind:
                raise StoreError(
                    f"The database cannot be brought up to date: its column {table}.{column} is missing or of another type than "
                    f"{kind}. Something else has changed it; restore a backup, or ingest the articles into a new file."
                )


def _move_signatures(con: duckdb.DuckDBPyConnection) -> None:
    """Make rows of ``bands`` of the signatures, which had four hashes of 16 bits in a number: half of each is kept."""
    con.execute(
        """INSERT INTO bands
           SELECT wording, unnest(list_transform(signature, lambda four:
               ((four & 255) | (four >> 8 & 65280) | (four >> 16 & 16711680) | (four >> 24 & 4278190080))::UINTEGER))
           FROM wordings"""
    )
    con.execute("ALTER TABLE wordings DROP COLUMN signature")


def _statements(con: duckdb.DuckDBPyConnection, name: str) -> Sequence[str]:
    return [statement.query.strip() for statement in con.extract_statements(sql_file(name))]


def _creations(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The CREATE statement of each table."""
    return {match[1]: sql for sql in _statements(con, "schema.sql") if (match := _CREATED.match(sql))}


def _fill(con: duckdb.DuckDBPyConnection) -> None:
    """Work out the wordings of documents that have none, and which of them are copies."""
    from pipeline.store.copies import settle_copies
    from pipeline.store.loading import write_wordings
    from pipeline.store.rows import arrow_table

    missing = [row[0] for row in con.execute("SELECT document_id FROM documents WHERE wording IS NULL").fetchall()]
    for start in range(0, len(missing), _DOCUMENTS_AT_ONCE):
        chunk = missing[start : start + _DOCUMENTS_AT_ONCE]
        query = "SELECT document_id, text FROM documents WHERE document_id IN (SELECT unnest(?::VARCHAR[]))"
        wordings = {document_id: wording_of(text) for document_id, text in con.execute(query, [chunk]).fetchall()}
        write_wordings(con, wordings.values())
        con.register(
            "filled_rows", arrow_table({"document_id": list(wordings), "wording": [w.wording for w in wordings.values()]})
        )
        con.execute("UPDATE documents SET wording = f.wording FROM filled_rows f WHERE documents.document_id = f.document_id")
        con.unregister("filled_rows")
    if missing:
        settle_copies(con, written=missing)
