"""How fast the number and date readers read, without any model.

    python -m tests.benchmarks.bench_readers [FOLDER ...]

Words a CPU second on one core, the best of three turns, over the articles of ``corpus`` or the folders named; with the number of
words to a numeral beside it, since texts full of figures take longer.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.date import read_dates
from pipeline.figures import read_figures

ROOT = Path(__file__).resolve().parents[2]
_FEWEST_WORDS = 50_000
_TURNS = 3
_NUMERAL = re.compile(r"\d[\d.,]*")


def load_texts(folders: list[Path]) -> list[str]:
    """The ``.txt`` and ``.md`` texts below ``folders``, repeated until there are enough words to time."""
    texts = [
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".txt", ".md")
    ]
    words = sum(len(text.split()) for text in texts)
    if not words:
        raise SystemExit(f"no words in {', '.join(map(str, folders))}: name a folder with .txt or .md files")
    return texts * -(-_FEWEST_WORDS // words)


def words_a_second(texts: list[str], read: Callable[[str], object]) -> float:
    """The best of three turns of ``read`` over ``texts``."""
    words = sum(len(text.split()) for text in texts)
    best = float("inf")
    for _ in range(_TURNS):
        began = time.process_time()
        for text in texts:
            read(text)
        best = min(best, time.process_time() - began)
    return words / best


def read_both(text: str) -> None:
    """Dates first, then the figures outside them, as the extractor does."""
    dates = read_dates(text, reference=None)
    read_figures(text, claimed=[(date.start_char, date.end_char) for date in dates])


def main(arguments: list[str]) -> None:
    texts = load_texts([Path(argument) for argument in arguments] or [ROOT / "corpus"])
    words = sum(len(text.split()) for text in texts)
    numerals = sum(len(_NUMERAL.findall(text)) for text in texts)
    print(f"{words:,} words, one numeral to {words / max(1, numerals):.1f} words")
    print(f"figures          {words_a_second(texts, read_figures):>10,.0f} words a second")
    print(f"dates            {words_a_second(texts, lambda text: read_dates(text, reference=None)):>10,.0f}")
    print(f"dates, figures   {words_a_second(texts, read_both):>10,.0f}")


if __name__ == "__main__":
    main(sys.argv[1:])
