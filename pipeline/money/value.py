"""What an amount is worth, and which currency a shared name means in a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from price_parser import Price

from pipeline.money.places import is_foremost, place_counts, places_between
from pipeline.money.words import AMBIGUOUS
from pipeline.number.sentence import SENTENCE_END

_BARE_DOLLAR = re.compile(r"(?<![A-Za-z$])\$ ?\d")
_SAME_SENTENCE = 250


def resolve_currency(shared: str, text: str, explicit: Counter[str], resolved: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """The code a shared name means in a document, and the named reason.

    ``explicit`` counts the codes that the document states without doubt (``A$``, ``Hong Kong dollars``). The order of
    reasons: the only candidate; one candidate stated elsewhere in the document; the places it speaks of; world default.
    ``resolved`` remembers answers for one document.
    """
    if shared in resolved:
        return resolved[shared]
    candidates = AMBIGUOUS[shared]
    answer = _decide(shared, candidates, text, explicit)
    resolved[shared] = answer
    return answer


def _decide(shared: str, candidates: tuple[str, ...], text: str, explicit: Counter[str]) -> tuple[str, str]:
    if len(candidates) == 1:
        return candidates[0], "only"
    if shared in ("dollar", "cent"):
        return _decide_dollar(shared, text, explicit)
    stated = [code for code in candidates if explicit[code]]
    if shared == "rupee" and len(stated) == 1 and explicit[stated[0]] == 1:
        # "Rs" throughout and one "LKR": the code names another country's rupee, if the text is not of that country.
        counts = place_counts(shared, text)
        home = max(candidates, key=lambda code: counts[code])
        return (home, "contrast") if counts[home] > 2 * counts[stated[0]] else (stated[0], "stated")
    if len(stated) == 1:
        return stated[0], "stated"
    counts = place_counts(shared, text)
    best = max(stated or candidates, key=lambda code: counts[code])
    if counts[best]:
        return best, "places"
    return candidates[0], "default"


def _decide_dollar(shared: str, text: str, explicit: Counter[str]) -> tuple[str, str]:
    """A bare dollar is the US one unless the text's home is another dollar country.

    Home is where most of its places lie. A text of Australia, Canada or New Zealand means its own dollar by ``$`` when it also
    writes ``A$`` and speaks of home more than of America; a text that writes ``US$`` and never marks its own dollar means that.
    """
    if shared == "cent":
        stated = [code for code in ("EUR", "ZAR", "USD", "AUD", "CAD", "NZD", "HKD", "SGD") if explicit[code]]
        if len(stated) == 1 and "$" not in text:
            return stated[0], "stated"
    counts = place_counts("dollar", text)
    american = counts.pop("USD", 0)
    if not counts:
        return "USD", "default"
    home = max(counts, key=lambda code: counts[code])
    if counts[home] < 2 or counts[home] <= american:
        return "USD", "default"
    if home in _LOCAL_STYLE and explicit[home]:
        return home, "stated"
    if not explicit[home] and explicit["USD"] and counts[home] > max(4, 2 * american) and is_foremost(home, text):
        # "US$" elsewhere in the text: the bare sign is the other one.
        return home, "contrast"
    if not explicit["USD"] and not explicit[home] and counts[home] >= 6 and counts[home] > 3 * american and home in _LOCAL_STYLE:
        return home, "places"
    return "USD", "default"


# Countries whose press writes a bare "$" for its own dollar.
_LOCAL_STYLE = frozenset({"AUD", "CAD", "NZD"})
# Shared names that a place in the same sentence decides ("in Malawi a grant of 14,000 kwacha"); a bare dollar is no such name.
_LOCAL = frozenset(AMBIGUOUS) - {"dollar", "cent", "centavo", "letter K", "pound sign"}


def local_currency(shared: str, text: str, start: int, end: int) -> str | None:
    """The currency that the places of the sentence ``text[start:end]`` give a shared name; None unless they agree on one."""
    if shared not in _LOCAL or len(AMBIGUOUS[shared]) < 2:
        return None
    found = places_between(shared, text, start, end)
    return found.pop() if len(found) == 1 else None


def owner_of_cents(text: str, start: int, before: Sequence[tuple[int, str]], used: Counter[str]) -> str | None:
    """Whose hundredth a bare ``cent`` is: of the amount that its sentence names last, else of the text's most frequent currency.

    ``before`` are ends and codes of the amounts read so far; ``used`` counts the codes that the text states. None where neither
    says: then the world default holds.
    """
    owners = AMBIGUOUS["cent"]
    for end, code in reversed(before[-3:]):
        if code in owners and not SENTENCE_END.search(text, end, start) and start - end < _SAME_SENTENCE:
            return code
    stated = [code for code in owners if used[code]]
    if not stated:
        return None
    most = max(stated, key=lambda code: used[code])
    others = sum(used[code] for code in stated if code != most)
    if "$" in text and most != "USD":
        others += len(_BARE_DOLLAR.findall(text))
    return most if used[most] > 2 * others else None


def parse_amount(span: str) -> tuple[Decimal, str] | None:
    """Amount and currency symbol of an isolated ``symbol + digits`` span (``US$1,234.5``), by price-parser; None if unreadable.

    Only for spans without scale words and signs, which it drops; the readers of this package have found the span before.
    """
    price = Price.fromstring(span)
    if price.amount is None or price.currency is None:
        return None
    return price.amount, price.currency
