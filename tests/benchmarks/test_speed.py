"""The whole job is at least as fast as plain ``nlp.pipe``; the ratio is printed."""

from __future__ import annotations

import pytest

from tests.benchmarks.speed import measure


@pytest.mark.slow
def test_the_whole_job_keeps_up_with_plain_spacy(capsys: pytest.CaptureFixture[str]) -> None:
    found = measure(["corpus"])
    speed, ratio = found["whole_job_words_per_second"], found["ratio"]
    with capsys.disabled():
        print(f"\nwhole job: {speed:,.0f} words a CPU second, {ratio:.2f} times plain nlp.pipe")
    assert ratio >= 1.0
