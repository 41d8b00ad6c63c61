"""How the whole job compares with plain ``nlp.pipe``, printed as a ratio of words a CPU second measured in one run.

What a text costs grows with its figures, so there are two: web articles, and the samples, which hold a figure in every
ten words and are the worst case. The floors leave room for a busy machine, which slows the smaller products of the whole
job more than those of plain ``nlp.pipe``; the printed ratio is the figure to quote, measured on a quiet one.
"""

from __future__ import annotations

import pytest

from pipeline.bench.speed import measure
from tests.conftest import ROOT, SHARED

FLOORS = {str(SHARED / "seeds"): 0.6, str(ROOT / "corpus" / "c0*.txt"): 0.25}


FEWEST_TIMES_FIGURES_ONLY = 8


@pytest.mark.slow
@pytest.mark.parametrize("texts", FLOORS, ids=["web articles", "samples"])
def test_the_whole_job_beside_plain_spacy(texts: str, capsys: pytest.CaptureFixture[str]) -> None:
    if texts.endswith("seeds") and not (SHARED / "seeds").is_dir():
        pytest.skip("the readers' articles are not beside this repository")
    found = measure([texts], ways=["whole_job", "figures_only"], turns=1)
    speed, ratio = found["whole_job_words_per_second"], found["whole_job_ratio"]
    with capsys.disabled():
        print(f"\nwhole job: {speed:,.0f} words a CPU second, {ratio:.2f} times plain nlp.pipe")
        print(f"figures only: {found['figures_only_ratio']:.1f} times, peak memory {found['peak_mb']:,.0f} MB")
    assert ratio >= FLOORS[texts]
    assert found["figures_only_ratio"] >= FEWEST_TIMES_FIGURES_ONLY
    assert found["peak_mb"] < 1200
