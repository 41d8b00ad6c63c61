"""From what is written (``Node``) to the calendar (``Reading``): one small function a kind of expression.

``Scene`` gives the article's date, the fiscal calendar and the time in focus. A function returns None where the words
are no time after all, or where nothing says which one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from pipeline.date.grammar import Node, YearRef
from pipeline.date.period import (
    DAY,
    Period,
    add_months,
    century_period,
    day_period,
    days_period,
    decade_period,
    easter,
    half_period,
    month_end,
    month_period,
    months_period,
    quarter_period,
    shift,
    span_period,
    week_period,
    year_period,
    years_period,
)
from pipeline.date.scene import Scene, Seen
from pipeline.date.words import EASTER_DAYS, HOLIDAYS, SEASON_CODES, SEASONS, UNITS, WEEKDAYS
from pipeline.records import DateKind


@dataclass(frozen=True, slots=True)
class Reading:
    """A resolved expression: its ``period`` (None for a bare duration), ISO ``duration`` and what the row says of it."""

    period: Period | None = None
    duration: str | None = None
    date_kind: DateKind = "date"
    timex: str | None = None
    focus: bool = False
    comparison: bool = False
    shift: str | None = None
    fiscal: bool = False


Resolver = Callable[[Node, Scene], Reading | None]


def _dated(period: Period | None, *, fiscal: bool = False, focus: bool = False) -> Reading | None:
    if period is None:
        return None
    return Reading(period=period, date_kind="date", fiscal=fiscal, focus=focus)


# --- years --------------------------------------------------------------------------------------------------------


def fiscal_year(scene: Scene, ref: YearRef) -> Period | None:
    """The fiscal year that ``ref`` names, by the text's fiscal calendar; the calendar year where nothing is known."""
    calendar = scene.fiscal
    start = calendar.start_month
    if ref.year is None:
        return None
    label = ref.second if ref.second is not None else ref.year
    if ref.second is not None or start == 1 or calendar.named_by_start:
        first = ref.year
    else:
        first = ref.year - 1
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
    if word == "new":
        step = 1
    else:
        step = {"last": -1, "next": 1}.get(word or "", 0)
    base = fiscal_year_of(scene, scene.reference) if ref.fiscal else year_period(scene.reference.year)
    return _shift_year(scene, base, step, fiscal=ref.fiscal)


def _shift_year(scene: Scene, base: Period, step: int, *, fiscal: bool) -> Period:
    if base.start is None:
        return base
    moved = add_months(base.start, 12 * step)
    return fiscal_year_of(scene, moved) if fiscal else shift(base, months=12 * step)


def split_years(scene: Scene, first: int, second: int) -> Period:
    """``2012-13``: the fiscal year where the text has one that does not start in January, else both calendar years."""
    start = scene.fiscal.start_month
    if second == first + 1 and start in (1, 10) and (season := season_start(scene)) != 1:
        start = season
    if second == first + 1 and start != 1:
        period = months_period(first, start, 12)
        return replace(period, precision="year", timex=f"{first}/{second}")
    return years_period(first, second)


def year_in_focus(scene: Scene, *, fiscal: bool = False) -> Period | None:
    """The year that ``the year`` means: the last one reported on, or the year of the last period reported on."""
    for seen in reversed(scene.seen):
        if not seen.reported or seen.period.start is None or seen.period.end is None:
            continue
        months = seen.period.months
        if months == 12:
            return seen.period
        if months is not None and months > 12:
            continue
        if fiscal or (scene._fiscal is not None and scene.fiscal.explicit and seen.fiscal):
            return fiscal_year_of(scene, seen.period.start)
        return year_period(seen.period.end.year)
    if scene.reference is None:
        return None
    return fiscal_year_of(scene, scene.reference) if fiscal else year_period(scene.reference.year)


# --- which occurrence ---------------------------------------------------------------------------------------------


def nearest(scene: Scene, node: Node, occurrence: Callable[[int], tuple[date, date]]) -> int | None:
    """The year of the occurrence meant by an expression without one: past in news, unless the words look ahead.

    ``occurrence(year)`` is its first and last day in that year. An occurrence that holds the article's date is taken.
    """
    reference = scene.reference
    if reference is None:
        return None
    year = reference.year
    past = year if occurrence(year)[0] <= reference else year - 1
    try:
        first, last = occurrence(past)
        if first <= reference <= last:
            return past
    except ValueError:
        past -= 1
    future = past + 1
    ahead = scene.looks_ahead(node.start, node.end)
    try:
        behind_days = (reference - occurrence(past)[1]).days
        ahead_days = (occurrence(future)[0] - reference).days
    except ValueError:
        return past
    before = scene.low[max(0, node.start - 24) : node.start]
    single_day = occurrence(past)[0] == occurrence(past)[1]
    words = before.rstrip()
    if words.endswith(("as of", "as at", "as on", "since", "back in", "recently as", "ended", "ended in")):
        return past
    deadline = words.endswith(
        (" by", "(by", "\nby", "until", "till", "before", " from", " for", "due", "due on", "next update:", "next release:")
    )
    if words.endswith(("until", "till")):
        return future if ahead_days < behind_days else past
    if ahead is True and (ahead_days <= 240 or ahead_days < behind_days):
        return future
    if ahead is False:
        late = 240 if deadline else 270 if single_day else 400
        return future if behind_days > late and ahead_days < 130 else past
    if deadline or behind_days > (200 if single_day else 305):
        return future if ahead_days < behind_days else past
    return past


def _stated_year(scene: Scene, ref: YearRef | None) -> int | None:
    if ref is None:
        return None
    if ref.year is not None:
        return ref.year
    period = resolve_year(scene, ref)
    return period.start.year if period is not None and period.start is not None else None


def _historic_year(scene: Scene, node: Node) -> int | None:
    """The year that a bare month belongs to in an account of past years: one just named, two or more years back."""
    last = scene.last()
    if last is None or scene.reference is None or last.period.start is None or last.period.end is None:
        return None
    if not scene.same_sentence(last, node.start) or scene.looks_ahead(node.start, node.end) is not False:
        return None
    year = last.period.start.year
    if last.period.end.year != year or year >= scene.reference.year - 1 or last.kind in ("since", "ago"):
        return None
    return year if scene.low[max(0, node.start - 4) : node.start].endswith("in ") and last.reported else None


def resolve_day(node: Node, scene: Scene) -> Reading | None:
    month, day = node.value["m"], node.value["d"]
    if day > 31:
        return None
    year = _stated_year(scene, node.value["y"])
    if year is None:
        year = nearest(scene, node, lambda y: (date(y, month, day),) * 2)
    if year is None:
        return Reading(timex=f"XXXX-{month:02}-{day:02}")
    return _dated(day_period(date(year, month, day)))


def resolve_numeric_day(node: Node, scene: Scene) -> Reading | None:
    first, second = node.value["a"], node.value["b"]
    month, day = (first, second) if scene.month_first and not node.value["dot"] else (second, first)
    return _dated(day_period(date(node.value["y"].year, month, day)))


