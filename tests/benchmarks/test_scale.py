"""What the benchmark measures is measured: known facts are found again, and losses are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.bench.articles import FACTS_AN_ARTICLE, extraction_of, make_up_many
from pipeline.bench.history import append, describe_machine, last_entry, losses
from pipeline.bench.scale import QUERIES, measure_scale
from pipeline.cli import app
from pipeline.near import is_copy, wording_of


def test_figures_of_made_up_articles_are_read_as_they_were_made() -> None:
    for made in make_up_many(300):
        facts = {fact.text: fact for fact in extraction_of(made).facts}
        assert len(made.known) == FACTS_AN_ARTICLE
        for row in made.known:
            assert made.article.text.count(row.text) == 1
            fact = facts[row.text]
            assert (fact.kind, fact.value, fact.unit, fact.measure) == (row.kind, row.value, row.unit, row.measure)
            assert made.article.text[fact.measure_start : fact.measure_end] == row.measure


def test_made_up_articles_are_no_copies() -> None:
    wordings = [wording_of(made.article.text) for made in make_up_many(60)]
    assert not any(is_copy(a, b) for i, a in enumerate(wordings) for b in wordings[:i])


@pytest.mark.slow
def test_a_small_store_is_measured_and_its_facts_are_checked(tmp_path: Path) -> None:
    found = measure_scale(400, tmp_path)
    assert {f"{view}_seconds" for view in QUERIES} < found.keys()
    assert found["articles"] == 400
    assert 0 < found["search_seconds"] < 5


def test_what_got_slower_by_a_tenth_is_told(tmp_path: Path) -> None:
    file, machine = tmp_path / "history.jsonl", describe_machine()
    assert last_entry(file, machine) == {}
    append(file, machine, {"whole_job_ratio": 2.0, "figures_only_ratio": 20.0, "words": 5.0})
    append(file, "another machine", {"whole_job_ratio": 9.0})
    before = last_entry(file, machine)
    assert losses({"whole_job_ratio": 1.85, "figures_only_ratio": 17.0, "words": 1.0}, before) == [
        "figures_only_ratio: 17, was 20"
    ]
    assert json.loads(file.read_text().splitlines()[0])["machine"] == machine


@pytest.mark.slow
def test_the_command_prints_ratios(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Exports of tin rose 5% to $3 billion in 2024, the port said. " * 20, encoding="utf-8")
    history = str(tmp_path / "h.jsonl")
    result = CliRunner().invoke(app, ["bench", str(note), "--words", "500", "--json", "--history", history])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert 500 <= found["words"] < 1000
    assert found["figures_only_ratio"] > 1
    assert (tmp_path / "h.jsonl").exists()
