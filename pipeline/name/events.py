"""Events by how they are worded, beside those that a head word with a capital ends (``heads``). Pure."""

from __future__ import annotations

import re
from typing import Final

from pipeline.name.heads import Grown
from pipeline.name.tables import any_of
from pipeline.name.terms import FUNCTION_WORDS

_CAP: Final = r"[A-ZÀ-ÖØ-ÞĀ-ſ][\w.’'–-]{1,20}"
_DATED: Final = re.compile(rf"[12]\d\d\d(?<=1[5-9]..|20..)(?<!\w....) (?:{_CAP} ){{1,4}}(?:{any_of('dated_events.txt')})\b")
_PLACED: Final = re.compile(rf"(?:{_CAP} ){{1,2}}(?:{any_of('placed_events.txt')})\b")
_CALLED: Final = ("Hurricane ", "Typhoon ", "Cyclone ", "Storm ", "Operation ", "Battle of ", "Siege of ")
_STORM: Final = re.compile(
    rf"\b(?:Tropical )?(?:{'|'.join(map(str.rstrip, _CALLED))}) (?:the )?"
    r"[A-ZÀ-ÖØ-ÞĀ-ſ][\w’'-]{2,20}(?: [A-Z][a-z]{2,20})?"
)
_PLACED_WORDS: Final = re.compile(rf" (?:{any_of('placed_events.txt')})\b")


def find_events(text: str) -> list[Grown]:
    """Events by year and place, by place and kind, and named storms.

    >>> text = "After the 1958 Iraqi coup d'état and Cyclone Ada came the Sudanese civil war."
    >>> [text[name.start : name.end] for name in find_events(text)]
    ["1958 Iraqi coup d'état", 'Cyclone Ada', 'Sudanese civil war']
    """
    found = [Grown(hit.start(), hit.end(), "EVENT", "dated_event") for hit in _DATED.finditer(text)]
    if any(word in text for word in _CALLED):
        found += [Grown(hit.start(), hit.end(), "EVENT", "named_storm") for hit in _STORM.finditer(text)]
    if _PLACED_WORDS.search(text):
        for hit in _PLACED.finditer(text):
            first, _, rest = hit[0].partition(" ")
            start = hit.start() + (len(first) + 1 if first in FUNCTION_WORDS else 0)
            if rest[:1].isupper() or start == hit.start():
                found.append(Grown(start, hit.end(), "EVENT", "placed_event"))
    return found
