"""A run that is killed, has no room or meets another one loses nothing and doubles nothing.

The figures-only reading is used, which makes a run a matter of a second, and processes that have imported everything before
they are forked, so that a kill hits the run and not its start.
"""

from __future__ import annotations

import functools
import json
import multiprocessing
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

import pytest

from flows.ingesting import run_ingest
from pipeline.records import NO_MODEL
from pipeline.store import connect, fetch_records, snapshot_path
from tests.conftest import ROOT

KILLS = 30
ARTICLES = 200
#: For the kills, in as many batches: what a kill can meet is the same, and sixty runs are short.
FEW = 60
SEED = 5
WORDS = [
    f"{first}{last}"
    for first in ("iron", "copper", "cotton", "timber", "glass")
    for last in ("ware", "work", "goods", "lots", "bars")
]
#: Table → columns that tell of a run and not of an article.
TABLES = {
    "documents": ("run_id", "ingested_at"),
    "sentences": (),
    "facts": ("run_id",),
    "dates": (),
    "entities": (),
    "numbers": (),
    "wordings": (),
    "sources": ("last_seen_run", "last_seen_at"),
}


def make_news(folder: Path, articles: int) -> Path:
    """Short articles: text, lines, copies of a story, one more that is not English, and two bad ones."""
    folder.mkdir()
    rng = random.Random(SEED)
    for number in range(articles - 20):
        (folder / f"a{number:03}.txt").write_text(
            f"PORT CITY, March {number % 28 + 1}, 2025 (Agency) - Exports of region {number} rose {rng.randint(1, 99)}% "
            f"to ${rng.randint(1, 900)} million in 2024.\n\nImports were {rng.randint(100, 999)},{number:03} tonnes of "
            # Words that differ, or all would be looked at as copies of one story.
            f"{' '.join(rng.sample(WORDS, 12))}.\n"
        )
    lines = [
        {"text": f"Output of mine {n} was {rng.randint(1, 99)} tonnes in May.", "url": f"https://a.example/{n}"}
        for n in range(18)
    ]
    (folder / "lines.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    for name in ("b1.txt", "b2.txt"):
        (folder / name).write_text("The same story of 4,500 workers and $70 million was told twice in the papers on Monday.")
    (folder / "de.txt").write_text(
        "Die Ausfuhren stiegen im vergangenen Jahr um fünf Prozent auf drei Milliarden Euro, sagte das Amt."
    )
    (folder / "bad.txt").write_bytes(b"\x00\x01")
    (folder / "empty.txt").write_text("")
    return folder


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_news(tmp_path_factory.mktemp("killed") / "news", ARTICLES)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_news(tmp_path_factory.mktemp("killed") / "few", FEW)


def contents(database: Path) -> dict[str, Any]:
    """All rows but what tells of the runs; of the rejects, what was rejected and why."""
    with connect(database, read_only=True) as con:
        rows: dict[str, Any] = {}
        for table, left_out in TABLES.items():
            columns = f"EXCLUDE ({', '.join(left_out)})" if left_out else ""
            rows[table] = con.execute(f"SELECT * {columns} FROM {table} ORDER BY ALL").fetchall()
        rows["rejects"] = con.execute("SELECT DISTINCT source, stage, error, message FROM rejects ORDER BY ALL").fetchall()
    return rows


def states(database: Path) -> list[str]:
    with connect(database, read_only=True) as con:
        return [row["state"] for row in fetch_records(con, "SELECT state FROM runs ORDER BY started_at")]


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["flows.ingesting", "pipeline.figures_only", "pipeline.store.loading", "pipeline.store.news"])
    return context


def start(processes: ForkServerContext, news: Path, database: Path) -> ForkServerProcess:
    run = functools.partial(run_ingest, [news], database=database, model=NO_MODEL, batch_size=6, load_size=6)
    process = processes.Process(target=run)
    process.start()
    return process


def cpu_ticks(process_id: int | None) -> int | None:
    """How much a process has worked, or None where it has ended or the system does not tell.

    Moments are told by work and not by the clock, so that they spread over a run however busy the machine is.
    """
    try:
        words = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if words[0] == "Z" else int(words[11]) + int(words[12])


def wait_for_work(process: ForkServerProcess, ticks: float) -> None:
    """Wait until a process has worked that much, or has ended."""
    while (worked := cpu_ticks(process.pid)) is not None and worked < ticks:
        time.sleep(0.001)


def finish(process: ForkServerProcess) -> None:
    process.join(120)
    assert process.exitcode == 0


@pytest.fixture(scope="module")
def undisturbed(news: Path) -> dict[str, Any]:
    """The rows of a run that nothing disturbs."""
    database = news.parent / "whole.duckdb"
    run_ingest([news], database=database, model=NO_MODEL)
    rows = contents(database)
    assert len(rows["documents"]) == ARTICLES + 1
    assert len(rows["facts"]) > 2 * (ARTICLES - 20)
    assert len(rows["rejects"]) == 2
    return rows


