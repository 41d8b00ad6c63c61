"""How often the extraction was right, from a sample: shares with their intervals. Pure functions of counts."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.store.reviews import Precision

#: Quantile of the standard normal distribution for an interval of 95 per cent.
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """A share with the ends of its 95 per cent interval, each between 0 and 1."""

    value: float
    low: float
    high: float


def wilson(right: int, judged: int, *, z: float = Z95) -> Share | None:
    """The share ``right`` of ``judged`` with its interval by Wilson's score (1927); None where nothing was judged.

    It is right for few judged and for shares near 0 and 1, where the usual interval is not.

    >>> share = wilson(9, 10)
    >>> round(share.value, 2), round(share.low, 3), round(share.high, 3)
    (0.9, 0.596, 0.982)
    """
    if judged <= 0:
        return None
    share = right / judged
    middle = (share + z * z / (2 * judged)) / (1 + z * z / judged)
    half = z / (1 + z * z / judged) * math.sqrt(share * (1 - share) / judged + z * z / (4 * judged * judged))
    return Share(share, max(0.0, middle - half), min(1.0, middle + half))


def overall(kinds: Iterable[Precision]) -> Share | None:
    """The share over all kinds, each weighed by how many facts there are of it; None while a kind has none judged.

    The sample has the same number of each kind, so a plain share of it would be that of no database. The interval joins
    those of the kinds by their squared distances (MOVER: Zou and Donner, 2008).

    >>> both = [
    ...     Precision(kind=kind, drawn=10, judged=10, right=right, population=population)
    ...     for kind, right, population in (("money", 10, 900), ("rank", 5, 100))
    ... ]
    >>> round(overall(both).value, 2)
    0.95
    """
    parts = [(kind.population, wilson(kind.right, kind.judged)) for kind in kinds if kind.population]
    total = sum(population for population, _ in parts)
    if not total or any(share is None for _, share in parts):
        return None
    weighed = [(population / total, share) for population, share in parts if share is not None]
    value = sum(weight * share.value for weight, share in weighed)
    down = math.sqrt(sum((weight * (share.value - share.low)) ** 2 for weight, share in weighed))
    up = math.sqrt(sum((weight * (share.high - share.value)) ** 2 for weight, share in weighed))
    return Share(value, max(0.0, value - down), min(1.0, value + up))
