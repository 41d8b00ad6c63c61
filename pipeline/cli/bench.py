"""``bench``: how fast this machine reads, loads and asks, as ratios measured in one run."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import typer

from pipeline.bench.commands import UNCHANGED_FILES, measure_commands, measure_unchanged
from pipeline.bench.history import append, describe_machine, last_entry, losses
from pipeline.bench.scale import measure_scale
from pipeline.bench.speed import measure
from pipeline.cli.output import print_json

_MEANING = {
    "words": "words read in a turn",
    "plain_words_per_second": "plain nlp.pipe, words a CPU second",
    "whole_job_words_per_second": "articles to committed rows",
    "reading_words_per_second": "the same without asking what figures mean",
    "figures_only_words_per_second": "articles to committed rows, --no-names",
    "whole_job_ratio": "whole job to plain nlp.pipe",
    "reading_ratio": "without meanings to plain nlp.pipe",
    "figures_only_ratio": "--no-names to plain nlp.pipe",
    "peak_mb": "memory of the whole job, at most",
    "help_seconds": "factledger --help, by the clock",
    "query_seconds": "factledger query, by the clock",
    "ingest_one_seconds": "ingest of one short article, with the model",
    "two_jobs_words_per_second": "ingest --jobs 2 by the clock, less the start",
    "two_jobs_to_one_ratio": "ingest --jobs 1 to --jobs 2, by the clock",
    "two_jobs_ratio": "ingest --jobs 2 to plain nlp.pipe, by the clock",
    "one_job_peak_mb": "memory of ingest --jobs 1, at most",
    "two_jobs_peak_mb": "memory of the largest process of --jobs 2",
    "unchanged_seconds": "ingest of so many files, none of which has changed",
    "load_peak_mb_last_tenth_to_first": "memory after the last tenth, to the first",
    "search_seconds": "factledger search, by the clock",
    "load_last_tenth_to_first": "time to load the last tenth, to the first",
    "database_to_raw_text": "size of the database, to that of the texts",
    "search_index_to_raw_text": "size of the search index, to that of the texts",
}


def run_bench(paths: Sequence[str], *, words: int, articles: int, history: Path | None, as_json: bool) -> None:
    """Measure, print, and with ``history`` compare with the last time and keep."""
    machine = describe_machine()
    measured = measure(paths, fewest_words=words)
    with tempfile.TemporaryDirectory() as folder:
        measured |= measure_commands(paths, Path(folder), fewest_words=words)
        measured["two_jobs_ratio"] = measured["two_jobs_words_per_second"] / measured["plain_words_per_second"]
    if articles:
        with tempfile.TemporaryDirectory() as folder:
            measured |= measure_unchanged(paths, Path(folder), files=min(articles, UNCHANGED_FILES))
        with tempfile.TemporaryDirectory() as folder:
            measured |= measure_scale(articles, Path(folder), tell=lambda line: typer.echo(line, err=True))
    worse = losses(measured, last_entry(history, machine)) if history else []
    if as_json:
        print_json({"machine": machine, **{name: round(value, 4) for name, value in measured.items()}, "worse": worse})
    else:
        typer.echo(machine)
        for name, value in measured.items():
            typer.echo(f"{name:32} {value:>12,.3f}  {_MEANING.get(name, '')}".rstrip())
        for line in worse:
            typer.echo(f"worse than before by a tenth or more: {line}", err=True)
    if history:
        append(history, machine, measured)
