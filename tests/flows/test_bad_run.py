"""All bad inputs in one folder, and good articles among them: the run ends, the good ones are in, memory stays below 2 GB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.store import connect, fetch_records
from pipeline.store.checking import check
from tests.conftest import ROOT
from tests.read.test_bad_inputs import CASES, PAGE, PROSE

MOST_KILOBYTES = 2_000_000


def fill(folder: Path) -> None:
    """The collection, a file a case, and what only a run can meet."""
    for number, (name, content, _) in enumerate(CASES.values()):
        place = folder / f"{number:03}"
        place.mkdir(parents=True)
        (place / name).write_bytes(content if isinstance(content, bytes) else content())
    odd = folder / "odd"
    odd.mkdir()
    with (odd / "line.txt").open("wb") as text, (odd / "line.jsonl").open("wb") as lines:
        for _ in range(200):
            text.write(b"7 tons " * 150_000)
            lines.write(b"x" * 1_000_000)
        lines.write(b"\n" + json.dumps({"text": PROSE}).encode())
    (odd / "climbs.html").write_text(PAGE)
    (odd / "climbs.meta.json").write_text('{"url": "file:///etc/passwd"}')
    (odd / "sidecar.txt").write_text(PROSE)
    (odd / "sidecar.meta.json").write_text("[" * 50_000)
    (odd / "loop").symlink_to("..", target_is_directory=True)
    (odd / "self.txt").symlink_to("self.txt")
    (odd / "closed.txt").write_text(PROSE)
    (odd / "closed.txt").chmod(0)
    (odd / "not a file.txt").mkdir()
    os.mkfifo(odd / "pipe.txt")
    Path(os.fsdecode(os.fsencode(odd) + b"/name\xff.txt")).write_text(PROSE)
    (odd / ("n" * 200 + ".txt")).write_text(PROSE)
    (odd / "tab\tand\nline.txt").write_text(PROSE)


@pytest.mark.slow
def test_no_input_stops_a_run(tmp_path: Path) -> None:
    fill(tmp_path / "bad")
    (tmp_path / "good").mkdir()
    for number in range(20):
        (tmp_path / "good" / f"{number}.txt").write_text(f"Exports rose {number + 1}% in 2024.")
    with (tmp_path / "said").open("wb") as said_file, (tmp_path / "complaint").open("wb") as complaint_file:
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.cli", "ingest", "bad", "good", "--no-names", "--json"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "FACTLEDGER_BATCH_SIZE": "16", "FACTLEDGER_FETCH__TRIES": "1"},
            stdout=said_file,
            stderr=complaint_file,
        )
    _, status, used = os.wait4(process.pid, 0)
    said, complaint = (tmp_path / "said").read_bytes(), (tmp_path / "complaint").read_bytes()
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, complaint[-3000:]
    assert b"Traceback" not in complaint
    assert used.ru_maxrss < MOST_KILOBYTES
    report = json.loads(said)
    assert len(report["rejects"]) == report["rejected"] > 50
    for reject in report["rejects"]:
        assert reject["stage"] == "read", reject
        assert reject["message"].rstrip().endswith((".", ")", "!", "-")), reject
    with connect(tmp_path / "outputs" / "factledger.duckdb", read_only=True) as con:
        sources = {row["source"] for row in fetch_records(con, "SELECT source FROM documents")}
        rejected = {row["source"] for row in fetch_records(con, "SELECT source FROM rejects")}
        assert check(con, whole=True).is_sound
        [run] = fetch_records(con, "SELECT state, rejected FROM runs")
    assert (run["state"], run["rejected"]) == ("completed", report["rejected"])
    assert {f"good/{number}.txt" for number in range(20)} <= sources
    assert {"bad/odd/line.txt", "bad/odd/climbs.html", "bad/odd/sidecar.txt", "bad/odd/self.txt", "bad/odd/pipe.txt"} <= rejected
    assert not any("passwd" in source for source in sources)
    assert "bad/odd/tab\tand\nline.txt" in sources
