"""Where articles came from, and which of those places have gone: the table ``sources``.

A source vanishes when its file does. Its facts stay, and stay in the views, until it is pruned. What was fetched or came
by standard input has no file and never vanishes; the articles of one file (JSON lines, CSV) go with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.store.copies import settle_copies
from pipeline.store.rows import CHILD_TABLES, arrow_table

if TYPE_CHECKING:
    import duckdb


def note_seen(con: duckdb.DuckDBPyConnection, seen: Mapping[str, str | None], *, run_id: str) -> None:
    """Note that a run met these sources (source → its file, if it has one); none of them has vanished."""
    if not seen:
        return
    sources = list(seen)
    con.register("seen_rows", arrow_table({"source": sources, "path": [seen[source] for source in sources]}))
    try:
        con.execute("DELETE FROM sources WHERE source IN (SELECT source FROM seen_rows)")
        con.execute("INSERT INTO sources SELECT source, path, ?, ?, NULL FROM seen_rows", [run_id, _now()])
    finally:
        con.unregister("seen_rows")


def missing_sources(con: duckdb.DuckDBPyConnection, misses: Callable[[str], bool]) -> dict[str, bool]:
    """The sources of current documents whose file ``misses`` says is gone → whether that was noted before.

    A source that no ingest noted (it was loaded by a run that was killed, say) is taken for the name of its file.
    """
    query = """SELECT d.source, coalesce(s.path, d.source), s.vanished_at IS NOT NULL
               FROM documents d LEFT JOIN sources s ON s.source = d.source
               WHERE d.is_current AND (s.path IS NOT NULL
                   OR (s.source IS NULL AND NOT contains(d.source, '://') AND NOT starts_with(d.source, 'stdin')))
               ORDER BY d.source"""
    return {source: noted for source, path, noted in con.execute(query).fetchall() if misses(path)}


def note_vanished(con: duckdb.DuckDBPyConnection, sources: Sequence[str], *, run_id: str) -> None:
    """Note that these sources have vanished; the moment of one that was noted before stays."""
    con.execute(
        """INSERT INTO sources SELECT u.source, u.source, ?, ?, NULL FROM (SELECT unnest(?::VARCHAR[]) AS source) u
           ANTI JOIN sources s ON s.source = u.source""",
        [run_id, _now(), list(sources)],
    )
    con.execute(
        "UPDATE sources SET vanished_at = ? WHERE vanished_at IS NULL AND source IN (SELECT unnest(?::VARCHAR[]))",
        [_now(), list(sources)],
    )


def prune_sources(con: duckdb.DuckDBPyConnection, sources: Sequence[str]) -> None:
    """Remove every document of these sources with all its rows; reviews stay, as they are the work of people."""
    query = "SELECT document_id FROM documents WHERE source IN (SELECT unnest(?::VARCHAR[]))"
    ids = [document_id for (document_id,) in con.execute(query, [list(sources)]).fetchall()]
    for table in ("documents", *CHILD_TABLES):
        con.execute(f"DELETE FROM {table} WHERE document_id IN (SELECT unnest(?::VARCHAR[]))", [ids])
    con.execute("DELETE FROM sources WHERE source IN (SELECT unnest(?::VARCHAR[]))", [list(sources)])
    for table in ("wordings", "bands"):
        con.execute(f"DELETE FROM {table} WHERE wording NOT IN (SELECT wording FROM documents WHERE wording IS NOT NULL)")
    settle_copies(con, written=(), gone=ids)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
