"""Opening a file without being surprised: regular files alone, and no more bytes than are allowed, unpacked or not."""

from __future__ import annotations

import gzip
import io
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from pipeline.errors import ReadError
from pipeline.read.formats import is_gzipped

#: Text shrinks three to twenty times; a file that unpacks to more than this many times its size is a bomb.
_MOST_TIMES = 200
#: … but a small one may unpack to as much as this.
_SMALL_UNPACKED_BYTES = 50_000_000


def read_bytes(path: Path, *, largest: int, limit: str) -> bytes:
    """All bytes of a file, unpacked if its name ends in ``.gz``. Raises ``ReadError`` for one of more than ``largest`` bytes.

    ``limit`` says in words what is allowed.
    """
    size = check_file(path)
    if size > largest:
        raise ReadError(f"It has {size:,} bytes; {limit}. Split it.")
    if not is_gzipped(path.name):
        return path.read_bytes()
    with open_file(path) as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        raise ReadError(f"It unpacks to more than {largest:,} bytes; {limit}. Split it.")
    return data


@contextmanager
def open_file(path: Path) -> Iterator[IO[bytes]]:
    """A file opened for reading, unpacked if its name ends in ``.gz``; a damaged one raises ``ReadError`` where it is read."""
    size = check_file(path)
    if not is_gzipped(path.name):
        with path.open("rb") as file:
            yield file
        return
    try:
        with _Unpacked(path, most=max(_MOST_TIMES * size, _SMALL_UNPACKED_BYTES)) as unpacked:
            yield cast(IO[bytes], unpacked)
    except (gzip.BadGzipFile, zlib.error) as error:
        raise ReadError(f"It is no gzip file, or a damaged one ({error}). Fetch or pack it again.") from error
    except EOFError as error:
        raise ReadError("It is cut off: the gzip file ends before its text does. Fetch or pack it again.") from error


def unpack(data: bytes, *, most: int) -> bytes:
    """Bytes as they are, or unpacked where they are those of a gzip file. Raises ``ReadError`` past ``most``, or if damaged."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unpacked = file.read(most + 1)
    except (OSError, zlib.error, EOFError) as error:
        raise ReadError(f"It is a damaged gzip file ({error}). Fetch it again.") from error
    if len(unpacked) > most:
        raise ReadError(f"It unpacks to more than {most:,} bytes: it is a bomb, or no list. Unpack it first, and look.")
    return unpacked


class _Unpacked(gzip.GzipFile):
    """A gzip file that raises ``ReadError`` once more than ``most`` bytes have come out of it."""

    def __init__(self, path: Path, *, most: int) -> None:
        super().__init__(path, "rb")
        self._most = most
        self._left = most

    def read(self, size: int | None = -1) -> bytes:
        if size is None or size < 0:
            size = self._left + 1
        return self._take(super().read(size))

    def readline(self, size: int | None = -1) -> bytes:
        if size is None or size < 0:
            size = self._left + 1
        return self._take(super().readline(size))

    def _take(self, data: bytes) -> bytes:
        self._left -= len(data)
        if self._left < 0:
            raise ReadError(
                f"It unpacks to more than {self._most:,} bytes, more than a text of its size would: it is a bomb, or no text. "
                "Unpack it first, and look."
            )
        return data


def check_file(path: Path) -> int:
    """The size of a regular file. Raises ``ReadError`` for a pipe, device or socket, which might never end."""
    info = path.stat()
    if not stat.S_ISREG(info.st_mode):
        raise ReadError("It is not a regular file. Pipe it into: factledger ingest -")
    return info.st_size


def bounded_lines(file: IO[bytes], max_text_chars: int) -> Iterator[bytes]:
    """The lines of a file; one that is too long is cut, so that it is rejected and never held whole."""
    longest = longest_line(max_text_chars)
    while line := file.readline(longest):
        if len(line) == longest and not line.endswith(b"\n"):
            while (rest := file.readline(longest)) and not rest.endswith(b"\n"):
                pass
        yield line


def longest_line(max_text_chars: int) -> int:
    """The most bytes of a line that are held: JSON writes a character with six bytes at most."""
    return 6 * max_text_chars + 100_000
