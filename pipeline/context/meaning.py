"""What a figure was found to mean, and the state in which the next one is read.

Figures are read in the order of the text, questions in the order of ``answer.QUESTIONS``; each question sees what was
decided before it: of the same figure, and of the figures before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from pipeline.context.cast import Cast
from pipeline.context.forest import Features, Forest, Placed
from pipeline.context.phrases import Phrase, phrases, verb_phrases
from pipeline.context.surroundings import pair_features, phrase_features, way_features
from pipeline.context.view import REACH, ArticleView, FigureView, SentenceView
from pipeline.mentions import DateMention
from pipeline.records import Direction, Relation, Role, Status

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Period:
    """Calendar days, both inclusive; None for an open end. ``sentence`` is where the words for it stand."""

    start: date | None
    end: date | None
    relation: Relation = "in"
    sentence: int | None = None

    @property
    def days(self) -> tuple[date | None, date | None]:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of the article that answer a question; the offsets are None where they were pieced together."""

    text: str
    start_char: int | None
    end_char: int | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """The answers for one figure so far; ``unit`` is asked of elided counts alone.

    ``margins`` holds, by question, how sure the ranker was (log-odds).
    """

    measure: Phrase | None = None
    unit: str | None = None
    role: Role = "level"
    direction: Direction | None = None
    status: Status = "actual"
    period: Period | None = None
    basis: Period | None = None
    share_of: Wording | None = None
    entity: Wording | None = None
    attribution: Wording | None = None
    conversion_of: int | None = None
    rules: Mapping[str, str] = field(default_factory=dict)
    margins: Mapping[str, float] = field(default_factory=dict)


@dataclass(slots=True)  # not frozen: its features grow, and dozens are made for a figure
class Candidate:
    """A possible answer, the name of the rule that proposed it, and its features.

    ``base`` holds features that it shares with candidates for other figures (of the same phrase); ``features`` add to them.
    ``prior`` is added to its score (log-odds), where the trees were shown too few of its kind to know how rare it is.
    """

    value: object
    rule: str
    features: dict[str, float]
    base: Features | None = None
    prior: float = 0.0

    @property
    def row(self) -> dict[str, float]:
        """All its features."""
        return {**self.base, **self.features} if self.base is not None else self.features


@dataclass(frozen=True, slots=True)
class Slate:
    """The candidates for one question; ``shared`` holds the features of the figure itself, equal for all of them."""

    shared: dict[str, float]
    candidates: list[Candidate]


