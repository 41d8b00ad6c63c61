"""Keys of 32 hexadecimal digits, as versions before 8 of the schema had them, become keys of ``records.KEY_DIGITS``.

The key of a document is the beginning of what it was. The other keys are hashes of that key, so each is worked out anew, to be
what reading the same text now gives; what points to a row then points to its new key. Tables are written anew in the order
of their rows, which also compresses texts as ``schema.sql`` says. The transaction is the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, get_args

from pipeline.records import KEY_DIGITS, Kind
from pipeline.store.invariants import KEYS, key_sql

if TYPE_CHECKING:
    import duckdb

#: Version of the schema since which keys are short.
SHORT_SINCE = 8
OLD_DIGITS = 32
#: Tables whose keys others point to; documents are pointed to by the beginning of the old key.
_POINTED_TO = ("sentences", "facts", "dates", "entities")
_POINTERS = ("sentence_id", "conversion_of", "explained_by")
_TO_DOCUMENTS = ("document_id", "duplicate_of")


def shorten_keys(con: duckdb.DuckDBPyConnection, creations: Mapping[str, str]) -> None:
    """Give every row its key of this version. ``creations`` are the CREATE statements of ``schema.sql`` by table.

    Reviews of facts that are no longer read find the new key too, since they tell where the fact stood: the kind, which they
    tell only as their reviewer left it, is the one that gives the old key. Samples of such facts keep a beginning of the old.
    """
    con.execute("CREATE TEMP TABLE new_keys (old VARCHAR, new VARCHAR)")
    for table in _POINTED_TO:
        key = KEYS[table][0]
        con.execute(f"INSERT INTO new_keys SELECT {key}, any_value({_new_key(table)}) FROM {table} GROUP BY {key}")
    for table in KEYS:
        _write_anew(con, table, creations[table])
    kinds = ", ".join(f"'{kind}'" for kind in get_args(Kind))
    con.execute(
        f"""INSERT INTO new_keys
            SELECT DISTINCT fact_id, {_new_key("facts")}
            FROM (SELECT fact_id, document_id, start_char, end_char, unnest([{kinds}]) AS kind
                  FROM reviews ANTI JOIN new_keys ON old = fact_id)
            WHERE fact_id = {key_sql("facts", digits=OLD_DIGITS)}"""
    )
    for table in ("reviews", "review_samples"):
        con.execute(f"UPDATE {table} SET fact_id = coalesce((SELECT new FROM new_keys WHERE old = fact_id), {_short('fact_id')})")
    con.execute(f"UPDATE reviews SET document_id = {_short('document_id')}")
    con.execute("DROP TABLE new_keys")


def _write_anew(con: duckdb.DuckDBPyConnection, table: str, creation: str) -> None:
    query = """SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND database_name = current_database()
               ORDER BY column_index"""
    columns = [name for (name,) in con.execute(query, [table]).fetchall()]
    con.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    con.execute(creation)
    key = KEYS[table][0]
    pointers = [column for column in columns if column in _POINTERS and column != key]
    values = {column: f'r."{column}"' for column in columns}
    values |= {column: f"coalesce(of_{column}.new, {_short(column)})" for column in pointers}
    values |= {column: _short(column) for column in columns if column in _TO_DOCUMENTS}
    if table != "documents":
        values[key] = _new_key(table)
    joins = " ".join(f"LEFT JOIN new_keys AS of_{column} ON of_{column}.old = r.{column}" for column in pointers)
    names = ", ".join(f'"{column}"' for column in columns)
    con.execute(
        f"INSERT INTO {table} ({names}) SELECT {', '.join(values.values())} FROM old_{table} AS r {joins} ORDER BY r.rowid"
    )
    con.execute(f"DROP TABLE old_{table}")


def _new_key(table: str) -> str:
    """The key of this version of a row that still has the old ``document_id``, as SQL."""
    return key_sql(table).replace("document_id", _short("document_id"))


def _short(column: str) -> str:
    return f"substr({column}, 1, {KEY_DIGITS})"
