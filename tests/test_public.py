"""The public names, and that importing them costs nothing."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import flows
import pipeline
from tests.conftest import ROOT


def test_public_names() -> None:
    assert pipeline.__all__ == ["PIPELINE_VERSION", "connect", "extract", "load", "read"]
    for name in pipeline.__all__:
        assert getattr(pipeline, name) is not None
    with pytest.raises(AttributeError, match="its public names are"):
        _ = pipeline.nothing


def test_a_public_function_is_not_hidden_by_the_module_of_its_name() -> None:
    for name in ("read", "extract"):
        import_module(f"pipeline.{name}")
        assert callable(getattr(pipeline, name))


def test_both_packages_are_those_of_this_repository() -> None:
    for package in (pipeline, flows):
        assert Path(str(package.__file__)).resolve().parent.parent == ROOT


def test_no_module_of_flows_bears_the_name_of_a_package() -> None:
    names = {path.stem for path in (ROOT / "flows").glob("*.py")} - {"__init__"}
    assert not names & {"prefect", "dask", "ray", "airflow", "schedule", "dagster", "celery"}


@pytest.mark.alone
def test_importing_the_package_costs_nothing() -> None:
    code = (
        "import sys, time; before = set(sys.modules); started = time.perf_counter(); import pipeline;"
        "print(time.perf_counter() - started); print([m for m in ('spacy', 'prefect', 'duckdb', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    elapsed, heavy = done.stdout.splitlines()
    assert float(elapsed) < 0.2, "0.05 s is the aim; more on a busy machine"
    assert heavy == "[]"


def test_errors_are_drawn_as_they_are() -> None:
    from pipeline import errors

    drawn = errors.__doc__ or ""
    for name, value in vars(errors).items():
        if isinstance(value, type) and issubclass(value, Exception):
            assert name in drawn
    assert errors.is_transient(errors.StoreBusyError())
    assert not errors.is_transient(errors.ReadError())
    assert not errors.is_transient(OSError())
