"""What was measured: the noun phrase that a figure is the value of.

Candidates are the phrases of the figure's own sentence, those of the sentence before it, what the figures before it
were found to measure, and the heading above it. Trees rank them; the name of the rule says where the winner stood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.context.phrases import Phrase, phrases, verb_phrases
from pipeline.context.surroundings import figure_features, pair_features, phrase_features
from pipeline.context.view import ArticleView, FigureView, SentenceView

_LOOK_BACK = 2  # sentences


@dataclass(frozen=True, slots=True)
class MeasureCandidate:
    """A phrase that may be the measure of a figure, the rule that proposed it, and its features."""

    phrase: Phrase
    rule: str
    features: dict[str, float]


class Phrasebook:
    """The phrases of an article's sentences, each listed once."""

    def __init__(self, article: ArticleView) -> None:
        self._article = article
        self._found: dict[int, list[Phrase]] = {}

    def __getitem__(self, index: int) -> list[Phrase]:
        if index not in self._found:
            view = self._article.sentences[index]
            self._found[index] = [*phrases(view), *verb_phrases(view)] if view.parsed else []
        return self._found[index]


def measure_candidates(
    article: ArticleView, figure: FigureView, book: Phrasebook, chosen: Mapping[int, Phrase]
) -> list[MeasureCandidate]:
    """Candidates for the measure of ``figure``; ``chosen`` holds the measures of the figures before it, by index."""
    view = article.sentence_of(figure)
    own = figure_features(view, figure)
    before = [chosen.get(figure.index - back) for back in (1, 2, 3)]
    here = book[view.index]
    found = [
        MeasureCandidate(
            phrase,
            _rule_here(view, figure, phrase),
            {**own, **phrase_features(view, phrase), **pair_features(view, figure, phrase), **_sequence(article, figure, phrase, before), "here": 1.0},
        )
        for phrase in here
    ]
    seen = {(p.start_char, p.end_char) for p in here}
    for back in range(1, _LOOK_BACK + 1):
        index = view.index - back
        if index < 0:
            break
        earlier = article.sentences[index]
        for phrase in book[index]:
            if (phrase.start_char, phrase.end_char) in seen or not _is_carried(article, earlier, phrase, chosen):
                continue
            seen.add((phrase.start_char, phrase.end_char))
            features = {
                **own,
                **phrase_features(earlier, phrase),
                **_sequence(article, figure, phrase, before),
                **_needs_antecedent(view, figure),
                f"head_dep={earlier.doc[phrase.head].dep_}": 1.0,
                "back": float(back),
                "same_block": float(earlier.block == view.block),
                "position": phrase.head / max(1, len(earlier.doc)),
            }
            found.append(MeasureCandidate(phrase, "measure:sentence_before", features))
    return found


def _is_carried(article: ArticleView, view: SentenceView, phrase: Phrase, chosen: Mapping[int, Phrase]) -> bool:
    """Whether a later sentence may speak of ``phrase`` without naming it: it was a measure, or a subject."""
    if phrase.form in ("relative", "verb"):
        return False
    if any(c is not None and (c.start_char, c.end_char) == (phrase.start_char, phrase.end_char) for c in (chosen.get(f.index) for f in view.figures)):
        return True
    return view.doc[phrase.head].dep_ in ("nsubj", "nsubjpass", "ROOT", "dobj", "pobj")


def _sequence(article: ArticleView, figure: FigureView, phrase: Phrase, before: Sequence[Phrase | None]) -> dict[str, float]:
    """How the phrase relates to what the figures before were found to measure."""
    found: dict[str, float] = {}
    for back, other in enumerate(before, start=1):
        if other is None:
            found[f"measure{back}=none"] = 1
            continue
        same = (other.start_char, other.end_char) == (phrase.start_char, phrase.end_char)
        found[f"measure{back}_same"] = float(same)
        found[f"measure{back}_head"] = float(other.sentence == phrase.sentence and other.head == phrase.head)
        found[f"measure{back}_behind"] = float(other.start_char > phrase.start_char)
        found[f"measure{back}_here"] = float(other.sentence == article.sentence_of(figure).index)
        mention = article.figures[figure.index - back].mention
        found[f"figure{back}={mention.kind}"] = 1
        found[f"figure{back}_unit_same"] = float(mention.unit == figure.mention.unit)
        if back == 1:
            gap = article.text[mention.outer_end : figure.mention.outer_start]
            if len(gap) < 24:
                found[f"gap={' '.join(gap.lower().split())}"] = 1
            found["gap_length"] = len(gap)
            found["phrase_in_gap"] = float(mention.end_char <= phrase.start_char < figure.mention.start_char)
    return found


def _needs_antecedent(view: SentenceView, figure: FigureView) -> dict[str, float]:
    """Whether the sentence leans on the one before: a pronoun, ``that``, ``the total``, or no noun before the figure."""
    doc = view.doc
    lead = doc[0].lower_ if len(doc) else ""
    nouns = sum(t.pos_ in ("NOUN", "PROPN") and t.i not in view.figure_tokens and t.i not in view.date_tokens for t in doc[: figure.first])
    pronouns = sum(t.lower_ in ("it", "its", "this", "that", "they", "their", "these", "those", "them") for t in doc[: figure.first])
    return {f"lead={lead}": 1.0, "nouns_before": float(nouns), "pronouns_before": float(pronouns), "sentence_length": float(len(doc))}


def _rule_here(view: SentenceView, figure: FigureView, phrase: Phrase) -> str:
    head = view.doc[phrase.head]
    if phrase.form == "verb":
        return "measure:verb"
    if view.doc[figure.head].head.i == phrase.head or figure.head == phrase.head:
        return "measure:counted_noun"
    if head.dep_ in ("nsubj", "nsubjpass"):
        return "measure:subject"
    if head.dep_ in ("dobj", "attr"):
        return "measure:object"
    return "measure:complement" if head.dep_ == "pobj" else "measure:phrase"
