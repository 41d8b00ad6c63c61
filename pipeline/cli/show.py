"""``show``: an article in the terminal with its figures, dates and names marked, and each fact on one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.text import Text

from pipeline.cli.output import console, printable
from pipeline.cli.reading import open_to_read
from pipeline.plain import format_decimal
from pipeline.settings import load_settings
from pipeline.store import Record, find_document, find_fact, rows_of
from pipeline.store.provenance import words_behind


@dataclass(frozen=True, slots=True)
class Mark:
    """How a span is shown: the brackets are for where there is no color, and for readers who do not see it."""

    style: str
    opening: str
    closing: str


_MARKS = {
    "figure": Mark("bold green", "[", "]"),
    "date": Mark("cyan", "<", ">"),
    "name": Mark("magenta", "{", "}"),
    "unexplained": Mark("bold white on red", "?", "?"),
    "measure": Mark("bold yellow", "«", "»"),
    "entity": Mark("magenta", "{", "}"),
    "period": Mark("cyan", "<", ">"),
    "attribution": Mark("bold blue", "(", ")"),
}
#: What a numeral is, as shown with ``--numbers``, where it is no figure, date or name.
_OTHER = Mark("dim", "⟨", "⟩")


@dataclass(frozen=True, slots=True)
class Span:
    """A marked part of a text; ``label`` is printed behind it."""

    start: int
    end: int
    mark: Mark
    label: str = ""


def show_document(key: str, *, database: Path | None, numbers: bool) -> None:
    """Print a document with its marks and facts; with ``numbers`` mark every numeral by what it was taken for."""
    settings = load_settings(database=database)
    with open_to_read(settings) as con:
        document = find_document(con, key)
        document_id = document["document_id"]
        tables = {name: rows_of(con, name, document_id) for name in ("facts", "dates", "entities", "numbers")}
    out = console()
    _print_head(out, document)
    spans = _number_spans(tables["numbers"]) if numbers else _mention_spans(tables)
    out.print(marked(document["text"], spans))
    out.print()
    if numbers:
        _print_account(out, tables["numbers"])
        return
    for fact in tables["facts"]:
        out.print(Text(printable(describe_fact(fact))))
    out.print(
        f"\n{len(tables['facts'])} facts. {_legend(('figure', 'date', 'name'))}. One in full: factledger show --explain FACT_ID"
    )


def show_fact(fact_id: str, *, database: Path | None) -> None:
    """Print one fact: its sentence with the words that each part came from, its columns, and the rules that chose them."""
    settings = load_settings(database=database)
    with open_to_read(settings) as con:
        fact = find_fact(con, fact_id)
        document = find_document(con, fact["document_id"])
        sentences = rows_of(con, "sentences", fact["document_id"])
        dates = rows_of(con, "dates", fact["document_id"])
    home = next((s for s in sentences if s["sentence_id"] == fact["sentence_id"]), None)
    spans = _fact_spans(fact, dates, home)
    out = console()
    _print_head(out, document)
    for sentence in sentences:
        touched = [span for span in spans if sentence["start_char"] <= span.start < sentence["end_char"]]
        if touched or sentence["sentence_id"] == fact["sentence_id"]:
            offset = sentence["start_char"]
            moved = [Span(span.start - offset, span.end - offset, span.mark, span.label) for span in touched]
            out.print(marked(sentence["text"], moved))
    out.print()
    for name, value in fact.items():
        if value is not None and name not in {"document_id", "sentence_id", "run_id"}:
            shown = format_decimal(value, separators=True) if name.startswith("value") else str(value)
            for line in shown.split("; ") if name == "rule" else [shown]:
                out.print(Text.assemble((f"{name:17}", "dim"), printable(line)))
    out.print(f"\n{_legend(('figure', 'measure', 'entity', 'period', 'attribution'))}.")


def describe_fact(fact: Mapping[str, Any]) -> str:
    """A fact on one line: what, whose, when, how much, how meant, on whose word.

    >>> describe_fact({"fact_id": "3f2a91", "text": "5%", "measure": "exports", "role": "change", "direction": "up"})
    '3f2a91    5%  =  exports | change up'
    """
    get = fact.get
    period = _interval(get("period_start"), get("period_end"))
    basis = _interval(get("basis_start"), get("basis_end"))
    value = get("value")
    worth = f"{format_decimal(value, separators=True)} {get('unit')}" if value is not None else None
    bound = get("bound")
    parts = (
        f"{bound.replace('_', ' ')} {worth}" if worth and bound and bound not in {"exact", "between"} else worth,
        get("entity"),
        period and f"{'by ' if get('period_relation') == 'by' else ''}{period}",
        " ".join(part for part in (get("role"), get("direction")) if part),
        basis and f"against {basis}",
        get("share_of") and f"of {get('share_of')}",
        get("status") if get("status") != "actual" else None,
        get("attribution") and f"says {get('attribution')}",
    )
    head = f"{str(get('fact_id'))[:8]:8}  {get('text')}  =  {get('measure') or '?'}"
    return " | ".join([head, *(str(part) for part in parts if part)])


def _interval(start: object, end: object) -> str | None:
    if start is None and end is None:
        return None
    return str(start) if start == end else f"{start or '…'} to {end or '…'}"


def marked(text: str, spans: Iterable[Span]) -> Text:
    """The text with its spans styled and bracketed; of two that overlap the one that begins first, or is longer, is shown."""
    shown = Text()
    done = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start < done:
            continue
        shown.append(printable(text[done : span.start]))
        shown.append(span.mark.opening, style=span.mark.style)
        shown.append(printable(text[span.start : span.end]), style=span.mark.style)
        shown.append(span.mark.closing, style=span.mark.style)
        if span.label:
            shown.append(f"·{span.label}", style="dim")
        done = span.end
    shown.append(printable(text[done:]))
    return shown


def _mention_spans(tables: Mapping[str, Sequence[Record]]) -> list[Span]:
    """Figures before dates before names, so that a figure inside a name is seen."""
    spans: list[Span] = []
    for table, mark in (("facts", "figure"), ("dates", "date"), ("entities", "name")):
        for row in tables[table]:
            if not any(span.start < row["end_char"] and row["start_char"] < span.end for span in spans):
                spans.append(Span(row["start_char"], row["end_char"], _MARKS[mark]))
    return spans


def _number_spans(numbers: Sequence[Record]) -> list[Span]:
    marks = {"fact": _MARKS["figure"], "date": _MARKS["date"], "name": _MARKS["name"], "unexplained": _MARKS["unexplained"]}
    spans = []
    for row in numbers:
        mark = marks.get(row["disposition"], _OTHER)
        spans.append(Span(row["start_char"], row["end_char"], mark, row["disposition"] if mark is _OTHER else ""))
    return spans


def _fact_spans(fact: Record, dates: Sequence[Record], sentence: Record | None) -> list[Span]:
    """The spans that a fact's parts came from; the basis of a comparison is marked like a period."""
    words = words_behind(fact, dates, sentence)
    return [Span(w.start, w.end, _MARKS["period" if w.part == "basis" else w.part], w.part) for w in words]


def _print_head(out: Any, document: Record) -> None:
    out.print(Text(printable(document["title"] or document["source"]), style="bold"))
    published = (
        f"{document['published_at']:%Y-%m-%d} (from {document['published_from']})" if document["published_at"] else "no date"
    )
    parts = (document["source"], document["publisher"], document["author"], published, f"revision {document['revision']}")
    out.print(Text(printable(" · ".join(str(part) for part in parts if part)), style="dim"))
    out.print()


def _print_account(out: Any, numbers: Sequence[Record]) -> None:
    counts: dict[str, int] = {}
    for row in numbers:
        counts[row["disposition"]] = counts.get(row["disposition"], 0) + 1
    out.print(f"{len(numbers)} numerals: " + ", ".join(f"{count} {name}" for name, count in sorted(counts.items())))
    out.print(f"{_legend(('figure', 'date', 'name', 'unexplained'))}, {_OTHER.opening}other{_OTHER.closing}.")


def _legend(names: Iterable[str]) -> str:
    return ", ".join(f"{_MARKS[name].opening}{name}{_MARKS[name].closing}" for name in names)
