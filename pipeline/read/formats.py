"""The one list that names what can be read, by the suffix of its name.

A new format is a module with one function and a row here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from pipeline.errors import FormatError

#: How a file is read: one article from all of its bytes, or one from each of its lines.
Shape = Literal["text", "lines"]


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the list: its name, how it is read, the suffixes that mean it."""

    name: str
    shape: Shape
    suffixes: tuple[str, ...]


FORMATS = (
    Format("plain text", "text", (".txt", ".text")),
    Format("Markdown", "text", (".md", ".markdown")),
    Format("JSON lines, one article a line", "lines", (".jsonl", ".ndjson")),
)
_BY_SUFFIX = {suffix: row for row in FORMATS for suffix in row.suffixes}
SUFFIXES = tuple(_BY_SUFFIX)


def format_of(name: str) -> Format | None:
    """The format that a file's name means, or None."""
    return _BY_SUFFIX.get(PurePath(name).suffix.lower())


def require_format(name: str) -> Format:
    """The format that a file's name means. Raises ``FormatError``, with the list, when it means none."""
    found = format_of(name)
    if found is None:
        suffix = PurePath(name).suffix or "no suffix"
        raise FormatError(f"{suffix} is none that can be read. Allowed are {', '.join(SUFFIXES)}. Convert it to text.")
    return found
