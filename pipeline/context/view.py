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

from spacy.tokens import Doc

from pipeline.mentions import DateMention, FigureMention, NameMention
from pipeline.records import SentenceKind

#: How far around a figure its sentence is searched, in tokens: further than ordinary sentences are long.
REACH = 60
#: As many figures or nouns are taken for one list, at most.
LONGEST_LIST = 24


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
        return [lemma.lower() for lemma in _strings(self.doc, "LEMMA")]

    @cached_property
    def lowers(self) -> list[str]:
        return _strings(self.doc, "LOWER")

    @cached_property
    def deps(self) -> list[str]:
        return _strings(self.doc, "DEP")

    @cached_property
    def pos(self) -> list[str]:
        return _strings(self.doc, "POS")

    @cached_property
    def heads(self) -> list[int]:
        """For each token the index of the one that governs it; a root governs itself."""
        steps: list[int] = self.doc.to_array(["HEAD"]).astype("int64").tolist()
        return [place + step for place, step in enumerate(steps)]

    def chain(self, token: int) -> list[int]:
        """``token``, and what governs it, and so on up to its root."""
        found = [token]
        while self.heads[token] != token:
            token = self.heads[token]
            found.append(token)
        return found

    def path(self, start: int, end: int) -> tuple[list[int], int, list[int]]:
        """The way from one token to another in the tree: up (without the meeting point), the point, down (without it)."""
        up, over = self.chain(start), self.chain(end)
        if up[-1] != over[-1]:
            # Two roots in one sentence: the trees do not meet; the sentence itself is the point.
            return up, start, over[::-1]
        shared = 0
        for above, beyond in zip(reversed(up), reversed(over), strict=False):
            if above != beyond:
                break
            shared += 1
        return up[: len(up) - shared], up[len(up) - shared], over[: len(over) - shared][::-1]

    @cached_property
    def clause_verbs(self) -> list[int]:
        """For each token the nearest verb at or above it; the root of its tree where there is none."""
        verbal = [pos in ("VERB", "AUX") for pos in self.pos]
        return [next((i for i in chain if verbal[i]), chain[-1]) for chain in map(self.chain, range(len(self.doc)))]

    @cached_property
    def counts(self) -> dict[str, list[int]]:
        """Running counts of commas, breaks, verbs, nouns and figures: ``counts[kind][j] - counts[kind][i]`` lie in i..j."""
        firsts = {figure.first for figure in self.figures}
        kinds = {
            "comma": [token.text == "," for token in self.doc],
            "break": [token.text in ";:()—–" for token in self.doc],
            "verb": [pos in ("VERB", "AUX") for pos in self.pos],
            "noun": [pos in ("NOUN", "PROPN") for pos in self.pos],
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
    def listed(self) -> list[list[int]]:
        """For each figure the orders of those that it is listed with: neighbors of its kind, only commas and ``and`` between."""
        return [self._list_around(figure) for figure in self.figures]

    def _list_around(self, figure: FigureView) -> list[int]:
        orders = [figure.order]
        for step in (-1, 1):
            at = figure
            while 0 <= at.order + step < len(self.figures) and len(orders) < LONGEST_LIST:
                other = self.figures[at.order + step]
                left, right = (other, at) if step < 0 else (at, other)
                gap = self.lowers[left.last : right.first]
                if other.mention.kind != figure.mention.kind or not all(word in (",", "and", "or", "&") for word in gap):
                    break
                orders.append(other.order)
                at = other
        return sorted(orders)

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


def _strings(doc: Doc, attribute: str) -> list[str]:
    """One attribute of every token (a name of ``spacy.attrs``), without an object for each token."""
    names: list[int] = doc.to_array([attribute]).tolist()
    known = {name: doc.vocab.strings[name] for name in set(names)}
    return [known[name] for name in names]
