"""How well names are read in four genres, beside the model alone: ``python -m tests.name.genres [--show N] [--half tuned]``.

``tests/cases/names_<genre>.jsonl`` holds short articles of our own in which every name is marked by hand: ``[Bonn|G]``.
Marks: P person, O organization, G place, N people, E event, L law, W work, D product, ? left open (neither right nor wrong).
A name that is found is right where it overlaps a mark of its label; boundaries are ignored. ``half`` says whether an article
was read while rules were made (``tuned``) or not (``unseen``). ``pieces`` reads the same words as sets for research hold
them: tokens with a blank between, a sentence an article.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language

from pipeline.date import read_dates
from pipeline.figures import survey, worth
from pipeline.language.analysis import analyze
from pipeline.language.model import DEFAULT_MODEL, load_language
from pipeline.name import resolve_names
from pipeline.name.spans import LABELS

CASES = Path(__file__).resolve().parents[1] / "cases"
GENRES = ("china", "politics", "newswire", "finance")
_MARK = re.compile(r"\[([^\[\]|]+)\|([POGNELWD?])\]")
_SPACE = re.compile(r"\s+")

#: Label of ours → mark.
_MARKS = {"PERSON": "P", "ORG": "O", "GPE": "G", "LOC": "G", "FAC": "G", "NORP": "N"}
_MARKS |= {"EVENT": "E", "LAW": "L", "WORK_OF_ART": "W", "PRODUCT": "D"}
#: Genre → mark → the class that sets of this genre have for it; what has none is not counted.
_CLASSES: dict[str, dict[str, str]] = {
    "china": {mark: mark for mark in "POGNELWD"},
    "politics": {**dict.fromkeys("POGE", ""), "N": "M", "L": "M", "W": "M", "D": "M"},
    "newswire": {**dict.fromkeys("POG", ""), **dict.fromkeys("NELWD", "M")},
    "finance": dict.fromkeys("POG", ""),
}


class Span(NamedTuple):
    """A name by its offsets and its mark."""

    start: int
    end: int
    mark: str


class Marked(NamedTuple):
    """An article and the names that are marked in it."""

    text: str
    spans: tuple[Span, ...]


def unmark(marked: str) -> Marked:
    """The article without its marks, and the names."""
    pieces: list[str] = []
    spans: list[Span] = []
    at = size = 0
    for hit in _MARK.finditer(marked):
        pieces += [marked[at : hit.start()], hit[1]]
        size += hit.start() - at
        spans.append(Span(size, size + len(hit[1]), hit[2]))
        size += len(hit[1])
        at = hit.end()
    return Marked("".join([*pieces, marked[at:]]), tuple(spans))


def in_pieces(article: Marked, nlp: Language) -> list[Marked]:
    """The article as sets for research hold it: one for each line, with a blank between all tokens."""
    found: list[Marked] = []
    start = 0
    for line in article.text.split("\n"):
        stop = start + len(line)
        tokens = [t for t in nlp.make_doc(line) if not t.is_space]
        text = ""
        places: dict[int, int] = {}
        for token in tokens:
            for offset in range(len(token.text)):
                places[start + token.idx + offset] = len(text) + offset
            text += token.text + (" " if token.whitespace_ or not _joins(line, token.idx, token.idx + len(token)) else "")
        own = [s for s in article.spans if start <= s.start < stop]
        spans = tuple(Span(places[s.start], places[s.end - 1] + 1, s.mark) for s in own)
        if tokens:
            found.append(Marked(text.rstrip(" "), spans))
        start = stop + 1
    return found


def _joins(line: str, start: int, end: int) -> bool:
    """Whether a hyphen ties the token to the next one: sets for research do not cut there."""
    return line[start:end] in ("-", "–", "—") or line[end : end + 1] in ("-", "–", "—")


def articles_of(genre: str, half: str | None = None) -> list[Marked]:
    """The marked articles of a genre."""
    rows = [json.loads(line) for line in (CASES / f"names_{genre}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [unmark(row["marked"]) for row in rows if half is None or row["half"] == half]


def read_both(nlp: Language, texts: Sequence[str]) -> list[tuple[list[Span], list[Span]]]:
    """For each text the names of the model alone, and ours."""
    numbers = []
    for text in texts:
        dates = read_dates(text, reference=None)
        found = survey(text, claimed=[(d.start_char, d.end_char) for d in dates])
        taken = [(f.start_char, f.end_char) for f in worth(text, found)] + [(d.start_char, d.end_char) for d in dates]
        numbers.append(taken)
    both = []
    for analysis, taken, text in zip(analyze(nlp, [(text, ()) for text in texts]), numbers, texts, strict=True):
        model = [Span(e.start_char, e.end_char, _MARKS[e.label_]) for e in analysis.doc.ents if e.label_ in LABELS]
        ours = [Span(m.start_char, m.end_char, _MARKS[m.label]) for m in resolve_names(analysis.doc, excluded=taken, text=text)]
        both.append((model, ours))
    return both


def compare(found: Iterable[Span], article: Marked, classes: dict[str, str]) -> tuple[Counter[str], list[tuple[str, Span]]]:
    """Counts of ``right``, ``found``, ``gold``; and what differs: ``missed``, ``extra`` or the wrong mark, each with its span."""

    def kind(span: Span) -> str:
        return classes.get(span.mark, "-") or span.mark

    gold = [span for span in article.spans if kind(span) != "-" and span.mark != "?"]
    optional = [span for span in article.spans if span.mark == "?"]
    counted = [span for span in found if kind(span) != "-"]
    free = list(gold)
    differences: list[tuple[str, Span]] = []
    wrong: list[Span] = []
    counts: Counter[str] = Counter(gold=len(gold))
    for span in counted:
        over = [g for g in free if g.start < span.end and span.start < g.end]
        same = next((g for g in over if kind(g) == kind(span)), None)
        if same is not None:
            free.remove(same)
            counts["right"] += 1
            counts["found"] += 1
        elif over or not any(o.start < span.end and span.start < o.end for o in optional):
            wrong.append(span)
            counts["found"] += 1
    for span in wrong:
        over = [g for g in article.spans if g.start < span.end and span.start < g.end]
        differences.append((f"{over[0].mark} as {span.mark}" if over else f"extra {span.mark}", span))
    differences += [(f"missed {g.mark}", g) for g in free if not any(g.start < w.end and w.start < g.end for w in wrong)]
    return counts, differences


def f1(counts: Counter[str]) -> float:
    """F1 in per cent."""
    return 200 * counts["right"] / max(1, counts["found"] + counts["gold"])


def measure(nlp: Language, articles: Sequence[Marked], genre: str) -> tuple[Counter[str], Counter[str], list[tuple[str, str]]]:
    """Counts of the model alone and of ours, and how ours differs from the marks, with the words around."""
    alone: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    shown: list[tuple[str, str]] = []
    for article, (model, found) in zip(articles, read_both(nlp, [a.text for a in articles]), strict=True):
        alone += compare(model, article, _CLASSES[genre])[0]
        counts, differences = compare(found, article, _CLASSES[genre])
        ours += counts
        for what, span in differences:
            around = f"{article.text[max(0, span.start - 50) : span.start]}>>{article.text[span.start : span.end]}<<"
            shown.append((what, _SPACE.sub(" ", around + article.text[span.end : span.end + 40])))
    return alone, ours, shown


def main(arguments: Sequence[str] | None = None) -> None:
    """Print F1 by genre and half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print what differs from the marks")
    parser.add_argument("--half", choices=["tuned", "unseen"], help="only this half")
    parser.add_argument("--genre", choices=GENRES, help="only this genre")
    parser.add_argument("--pieces", action="store_true", help="with --show: what differs in pieces")
    options: Any = parser.parse_args(arguments)
    nlp = load_language(DEFAULT_MODEL)
    print(f"{'genre':10}{'half':8}{'names':>6}  {'model':>6} {'ours':>6}   in pieces: {'model':>6} {'ours':>6}")
    for genre in [options.genre] if options.genre else GENRES:
        for half in [options.half] if options.half else ["tuned", "unseen"]:
            articles = articles_of(genre, half)
            whole = measure(nlp, articles, genre)
            pieces = measure(nlp, [piece for article in articles for piece in in_pieces(article, nlp)], genre)
            print(
                f"{genre:10}{half:8}{whole[0]['gold']:6}  {f1(whole[0]):6.1f} {f1(whole[1]):6.1f}"
                f"              {f1(pieces[0]):6.1f} {f1(pieces[1]):6.1f}"
            )
            if options.show:
                for what, words in sorted((pieces if options.pieces else whole)[2]):
                    print(f"  {what:10} {words}")


if __name__ == "__main__":
    main()
