"""Bytes become text without a character lost, or a reject that says what to do."""

from __future__ import annotations

import codecs
import os
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.read.decode import check_text, decode

WESTERN = "“Growth” was £5bn – in a café of São Paulo: €3m. " * 5
CHINESE = "二〇二四年出口增长百分之五，达到三万亿元，进口也有所增加。" * 10
RUSSIAN = "Экспорт вырос на пять процентов, импорт сократился. " * 10


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (WESTERN, "utf-8"),
        (WESTERN, "utf-8-sig"),
        (WESTERN, "utf-16"),
        (WESTERN, "utf-32"),
        (WESTERN, "cp1252"),
        ("A rate of £5 in a long line of plain English words about trade and nothing else at all.", "latin-1"),
        ("The café’s sales rose to £3m.", "cp1252"),
        (CHINESE, "gb18030"),
        (RUSSIAN, "cp1251"),
        ("no\xa0break\u2009spaces\r\nand line ends\n", "utf-8"),
    ],
)
def test_decode(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_utf_16_marks() -> None:
    assert decode(codecs.BOM_UTF16_BE + "ab".encode("utf-16-be")) == "ab"
    with pytest.raises(ReadError, match="byte order mark of utf-16-le"):
        decode(codecs.BOM_UTF16_LE + b"a")


def test_stray_bytes_in_utf_8_are_read_as_windows_text() -> None:
    assert decode((WESTERN + "The bank").encode() + b"\x92s rate") == WESTERN + "The bank’s rate"


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"a\0b", "NUL bytes"), (b"\x7fELF\x02\x01\x01\0\0", "binary"), (bytes(range(1, 256)) * 50, "UTF-8|control|binary")],
)
def test_binary_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        check_text(decode(data), max_chars=1_000_000)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        (" \n\t\xa0", "empty"),
        ("word " * 1000, "at most"),
        ("1" * 60_000, "data, not prose|at most"),
        ("half \ud800 pair", "surrogate"),
        ("nul \0", "NUL"),
        ("\x1b[31m\x01\x02\x03" * 30, "control characters"),
    ],
)
def test_what_is_no_article_is_refused_with_advice(text: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        check_text(text, max_chars=4000 if len(text) < 50_000 else 10**6)


def test_chinese_without_spaces_is_an_article() -> None:
    check_text(CHINESE * 300, max_chars=10**6)


def test_large_binary_takes_little_time() -> None:
    data = os.urandom(10_000_000).replace(b"\0", b"\1")
    started = time.process_time()
    with pytest.raises(ReadError):
        check_text(decode(data), max_chars=10**8)
    assert time.process_time() - started < 10


@given(st.binary(max_size=300))
def test_any_bytes_become_text_or_a_reject(data: bytes) -> None:
    with suppress(ReadError):
        text = decode(data)
        check_text(text, max_chars=1000)
        text.encode()


@given(st.text(max_size=200).filter(lambda text: "\0" not in text and not text.startswith("\ufeff")))
def test_utf_8_comes_back_to_the_character(text: str) -> None:
    assert decode(text.encode("utf-8", "surrogatepass") if text.isascii() else text.encode()) == text
