"""The nightly flows leave a backup and a report, and fail where the database is not sound."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from flows.ingesting import run_ingest
from pipeline.errors import StoreError
from pipeline.store import connect
from tests.conftest import StubExtractor

pytestmark = pytest.mark.slow


@pytest.fixture
def database(in_folder: Path) -> Path:
    Path("a.txt").write_text("China sold 10 in 2024.")
    made = Path("outputs/factledger.duckdb")
    run_ingest(["a.txt"], database=made, extractor=StubExtractor())
    return made


def artifact(key: str) -> str:
    from prefect.artifacts import Artifact

    async def read() -> Any:
        return await Artifact.aget(key=key)

    return str(asyncio.run(read()).data)


def test_a_backup_is_made_and_old_ones_go(prefect_server: None, database: Path) -> None:
    from flows.upkeep import backup

    first = backup(keep=1)
    with connect(first, read_only=True) as con:
        assert con.execute("SELECT count(*) FROM facts").fetchall() == [(1,)]
    assert f"`{first}`" in artifact("backup-report")
    assert first.parent == Path("outputs/backups")


def test_a_check_tells_what_does_not_hold(prefect_server: None, database: Path) -> None:
    from flows.upkeep import check

    check()
    assert "The database is sound." in artifact("check-report")
    with connect(database) as con:
        con.execute("UPDATE facts SET end_char = end_char + 1")
    with pytest.raises(StoreError, match="is not sound"):
        check()
    assert "**not sound**" in artifact("check-report")
