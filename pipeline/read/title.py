"""The title of a text: its first heading line."""

from __future__ import annotations

import re

from pipeline.read.calendar_dates import find_dates

_LONGEST_TITLE = 200
_HEAD_LINES = 6
_MARKDOWN_HEADING = re.compile(r"#{1,2}\s+(?P<title>.+?)\s*#*\s*$")
#: A heading does not end like a sentence.
_SENTENCE_END = (".", ":", ";", ",", ".”", '."', ".’")
#: Rubrics that stand above the title (``EXECUTIVE SUMMARY``, ``Statistical bulletin``).
_RUBRIC = re.compile(
    r"(?:commentary|opinion|analysis|exclusive|explained|explainer|editorial|interview|executive summary|highlights|key messages"
    r"|fact ?sheet|press release|news release|media release|statistical (?:bulletin|release)|for immediate release"
    r"|(?:press|news|media|statistical) release no\W.{1,30}|policy brief.{0,20}|working paper.{0,20})",
    re.IGNORECASE,
)


def find_title(text: str, *, markdown: bool = False) -> str | None:
    """The first line that is a heading, or None where the text begins with a sentence.

    >>> find_title("Exports rise\\n\\nExports rose 5%.")
    'Exports rise'
    >>> find_title("Exports rose 5%.") is None
    True
    """
    lines = [line.strip() for line in text[:4000].splitlines() if line.strip()]
    if markdown:
        for line in lines:
            heading = _MARKDOWN_HEADING.match(line[:_LONGEST_TITLE])
            if heading:
                return heading["title"]
    if len(lines) < 2:
        return None
    fallback: str | None = None
    for line in lines[: min(_HEAD_LINES, len(lines) - 1)]:
        if not _is_heading(line):
            break
        if _RUBRIC.fullmatch(line) or find_dates(line):
            fallback = fallback or line
            continue
        return line
    return fallback


def _is_heading(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and not line.endswith(_SENTENCE_END) and line[:1] not in "*•-▪●–"