def resolve_days(node: Node, scene: Scene) -> Reading | None:
    month, first, last = node.value["m"], node.value["d"], node.value["d2"]
    if last <= first:
        return None
    year = _stated_year(scene, node.value["y"])
    if year is None:
        year = nearest(scene, node, lambda y: (date(y, month, first), date(y, month, last)))
    if year is None:
        return Reading(timex=f"XXXX-{month:02}-{first:02}/XXXX-{month:02}-{last:02}", date_kind="interval")
    return Reading(period=days_period(date(year, month, first), date(year, month, last)), date_kind="interval")


def resolve_month(node: Node, scene: Scene) -> Reading | None:
    month = node.value["m"]
    year = _stated_year(scene, node.value["y"])
    if year is None:
        year = _historic_year(scene, node)
    if year is None:
        year = nearest(scene, node, lambda y: (date(y, month, 1), month_end(y, month)))
    if year is None:
        return Reading(timex=f"XXXX-{month:02}")
    return _dated(month_period(year, month))


def resolve_months(node: Node, scene: Scene) -> Reading | None:
    first, last = node.value["m"], node.value["m2"]
    across = 1 if last < first else 0
    count = last - first + 1 + 12 * across
    year = _stated_year(scene, node.value["y"])
    if year is None and node.value["y1"] is not None:
        year = node.value["y1"].year + across
    if year is None:
        start_year = nearest(scene, node, lambda y: (date(y, first, 1), month_end(y + across, last)))
        if start_year is None:
            return Reading(timex=f"XXXX-{first:02}/XXXX-{last:02}", date_kind="interval")
        year = start_year + across
    start_year = node.value["y1"].year if node.value["y1"] is not None else year - across
    count = (year - start_year) * 12 + last - first + 1
    return Reading(period=months_period(start_year, first, count), date_kind="interval") if count > 0 else None


def resolve_month_quarter(node: Node, scene: Scene) -> Reading | None:
    month, count = node.value["m"], node.value["n"]
    first = lambda y: add_months(date(y, month, 1), 1 - count)  # noqa: E731
    year = _stated_year(scene, node.value["y"])
    if year is None:
        year = nearest(scene, node, lambda y: (first(y), month_end(y, month)))
    if year is None:
        return None
    start = first(year)
    return _dated(months_period(start.year, start.month, count))


def resolve_year_node(node: Node, scene: Scene) -> Reading | None:
    ref: YearRef = node.value["y"]
    period = resolve_year(scene, ref)
    return _dated(period, fiscal=ref.fiscal)


#: First month of a marketing year by what is marketed, and of a season of sport (sources: USDA and ICO definitions).
_SEASON_STARTS = (
    (("wheat", "barley"), 7),
    (("corn", "soybean", "soy", "maize", "oilseed", "fishing", "fleet", "capelin"), 9),
    (("cocoa", "coffee", "sugar", "palm"), 10),
    (("cotton", "rice"), 8),
    (("football", "club", "league", "match", "premier", "championship", "theatre"), 7),
)


def season_start(scene: Scene) -> int:
    """The month in which a season or marketing year starts, by the crop or sport that the text names most."""
    scores = [(sum(scene.low.count(word) for word in words), month) for words, month in _SEASON_STARTS]
    best = max(scores, key=lambda pair: pair[0])
    return best[1] if best[0] else 1


def resolve_season_year(node: Node, scene: Scene) -> Reading | None:
    ref: YearRef = node.value["y"]
    noun = node.value["noun"]
    if noun.startswith(("fiscal", "financial", "tax")):
        return _dated(fiscal_year(scene, replace(ref, fiscal=True)), fiscal=True)
    if ref.year is None:
        return None
    start = 9 if noun.startswith(("school", "academic", "fishing")) else season_start(scene)
    first = ref.year
    period = months_period(first, start, 12)
    return _dated(replace(period, precision="year", timex=f"{first}/{ref.second}" if ref.second else period.timex))


def resolve_years(node: Node, scene: Scene) -> Reading | None:
    first, last = node.value["a"], node.value["b"]
    if last == first + 1 and "-" in scene.low[node.start : node.end]:
        period = split_years(scene, first, last)
        return Reading(period=period, date_kind="interval", fiscal=period.months == 12)
    return Reading(period=years_period(first, last), date_kind="interval")


def resolve_to_date(node: Node, scene: Scene) -> Reading | None:
    if scene.reference is None:
        return None
    year = _stated_year(scene, node.value["y"]) or scene.reference.year
    if year != scene.reference.year:
        return _dated(year_period(year))
    return Reading(period=days_period(date(year, 1, 1), scene.reference), date_kind="interval")


def resolve_decade(node: Node, scene: Scene) -> Reading | None:
    return _dated(decade_period(node.value["y"]))


def resolve_century(node: Node, scene: Scene) -> Reading | None:
    return _dated(century_period(node.value["n"]))


# --- parts of a year -----------------------------------------------------------------------------------------------


def part_of_year(scene: Scene, year: Period, index: int, count: int) -> Period | None:
    """Part ``index`` (from 1) of ``count`` months of ``year``, which may be a fiscal one."""
    if year.start is None:
        return None
    start = add_months(year.start, (index - 1) * count)
    if year.start.month == 1 and not year.timex.startswith("FY"):
        return quarter_period(year.start.year, index) if count == 3 else half_period(year.start.year, index)
    period = months_period(start.year, start.month, count)
    name = f"Q{index}" if count == 3 else f"H{index}"
    return replace(period, timex=f"{year.timex}-{name}" if year.timex.startswith("FY") else period.timex)


def _resolve_part(node: Node, scene: Scene, count: int) -> Reading | None:
    number = node.value["n"]
    ref: YearRef | None = node.value["y"]
    fiscal = node.value["fiscal"] or (ref is not None and ref.fiscal)
    if ref is not None:
        explicit_words = ref.word in ("the", "that", "same")
        if not explicit_words:
            year = resolve_year(scene, ref if not node.value["fiscal"] else replace(ref, fiscal=True))
            return _dated(part_of_year(scene, year, number, count), fiscal=fiscal) if year else None
    if scene.reference is None:
        last = scene.reported(months=12)
        if last is not None:
            return _dated(part_of_year(scene, last.period, number, count), focus=True)
        return Reading(timex=f"XXXX-{'Q' if count == 3 else 'H'}{number}")
    named = _year_named_in_sentence(node, scene)
    if named is not None:
        return _dated(part_of_year(scene, named.period, number, count), fiscal=named.fiscal, focus=True)
    fiscal = fiscal or (scene.fiscal.explicit and not _part_ahead_of(scene, number, count))
    start_month = scene.fiscal.start_month if fiscal else 1

    def occurrence(year: int) -> tuple[date, date]:
        start = add_months(date(year, start_month, 1), (number - 1) * count)
        return start, add_months(start, count) - DAY

    # A fiscal part can lie in the calendar year after the one its year started in.
    year_of_start = nearest(scene, node, lambda y: occurrence(y - (1 if occurrence(y)[0].year > y else 0)))
    if year_of_start is None:
        return None
    first = year_of_start - (1 if occurrence(year_of_start)[0].year > year_of_start else 0)
    year = fiscal_year_of(scene, date(first, start_month, 1)) if fiscal and start_month != 1 else year_period(first)
    return _dated(part_of_year(scene, year, number, count), fiscal=fiscal)


