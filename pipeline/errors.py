"""Everything that can go wrong, as one tree.

::

    FactledgerError
    ├── SettingsError          terminal: factledger.toml, the environment or an option says something not allowed
    ├── ReadError              terminal: this input cannot become an article; the run records a reject and goes on
    │   ├── FormatError        its suffix is none that can be read
    │   ├── MetadataError      its sidecar or its line has a field of the wrong type or value
    │   └── FetchError         a URL is refused, missing, too large or private
    │       └── TransientFetchError  transient: the host does not answer, or asks to come back later
    ├── ExtractError           terminal: the language work failed on this article; the run records a reject and goes on
    │   └── ModelError         the spaCy model that was named is not installed or cannot be used
    ├── QueryError             terminal: the SQL is refused, wrong, or ran out of time, rows or memory
    ├── ServerError            terminal: the Prefect server of the schedule does not start, or its port is taken
    └── StoreError             terminal: the database is missing, damaged or of another version
        └── StoreBusyError     transient: another process holds the file; the same call may succeed later

Only ``transient`` errors are worth a retry: see ``is_transient``. Each message says what came, what is allowed, and
what to do.
"""

from __future__ import annotations

from typing import ClassVar


class FactledgerError(Exception):
    """The root of the tree: catch it to catch everything that this package raises on purpose."""

    transient: ClassVar[bool] = False


class SettingsError(FactledgerError):
    """A setting has a name or value that is not allowed."""


class ReadError(FactledgerError):
    """An input cannot become an article."""


class FormatError(ReadError):
    """An input has a suffix that no reader is named for."""


class MetadataError(ReadError):
    """A sidecar, or the metadata of a line, is not what it must be."""


class FetchError(ReadError):
    """A URL cannot be fetched. ``status`` is that of the answer, if there was one."""

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class TransientFetchError(FetchError):
    """A URL may be fetched later. ``retry_after`` is how many seconds the host asks to wait."""

    transient: ClassVar[bool] = True

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ExtractError(FactledgerError):
    """The language work failed on an article."""


class ModelError(ExtractError):
    """The spaCy model that was named is not installed, or cannot be used."""


class QueryError(FactledgerError):
    """A query is refused, wrong, or went past its limits."""


class ServerError(FactledgerError):
    """The Prefect server of the schedule does not start, or its port is taken."""


class StoreError(FactledgerError):
    """The database is missing, damaged, or of another version."""


class StoreBusyError(StoreError):
    """Another process holds the database; the same call may succeed later."""

    transient: ClassVar[bool] = True


def is_transient(error: BaseException) -> bool:
    """Whether the same call may succeed later, so that a retry can help."""
    return isinstance(error, FactledgerError) and error.transient
