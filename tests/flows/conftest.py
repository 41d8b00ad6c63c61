"""What the tests of flows share: one Prefect server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One temporary Prefect server for the whole session: starting one takes seconds."""
    from prefect.testing.utilities import prefect_test_harness

    import flows.ingest  # noqa: F401 - sets the environment before Prefect is imported

    with prefect_test_harness(server_startup_timeout=180):
        yield
