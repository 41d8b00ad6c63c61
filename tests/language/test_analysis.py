"""Sentences, and the parse of those that hold a figure, with the real model."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from spacy.language import Language

from pipeline.errors import ModelError
from pipeline.language.analysis import Analysis, analyze
from pipeline.language.model import load_language

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_language()


def read(nlp: Language, text: str, figures: Sequence[str] = ()) -> Analysis:
    spans = [(text.index(figure), text.index(figure) + len(figure)) for figure in figures]
    return next(analyze(nlp, [(text, spans)]))


def sentences(analysis: Analysis) -> list[str]:
    return [analysis.text[s.start_char : s.end_char] for s in analysis.sentences]


def test_a_heading_is_not_glued_to_the_sentence_below(nlp: Language) -> None:
    analysis = read(nlp, "Grain harvest\nFarmers cut 3 million tonnes. Rain came late.")
    assert sentences(analysis) == ["Grain harvest", "Farmers cut 3 million tonnes.", "Rain came late."]


def test_no_sentence_ends_inside_a_figure_or_behind_an_abbreviation(nlp: Language) -> None:
    text = "The board paid Rs. 40 crore to No. 7 Holdings. It kept the rest."
    assert sentences(read(nlp, text, ["Rs. 40 crore"])) == ["The board paid Rs. 40 crore to No. 7 Holdings.", "It kept the rest."]


def test_only_sentences_with_figures_are_parsed(nlp: Language) -> None:
    text = "Prices were calm. Rents in the big towns rose 4% in May. Nobody complained."
    analysis = read(nlp, text, ["4%"])
    assert list(analysis.parses) == [1]
    parsed = analysis.parses[1]
    assert [t.text for t in parsed if t.dep_ == "nsubj"] == ["Rents"]


def test_the_sentence_that_a_figure_leans_on_is_parsed_too(nlp: Language) -> None:
    text = "The currency is the snag. It has lost 4% since May. Banks are calm. Rents in the big towns rose 3% in May."
    assert sorted(read(nlp, text, ["4%", "3%"]).parses) == [0, 1, 3]


def test_a_batch_gives_what_each_text_gives_alone(nlp: Language) -> None:
    texts = ["Sales rose 5%.", "Output fell by 3 tonnes. It will recover.", "", "A title"]
    together = list(analyze(nlp, [(text, []) for text in texts]))
    assert [sentences(a) for a in together] == [sentences(read(nlp, text)) for text in texts]


def test_an_unknown_model_is_named_with_what_to_do() -> None:
    with pytest.raises(ModelError, match=r"no_such_model.*install it with pip"):
        load_language("no_such_model")
