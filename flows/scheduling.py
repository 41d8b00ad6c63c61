"""The deployments and their schedules, served in this process: each run is a process of its own, one at a time of each.

After a time when nothing ran, all runs that were missed are due at once: one gets the only place, and the others are
cancelled, since a run chooses its work from the ledger and one catches up.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from prefect.automations import Automation
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from prefect.exceptions import TerminationSignal
from prefect.flows import Flow
from prefect.runner import Runner
from prefect.schedules import Cron, Interval, Schedule
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.types.entrypoint import EntrypointType

from flows.ingest import ingest
from flows.reextract import reextract
from flows.server import running_server
from flows.upkeep import backup, check
from pipeline.errors import ServerError, SettingsError
from pipeline.settings import OFF, ScheduleSettings, Settings

#: How often the server is asked for runs that are due, in seconds.
_ASK_SECONDS = 5.0
_SILENT = timedelta(seconds=90)
_CRASHES = "factledger: mark runs as crashed that give no sign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A deployment: its name, what it runs, and which setting says when."""

    name: str
    flow: Flow[..., Any]
    when: Callable[[ScheduleSettings], int | str]


JOBS = (
    Job(name="watched", flow=ingest, when=lambda schedule: schedule.ingest),
    Job(name="older-rules", flow=reextract, when=lambda schedule: schedule.reextract),
    Job(name="database", flow=check, when=lambda schedule: schedule.check),
    Job(name="database", flow=backup, when=lambda schedule: schedule.backup),
)


def deployments(schedule: ScheduleSettings) -> list[RunnerDeployment]:
    """One deployment a job, with its schedule, or with none where it is off: such a one runs on request.

    Raises ``SettingsError`` for a cron string that says no time.
    """
    found = []
    for job in JOBS:
        when = schedule_of(job.when(schedule), schedule.timezone)
        made = job.flow.to_deployment(
            name=job.name,
            schedules=[when] if when else [],
            concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
            tags=["factledger"],
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        assert isinstance(made, RunnerDeployment)
        found.append(made)
    return found


def schedule_of(when: int | str, timezone: str) -> Schedule | None:
    """A cron string or a number of seconds as Prefect takes it; None for ``off``."""
    if when == OFF:
        return None
    if isinstance(when, int):
        return Interval(timedelta(seconds=when))
    try:
        return Cron(when, timezone=timezone)
    except ValueError as error:
        raise SettingsError(f"The cron string {when!r} says no time ({error}). Write five fields, as in '0 6 * * *'.") from error


def run_schedule(settings: Settings, *, log: Path, tell: Callable[[str], None]) -> None:
    """Serve the deployments until a signal ends it (SIGTERM, SIGINT), on the server that Prefect is set to, or on one started.

    ``log`` is where a started server prints, ``tell`` is told what is served and where. Raises ``SettingsError``,
    ``ServerError``.
    """
    made = deployments(settings.schedule)
    with _server(settings.schedule.port, log) as url:
        tell(f"Prefect server: {url.removesuffix('/api')}")
        for job in JOBS:
            tell(f"{job.flow.name}/{job.name}: {_describe(job.when(settings.schedule), settings.schedule.timezone)}")
        runner = Runner(name="factledger", pause_on_shutdown=True, query_seconds=_ASK_SECONDS)
        try:
            asyncio.run(_serve(runner, made))
        except (KeyboardInterrupt, TerminationSignal, asyncio.CancelledError):
            tell("stopped")
        except httpx.ConnectError as error:
            raise ServerError(
                f"The Prefect server at {url} does not answer ({error}). Start it, or unset PREFECT_API_URL."
            ) from error


async def _serve(runner: Runner, made: list[RunnerDeployment]) -> None:
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None

    def stop(*_: object) -> None:
        # Connections of runs that end with it are no news.
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)
        loop.call_soon_threadsafe(task.cancel)

    # Prefect's own way to stop at a signal leaves a coroutine behind that nobody waits for.
    runner.handle_sigterm = stop  # type: ignore[method-assign]
    await _mark_crashes()
    for deployment in made:
        await runner.aadd_deployment(deployment)
    await runner.start()


async def _mark_crashes() -> None:
    """Have the server mark a run as crashed that has told before that it is alive, and no longer does."""
    async with get_client() as client:
        if await client.read_automations_by_name(_CRASHES):
            return
    ended = {f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed")}
    crashes = Automation(
        name=_CRASHES,
        trigger=EventTrigger(
            after={"prefect.flow-run.heartbeat"},
            expect={"prefect.flow-run.heartbeat", *ended},
            match=ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]}),
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=_SILENT,
        ),
        actions=[
            ChangeFlowRunState(name="Crashed", state=StateType.CRASHED, force=False, message="It gives no sign of life any more.")
        ],
    )
    await crashes.acreate()


@contextmanager
def _server(port: int, log: Path) -> Iterator[str]:
    """The server that Prefect is set to, by environment or profile, or one that is started."""
    configured = PREFECT_API_URL.value()
    if configured:
        yield configured
        return
    with running_server(port, log) as url, temporary_settings({PREFECT_API_URL: url}):
        os.environ["PREFECT_API_URL"] = url
        try:
            yield url
        finally:
            del os.environ["PREFECT_API_URL"]


def _describe(when: int | str, timezone: str) -> str:
    if when == OFF:
        return "on request"
    return f"every {when} seconds" if isinstance(when, int) else f"{when} ({timezone})"
