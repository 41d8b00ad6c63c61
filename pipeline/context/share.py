"""Of what a share is a part: candidates are the phrases of the sentence, what figures before were shares of, and none."""

from __future__ import annotations

from pipeline.context.meaning import Candidate, Meaning, Slate, State, Wording
from pipeline.context.surroundings import figure_features
from pipeline.context.view import FigureView


def propose(state: State, figure: FigureView, meaning: Meaning) -> Slate:
    """Candidates for the whole of ``figure``; their values are ``Wording`` or None. Asked of shares alone."""
    view = state.article.sentence_of(figure)
    shared = state.once("figure", figure, figure_features)
    found: list[Candidate] = []
    for phrase in state.phrases_near(figure):
        if phrase.form == "verb":
            continue
        measure = meaning.measure
        features = {
            **state.of_pair(figure, phrase),
            "is_measure": float(
                measure is not None and (measure.start_char, measure.end_char) == (phrase.start_char, phrase.end_char)
            ),
            "is_measure_head": float(measure is not None and measure.sentence == view.index and measure.head == phrase.head),
            "behind_measure": float(measure is not None and phrase.start_char > measure.start_char),
        }
        found.append(
            Candidate(Wording(phrase.text, phrase.start_char, phrase.end_char), "share:phrase", features, state.of_phrase(phrase))
        )
    seen = {c.value.text for c in found if isinstance(c.value, Wording)}
    for back in (1, 2, 3):
        earlier = state.before(figure, back)
        if earlier is None:
            continue
        here = state.article.sentence_of(state.article.figures[figure.index - back]).index == view.index
        for name, text in (("whole", earlier.share_of), ("measure", _as_wording(earlier))):
            if text is None or (text.text in seen and name == "measure"):
                continue
            match = next((c for c in found if isinstance(c.value, Wording) and c.value.text == text.text), None)
            flags = {f"earlier_{name}{back}": 1.0, f"earlier_{name}{back}_here": float(here)}
            if match is not None:
                match.features.update(flags)
            else:
                found.append(Candidate(text, "share:figure_before", flags))
    found.append(Candidate(None, "share:none", {"none": 1.0}))
    return Slate(shared, found)


def _as_wording(meaning: Meaning) -> Wording | None:
    phrase = meaning.measure
    return Wording(phrase.text, phrase.start_char, phrase.end_char) if phrase is not None else None
