"""Two workers of a Dask cluster are measured beside two jobs, and where that cannot be, it is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.bench.cluster import has_cluster, measure_cluster
from pipeline.cli import app


@pytest.fixture
def nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of the benchmark takes minutes, and is measured elsewhere."""
    monkeypatch.setattr("pipeline.cli.bench.measure", lambda *_, **__: {"plain_words_per_second": 4000.0})
    monkeypatch.setattr("pipeline.cli.bench.measure_commands", lambda *_, **__: {"two_jobs_words_per_second": 8000.0})


@pytest.mark.usefixtures("nothing_else")
def test_without_the_extra_a_line_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.bench.cluster.find_spec", lambda name: None)
    told = CliRunner().invoke(app, ["bench", "note.txt"])
    assert told.exit_code == 0, told.output
    assert 'A Dask cluster was not measured: it needs pip install "factledger[cluster]".' in told.stderr
    assert "cluster" not in told.stdout
    assert "cluster" not in CliRunner().invoke(app, ["bench", "note.txt", "--no-cluster"]).stderr


@pytest.mark.slow
@pytest.mark.usefixtures("nothing_else")
def test_the_ratio_is_measured_and_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not has_cluster():
        pytest.skip("the extra factledger[cluster] is not installed")
    monkeypatch.setattr(
        "pipeline.cli.bench.measure_cluster", lambda paths, folder, **given: measure_cluster(paths, folder, **given, turns=1)
    )
    note = tmp_path / "note.txt"
    note.write_text("Exports of tin rose 5% to $3 billion in 2024, the port said.", encoding="utf-8")
    told = CliRunner().invoke(app, ["bench", str(note), "--words", "500"])
    assert told.exit_code == 0, told.output
    figures = {line.split()[0]: line.split()[1:] for line in told.stdout.splitlines() if line.startswith("cluster_")}
    assert set(figures) == {
        "cluster_start_seconds",
        "cluster_words_per_second",
        "cluster_to_two_jobs_ratio",
        "cluster_to_two_jobs_with_start_ratio",
    }
    assert all(float(values[0].replace(",", "")) > 0 for values in figures.values())
    assert " ".join(figures["cluster_to_two_jobs_ratio"][1:]) == "its speed to that of ingest --jobs 2"
