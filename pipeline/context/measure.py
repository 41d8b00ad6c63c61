"""What was measured: the noun phrase that a figure is the value of.

Candidates are the phrases of the figure's own sentence, those of the sentence before it, what the figures before it
were found to measure, and the heading above it. Trees rank them; the name of the rule says where the winner stood.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.context.meaning import Candidate, Meaning, Slate, State
from pipeline.context.phrases import Phrase
from pipeline.context.surroundings import (
    figure_features,
    pronoun_features,
    subject_features,
)
from pipeline.context.view import REACH, FigureView, SentenceView

_VERB_REACH = 12  # tokens
_CARRIED = ("nsubj", "nsubjpass", "ROOT", "dobj", "pobj")  # where the things stand that the next sentence speaks of
#: A verb is seldom what is measured, and every verb of a sentence offers itself; without this, 4 in 10 of those chosen were right
#: on articles that the trees had not seen.
_VERB_PRIOR = -1.0


def propose(state: State, figure: FigureView, meaning: Meaning) -> Slate:
    """Candidates for the measure of ``figure``; their values are phrases."""
    article = state.article
    view = article.sentence_of(figure)
    shared = {
        **state.once("figure", figure, figure_features),
        **state.once("pronoun", figure, pronoun_features),
        **_leaning(view, figure),
        **_figures_before(state, figure),
        **state.once("subject", figure, subject_features),
    }
    here = [
        phrase
        for phrase in state.phrases_near(figure)
        if phrase.form != "verb" or (figure.first - _VERB_REACH <= phrase.last and phrase.first <= figure.last + _VERB_REACH)
    ]
    past = _past(state, figure)
    last = _last_of_unit(state, figure)
    parallel = _parallel(state, figure)
    shared["respectively_here"] = float("respectively" in view.text)
    if parallel is not None:
        shared["parallel"] = 1.0

    def features_of(phrase: Phrase, base: dict[str, float]) -> dict[str, float]:
        found = {**base, **_sequence(past, phrase), **_use(state, figure, phrase, last)}
        if parallel is not None:
            found["is_parallel"] = float(_same(phrase, parallel))
        return found

    found = []
    for phrase in here:
        features = features_of(phrase, state.of_pair(figure, phrase))
        features["here"] = 1.0
        prior = _VERB_PRIOR if phrase.form == "verb" else 0.0
        found.append(Candidate(phrase, _rule_here(view, figure, phrase), features, state.of_phrase(phrase), prior))
    _rank(figure, here, [candidate.features for candidate in found])
    seen = {(p.start_char, p.end_char) for p in here}
    if view.index:
        earlier = article.sentences[view.index - 1]
        block = float(earlier.block == view.block)
        for phrase in _carried(state, earlier):
            if (phrase.start_char, phrase.end_char) in seen:
                continue
            seen.add((phrase.start_char, phrase.end_char))
            base = {
                f"head_dep={earlier.deps[phrase.head]}": 1.0,
                "back": 1.0,
                "same_block": block,
                "position": phrase.head / max(1, len(earlier.heads)),
            }
            found.append(Candidate(phrase, "measure:sentence_before", features_of(phrase, base), state.of_phrase(phrase)))
    if last is not None and (last.start_char, last.end_char) not in seen:
        found.append(Candidate(last, "measure:same_unit", features_of(last, {"far": 1.0}), state.of_phrase(last)))
    return Slate(shared, found)


def _rank(figure: FigureView, here: Sequence[Phrase], found: Sequence[dict[str, float]]) -> None:
    """How a candidate of the figure's own sentence compares with the others there: the nearest before it, in the tree, …"""
    heads = sorted({phrase.head for phrase in here})
    before = [h for h in reversed(heads) if h < figure.first]
    after = [h for h in heads if h >= figure.last]
    places = {head: place for ordered in (before, after) for place, head in enumerate(ordered)}
    steps = [features["up_length"] + features["down_length"] for features in found]
    order = {value: place for place, value in enumerate(sorted(set(steps)))}
    for phrase, features, step in zip(here, found, steps, strict=True):
        features["place"] = float(places.get(phrase.head, 0))
        features["tree_place"] = float(order[step])
        features["nearest_before"] = float(before[:1] == [phrase.head])
        features["nearest_after"] = float(after[:1] == [phrase.head])


def _last_of_unit(state: State, figure: FigureView) -> Phrase | None:
    """What the latest of the twelve figures before with the same unit and role measured."""
    for back in range(1, 13):
        earlier = state.before(figure, back)
        if earlier is not None and earlier.measure is not None:
            mention = state.article.figures[figure.index - back].mention
            if (mention.kind, mention.unit) == (figure.mention.kind, figure.mention.unit):
                return earlier.measure
    return None


