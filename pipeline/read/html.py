"""HTML: the article's text without the furniture of the page, and what the page says of its publication."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from pipeline.errors import ReadError
from pipeline.read.decode import decode
from pipeline.read.metadata import Metadata
from pipeline.read.page_metadata import as_moment, read_page_metadata
from pipeline.read.text import Guess, make_article
from pipeline.records import Article

HTML = "text/html"
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_HEAD_BYTES = 4096
#: An article of fewer characters is a sign that too much was taken for furniture: the page is read again, less strictly.
_FEW_CHARS = 300
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_RAISABLE = re.compile(r"[\[(]?([\d+−n,–-]{1,8})[\])]?")
#: More elements than this are no article, and reading them takes minutes.
_MOST_ELEMENTS = 200_000
_SPACE = re.compile(r"\s+")


def read_html(
    data: bytes,
    *,
    source: str,
    metadata: Metadata,
    published_at: datetime | None,
    max_chars: int,
    charset: str | None = None,
    media_type: str = HTML,
) -> Article:
    """The article in a page. ``charset`` is what came with it from the web. Raises ``ReadError`` where there is none."""
    tree = parse_html(decode_page(data, charset=charset))
    own = read_page_metadata(tree)
    text, guess = _article_text(tree)
    if not text:
        raise ReadError(
            "No article was found in the page: it is a list of links, or its text is loaded by a script. "
            "Save the page from a browser once it is shown in full, or copy its text."
        )
    return make_article(
        text, source=source, metadata=metadata, published_at=published_at, max_chars=max_chars, media_type=media_type,
        own=own, guess=Guess(guess, "text") if guess else None,
    )  # fmt: skip


def decode_page(data: bytes, *, charset: str | None = None) -> str:
    """The text of a page: by its mark, as UTF-8, by what the web or the page declares, else by the likeliest encoding."""
    try:
        return data.decode("utf-8-sig") if b"\0" not in data[:_HEAD_BYTES] else decode(data)
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:_HEAD_BYTES])
    for name in (charset, declared[1].decode("ascii") if declared else None):
        # A page that says Latin-1 means Windows-1252, and one that says GB2312 its superset: so browsers read them.
        codec = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin1": "cp1252"}.get(
            (name or "").lower(), name
        )
        try:
            if codec and codec.lower().replace("-", "") not in ("utf8", "utf16", "utf7"):
                return data.decode(codec)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return decode(data)


def parse_html(text: str) -> Any:
    """The tree of a page; entities are never expanded and nothing is loaded. Raises ``ReadError`` where there is none."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = lxml_html.document_fromstring(text.replace("\0", "").encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("It is empty: the page holds no text.") from error
    count = sum(1 for _ in tree.iter())
    if count > _MOST_ELEMENTS:
        raise ReadError(f"The page has {count:,} elements; at most {_MOST_ELEMENTS:,} are read. Split it, or save its text.")
    return tree


def _article_text(tree: Any) -> tuple[str, datetime | None]:
    """The text of the article in the page, and the date of publication that its looks suggest."""
    from pipeline.read.render import render
    from pipeline.read.tables import normalize_tables

    prepare_tree(tree)
    normalize_tables(tree)
    strict, date, title = _extract(tree, favor_precision=True)
    text = render(strict) if strict is not None else ""
    if len(text) < _FEW_CHARS:
        loose, date, title = _extract(tree, favor_precision=False)
        text = max(text, render(loose) if loose is not None else "", key=len)
    return _with_headline(text, tree, title), as_moment(date)


def _extract(tree: Any, *, favor_precision: bool) -> tuple[Any, str | None, str | None]:
    """The body that trafilatura finds, the date it guesses, and the title."""
    import trafilatura

    found = trafilatura.bare_extraction(
        tree,
        favor_precision=favor_precision,
        include_comments=False,
        include_formatting=False,
        with_metadata=True,
        # An extensive search takes the year of a copyright line for the date of publication.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or isinstance(found, dict):
        return None, None, None
    return found.body, found.date, found.title


def prepare_tree(tree: Any) -> None:
    """Digits that are raised become superscripts, so that ``10<sup>6</sup>`` and ``5%<sup>2</sup>`` never read as one numeral."""
    for element in list(tree.iter("sup")):
        raised = _RAISABLE.fullmatch("".join(element.itertext()).strip())
        if raised:
            for child in list(element):
                element.remove(child)
            element.text = raised[1].translate(_RAISED)


def _with_headline(text: str, tree: Any, title: str | None) -> str:
    """The text below its headline, where the headline stands on the page but was left out of the article."""
    if not text:
        return text
    headlines = [_SPACE.sub(" ", "".join(element.itertext())).strip() for element in tree.iter("h1")]
    known = _SPACE.sub(" ", title or "").strip()
    headline = next((line for line in headlines if line and known and (line in known or known in line)), None)
    if headline is None or len(headline) > 300 or headline in text[: len(headline) + 500]:
        return text
    return f"{headline}\n\n{text}"
