"""Which articles need no reading, since nothing their rows depend on has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pipeline.records import Article, make_id

if TYPE_CHECKING:
    import duckdb


def fingerprint(article: Article, *, pipeline_version: str, model: str) -> str:
    """A hash of everything the rows of an article depend on: text, metadata, rules and model.

    The date counts (relative dates are reckoned from it), and so does a corrected title; a touched file does not.
    """
    published = article.published_at.isoformat() if article.published_at else None
    return make_id(
        "fingerprint",
        article.document_id,
        article.title,
        article.publisher,
        article.author,
        article.language,
        published,
        article.published_from,
        article.media_type,
        pipeline_version,
        model,
    )


def known_documents(con: duckdb.DuckDBPyConnection, sources: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Source → fingerprints of the revisions that the database holds of it, for those of ``sources`` that it knows."""
    wanted = list(sources)
    found: dict[str, set[str]] = defaultdict(set)
    query = "SELECT source, fingerprint FROM documents WHERE source IN (SELECT unnest(?::VARCHAR[]))"
    for source, mark in con.execute(query, [wanted]).fetchall() if wanted else []:
        found[source].add(mark)
    return {source: frozenset(marks) for source, marks in found.items()}
