"""The state of a page as its address says it: every state has a permalink."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol
from urllib.parse import urlencode

from pipeline.store.facets import DEFAULT_SORT, FACETS, NONE, SORTS, FactQuery

PAGE_SIZE = 50
_MOST_PAGES = 4_000
_LONGEST_SEARCH = 300
_UNSAID = {"year": "no period"}
_MOST_CHOSEN = 100


class Parameters(Protocol):
    """What is read of the parameters of an address."""

    def get(self, key: str, default: str) -> str: ...

    def getlist(self, key: str) -> list[str]: ...


def read_query(parameters: Parameters) -> FactQuery:
    """The filter that an address asks for; what cannot be understood asks nothing."""
    chosen = {facet: tuple(dict.fromkeys(filter(None, parameters.getlist(facet))))[:_MOST_CHOSEN] for facet in FACETS}
    q, sort = _text(parameters, "q"), parameters.get("sort", "")
    return FactQuery(
        q=q,
        measure=_text(parameters, "measure"),
        chosen={facet: values for facet, values in chosen.items() if values},
        since=read_day(parameters.get("from", "")),
        until=read_day(parameters.get("to", "")),
        document_id=_text(parameters, "document"),
        # Where no words are looked for, it is the order anyhow.
        sort=sort if sort in SORTS and (q or sort != DEFAULT_SORT) else "",
    )


def read_page(parameters: Parameters) -> int:
    """The number of the page, from 1."""
    text = parameters.get("page", "1")
    return min(max(int(text), 1), _MOST_PAGES) if text.isdecimal() and len(text) < 10 else 1


def read_day(text: str) -> date | None:
    """A day as ``2025-06-03``; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _text(parameters: Parameters, name: str) -> str:
    return " ".join(parameters.get(name, "").replace("\x00", " ").split())[:_LONGEST_SEARCH]


def query_pairs(wanted: FactQuery) -> list[tuple[str, str]]:
    """The parameters that say this filter."""
    pairs = [("q", wanted.q), ("measure", wanted.measure), ("document", wanted.document_id)]
    pairs += [(facet, value) for facet, values in wanted.chosen.items() for value in values]
    pairs += [
        ("from", wanted.since.isoformat() if wanted.since else ""),
        ("to", wanted.until.isoformat() if wanted.until else ""),
    ]
    pairs.append(("sort", wanted.sort))
    return [(name, value) for name, value in pairs if value]


def link(path: str, wanted: FactQuery, *, page: int = 1, **others: str) -> str:
    """The address of a page with this filter."""
    pairs = query_pairs(wanted) + ([("page", str(page))] if page > 1 else []) + [pair for pair in others.items() if pair[1]]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def with_sort(wanted: FactQuery, sort: str) -> FactQuery:
    """The same facts in another order."""
    return _replace(wanted, sort=sort)


def without(wanted: FactQuery, name: str, value: str = "") -> FactQuery:
    """The filter without one value of a facet, or without a field."""
    if name in FACETS:
        left = {facet: tuple(v for v in values if (facet, v) != (name, value)) for facet, values in wanted.chosen.items()}
        return _replace(wanted, chosen={facet: values for facet, values in left.items() if values})
    fields: Mapping[str, object] = {"from": None, "to": None}
    key = {"from": "since", "to": "until", "document": "document_id"}.get(name, name)
    return _replace(wanted, **{key: fields.get(name, "")})


def active(wanted: FactQuery) -> Iterable[tuple[str, str]]:
    """What the filter asks, as name and value, in the order of the page."""
    return [(name, value) for name, value in query_pairs(wanted) if name != "sort"]


def _replace(wanted: FactQuery, **changes: object) -> FactQuery:
    return replace(wanted, **changes)  # type: ignore[arg-type]


def choice_words(facet: str, value: str) -> str:
    """What a value of a facet is called; NULL by what is missing.

    >>> choice_words("entity", "China"), choice_words("year", "~")
    ('China', 'no period')
    """
    return _UNSAID.get(facet, f"no {facet}") if value == NONE else value
