"""What servers said of the pages that were fetched, so that the next run asks only for what has changed: the table ``fetches``.

A page that was read by other rules or another model is fetched in full again, as a file would be read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline import PIPELINE_VERSION

if TYPE_CHECKING:
    import duckdb

#: ETag and Last-Modified of an answer, as they were sent.
Validators = tuple[str | None, str | None]


def remembered_fetches(
    con: duckdb.DuckDBPyConnection, *, model: str, pipeline_version: str = PIPELINE_VERSION
) -> dict[str, Validators]:
    """The validators of every page that these rules and this model have read, by URL."""
    query = "SELECT url, etag, last_modified FROM fetches WHERE pipeline_version = ? AND model = ?"
    rows = con.execute(query, [pipeline_version, model]).fetchall()
    return {url: (etag, last_modified) for url, etag, last_modified in rows}


def remember_fetches(
    con: duckdb.DuckDBPyConnection,
    fetches: Mapping[str, Validators],
    *,
    run_id: str,
    model: str,
    pipeline_version: str = PIPELINE_VERSION,
) -> None:
    """Keep validators for the next run, the old ones of these pages going; a page without any is forgotten.

    Call it when the rows of the pages are in the database, since a page that has not changed is not read again.
    """
    from pipeline.store.rows import arrow_table

    if not fetches:
        return
    urls = list(fetches)
    columns: dict[str, list[Any]] = {
        "url": urls,
        "etag": [fetches[url][0] for url in urls],
        "last_modified": [fetches[url][1] for url in urls],
    }
    con.register("fetched_rows", arrow_table(columns))
    try:
        con.execute("DELETE FROM fetches WHERE url IN (SELECT url FROM fetched_rows)")
        con.execute(
            """INSERT INTO fetches SELECT url, etag, last_modified, ?, ?, ?, ? FROM fetched_rows
               WHERE etag IS NOT NULL OR last_modified IS NOT NULL""",
            [datetime.now(UTC).replace(tzinfo=None), run_id, pipeline_version, model],
        )
    finally:
        con.unregister("fetched_rows")


def article_sources(con: duckdb.DuckDBPyConnection, urls: Iterable[str]) -> list[str]:
    """Those of ``urls`` that are sources of current articles, in order; the others are lists of pages."""
    wanted = list(urls)
    query = "SELECT DISTINCT source FROM documents WHERE is_current AND source IN (SELECT unnest(?::VARCHAR[])) ORDER BY source"
    return [source for (source,) in con.execute(query, [wanted]).fetchall()] if wanted else []
