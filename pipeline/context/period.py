"""When: the calendar interval of a figure, and for a change the interval that it is compared with.

Candidates for the period are the time expressions of the sentence, those of the sentences before and of the heading,
the periods of the figures before, an earlier period counted back from one of these (``a year earlier``), and none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.context.lexicon import word_classes
from pipeline.context.meaning import Candidate, Meaning, Period, Slate, State
from pipeline.context.surroundings import figure_features
from pipeline.context.view import FigureView, SentenceView
from pipeline.date import shift_period
from pipeline.mentions import DateMention

_LOOK_BACK = 3  # sentences
_NEAREST_DATES = 12  # of one sentence
_FAR = 400  # characters
_GAP_WORDS = frozenset("from than to against versus vs compared after on over since until below above".split())
_YEARS = 10  # an earlier or later year that is compared with

YEAR_ON_YEAR = re.compile(
    r"(?i)\byear[- ]on[- ]year\b|\byear[- ]over[- ]year\b|\by/y\b|\by-o-y\b|\byoy\b|\bon[- ]year\b"
    r"|\b(?:on|over|through) the year\b|\ba year on\b|\byear[- ]ago\b|\ba year (?:earlier|ago|before)\b"
    r"|\b(?:previous|prior|preceding) year\b|\bthe year before\b|\blast year\b|\bannual(?:ly|ized)?\b"
    r"|\b(?:twelve|12) months (?:earlier|ago|before)\b"
)
QUARTER_ON_QUARTER = re.compile(
    r"(?i)\bquarter[- ]on[- ]quarter\b|\bq/q\b|\bqoq\b|\bon the quarter\b|\b(?:previous|prior|preceding) quarter\b"
    r"|\bquarter (?:earlier|before)\b|\b(?:previous|prior|preceding) three months\b|\bsequential(?:ly)?\b"
)
MONTH_ON_MONTH = re.compile(
    r"(?i)\bmonth[- ]on[- ]month\b|\bm/m\b|\bmom\b|\bon the month\b|\b(?:previous|prior|preceding) month\b"
    r"|\bmonth (?:earlier|before|ago)\b|\ba month on\b|\bmonthly\b"
)
WEEK_ON_WEEK = re.compile(
    r"(?i)\bweek[- ]on[- ]week\b|\bw/w\b|\bwow\b|\bon the week\b|\b(?:previous|prior|preceding) week\b"
    r"|\bweek (?:earlier|before|ago)\b"
)
COMPARISONS = (("P1Y", YEAR_ON_YEAR), ("P3M", QUARTER_ON_QUARTER), ("P1M", MONTH_ON_MONTH), ("P7D", WEEK_ON_WEEK))


def propose(state: State, figure: FigureView, meaning: Meaning) -> Slate:
    """Candidates for the period of ``figure``; their values are ``Period`` or None."""
    view = state.article.sentence_of(figure)
    shared = {
        **state.once("figure", figure, figure_features),
        **_meaning_features(meaning),
        **state.once("period", figure, lambda view, figure: _sentence_features(state, view, figure)),
    }
    found: dict[tuple[date | None, date | None], Candidate] = {}
    for period, rule, features in (
        *_from_sentence(state, view, figure),
        *_from_figures(state, figure),
        *_shifted(state, view, figure),
        *_same_span(state, view, figure),
        *_from_before(state, view, figure),
        *_from_openings(state, view, figure),
    ):
        earlier = found.get(period.days)
        if earlier is None:
            found[period.days] = Candidate(period, rule, {**_period_features(state, period), **features})
        else:
            for name, value in features.items():
                earlier.features.setdefault(name, value)
    ranked = list(found.values())
    for candidate in ranked:
        candidate.features["candidates"] = float(len(ranked))
    ranked.append(Candidate(None, "period:none", {"none": 1.0, "candidates": float(len(ranked))}))
    return Slate(shared, ranked)


def propose_basis(state: State, figure: FigureView, meaning: Meaning) -> Slate:
    """Candidates for what a change or multiple is compared with; their values are ``Period`` or None."""
    view = state.article.sentence_of(figure)
    shared = {
        **state.once("figure", figure, figure_features),
        **_meaning_features(meaning),
        **state.once("period", figure, lambda view, figure: _sentence_features(state, view, figure)),
    }
    found: dict[tuple[date | None, date | None], Candidate] = {}
    for period, rule, features in (
        *_from_sentence(state, view, figure),
        *_basis_from_words(view, figure, meaning),
        *_basis_before(state, figure),
    ):
        if meaning.period is not None and period.days == meaning.period.days:
            continue
        earlier = found.get(period.days)
        if earlier is None:
            found[period.days] = Candidate(
                period, rule.replace("period", "basis", 1), {**_period_features(state, period), **features}
            )
        else:
            for name, value in features.items():
                earlier.features.setdefault(name, value)
        if meaning.period is not None and meaning.period.start and period.start:
            found[period.days].features["years_back"] = (meaning.period.start - period.start).days / 365.25
    ranked = list(found.values())
    ranked.append(Candidate(None, "basis:none", {"none": 1.0, "candidates": float(len(ranked))}))
    return Slate(shared, ranked)


def _meaning_features(meaning: Meaning) -> dict[str, float]:
    return {f"role={meaning.role}": 1.0, f"status={meaning.status}": 1.0, f"direction={meaning.direction}": 1.0}


def _sentence_features(state: State, view: SentenceView, figure: FigureView) -> dict[str, float]:
    usable = [d for d in view.dates if d.start_date or d.end_date]
    found = {
        "dates_here": float(len(usable)),
        "dates_plain": float(sum(not d.comparison for d in usable)),
        "sentence_index": float(min(view.index, 6)),
        "in_first_block": float(view.block == 0),
    }
    found.update(state.of_sentence("comparisons", view, lambda view: _comparisons(state.article.text, view)))
    tense = view.clause_verbs[figure.head]
    found[f"tense={view.tags[tense]}"] = 1
    for child in view.children(tense):
        if view.deps[child] in ("aux", "auxpass"):
            found[f"aux={view.lowers[child]}"] = 1
    return found


def _comparisons(text: str, view: SentenceView) -> dict[str, float]:
    """Which words of comparison the sentence holds."""
    found = ((shift, pattern.search(text, view.start_char, view.end_char)) for shift, pattern in COMPARISONS)
    return {f"compares={shift}": float(match is not None) for shift, match in found}


def _period_features(state: State, period: Period) -> dict[str, float]:
    """Features of an interval: its length, and where it lies from the article's date."""
    found: dict[str, float] = {"open_start": float(period.start is None), "open_end": float(period.end is None)}
    if period.start and period.end:
        found["days"] = float((period.end - period.start).days + 1)
    reference = state.article.reference
    if reference is not None:
        anchor = period.end or period.start
        if anchor is not None:
            found["age_days"] = float((reference - anchor).days)
            found["future"] = float(anchor > reference)
    count = state.period_counts
    found["used"] = float(min(count[period.days], 9))
    if count:
        found["most_used"] = float(count[period.days] == max(count.values()))
    return found


