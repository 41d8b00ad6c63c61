"""On whose word: the source that the figure's own sentence names (``according to X``, ``data from X showed``), or none."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.context.meaning import Candidate, Meaning, Slate, State, Wording
from pipeline.context.phrases import Phrase
from pipeline.context.surroundings import figure_features
from pipeline.context.view import REACH, FigureView, SentenceView

SAYING = frozenset(
    "say report show announce estimate expect forecast project predict see put reckon state note add tell reveal calculate "
    "claim indicate suggest find warn declare disclose publish write argue think believe anticipate count record confirm "
    "release peg insist admit explain point guide propose observe according cite poll survey measure track give".split()
)
_SOURCE_NOUNS = frozenset(
    "data figure report survey study statistics forecast estimate analyst official statement poll note release bulletin census "
    "count tally reckoning calculation projection outlook guidance consensus plan economist accounting document filing paper "
    "review monitor".split()
)
_NAMED_SOURCES = frozenset(
    "data figure report survey study statistics forecast estimate analyst official statement poll note".split()
)
_LEADS = frozenset("according by from per citing cited showed said says of to in reckon reckons estimates shows".split())


def propose(state: State, figure: FigureView, meaning: Meaning) -> Slate:
    """Candidates for the source of ``figure``; their values are ``Wording`` or None."""
    view = state.article.sentence_of(figure)
    shared = {**state.once("figure", figure, figure_features), "quoted": float(_quoted(view, figure))}
    found: list[Candidate] = []
    cues = 0
    above = set(view.chain(figure.head))
    sources = state.of_sentence("sources", view, lambda view: [(p, _source(view, p)) for p in state.phrases(view.index)])
    if len(view.heads) > REACH:
        sources = [row for row in sources if abs(row[0].head - figure.head) <= REACH]
    for phrase, marks in (*sources, *_speaking(state, view, figure)):
        if marks is None:
            continue
        features = _source_features(view, marks, above)
        if not features:
            continue
        cues += marks.says or marks.cued
        features |= {**state.of_pair(figure, phrase), **_earlier(state, figure, phrase)}
        measure = meaning.measure
        features["is_measure"] = float(
            measure is not None and measure.start_char < phrase.end_char and phrase.start_char < measure.end_char
        )
        source = Wording(phrase.text, phrase.start_char, phrase.end_char)
        found.append(Candidate(source, "attribution:source", features, state.of_phrase(phrase)))
    none = {"none": 1.0, "cues": float(cues)}
    for back in (1, 2):
        earlier = state.before(figure, back)
        if earlier is not None and state.article.sentence_of(state.article.figures[figure.index - back]).index == view.index:
            none[f"earlier_none{back}"] = float(earlier.attribution is None)
    found.append(Candidate(None, "attribution:none", none))
    return Slate(shared, found)


@dataclass(frozen=True, slots=True)
class _Source:
    """What may mark a phrase as a source, whatever the figure.

    ``verb`` is the one that it is the subject of, ``owned`` what it possesses (-1: none); ``says`` and ``source_owned`` tell
    whether these are words of saying and of sources; ``words`` are the features of the words around it, ``cued`` whether
    some of these speak of a source.
    """

    verb: int
    says: bool
    owned: int
    source_owned: bool
    words: dict[str, float]
    cued: bool


def _source(view: SentenceView, phrase: Phrase) -> _Source | None:
    """What marks a phrase of ``view``; None where it is of a form that no source has."""
    if phrase.form in ("verb", "relative", "full"):
        return None
    deps, heads, lemmas = view.deps, view.heads, view.lemmas
    top = phrase.head
    while deps[top] in ("conj", "appos", "compound") and heads[top] != top:
        top = heads[top]
    verb = heads[top] if deps[top] in ("nsubj", "nsubjpass", "agent", "csubj") else -1
    owned = heads[top] if deps[top] == "poss" else heads[phrase.head] if deps[phrase.head] == "poss" else -1
    words: dict[str, float] = {}
    for i in range(max(0, phrase.first - 3), phrase.first):
        if view.lowers[i] in _LEADS:
            words[f"lead{phrase.first - i}={view.lowers[i]}"] = 1
    cued = bool(words)
    if phrase.last < len(lemmas) and lemmas[phrase.last] in SAYING:
        words[f"follows={lemmas[phrase.last]}"] = 1
    if phrase.first > 0 and lemmas[phrase.first - 1] in SAYING:
        words[f"follows_verb={lemmas[phrase.first - 1]}"] = 1
    if lemmas[phrase.head] in _NAMED_SOURCES:
        words[f"source_noun={lemmas[phrase.head]}"] = 1
        cued = True
    says = verb >= 0 and lemmas[verb] in SAYING
    return _Source(verb, says, owned, owned >= 0 and lemmas[owned] in _SOURCE_NOUNS, words, cued)


def _source_features(view: SentenceView, marks: _Source, above: set[int]) -> dict[str, float]:
    """What may mark a phrase as a source; empty where nothing does. ``above`` holds the figure's head and what governs it."""
    found = dict(marks.words)
    verb, owned = marks.verb, marks.owned
    if marks.says or verb in above:
        lemma = view.lemmas[verb]
        if marks.says:
            found[f"says={lemma}"] = 1
        found[f"subject_of={lemma}"] = 1
        found[f"says_tag={view.tags[verb]}"] = 1
        found["says_clause_above"] = float(
            any(c in above and view.deps[c] in ("ccomp", "xcomp", "parataxis") for c in view.children(verb))
        )
        found["says_is_root"] = float(view.deps[verb] == "ROOT")
        found["says_above"] = float(verb in above)
        found["says_depth"] = float(len(view.chain(verb)) - 1)
        found[f"says_verb_dep={view.deps[verb]}"] = 1
    if marks.source_owned or owned in above:
        found[f"owner_of={view.lemmas[owned]}"] = 1
        found["owner_above"] = float(owned in above)
    return found


def _speaking(state: State, view: SentenceView, figure: FigureView) -> list[tuple[Phrase, _Source | None]]:
    """Pronouns near the figure that may speak: ``he said``, ``we expect``."""
    found = state.of_sentence("speaking", view, lambda view: [(p, _source(view, p)) for p in pronoun_phrases(view)])
    return [row for row in found if figure.first - REACH <= row[0].head < figure.last + REACH]


def pronoun_phrases(view: SentenceView) -> list[Phrase]:
    """Pronouns that may speak."""
    found = []
    for token, word in enumerate(view.lowers):
        if word in ("he", "she", "it", "they", "we", "i") and view.deps[token] in ("nsubj", "nsubjpass"):
            start, end = view.chars(token, token + 1)
            found.append(Phrase(view.index, token, token + 1, token, "base", start, end, view.slice(start, end)))
    return found


def _earlier(state: State, figure: FigureView, phrase: Phrase) -> dict[str, float]:
    found = {}
    for back in (1, 2):
        earlier = state.before(figure, back)
        if earlier is not None and earlier.attribution is not None:
            found[f"earlier_source{back}"] = float(
                (earlier.attribution.start_char, earlier.attribution.end_char) == (phrase.start_char, phrase.end_char)
            )
    return found


def _quoted(view: SentenceView, figure: FigureView) -> bool:
    before = view.texts[max(0, figure.first - REACH) : figure.first]
    return sum([text in '“"' for text in before]) > before.count("”")