def _use(state: State, figure: FigureView, phrase: Phrase, last: Phrase | None) -> dict[str, float]:
    """How often the article measured the same thing before, and in the unit of this figure."""
    word = state.head_word(phrase)
    return {
        "used": float(min(state.head_counts.get(word, 0), 9)),
        "used_same_unit": float(min(state.unit_counts.get((word, figure.mention.unit), 0), 9)),
        "is_last_of_unit": float(last is not None and (_same(phrase, last) or state.head_word(last) == word)),
    }


def _carried(state: State, view: SentenceView) -> list[Phrase]:
    """The phrases of a sentence that a later one may speak of without naming them: measures, and what stands where one would."""
    measures = [state.meanings[f.index].measure for f in view.figures if f.index in state.meanings]
    measured = {(measure.start_char, measure.end_char) for measure in measures if measure is not None}
    return [
        phrase
        for phrase in state.phrases(view.index)
        if phrase.form in ("base", "list")
        and (view.deps[phrase.head] in _CARRIED or (measured and (phrase.start_char, phrase.end_char) in measured))
    ]


def _same(phrase: Phrase, other: Phrase | None) -> bool:
    return other is not None and (other.start_char, other.end_char) == (phrase.start_char, phrase.end_char)


_Past = tuple[dict[str, float], list[tuple[Phrase, str, str, str]], tuple[int, int] | None]
_SEQUENCE = {
    back: (f"measure{back}=none", *(f"measure{back}_{what}" for what in ("same", "head", "behind", "here"))) for back in (1, 2, 3)
}


def _past(state: State, figure: FigureView) -> _Past:
    """What the three figures before measured: features that hold for any phrase, each measure with the names of the features
    that compare a phrase with it, and the gap between the figure before and this one, where that has a measure.
    """
    here = state.article.sentence_of(figure).index
    found: dict[str, float] = {}
    measures = []
    gap = None
    for back, (none, same, head, behind, inside) in _SEQUENCE.items():
        earlier = state.before(figure, back)
        if earlier is None or earlier.measure is None:
            found[none] = 1
            continue
        found[inside] = float(earlier.measure.sentence == here)
        measures.append((earlier.measure, same, head, behind))
        if back == 1:
            gap = (state.article.figures[figure.index - back].mention.end_char, figure.mention.start_char)
    return found, measures, gap


def _sequence(past: _Past, phrase: Phrase) -> dict[str, float]:
    """How the phrase relates to what the figures before were found to measure."""
    always, measures, gap = past
    found = dict(always)
    for other, same, head, behind in measures:
        found[same] = float(_same(phrase, other))
        found[head] = float(other.sentence == phrase.sentence and other.head == phrase.head)
        found[behind] = float(other.start_char > phrase.start_char)
    if gap is not None:
        found["phrase_in_gap"] = float(gap[0] <= phrase.start_char < gap[1])
    return found


def _parallel(state: State, figure: FigureView) -> Phrase | None:
    """In ``profit was 5 on revenue of 9, against 4 and 8, respectively``: what the figure at the same place before measured."""
    view = state.article.sentence_of(figure)
    listed = view.listed[figure.order]
    if len(listed) < 2 or listed[0] < len(listed):
        return None
    other = view.figures[figure.order - len(listed)]
    meaning = state.meanings.get(other.index)
    return meaning.measure if meaning is not None else None


def _figures_before(state: State, figure: FigureView) -> dict[str, float]:
    """The kinds, units and roles of the figures before, and the words between."""
    found: dict[str, float] = {}
    for back in (1, 2, 3):
        earlier = state.before(figure, back)
        if earlier is None:
            continue
        mention = state.article.figures[figure.index - back].mention
        found[f"role{back}={earlier.role}"] = 1
        found[f"figure{back}={mention.kind}"] = 1
        found[f"figure{back}_unit_same"] = float(mention.unit == figure.mention.unit)
        if back == 1:
            gap = state.article.text[mention.outer_end : figure.mention.outer_start]
            if len(gap) < 24:
                found[f"gap={' '.join(gap.lower().split())}"] = 1
            found["gap_length"] = len(gap)
    return found


def _leaning(view: SentenceView, figure: FigureView) -> dict[str, float]:
    """Whether the sentence leans on the one before: whether it names anything before the figure."""
    first = max(0, figure.first - REACH)
    marked = view.figure_tokens | view.date_tokens
    nouns = sum([pos in ("NOUN", "PROPN") and i not in marked for i, pos in enumerate(view.pos[first : figure.first], first)])
    return {"nouns_before": float(nouns), "sentence_length": float(len(view.pos))}


def _rule_here(view: SentenceView, figure: FigureView, phrase: Phrase) -> str:
    dep = view.deps[phrase.head]
    if phrase.form == "verb":
        return "measure:verb"
    if view.heads[figure.head] == phrase.head or figure.head == phrase.head:
        return "measure:counted_noun"
    if dep in ("nsubj", "nsubjpass"):
        return "measure:subject"
    if dep in ("dobj", "attr"):
        return "measure:object"
    return "measure:complement" if dep == "pobj" else "measure:phrase"
