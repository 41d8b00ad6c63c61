"""What the user named → the files to read: files, folders, globs, standard input.

A folder gives its files of a known format, all the way down, sorted by name. Passed over in it are hidden files and
folders, ``README`` files (they tell of the folder), sidecars, the parts of saved pages, and every other format. Links to
folders are not followed, so that none can lead in a circle. A file that was named itself must be of a known format.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FormatError, MetadataError, ReadError
from pipeline.read.formats import GZIP, SUFFIXES, Format, format_of, require_format
from pipeline.read.metadata import SIDECAR_SUFFIX, read_sidecar, sidecar_of
from pipeline.records import Reject

STDIN = "-"
_PAGE_SUFFIXES = (".html", ".htm")
#: A browser that saves ``page.html`` puts what the page loads into the folder ``page_files``: frames and scripts, no articles.
_PARTS = "_files"


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read: the source of its article, where it is (None: standard input, or ``url``), and how it is read."""

    source: str
    path: Path | None
    format: Format
    url: str | None = None


def discover(paths: Iterable[str | Path]) -> Iterator[Input | Reject]:
    """The inputs that ``paths`` name, each once, and a reject for each path that names none."""
    seen: set[str] = set()
    for given in paths:
        for found in _discover_one(str(given)):
            if isinstance(found, Input):
                name = found.url or stable_source(found.path or STDIN)
                if name in seen:
                    continue
                seen.add(name)
            yield found


def stable_source(path: str | Path) -> str:
    """The name that a path is known by: with ``/``, and relative to the working directory where it lies in it.

    A path outside stays as it was given, relative or absolute, so that the same command gives the same ids on two machines.
    Bytes of a name that are no UTF-8 are written as escapes, since no text can hold them.

    >>> stable_source("./corpus/../corpus/a.txt")
    'corpus/a.txt'
    """
    given = os.path.normpath(os.fspath(path))
    if os.path.isabs(given):
        here = os.getcwd()
        if given.startswith(here + os.sep):
            given = os.path.relpath(given, here)
    return Path(given).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def _discover_one(given: str) -> Iterator[Input | Reject]:
    if given == STDIN:
        yield Input(source=STDIN, path=None, format=require_format("stdin.txt"))
        return
    if given.lower().startswith(("http://", "https://")):
        yield Input(source=given, path=None, format=require_format("url.urls"), url=given)
        return
    path = Path(given)
    try:
        if path.is_dir():
            yield from _walk(path)
        elif os.path.lexists(path):
            yield from _named_file(path)
        elif glob.has_magic(given):
            yield from _match(given)
        else:
            yield _reject(given, ReadError("There is no such file or folder. Check the spelling, and quote a glob."))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield _reject(given, ReadError(f"It cannot be looked up: {reason}."))


def _named_file(path: Path) -> Iterator[Input | Reject]:
    if path.name.endswith(SIDECAR_SUFFIX):
        stem = path.name.removesuffix(SIDECAR_SUFFIX)
        if not any(path.with_name(stem + suffix).exists() for suffix in ("", *SUFFIXES, *(suffix + GZIP for suffix in SUFFIXES))):
            yield _reject(
                path, FormatError("It is a sidecar without its article. Name the article; its sidecar is found by itself.")
            )
        return
    try:
        yield _input(path)
    except ReadError as error:
        yield _reject(path, error)


def _match(pattern: str) -> Iterator[Input | Reject]:
    matches = sorted(glob.glob(pattern, recursive=True))
    if not matches:
        yield _reject(pattern, ReadError("No file matches. Check the pattern; ** goes down into folders."))
    for match in matches:
        path = Path(match)
        if path.is_dir():
            continue
        if _is_article_name(path.name):
            yield _input(path)


def _walk(folder: Path) -> Iterator[Input | Reject]:
    errors: list[OSError] = []
    for parent, folders, names in os.walk(folder, followlinks=False, onerror=errors.append):
        pages = {name.rpartition(".")[0] for name in names if name.lower().endswith(_PAGE_SUFFIXES)}
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and not (name.endswith(_PARTS) and name.removesuffix(_PARTS) in pages)
        )
        for name in sorted(names):
            if _is_article_name(name):
                path = Path(parent, name)
                yield _input(path)
    for error in errors:
        yield _reject(
            error.filename or folder, ReadError(f"The folder cannot be listed: {error.strerror}. Check its permissions.")
        )


def _input(path: Path) -> Input:
    return Input(source=_sidecar_source(path) or stable_source(path), path=path, format=require_format(path.name))


def _sidecar_source(path: Path) -> str | None:
    """The source that the sidecar of a file names; a sidecar that is wrong becomes a reject when its file is read."""
    sidecar = sidecar_of(path)
    try:
        metadata = read_sidecar(sidecar) if sidecar else None
    except MetadataError:
        return None
    return (metadata.url or metadata.source) if metadata else None


def _is_article_name(name: str) -> bool:
    hidden = name.startswith(".")
    about = name.split(".")[0].upper() == "README"
    return not hidden and not about and format_of(name) is not None


def _reject(source: str | Path, error: ReadError) -> Reject:
    return Reject(source=stable_source(source), stage="read", error=type(error).__name__, message=str(error))
