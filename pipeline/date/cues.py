"""What stands before a time expression: its preposition, and whether it is only compared with.

Read word by word, backwards, never further than the clause: a cue costs the same in a text of any length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.date.tense import ends_clause, is_past
from pipeline.date.words import word_set

Cue = Literal["by", "since", "from", "until", "after"]

_WINDOW = 90
_FILLERS = word_set("at least around about late early on the mid just only even as recently")
_SINGLE: dict[str, Cue] = {
    "by": "by",
    "before": "by",
    "since": "since",
    "starting": "since",
    "beginning": "since",
    "effective": "since",
    "from": "from",
    "until": "until",
    "till": "until",
    "through": "until",
    "thru": "until",
    "after": "after",
}
_PAIRS: dict[tuple[str, str], Cue] = {
    ("as", "of"): "by",
    ("as", "at"): "by",
    ("as", "on"): "by",
    ("ahead", "of"): "by",
    ("later", "than"): "by",
    ("starting", "from"): "since",
    ("starting", "in"): "since",
    ("starting", "on"): "since",
    ("beginning", "in"): "since",
    ("beginning", "on"): "since",
    ("effective", "from"): "since",
    ("as", "from"): "since",
    ("up", "to"): "until",
    ("up", "until"): "until",
}

_COMPARING = word_set(
    "from against versus vs vs. than after above below exceeding exceeds followed beat beats outpacing triple double twice times "
    "unchanged surpassing surpassed topping eclipsing"
)
_COMPARING_PAIRS = frozenset(
    {
        ("compared", "with"),
        ("compared", "to"),
        ("relative", "to"),
        ("short", "of"),
        ("low", "of"),
        ("high", "of"),
        ("peak", "of"),
        ("last", "seen"),
    }
)
_CHANGES = word_set("percent cent points up down growth increase rise gain improvement decline drop fall jump decrease")
_AS_MUCH = word_set("much many high low large big long often fast good well little few")
_HISTORY = word_set(
    "began begun founded established launched opened introduced started starting created born built signed agreed adopted listed "
    "acquired bought floated arriving published released gazetted commissioned approved entered merged"
)
#: ``more than usual in April`` compares with no other time.
_NORMAL = word_set("usual normal average expected forecast planned hoped feared")
_FAR = 7


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words before an expression: its ``cue`` and where that starts, whether it is a ``basis`` of comparison, names the
    beginning of something (``history``), or is a day at which something stood (``at_day``)."""

    cue: Cue | None
    cue_word: str
    cue_start: int
    basis: bool
    history: bool
    at_day: bool


def read_surroundings(low: str, start: int) -> Surroundings:
    """The words before ``start`` in a folded text."""
    window_start = max(0, start - _WINDOW)
    window = low[window_start:start]
    window = window[window.rfind("\n") + 1 :]
    words = window.split()
    if window and not window[-1].isspace() and words and window[-1] not in "(-":
        return Surroundings(None, "", start, False, False, False)
    cue, cue_word, used = _cue(words)
    cue_start = start
    if cue is not None:
        tail = window
        for _ in range(used):
            tail = tail.rstrip().rpartition(" ")[0] if " " in tail.rstrip() else ""
        cue_start = start - len(window) + len(tail) + (1 if tail else 0)
    basis = _is_basis(words) or _is_pluperfect(words)
    history = len(words) > 1 and words[-1] in ("in", "on") and any(word in _HISTORY for word in words[-5:-1])
    return Surroundings(cue, cue_word, cue_start, basis, history, _is_at_day(words))


def _cue(words: list[str]) -> tuple[Cue | None, str, int]:
    """The preposition, the word that says it, and how many words stand from it to the expression."""
    count = len(words)
    for used in range(1, min(4, count) + 1):
        word = words[-used].lstrip("(\"'“•*-")
        pair = (words[-used - 1].lstrip("(\"'“") if used < count else "", word)
        if pair in _PAIRS:
            return _PAIRS[pair], " ".join(pair), used + 1
        if word in _SINGLE:
            return _SINGLE[word], word, used
        if word not in _FILLERS:
            break
    return None, "", 0


def _is_basis(words: list[str]) -> bool:
    last = len(words) - 1
    for index in range(last, max(-1, last - _FAR - 1), -1):
        raw = words[index]
        if index != last and (raw[-1] in ",;:)" or (raw[-1] == "." and ends_clause(raw))):
            return False
        word = raw.lstrip("(\"'“")
        before = words[index - 1] if index else ""
        if word == "from" and "to" in words[index + 1 :]:
            # ``from 5% to 6% in May``: May is when it changed.
            return False
        if word == "than" and index < last and words[index + 1].strip(",") in _NORMAL:
            return False
        if word in _COMPARING or (before, word) in _COMPARING_PAIRS:
            # ``the haul from that source reached 5 in May``: a verb between means that May is no basis.
            return word == "than" or not any(
                is_past(between) and words[place - 1] not in ("a", "an", "the")
                for place, between in enumerate(words[index + 1 :], start=index + 1)
            )
        if word in ("on", "over") and index == last and (before.endswith("%") or before in _CHANGES):
            return True
        if word == "as" and before in _AS_MUCH:
            return True
        if raw.startswith("(") and index != last:
            return False
    return False


def _is_pluperfect(words: list[str]) -> bool:
    """Whether the clause says what had been (``it had slowed to 4% in May``): a time before the one reported on."""
    for index in range(len(words) - 1, max(-1, len(words) - _FAR - 3), -1):
        raw = words[index]
        if raw[-1] in ";:" or (raw[-1] == "." and ends_clause(raw)) or raw in ("which", "and", "but"):
            return False
        if raw == "had":
            aside = any(word[-1] in ",;" or word in _ASIDE for word in words[max(0, index - 4) : index])
            return aside and any(is_past(word) or word.endswith("ed") for word in words[index + 1 : index + 3])
    return False


#: What opens an aside on earlier times, so that a story told in the pluperfect throughout stays in focus.
_ASIDE = word_set("which who that when where after than it they its their he she")


def _is_at_day(words: list[str]) -> bool:
    if not words:
        return False
    if words[-1] in ("at", "by", "dated", "from") or (len(words) > 1 and words[-1] in ("of", "on", "at") and words[-2] == "as"):
        return True
    return words[-1] in ("a.m.", "p.m.") and any(word in ("by", "of") for word in words[-4:-1])
