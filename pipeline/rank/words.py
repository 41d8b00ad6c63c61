"""Words that make an ordinal a place in an order."""

from __future__ import annotations

# Verbs right before an ordinal: "ranked second", "came first", "finished 14th".
VERBS: frozenset[str] = frozenset(
    {
        "rank",
        "ranks",
        "ranked",
        "ranking",
        "came",
        "come",
        "comes",
        "coming",
        "placed",
        "places",
        "placing",
        "place",
        "finished",
        "finishing",
        "finish",
        "finishes",
        "was",
        "is",
        "remained",
        "remains",
        "stood",
        "stands",
        "sits",
        "sat",
        "rated",
        "seeded",
        "seed",
        "lies",
        "lay",
        "started",
        "qualified",
        "listed",
        "stays",
        "stayed",
        "stay",
        "be",
        "are",
    }
)
# Adverbs that may stand between the verb and the ordinal.
BETWEEN: frozenset[str] = frozenset(
    {
        "a",
        "only",
        "now",
        "still",
        "joint",
        "just",
        "currently",
        "again",
        "equal",
        "a distant",
        "distant",
        "close",
        "comfortably",
        "nationally",
        "globally",
        "more",
        "once",
        "been",
        "then",
        "to",
    }
)
# Nouns right behind an ordinal: "second place", "third spot".
PLACES: frozenset[str] = frozenset({"place", "spot", "position", "rank", "ranked", "placed", "slot", "seed", "seeded", "ranking"})
# "Second only to".
ONLY_TO = " only to"