class State:
    """An article half read: its view, the phrases of its sentences, and the meanings of the figures so far."""

    def __init__(self, article: ArticleView) -> None:
        self.article = article
        self.cast = Cast(article)
        self.meanings: dict[int, Meaning] = {}
        self.period_counts: Counter[tuple[date | None, date | None]] = Counter()
        self.first_period: Period | None = None
        self.block_periods: dict[int, Period] = {}
        self.head_counts: Counter[str] = Counter()
        self.count_units: Counter[str] = Counter()
        self.unit_counts: Counter[tuple[str, str | None]] = Counter()
        self.source_counts: Counter[str] = Counter()
        self.sourced = 0
        self._of_sentence: dict[tuple[str, int], Any] = {}
        self._phrases: dict[int, list[Phrase]] = {}
        self._of_phrase: dict[tuple[int, int, int], dict[str, float]] = {}
        self._of_figure: dict[object, dict[str, float]] = {}  # of the figure being read, by what was computed
        self._placed: dict[str, dict[int, Placed]] = {}  # by question and identity of the base

    def record(self, figure: FigureView, meaning: Meaning) -> None:
        """Keep the meaning of a figure for those after it, and count what it measures and when."""
        self.meanings[figure.index] = meaning
        self._of_figure.clear()
        unit = meaning.unit or figure.mention.unit
        if figure.mention.kind == "quantity" and unit is not None:
            self.count_units[unit.lower()] += 1
        if meaning.period is not None:
            self.period_counts[meaning.period.days] += 1
            self.first_period = self.first_period or meaning.period
            self.block_periods.setdefault(self.article.sentence_of(figure).block, meaning.period)
        if meaning.attribution is not None:
            self.source_counts.update(self.cast.names_in(meaning.attribution.start_char, meaning.attribution.end_char))
            self.sourced += 1
        if meaning.measure is not None:
            word = self.head_word(meaning.measure)
            self.head_counts[word] += 1
            self.unit_counts[word, figure.mention.unit] += 1

    def phrases_near(self, figure: FigureView) -> list[Phrase]:
        """The phrases of the figure's sentence within ``REACH`` tokens: a table set as one sentence has thousands."""
        view = self.article.sentence_of(figure)
        found = self.phrases(view.index)
        if len(view.heads) <= REACH:
            return found
        return [phrase for phrase in found if abs(phrase.head - figure.head) <= REACH]

    def phrases(self, sentence: int) -> list[Phrase]:
        """The noun and verb phrases of a sentence; none where it was not parsed."""
        if sentence not in self._phrases:
            view = self.article.sentences[sentence]
            self._phrases[sentence] = [*phrases(view), *verb_phrases(view)] if view.parsed else []
        return self._phrases[sentence]

    def once(
        self, name: str, figure: FigureView, compute: Callable[[SentenceView, FigureView], dict[str, float]]
    ) -> dict[str, float]:
        """The features that ``compute`` gives for the figure being read, computed once for all the questions."""
        if name not in self._of_figure:
            self._of_figure[name] = compute(self.article.sentence_of(figure), figure)
        return self._of_figure[name]

    def of_sentence(self, name: str, view: SentenceView, compute: Callable[[SentenceView], T]) -> T:
        """What ``compute`` gives for a sentence, computed once an article; ``name`` tells it from other things computed."""
        key = (name, view.index)
        if key not in self._of_sentence:
            self._of_sentence[key] = compute(view)
        found: T = self._of_sentence[key]
        return found

    def of_date(
        self,
        figure: FigureView,
        mention: DateMention,
        compute: Callable[[SentenceView, FigureView, DateMention], dict[str, float]],
    ) -> dict[str, float]:
        """The features of the figure being read and a time expression, computed once for all the questions."""
        key = ("date", id(mention))
        if key not in self._of_figure:
            self._of_figure[key] = compute(self.article.sentence_of(figure), figure, mention)
        return self._of_figure[key]

    def of_phrase(self, phrase: Phrase) -> dict[str, float]:
        """The features of a phrase alone, computed once an article."""
        key = (phrase.start_char, phrase.end_char, phrase.head)
        found = self._of_phrase.get(key)
        if found is None:
            found = self._of_phrase[key] = phrase_features(self.article.sentences[phrase.sentence], phrase)
        return found

    def of_pair(self, figure: FigureView, phrase: Phrase) -> dict[str, float]:
        """The features of the figure being read and a phrase of its sentence, computed once for all the questions."""
        key = (phrase.start_char, phrase.end_char, phrase.head)
        found = self._of_figure.get(key)
        if found is None:
            view = self.article.sentence_of(figure)
            # The phrases around one noun share its way to the figure.
            way = self._of_figure.get(phrase.head)
            if way is None:
                way = self._of_figure[phrase.head] = way_features(view, figure, phrase.head)
            found = self._of_figure[key] = {**way, **pair_features(view, figure, phrase)}
        return found

    def placed(self, question: str, forest: Forest, bases: Sequence[Features | None]) -> list[Placed | None]:
        """Where the features of each candidate's ``base`` stand in the rows of ``forest``, looked up once an article."""
        known = self._placed.setdefault(question, {})
        found: list[Placed | None] = []
        for base in bases:
            place = None
            if base is not None:
                place = known.get(id(base))
                if place is None:
                    place = known[id(base)] = forest.place(base)
            found.append(place)
        return found

    def head_word(self, phrase: Phrase) -> str:
        """The lemma of a phrase's head noun."""
        return self.article.sentences[phrase.sentence].lemmas[phrase.head]

    def before(self, figure: FigureView, back: int) -> Meaning | None:
        """The meaning of the figure ``back`` places earlier in the article."""
        return self.meanings.get(figure.index - back)
