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

from spacy.tokens import Doc

from pipeline.mentions import DateMention, FigureMention, NameMention
from pipeline.records import SentenceKind

#: How far around a figure its sentence is searched, in tokens: further than ordinary sentences are long.
REACH = 60
#: As many figures or nouns are taken for one list, at most.
LONGEST_LIST = 24
_ATTRIBUTES: list[int | str] = ["ORTH", "LOWER", "LEMMA", "DEP", "POS", "TAG", "HEAD", "IDX", "IS_PUNCT", "IS_SPACE", "SPACY"]
_SIGN = 1 << 63
_COUNTED = {"figure": 0, "verb": 1, "comma": 2, "break": 3, "noun": 4}


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
    def _columns(self) -> list[list[int]]:
        """Of every token the attributes ``_ATTRIBUTES``, each as one list: token objects cost ten times more."""
        columns: list[list[int]] = self.doc.to_array(_ATTRIBUTES).T.tolist()
        return columns

    def _strings(self, column: int) -> list[str]:
        strings = self.doc.vocab.strings
        names = self._columns[column]
        known = {name: strings[name] for name in set(names)}
        return [known[name] for name in names]

    @cached_property
    def starts(self) -> list[int]:
        base = self.start_char
        return [base + start for start in self._columns[7]]

    @cached_property
    def texts(self) -> list[str]:
        return self._strings(0)

    @cached_property
    def lowers(self) -> list[str]:
        return self._strings(1)

    @cached_property
    def lemmas(self) -> list[str]:
        return [lemma.lower() for lemma in self._strings(2)]

    @cached_property
    def deps(self) -> list[str]:
        return self._strings(3)

    @cached_property
    def pos(self) -> list[str]:
        return self._strings(4)

    @cached_property
    def tags(self) -> list[str]:
        return self._strings(5)

    @cached_property
    def heads(self) -> list[int]:
        """For each token the index of the one that governs it; a root governs itself."""
        # The array is of unsigned numbers; a way to the left comes as its complement.
        return [place + (step if step < _SIGN else step - 2 * _SIGN) for place, step in enumerate(self._columns[6])]

    @cached_property
    def puncts(self) -> list[int]:
        """For each token 1 where it is punctuation, else 0."""
        return self._columns[8]

    @cached_property
    def spaces(self) -> list[int]:
        """For each token 1 where it is white space, else 0."""
        return self._columns[9]

    @cached_property
    def spaced(self) -> list[int]:
        """For each token 1 where a space follows it, else 0."""
        return self._columns[10]

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for token, head in enumerate(self.heads):
            if head != token:
                found.setdefault(head, []).append(token)
        return found

    def children(self, token: int) -> Sequence[int]:
        """The tokens that ``token`` governs, in order."""
        return self._children.get(token, ())

    @cached_property
    def _chains(self) -> dict[int, list[int]]:
        return {}

    def chain(self, token: int) -> list[int]:
        """``token``, and what governs it, and so on up to its root."""
        found = self._chains.get(token)
        if found is None:
            heads = self.heads
            at = token
            found = [at]
            while heads[at] != at:
                at = heads[at]
                found.append(at)
            self._chains[token] = found
        return found

    def path(self, start: int, end: int) -> tuple[list[int], int, list[int]]:
        """The way from one token to another in the tree: up (without the meeting point), the point, down (without it)."""
        up, over = self.chain(start), self.chain(end)
        if up[-1] != over[-1]:
            # Two roots in one sentence: the trees do not meet; the sentence itself is the point.
            return up, start, over[::-1]
        above, beyond = len(up), len(over)
        while above and beyond and up[above - 1] == over[beyond - 1]:
            above -= 1
            beyond -= 1
        return up[:above], up[above], over[:beyond][::-1]

    def root(self, first: int, last: int) -> int:
        """Which of the tokens ``first`` to ``last`` (exclusive) stands highest in the tree, as spaCy's ``Span.root`` does.

        The first of several; a mark or a space that governs nothing only where there is no better one.
        """
        heads = self.heads
        if last - first == 1:
            return first
        best, least = first, len(heads)
        for token in range(first, last):
            head = heads[token]
            if head == token:
                return token
            if not first <= head < last:
                bare = (self.puncts[token] or self.spaces[token]) and not self.children(token)
                depth = len(heads) - 1 if bare else len(self.chain(token)) - 1
                if depth < least:
                    best, least = token, depth
        return best

    @cached_property
    def clause_verbs(self) -> list[int]:
        """For each token the nearest verb at or above it; the root of its tree where there is none."""
        heads = self.heads
        found = [token if pos in ("VERB", "AUX") else -1 for token, pos in enumerate(self.pos)]
        for token in range(len(heads)):
            way = []
            at = token
            while found[at] < 0 and heads[at] != at:
                way.append(at)
                at = heads[at]
            verb = found[at] = found[at] if found[at] >= 0 else at
            for below in way:
                found[below] = verb
        return found

    @cached_property
    def subject_of(self) -> list[int]:
        """For each token the verb that it is the subject of, or listed with the subject of; -1 where there is none."""
        heads, deps = self.heads, self.deps
        found = []
        for token in range(len(heads)):
            while deps[token] in ("conj", "appos") and heads[token] != token:
                token = heads[token]
            found.append(heads[token] if deps[token] in ("nsubj", "nsubjpass", "csubj") else -1)
        return found

    @cached_property
    def counts(self) -> list[tuple[int, int, int, int, int]]:
        """Running counts of figures, verbs, commas, breaks and nouns: ``counts[j]`` less ``counts[i]`` lie in i..j."""
        firsts = {figure.first for figure in self.figures}
        figures = verbs = commas = breaks = nouns = 0
        found = [(0, 0, 0, 0, 0)]
        for token, (text, pos) in enumerate(zip(self.texts, self.pos, strict=True)):
            figures += token in firsts
            verbs += pos in ("VERB", "AUX")
            commas += text == ","
            breaks += text in ";:()—–"
            nouns += pos in ("NOUN", "PROPN")
            found.append((figures, verbs, commas, breaks, nouns))
        return found

    def between(self, kind: str, low: int, high: int) -> int:
        """How many tokens of ``kind`` (see ``counts``) lie from ``low`` to ``high`` (exclusive)."""
        column = _COUNTED[kind]
        return self.counts[high][column] - self.counts[low][column] if low < high else 0

    def counted(self, low: int, high: int) -> tuple[int, int, int, int, int]:
        """How many figures, verbs, commas, breaks and nouns lie from ``low`` to ``high`` (exclusive)."""
        if low >= high:
            return (0, 0, 0, 0, 0)
        a, b, c, d, e = self.counts[low]
        figures, verbs, commas, breaks, nouns = self.counts[high]
        return figures - a, verbs - b, commas - c, breaks - d, nouns - e

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
        return self.starts[first], self.starts[last - 1] + len(self.texts[last - 1])

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

    @cached_property
    def date_firsts(self) -> list[int]:
        """The token that each time expression begins with."""
        return [self.token_at(d.start_char) for d in self.dates]

    @cached_property
    def shapes(self) -> list[str]:
        """The words in lower case, with marks in the place of figures and dates."""
        found = ["<date>" if i in self.date_tokens else word for i, word in enumerate(self.lowers)]
        for figure in reversed(self.figures):
            found[figure.first : figure.last] = [f"<{figure.mention.kind}>"] * (figure.last - figure.first)
        return found


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
    starts: list[int] = (doc.to_array(["IDX"]).astype("int64") + start_char).tolist() if mentions else []
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
