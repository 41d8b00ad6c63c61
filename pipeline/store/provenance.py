"""The words of a text that each part of a fact came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.store.reading import Record

#: The parts of a fact that come from words of the text.
PARTS = ("figure", "measure", "entity", "period", "basis", "attribution")


@dataclass(frozen=True, slots=True)
class Words:
    """The words ``text[start:end]`` of a document; ``part`` is one of ``PARTS``."""

    start: int
    end: int
    part: str


def words_behind(fact: Record, dates: Sequence[Record], sentence: Record | None) -> list[Words]:
    """The spans that the parts of ``fact`` came from; ``dates`` are those of its document, ``sentence`` is its own.

    The words of its period are those of the date with its value that stands nearest; those of its attribution are looked
    for in its sentence, where the reading rules want them.
    """
    words = [Words(fact["start_char"], fact["end_char"], "figure")]
    for part in ("measure", "entity"):
        if fact[f"{part}_start"] is not None:
            words.append(Words(fact[f"{part}_start"], fact[f"{part}_end"], part))
    for part in ("period", "basis"):
        start, end = fact[f"{part}_start"], fact[f"{part}_end"]
        same = [d for d in dates if (start, end) != (None, None) and (d["start_date"], d["end_date"]) == (start, end)]
        if same:
            nearest = min(same, key=lambda d: abs(d["start_char"] - fact["start_char"]))
            words.append(Words(nearest["start_char"], nearest["end_char"], part))
    place = sentence["text"].find(fact["attribution"]) if sentence and fact["attribution"] else -1
    if sentence and place >= 0:
        start = sentence["start_char"] + place
        words.append(Words(start, start + len(fact["attribution"]), "attribution"))
    return words


def quoted_words(text: str, words: Sequence[Words]) -> dict[str, str | None]:
    """Part of a fact → the words of ``text`` that it came from; None for a part that came from none."""
    quoted: dict[str, str | None] = dict.fromkeys(PARTS)
    for each in words:
        if quoted[each.part] is None:
            quoted[each.part] = text[each.start : each.end]
    return quoted
