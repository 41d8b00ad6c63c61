"""What a numeral that is no figure was found to be: shared by the rules that say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pipeline.records import Disposition


class Explained(NamedTuple):
    """What a numeral is: its disposition, the rule that says so, and where the whole expression ends."""

    disposition: Disposition
    rule: str
    end: int


Rule = Callable[[str, int, int], Explained | None]
