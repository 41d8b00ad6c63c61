"""One fetcher for a run: what was remembered of pages goes in, and what is to be remembered is kept when their rows are in.

A page that became no row is not remembered, so that it is fetched in full again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.read import Input
from pipeline.read.fetch import Fetcher, Seen
from pipeline.read.fetch_settings import FetchSettings
from pipeline.records import Reject
from pipeline.store import article_sources, remember_fetches, remembered_fetches

if TYPE_CHECKING:
    import duckdb


def needs_fetching(inputs: Iterable[Input | Reject]) -> bool:
    """Whether some input is a URL, or a file that lists URLs."""
    return any(isinstance(found, Input) and (found.url is not None or found.format.reader.startswith("web:")) for found in inputs)


def remember(con: duckdb.DuckDBPyConnection, *, model: str) -> dict[str, Seen]:
    """What servers said of pages when this model and these rules read them."""
    found = remembered_fetches(con, model=model)
    return {url: Seen(etag=etag, last_modified=last_modified) for url, (etag, last_modified) in found.items()}


def make_fetcher(settings: FetchSettings | None, remembered: dict[str, Seen]) -> Fetcher:
    """The fetcher of a run."""
    return Fetcher(settings or FetchSettings(), remembered=remembered)


def forget_rejected(fetcher: Fetcher, rejects: Iterable[Reject]) -> None:
    """Let the next run fetch these in full again; what was read and failed later, also where nothing that leads there changes."""
    for reject in rejects:
        if reject.stage == "read":
            fetcher.forget(reject.source)
        else:
            fetcher.forget_way(reject.source)


def keep_fetches(con: duckdb.DuckDBPyConnection, fetcher: Fetcher, *, run_id: str, model: str) -> None:
    """Keep what the run saw for the next one, at its very end: a page that has not changed is not read again."""
    seen = {url: (seen.etag, seen.last_modified) for url, seen in fetcher.seen.items()}
    remember_fetches(con, seen, run_id=run_id, model=model)


def unchanged_sources(con: duckdb.DuckDBPyConnection, fetcher: Fetcher) -> list[str]:
    """The sources of the articles whose pages had not changed."""
    return article_sources(con, fetcher.unchanged)
