"""Words that multiply or divide: ``doubled``, ``halve``, ``twice``, and what may follow a spoken fraction."""

from __future__ import annotations

from decimal import Decimal

# Every inflected form, with the factor it stands for.
FACTORS: dict[str, Decimal] = {
    **{form: Decimal(2) for form in ("double", "doubles", "doubled", "doubling", "twice", "twofold", "redouble", "redoubled")},
    **{form: Decimal(3) for form in ("triple", "triples", "tripled", "tripling", "treble", "trebles", "trebled", "trebling", "thrice", "threefold")},
    **{form: Decimal(4) for form in ("quadruple", "quadruples", "quadrupled", "quadrupling")},
    **{form: Decimal(5) for form in ("quintuple", "quintuples", "quintupled", "quintupling")},
    **{form: Decimal(6) for form in ("sextuple", "sextuples", "sextupled", "sextupling")},
    **{form: Decimal(7) for form in ("septuple", "septupled", "septupling")},
    **{form: Decimal(8) for form in ("octuple", "octupled", "octupling")},
    **{form: Decimal("0.5") for form in ("halve", "halves", "halved", "halving")},
}  # fmt: skip

# "Double" and its kin before these (after a hyphen or a space) multiply nothing: "double-digit", "triple jump".
NOT_MULTIPLIED: frozenset[str] = frozenset({
    "digit", "digits", "check", "checked", "checking", "taxation", "taxed", "tax", "room", "rooms", "decker", "deckers", "edged", "entry", "whammy",
    "standard", "standards", "bed", "beds", "bedroom", "dip", "down", "downs", "agent", "act", "header", "glazing", "glazed", "blind", "fault", "life",
    "major", "helix", "play", "dose", "track", "tracking", "century", "gold", "silver", "bogey", "murder", "click", "crown", "jump", "jumper", "threat", "bottom", "top", "lock", "negative", "vaccinated", "jabbed", "talk", "take", "ton", "teaming", "team", "teamed", "as", "counting", "counted", "sided", "barreled",
    "barrelled", "width", "height", "sim", "espresso", "cross", "witching", "bill", "bass", "pane", "hung", "strand", "stranded", "stack", "up", "back", "parked",
})  # fmt: skip

# Before "half": a part of a year, of a match or of a day, no fraction.
NOT_HALVED_BEFORE: frozenset[str] = frozenset({
    "first", "second", "full", "record", "1st", "2nd", "latter", "earlier", "other", "this", "last", "final", "the", "next", "previous", "same", "opening", "third", "better",
    "front", "back", "fiscal", "each", "every", "that", "early", "upper", "lower", "top", "bottom", "northern", "southern", "h1", "h2", "winter", "summer", "h",
    "september", "march", "june", "december", "current", "preceding", "later", "time-and-a", "and a",
})  # fmt: skip
NOT_HALVED_AFTER: frozenset[str] = frozenset({
    "year", "yearly", "years", "time", "hour", "hourly", "hours", "day", "days", "century", "term", "terms", "baked", "finished", "hearted", "life", "past", "way", "brother", "sister",
    "marathon", "mast", "price", "dollar", "an", "empty", "full", "month", "decade", "truth", "moon", "back", "backs", "sibling", "siblings",
    "volley", "court", "board", "expecting", "expected", "joking", "built", "open",
})  # fmt: skip

# After "a quarter", "one quarter", "a second": time.
NOT_QUARTERED_AFTER: frozenset[str] = frozenset({
    "ago", "earlier", "later", "before", "on", "to", "ended", "ending", "that", "when", "which", "end", "final", "century", "hour", "mile", "finals", "finalist",
    "finalists", "past", "back", "master", "results", "profit", "loss", "earnings", "report", "where",
})  # fmt: skip
# What stands before "a quarter" or "a third" when it is a rate ("3,000 a quarter") or a time ("in a quarter").
NOT_QUARTERED_BEFORE: frozenset[str] = frozenset(
    {"in", "per", "each", "every", "for", "during", "within", "into", "last", "this", "next"}
)

# A denominator is a fraction before one of these or before punctuation; before a noun it counts ("a third border crossing").
FRACTION_FOLLOWERS: frozenset[str] = frozenset({
    "of", "more", "less", "fewer", "lower", "higher", "cheaper", "dearer", "bigger", "larger", "smaller", "greater", "faster", "slower", "below", "above", "under",
    "over", "since", "in", "on", "from", "to", "by", "and", "or", "the", "what", "this", "its", "their", "his", "her", "as", "year-on-year", "between", "at", "for", "during", "after",
    "last", "compared", "off", "down", "up", "against", "than", "have", "has", "had", "were", "was", "are", "is", "said", "say", "came", "come", "went", "go", "goes", "will", "would",
    "among", "with", "while", "but", "because", "when", "that", "who", "lack", "live", "lives", "do", "did", "don't", "expect", "expected", "reported", "again",
    "majority", "share", "stake", "ownership", "interest", "owned", "shorter", "longer", "heavier", "lighter", "older", "younger", "within", "through", "year", "yoy", "each",
    "own", "earn", "use", "used", "work", "took", "take", "cut", "so", "if", "before", "our", "my", "your", "stronger", "weaker", "richer", "poorer", "better", "worse", "percent",
    "comes", "sees", "sits", "sit", "may", "could", "can", "must", "should",
})  # fmt: skip
# "A further tenth", "the remaining third", "another fifth".
FRACTION_LEADS: frozenset[str] = frozenset(
    {"further", "another", "remaining", "full", "good", "additional", "whole", "mere", "top", "bottom", "poorest", "richest"}
)
