"""What a run writes when everything is loaded: texts that came back, sources that were seen or have vanished, true counts."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.read.scope import Scope
from pipeline.records import Counts
from pipeline.store import (
    count_copies,
    missing_sources,
    note_seen,
    note_vanished,
    prune_sources,
    restore_revisions,
    roll_back,
)

if TYPE_CHECKING:
    import duckdb

logger = logging.getLogger("factledger.ingest")


def finish_load(
    con: duckdb.DuckDBPyConnection,
    counts: Counts,
    *,
    run_id: str,
    stale: Sequence[str],
    seen: Mapping[str, str | None],
    scope: Scope,
    prune: bool,
) -> Counts:
    """Bring the database up to date with what a run saw, in one transaction, and return its counts.

    ``stale`` are documents whose source went back to them, ``seen`` the sources that were met with their files.
    """
    restored = restore_revisions(con, stale) if stale else 0
    con.execute("BEGIN")
    try:
        note_seen(con, seen, run_id=run_id)
        missing = missing_sources(con, scope.misses) if scope.folders or scope.globs else {}
        note_vanished(con, list(missing), run_id=run_id)
        pruned = _prune(con, list(missing), scope) if prune and missing else 0
        copies = count_copies(con, run_id)
        con.execute("COMMIT")
    except BaseException:
        roll_back(con)
        raise
    counts = replace(counts, duplicate=copies, vanished=sum(not noted for noted in missing.values()), pruned=pruned)
    return counts + Counts(changed=restored, unchanged=-restored)


def _prune(con: duckdb.DuckDBPyConnection, missing: Sequence[str], scope: Scope) -> int:
    if scope.is_empty:
        logger.warning(
            "Nothing was pruned: a folder or glob gave no file at all, as a drive that is not mounted does. "
            "Leave it out, or put a file into it."
        )
        return 0
    prune_sources(con, missing)
    return len(missing)
