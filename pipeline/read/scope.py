"""Which files the folders and globs of an ingest name, whether they are there or not: only these can be missed."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from pipeline.read.discover import STDIN, Input, stable_source
from pipeline.records import Reject


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Folders and globs as stable names; ``unlisted`` are folders in them that could not be looked into.

    ``found`` are the files that were there. ``is_empty`` says that a folder or glob gave none at all, as an unmounted drive
    does.
    """

    folders: tuple[str, ...] = ()
    globs: tuple[tuple[str, ...], ...] = ()
    unlisted: tuple[str, ...] = ()
    found: frozenset[str] = frozenset()
    is_empty: bool = False

    def misses(self, path: str) -> bool:
        """Whether a file by its stable name is one that these folders and globs name, and was not there."""
        if path in self.found or any(is_below(path, folder) for folder in self.unlisted):
            return False
        return self._names(path)

    def _names(self, path: str) -> bool:
        parts = path.split("/")
        return any(is_below(path, folder) for folder in self.folders) or any(_matches(parts, each) for each in self.globs)


def scope_of(paths: Iterable[str | Path], found: Iterable[Input | Reject]) -> Scope:
    """The scope of an ingest of ``paths``, where ``discover`` gave ``found``.

    A folder that is not there is none of it: that its files are gone is not to be told from a drive that is not mounted.
    """
    folders, globs = [], []
    for given in map(str, paths):
        if given == STDIN or "://" in given:
            continue
        if Path(given).is_dir():
            folders.append(stable_source(given))
        elif not os.path.lexists(given) and glob.has_magic(given):
            globs.append(tuple(stable_source(given).split("/")))
    inputs = list(found)
    scope = Scope(
        folders=tuple(folders),
        globs=tuple(globs),
        unlisted=tuple(row.source for row in inputs if isinstance(row, Reject)),
        found=frozenset(stable_source(row.path) for row in inputs if isinstance(row, Input) and row.path is not None),
    )
    alone = [Scope(folders=(folder,)) for folder in folders] + [Scope(globs=(each,)) for each in globs]
    is_empty = any(not any(one._names(path) for path in scope.found) for one in alone)
    return Scope(folders=scope.folders, globs=scope.globs, unlisted=scope.unlisted, found=scope.found, is_empty=is_empty)


def is_below(path: str, folder: str) -> bool:
    """Whether a stable name lies in a folder.

    >>> is_below("news/a.txt", "news"), is_below("newsroom/a.txt", "news"), is_below("a.txt", "."), is_below("/a.txt", ".")
    (True, False, True, False)
    """
    if folder == ".":
        return not path.startswith(("/", "../"))
    return path.startswith(folder.rstrip("/") + "/")


def _matches(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether the parts of a path match those of a glob, where ``**`` is any number of folders."""
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_matches(parts[start:], pattern[1:] or ("*",)) for start in range(len(parts)))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])
