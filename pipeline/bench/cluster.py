"""What a Dask cluster of two worker processes on this machine costs beside ``--jobs 2``, over the same files.

The two take turns, and the best of each counts, by the clock. What a run costs before it reads is told apart, since it is of
another sort: ``--jobs 2`` loads two models, a cluster has them in its workers already but the run tells Prefect of itself.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from pipeline.bench.commands import SHORT, Done, run_command, texts_for_two, write_files
from pipeline.errors import ServerError

_WORKERS = 2
_TURNS = 2
_START_SECONDS = 120


def has_cluster() -> bool:
    """Whether the extra ``factledger[cluster]`` is installed."""
    return find_spec("prefect_dask") is not None


def measure_cluster(
    paths: Sequence[str], folder: Path, *, api_url: str, fewest_words: int, turns: int = _TURNS
) -> dict[str, float]:
    """How fast two workers read the articles of ``paths``, to ``--jobs 2``; ``api_url`` is of a Prefect server.

    Raises ``ValueError`` when the two did not read the same, ``ServerError`` when no cluster starts.
    """
    texts = texts_for_two(paths, fewest_words)
    write_files(folder / "many", texts)
    write_files(folder / "few", [f"{number}. {SHORT}" for number in range(_WORKERS)])
    settings = {"PREFECT_API_URL": api_url, "FACTLEDGER_EXCHANGE": str(folder / "exchange")}
    ways: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {"jobs": (("--jobs", str(_WORKERS)), {})}
    best: dict[tuple[str, str], float] = {}
    facts: dict[str, int] = {}
    with _two_workers(folder, settings) as address:
        ways["cluster"] = (("--cluster", address), settings)
        # One article each, so that both have loaded the model.
        _ingest(folder, "few", ways["cluster"][0], settings | {"FACTLEDGER_BATCH_SIZE": "1"})
        for _ in range(turns):
            for way, (options, own) in ways.items():
                for what in ("few", "many"):
                    done = _ingest(folder, what, options, own)
                    best[way, what] = min(best.get((way, what), float("inf")), done.seconds)
                    facts[way] = json.loads(done.output)["facts"]
    if facts["jobs"] != facts["cluster"]:
        raise ValueError(f"Of the same files a cluster read {facts['cluster']} facts, and --jobs 2 {facts['jobs']}.")
    reading = {way: max(best[way, "many"] - best[way, "few"], 0.1) for way in ways}
    return {
        "cluster_start_seconds": best["cluster", "few"],
        "cluster_words_per_second": sum(len(text.split()) for text in texts) / reading["cluster"],
        "cluster_to_two_jobs_ratio": reading["jobs"] / reading["cluster"],
        "cluster_to_two_jobs_with_start_ratio": best["jobs", "many"] / best["cluster", "many"],
    }


def _ingest(folder: Path, what: str, options: Sequence[str], settings: Mapping[str, str]) -> Done:
    """Bring the files of a folder into a new database."""
    for left in folder.glob("facts.*duckdb*"):
        left.unlink()
    return run_command(
        "ingest", str(folder / what), "--json", "--database", str(folder / "facts.duckdb"), *options, settings=settings
    )


@contextmanager
def _two_workers(folder: Path, settings: Mapping[str, str]) -> Iterator[str]:
    """The address of a scheduler with two workers, which end with the block."""
    from distributed import Client

    file = folder / "scheduler.json"
    dask, here = [sys.executable, "-m", "dask"], ["--host", "127.0.0.1", "--no-dashboard"]
    worker = [*dask, "worker", *here, "--nthreads", "1", "--no-nanny", "--local-directory", str(folder)]
    commands = [[*dask, "scheduler", *here, "--port", "0"], *[worker] * _WORKERS]
    started = [
        subprocess.Popen(
            [*command, "--scheduler-file", str(file)],
            env={**os.environ, **settings},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]
    try:
        address = _address_in(file)
        with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(_WORKERS, timeout=_START_SECONDS)
        yield address
    finally:
        for process in started:
            process.kill()
            process.wait()


def _address_in(file: Path) -> str:
    """The address that a scheduler writes when it has started."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if file.exists() and (text := file.read_text(encoding="utf-8")):
            return str(json.loads(text)["address"])
        time.sleep(0.1)
    raise ServerError(f"The Dask scheduler of the benchmark did not start in {_START_SECONDS} seconds. Try: dask scheduler")
