"""A box around what a task is given, since Prefect otherwise looks into all of it for futures, several times.

Of a batch of articles that is every field of every row: more work than to write them into the database. Prefect walks through
lists, tuples, dicts and dataclasses; what is none of these is handed on as it is.
"""

from __future__ import annotations

from typing import Generic, TypeVar, final

T = TypeVar("T")


@final
class Sealed(Generic[T]):
    """A value that is handed on unseen.

    >>> Sealed((1, 2)).value
    (1, 2)
    """

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value
