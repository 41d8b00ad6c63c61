"""What a page says of its own publication, in the head and in JSON-LD: title, author, publisher, date of publication.

Only a date that the page declares as the one of publication counts here; a date of modification never does. Names of
fields come from schema.org, Open Graph, Dublin Core, Highwire Press and what news systems add to them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pipeline.errors import MetadataError
from pipeline.read.metadata import Metadata, parse_moment

#: Names of ``meta`` elements (``property``, ``name`` or ``itemprop``), the most precise first.
_DATES = (
    "article:published_time og:article:published_time og:published_time datepublished parsely-pub-date sailthru.date "
    "cxenseparse:recs:publishtime article.published published_time publication_date publishdate publish-date publish_date "
    "pubdate citation_publication_date citation_online_date dcterms.issued dc.date.issued dcterms.date dc.date citation_date "
    "dcterms.created dc.date.created release_date datecreated date"
)
_DATE_NAMES = tuple(_DATES.split())
_TITLE_NAMES = ("og:title", "citation_title", "headline", "dc.title", "dcterms.title", "twitter:title", "title")
_PUBLISHER_NAMES = ("og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher", "publisher", "application-name")
_AUTHOR_NAMES = ("author", "article:author", "citation_author", "dc.creator", "dcterms.creator", "byl", "parsely-author")
_LONGEST_META = 1000
_LONGEST_JSON = 500_000
_MOST_NODES = 5_000
#: Kinds of JSON-LD things that are an article, in lower case; others with a date (a video, a comment) are passed over.
_ARTICLE_TYPES = ("article", "posting", "report", "webpage", "creativework", "pressrelease", "dataset")


def read_page_metadata(tree: Any) -> Metadata:
    """The fields that ``tree``, an lxml HTML document, declares of itself; None for those it does not."""
    meta = _meta_fields(tree)
    linked = _linked_fields(tree)
    return Metadata(
        title=_first(meta, _TITLE_NAMES) or linked.title,
        publisher=_first(meta, _PUBLISHER_NAMES) or linked.publisher,
        author=linked.author or _person(_first(meta, _AUTHOR_NAMES)),
        published_at=_first_moment(meta) or linked.published_at or _marked_moment(tree),
    )


def _meta_fields(tree: Any) -> dict[str, str]:
    fields: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        if not 0 < len(content) <= _LONGEST_META:
            continue
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name:
                fields.setdefault(name, content)
    return fields


def _first(fields: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((" ".join(fields[name].split()) for name in names if name in fields), None)


def _person(name: str | None) -> str | None:
    """A name, not the address of a profile."""
    return name if name and "://" not in name and "@" not in name else None


def _first_moment(fields: Mapping[str, str]) -> datetime | None:
    moments = (as_moment(fields[name]) for name in _DATE_NAMES if name in fields)
    return next((moment for moment in moments if moment is not None), None)


def as_moment(value: object) -> datetime | None:
    """The moment that a field of a page or feed names, or None: a field that is wrong is no error here.

    >>> as_moment("2025-03-04T08:30:00Z"), as_moment("yesterday")
    (datetime.datetime(2025, 3, 4, 8, 30, tzinfo=datetime.timezone.utc), None)
    """
    if not isinstance(value, str):
        return None
    try:
        return parse_moment(value)
    except MetadataError:
        return None


def _marked_moment(tree: Any) -> datetime | None:
    """The moment of an element that is marked up as the date of publication."""
    for element in tree.iter("time", "span", "abbr", "div", "p"):
        if (element.get("itemprop") or "").lower() == "datepublished" or element.get("pubdate") is not None:
            moment = as_moment(element.get("datetime") or element.get("content") or element.get("title") or element.text)
            if moment:
                return moment
    return None


def _linked_fields(tree: Any) -> Metadata:
    """The fields of the first article in the JSON-LD of the page."""
    found = Metadata()
    for node in _linked_nodes(tree):
        types = node.get("@type")
        names = [str(name).lower() for name in (types if isinstance(types, list) else [types])]
        if not any(kind in name for name in names for kind in _ARTICLE_TYPES):
            continue
        found = replace(
            found,
            title=found.title or _text(node.get("headline")),
            publisher=found.publisher or _names(node.get("publisher")),
            author=found.author or _person(_names(node.get("author"))),
            published_at=found.published_at or as_moment(node.get("datePublished")) or as_moment(node.get("dateCreated")),
        )
    return found


def _linked_nodes(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "").lower() or len(text) > _LONGEST_JSON:
            continue
        try:
            waiting: list[Any] = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MOST_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting.extend(node)
            elif isinstance(node, dict):
                yield node
                waiting.extend(node[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in node)


def _names(value: object) -> str | None:
    """The names in a field that holds a name, a thing with a name, or a list of these, joined by ``; ``."""
    values = value if isinstance(value, list) else [value]
    names = [_text(item.get("name") if isinstance(item, dict) else item) for item in values[:10]]
    return "; ".join(dict.fromkeys(name for name in names if name)) or None


def _text(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return " ".join(value.split())[:_LONGEST_META] or None if isinstance(value, str) else None
