"""The schedule really fires: a real server, runs in its history, rows in the database, and a clean end."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.errors import ServerError, SettingsError
from pipeline.settings import ScheduleSettings
from pipeline.store import connect, fetch_records
from tests.conftest import ROOT

SETTINGS = """
names = false
[watch]
paths = ["news"]
[schedule]
ingest = 3
check = "off"
backup = "off"
port = {port}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(port: int, path: str, body: dict[str, Any]) -> Any:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def wait_until(holds: Callable[[], bool], *, seconds: float, process: subprocess.Popen[str], log: Path) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.3)


def is_up(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=2):
            return True
    except OSError:
        return False


def completed(port: int) -> list[dict[str, Any]]:
    """The runs of the server's history that are completed."""
    wanted = {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}, "sort": "EXPECTED_START_TIME_ASC"}
    return list(ask(port, "flow_runs/filter", wanted)) if is_up(port) else []


@pytest.mark.slow
def test_a_schedule_fires_while_a_folder_fills_and_ends_with_a_signal(in_folder: Path) -> None:
    port = free_port()
    news = in_folder / "news"
    news.mkdir()
    (news / "a0.txt").write_text("Exports rose 10% in 2024.")
    Path("factledger.toml").write_text(SETTINGS.format(port=port))
    log = in_folder / "schedule.log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "FACTLEDGER_"))}
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.cli", "schedule"],
            env={**environment, "PREFECT_HOME": str(in_folder / "prefect"), "PYTHONPATH": str(ROOT)},
            stderr=file,
            stdout=file,
            text=True,
        )
    try:
        for number in range(1, 4):
            # Each file comes when the run before has ended, so that no run can have brought two.
            wait_until(lambda: len(completed(port)) >= number, seconds=240, process=process, log=log)  # noqa: B023 - called at once
            (news / f"a{number}.txt").write_text(f"Exports rose {number + 10}% in 2024.")
        history = completed(port)
        assert len(history) >= 3
        assert all(run["auto_scheduled"] for run in history)
        process.send_signal(signal.SIGTERM)
        assert process.wait(120) == 0, log.read_text()
    finally:
        # With a signal that it heeds, or the server that it started would be left.
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
    assert not is_up(port)
    with connect("outputs/factledger.duckdb", read_only=True) as con:
        runs = fetch_records(con, "SELECT flow_run_id, state, new, report FROM runs ORDER BY started_at")
        sources = [row["source"] for row in fetch_records(con, "SELECT source FROM documents ORDER BY source")]
    assert {run["id"] for run in history} <= {run["flow_run_id"] for run in runs}
    assert sources[:3] == ["news/a0.txt", "news/a1.txt", "news/a2.txt"]
    assert len(sources) <= 4
    assert sum(run["new"] for run in runs) == len(sources)
    assert all("## What came in" in run["report"] for run in runs if run["new"])
    assert "Traceback" not in log.read_text()


def test_what_is_deployed_when(in_folder: Path) -> None:
    from flows.scheduling import JOBS, deployments

    made = {(job.flow.name, job.name): each for job, each in zip(JOBS, deployments(ScheduleSettings(check=60)), strict=True)}
    when = {name[0]: [schedule.schedule for schedule in each.schedules or []] for name, each in made.items()}
    assert when["ingest"][0].cron == "*/30 * * * *"  # type: ignore[union-attr]
    assert when["check"][0].interval.total_seconds() == 60  # type: ignore[union-attr]
    assert all(each.concurrency_limit == 1 for each in made.values())
    limits = [each.concurrency_options for each in made.values()]
    assert all(limit is not None and limit.collision_strategy.value == "CANCEL_NEW" for limit in limits)


def test_a_cron_string_that_says_no_time_is_named() -> None:
    from flows.scheduling import deployments

    with pytest.raises(SettingsError, match="61 25 \\* \\* \\*"):
        deployments(ScheduleSettings(ingest="61 25 * * *"))


def test_the_work_pool_gets_the_same() -> None:
    from prefect.flows import load_flow_from_entrypoint

    from flows.scheduling import JOBS

    told = yaml.safe_load((ROOT / "flows" / "prefect.yaml").read_text(encoding="utf-8"))
    loaded = [load_flow_from_entrypoint(each["entrypoint"], use_placeholder_flow=False) for each in told["deployments"]]
    assert [(flow.name, each["name"]) for flow, each in zip(loaded, told["deployments"], strict=True)] == [
        (job.flow.name, job.name) for job in JOBS
    ]
    for job, each in zip(JOBS, told["deployments"], strict=True):
        default = job.when(ScheduleSettings())
        assert [row["cron"] for row in each["schedules"]] == ([] if default == "off" else [default])
        assert each["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
        assert each["work_pool"] == {"name": "factledger"}
    [pull] = told["pull"]
    assert pull == {"prefect.deployments.steps.set_working_directory": {"directory": "{{ $FACTLEDGER_HOME }}"}}


def test_a_port_that_something_else_has_is_named(tmp_path: Path) -> None:
    from flows.server import running_server

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = int(other.getsockname()[1])
        with pytest.raises(ServerError, match=r"schedule\.port"), running_server(port, tmp_path / "log"):
            pytest.fail("it started")
