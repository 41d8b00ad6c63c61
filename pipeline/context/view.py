"""An article as the questions of ``context`` see it: sentences with their parse, figures, dates and names.

A view copies nothing and decides nothing. Token indices count in the sentence's own Doc, character offsets in the
article's text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate

from spacy.tokens import Doc, Token

from pipeline.mentions import DateMention, FigureMention, NameMention
from pipeline.records import SentenceKind

#: How far around a figure its sentence is searched, in tokens: further than ordinary sentences are long.
REACH = 60


@dataclass(frozen=True)
class FigureView:
    """A figure in its sentence: tokens ``first`` to ``last`` (exclusive), ``head`` the one that the others hang on.

    ``index`` counts the figures of the article, ``order`` those of the sentence.
    """

    mention: FigureMention
    index: int
    order: int
    first: int
    last: int
    head: int

    @property
    def tokens(self) -> range:
        return range(self.first, self.last)


@dataclass(frozen=True)
class SentenceView:
    """One sentence. ``doc`` is its parse (tags and heads are missing where no figure called for one)."""

    index: int
    start_char: int
    end_char: int
    text: str
    kind: SentenceKind
    block: int
    heading: int | None
    doc: Doc
    parsed: bool
    figures: tuple[FigureView, ...]
    dates: tuple[DateMention, ...]
    names: tuple[NameMention, ...]

    @cached_property
    def starts(self) -> list[int]:
        return [self.start_char + token.idx for token in self.doc]

    @cached_property
    def lemmas(self) -> list[str]:
        return [token.lemma_.lower() for token in self.doc]

    @cached_property
    def clause_verbs(self) -> list[int]:
        """For each token the index of the verb of its clause."""
        return [clause_verb(token).i for token in self.doc]

    @cached_property
    def counts(self) -> dict[str, list[int]]:
        """Running counts of commas, breaks, verbs, nouns and figures: ``counts[kind][j] - counts[kind][i]`` lie in i..j."""
        firsts = {figure.first for figure in self.figures}
        kinds = {
            "comma": [token.text == "," for token in self.doc],
            "break": [token.text in ";:()—–" for token in self.doc],
            "verb": [token.pos_ in ("VERB", "AUX") for token in self.doc],
            "noun": [token.pos_ in ("NOUN", "PROPN") for token in self.doc],
            "figure": [i in firsts for i in range(len(self.doc))],
        }
        return {kind: [0, *accumulate(map(int, marks))] for kind, marks in kinds.items()}

    def between(self, kind: str, low: int, high: int) -> int:
        """How many tokens of ``kind`` (see ``counts``) lie from ``low`` to ``high`` (exclusive)."""
        return self.counts[kind][high] - self.counts[kind][low] if low < high else 0

    def token_at(self, char: int) -> int:
        """The index of the token that holds article offset ``char``."""
        return max(0, bisect_right(self.starts, char) - 1)

    def token_range(self, start_char: int, end_char: int) -> tuple[int, int]:
        return self.token_at(start_char), self.token_at(max(start_char, end_char - 1)) + 1

    def slice(self, start_char: int, end_char: int) -> str:
        """The article's words at these offsets (the parse may have seen them in another case)."""
        return self.text[start_char - self.start_char : end_char - self.start_char]

    def chars(self, first: int, last: int) -> tuple[int, int]:
        """Article offsets of the tokens ``first`` to ``last`` (exclusive), without trailing space."""
        end = self.doc[last - 1]
        return self.start_char + self.doc[first].idx, self.start_char + end.idx + len(end.text)

    @cached_property
    def figure_tokens(self) -> frozenset[int]:
        return frozenset(i for figure in self.figures for i in figure.tokens)

    @cached_property
    def date_tokens(self) -> frozenset[int]:
        return frozenset(i for d in self.dates for i in range(*self.token_range(d.start_char, d.end_char)))


@dataclass(frozen=True)
class ArticleView:
    """The whole article. ``reference`` is its publication date, None when unknown."""

    text: str
    title: str | None
    reference: date | None
    sentences: tuple[SentenceView, ...]
    figures: tuple[FigureView, ...]
    dates: tuple[DateMention, ...]
    names: tuple[NameMention, ...]

    def sentence_of(self, figure: FigureView) -> SentenceView:
        return self._by_figure[figure.index]

    @cached_property
    def _by_figure(self) -> dict[int, SentenceView]:
        return {figure.index: sentence for sentence in self.sentences for figure in sentence.figures}


def place_figures(mentions: Sequence[FigureMention], first_index: int, doc: Doc, start_char: int) -> tuple[FigureView, ...]:
    """Locate the figures of one sentence among its tokens."""
    starts = [start_char + token.idx for token in doc]
    views = []
    for order, mention in enumerate(mentions):
        first = max(0, bisect_right(starts, mention.start_char) - 1)
        last = max(first, bisect_right(starts, max(mention.start_char, mention.end_char - 1)) - 1) + 1
        views.append(
            FigureView(
                mention=mention, index=first_index + order, order=order, first=first, last=last, head=doc[first:last].root.i
            )
        )
    return tuple(views)


def path_between(doc: Doc, start: int, end: int) -> tuple[list[Token], Token, list[Token]]:
    """The way from token ``start`` to token ``end`` in the tree: up (without the meeting point), the point, down."""
    up = [doc[start], *doc[start].ancestors]
    above = {token.i: position for position, token in enumerate(up)}
    down = []
    token = doc[end]
    while token.i not in above:
        down.append(token)
        if token.head.i == token.i:
            # Two roots in one sentence: the trees do not meet; the sentence itself is the point.
            return up, doc[start], down[::-1]
        token = token.head
    return up[: above[token.i]], token, down[::-1]


def clause_verb(token: Token) -> Token:
    """The nearest verb at or above ``token``; the root of its tree where there is none."""
    for candidate in (token, *token.ancestors):
        if candidate.pos_ in ("VERB", "AUX"):
            return candidate
    return [token, *token.ancestors][-1]
