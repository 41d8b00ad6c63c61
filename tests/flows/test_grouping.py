"""Loads are joined until they are worth their while, and nothing that was done is lost when the work fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flows.grouping import group
from flows.work import BatchResult
from pipeline.records import Article, Extraction


def result(*numbers: int) -> BatchResult:
    return BatchResult(
        done=len(numbers), extractions=tuple(Extraction(article=Article(source=f"{n}", text="t")) for n in numbers)
    )


def sources(found: list[BatchResult]) -> list[list[str]]:
    return [[each.article.source for each in batch.extractions] for batch in found]


def test_small_results_are_joined_in_their_order() -> None:
    found = list(group([result(1, 2), result(3), result(4), result(5)], articles=3, seconds=60, clock=lambda: 0.0))
    assert sources(found) == [["1", "2", "3"], ["4", "5"]]
    assert [batch.done for batch in found] == [3, 2]


def test_a_result_that_took_long_goes_on_at_once() -> None:
    ticks = iter(range(0, 100, 5))
    found = list(group([result(1), result(2)], articles=100, seconds=2, clock=lambda: float(next(ticks))))
    assert sources(found) == [["1"], ["2"]]


def test_what_was_done_before_an_error_goes_on_first() -> None:
    def failing() -> Iterator[BatchResult]:
        yield result(1)
        raise RuntimeError("the disk is full")

    grouped = group(failing(), seconds=60)
    assert sources([next(grouped)]) == [["1"]]
    with pytest.raises(RuntimeError, match="disk is full"):
        next(grouped)
