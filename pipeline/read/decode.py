"""Bytes → text, character for character: by byte order mark, then UTF-8, then the likeliest of the old encodings."""

from __future__ import annotations

import codecs
import re

from pipeline.errors import ReadError

#: Marks and their codecs; UTF-32 first, since its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: How much of a text the guess of its encoding looks at: the guess takes time, and more bytes do not better it.
_SAMPLE_BYTES = 64_000
#: A longer run of characters without a space is a dump, not prose; language work on it would take minutes.
_LONGEST_WORD = 50_000
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_UNDEFINED_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
#: With no more than this share of bytes past ASCII a guess by statistics errs (``£`` becomes ``Ł``), and the text is
#: English with a few quotes, dashes or currency signs: Windows-1252, which holds Latin-1.
_FEW_PERCENT = 4
#: The same for a short text, where a few bytes are a large share.
_FEW_BYTES = 8
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACED = "ASCII, UTF-8, UTF-16 with a byte order mark, or a common one-byte or Chinese, Japanese or Korean encoding"


def decode(data: bytes) -> str:
    """The text of a file; the byte order mark is no part of it, line ends stay as they are.

    Raises ``ReadError`` when the bytes are no text (NUL bytes, control characters, no known encoding).
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(codec)
            except UnicodeDecodeError as error:
                raise ReadError(f"It begins with the byte order mark of {codec} but is not valid {codec} ({error}).") from error
    if b"\0" in data:
        raise ReadError(f"It holds NUL bytes, so it is binary or UTF-16 without a mark. Allowed is text: {_SPACED}.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_other(data, error.start)


def _decode_other(data: bytes, first_bad: int) -> str:
    """A text that is not UTF-8: nearly so with stray bytes of Windows-1252, Windows-1252, or another."""
    in_sequences = sum(len(match) for match in _MULTIBYTE.findall(data))
    if in_sequences >= 3 and in_sequences * 2 >= len(_HIGH_BYTE.findall(data)):
        return data.decode("utf-8", _STRAY_BYTES)
    few = max(_FEW_BYTES, len(data) * _FEW_PERCENT // 100)
    if len(_HIGH_BYTE.findall(data)) <= few and not _UNDEFINED_IN_CP1252.search(data):
        return data.decode("cp1252")
    from charset_normalizer import from_bytes

    start = max(0, first_bad - _SAMPLE_BYTES // 2)
    guess = from_bytes(data[start : start + _SAMPLE_BYTES]).best()
    for encoding in [guess.encoding] if guess else []:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            return data.decode("cp1252", "replace")
    raise ReadError(
        f"Its bytes are no text in any known encoding (the first that is not UTF-8 is 0x{data[first_bad]:02x} at {first_bad}). "
        "Save it as UTF-8."
    )


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_STRAY_BYTES = "factledger_stray_bytes"
codecs.register_error(_STRAY_BYTES, _stray_byte)


def check_text(text: str, *, max_chars: int) -> None:
    """Raise ``ReadError``, saying what to do, when ``text`` is none that an article can be: empty, too long, or a dump."""
    if not text.strip():
        raise ReadError("It is empty: there is no text to read.")
    if len(text) > max_chars:
        raise ReadError(f"It has {len(text):,} characters; at most {max_chars:,} are read (setting max_text_chars). Split it.")
    if "\0" in text:
        raise ReadError("It holds a NUL character. Take it out, or save the file as text.")
    surrogate = _SURROGATE.search(text)
    if surrogate:
        raise ReadError(
            f"It holds half of a surrogate pair at character {surrogate.start()}, which is no character. Repair the export."
        )
    controls = len(_CONTROL.findall(text))
    if controls > 8 and controls * 100 > len(text):
        raise ReadError(f"It holds {controls:,} control characters, so it is binary, not text. Convert it to UTF-8 text.")
    longest = max(map(len, text.split()))
    if longest > _LONGEST_WORD and not _is_unspaced_script(text):
        raise ReadError(f"It holds a run of {longest:,} characters without a space, so it is data, not prose.")


def _is_unspaced_script(text: str) -> bool:
    """Whether the text is mostly of a script written without spaces (Chinese, Japanese, Thai)."""
    sample = text[:10_000]
    return sum(char >= "\u0e00" for char in sample) * 2 > len(sample)
