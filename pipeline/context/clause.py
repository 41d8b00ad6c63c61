"""What the clause around a figure says of its reality and sense: the features that role, direction and status share."""

from __future__ import annotations

from pipeline.context.lexicon import word_classes
from pipeline.context.meaning import Meaning, State
from pipeline.context.surroundings import figure_features
from pipeline.context.view import REACH, FigureView, SentenceView

_NEAREST = ("rise", "fall", "share", "partake", "multiply", "compare", "estimate", "forecast", "target")
_STATUS = ("estimate", "forecast", "target")


def status_cues(word: str) -> list[str]:
    """The kinds of status that ``word`` (a lemma) may signal."""
    return [name for name in word_classes(word) if name in _STATUS]


def clause_features(state: State, figure: FigureView, meaning: Meaning) -> dict[str, float]:
    """Features of a figure and its clause; needs the measure of ``meaning``, and nothing that is decided after it."""
    return state.once("clause", figure, lambda view, figure: _clause_features(state, view, figure, meaning))


def _clause_features(state: State, view: SentenceView, figure: FigureView, meaning: Meaning) -> dict[str, float]:
    article = state.article
    doc = view.doc
    found = dict(state.once("figure", figure, figure_features))
    _add_verbs(found, view, figure)
    for step, above in enumerate(list(doc[figure.head].ancestors)[:4]):
        found[f"above{step}={above.lemma_.lower()}"] = 1
        found[f"above~{above.lemma_.lower()}"] = 1
        for name in word_classes(above.lemma_.lower()):
            found.setdefault(f"above_class={name}", 1 / (1 + step))
    for child in list(doc[figure.head].children)[:REACH]:
        if child.i not in figure.tokens:
            found[f"child={child.lemma_.lower()}:{child.dep_}"] = 1
    near = range(max(0, figure.first - REACH), min(len(doc), figure.last + REACH))
    for place in near:
        word = view.lemmas[place]
        if word.isalpha():
            found[f"sentence~{word}"] = 1
        for cue in status_cues(word):
            distance = min(abs(place - figure.first), abs(place - figure.last))
            side = "before" if place < figure.first else "after"
            found[f"cue_{cue}_{side}"] = max(found.get(f"cue_{cue}_{side}", 0), 1 / (1 + distance))
    _add_clause(found, view, figure)
    _add_dates(found, state, view, figure)
    _add_measure(found, state, figure, meaning)
    _add_neighbors(found, state, view, figure)
    if view.heading is not None:
        for token in article.sentences[view.heading].doc:
            found[f"heading~{token.lower_}"] = 1
    return found


def _add_verbs(found: dict[str, float], view: SentenceView, figure: FigureView) -> None:
    doc = view.doc
    chain = [doc[i] for i in view.chain(view.clause_verbs[figure.head]) if view.pos[i] in ("VERB", "AUX")]
    chain = chain or [doc[view.clause_verbs[figure.head]]]
    for depth, above in enumerate(chain[:3]):
        found[f"verb{depth}={above.lemma_.lower()}"] = 1
        found[f"verb{depth}_tag={above.tag_}"] = 1
        for cue in word_classes(above.lemma_.lower()):
            found[f"verb{depth}_class={cue}"] = 1
        for child in above.children:
            if child.dep_ in ("aux", "auxpass", "neg", "mark", "prt"):
                found[f"verb{depth}_{child.dep_}={child.lower_}"] = 1
            if child.dep_ in ("nsubj", "nsubjpass") and depth < 2:
                found[f"subject{depth}={child.lemma_.lower()}"] = 1
                for name in word_classes(child.lemma_.lower()):
                    found[f"subject{depth}_class={name}"] = 1
            if child.dep_ == "dobj" and depth == 0:
                found[f"object={child.lemma_.lower()}"] = 1
                for name in word_classes(child.lemma_.lower()):
                    found[f"object_class={name}"] = 1


