"""Names that their last word gives away: agreements and plans (LAW), conferences (EVENT), reports, bodies, buildings.

A head word in ``HEADS`` is found, and the name is grown from it over the capitalized words to its left and, for some
heads, over ``of …`` and ``for …`` to its right. Pure: no spaCy.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from pipeline.name.places import place_of
from pipeline.name.tables import read_rows, read_words
from pipeline.name.terms import FUNCTION_WORDS


class Grown(NamedTuple):
    """A name by its head: offsets, label, name of the rule."""

    start: int
    end: int
    label: str
    rule: str


def _heads() -> dict[str, str]:
    table: dict[str, str] = {}
    for label, words in read_rows("heads.tsv"):
        for word in words.split("|"):
            table.setdefault(word, label)
    return table


HEADS: Final[dict[str, str]] = _heads()
"""Head word → label of the name it ends."""

_TAKES_OF: Final[frozenset[str]] = read_words("heads_with_of.txt")
_ALONE: Final = re.compile(
    r"\b(?:"
    r"(?P<plan>\d{1,2}(?:st|nd|rd|th) Five-Year Plan(?: (?:for|on) [A-Z][\w-]{1,20}(?: (?:and |of )?[A-Z][\w-]{1,20}){0,6})?)"
    r"|(?P<number>(?:Regulation|Directive|Decree|Resolution|Act|Law|Decision|Circular|Ordinance|Bill|Section|Article|Rule|Order|Proposition|"
    r"Executive Order|Republic Act|Presidential Decree)"
    r" (?:\((?:EU|EC|EEC)\) )?(?:No\.? ?)?[A-Z]{0,4}-?\d[\w./-]{0,18}\w?)"
    r"|(?P<document>No\. ?\d{1,3} (?:Document|central document))"
    r"|(?P<standard>(?:ISO|IEC|IFRS|IAS|GB/T) ?\d[\d:-]{0,12})"
    r"|(?P<vision>(?:Vision|Agenda|Horizon|Mission) 20\d\d)"
    r"|(?P<ordinal>\d{1,3}(?:st|nd|rd|th) (?:[A-Z][\w&’'-]{0,30} ){1,8}"
    r"(?:Conference|Summit|Forum|Expo|Fair|Congress|Games|Festival|Session))"
    r")\b"
)
_HEAD: Final = re.compile(
    r"(?<=[\w.)&,] |[\w.’']\s)(?:" + "|".join(sorted(HEADS, key=len, reverse=True)) + r")(?!\w)(?!['’]s \w)"
)
_OF_HEAD: Final = re.compile(
    r"\b(?:" + "|".join(sorted(_TAKES_OF, key=len, reverse=True)) + r")(?: General)? (?:of|for|on) (?:the )?[A-ZÀ-ÞĀ-ſ]"
)
_LEFT_LINK: Final[frozenset[str]] = frozenset({"of", "and", "&", "for", "on", "de", "do", "da", "del", "the"})
_TAIL: Final = re.compile(r"(?:(?:,? and|,| of| for| of the| for the| &| in| on)? [A-ZÀ-ÞĀ-ſ][\w&’'-]{0,30}(?<!['’]s)){1,8}")
_CAP: Final = r"[A-ZÀ-ÞĀ-ſ][\w’'&-]{0,30}"
_OF_TAIL: Final = re.compile(
    rf" (?:of|for|on) (?:the )?{_CAP}"
    r"(?:(?:, (?=[A-Z][\w-]{1,20}(?:,| and) )| and | & | of (?:the )?| for | )(?!(?:In|The|It|He|She|On|At|A)\b)"
    rf"{_CAP}){{0,8}}"
)
_OPENS_PEOPLE: Final = (
    "People's",
    "People’s",
    "Women's",
    "Women’s",
    "Children's",
    "Children’s",
    "Leaders’",
    "Workers'",
    "King's",
)


def _grow_left(text: str, start: int) -> int:
    """Where the capitalized words that end before ``start`` begin: at most nine of them, in the same line."""
    left = text[max(0, start - 140) : start]
    line = left[left.rfind("\n") + 1 :]
    words = line.split(" ")
    if words and words[-1] == "":
        words.pop()
    begin, at, pending = start, start, False
    for count, word in enumerate(reversed(words)):
        at -= len(word) + 1
        if count >= 10 or not word or at < start - 139:
            break
        first = word[0]
        if word in _LEFT_LINK:
            if word == "the" and not pending:
                break
            pending = True
            continue
        bare = word.lstrip("“\"‘'(")
        if not (first.isupper() or (bare and bare[0].isupper()) or (first.isdigit() and word.isdigit() and len(word) == 4)):
            break
        if word[-1] in ',;:.!?)”"' and not (word[-1] == "." and (len(word) <= 3 or word.count(".") > 1)):
            break
        if word.endswith(("'s", "’s")) and word not in _OPENS_PEOPLE:
            break
        if word in FUNCTION_WORDS:
            break
        if pending and place_of(word) is not None and text[at + len(word) : at + len(word) + 5] in (" and ",):
            break
        begin, pending = at + len(word) - len(bare), False
        if bare != word:
            break
    return begin


def find_heads(text: str) -> list[Grown]:
    """The names of ``text`` that a head word ends or opens, in order; they may overlap one another.

    >>> [(text_[name.start : name.end], name.label) for text_ in ["It signed the Paris Agreement."] for name in find_heads(text_)]
    [('Paris Agreement', 'LAW')]
    """
    found: list[Grown] = []
    for hit in _ALONE.finditer(text):
        kind = hit.lastgroup or ""
        found.append(Grown(hit.start(), hit.end(), "EVENT" if kind == "ordinal" else "LAW", f"name_{kind}"))
    for hit in _HEAD.finditer(text):
        start = _grow_left(text, hit.start())
        if start == hit.start():
            continue
        label = HEADS[hit[0]]
        end = hit.end()
        if label == "WORK_OF_ART":
            year = re.match(r" 20\d\d\b", text[end : end + 6])
            end += len(year[0]) if year else 0
        elif hit[0] in ("Inc", "Ltd", "Corp", "Co") and text[end : end + 1] == ".":
            end += 1
        if hit[0] in _TAKES_OF:
            tail = _OF_TAIL.match(text, end)
            if tail:
                end = tail.end()
                if end - hit.start() > 0 and text[end - 2 : end] in ("'s", "’s"):
                    end -= 2
        found.append(Grown(start, end, label, f"{label.lower()}_head"))
    for hit in _OF_HEAD.finditer(text):
        word = re.match(r"\w+", hit[0])
        tail = _OF_TAIL.match(
            text, text.index(" ", hit.start()) if " General" not in hit[0] else hit.start() + hit[0].index(" General") + 8
        )
        if tail and word:
            end = tail.end() - (2 if text[tail.end() - 2 : tail.end()] in ("'s", "’s") else 0)
            label = HEADS.get(word[0], "ORG")
            found.append(Grown(_grow_left(text, hit.start()), end, label, f"{label.lower()}_of"))
    return sorted(found)