Proposal = tuple[Period, str, dict[str, float]]


def _from_sentence(state: State, view: SentenceView, figure: FigureView) -> Iterator[Proposal]:
    usable = [d for d in view.dates if d.start_date or d.end_date]
    spans = [(figure.mention.start_char, figure.mention.end_char)]
    orders = {id(mention): order for order, mention in enumerate(usable)}
    ordered = sorted(usable, key=lambda d: _gap(d.start_char, d.end_char, spans[0]))
    for nearness, mention in enumerate(ordered[:_NEAREST_DATES]):
        order = orders[id(mention)]
        period = Period(mention.start_date, mention.end_date, mention.relation, view.index)
        features = {
            **state.of_date(figure, mention, date_features),
            "nearness": float(nearness),
            "date_order": float(order),
            "same_order": float(order == figure.order and len(usable) == len(view.figures)),
        }
        yield period, "period:comparison" if mention.comparison else "period:sentence", features


def _gap(start: int, end: int, span: tuple[int, int]) -> int:
    return max(start - span[1], span[0] - end, 0)


def date_features(view: SentenceView, figure: FigureView, mention: DateMention) -> dict[str, float]:
    """Features of a figure and a time expression of its sentence."""
    deps, lowers = view.deps, view.lowers
    first, last = view.token_range(mention.start_char, mention.end_char)
    root = view.root(first, last)
    up, at, down = view.path(figure.head, root)
    before = mention.start_char < figure.mention.start_char
    low, high = (last, figure.first) if before else (figure.last, first)
    between = lowers[low:high] if low < high else []
    ups, downs = ">".join([deps[i] for i in up]), "<".join([deps[i] for i in down])
    figures, verbs, commas, breaks, _ = view.counted(low, high)
    found: dict[str, float] = {
        "date_here": 1.0,
        f"date_path={ups}|{view.pos[at]}|{downs}": 1,
        f"date_up={ups}": 1,
        f"date_down={downs}": 1,
        f"date_meet={view.pos[at]}:{view.lemmas[at]}": 1,
        "date_up_length": len(up),
        "date_down_length": len(down),
        "date_before": float(before),
        "date_distance": len(between),
        "date_gap_figures": figures,
        "date_gap_verbs": verbs,
        "date_gap_commas": commas,
        "date_gap_breaks": breaks,
        "date_gap_and": sum([word in ("and", "but", "while", "whereas") for word in between]),
        f"date_relation={mention.relation}": 1,
        f"date_kind={mention.date_kind}": 1,
        f"date_precision={mention.precision}": 1,
        "date_comparison": float(mention.comparison),
        "date_focus": float(mention.focus),
        f"date_rule={mention.rule}": 1,
        "date_first": float(first <= 2),
        "date_same_verb": float(view.clause_verbs[root] == view.clause_verbs[figure.head]),
        "date_in_measure": 0.0,
        "dates_between": sum([low <= token < high for token in view.date_firsts]),
    }
    verb = view.lemmas[view.clause_verbs[root]]
    found[f"date_verb={verb}"] = 1
    for name in word_classes(verb):
        found[f"date_verb_class={name}"] = 1
    word = mention.text.lower().split()
    found[f"date_word={word[0]}"] = 1
    found[f"date_last_word={word[-1]}"] = 1
    if first > 0:
        found[f"date_before_word={lowers[first - 1]}"] = 1
    if last < len(lowers):
        found[f"date_after_word={lowers[last]}"] = 1
    if len(between) <= 3:
        shown = ["<n>" if low + i in view.figure_tokens else word for i, word in enumerate(between)]
        found["date_between=" + " ".join(shown)] = 1
    for passed, lemma in zip(between, view.lemmas[low:high], strict=False):
        if passed in _GAP_WORDS:
            found[f"date_gap~{passed}"] = 1
        for name in word_classes(lemma):
            found[f"date_gap_class={name}"] = 1
    found["date_nearest_is_this"] = float(_is_nearest(view, figure, mention))
    return found


