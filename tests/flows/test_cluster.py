"""A cluster of a scheduler and two worker processes gives the tables that one process gives, also when a worker is killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("prefect_dask", reason="the extra factledger[cluster] is not installed")

from prefect import flow
from prefect.utilities.collections import visit_collection

from flows.batch_tasks import places
from flows.cluster import cluster_runner, deliver, fetch, submit_to_cluster
from flows.grouping import join
from flows.ingesting import run_ingest
from flows.sealed import Sealed
from flows.work import Batch, Options, work_on
from pipeline.bench.articles import make_up_many
from pipeline.records import NO_MODEL, Article, Reject
from pipeline.store import connect
from tests.conftest import ROOT

OPTIONS = Options(model=NO_MODEL, max_text_chars=100_000)
TABLES = ("sentences", "facts", "dates", "entities", "numbers")


def test_a_delivery_is_the_result_itself(tmp_path: Path) -> None:
    rows = (*(made.article for made in make_up_many(4)), Reject(source="x", stage="read", error="ReadError", message="Empty."))
    batch = Batch(rows=rows, known={})
    assert fetch(deliver(batch, OPTIONS, tmp_path), tmp_path) == work_on(batch, OPTIONS)
    assert list(tmp_path.iterdir()) == []


def test_prefect_does_not_look_into_what_is_sealed() -> None:
    """Else it visits every field of every row of a batch, which costs more than to load them."""
    seen: list[object] = []
    box = Sealed(Batch(rows=tuple(made.article for made in make_up_many(2)), known={}))
    visit_collection(box, visit_fn=seen.append, return_data=False)
    assert seen == [box]


def test_a_batch_that_kills_its_workers_is_halved_to_the_article_at_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import KilledWorker

    class Future:
        def __init__(self, batch: Batch) -> None:
            self.batch = batch

        def result(self) -> object:
            if any(isinstance(row, Article) and "DIE" in row.text for row in self.batch.rows):
                raise KilledWorker("key", None, 3)
            return deliver(self.batch, OPTIONS, tmp_path)

    class Task:
        @staticmethod
        def submit(batch: Sealed[Batch], options: Options, folder: Path) -> Future:
            return Future(batch.value)

    monkeypatch.setattr("flows.cluster.deliver_batch", Task)
    texts = ("It was 1%.", "DIE", "It was 3%.", "It was 4%.", "It was 5%.")
    batch = Batch(rows=tuple(Article(source=str(n), text=text) for n, text in enumerate(texts)), known={})
    found = join(list(submit_to_cluster([batch], OPTIONS, tmp_path)))
    assert [seen.source for seen in found.seen] == ["0", "2", "3", "4"]
    assert [(reject.source, reject.error) for reject in found.rejects] == [("1", "WorkerDied")]
    assert found.done == 5


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its two workers."""
    file = tmp_path / "scheduler.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "60s"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment, "cwd": tmp_path}
    dask = [sys.executable, "-m", "dask"]
    started = [
        subprocess.Popen(
            [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)],
            **quiet,  # type: ignore[call-overload]
        )
    ]
    try:
        deadline = time.monotonic() + 60
        while not file.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        started += [
            subprocess.Popen(
                [*dask, "worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny", "--no-dashboard"],
                **quiet,  # type: ignore[call-overload]
            )
            for _ in range(2)
        ]
        yield json.loads(file.read_text())["address"], started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def rows_of(database: Path) -> dict[str, list[tuple[object, ...]]]:
    with connect(database, read_only=True) as con:
        return {
            table: con.execute(
                f"SELECT * EXCLUDE (run_id) FROM {table} ORDER BY ALL" if table == "facts" else f"FROM {table} ORDER BY ALL"
            ).fetchall()
            for table in TABLES
        }


@pytest.mark.slow
@pytest.mark.usefixtures("prefect_server")
def test_a_killed_worker_costs_nothing(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.batch_tasks import run_here
    from flows.ingest import ingest

    address, workers = cluster
    folder = tmp_path / "news"
    folder.mkdir()
    for made in make_up_many(300):
        (folder / Path(made.article.source).name).write_text(made.article.text, encoding="utf-8")
    monkeypatch.setenv("FACTLEDGER_EXCHANGE", str(tmp_path / "exchange"))
    killed: list[int] = []

    def kill_when_at_work() -> None:
        exchange = tmp_path / "exchange"
        for _ in range(3000):
            if exchange.is_dir() and any(exchange.iterdir()):
                workers[0].kill()
                killed.append(workers[0].wait())
                return
            time.sleep(0.02)

    killer = threading.Thread(target=kill_when_at_work)
    killer.start()
    report = run_here(
        ingest, paths=[str(folder)], jobs=1, cluster=address, database=tmp_path / "cluster.duckdb", names=False, batch_size=10
    )
    killer.join()
    assert killed
    assert report.counts.new == 300
    assert not report.counts.rejected
    alone = run_ingest([str(folder)], database=tmp_path / "alone.duckdb", model=NO_MODEL)
    assert alone.counts.facts == report.counts.facts
    assert rows_of(tmp_path / "cluster.duckdb") == rows_of(tmp_path / "alone.duckdb")
    assert list((tmp_path / "exchange").glob("[!.]*")) == []
    # Batches are fitted to the workers that there are: one, now.
    assert flow(lambda: places(7), name="places", task_runner=cluster_runner(address))() == 1
