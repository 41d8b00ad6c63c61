"""Numerals that order a text and are not part of it: the marks of lists, headings and footnotes."""

from __future__ import annotations

import re

from pipeline.number.explained import Explained


def _numbered_notes(text: str, start: int, number: int) -> bool:
    """Whether a line that begins with a bare number is a note: the first after a blank or ``Notes`` line, or a later one."""
    if number == 1:
        return (
            text.startswith("\n2 ", text.find("\n", start))
            or text[max(0, start - 2) : start] == "\n\n"
            or bool(re.search(r"(?i)notes?:?\n\Z", text[max(0, start - 12) : start]))
        )
    return f"\n{number - 1} " in text[max(0, start - 2000) : start]


_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?[ \u00a0]{1,3}[A-Z][^\n]{2,90}(?:\n|\Z)")


def section_number(text: str, start: int, end: int) -> Explained | None:
    """``2.1 Capacity`` alone on a line: the number of a heading, which ends in no period."""
    if start and text[start - 1] != "\n":
        return None
    found = _SECTION.match(text, start)
    if found is None or found.group().rstrip().endswith((".", ";", ",")):
        return None
    return Explained("list_mark", "list.section", end)


def list_mark(text: str, start: int, end: int) -> Explained | None:
    """``2.`` or ``3)`` or ``(3)`` at the start of a line, ``(2)`` before a word, ``Q1.``."""
    if end - start > 3 or not text[start:end].isdigit():
        return None
    before = text[max(0, start - 2) : start]
    line_start = (
        not start
        or text[start - 1] == "\n"
        or text[max(start - 12, text.rfind("\n", max(0, start - 12), start) + 1) : start].strip(" \t\u00a0•*-–#>(") == ""
    )
    after = text[end : end + 2]
    if line_start and len(after) >= 1 and after[0] in ".):" and (len(after) == 1 or after[1] in " \t\n\u00a0"):
        return Explained("list_mark", "list.line", end)
    if (
        line_start
        and after[:1] == " "
        and text[end + 1 : end + 2].isupper()
        and _numbered_notes(text, start, int(text[start:end]))
    ):
        return Explained("footnote", "footnote.note", end)
    if before.endswith("(") and after[:1] == ")" and end - start <= 2 and re.match(r"\) +[A-Za-z]", text[end : end + 3]):
        return Explained("list_mark", "list.parenthesis", end)
    if line_start and before[-1:] in ("[", "(") and after[:1] in ("]", ")"):
        return Explained("footnote", "footnote.bracket", end)
    return None


def footnote(text: str, start: int, end: int) -> Explained | None:
    """A mark glued to a word or its punctuation: ``economy,1 fueled``, ``(DDT).2 In``, ``[5]``."""
    if start < 2 or end - start > 3:
        return None
    before, earlier = text[start - 1], text[start - 2]
    after = text[end : end + 1]
    if before in "[" and after == "]":
        return Explained("footnote", "footnote.bracket", end)
    if (
        before in ".,;:!?)”\"’'"
        and not earlier.isspace()
        and (not after or after in " \n\t\u00a0,.;:)—–-")
        and not (before in ".,:" and earlier.isdigit() and _plain_number_before(text, start - 2))
    ):
        return Explained("footnote", "footnote.glued", end)
    return None


def _plain_number_before(text: str, at: int) -> bool:
    """Whether the digits that end at ``at`` are a number on their own (``1.5``), not the year before a mark (``2023,1``)."""
    left = at
    while left and text[left - 1].isdigit():
        left -= 1
    return at - left + 1 != 4