def _is_nearest(view: SentenceView, figure: FigureView, mention: DateMention) -> bool:
    """Whether no other figure stands nearer to the time expression; only the neighbors can."""
    gaps = [
        _gap(mention.start_char, mention.end_char, (f.mention.start_char, f.mention.end_char))
        for f in view.figures[max(0, figure.order - 1) : figure.order + 2]
    ]
    return gaps[min(1, figure.order)] == min(gaps)


def _from_figures(state: State, figure: FigureView) -> Iterator[Proposal]:
    view = state.article.sentence_of(figure)
    for back in (1, 2, 3, 4):
        earlier = state.before(figure, back)
        if earlier is None or earlier.period is None:
            continue
        other = state.article.figures[figure.index - back]
        where = state.article.sentence_of(other)
        features: dict[str, float] = {
            f"figure{back}_period": 1.0,
            f"figure{back}_period_here": float(where.index == view.index),
            f"figure{back}_block": float(where.block == view.block),
            f"figure{back}_role={earlier.role}": 1.0,
            f"figure{back}_rule={earlier.rules.get('period')}": 1.0,
            f"figure{back}_status_same": float(earlier.status == "actual"),
            f"figure{back}_unit_same": float(other.mention.unit == figure.mention.unit),
        }
        if back == 1:
            gap = state.article.text[other.mention.outer_end : figure.mention.outer_start].lower()
            if len(gap) < 20:
                features[f"figure1_gap={' '.join(gap.split())}"] = 1.0
            features["figure1_gap_length"] = float(len(gap))
        yield earlier.period, "period:figure_before", features


def _shifted(state: State, view: SentenceView, figure: FigureView) -> Iterator[Proposal]:
    """Periods counted back by ``a year earlier`` and its like from those of the figures before, and of the other dates."""
    for mention in [d for d in view.dates if abs(d.start_char - figure.mention.start_char) < _FAR]:
        if not mention.comparison or not mention.shift:
            continue
        sources: list[tuple[str, Period]] = []
        for back in (1, 2, 3):
            earlier = state.before(figure, back)
            if earlier is not None and earlier.period is not None:
                sources.append((f"figure{back}", earlier.period))
        plain = [d for d in view.dates if not d.comparison and d.start_date and d.end_date]
        sources += [("date", Period(d.start_date, d.end_date)) for d in plain[:_NEAREST_DATES]]
        features = state.of_date(figure, mention, date_features)
        for name, source in sources:
            if source.start is None or source.end is None:
                continue
            start, end = shift_period(source.start, source.end, mention.shift)
            yield (
                Period(start, end, "in", view.index),
                "period:counted_back",
                {**features, f"shifted_{name}": 1.0, "shifted": 1.0},
            )


