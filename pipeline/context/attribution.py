"""On whose word: the source named in the figure's own sentence (``according to X``, ``X said``, ``data from X showed``), or none."""

from __future__ import annotations

from pipeline.context.meaning import Candidate, Meaning, Slate, State, Wording
from pipeline.context.phrases import Phrase
from pipeline.context.surroundings import figure_features, pair_features, phrase_features
from pipeline.context.view import FigureView, SentenceView

SAYING = frozenset(
    "say report show announce estimate expect forecast project predict see put reckon state note add tell reveal calculate claim "
    "indicate suggest find warn predict declare disclose publish write argue think believe anticipate count record confirm release "
    "peg insist admit explain point guide propose observe according cite poll survey measure track give".split()
)


def propose(state: State, figure: FigureView, meaning: Meaning) -> Slate:
    """Candidates for the source of ``figure``; their values are ``Wording`` or None."""
    view = state.article.sentence_of(figure)
    shared = {**figure_features(view, figure), "quoted": float(_quoted(view, figure))}
    found: list[Candidate] = []
    cues = 0
    for phrase in state.phrases(view.index):
        if phrase.form in ("verb", "relative"):
            continue
        features = _source_features(view, phrase)
        if not features:
            continue
        cues += 1
        features |= {**phrase_features(view, phrase), **pair_features(view, figure, phrase), **_earlier(state, figure, phrase)}
        measure = meaning.measure
        features["is_measure"] = float(
            measure is not None and measure.start_char < phrase.end_char and phrase.start_char < measure.end_char
        )
        found.append(Candidate(Wording(phrase.text, phrase.start_char, phrase.end_char), "attribution:source", features))
    none = {"none": 1.0, "cues": float(cues)}
    for back in (1, 2):
        earlier = state.before(figure, back)
        if earlier is not None and state.article.sentence_of(state.article.figures[figure.index - back]).index == view.index:
            none[f"earlier_none{back}"] = float(earlier.attribution is None)
    found.append(Candidate(None, "attribution:none", none))
    return Slate(shared, found)


def _source_features(view: SentenceView, phrase: Phrase) -> dict[str, float]:
    """What marks a phrase as a source; empty where nothing does."""
    doc = view.doc
    head = doc[phrase.head]
    top = head
    while top.dep_ in ("conj", "appos", "compound") and top.head.i != top.i:
        top = top.head
    found: dict[str, float] = {}
    if top.dep_ in ("nsubj", "nsubjpass", "agent") and top.head.lemma_.lower() in SAYING:
        found[f"says={top.head.lemma_.lower()}"] = 1
        found["says_tag=" + top.head.tag_] = 1
        found["says_has_clause"] = float(any(c.dep_ in ("ccomp", "parataxis") for c in top.head.children))
        found["says_is_root"] = float(top.head.dep_ == "ROOT")
    for i in range(max(0, phrase.first - 3), phrase.first):
        word = doc[i].lower_
        if word in (
            "according",
            "by",
            "from",
            "per",
            "citing",
            "cited",
            "showed",
            "said",
            "says",
            "of",
            "to",
            "in",
            "reckon",
            "reckons",
            "estimates",
            "shows",
        ):
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
    return sum(t.text in '“"' for t in view.doc[: figure.first]) > sum(t.text == "”" for t in view.doc[: figure.first])
