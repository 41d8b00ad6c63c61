"""How the whole job compares with plain ``nlp.pipe``, printed as a ratio of words a CPU second measured in one run.

What a text costs grows with its figures, so there are two: web articles, and the samples, which hold a figure in every
ten words and are the worst case. The floors leave room for a busy machine, which slows the smaller products of the whole
job more than those of plain ``nlp.pipe``; the printed ratio is the figure to quote, measured on a quiet one.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.bench.speed import measure
from tests.conftest import ROOT, SHARED

FLOORS = {str(SHARED / "seeds"): 0.6, str(ROOT / "corpus" / "c0*.txt"): 0.25}
FEWEST_TIMES_FIGURES_ONLY = 8
#: Enough for a floor; ``make bench`` reads more of them, and twice.
WORDS = 8_000


@pytest.mark.slow
@pytest.mark.parametrize("texts", FLOORS, ids=["web articles", "samples"])
def test_the_whole_job_beside_plain_spacy(texts: str, record_property: Callable[[str, object], None]) -> None:
    if texts.endswith("seeds") and not (SHARED / "seeds").is_dir():
        pytest.skip("the readers' articles are not beside this repository")
    found = measure([texts], ways=["whole_job"], turns=1, fewest_words=WORDS)
    # So many more words a second that fewer would be over before the first load is.
    found |= {"figures_only_ratio": measure([texts], ways=["figures_only"], turns=1)["figures_only_ratio"]}
    speed, ratio = found["whole_job_words_per_second"], found["whole_job_ratio"]
    figures = f"figures only {found['figures_only_ratio']:.1f} times, peak memory {found['peak_mb']:,.0f} MB"
    record_property("measured", f"{speed:,.0f} words a CPU second, {ratio:.2f} times plain nlp.pipe; {figures}")
    assert ratio >= FLOORS[texts]
    assert found["figures_only_ratio"] >= FEWEST_TIMES_FIGURES_ONLY
    assert found["peak_mb"] < 1200
