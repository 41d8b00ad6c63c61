"""What a figure was found to mean, and the state in which the next one is read.

Figures are read in the order of the text, questions in the order of ``answer.QUESTIONS``; each question sees what was
decided before it: of the same figure, and of the figures before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.context.phrases import Phrase, phrases, verb_phrases
from pipeline.context.view import ArticleView, FigureView
from pipeline.records import Direction, Relation, Role, Status


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
    """The answers for one figure so far. ``margins`` holds, by question, how sure the ranker was (log-odds)."""

    measure: Phrase | None = None
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible answer, the name of the rule that proposed it, and its features."""

    value: object
    rule: str
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class Slate:
    """The candidates for one question; ``shared`` holds the features of the figure itself, equal for all of them."""

    shared: dict[str, float]
    candidates: list[Candidate]


class State:
    """An article half read: its view, the phrases of its sentences, and the meanings of the figures so far."""

    def __init__(self, article: ArticleView) -> None:
        self.article = article
        self.meanings: dict[int, Meaning] = {}
        self._phrases: dict[int, list[Phrase]] = {}

    def phrases(self, sentence: int) -> list[Phrase]:
        """The noun and verb phrases of a sentence; none where it was not parsed."""
        if sentence not in self._phrases:
            view = self.article.sentences[sentence]
            self._phrases[sentence] = [*phrases(view), *verb_phrases(view)] if view.parsed else []
        return self._phrases[sentence]

    def head_word(self, phrase: Phrase) -> str:
        """The lemma of a phrase's head noun."""
        return self.article.sentences[phrase.sentence].doc[phrase.head].lemma_.lower()

    def before(self, figure: FigureView, back: int) -> Meaning | None:
        """The meaning of the figure ``back`` places earlier in the article."""
        return self.meanings.get(figure.index - back)
