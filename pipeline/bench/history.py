"""The machine, and what was measured on it before: a file of JSON lines, so that a change that costs a tenth is seen."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from pipeline import PIPELINE_VERSION

#: A ratio that is worse by so much is told.
TOLERANCE = 0.1
#: Ends of the names of figures that should be low; those that end with ``_ratio`` should be high.
_BETTER_LOW = ("_to_first", "_to_raw_text", "_peak_mb")


def describe_machine() -> str:
    """Processor, cores and memory; no name."""
    processor = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        processor = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), processor)
        memory = f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"
    except (OSError, ValueError):
        memory = "memory unknown"
    return f"{processor}, {os.cpu_count()} cores, {memory}, {platform.system()}, Python {platform.python_version()}"


def losses(now: Mapping[str, float], before: Mapping[str, float]) -> list[str]:
    """What is worse than before by more than ``TOLERANCE``, among the ratios and the memory, which a busy machine leaves alone.

    >>> losses({"whole_job_ratio": 1.5, "database_to_raw_text": 3.6}, {"whole_job_ratio": 2.0, "database_to_raw_text": 3.0})
    ['whole_job_ratio: 1.5, was 2', 'database_to_raw_text: 3.6, was 3']
    """
    return [
        f"{name}: {now[name]:.3g}, was {before[name]:.3g}"
        for name in now
        if name in before and _is_worse(name, now[name], before[name])
    ]


def _is_worse(name: str, now: float, before: float) -> bool:
    if name.endswith("_ratio"):
        return now < (1 - TOLERANCE) * before
    return name.endswith(_BETTER_LOW) and now > (1 + TOLERANCE) * before


def unexplained(file: Path) -> list[str]:
    """Losses from one line of a history to the next of the same machine, where the later has no ``why``."""
    last: dict[str, dict[str, float]] = {}
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if "why" not in entry:
            found += [f"{entry['at']} {loss}" for loss in losses(entry["measured"], last.get(entry["machine"], {}))]
        last[entry["machine"]] = last.get(entry["machine"], {}) | entry["measured"]
    return found


def last_entry(file: Path, machine: str) -> dict[str, float]:
    """What was measured last on such a machine; empty where nothing was."""
    if not file.exists():
        return {}
    entries = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    found = [entry["measured"] for entry in entries if entry["machine"] == machine]
    return dict(found[-1]) if found else {}


def append(file: Path, machine: str, measured: Mapping[str, float]) -> None:
    """Add a line for what was measured."""
    entry = {
        "at": datetime.now(UTC).strftime("%Y-%m-%d"),
        "version": PIPELINE_VERSION,
        "machine": machine,
        "measured": {name: float(f"{value:.4g}") for name, value in measured.items()},
    }
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(entry) + "\n")
