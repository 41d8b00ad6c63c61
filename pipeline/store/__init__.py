"""The DuckDB file: its schema, loading it, asking it. The only room that knows DuckDB.

Names are imported on first use: Arrow is needed to load, and not to ask.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.store.changes import Changes, compare_facts
    from pipeline.store.connection import connect
    from pipeline.store.copies import count_copies
    from pipeline.store.failing import explained, roll_back
    from pipeline.store.fetches import article_sources, remember_fetches, remembered_fetches
    from pipeline.store.known import fingerprint, known_documents
    from pipeline.store.loading import Loaded, load, restore_revisions, write_rejects
    from pipeline.store.news import News, news_of
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
    from pipeline.store.reextracting import Replaced, choose_documents, replace_readings, stored_articles
    from pipeline.store.row_groups import join_between_runs
    from pipeline.store.runs import beat, keep_report, start_run, update_run
    from pipeline.store.sources import missing_sources, note_seen, note_vanished, prune_sources
    from pipeline.store.turn import take_turn

_HOMES = {
    "Changes": "changes",
    "News": "news",
    "article_sources": "fetches",
    "beat": "runs",
    "compare_facts": "changes",
    "join_between_runs": "row_groups",
    "keep_report": "runs",
    "news_of": "news",
    "remember_fetches": "fetches",
    "remembered_fetches": "fetches",
    "take_turn": "turn",
    "connect": "connection",
    "explained": "failing",
    "roll_back": "failing",
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
    "Replaced": "reextracting",
    "choose_documents": "reextracting",
    "replace_readings": "reextracting",
    "stored_articles": "reextracting",
    "start_run": "runs",
    "update_run": "runs",
}

__all__ = [
    "Changes",
    "FactFilter",
    "Loaded",
    "News",
    "QueryProcess",
    "QueryResult",
    "Record",
    "Replaced",
    "article_sources",
    "beat",
    "choose_documents",
    "compare_facts",
    "connect",
    "copy_database",
    "count_copies",
    "describe_schema",
    "explained",
    "fetch_records",
    "find_document",
    "find_fact",
    "find_facts",
    "fingerprint",
    "join_between_runs",
    "keep_report",
    "known_documents",
    "load",
    "missing_sources",
    "news_of",
    "note_seen",
    "note_vanished",
    "open_for_reading",
    "prune_sources",
    "publish",
    "publish_if_possible",
    "remember_fetches",
    "remembered_fetches",
    "replace_readings",
    "restore_revisions",
    "roll_back",
    "rows_of",
    "run_query",
    "run_query_apart",
    "snapshot_path",
    "start_run",
    "stored_articles",
    "take_turn",
    "update_run",
    "write_rejects",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline.store' has no attribute {name!r}")
    return getattr(import_module(f"pipeline.store.{_HOMES[name]}"), name)
