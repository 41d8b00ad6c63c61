"""The examples in docstrings are what they say."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import pipeline

MODULES = [module.name for module in walk_packages(pipeline.__path__, "pipeline.") if not module.name.endswith("__main__")]


@pytest.mark.parametrize("module", MODULES)
def test_examples_in_docstrings(module: str) -> None:
    assert not doctest.testmod(import_module(module)).failed


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    assert sum(len(found.examples) for module in MODULES for found in finder.find(import_module(module))) > 100