def work_of(process: ForkServerProcess) -> int:
    """How much work a process is that nothing disturbs."""
    ticks = 0
    while (worked := cpu_ticks(process.pid)) is not None and process.is_alive():
        ticks = max(ticks, worked)
        time.sleep(0.005)
    finish(process)
    return ticks


@pytest.mark.slow
def test_kill_at_thirty_moments(few: Path, processes: ForkServerContext, tmp_path: Path) -> None:
    ticks = work_of(start(processes, few, tmp_path / "whole.duckdb"))
    wanted = contents(tmp_path / "whole.duckdb")
    assert len(wanted["documents"]) == FEW + 1
    assert len(wanted["rejects"]) == 2
    if not ticks:
        pytest.skip("this system does not tell how much a process has worked")
    rng = random.Random(SEED)
    moments = [(number + rng.random()) * ticks / KILLS for number in range(KILLS)]

    def kill_and_run_again(moment: float) -> tuple[bool, int, list[str]]:
        database = tmp_path / f"{moment:.6f}.duckdb"
        process = start(processes, few, database)
        wait_for_work(process, moment)
        time.sleep(moment % 1 * 0.01)
        process.kill()
        process.join()
        left = 0
        if database.exists():
            with connect(database) as con:
                [row] = fetch_records(con, "SELECT count(*) AS n FROM documents")
                left = row["n"]
        finish(start(processes, few, database))
        return contents(database) == wanted, left, states(database)

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(kill_and_run_again, moments))
    assert all(equal for equal, _, _ in results), [(moment, result[1:]) for moment, result in zip(moments, results, strict=True)]
    assert all(found[-1] == "completed" and set(found[:-1]) <= {"crashed", "completed"} for _, _, found in results)
    # The kills were no blanks: most met a run at work, and some of them one half done.
    assert sum("crashed" in found for _, _, found in results) >= KILLS // 3
    assert sum(0 < left < len(wanted["documents"]) for _, left, _ in results) >= 3


def limit_file_size(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def ingest_command(news: Path, database: Path, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "ingest", str(news), "--no-names", "--database", str(database)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "FACTLEDGER_BATCH_SIZE": "16", **options.pop("env", {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.fixture(scope="module")
def whole_bytes(news: Path, undisturbed: dict[str, Any]) -> int:
    """The size of the database of a run that nothing disturbs."""
    return (news.parent / "whole.duckdb").stat().st_size


@pytest.fixture
def small_disk(tmp_path: Path, whole_bytes: int) -> Iterator[Path]:
    """A disk with room for half of the database."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={whole_bytes // 2048}k", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be mounted by root on Linux alone")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.slow
def test_a_full_disk(news: Path, undisturbed: dict[str, Any], small_disk: Path) -> None:
    database = small_disk / "facts.duckdb"
    process = ingest_command(news, database)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "the disk is full" in said
    assert "Traceback" not in said
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    again = ingest_command(news, database)
    _, said = again.communicate(timeout=120)
    assert again.returncode == 0, said
    assert contents(database) == undisturbed
    assert set(states(database)[:-1]) <= {"failed", "crashed"}
    assert contents(snapshot_path(database)) == undisturbed


@pytest.mark.slow
@pytest.mark.parametrize("part", [0.2, 0.5, 0.8])
def test_a_quota(news: Path, undisturbed: dict[str, Any], whole_bytes: int, tmp_path: Path, part: float) -> None:
    database = tmp_path / "facts.duckdb"
    process = ingest_command(news, database, preexec_fn=functools.partial(limit_file_size, int(part * whole_bytes)))
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "the disk is full" in said
    assert "Traceback" not in said
    again = ingest_command(news, database)
    _, said = again.communicate(timeout=120)
    assert again.returncode == 0, said
    assert contents(database) == undisturbed


@pytest.mark.slow
def test_two_at_once_go_one_after_the_other(news: Path, undisturbed: dict[str, Any], tmp_path: Path) -> None:
    database = tmp_path / "facts.duckdb"
    both = [ingest_command(news, database) for _ in range(2)]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("waiting for it to end" in err for _, err in said) == 1
    assert contents(database) == undisturbed
    assert states(database) == ["completed", "completed"]
    with connect(database, read_only=True) as con:
        rows = fetch_records(con, 'SELECT "new", unchanged FROM runs ORDER BY started_at')
    assert [(row["new"], row["unchanged"]) for row in rows] == [(ARTICLES + 1, 0), (0, ARTICLES + 1)]


@pytest.mark.slow
def test_one_that_does_not_wait_says_who_is_at_work(news: Path, tmp_path: Path) -> None:
    database = tmp_path / "facts.duckdb"
    first = ingest_command(news, database)
    deadline = time.monotonic() + 60
    while not (tmp_path / ".facts.duckdb.turn").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    second = ingest_command(news, database, env={"FACTLEDGER_RUN_WAIT_SECONDS": "0"})
    _, said = second.communicate(timeout=120)
    assert first.wait(120) == 0
    if second.returncode:
        assert second.returncode == 1
        assert "Another run is at work" in said
        assert f"process {first.pid} on " in said
    first.communicate()
    assert "completed" in states(database)
