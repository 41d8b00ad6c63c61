"""Which year a part of a year belongs to: written, relative, fiscal, a marketing year, or the one in focus."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.date.node import YearRef
from pipeline.date.period import Period, add_months, months_period, shift, year_period, years_period
from pipeline.date.scene import Scene

#: First month of a marketing year by what is marketed, and of a season of sport (sources: USDA and ICO definitions).
_SEASON_STARTS = (
    (("wheat", "barley"), 7),
    ((" corn", "soybean", "soy", "maize", "oilseed", "fishing", "fleet", "capelin"), 9),
    (("cocoa", "coffee", "sugar", "palm"), 10),
    (("cotton", " rice"), 8),
    (("football", "club", "league", "match", "premier", "championship", "theatre"), 7),
    (("pupil", "student", "school", "enrolment", "enrollment"), 9),
)


def season_start(scene: Scene) -> int:
    """The month in which a season or marketing year starts, by the crop or sport that the text names most."""
    scores = [(scene.count(words), month) for words, month in _SEASON_STARTS]
    best = max(scores, key=lambda pair: pair[0])
    return best[1] if best[0] else 1


def fiscal_year(scene: Scene, ref: YearRef) -> Period | None:
    """The fiscal year that ``ref`` names, by the text's fiscal calendar; the calendar year where nothing is known."""
    calendar = scene.fiscal
    start = calendar.start_month
    if ref.year is None:
        return None
    if start == 1 and ref.second is not None:
        # A fiscal year of two calendar years that nothing else tells about: most start in April.
        start = 4
    label = ref.second if ref.second is not None else ref.year
    named_by_start = ref.second is not None or start == 1 or calendar.named_by_start
    first = ref.year if named_by_start else ref.year - 1
    period = months_period(first, start, 12)
    return replace(period, precision="year", timex=f"FY{label}" if ref.second is None else f"{ref.year}/{ref.second}")


def fiscal_year_of(scene: Scene, day: date) -> Period:
    """The fiscal year that ``day`` lies in."""
    start = scene.fiscal.start_month
    first = day.year if day.month >= start else day.year - 1
    period = months_period(first, start, 12)
    return replace(
        period, precision="year", timex=period.timex if start == 1 else f"FY{first if scene.fiscal.named_by_start else first + 1}"
    )


def resolve_year(scene: Scene, ref: YearRef) -> Period | None:
    """A written or relative year as a period."""
    if ref.year is not None:
        if ref.second is not None and not ref.fiscal:
            return split_years(scene, ref.year, ref.second)
        return fiscal_year(scene, ref) if ref.fiscal else year_period(ref.year)
    word = ref.word
    if word in ("previous", "preceding", "prior", "following", "coming", "same", "that", "the"):
        base = year_in_focus(scene, fiscal=ref.fiscal)
        if base is None:
            return None
        step = -1 if word in ("previous", "preceding", "prior") else 1 if word in ("following", "coming") else 0
        return shift(base, months=12 * step)
    if scene.reference is None:
        return None
    step = {"last": -1, "next": 1, "new": 1}.get(word or "", 0)
    base = fiscal_year_of(scene, scene.reference) if ref.fiscal else year_period(scene.reference.year)
    return shift_year(scene, base, step, fiscal=ref.fiscal)


def shift_year(scene: Scene, base: Period, step: int, *, fiscal: bool) -> Period:
    if base.start is None:
        return base
    moved = add_months(base.start, 12 * step)
    return fiscal_year_of(scene, moved) if fiscal else shift(base, months=12 * step)


def split_years(scene: Scene, first: int, second: int) -> Period:
    """``2012-13``: the fiscal year where the text has one that does not start in January, else both calendar years."""
    start = scene.fiscal.start_month
    written_as_season = scene.count((f"{first}/{second % 100:02}",)) > 0 and scene.count(("season", "harvest", "new crop")) > 0
    if second == first + 1 and (start in (1, 10) or written_as_season) and (season := season_start(scene)) != 1:
        start = season
    if second == first + 1 and start != 1:
        period = months_period(first, start, 12)
        return replace(period, precision="year", timex=f"{first}/{second}")
    return years_period(first, second)


def year_in_focus(scene: Scene, *, fiscal: bool = False, at: int | None = None) -> Period | None:
    """The year that ``the year`` means: the last one reported on, or the year of the last period reported on.

    With ``at``, where the words stand, no year long behind what the text reports on (see ``Scene.current``).
    """
    current = scene.current(at) if at is not None else None
    skipping = current is not None
    for seen in reversed(scene.seen):
        skipping = skipping and seen is not current
        if skipping:
            continue
        if not seen.reported or seen.period.start is None or seen.period.end is None:
            continue
        months = seen.period.months
        if months == 12 and not (fiscal and not seen.fiscal and scene.fiscal.start_month != seen.period.start.month):
            return seen.period
        if months is not None and months >= 12:
            continue
        if fiscal or (scene._fiscal is not None and scene.fiscal.explicit and seen.fiscal):
            return fiscal_year_of(scene, seen.period.start)
        return year_period(seen.period.end.year)
    if scene.reference is None:
        return None
    return fiscal_year_of(scene, scene.reference) if fiscal else year_period(scene.reference.year)


def stated_year(scene: Scene, ref: YearRef | None) -> int | None:
    if ref is None:
        return None
    if ref.year is not None:
        return ref.year
    period = resolve_year(scene, ref)
    return period.start.year if period is not None and period.start is not None else None


def last_year_named(scene: Scene) -> Period | None:
    for seen in reversed(scene.seen):
        if seen.period.start is None:
            continue
        months = seen.period.months
        if months == 12:
            return seen.period
        if months is not None and months < 12:
            return year_period(seen.period.start.year)
    return None
