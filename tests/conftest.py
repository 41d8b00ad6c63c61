"""What the tests share: a database in a temporary folder, an extractor without a model, and how they share two cores.

With ``-n 2`` a file of tests is run by one worker, long ones first, and the tests that want the machine for themselves, since
they look at the clock, are run while the other worker rests (``alone``).
"""

from __future__ import annotations

import fcntl
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import Article, Date, Entity, Extraction, Fact, Number, Sentence, make_id

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
#: Files whose tests ask for the fixture ``prefect_server``, which takes ten seconds to start.
PREFECT = {f"tests/flows/test_{name}.py" for name in ("cluster", "ingest_flow", "reextracting", "upkeep")}


@contextmanager
def turn(folder: Path, *, alone: bool) -> Iterator[None]:
    """Wait until tests in other processes leave room: one that is ``alone`` runs beside none.

    The gate is passed one at a time and closed by one that waits to be alone, so that the others cannot keep it waiting.
    """
    with (folder / "gate").open("a") as gate, (folder / "room").open("a") as room:
        fcntl.flock(gate, fcntl.LOCK_EX)
        fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(gate, fcntl.LOCK_UN)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Run each test in its turn, with the fixtures that it sets up."""
    folder = Path(item.config.cache.mkdir("turns"))  # type: ignore[union-attr] - the plugin of the cache is pytest's own
    with turn(folder, alone=item.get_closest_marker("alone") is not None):
        return (yield)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A worker runs whole files, so that what a file sets up is set up once; those that ask for Prefect's server are one."""
    from xdist.scheduler.loadfile import LoadFileScheduling

    class ByFile(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return "prefect" if file in PREFECT else file

    return ByFile(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the files of long tests where workers share the tests, so that none is left with a long one at the end."""
    if hasattr(config, "workerinput"):
        long = {item.path for item in items if item.get_closest_marker("slow")}
        items.sort(key=lambda item: item.path not in long)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what tests measured (``record_property("measured", line)``)."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    for report in reports:
        for name, line in report.user_properties:
            if name == "measured" and report.when == "call":
                terminalreporter.write_line(f"{report.nodeid}: {line}")


def stub_fact(document_id: str, sentence_id: str, text: str, start: int, end: int, **columns: object) -> Fact:
    """A money fact over ``text[start:end]``, whose value is the digits there; ``columns`` replace what it says."""
    defaults: dict[str, object] = {
        "fact_id": make_id("fact", document_id, "money", start, end),
        "document_id": document_id,
        "sentence_id": sentence_id,
        "kind": "money",
        "text": text[start:end],
        "start_char": start,
        "end_char": end,
        "value": Decimal(re.sub(r"\D", "", text[start:end]) or "0"),
        "value_low": None,
        "value_high": None,
        "bound": "exact",
        "unit": "CNY",
        "measure": "exports",
        "measure_start": None,
        "measure_end": None,
        "entity": "China",
        "entity_start": None,
        "entity_end": None,
        "period_start": None,
        "period_end": None,
        "period_relation": None,
        "period_inherited": False,
        "role": "level",
        "direction": None,
        "basis_start": None,
        "basis_end": None,
        "share_of": None,
        "status": "actual",
        "attribution": None,
        "conversion_of": None,
        "confidence": 0.5,
        "rule": "stub",
    }
    return Fact(**{**defaults, **columns})  # type: ignore[arg-type]


def stub_extraction(article: Article) -> Extraction:
    """One sentence, and for each run of digits a fact and its account; a date where it says ``in YEAR``, a name ``China``."""
    text, document_id = article.text, article.document_id
    sentence_id = make_id("sentence", document_id, 0, len(text))
    sentence = Sentence(
        sentence_id=sentence_id, document_id=document_id, ordinal=0, start_char=0, end_char=len(text), text=text, kind="prose"
    )
    facts, dates, numbers = [], [], []
    for match in re.finditer(r"\d+", text):
        start, end = match.span()
        if re.fullmatch(r"(?:19|20)\d\d", match[0]):
            date_id = make_id("date", document_id, "interval", start, end)
            dates.append(
                Date(
                    date_id=date_id,
                    document_id=document_id,
                    sentence_id=sentence_id,
                    text=match[0],
                    start_char=start,
                    end_char=end,
                    date_kind="interval",
                    start_date=None,
                    end_date=None,
                    duration=None,
                    precision="year",
                    timex=match[0],
                    rule="stub",
                )
            )
            explained, disposition = date_id, "date"
        else:
            fact = stub_fact(document_id, sentence_id, text, start, end)
            facts.append(fact)
            explained, disposition = fact.fact_id, "fact"
        numbers.append(
            Number(
                number_id=make_id("number", document_id, start, end),
                document_id=document_id,
                sentence_id=sentence_id,
                text=match[0],
                start_char=start,
                end_char=end,
                disposition=disposition,  # type: ignore[arg-type]
                explained_by=explained,
            )
        )
    names = [
        Entity(
            entity_id=make_id("entity", document_id, "GPE", match.start(), match.end()),
            document_id=document_id,
            sentence_id=sentence_id,
            text=match[0],
            start_char=match.start(),
            end_char=match.end(),
            label="GPE",
            name="China",
            rule="stub",
            place="China",
        )
        for match in re.finditer("China", text)
    ]
    return Extraction(
        article=article,
        sentences=(sentence,),
        facts=tuple(facts),
        dates=tuple(dates),
        entities=tuple(names),
        numbers=tuple(numbers),
    )


@dataclass
class StubExtractor:
    """Extracts without a model; fails on a text that says ``FAIL``. ``calls`` counts the articles that it was given."""

    calls: int = 0

    def extract_batch(self, articles: Sequence[Article]) -> list[Extraction]:
        self.calls += len(articles)
        if any("FAIL" in article.text for article in articles):
            raise ValueError("the text says so")
        return [stub_extraction(article) for article in articles]


@pytest.fixture
def extractor() -> StubExtractor:
    return StubExtractor()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "facts.duckdb"


@pytest.fixture
def extraction_of() -> Callable[..., Extraction]:
    """Source, text and further fields of an article → its stub extraction."""

    def make(source: str, text: str, **fields: object) -> Extraction:
        return stub_extraction(Article(source=source, text=text, **fields))  # type: ignore[arg-type]

    return make


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder that is also the working directory, as for a user, without settings from outside."""
    monkeypatch.chdir(tmp_path)
    for name in ("FACTLEDGER_DATABASE", "FACTLEDGER_MODEL", "PREFECT_API_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the repository; tests that need it are skipped where it is not."""
    if not SHARED.is_dir():
        pytest.skip(f"the reference material is not there: {SHARED.name} beside the repository")
    return SHARED
