"""The format of bytes without a name (standard input, an answer from the web), as their beginning shows it."""

from __future__ import annotations

import re

from pipeline.read.formats import Format, require_format

_HEAD_BYTES = 2_000
#: What the bytes begin with, white space and a byte order mark aside → a name of that format. The first that fits counts.
_BEGINNINGS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\{"), "a.jsonl"),
    (re.compile(rb"%PDF-"), "a.pdf"),
    (re.compile(rb"PK\x03\x04"), "a.docx"),
    (
        re.compile(
            rb"(?:<\?xml\b[^>]{0,200}>)?(?:\s|<!--.{0,400}?-->|<\?.{0,200}?\?>){0,20}<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b",
            re.S,
        ),
        "a.rss",
    ),
    (re.compile(rb"PAR1"), "a.parquet"),
    (re.compile(rb"<(?:!doctype\s{1,20}html|html|head|body|article)\b", re.IGNORECASE), "a.html"),
    (
        re.compile(rb"<\?xml\b[^>]{0,200}>\s{0,20}(?:<!--.{0,400}?-->\s{0,20})?<(?:!doctype\s{1,20}html|html)\b", re.I | re.S),
        "a.html",
    ),
)
_MEDIA_TYPES = {
    "text/html": "a.html",
    "application/xhtml+xml": "a.html",
    "text/markdown": "a.md",
    "application/x-ndjson": "a.jsonl",
    "application/jsonl": "a.jsonl",
    "text/csv": "a.csv",
    "application/rss+xml": "a.rss",
    "application/atom+xml": "a.rss",
    "message/rfc822": "a.eml",
    "application/pdf": "a.pdf",
}


def sniff(data: bytes, *, media_type: str | None = None) -> Format:
    """The format of ``data``: by its first bytes, else by the media type that came with it, else plain text."""
    head = data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    for beginning, name in _BEGINNINGS:
        if beginning.match(head):
            return require_format(name)
    return require_format(_MEDIA_TYPES.get((media_type or "").partition(";")[0].strip().lower(), "a.txt"))
