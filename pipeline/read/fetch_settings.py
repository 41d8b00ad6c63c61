"""How pages are fetched: the table ``[fetch]`` of the settings, apart from the fetching so that it costs no import."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field


class FetchSettings(BaseModel):
    """How to fetch; times in seconds, sizes in bytes. The description of each field is its documentation."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")

    user_agent: str = Field(
        default="factledger/0.1 (reads articles for figures)",
        min_length=1,
        max_length=300,
        pattern=r"^[\x20-\x7e]+$",
        description="How requests name themselves; say there how you can be reached.",
    )
    delay: float = Field(default=1.0, ge=0, le=3600, description="Seconds between two requests to one host.")
    timeout: float = Field(default=20.0, gt=0, le=600, description="Seconds without any answer after which a request ends.")
    most_seconds: float = Field(default=120.0, gt=0, le=3600, description="Seconds that one page may take.")
    most_bytes: int = Field(default=50_000_000, ge=1_000, description="Bytes that one page may have.")
    most_redirects: int = Field(default=5, ge=0, le=20, description="Times that one page may lead on to another address.")
    tries: int = Field(default=3, ge=1, le=10, description="Requests for one page while its host is busy or does not answer.")
    backoff: float = Field(
        default=1.0, ge=0, le=60, description="Seconds before the second try; twice as many before each further one."
    )
    most_failures: int = Field(
        default=3,
        ge=1,
        le=1000,
        description="Pages of one host that fail in a row, after which its others wait for the next run.",
    )
    obey_robots: bool = Field(default=True, description="Whether the wishes of robots.txt are kept.")
    allow_private_addresses: bool = Field(
        default=False, description="Whether addresses inside your own network may be fetched from."
    )