def _add_clause(found: dict[str, float], view: SentenceView, figure: FigureView) -> None:
    """The words of the figure's own clause, and the nearest word of rise or fall, and of each status, in the tree."""
    doc = view.doc
    verb = view.clause_verbs[figure.head]
    low, high = figure.first, figure.last
    while low > 0 and doc[low - 1].text not in ",;:()—–.":
        low -= 1
    while high < len(doc) and doc[high].text not in ",;:()—–.":
        high += 1
    nearest: dict[str, int] = {}
    verbs = view.clause_verbs
    for place in range(max(0, figure.first - REACH), min(len(doc), figure.last + REACH)):
        word = view.lemmas[place]
        if not word.isalpha():
            continue
        classes = word_classes(word)
        if low <= place < high:
            found[f"stretch~{word}"] = 1
            for name in classes:
                found[f"stretch_class={name}"] = 1
        if verbs[place] == verb:
            found[f"clause~{word}"] = 1
        for name in (n for n in classes if n in _NEAREST):
            up, _, down = view.path(figure.head, place)
            steps = len(up) + len(down)
            if steps < nearest.get(name, 99):
                nearest[name] = steps
                found[f"tree_{name}_up"] = float(not down)
    for name, steps in nearest.items():
        found[f"tree_{name}"] = 1 / (1 + steps)
    if "rise" in nearest or "fall" in nearest:
        found["nearer_fall"] = float(nearest.get("fall", 99) - nearest.get("rise", 99) < 0)
        found["nearer_rise"] = float(nearest.get("fall", 99) - nearest.get("rise", 99) > 0)


def _add_dates(found: dict[str, float], state: State, view: SentenceView, figure: FigureView) -> None:
    reference = state.article.reference
    nearest: tuple[int, bool, str] | None = None
    for mention in [d for d in view.dates if abs(d.start_char - figure.mention.start_char) < 8 * REACH]:
        day = mention.end_date or mention.start_date
        if day is None or reference is None:
            continue
        future = day > reference
        if future:
            found["future_date"] = 1
        distance = max(mention.start_char - figure.mention.end_char, figure.mention.start_char - mention.end_char)
        if nearest is None or distance < nearest[0]:
            nearest = (distance, future, mention.relation)
    if nearest is not None:
        found["nearest_date_future"] = float(nearest[1])
        found[f"nearest_date={nearest[2]}"] = 1
        found["nearest_date_distance"] = nearest[0]


def _add_measure(found: dict[str, float], state: State, figure: FigureView, meaning: Meaning) -> None:
    if meaning.measure is None:
        return
    view = state.article.sentences[meaning.measure.sentence]
    for token in view.doc[meaning.measure.first : meaning.measure.last]:
        found[f"measure~{token.lemma_.lower()}"] = 1
    head = view.doc[meaning.measure.head]
    found[f"measure_head={head.lemma_.lower()}"] = 1
    for name in word_classes(head.lemma_.lower()):
        found[f"measure_class={name}"] = 1
    found[f"measure_dep={head.dep_}"] = 1
    found["measure_before"] = float(meaning.measure.start_char < figure.mention.start_char)


def _add_neighbors(found: dict[str, float], state: State, view: SentenceView, figure: FigureView) -> None:
    text = state.article.text
    for back in (1, 2):
        earlier = state.before(figure, back)
        if earlier is None:
            continue
        other = state.article.figures[figure.index - back]
        here = other.order < figure.order and state.article.sentence_of(other).index == view.index
        place = f"earlier{back}_{'here' if here else 'above'}"
        found[f"{place}_role={earlier.role}"] = 1
        found[f"{place}_direction={earlier.direction}"] = 1
        found[f"{place}_status={earlier.status}"] = 1
        found[f"{place}_kind={other.mention.kind}"] = 1
        found[f"{place}_unit_same"] = float(other.mention.unit == figure.mention.unit)
        gap = text[other.mention.outer_end : figure.mention.outer_start]
        if back == 1 and len(gap) < 20:
            found[f"gap={' '.join(gap.lower().split())}"] = 1
    if figure.order + 1 < len(view.figures):
        later = view.figures[figure.order + 1].mention
        found[f"later_kind={later.kind}"] = 1
        found["later_unit_same"] = float(later.unit == figure.mention.unit)
        gap = text[figure.mention.outer_end : later.outer_start]
        if len(gap) < 20:
            found[f"later_gap={' '.join(gap.lower().split())}"] = 1