def _part_ahead_of(scene: Scene, number: int, count: int) -> bool:
    """Whether that part of this fiscal year is not over yet while that of this calendar year is."""
    if scene.reference is None:
        return False
    year = fiscal_year_of(scene, scene.reference)
    if year.start is None:
        return False
    fiscal_end = add_months(year.start, number * count)
    calendar_end = add_months(date(scene.reference.year, 1, 1), number * count)
    return fiscal_end > scene.reference >= calendar_end


def _year_named_in_sentence(node: Node, scene: Scene) -> Seen | None:
    """A fiscal year that the same sentence has just named (``5% in 2025-26: 4% in the first quarter``)."""
    for seen in reversed(scene.seen[-4:]):
        if seen.fiscal and seen.period.months == 12 and scene.same_sentence(seen, node.start):
            return seen
    return None


def resolve_quarter(node: Node, scene: Scene) -> Reading | None:
    return _resolve_part(node, scene, 3)


def resolve_half(node: Node, scene: Scene) -> Reading | None:
    return _resolve_part(node, scene, 6)


def resolve_ellipsis(node: Node, scene: Scene) -> Reading | None:
    """``the second`` behind ``the first half of 2025``: the same kind of part, of the same year."""
    number = node.value["n"]
    for seen in reversed(scene.seen[-3:]):
        if seen.kind not in ("quarter", "half", "part-units") or not (
            scene.same_sentence(seen, node.start) or node.start - seen.end < 160
        ):
            continue
        count = seen.period.months
        if count not in (3, 6) or seen.period.start is None or number > 12 // count:
            continue
        start_month = scene.fiscal.start_month if seen.fiscal else 1
        offset = (seen.period.start.month - start_month) % 12
        index = offset // count + 1
        if index == number:
            continue
        step = number - index
        moved = shift(seen.period, months=step * count)
        return _dated(moved, fiscal=seen.fiscal, focus=True)
    return None


def resolve_part_units(node: Node, scene: Scene) -> Reading | None:
    """``the first eight months of 2025``, ``the final three months of the year``, ``the first 20 days of May``."""
    count, unit, side = node.value["n"], node.value["u"], node.value["side"]
    unit = {"halve": "half"}.get(unit, unit)
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}.get(unit)
    inner: Node | None = node.value["of"]
    whole: Period | None = None
    fiscal = False
    if inner is not None:
        reading = None if inner.kind in ("the-unit",) and inner.value["u"] == "year" else resolve(inner, scene)
        whole = reading.period if reading else None
        fiscal = bool(reading and reading.fiscal) or (inner.kind == "the-unit" and inner.value["fiscal"])
        if reading is not None and whole is None:
            return None
    elif node.value["y"] is not None and node.value["y"].word not in ("the", "that"):
        whole = resolve_year(scene, node.value["y"])
        fiscal = node.value["y"].fiscal
    if whole is None:
        if months is None or unit == "year" or scene.reference is None:
            return None
        whole = _year_for_part(node, scene, count * months, side)
        fiscal = whole is not None and whole.start is not None and whole.start.month != 1
    if whole is None or whole.start is None or whole.end is None:
        return None
    if months is not None:
        total = count * months
        start = whole.start if side == "first" else add_months(whole.end + DAY, -total)
        return Reading(
            period=span_period(start, add_months(start, total) - DAY),
            date_kind="interval" if count > 1 else "date",
            fiscal=fiscal,
        )
    days = {"day": 1, "week": 7, "weekend": 2}.get(unit)
    if days is None:
        return None
    total = count * days
    if unit == "week" and count == 1 and whole.precision == "year":
        monday = whole.start - whole.start.weekday() * DAY if side == "first" else whole.end - whole.end.weekday() * DAY
        return _dated(week_period(monday))
    if side == "first":
        return Reading(period=days_period(whole.start, whole.start + (total - 1) * DAY), date_kind="interval")
    return Reading(period=days_period(whole.end - (total - 1) * DAY, whole.end), date_kind="interval")


def _year_for_part(node: Node, scene: Scene, months: int, side: str) -> Period | None:
    """The year whose first (or last) months are meant where none is named: the latest in which they are over."""
    reference = scene.reference
    if reference is None:
        return None
    fiscal = scene.fiscal.explicit and scene.fiscal.start_month != 1
    year = fiscal_year_of(scene, reference) if fiscal else year_period(reference.year)
    if year.start is None:
        return None
    over = add_months(year.start, months if side == "first" else 12)
    if over > reference + 12 * DAY and scene.looks_ahead(node.start, node.end) is not True:
        if side == "first" or (year.end is not None and add_months(year.end + DAY, -months) > reference):
            return _shift_year(scene, year, -1, fiscal=fiscal)
    return year


def resolve_ended(node: Node, scene: Scene) -> Reading | None:
    count, unit = node.value["n"], node.value["u"]
    inner = resolve(replace(node.value["end"], start=node.start), scene)
    if inner is None or inner.period is None or inner.period.end is None:
        return None
    end = inner.period.end
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12, "season": 12}.get(unit)
    if months is not None:
        start = add_months(end + DAY, -count * months)
        period = span_period(start, end)
        if period.precision == "day" and period.timex:
            period = replace(period, precision="month")
    else:
        start = end - (count * (7 if unit == "week" else 1) - 1) * DAY
        period = week_period(start) if unit == "week" and count == 1 and start.weekday() == 0 else days_period(start, end)
    return Reading(
        period=period, date_kind="interval", fiscal=unit == "year" or node.value["fiscal"] or unit in ("quarter", "half")
    )


# --- relative to the article's date -----------------------------------------------------------------------------------


