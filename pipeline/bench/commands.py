"""What the commands cost as a user meets them: to start, to read in two processes, and to find that nothing has changed.

Each is run as a process of its own and timed by the clock, which counts what other programs do to the machine meanwhile.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import read
from pipeline.bench.speed import read_texts
from pipeline.near import wording_of
from pipeline.records import NO_MODEL, Extraction
from pipeline.store import connect, load

_TURNS = 2
#: Files among which nothing has changed, at most.
UNCHANGED_FILES = 10_000
_AT_ONCE = 1000
#: Files that two processes share at least: with a half of them an ingest does not start a second process.
_FEWEST_FILES = 128
SHORT = "Exports of tin rose 5% to $3 billion in 2024, the port said.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A process that has ended: its time by the clock, the memory of its largest process, what it printed."""

    seconds: float
    peak_mb: float
    output: str


def measure_commands(paths: Sequence[str], folder: Path, *, fewest_words: int) -> dict[str, float]:
    """Seconds of starting, and of reading the articles of ``paths`` in one process and in two, with the peak of memory."""
    short = folder / "short.txt"
    short.write_text(SHORT, encoding="utf-8")
    database = folder / "short.duckdb"
    ingest_one = _best("ingest", str(short), "--database", str(database), again=database)
    query = _best("query", "SELECT count(*) FROM facts", "--database", str(database))
    articles = folder / "articles"
    texts = texts_for_two(paths, fewest_words)
    write_files(articles, texts)
    databases = ((jobs, folder / f"jobs-{jobs}.duckdb") for jobs in (1, 2))
    one, two = (
        run_command("ingest", str(articles), "--jobs", str(jobs), "--database", str(database)) for jobs, database in databases
    )
    # What a run costs before it reads, the model above all, is that of the short article.
    seconds = {jobs: max(done.seconds - ingest_one.seconds, 0.1) for jobs, done in ((1, one), (2, two))}
    return {
        "help_seconds": _best("--help").seconds,
        "query_seconds": query.seconds,
        "ingest_one_seconds": ingest_one.seconds,
        "two_jobs_words_per_second": sum(len(text.split()) for text in texts) / seconds[2],
        "two_jobs_to_one_ratio": seconds[1] / seconds[2],
        "one_job_peak_mb": one.peak_mb,
        "two_jobs_peak_mb": two.peak_mb,
    }


def measure_unchanged(paths: Sequence[str], folder: Path, *, files: int = UNCHANGED_FILES) -> dict[str, float]:
    """Seconds of an ingest of the articles of ``paths``, repeated to so many files, in which nothing has changed."""
    texts = read_texts(paths, 1)
    articles, database = folder / "unchanged", folder / "unchanged.duckdb"
    write_files(articles, [f"Copy {number}.\n\n{texts[number % len(texts)]}" for number in range(files)])
    # Their rows need not be read for this: what is looked at is the fingerprint of the article.
    held = [Extraction(article=article, wording=wording_of(f"{n} {n + 1}")) for n, article in enumerate(read([str(articles)]))]
    for first in range(0, len(held), _AT_ONCE):
        with connect(database) as con:
            load(con, held[first : first + _AT_ONCE], run_id="bench", model=NO_MODEL)
    done = run_command("ingest", str(articles), "--no-names", "--json", "--database", str(database))
    unchanged = json.loads(done.output)["unchanged"]
    if unchanged != files:
        raise ValueError(f"Of {files} files {unchanged} were found unchanged: they were read otherwise a second time.")
    return {"unchanged_files": files, "unchanged_seconds": done.seconds}


def texts_for_two(paths: Sequence[str], fewest_words: int) -> list[str]:
    """The texts of the articles of ``paths``, so many times that there are as many words, and files for two processes."""
    texts = read_texts(paths, fewest_words)
    return [f"{turn}. {text}" for turn in range(-(-_FEWEST_FILES // len(texts))) for text in texts]


def write_files(folder: Path, texts: Sequence[str]) -> None:
    """A new folder with a file for each text."""
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:06d}.txt").write_text(text, encoding="utf-8")


def _best(*arguments: str, again: Path | None = None) -> Done:
    """The best of some turns; ``again`` is a database that is removed before each, so that there is something to do."""
    turns = []
    for _ in range(_TURNS):
        if again is not None:
            for left in again.parent.glob(f"{again.stem}.*duckdb*"):
                left.unlink()
        turns.append(run_command(*arguments))
    return min(turns, key=lambda done: done.seconds)


def run_command(*arguments: str, settings: Mapping[str, str] | None = None) -> Done:
    """Run a command of ours, with more ``settings`` in its environment. Raises ``CalledProcessError`` when it fails."""
    command = [sys.executable, "-W", "ignore", "-m", "pipeline.cli", *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"} | dict(settings or {})
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        # Unlike Popen.wait it tells the memory of this process and its workers, and not of all that this one ever started.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return Done(seconds=seconds, peak_mb=usage.ru_maxrss / 1024, output=output)