def _same_span(state: State, view: SentenceView, figure: FigureView) -> Iterator[Proposal]:
    """The part of a year that a figure before is for, in a year that is named here: ``£1.28bn in the half (2023: £1.23bn)``."""
    for mention in [d for d in view.dates if abs(d.start_char - figure.mention.start_char) < _FAR]:
        if mention.precision != "year" or mention.start_date is None or mention.end_date is None:
            continue
        for back in (1, 2):
            earlier = state.before(figure, back)
            if earlier is None or earlier.period is None or earlier.period.start is None or earlier.period.end is None:
                continue
            years = mention.end_date.year - earlier.period.end.year
            if not 0 < abs(years) <= _YEARS or (earlier.period.end - earlier.period.start).days > 360:
                continue
            start, end = shift_period(earlier.period.start, earlier.period.end, f"-P{years}Y" if years > 0 else f"P{-years}Y")
            features = {**state.of_date(figure, mention, date_features), f"same_span{back}": 1.0}
            yield Period(start, end, "in", view.index), "period:same_span", features


def _from_before(state: State, view: SentenceView, figure: FigureView) -> Iterator[Proposal]:
    for back in range(1, _LOOK_BACK + 1):
        if view.index < back:
            break
        earlier = state.article.sentences[view.index - back]
        usable = [d for d in earlier.dates if d.start_date or d.end_date]
        for order, mention in enumerate(usable):
            yield (
                Period(mention.start_date, mention.end_date, mention.relation, earlier.index),
                "period:sentence_before",
                {
                    f"above{back}": 1.0,
                    f"above{back}_same_block": float(earlier.block == view.block),
                    f"above{back}_last": float(order == len(usable) - 1),
                    f"above{back}_only": float(len(usable) == 1),
                    f"above_comparison{back}": float(mention.comparison),
                    f"above_precision{back}={mention.precision}": 1.0,
                    f"above_relation{back}={mention.relation}": 1.0,
                    f"above_kind{back}={earlier.kind}": 1.0,
                    f"above_first{back}": float(mention.start_char - earlier.start_char < 4),
                },
            )
    for place, index in (("heading", view.heading), ("title", 0 if view.index > 0 else None)):
        if index is None or index == view.index:
            continue
        for mention in state.article.sentences[index].dates:
            if mention.start_date or mention.end_date:
                features = {
                    f"in_{place}": 1.0,
                    f"in_{place}_precision={mention.precision}": 1.0,
                    f"{place}_distance": float(view.index - index),
                }
                yield Period(mention.start_date, mention.end_date, mention.relation, index), f"period:{place}", features


def _from_openings(state: State, view: SentenceView, figure: FigureView) -> Iterator[Proposal]:
    """The periods of the article's first figure and of its block's first: where a text returns to after an aside."""
    for place, opening in (("article", state.first_period), ("block", state.block_periods.get(view.block))):
        if opening is not None:
            yield opening, f"period:{place}", {f"opens_{place}": 1.0}


def _basis_from_words(view: SentenceView, figure: FigureView, meaning: Meaning) -> Iterator[Proposal]:
    """The period of the figure counted back by what the sentence says: ``year-on-year``, ``from the previous month``."""
    if meaning.period is None or meaning.period.start is None or meaning.period.end is None:
        return
    text = view.doc.text
    base = view.start_char
    for shift, pattern in COMPARISONS:
        found = [m.span() for m in pattern.finditer(text)]
        if not found:
            continue
        start, end = shift_period(meaning.period.start, meaning.period.end, shift)
        gaps = [_gap(base + a, base + b, (figure.mention.start_char, figure.mention.end_char)) for a, b in found]
        nearest = found[gaps.index(min(gaps))]
        token = view.token_at(base + nearest[0])
        low, high = min(token, figure.last), max(token, figure.first)
        features = {
            f"words={shift}": 1.0,
            "words_distance": float(min(gaps)),
            "words_before": float(base + nearest[0] < figure.mention.start_char),
            "words_gap_figures": float(sum(1 for f in view.figures if low <= f.first < high and f.index != figure.index)),
            "words_gap_commas": float(sum(view.doc[i].text in ",;" for i in range(low, high))),
            f"words_text={text[nearest[0] : nearest[1]].lower()}": 1.0,
        }
        yield Period(start, end, "in", view.index), "basis:words", features


def _basis_before(state: State, figure: FigureView) -> Iterator[Proposal]:
    for back in (1, 2):
        earlier = state.before(figure, back)
        if earlier is None:
            continue
        here = (
            state.article.sentence_of(state.article.figures[figure.index - back]).index == state.article.sentence_of(figure).index
        )
        if earlier.basis is not None:
            yield earlier.basis, "basis:figure_before", {f"basis{back}": 1.0, f"basis{back}_here": float(here)}
