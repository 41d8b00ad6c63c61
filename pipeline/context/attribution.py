"""On whose word: the source that the figure's own sentence names (``according to X``, ``data from X showed``), or none."""

from __future__ import annotations

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
_LEADS = frozenset("according by from per citing cited showed said says of to in reckon reckons estimates shows".split())


def propose(state: State, figure: FigureView, meaning: Meaning) -> Slate:
    """Candidates for the source of ``figure``; their values are ``Wording`` or None."""
    view = state.article.sentence_of(figure)
    shared = {**state.once("figure", figure, figure_features), "quoted": float(_quoted(view, figure))}
    found: list[Candidate] = []
    cues = 0
    above = {figure.head, *(a.i for a in view.doc[figure.head].ancestors)}
    for phrase in (*state.phrases_near(figure), *pronoun_phrases(view, figure)):
        if phrase.form in ("verb", "relative", "full"):
            continue
        features = _source_features(view, phrase, above)
        if not features:
            continue
        cues += any(name.startswith(("says=", "lead", "source_noun")) for name in features)
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


def _source_features(view: SentenceView, phrase: Phrase, above: set[int]) -> dict[str, float]:
    """What may mark a phrase as a source; empty where nothing does. ``above`` holds the figure's head and what governs it."""
    doc = view.doc
    head = doc[phrase.head]
    top = head
    while top.dep_ in ("conj", "appos", "compound") and top.head.i != top.i:
        top = top.head
    found: dict[str, float] = {}
    if top.dep_ in ("nsubj", "nsubjpass", "agent", "csubj"):
        verb = top.head
        says = verb.lemma_.lower() in SAYING
        if says:
            found[f"says={verb.lemma_.lower()}"] = 1
        if says or verb.i in above:
            found[f"subject_of={verb.lemma_.lower()}"] = 1
            found["says_tag=" + verb.tag_] = 1
            found["says_clause_above"] = float(
                any(c.dep_ in ("ccomp", "xcomp", "parataxis") and c.i in above for c in verb.children)
            )
            found["says_is_root"] = float(verb.dep_ == "ROOT")
            found["says_above"] = float(verb.i in above)
            found["says_depth"] = float(len(list(verb.ancestors)))
            found[f"says_verb_dep={verb.dep_}"] = 1
    if top.dep_ == "poss" or head.dep_ == "poss":
        owned = top.head if top.dep_ == "poss" else head.head
        if owned.i in above or owned.lemma_.lower() in _SOURCE_NOUNS:
            found[f"owner_of={owned.lemma_.lower()}"] = 1
            found["owner_above"] = float(owned.i in above)
    for i in range(max(0, phrase.first - 3), phrase.first):
        word = doc[i].lower_
        if word in _LEADS:
            found[f"lead{phrase.first - i}={word}"] = 1
    if phrase.last < len(doc):
        after = doc[phrase.last]
        if after.lemma_.lower() in SAYING:
            found[f"follows={after.lemma_.lower()}"] = 1
    if phrase.first > 0 and doc[phrase.first - 1].lemma_.lower() in SAYING:
        found[f"follows_verb={doc[phrase.first - 1].lemma_.lower()}"] = 1
    if head.lemma_.lower() in (
        "data",
        "figure",
        "report",
        "survey",
        "study",
        "statistics",
        "forecast",
        "estimate",
        "analyst",
        "official",
        "statement",
        "poll",
        "note",
    ):
        found[f"source_noun={head.lemma_.lower()}"] = 1
    return found


def pronoun_phrases(view: SentenceView, figure: FigureView) -> list[Phrase]:
    """Pronouns that may speak: ``he said``, ``we expect``."""
    found = []
    for token in view.doc[max(0, figure.first - REACH) : figure.last + REACH]:
        if token.lower_ in ("he", "she", "it", "they", "we", "i") and token.dep_ in ("nsubj", "nsubjpass"):
            start, end = view.chars(token.i, token.i + 1)
            found.append(Phrase(view.index, token.i, token.i + 1, token.i, "base", start, end, view.slice(start, end)))
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
    return sum(t.text in '“"' for t in view.doc[max(0, figure.first - REACH) : figure.first]) > sum(
        t.text == "”" for t in view.doc[max(0, figure.first - REACH) : figure.first]
    )
