"""How the whole job compares with plain ``nlp.pipe``, printed as a ratio of words a CPU second measured in one run.

What a text costs grows with its figures, so there are two: web articles, and the samples, which hold a figure in every
ten words and are the worst case. The floors leave room for a busy machine, which slows the smaller products of the whole
job more than those of plain ``nlp.pipe``; the printed ratio is the figure to quote, measured on a quiet one.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.bench.speed import FEWEST_WORDS, measure
from tests.conftest import ROOT, SHARED

FLOORS = {str(SHARED / "seeds"): 1.2, str(ROOT / "corpus" / "c0*.txt"): 0.45}
FEWEST_TIMES_FIGURES_ONLY = 7
#: Enough for a floor; ``make bench`` reads more of them, and twice.
WORDS = 8_000
TRIES = 3


def measure_until(way: str, texts: str, floor: float, fewest_words: int) -> dict[str, float]:
    """The first of a few measurements that reaches the floor, or the best: other work may slow one of the two processes."""
    tried: list[dict[str, float]] = []
    while not tried or (tried[-1][f"{way}_ratio"] < floor and len(tried) < TRIES):
        tried.append(measure([texts], ways=[way], turns=1, fewest_words=fewest_words))
    return max(tried, key=lambda found: found[f"{way}_ratio"])


@pytest.mark.slow
@pytest.mark.parametrize("texts", FLOORS, ids=["web articles", "samples"])
def test_the_whole_job_beside_plain_spacy(texts: str, record_property: Callable[[str, object], None]) -> None:
    if texts.endswith("seeds") and not (SHARED / "seeds").is_dir():
        pytest.skip("the readers' articles are not beside this repository")
    whole = measure_until("whole_job", texts, FLOORS[texts], WORDS)
    # So many more words a second that fewer would be over before the first load is.
    figures = measure_until("figures_only", texts, FEWEST_TIMES_FIGURES_ONLY, FEWEST_WORDS)
    speed, ratio, times = whole["whole_job_words_per_second"], whole["whole_job_ratio"], figures["figures_only_ratio"]
    told = f"{speed:,.0f} words a CPU second, {ratio:.2f} times plain nlp.pipe; figures only {times:.1f} times"
    record_property("measured", f"{told}, peak memory {whole['peak_mb']:,.0f} MB")
    assert ratio >= FLOORS[texts]
    assert times >= FEWEST_TIMES_FIGURES_ONLY
    assert whole["peak_mb"] < 1200
