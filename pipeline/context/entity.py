"""Whose figure it is: a place, an organisation or a group, by its canonical name.

Candidates are the names and places in the measure, the sentence, the sentences before, the heading and the title, and what
the article speaks of most. What the figures before were found to be of is not asked: one mistake there would run on.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.context.cast import POINTERS, STAND_INS
from pipeline.context.lexicon import word_classes
from pipeline.context.meaning import Candidate, Meaning, Slate, State, Wording
from pipeline.context.surroundings import figure_features, pronoun_features, subject_features
from pipeline.context.view import REACH, FigureView, SentenceView
from pipeline.name import place_of

Proposal = tuple[Wording, str, dict[str, float]]
_BODIES = (
    (
        "public",
        frozenset(
            "bureau ministry ministries minister administration office agency commission council department authority customs "
            "statistics statistical treasury board committee institute secretariat directorate inspectorate registry registrar "
            "court parliament congress senate government observatory service services ombudsman regulator bundesbank census "
            "conference eurostat reserve".split()
        ),
    ),
    (
        "study",
        frozenset("university association chamber federation union society foundation center centre".split()),
    ),
    (
        "firm",
        frozenset(
            "plc inc ltd limited corp corporation co company group holdings holding motors airlines airways bank partners "
            "capital securities resources energy technologies telecom pharma foods stores retail logistics express brands ag sa "
            "se nv spa gmbh llc".split()
        ),
    ),
)


def propose(state: State, figure: FigureView, meaning: Meaning) -> Slate:
    """Candidates for the entity of ``figure``; their values are ``Wording``: canonical name, and where it stands."""
    view = state.article.sentence_of(figure)
    shared = {
        **state.once("figure", figure, figure_features),
        **state.once("pronoun", figure, pronoun_features),
        **state.once("subject", figure, subject_features),
        **_anaphors(view, figure),
        **_measured(state, meaning),
        **state.cast.stand_ins,
        f"role={meaning.role}": 1.0,
    }
    found: dict[str, Candidate] = {}
    for wording, rule, features in (
        *_from_sentence(state, view, figure, meaning),
        *_from_measure(state, view, meaning),
        *_from_before(state, view),
        *_from_article(state),
    ):
        known = found.get(wording.text)
        if known is None:
            found[wording.text] = Candidate(wording, rule, dict(features))
        else:
            for key, value in features.items():
                known.features.setdefault(key, value)
    for name, candidate in found.items():
        if name in state.cast.protagonists:
            candidate.features.update(state.cast.protagonists[name][1])
        candidate.features.update(_recency(state, view, name))
        candidate.features.update(_home(state, name))
        candidate.features.update(_source(state, meaning, name))
        candidate.features["words"] = float(len(name.split()))
    return Slate({**shared, "candidates": float(len(found))}, list(found.values()))


def _measured(state: State, meaning: Meaning) -> dict[str, float]:
    """What is measured tells whose it may be: firms have profits, countries have exports."""
    measure = meaning.measure
    if measure is None:
        return {"measure=none": 1.0}
    found: dict[str, float] = {}
    doc = state.article.sentences[measure.sentence].doc
    for token in doc[measure.first : measure.last]:
        for name in word_classes(token.lemma_.lower()):
            found[f"measure_class={name}"] = 1.0
    return found


def _anaphors(view: SentenceView, figure: FigureView) -> dict[str, float]:
    """Words before the figure that stand for a name of the text: ``the company``, ``the province``."""
    found: dict[str, float] = {}
    doc = view.doc
    for i in range(max(1, figure.first - REACH), figure.first):
        if doc[i - 1].lower_ in POINTERS:
            for kind, words in STAND_INS:
                if view.lemmas[i] in words:
                    found[f"anaphor={kind}"] = 1.0
    return found


def _home(state: State, name: str) -> dict[str, float]:
    """What a place is (a country, a part of one, a region of several), and how much of the article plays in its country."""
    place = place_of(name)
    if place is None:
        return {"place=no": 1.0, f"body={_body(name)}": 1.0}
    if place.country is None:
        return {"place=region": 1.0}
    kind = "country" if place.country == place.name else "part"
    shares = state.cast.country_shares
    share = shares.get(place.country, 0.0)
    rank = sum(other > share for other in shares.values())
    found = {
        f"place={kind}": 1.0,
        f"{kind}_share": share,
        f"{kind}_rank": float(min(rank, 5)),
        f"{kind}_lead": share - max((other for country, other in shares.items() if country != place.country), default=0.0),
    }
    home = state.cast.currency_home
    if home is not None:
        found[f"{kind}_has_currency"] = home[1] if home[0] == place.country else -home[1]
    return found


def _body(name: str) -> str:
    """Whether a name is that of a public body, which reports on its country, or of a firm, which reports on itself.

    >>> _body("Bureau of Statistics"), _body("Norbank Group"), _body("University of Lima"), _body("Kelvora")
    ('public', 'firm', 'study', 'other')
    """
    words = {word.strip(".,'’").lower() for word in name.split()}
    return next((kind for kind, heads in _BODIES if words & heads), "other")


def _source(state: State, meaning: Meaning, name: str) -> dict[str, float]:
    """Whether the figure, or those before it, are told on the word of this name: a ministry reports on its country."""
    found: dict[str, float] = {}
    told = meaning.attribution
    if told is not None:
        found["has_source"] = 1.0
        found["is_source"] = float(name in state.cast.names_in(told.start_char, told.end_char))
    if state.sourced:
        found["was_source"] = state.source_counts[name] / state.sourced
    return found


def _recency(state: State, view: SentenceView, name: str) -> dict[str, float]:
    """How long ago a name was last spoken of, how often by then, and whether no other of its kind was spoken of since."""
    last = state.cast.last_before(name, view.index)
    if last is None:
        return {"unseen_before": 1.0}
    return {
        "sentences_since": float(view.index - last.sentence),
        "mentions_before": float(last.count),
        "latest_of_kind": float(last.latest),
        "same_block_before": float(state.article.sentences[last.sentence].block == view.block),
    }


def _from_sentence(state: State, view: SentenceView, figure: FigureView, meaning: Meaning) -> Iterator[Proposal]:
    for seen in state.cast.sightings[view.index]:
        features = _here(view, figure, meaning, seen.start_char, seen.end_char)
        features[f"label={seen.label}"] = 1.0
        rule = "entity:measure" if features["in_measure"] else "entity:sentence"
        yield Wording(seen.name, seen.start_char, seen.end_char), rule, features


def _from_measure(state: State, view: SentenceView, meaning: Meaning) -> Iterator[Proposal]:
    """The names in a measure that stands in another sentence."""
    measure = meaning.measure
    if measure is None or measure.sentence == view.index:
        return
    for seen in state.cast.sightings[measure.sentence]:
        if seen.start_char < measure.end_char and measure.start_char < seen.end_char:
            features = {"in_measure": 1.0, f"label={seen.label}": 1.0}
            yield Wording(seen.name, seen.start_char, seen.end_char), "entity:measure", features


def _from_before(state: State, view: SentenceView) -> Iterator[Proposal]:
    places = [(f"above{back}", "sentence_before", view.index - back) for back in (1, 2) if view.index >= back]
    places += [(f"in_{where}", where, i) for where, i in (("heading", view.heading), ("title", 0)) if i not in (None, view.index)]
    for flag, where, index in places:
        for order, seen in enumerate(state.cast.sightings[index or 0]):
            features = {flag: 1.0, f"{flag.removeprefix('in_')}_first": float(order == 0), f"label={seen.label}": 1.0}
            yield Wording(seen.name, seen.start_char, seen.end_char), f"entity:{where}", features


def _from_article(state: State) -> Iterator[Proposal]:
    for name, (seen, standing) in state.cast.protagonists.items():
        yield Wording(name, seen.start_char, seen.end_char), "entity:article", {f"label={seen.label}": 1.0, **standing}
    if state.cast.currency_home is not None:
        name, part = state.cast.currency_home
        yield Wording(name, None, None), "entity:currency", {"currency_home": part}


def _here(view: SentenceView, figure: FigureView, meaning: Meaning, start: int, end: int) -> dict[str, float]:
    doc = view.doc
    first, last = view.token_range(start, end)
    root = doc[first:last].root
    measure = meaning.measure
    in_measure = measure is not None and start < measure.end_char and measure.start_char < end
    verb = doc[view.clause_verbs[figure.head]]
    before = start < figure.mention.start_char
    low, high = (last, figure.first) if before else (figure.last, first)
    return {
        "here": 1.0,
        "in_measure": float(in_measure),
        "measure_head": float(measure is not None and measure.sentence == view.index and first <= measure.head < last),
        f"dep={root.dep_}": 1.0,
        f"governor_dep={root.head.dep_}": 1.0,
        "possessive": float(root.dep_ == "poss" or (last < len(doc) and doc[last].tag_ == "POS")),
        "before": float(before),
        "distance": float(max(0, high - low)),
        "gap_figures": float(view.between("figure", low, high)),
        "gap_verbs": float(view.between("verb", low, high)),
        "subject": float(root.dep_ in ("nsubj", "nsubjpass") and root.head.i == verb.i),
        "same_clause": float(view.clause_verbs[root.i] == verb.i),
        "sentence_start": float(first <= 1),
        f"preposition={root.head.lower_ if root.dep_ == 'pobj' else None}": 1.0,
        f"after_word={doc[last].lower_ if last < len(doc) else None}": 1.0,
        f"before_word={doc[first - 1].lower_ if first else None}": 1.0,
        f"governor={root.head.lemma_.lower()}": 1.0,
        **{f"governor_class={name}": 1.0 for name in word_classes(root.head.lemma_.lower())},
    }
