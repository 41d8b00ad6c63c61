"""What a reader of the text knows at a given word: the article's date, the fiscal calendar, and the time in focus.

The time in focus is the last period that the text reported on. Periods named only to compare with (``from 6% in
May``, ``a year earlier``), publication days (``said on Tuesday``), open ends (``since 2015``) and bare durations do not
come into focus.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from pipeline.date.fiscal import FiscalCalendar, read_fiscal_calendar
from pipeline.date.period import Period
from pipeline.date.tense import Tense, looks_ahead, tense_around
from pipeline.date.words import FULL_MONTHS

#: How many mentions back a word may refer: far more than a reader holds in mind, and a bound on the work for each.
_MEMORY = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """A period that the text has named: where, and whether it may be in focus."""

    start: int
    end: int
    period: Period
    kind: str
    reported: bool
    fiscal: bool = False
    basis: bool = False
    relation: str = "in"


@dataclass(slots=True)
class Scene:
    """The reading of one text so far. ``low`` is the folded text; ``reference`` the article's date."""

    text: str
    low: str
    reference: date | None
    known_fiscal_start: int | None = None
    seen: deque[Seen] = field(default_factory=lambda: deque(maxlen=_MEMORY))
    _fiscal: FiscalCalendar | None = None
    _month_first: bool | None = None
    _counts: dict[tuple[str, ...], int] = field(default_factory=dict)

    @property
    def fiscal(self) -> FiscalCalendar:
        """The text's fiscal calendar, read when first needed: most texts never ask."""
        if self._fiscal is None:
            self._fiscal = read_fiscal_calendar(self.low, self.known_fiscal_start)
        return self._fiscal

    def learn_fiscal_start(self, month: int) -> None:
        """Takes ``month`` for the start of the fiscal year from here on; a bare ``first quarter`` stays the calendar's."""
        self._fiscal = replace(self.fiscal, start_month=month)

    @property
    def month_first(self) -> bool:
        """Whether ``3/4/2025`` is 4 March: yes, unless the text writes its days before its months."""
        if self._month_first is None:
            self._month_first = _DAY_FIRST.search(self.low) is None or _MONTH_FIRST.search(self.low) is not None
        return self._month_first

    def reported(self, *, months: int | None = None, strict: bool = False) -> Seen | None:
        """The last period in focus; of ``months`` whole months, if given. Where there is none, the last one named to
        compare with, unless ``strict``."""
        fallback = None
        for seen in reversed(self.seen):
            if months is not None and (seen.period.months != months or seen.kind == "season"):
                continue
            if seen.reported:
                return seen
            if seen.basis and fallback is None and not strict:
                fallback = seen
        return fallback

    def current(self, start: int, *, months: int | None = None, strict: bool = False) -> Seen | None:
        """``reported`` for words at ``start``, but no time a year or more behind what the text reports on, unless the same
        sentence names it: behind a look back (``a record since 2003``) the text goes on about its own time."""
        found = self.reported(months=months, strict=strict)
        if found is None or not found.reported or found.period.end is None or self.same_sentence(found, start):
            return found
        if self.reference is not None and -_YEAR_AHEAD < (self.reference - found.period.end).days < _YEAR_BEHIND:
            return found
        news = [
            seen
            for seen in self.seen
            if seen.reported
            and seen.period.end is not None
            and (months is None or seen.period.months == months)
            and (self.reference is None or seen.period.end <= self.reference)
        ]
        start_of = found.period.start
        far = self.reference is not None and start_of is not None and (start_of - self.reference).days > _YEAR_AHEAD
        if far and news:
            return news[-1]
        newest = max((seen.period.end for seen in news if seen.period.end is not None), default=found.period.end)
        if (newest - found.period.end).days < _YEAR_BEHIND:
            return found
        return next(seen for seen in reversed(news) if seen.period.end and (newest - seen.period.end).days < _YEAR_BEHIND)

    def period_in_focus(self, start: int) -> Seen | None:
        """What ``the period`` at ``start`` means: the last stretch of several months reported on, else the time in focus."""
        current = self.current(start)
        newest = current.period.end if current is not None else None
        for seen in reversed(self.seen):
            if seen.reported and seen.relation == "in" and seen.kind != "part" and (seen.period.months or 0) > 1:
                past = newest and seen.period.end and (newest - seen.period.end).days >= _YEAR_BEHIND
                if past and not self.same_sentence(seen, start):
                    continue
                return seen
        return current

    def last(self) -> Seen | None:
        return self.seen[-1] if self.seen else None

    def last_day(self) -> date | None:
        """The last single day that was named, else the article's own date."""
        for seen in reversed(self.seen):
            if seen.period.start is not None and seen.period.start == seen.period.end:
                return seen.period.start
        return self.reference

    def looks_ahead(self, start: int, end: int) -> bool | None:
        """Whether the words around a time point to the future (True), the past (False), or neither (None)."""
        return looks_ahead(self.low, start, end, self.text)

    def tense(self, start: int, end: int) -> Tense | None:
        """``looks_ahead`` with its certainty: see ``tense.tense_around``."""
        return tense_around(self.low, start, end, self.text)

    def recent(self, count: int) -> list[Seen]:
        """The last ``count`` periods named, the latest first."""
        return list(islice(reversed(self.seen), count))

    def same_sentence(self, seen: Seen, start: int) -> bool:
        return start - seen.end < 400 and not _SENTENCE_END.search(self.low, seen.end, start)

    def count(self, words: tuple[str, ...]) -> int:
        """How often the text holds ``words``, counted once a text."""
        if words not in self._counts:
            self._counts[words] = sum(self.low.count(word) for word in words)
        return self._counts[words]


_YEAR_BEHIND = 360
_YEAR_AHEAD = 366
_MONTH_NAMES = "|".join(name[:3] for name in FULL_MONTHS)
_DAY_FIRST = re.compile(rf"\b\d{{1,2}} (?:{_MONTH_NAMES})")
_MONTH_FIRST = re.compile(rf"\b(?:{_MONTH_NAMES})[a-z]{{0,6}}\.? \d{{1,2}}\b")
_SENTENCE_END = re.compile(r"[.!?][\"')\]”]{0,2}\s|\n")
