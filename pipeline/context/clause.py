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
    lemmas = view.lemmas
    found = dict(state.once("figure", figure, figure_features))
    _add_verbs(found, view, figure)
    for step, above in enumerate(view.chain(figure.head)[1:5]):
        word = lemmas[above]
        found[f"above{step}={word}"] = 1
        found[f"above~{word}"] = 1
        for name in word_classes(word):
            found.setdefault(f"above_class={name}", 1 / (1 + step))
    for child in view.children(figure.head)[:REACH]:
        if not figure.first <= child < figure.last:
            found[f"child={lemmas[child]}:{view.deps[child]}"] = 1
    low, high = max(0, figure.first - REACH), min(len(lemmas), figure.last + REACH)
    found.update(dict.fromkeys([f"sentence~{word}" for word in lemmas[low:high] if word.isalpha()], 1))
    for place, cues in state.of_sentence("cues", view, _sentence_cues):
        if low <= place < high:
            distance = min(abs(place - figure.first), abs(place - figure.last))
            side = "before" if place < figure.first else "after"
            for cue in cues:
                found[f"cue_{cue}_{side}"] = max(found.get(f"cue_{cue}_{side}", 0), 1 / (1 + distance))
    _add_clause(found, view, figure)
    _add_dates(found, state, view, figure)
    _add_measure(found, state, figure, meaning)
    _add_neighbors(found, state, view, figure)
    if view.heading is not None:
        found.update(state.of_sentence("heading", article.sentences[view.heading], _heading_words))
    return found


def _sentence_cues(view: SentenceView) -> list[tuple[int, list[str]]]:
    """Where words of a status stand, and of which."""
    return [(place, cues) for place, word in enumerate(view.lemmas) if (cues := status_cues(word))]


def _heading_words(view: SentenceView) -> dict[str, float]:
    return {f"heading~{word}": 1 for word in view.lowers}


def _add_verbs(found: dict[str, float], view: SentenceView, figure: FigureView) -> None:
    lemmas, deps = view.lemmas, view.deps
    verb = view.clause_verbs[figure.head]
    chain = [i for i in view.chain(verb) if view.pos[i] in ("VERB", "AUX")][:3] or [verb]
    for depth, above in enumerate(chain):
        word = lemmas[above]
        found[f"verb{depth}={word}"] = 1
        found[f"verb{depth}_tag={view.tags[above]}"] = 1
        for cue in word_classes(word):
            found[f"verb{depth}_class={cue}"] = 1
        for child in view.children(above):
            dep = deps[child]
            if dep in ("aux", "auxpass", "neg", "mark", "prt"):
                found[f"verb{depth}_{dep}={view.lowers[child]}"] = 1
            elif dep in ("nsubj", "nsubjpass"):
                if depth < 2:
                    found[f"subject{depth}={lemmas[child]}"] = 1
                    for name in word_classes(lemmas[child]):
                        found[f"subject{depth}_class={name}"] = 1
            elif dep == "dobj" and depth == 0:
                found[f"object={lemmas[child]}"] = 1
                for name in word_classes(lemmas[child]):
                    found[f"object_class={name}"] = 1


def _add_clause(found: dict[str, float], view: SentenceView, figure: FigureView) -> None:
    """The words of the figure's own clause, and the nearest word of rise or fall, and of each status, in the tree."""
    texts, lemmas, verbs = view.texts, view.lemmas, view.clause_verbs
    verb = verbs[figure.head]
    low, high = figure.first, figure.last
    while low > 0 and texts[low - 1] not in ",;:()—–.":
        low -= 1
    while high < len(texts) and texts[high] not in ",;:()—–.":
        high += 1
    nearest: dict[str, int] = {}
    first, last = max(0, figure.first - REACH), min(len(texts), figure.last + REACH)
    for place, word in enumerate(lemmas[first:last], start=first):
        if not word.isalpha():
            continue
        if verbs[place] == verb:
            found[f"clause~{word}"] = 1
        classes = word_classes(word)
        if low <= place < high:
            found[f"stretch~{word}"] = 1
            for name in classes:
                found[f"stretch_class={name}"] = 1
        for name in classes:
            if name in _NEAREST:
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
    for word in view.lemmas[meaning.measure.first : meaning.measure.last]:
        found[f"measure~{word}"] = 1
    head = view.lemmas[meaning.measure.head]
    found[f"measure_head={head}"] = 1
    for name in word_classes(head):
        found[f"measure_class={name}"] = 1
    found[f"measure_dep={view.deps[meaning.measure.head]}"] = 1
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