def _containing(unit: str, day: date, scene: Scene, *, fiscal: bool = False) -> Period | None:
    if unit == "day":
        return day_period(day)
    if unit == "week":
        return week_period(day - day.weekday() * DAY)
    if unit == "weekend":
        saturday = day + (5 - day.weekday()) * DAY
        return replace(days_period(saturday, saturday + DAY), timex=week_period(day - day.weekday() * DAY).timex + "-WE")
    if unit == "fortnight":
        return days_period(day - 13 * DAY, day)
    if unit == "month":
        return month_period(day.year, day.month)
    if unit == "quarter":
        if fiscal or (scene.fiscal.explicit and (scene.fiscal.start_month - 1) % 3):
            year = fiscal_year_of(scene, day)
            if year.start is not None:
                index = ((day.year - year.start.year) * 12 + day.month - year.start.month) // 3 + 1
                return part_of_year(scene, year, index, 3)
        return quarter_period(day.year, (day.month + 2) // 3)
    if unit == "half":
        return half_period(day.year, (day.month + 5) // 6)
    if unit == "year":
        return fiscal_year_of(scene, day) if fiscal else year_period(day.year)
    if unit == "season":
        start = season_start(scene)
        first = day.year if day.month >= start else day.year - 1
        return replace(months_period(first, start, 12), precision="year")
    if unit == "decade":
        return decade_period(day.year)
    return None


def _step(unit: str, count: float) -> tuple[int, int]:
    """``count`` of ``unit`` as months and days."""
    months, days, _, _ = UNITS[unit]
    if months is not None:
        return round(count * months), 0
    return 0, round(count * (days or 0))


_UNIT_STEP = {"half": (6, 0), "weekend": (0, 7), "period": (0, 0)}


def iso_duration(count: float, unit: str) -> str:
    """``P12Y``, ``P33M`` (eleven quarters), ``PT24H``, ``P2Y6M``, ``P12.5Y``."""
    _, _, factor, code = UNITS[unit]
    amount = count * factor
    if code.startswith("T"):
        return f"PT{amount:g}{code[1]}"
    return f"P{amount:g}{code}"


def resolve_relative_unit(node: Node, scene: Scene) -> Reading | None:
    """``last year``, ``the previous quarter``, ``the past 12 months``, ``this fiscal year and next``."""
    rel, unit, count, fiscal = node.value["rel"], node.value["u"], node.value["n"], node.value["fiscal"]
    if rel in ("past", "this past") and count is None and unit not in ("week", "month", "weekend"):
        return Reading(duration=iso_duration(1, unit), date_kind="duration") if unit in UNITS else None
    if rel in ("the latter", "the former", "latter", "former"):
        return _latter(node, scene)
    if rel == "the year-ago":
        return None
    if count is not None:
        return _several_units(node, scene)
    if rel == "first":
        return _first_unit(node, scene)
    if unit == "period" or (rel in ("previous", "prior", "preceding", "following", "same", "that") and unit != "weekend"):
        return _from_focus(node, scene)
    if rel == "next" and node.value["the"] and unit in ("day", "morning", "month", "year", "quarter") and scene.seen:
        return _from_focus(node, scene)
    if scene.reference is None:
        return None
    if rel == "latest":
        return _latest(node, scene)
    base = _containing(unit, scene.reference, scene, fiscal=fiscal)
    if base is None:
        return None
    step = {
        "last": -1,
        "next": 1,
        "coming": 1,
        "upcoming": 1,
        "past": -1,
        "this past": -1,
        "new": 1 if unit == "year" and fiscal else 0,
    }.get(rel, 0)
    if rel == "new" and not fiscal:
        return None
    recent = scene.reported()
    if unit == "year" and rel == "current" and not fiscal and scene.fiscal.explicit and recent is not None and recent.fiscal:
        fiscal = True
        base = fiscal_year_of(scene, scene.reference)
    if rel == "coming" and unit == "weekend":
        step = 0
    if fiscal and unit == "year":
        period = _shift_year(scene, base, step, fiscal=True)
    else:
        months, days = _UNIT_STEP.get(unit) or _step(unit, 1)
        period = shift(base, months=step * months, days=step * days)
    if unit == "week" and "wd" in node.value and period.start is not None:
        return _dated(day_period(period.start + node.value["wd"] * DAY))
    if "and_next" in node.value and period.start and period.end:
        return Reading(
            period=span_period(period.start, add_months(period.end + DAY, 12) - DAY), date_kind="interval", fiscal=fiscal
        )
    if unit == "weekend" and step == -1 and period.end and scene.reference and (scene.reference - period.end).days > 8:
        period = shift(period, days=7)
    if unit == "quarter" and not fiscal and period.start is not None and base.timex.startswith("FY"):
        period = _containing("quarter", period.start, scene) or period
    return _dated(period, fiscal=fiscal)


def _latter(node: Node, scene: Scene) -> Reading | None:
    unit = node.value["u"]
    want = {"year": 12, "quarter": 3, "month": 1, "half": 6}.get(unit)
    named = [seen for seen in scene.seen if seen.period.months == want]
    if not named:
        return None
    index = -1 if "latter" in node.value["rel"] else -2
    return _dated(named[index].period, focus=True) if len(named) >= -index else None


def _first_unit(node: Node, scene: Scene) -> Reading | None:
    """``in the first year`` of something whose start was named: the year of that start, else a bare length."""
    if node.value["u"] != "year":
        return None
    return Reading(duration="P1Y", date_kind="duration")


def _latest(node: Node, scene: Scene) -> Reading | None:
    unit = node.value["u"]
    want = {"year": 12, "quarter": 3, "month": 1, "half": 6}.get(unit)
    named = [seen.period for seen in scene.seen if want and seen.period.months == want and seen.period.end is not None]
    past = [
        period for period in named if period.end is not None and scene.reference is not None and period.end <= scene.reference
    ]
    if past and scene.reference is not None:
        newest = max(past, key=lambda period: period.end or date.min)
        if newest.end is not None and (scene.reference - newest.end).days < 31 * (want or 1) + 150:
            return _dated(newest, focus=True)
    if scene.reference is None:
        return None
    base = _containing(unit, scene.reference, scene)
    if base is None:
        return None
    months, days = _UNIT_STEP.get(unit) or _step(unit, 1)
    return _dated(shift(base, months=-months, days=-days), focus=True)


def _several_units(node: Node, scene: Scene) -> Reading | None:
    """``the past 12 months`` are months of the calendar; longer or vaguer stretches are a length of time."""
    rel, unit, count, fiscal = node.value["rel"], node.value["u"], node.value["n"], node.value["fiscal"]
    reference = scene.reference
    if unit in ("half", "period", "weekend"):
        return None
    if rel in ("previous", "prior", "preceding"):
        seen = scene.reported()
        base = seen.period if seen else _containing(unit, reference, scene) if reference else None
        if base is None or base.start is None:
            return None
        months, days = _step(unit, count)
        if months:
            start = add_months(base.start, -months)
            period = span_period(start, base.start - DAY)
        else:
            period = days_period(base.start - days * DAY, base.start - DAY)
        return Reading(period=period, date_kind="interval", comparison=True, shift=iso_duration(count, unit), focus=True)
    if unit == "year" and fiscal and reference is not None and rel in ("next", "last", "past"):
        year = fiscal_year_of(scene, reference)
        if year.start is not None:
            start = add_months(year.start, 12 if rel == "next" else -12 * count)
            return Reading(period=span_period(start, add_months(start, 12 * count) - DAY), date_kind="interval", fiscal=True)
    if unit in ("month", "quarter") and reference is not None and rel in ("past", "last"):
        this = _containing(unit, reference, scene)
        if this is not None and this.start is not None:
            months, _ = _step(unit, count)
            start = add_months(this.start, -months)
            return Reading(period=span_period(start, this.start - DAY), date_kind="interval", timex=iso_duration(count, unit))
    return Reading(duration=iso_duration(count, unit), date_kind="duration")


def _from_focus(node: Node, scene: Scene) -> Reading | None:
    """``the previous quarter``, ``that year``, ``the following month``: counted from the time in focus."""
    rel, unit, fiscal = node.value["rel"], node.value["u"], node.value["fiscal"]
    backward = rel in ("previous", "prior", "preceding")
    step = -1 if backward else 1 if rel in ("following", "next", "coming") else 0
    if unit == "day":
        day = scene.last_day()
        return _dated(day_period(day + step * DAY), focus=True) if day else None
    if unit == "period":
        seen = scene.period_in_focus()
        if seen is None or (seen.period.months is None and seen.period.precision != "day"):
            return None
        if rel in ("that", "same", "this"):
            return _dated(seen.period, focus=True)
        if not (seen.period.start and seen.period.end):
            return None
        months = seen.period.months
        days = (seen.period.end - seen.period.start).days + 1
        period = shift(seen.period, months=step * months) if months else shift(seen.period, days=step * days)
        return Reading(period=period, comparison=backward, shift=f"P{months}M" if months else f"P{days}D", focus=True)
    if unit == "year":
        if rel == "that":
            named = _last_year_named(scene)
            return _dated(named, focus=True)
        base = year_in_focus(scene, fiscal=fiscal)
        if base is None:
            return None
        moved = shift(base, months=12 * step)
        if base.timex.startswith("FY") and moved.start:
            moved = fiscal_year_of(scene, moved.start)
        return Reading(period=moved, comparison=backward, shift="P1Y" if backward else None, focus=True)
    want = {"quarter": 3, "month": 1, "half": 6}.get(unit)
    seen = scene.reported(months=want) if want else None
    if rel == "that":
        if unit == "decade":
            last = scene.last()
            return _dated(decade_period(last.period.start.year), focus=True) if last and last.period.start else None
        candidates = [s.period for s in scene.seen if s.period.months == want and s.period.start]
        return _dated(candidates[-1], focus=True) if candidates and want else None
    base = _focus_unit(unit, scene, seen, fiscal=fiscal)
    if base is None:
        return None
    months, days = _UNIT_STEP.get(unit) or _step(unit, 1)
    period = shift(base, months=step * months, days=step * days)
    return Reading(
        period=period,
        comparison=backward,
        shift=iso_duration(1, unit) if backward and unit in UNITS else "P6M" if backward else None,
        focus=True,
    )


def _last_year_named(scene: Scene) -> Period | None:
    for seen in reversed(scene.seen):
        if seen.period.start is None:
            continue
        months = seen.period.months
        if months == 12:
            return seen.period
        if months is not None and months < 12:
            return year_period(seen.period.start.year)
    return None


def _focus_unit(unit: str, scene: Scene, seen: Seen | None, *, fiscal: bool = False) -> Period | None:
    """The quarter, month or week in focus: the last one reported on, else the one that the last report ended in."""
    if unit == "quarter" and seen is not None:
        return seen.period
    last = scene.reported()
    if seen is not None and (last is None or last is seen or last.start - seen.end < 600):
        return seen.period
    if last is not None and last.period.end is not None:
        return _containing(unit, last.period.end, scene, fiscal=fiscal)
    return _containing(unit, scene.reference, scene, fiscal=fiscal) if scene.reference else None


def resolve_relative_month(node: Node, scene: Scene) -> Reading | None:
    rel, month = node.value["rel"], node.value["m"]
    if rel == "that":
        last = scene.last()
        if last is not None and last.period.start is not None:
            return _dated(month_period(last.period.start.year, month), focus=True)
    reference = scene.reference
    if reference is None:
        return None
    if rel in ("last", "this past", "previous"):
        year = reference.year if month < reference.month else reference.year - 1
    elif rel in ("next", "this coming", "following"):
        year = reference.year if month > reference.month else reference.year + 1
    else:
        year = reference.year
    return _dated(month_period(year, month))


def resolve_weekday(node: Node, scene: Scene) -> Reading | None:
    reference = scene.reference
    weekday = node.value["wd"]
    if reference is None:
        return Reading(timex=f"XXXX-WXX-{weekday + 1}")
    rel, week = node.value["rel"], node.value["week"]
    monday = reference - reference.weekday() * DAY
    if week is not None:
        step = {"last": -7, "this": 0, "next": 7}[week]
        return _dated(day_period(monday + (step + weekday) * DAY))
    back = (reference.weekday() - weekday) % 7
    if rel == "next":
        return _dated(day_period(reference + ((weekday - reference.weekday()) % 7 or 7) * DAY))
    if rel in ("coming", "this coming"):
        return _dated(day_period(reference + ((weekday - reference.weekday()) % 7 or 7) * DAY))
    if rel in ("last", "past", "this past", "previous"):
        return _dated(day_period(reference - (back or 7) * DAY))
    if rel == "this":
        return _dated(day_period(monday + weekday * DAY))
    if back and scene.looks_ahead(node.start, node.end) is True:
        return _dated(day_period(reference + (7 - back) * DAY))
    return _dated(day_period(reference - back * DAY))


def resolve_season(node: Node, scene: Scene) -> Reading | None:
    rel, name, ref = node.value["rel"], node.value["s"], node.value["y"]
    rel = rel.removeprefix("the ") if rel and rel != "the" else rel
    month = SEASONS[name]
    if _southern(scene):
        month = (month + 6 - 1) % 12 + 1
    code = SEASON_CODES[name]

    def made(year: int) -> Period:
        period = months_period(year, month, 3)
        return replace(period, precision="quarter", timex=f"{year}-{code}")

    reference = scene.reference
    if ref is not None and ref.year is not None:
        return _dated(made(ref.year))
    if reference is None:
        return None
    if ref is not None:
        year = reference.year + {"last": -1, "next": 1}.get(ref.word or "", 0)
        return _dated(made(year))
    current = made(reference.year)
    if current.start is None or current.end is None:
        return None
    candidates = [made(reference.year + step) for step in (-2, -1, 0, 1)]
    past = [p for p in candidates if p.end is not None and p.end < reference]
    ahead = [p for p in candidates if p.start is not None and p.start > reference]
    holding = [p for p in candidates if p.start and p.end and p.start <= reference <= p.end]
    if rel in ("last", "past", "previous"):
        return _dated(past[-1])
    if rel in ("next", "coming"):
        return _dated(ahead[0])
    if holding:
        return _dated(holding[0])
    if rel == "this":
        same = [p for p in candidates if p.start is not None and p.start.year == reference.year]
        if month == 12 and reference.month <= 6:
            return _dated(past[-1])
        return _dated(same[0])
    return _dated(ahead[0] if scene.looks_ahead(node.start, node.end) is True else past[-1])


_SOUTH = ("australia", "new zealand", "argentin", "south africa", "chile", "sydney", "melbourne", "queensland")


def _southern(scene: Scene) -> bool:
    return any(scene.low.count(word) > 1 for word in _SOUTH)


def resolve_dayword(node: Node, scene: Scene) -> Reading | None:
    if scene.reference is None:
        return None
    return _dated(day_period(scene.reference + node.value["days"] * DAY))


def resolve_week(node: Node, scene: Scene) -> Reading | None:
    year = _stated_year(scene, node.value["y"])
    number = node.value["n"]
    if year is None:
        if scene.reference is None:
            return None
        year = scene.reference.year
        if date.fromisocalendar(year, number, 1) > scene.reference and scene.looks_ahead(node.start, node.end) is not True:
            year -= 1
    return _dated(week_period(date.fromisocalendar(year, number, 1)))


def resolve_week_of(node: Node, scene: Scene) -> Reading | None:
    inner = resolve(node.value["of"], scene)
    if inner is None or inner.period is None or inner.period.start is None:
        return None
    return _dated(week_period(inner.period.start - inner.period.start.weekday() * DAY))


def resolve_holiday(node: Node, scene: Scene) -> Reading | None:
    name = node.value["name"]

    def occurrence(year: int) -> tuple[date, date]:
        if name in EASTER_DAYS:
            first, last = EASTER_DAYS[name]
            return easter(year) + first * DAY, easter(year) + last * DAY
        month, day = HOLIDAYS[name]
        return date(year, month, day), date(year, month, day)

    ref: YearRef | None = node.value["y"]
    year = _stated_year(scene, ref)
    if year is None:
        year = nearest(scene, node, occurrence)
    return _dated(days_period(*occurrence(year))) if year is not None else None


# --- relative to the time in focus -------------------------------------------------------------------------------------


def resolve_the_unit(node: Node, scene: Scene) -> Reading | None:
    """``the quarter``, ``the six months``, ``the period``, ``the year``: what the text is about."""
    unit, count = node.value["u"], node.value["n"]
    if unit == "half-year":
        unit = "half"
    if count is not None:
        return _the_units(node, scene, count, unit)
    if unit == "day":
        day = scene.last_day()
        return _dated(day_period(day), focus=True) if day else None
    if unit in ("week", "weekend", "season", "decade"):
        if scene.reference is None:
            return None
        if unit == "weekend":
            period = _containing("weekend", scene.reference, scene)
            if period and period.start and period.start > scene.reference and scene.looks_ahead(node.start, node.end) is not True:
                period = shift(period, days=-7)
            return _dated(period, focus=True)
        if unit == "week":
            for seen in reversed(scene.seen):
                if (
                    seen.reported
                    and seen.period.start
                    and seen.period.end
                    and 4 <= (seen.period.end - seen.period.start).days <= 6
                ):
                    return _dated(seen.period, focus=True)
            period = _containing("week", scene.reference, scene)
            if period and period.start and scene.reference.weekday() < 2:
                earlier = scene.looks_ahead(node.start, node.end) is not True
                period = shift(period, days=-7) if earlier else period
            elif period and period.start and scene.reference.weekday() >= 3:
                period = replace(period, end=scene.reference)
            return _dated(period, focus=True)
        return _dated(_containing(unit, scene.reference, scene), focus=True)
    if unit == "period":
        last = scene.period_in_focus()
        return _dated(last.period, focus=True, fiscal=last.fiscal) if last else None
    if unit == "year":
        return _dated(_the_year(node, scene), focus=True)
    want = {"quarter": 3, "month": 1, "half": 6}[unit]
    named = scene.reported(months=want)
    if named is not None:
        return _dated(named.period, focus=True, fiscal=named.fiscal)
    last = scene.reported() or scene.last()
    if last is not None and last.period.end is not None and (last.period.months or 1) <= 12:
        return _dated(_containing(unit, last.period.end, scene), focus=True)
    if scene.reference is None:
        return None
    base = _containing(unit, scene.reference, scene)
    if unit == "month" and base is not None and scene.reference.day <= 10 and scene.looks_ahead(node.start, node.end) is False:
        base = shift(base, months=-1)
    return _dated(base, focus=True)


def _the_year(node: Node, scene: Scene) -> Period | None:
    before = scene.low[max(0, node.start - 10) : node.start]
    last = scene.reported()
    if (
        before.endswith(("over ", "through "))
        and last is not None
        and last.period.months in (1, 3)
        and last.period.end is not None
    ):
        end = last.period.end
        start = add_months(end + DAY, -12)
        return span_period(start, end)
    if node.value["fiscal"] or node.value.get("ended"):
        named = scene.reported(months=12)
        if named is not None:
            return named.period
    if (
        scene.reference is not None
        and scene.looks_ahead(node.start, node.end) is True
        and not (last and last.period.months == 12)
    ):
        return year_period(scene.reference.year)
    return year_in_focus(scene, fiscal=node.value["fiscal"])


def _the_units(node: Node, scene: Scene, count: int, unit: str) -> Reading | None:
    months = {"month": 1, "quarter": 3, "year": 12, "half": 6}.get(unit)
    for seen in sorted(reversed(scene.seen), key=lambda seen: not seen.reported):
        period = seen.period
        if period.start is None or period.end is None:
            continue
        if months is not None and period.months == count * months:
            return Reading(period=period, date_kind="interval", focus=True, fiscal=seen.fiscal)
        days = (period.end - period.start).days + 1
        if months is None and days == count * (7 if unit == "week" else 1):
            return Reading(period=period, date_kind="interval", focus=True)
    last = scene.reported()
    if months is not None and last is not None and last.period.end is not None and unit == "month" and last.period.months == 1:
        start = add_months(last.period.end + DAY, -count)
        return Reading(period=span_period(start, last.period.end), date_kind="interval", focus=True)
    return Reading(duration=iso_duration(count, unit), date_kind="duration") if unit in UNITS else None


_IN_UNIT = re.compile(r" in the (quarter|month|half|year)\b")


def resolve_ago(node: Node, scene: Scene) -> Reading | None:
    """``a year earlier``, ``two years ago``, ``five years later``: from the time in focus, or from the article's date."""
    count, unit, word = node.value["n"], node.value["u"], node.value["word"]
    if unit in ("morning", "evening"):
        unit = "day"
    if unit == "night":
        unit = "day"
    ahead = word in ("later", "from now", "hence")
    if UNITS[unit][0] is None and UNITS[unit][1] is None:
        return None
    months, days = _step(unit, count)
    if word in ("from now", "hence"):
        return _ago_from(scene.reference, -months, -days, unit, count)
    if ahead:
        last = scene.last()
        if last is None or last.period.start is None:
            return _ago_from(scene.reference, -months, -days, unit, count)
        return _dated(shift(_unit_sized(last.period, unit), months=months, days=days), focus=True)
    focus = _comparison_base(node, scene, days_matter=bool(days))
    if after := _IN_UNIT.match(scene.low, node.end):
        want = {"quarter": 3, "month": 1, "half": 6, "year": 12}[after[1]]
        focus = scene.reported(months=want) or focus
    if unit == "year" and node.value.get("the"):
        base = year_in_focus(scene)
        if base is not None:
            moved = shift(base, months=-12)
            if base.timex.startswith("FY") and moved.start:
                moved = fiscal_year_of(scene, moved.start)
            return Reading(period=moved, comparison=True, shift="P1Y", focus=True)
    if word == "ago" and (focus is None or not _counts_from_focus(node, scene, focus, unit, count)):
        return _ago_from(scene.reference, months, days, unit, count)
    if focus is None:
        return _ago_from(scene.reference, months, days, unit, count)
    period = focus.period
    if unit == "month" and (period.months or 0) > 1 and count < 12 and period.end is not None:
        period = month_period(period.end.year, period.end.month)
    if unit == "quarter" and (period.months or 0) > 3 and period.end is not None:
        period = _containing("quarter", period.end, scene) or period
    return Reading(
        period=shift(period, months=-months, days=-days),
        comparison=True,
        shift=iso_duration(count, unit),
        focus=True,
        fiscal=focus.fiscal,
    )


def _unit_sized(period: Period, unit: str) -> Period:
    return period


def _comparison_base(node: Node, scene: Scene, *, days_matter: bool) -> Seen | None:
    """The period that an earlier one is compared with: the last in focus, or one that follows directly."""
    if days_matter:
        for seen in reversed(scene.seen[-6:]):
            if seen.period.start is not None and seen.period.precision == "day" and seen.reported:
                return seen
    return scene.reported()


def _counts_from_focus(node: Node, scene: Scene, focus: Seen, unit: str, count: float) -> bool:
    """Whether ``a year ago`` is a comparison with the period in focus rather than a day a year back.

    One year ago is, behind words that compare or with a period in the same sentence; longer stretches only with a
    period in the same sentence.
    """
    if unit in ("week", "day", "decade", "fortnight"):
        return False
    same = scene.same_sentence(focus, node.start)
    before = scene.low[max(0, node.start - 40) : node.start]
    compares = before.rstrip().endswith(
        ("from", "than", "on", "over", "versus", "vs", "to", "against", "%", "cent", "percent")
    ) or _compares(before)
    if unit == "year" and count == 1:
        return same or compares or focus.period.precision in ("day", "half", "quarter")
    if unit == "month" and count % 12:
        return False
    if unit == "month":
        return compares
    return same and compares


def _compares(before: str) -> bool:
    return any(
        f"{word} " in before for word in ("from", "than", "versus", "against", "compared with", "share", "did", "up", "down")
    )


def _ago_from(reference: date | None, months: int, days: int, unit: str, count: float) -> Reading | None:
    if reference is None:
        return None
    if days:
        moved = reference - days * DAY
        timex = week_period(moved - moved.weekday() * DAY).timex if unit == "week" else moved.isoformat()
        return Reading(period=day_period(moved), timex=timex)
    moved = add_months(reference, -months)
    if unit in ("year", "decade", "century", "season") and (count != 1 or unit != "year"):
        return _dated(year_period(moved.year))
    if unit == "quarter":
        return _dated(quarter_period(moved.year, (moved.month + 2) // 3))
    period = month_period(moved.year, moved.month)
    return Reading(period=period, timex=str(moved.year) if unit == "year" else period.timex)


def resolve_same(node: Node, scene: Scene) -> Reading | None:
    """``the same period last year``: the time in focus, in the year said (or itself, where no year is said)."""
    unit, ref, count = node.value["u"], node.value["y"], node.value["n"]
    unit = unit.removesuffix("s") if unit != "days" else "day"
    want = {"quarter": 3, "month": 1, "half": 6, "half-year": 6}.get(unit)
    if count and unit == "month":
        from pipeline.date.words import CARDINALS

        want = CARDINALS.get(count) or (int(count) if count.isdigit() else None)
    focus = scene.reported(months=want) if want else None
    recent = scene.reported()
    if focus is None or (recent is not None and unit in ("period", "stretch", "time")):
        focus = recent
    if focus is None or focus.period.start is None or focus.period.end is None:
        if ref is None or unit not in ("period", "stretch", "time", "month", "quarter") or scene.reference is None:
            return None
        if unit == "time":
            base: Period = day_period(scene.reference)
        elif unit in ("month", "quarter"):
            base = _containing(unit, scene.reference, scene) or day_period(scene.reference)
        else:
            base = year_period(scene.reference.year)
    else:
        base = focus.period
    if unit == "time" and scene.reference is not None:
        base = day_period(scene.reference)
    if want == 1 and (base.months or 0) > 1 and base.end is not None:
        base = month_period(base.end.year, base.end.month)
    if base.start is None or base.end is None:
        return None
    if ref is None:
        return Reading(period=base, focus=True, date_kind="interval" if base.start != base.end else "date")
    if ref.word == "previous-shift":
        target_shift = 1
    elif ref.fiscal or ref.word in ("previous", "preceding", "prior"):
        target_shift = 1
        if ref.year is not None:
            year = fiscal_year(scene, ref)
            base_year = fiscal_year_of(scene, base.start)
            if year is not None and year.start is not None and base_year.start is not None:
                target_shift = base_year.start.year - year.start.year
    else:
        year_number = _stated_year(scene, ref)
        if year_number is None:
            return None
        target_shift = base.end.year - year_number
        if ref.word == "last" and target_shift == 0:
            # An article of January speaks of last December: the same month last year is a year before that.
            target_shift = 1
        if target_shift == 0 and ref.year is not None and (recent is not None):
            target_shift = 0
    period = shift(base, months=-12 * target_shift)
    return Reading(
        period=period,
        comparison=target_shift > 0,
        shift=f"P{target_shift}Y" if target_shift > 0 else None,
        focus=True,
        fiscal=focus.fiscal if focus else False,
    )


def resolve_part(node: Node, scene: Scene) -> Reading | None:
    """``the end of June``, ``early 2026``, ``mid-April``: the whole of what it is a part of; ``mid-2027`` is its June."""
    part = node.value["part"]
    of: Node = node.value["of"]
    if (
        of.kind == "the-unit"
        and of.value["u"] == "year"
        and not of.value["fiscal"]
        and part != "whole"
        and scene.reference is not None
    ):
        return resolve_unit_end(replace(node, value={"u": "year"}), scene)
    # The preposition that tells past from future stands before the whole expression.
    inner = resolve(replace(of, start=node.start), scene)
    if inner is None:
        return None
    period = inner.period
    if period is not None and part in ("mid", "middle") and of.kind == "year" and not inner.fiscal and period.start is not None:
        return replace(inner, period=month_period(period.start.year, 6))
    return replace(inner, date_kind="date")


def resolve_unit_end(node: Node, scene: Scene) -> Reading | None:
    """``year-end``: the year of the article, or the year before where the words look back from its first months."""
    unit = node.value["u"]
    reference = scene.reference
    if reference is None:
        return None
    period = _containing(unit, reference, scene)
    if period is None:
        return None
    if unit == "year":
        ahead = scene.looks_ahead(node.start, node.end)
        last = scene.reported()
        if (
            ahead is not True
            and reference.month <= 4
            and (ahead is False or (last and last.period.end and last.period.end.year < reference.year))
        ):
            period = shift(period, months=-12)
    return _dated(period)


def resolve_full_year(node: Node, scene: Scene) -> Reading | None:
    reference = scene.reference
    if reference is None:
        return None
    ahead = scene.looks_ahead(node.start, node.end)
    last = scene.reported()
    if last is not None and last.period.end is not None and (last.period.months or 99) <= 12:
        year = (
            fiscal_year_of(scene, last.period.end) if last.fiscal and scene.fiscal.explicit else year_period(last.period.end.year)
        )
        return _dated(year, focus=True)
    if reference.month <= 2 and ahead is not True:
        return _dated(year_period(reference.year - 1))
    return _dated(year_period(reference.year))


def resolve_month_day_of(node: Node, scene: Scene) -> Reading | None:
    """``the 21st``, ``the 15th day of next month``: a day of the month in focus."""
    day, rel = node.value["d"], node.value["rel"]
    reference = scene.reference
    last = scene.last()
    if (
        rel == "the"
        and last is not None
        and last.period.start is not None
        and (last.period.end or last.period.start).month == last.period.start.month
    ):
        anchor = last.period.start
        if node.start - last.end > 200 and "month" not in scene.low[node.start : node.end]:
            return None
    elif "month" not in scene.low[node.start : node.end]:
        return None
    elif reference is not None:
        anchor = add_months(date(reference.year, reference.month, 1), {"next": 1, "last": -1}.get(rel, 0))
    else:
        return None
    return _dated(day_period(date(anchor.year, anchor.month, day)))


def resolve_range(node: Node, scene: Scene) -> Reading | None:
    """``21 October to 11 November``: from the start of the first to the end of the second, with the year of the second."""
    second = resolve(node.value["b"], scene)
    first_node: Node = node.value["a"]
    if second is None or second.period is None or second.period.end is None:
        return None
    end = second.period.end
    inner = Scene(scene.text, scene.low, scene.reference, scene.known_fiscal_start, list(scene.seen), scene._fiscal)
    value = first_node.value
    if first_node.kind in ("month", "day", "quarter", "half") and value.get("y") is None:
        year = YearRef(end.year)
        first = resolve(replace(first_node, value={**value, "y": year}), inner)
        if first is not None and first.period is not None and first.period.start is not None and first.period.start > end:
            first = resolve(replace(first_node, value={**value, "y": YearRef(end.year - 1)}), inner)
    else:
        first = resolve(first_node, inner)
    if first is None or first.period is None or first.period.start is None:
        return None
    start = first.period.start
    second_value = node.value["b"].value
    if start > end and second_value.get("y", "") is None:
        second = resolve(replace(node.value["b"], value={**second_value, "y": YearRef(start.year)}), inner)
        end = second.period.end if second and second.period and second.period.end else end
        if start > end:
            end = add_months(end, 12)
    if start > end:
        return None
    if first.period.precision == "day" or second is None or second.period is None or second.period.precision == "day":
        return Reading(period=days_period(start, end), date_kind="interval")
    return Reading(period=span_period(start, end), date_kind="interval", fiscal=first.fiscal)


# --- durations and sets ---------------------------------------------------------------------------------------------


def resolve_duration(node: Node, scene: Scene) -> Reading | None:
    count, unit, upper = node.value["n"], node.value["u"], node.value["n2"]
    unit = {"yr": "year", "night": "day"}.get(unit, unit)
    if upper is not None:
        joined = node.value["to"].strip()
        count = count if joined != "-" else (count + upper) / 2
    _, _, factor, code = UNITS[unit]
    amount = count * factor
    if unit == "year" and amount == 0.5:
        return Reading(duration="P6M", date_kind="duration")
    if unit == "year" and amount % 1 == 0.5 and "half" in scene.low[node.start : node.end]:
        return Reading(duration=f"P{int(amount)}Y6M", date_kind="duration")
    if code == "M" and amount % 1:
        return Reading(duration=iso_duration(count, unit), date_kind="duration")
    return Reading(duration=iso_duration(count, unit), date_kind="duration")


def resolve_set(node: Node, scene: Scene) -> Reading | None:
    unit = node.value["u"]
    if unit in UNITS:
        number = node.value["n"]
        count = 2.0 if number in ("other", "second") else 1.0
        duration = iso_duration(count, unit)
        return Reading(duration=duration, date_kind="set", timex=duration)
    if unit in WEEKDAYS:
        return Reading(date_kind="set", timex=f"XXXX-WXX-{WEEKDAYS[unit] + 1}")
    if unit in ("weekend", "morning"):
        return Reading(date_kind="set", timex="XXXX-WXX-WE" if unit == "weekend" else "XXXX-XX-XXTMO")
    return Reading(date_kind="set", timex="XXXX")


def resolve_vague(node: Node, scene: Scene) -> Reading | None:
    return Reading(timex=node.value["ref"])


_RESOLVERS: dict[str, Resolver] = {
    "day": resolve_day,
    "numeric-day": resolve_numeric_day,
    "days": resolve_days,
    "month": resolve_month,
    "months": resolve_months,
    "month-quarter": resolve_month_quarter,
    "year": resolve_year_node,
    "season-year": resolve_season_year,
    "years": resolve_years,
    "to-date": resolve_to_date,
    "decade": resolve_decade,
    "century": resolve_century,
    "quarter": resolve_quarter,
    "half": resolve_half,
    "ellipsis": resolve_ellipsis,
    "part-units": resolve_part_units,
    "ended": resolve_ended,
    "relative-unit": resolve_relative_unit,
    "relative-month": resolve_relative_month,
    "weekday": resolve_weekday,
    "season": resolve_season,
    "dayword": resolve_dayword,
    "week": resolve_week,
    "week-of": resolve_week_of,
    "holiday": resolve_holiday,
    "the-unit": resolve_the_unit,
    "ago": resolve_ago,
    "same": resolve_same,
    "part": resolve_part,
    "unit-end": resolve_unit_end,
    "full-year": resolve_full_year,
    "month-day-of": resolve_month_day_of,
    "range": resolve_range,
    "duration": resolve_duration,
    "set": resolve_set,
    "vague": resolve_vague,
}


def resolve(node: Node, scene: Scene) -> Reading | None:
    """What ``node`` means in ``scene``; None where it is no date (``February 30``, ``the year`` with nothing in focus)."""
    try:
        return _RESOLVERS[node.kind](node, scene)
    except (ValueError, OverflowError):
        # Days that the calendar does not have (30 February) and years beyond it: the words name no date.
        return None
