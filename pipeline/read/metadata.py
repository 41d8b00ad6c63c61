"""What is known of an article beside its text: a sidecar ``NAME.meta.json``, or the other fields of a line of JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import MetadataError
from pipeline.read.calendar_dates import find_dates

SIDECAR_SUFFIX = ".meta.json"
_LARGEST_SIDECAR_BYTES = 1_000_000
_LONGEST_FIELD = 2_000
_YEARS = range(1500, 2201)
#: Addresses that lead a browser to a file or a script of the reader's own machine.
_LOCAL_SCHEMES = ("file:", "javascript:", "data:", "vbscript:")
_TEXT_FIELDS = ("title", "publisher", "author", "source", "url", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Fields that were given; None for those that were not. ``published_at`` keeps its zone where one was given."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    published_at: datetime | None = None


def sidecar_of(path: Path) -> Path | None:
    """The sidecar of a file, if there is one: ``NAME.txt.meta.json`` before ``NAME.meta.json``; so too for ``NAME.txt.gz``."""
    for name in dict.fromkeys((path.name, path.stem, PurePosixPath(path.stem).stem)):
        candidate = path.with_name(name + SIDECAR_SUFFIX)
        if candidate.is_file():
            return candidate
    return None


def read_sidecar(path: Path) -> Metadata:
    """The metadata of a sidecar. Raises ``MetadataError``, naming the file, when it is not what it must be."""
    try:
        if path.stat().st_size > _LARGEST_SIDECAR_BYTES:
            raise MetadataError(f"it is larger than {_LARGEST_SIDECAR_BYTES:,} bytes")
        fields = parse_object(path.read_bytes().decode("utf-8-sig"))
        return read_fields(fields)
    except OSError as error:
        raise MetadataError(f"Its sidecar {path.name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise MetadataError(f"Its sidecar {path.name} is not UTF-8.") from error
    except MetadataError as error:
        raise MetadataError(f"Its sidecar {path.name} is wrong: {error} Correct it or take it away.") from error


def parse_object(text: str) -> Mapping[str, Any]:
    """A JSON object. Raises ``MetadataError`` for anything else."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deeply or has too long a number"
        raise MetadataError(f"It is not valid JSON: {reason}.") from error
    if not isinstance(found, dict):
        raise MetadataError(f'A JSON object such as {{"published_at": "2025-09-01"}} is wanted, not {_type_name(found)}.')
    return found


def read_fields(fields: Mapping[str, Any]) -> Metadata:
    """The fields that are known, checked; others are passed over. Raises ``MetadataError`` for a wrong type or value."""
    texts = {name: _text_field(fields, name) for name in _TEXT_FIELDS}
    for name in ("source", "url"):
        if texts[name] is not None:
            _check_source(name, texts[name] or "")
    return Metadata(published_at=_moment_field(fields), **texts)


def _text_field(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise MetadataError(f"{name} must be a text, not {_type_name(value)}.")
    if len(value) > _LONGEST_FIELD:
        raise MetadataError(f"{name} has {len(value):,} characters; at most {_LONGEST_FIELD:,} are allowed.")
    if any("\ud800" <= char <= "\udfff" or char == "\0" for char in value):
        raise MetadataError(f"{name} holds a character that is none (NUL or half of a surrogate pair).")
    return value.strip() or None


def _check_source(name: str, value: str) -> None:
    """A source is a label, never opened; still one that climbs out of its folder is a mistake or an attack."""
    if value.lower().startswith(_LOCAL_SCHEMES):
        raise MetadataError(f"{name} must be a web address or a name inside the collection: {value[:80]!r}.")
    if ".." in PurePosixPath(value.replace("\\", "/")).parts or value.startswith(("/", "\\")):
        raise MetadataError(
            f"{name} must be a URL or a name inside the collection, without '..' and not from the root: {value[:80]!r}."
        )


def _moment_field(fields: Mapping[str, Any]) -> datetime | None:
    value = fields.get("published_at")
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise MetadataError(
            f'published_at must be a text such as "2025-09-01" or "2025-09-01T08:30:00Z", not {_type_name(value)}.'
        )
    return parse_moment(value)


def parse_moment(text: str) -> datetime:
    """A date or time as metadata prints it: ISO 8601, RFC 2822 (mail, RSS), or a date in words.

    Raises ``MetadataError`` when it is none of these, or its year is not between 1500 and 2200.

    >>> parse_moment("2025-09-01"), parse_moment("September 1, 2025")
    (datetime.datetime(2025, 9, 1, 0, 0), datetime.datetime(2025, 9, 1, 0, 0))
    """
    moment = _parse_any(text.strip())
    if moment is None or moment.year not in _YEARS:
        raise MetadataError(f'published_at must be a date such as "2025-09-01" or "2025-09-01T08:30:00Z", not {text[:80]!r}.')
    return moment


def _parse_any(text: str) -> datetime | None:
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    found = find_dates(text[:80])
    if len(found) == 1 and found[0][:2] == (0, len(text)):
        day = found[0][2]
        return datetime(day.year, day.month, day.day)
    return None


def _type_name(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list", dict: "an object"}
    return "null" if value is None else names.get(type(value), type(value).__name__)
