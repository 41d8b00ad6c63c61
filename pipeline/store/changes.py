"""What differs between two readings of one article: its facts before and after, paired by what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Fact = Mapping[str, Any]

#: What a fact is about, apart from its value.
ABOUT = ("kind", "unit", "measure", "entity", "period_start", "period_end", "role", "status", "attribution")
#: What a fact says: where this is equal, nothing has changed for a reader, wherever the words stand.
SAID = (*ABOUT, "value", "value_low", "value_high", "bound", "direction", "basis_start", "basis_end", "share_of")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Facts that are new, that are gone, and that say something else: before and after."""

    appeared: tuple[Fact, ...] = ()
    vanished: tuple[Fact, ...] = ()
    changed: tuple[tuple[Fact, Fact], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.appeared or self.vanished or self.changed)


def compare_facts(before: Iterable[Fact], after: Iterable[Fact]) -> Changes:
    """Pair the facts of two readings of one article (rows of ``facts``) and tell what differs.

    Facts that say the same are the same. Of the rest those with one ``fact_id`` (the same figure at the same place), then
    those about the same thing, then those with the same words in the same kind are paired, in the order of the text.
    """
    left, right = _without_equal(list(before), list(after))
    changed: list[tuple[Fact, Fact]] = []
    for key in (_key("fact_id"), _key(*ABOUT), _key("kind", "text")):
        left, right, pairs = _pair(left, right, key)
        changed += pairs
    changed.sort(key=lambda pair: int(pair[1]["start_char"]))
    return Changes(appeared=tuple(right), vanished=tuple(left), changed=tuple(changed))


def _without_equal(left: list[Fact], right: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    rest_left, rest_right, _ = _pair(left, right, _key(*SAID))
    return rest_left, rest_right


def _key(*names: str) -> Callable[[Fact], Hashable]:
    return lambda fact: tuple(fact[name] for name in names)


def _pair(
    left: Iterable[Fact], right: Iterable[Fact], key: Callable[[Fact], Hashable]
) -> tuple[list[Fact], list[Fact], list[tuple[Fact, Fact]]]:
    """Pair facts with equal keys, first with first; return those left over on each side, and the pairs."""
    waiting: dict[Hashable, list[Fact]] = defaultdict(list)
    for fact in right:
        waiting[key(fact)].append(fact)
    alone, pairs = [], []
    for fact in left:
        if found := waiting[key(fact)]:
            pairs.append((fact, found.pop(0)))
        else:
            alone.append(fact)
    left_over = {id(fact) for facts in waiting.values() for fact in facts}
    return alone, [fact for fact in right if id(fact) in left_over], pairs
