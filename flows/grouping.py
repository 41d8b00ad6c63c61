"""Results → fewer, larger results, so that a load, which costs the same for one article as for hundreds, is worth its while."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from flows.work import BatchResult

#: Articles that are loaded at once, where so many come in ``_SECONDS``. What a load costs whatever it holds (a look at all bands
#: and documents) grows with the database, so loads should be few.
LOAD_SIZE = 4096
#: How much work may be lost when the machine goes down.
_SECONDS = 2.0


def group(
    results: Iterable[BatchResult],
    *,
    articles: int = LOAD_SIZE,
    seconds: float = _SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[BatchResult]:
    """Join results in their order until they hold so many articles, or the first has waited so long.

    Where the work takes longer than that, as it does with a model, each result goes on by itself. When the work fails or
    is interrupted, what was done before goes on first, then the error.
    """
    waiting: list[BatchResult] = []
    began = clock()
    remaining = iter(results)
    while True:
        try:
            result = next(remaining, None)
        except (Exception, KeyboardInterrupt):
            if waiting:
                yield join(waiting)
            raise
        if result is None:
            break
        waiting.append(result)
        if sum(len(each.extractions) for each in waiting) >= articles or clock() - began >= seconds:
            yield join(waiting)
            waiting = []
            began = clock()
    if waiting:
        yield join(waiting)


def join(results: Sequence[BatchResult]) -> BatchResult:
    """One result with what all of these hold, in their order."""
    if len(results) == 1:
        return results[0]
    return BatchResult(
        done=sum(result.done for result in results),
        seen=tuple(row for result in results for row in result.seen),
        extractions=tuple(row for result in results for row in result.extractions),
        rejects=tuple(row for result in results for row in result.rejects),
    )
