"""The DuckDB file: its schema, loading it, asking it. The only room that knows DuckDB.

Names are imported on first use: Arrow is needed to load, and not to ask.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.store.connection import connect
    from pipeline.store.copies import count_copies
    from pipeline.store.known import fingerprint, known_documents
    from pipeline.store.loading import Loaded, load, restore_revisions, write_rejects
    from pipeline.store.process import QueryProcess, QueryResult, run_query_apart
    from pipeline.store.publishing import copy_database, open_for_reading, publish, publish_if_possible, snapshot_path
    from pipeline.store.query import run_query
    from pipeline.store.reading import (
        FactFilter,
        Record,
        describe_schema,
        fetch_records,
        find_document,
        find_fact,
        find_facts,
        rows_of,
    )
    from pipeline.store.runs import start_run, update_run
    from pipeline.store.sources import missing_sources, note_seen, note_vanished, prune_sources

_HOMES = {
    "connect": "connection",
    "count_copies": "copies",
    "fingerprint": "known",
    "known_documents": "known",
    "Loaded": "loading",
    "load": "loading",
    "restore_revisions": "loading",
    "write_rejects": "loading",
    "QueryProcess": "process",
    "QueryResult": "process",
    "copy_database": "publishing",
    "publish": "publishing",
    "publish_if_possible": "publishing",
    "open_for_reading": "publishing",
    "snapshot_path": "publishing",
    "run_query": "query",
    "run_query_apart": "process",
    "FactFilter": "reading",
    "Record": "reading",
    "describe_schema": "reading",
    "fetch_records": "reading",
    "find_document": "reading",
    "find_fact": "reading",
    "find_facts": "reading",
    "rows_of": "reading",
    "missing_sources": "sources",
    "note_seen": "sources",
    "note_vanished": "sources",
    "prune_sources": "sources",
    "start_run": "runs",
    "update_run": "runs",
}

__all__ = [
    "FactFilter",
    "Loaded",
    "QueryProcess",
    "QueryResult",
    "Record",
    "connect",
    "copy_database",
    "count_copies",
    "describe_schema",
    "fetch_records",
    "find_document",
    "find_fact",
    "find_facts",
    "fingerprint",
    "known_documents",
    "load",
    "missing_sources",
    "note_seen",
    "note_vanished",
    "open_for_reading",
    "prune_sources",
    "publish",
    "publish_if_possible",
    "restore_revisions",
    "rows_of",
    "run_query",
    "run_query_apart",
    "snapshot_path",
    "start_run",
    "update_run",
    "write_rejects",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline.store' has no attribute {name!r}")
    return getattr(import_module(f"pipeline.store.{_HOMES[name]}"), name)
