"""Which articles need no reading, since nothing their rows depend on has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pipeline.records import Article, digest

if TYPE_CHECKING:
    import duckdb

#: Hexadecimal digits of a fingerprint, and of the hash of source and text that goes into it. It is none of the keys, which
#: are shorter: what earlier versions have written still holds.
_DIGITS = 32


def fingerprint(article: Article, *, pipeline_version: str, model: str) -> str:
    """A hash of everything the rows of an article depend on: text, metadata, rules and model.

    The date counts (relative dates are reckoned from it), and so does a corrected title; a touched file does not.
    """
    published = article.published_at.isoformat() if article.published_at else None
    return digest(
        "fingerprint",
        digest("document", article.source, article.text)[:_DIGITS],
        article.title,
        article.publisher,
        article.author,
        article.language,
        published,
        article.published_from,
        article.media_type,
        pipeline_version,
        model,
    )[:_DIGITS]


def known_documents(con: duckdb.DuckDBPyConnection, sources: Iterable[str]) -> Mapping[str, Mapping[str, bool]]:
    """What the database holds of those of ``sources`` that it knows.

    Source → fingerprint of a revision → whether that revision is the current one.
    """
    wanted = list(sources)
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    query = "SELECT source, fingerprint, is_current FROM documents WHERE source IN (SELECT unnest(?::VARCHAR[]))"
    for source, mark, is_current in con.execute(query, [wanted]).fetchall() if wanted else []:
        found[source][mark] = is_current
    return dict(found)
