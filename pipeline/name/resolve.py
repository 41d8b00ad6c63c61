"""The names of an article: candidates of the model, tables and patterns, settled by rules that see the whole document.

The order of work: candidates → overlaps settled → short forms → one label for one name by vote → mentions that were
missed → one canonical name. Rules follow what is known to raise the F1 of a newswire model: trimmed boundaries, later
bare surnames, majority label, definitions, propagation.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from pipeline.mentions import NameMention
from pipeline.name.acronyms import Definition, find_definitions, find_glosses
from pipeline.name.bylines import form_candidates
from pipeline.name.canonical import LEGAL_FORM, canonical_names
from pipeline.name.clean import trim
from pipeline.name.cues import FAMILY_NAMES_FIRST
from pipeline.name.firms import firm_candidates
from pipeline.name.heads import HEADS
from pipeline.name.lexicon import known_candidates, known_wordings
from pipeline.name.lists import listed_candidates
from pipeline.name.model import model_candidates
from pipeline.name.patterns import acronym_candidates, camel_candidates, head_candidates, party_candidates
from pipeline.name.people import people_candidates
from pipeline.name.places import place_of, place_table
from pipeline.name.scan import Words, bare_words, capitals, in_title_case
from pipeline.name.spans import LABELS, Candidate
from pipeline.name.terms import CALENDAR_WORDS, FUNCTION_WORDS, is_no_name
from pipeline.name.vote import follow_definitions, key_of, vote
from pipeline.name.works import work_candidates

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FIRST_WORD: Final = re.compile(r"\w+")
Spans = Sequence[tuple[int, int]]


def resolve_names(
    doc: Doc, *, excluded: Spans = (), aliases: Mapping[str, str] | None = None, text: str | None = None
) -> list[NameMention]:
    """The names of a whole article, in order and without overlap.

    ``doc`` is the article with the entities of the model's ``ner``; no other component needs to have run.
    ``excluded`` are character spans of figures and dates: no name lies within one of them, and one at an end of a name
    of the model's is cut off. ``aliases`` maps wordings to canonical names (the user's own table) and goes before every
    rule. ``text`` is ``doc.text`` where the caller has it at hand, which saves making it once more.
    """
    text = doc.text if text is None else text
    excluded = _disjoint(excluded)
    words = capitals(text)
    found = model_candidates(doc, text, bare_words(text))
    found += head_candidates(text, words, found)
    found += known_candidates(text, words)
    found += form_candidates(text)
    found += acronym_candidates(text, words, found)
    found += camel_candidates(text, words, found)
    found += people_candidates(text, words, found)
    found += work_candidates(text)
    found += firm_candidates(text, words, found)
    found += party_candidates(text, words)
    definitions = find_definitions(text)
    found += _defined(text, found, definitions)
    settled = _settle(found, text, excluded)
    glosses = find_glosses(
        text, {c.end: c.start for c in settled if c.label in ("ORG", "LAW", "PRODUCT", "FAC") and " " in text[c.start : c.end]}
    )
    glosses = [g for g in glosses if _may_be_short(text, g, definitions)]
    if glosses:
        definitions += glosses
        settled = _settle(settled + _defined(text, settled, glosses), text, excluded)
    listed = listed_candidates(text, settled)
    if listed:
        settled = _settle(settled + listed, text, excluded)
    labels = vote(text, settled)
    follow_definitions(text, definitions, labels)
    settled = _propagate(text, words, settled, labels, excluded)
    names = canonical_names(text, settled, labels, definitions, aliases or {})
    mentions: list[NameMention] = []
    for candidate in settled:
        surface = text[candidate.start : candidate.end]
        key = key_of(surface)
        label = labels.get(key, candidate.label) if candidate.rule != "dateline" else "GPE"
        place = place_of(surface) if label in ("GPE", "NORP", "LOC", "ORG") else None
        mentions.append(
            NameMention(
                start_char=candidate.start,
                end_char=candidate.end,
                text=surface,
                label=label,
                name=names[key],
                rule=candidate.rule,
                place=(place.country or place.name) if place else None,
            )
        )
    return mentions


def _may_be_short(text: str, gloss: Definition, definitions: Sequence[Definition]) -> bool:
    short = text[gloss.short_start : gloss.short_end]
    return (
        not any(d.short_start == gloss.short_start for d in definitions)
        and not is_no_name(short)
        and short not in place_table()
        and short not in known_wordings()
        and short not in CALENDAR_WORDS
    )


def _defined(text: str, found: Sequence[Candidate], definitions: Sequence[Definition]) -> list[Candidate]:
    """Candidates for the long and the short form of each definition."""
    added: list[Candidate] = []
    for definition in definitions:
        body = HEADS.get(text[definition.long_start : definition.long_end].rsplit(" ", 1)[-1]) == "ORG"
        if is_no_name(text[definition.short_start : definition.short_end]) and not body:
            continue
        over = [c for c in found if c.end == definition.long_end]
        sure = max(over, key=lambda c: c.weight, default=None)
        label = sure.label if sure else HEADS.get(text[definition.long_start : definition.long_end].rsplit(" ", 1)[-1], "ORG")
        if label in ("PERSON", "GPE", "NORP"):
            label = "ORG"
        added.append(Candidate(definition.long_start, definition.long_end, label, "definition", 5))
        added.append(Candidate(definition.short_start, definition.short_end, label, "definition", 5))
    return added


def _settle(found: Sequence[Candidate], text: str, excluded: Spans) -> list[Candidate]:
    """One candidate for each stretch of text: the longest, then the weightiest."""
    modeled = {(c.start, c.end) for c in found if c.rule == "model"}
    fit = [cut for c in found if (cut := _cut(text, c, excluded)) is not None] if excluded else list(found)
    fit = [c for c in fit if c.weight or (c.start, c.end) in modeled]
    fit.sort(key=lambda c: (c.start, -c.end, -c.weight))
    kept: list[Candidate] = []
    for candidate in fit:
        while kept and candidate.start < kept[-1].end:
            last = kept[-1]
            if (candidate.end - candidate.start, candidate.weight) <= (last.end - last.start, last.weight):
                break
            kept.pop()
        else:
            kept.append(candidate)
    return kept


def _cut(text: str, candidate: Candidate, excluded: Spans) -> Candidate | None:
    """The candidate without figures and dates at its ends; None where it lies within one. ``excluded`` is ``_disjoint``."""
    start, end = candidate.start, candidate.end
    index = max(0, bisect_left(excluded, (start, start)) - 1)
    for low, high in excluded[index:]:
        if low >= end:
            break
        if high <= start:
            continue
        if low <= start and high >= end:
            return None
        if candidate.rule != "model":
            continue
        if low <= start:
            start, end = trim(text, high, end)
        elif high >= end:
            start, end = trim(text, start, low)
    if (start, end) == (candidate.start, candidate.end):
        return candidate
    if end - start < 2 or not any(letter.isupper() for letter in text[start:end]):
        return None
    return candidate._replace(start=start, end=end)


def _disjoint(spans: Spans) -> list[tuple[int, int]]:
    """The spans in order, those that overlap joined.

    >>> _disjoint([(5, 9), (1, 3), (8, 12)])
    [(1, 3), (5, 12)]
    """
    joined: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if joined and low < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        elif high > low:
            joined.append((low, high))
    return joined


def _short_forms(surface: str, label: str) -> list[str]:
    """What a name found in full may be called later: the surname, in the order of the language; a firm without its legal form.

    >>> _short_forms("Ana Duarte", "PERSON"), _short_forms("Zhao Ping", "PERSON"), _short_forms("Kelvora plc", "ORG")
    (['Duarte'], ['Ping', 'Zhao'], ['Kelvora'])
    """
    if label == "PERSON" and " " in surface:
        first, *_, last = surface.split(" ")
        shorts = [last] if len(last) > 2 and "-" not in last else []
        return [*shorts, first] if first in FAMILY_NAMES_FIRST and len(first) > 1 else shorts
    if label == "ORG":
        bare = LEGAL_FORM.sub("", surface)
        return [bare] if bare != surface and len(bare) > 3 and bare not in HEADS else []
    return []


def _propagate(text: str, words: Words, settled: list[Candidate], labels: dict[str, str], excluded: Spans) -> list[Candidate]:
    """``settled`` with the mentions that were missed of names that were found; bare surnames among them."""
    known: dict[str, list[tuple[str, str]]] = {}
    seen: set[str] = set()
    for candidate in settled:
        surface = text[candidate.start : candidate.end]
        if surface in seen:
            continue
        seen.add(surface)
        label = labels[key_of(surface)]
        first = _FIRST_WORD.match(surface)
        if first and (len(surface) > 2 or surface.isupper()) and surface not in FUNCTION_WORDS:
            known.setdefault(first[0], []).append((surface, label))
        for short in _short_forms(surface, label):
            if short not in seen and short not in place_table():
                known.setdefault(short.split(" ")[0].split("-")[0], []).append((short, label))
    for listed in known.values():
        if len(listed) > 1:
            listed.sort(key=lambda row: -len(row[0]))
    added: list[Candidate] = []
    spans = iter(settled)
    current = next(spans, None)
    position = 0
    for start, word in words:
        while current is not None and current.end <= start:
            current = next(spans, None)
        if word not in known or start < position or (current is not None and current.start <= start):
            continue
        for surface, label in known[word]:
            end = start + len(surface)
            if (
                text.startswith(surface, start)
                and not text[end : end + 1].isalnum()
                and (current is None or end <= current.start)
            ):
                candidate = Candidate(start, end, label, "propagated", 1)
                if (
                    " " not in surface
                    and not surface.isupper()
                    and in_title_case(text, start, end)
                    and text[start - 1 : start] == " "
                ):
                    break
                if not excluded or _cut(text, candidate, excluded) == candidate:
                    added.append(candidate)
                    labels.setdefault(key_of(surface), label)
                    position = end
                break
    return sorted(settled + added) if added else settled


__all__ = ["LABELS", "resolve_names"]
