"""``bench``: how fast this machine reads, loads and asks, as ratios measured in one run."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import typer

from pipeline.bench.cluster import has_cluster, measure_cluster
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
    "cluster_start_seconds": "a run of a Dask cluster, before it reads",
    "cluster_words_per_second": "two workers of it by the clock, less the start",
    "cluster_to_two_jobs_ratio": "its speed to that of ingest --jobs 2",
    "cluster_to_two_jobs_with_start_ratio": "the same with the start of both",
    "unchanged_seconds": "ingest of so many files, none of which has changed",
    "load_peak_mb_last_tenth_to_first": "memory after the last tenth, to the first",
    "search_seconds": "factledger search, by the clock",
    "load_last_tenth_to_first": "time to load the last tenth, to the first",
    "database_to_raw_text": "size of the database, to that of the texts",
    "search_index_to_raw_text": "size of the search index, to that of the texts",
}


def _measure_cluster(paths: Sequence[str], words: int) -> dict[str, float]:
    """What two workers of a cluster cost; nothing, and a line that says why, where the extra is not installed."""
    if not has_cluster():
        typer.echo('A Dask cluster was not measured: it needs pip install "factledger[cluster]".', err=True)
        return {}
    from flows.server import free_port, running_server

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running_server(free_port(), folder / "server.log", home=folder / "prefect") as api_url:
            return measure_cluster(paths, folder, api_url=api_url, fewest_words=words)


def run_bench(paths: Sequence[str], *, words: int, articles: int, cluster: bool, history: Path | None, as_json: bool) -> None:
    """Measure, print, and with ``history`` compare with the last time and keep.

    Without ``paths`` nothing is read, and only what a store of so many made-up ``articles`` costs is measured.
    """
    machine = describe_machine()
    measured: dict[str, float] = {}
    if paths:
        measured |= _measure_reading(paths, words=words)
    if paths and cluster:
        measured |= _measure_cluster(paths, words)
    if paths and articles:
        with tempfile.TemporaryDirectory() as folder:
            measured |= measure_unchanged(paths, Path(folder), files=min(articles, UNCHANGED_FILES))
    if articles:
        with tempfile.TemporaryDirectory() as folder:
            measured |= measure_scale(articles, Path(folder), tell=lambda line: typer.echo(line, err=True))
    worse = losses(measured, last_entry(history, machine)) if history else []
    if as_json:
        print_json({"machine": machine, **{name: round(value, 4) for name, value in measured.items()}, "worse": worse})
    else:
        typer.echo(machine)
        for name, value in measured.items():
            typer.echo(f"{name:36} {value:>12,.3f}  {_MEANING.get(name, '')}".rstrip())
        for line in worse:
            typer.echo(f"worse than before by a tenth or more: {line}", err=True)
    if history:
        append(history, machine, measured)


def _measure_reading(paths: Sequence[str], *, words: int) -> dict[str, float]:
    measured = measure(paths, fewest_words=words)
    with tempfile.TemporaryDirectory() as folder:
        measured |= measure_commands(paths, Path(folder), fewest_words=words)
    return measured | {"two_jobs_ratio": measured["two_jobs_words_per_second"] / measured["plain_words_per_second"]}
