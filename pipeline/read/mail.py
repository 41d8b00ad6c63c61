"""Mail (``.eml``): the text of a message, with its subject, sender and date."""

from __future__ import annotations

import re
from datetime import datetime
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr

from pipeline.errors import ReadError
from pipeline.read.decode import decode
from pipeline.read.html import decode_page, parse_html, prepare_tree
from pipeline.read.metadata import Metadata
from pipeline.read.page_metadata import as_moment
from pipeline.read.text import make_article
from pipeline.records import Article

MAIL = "message/rfc822"
_HEADER = re.compile(rb"^[A-Za-z-]{2,40}:", re.MULTILINE)
_FEW_CHARS = 200


def read_mail(data: bytes, *, source: str, metadata: Metadata, published_at: datetime | None, max_chars: int) -> Article:
    """The article in a message: its plain text, or its HTML where that says more. Raises ``ReadError`` where there is none."""
    if not _HEADER.search(data[:4_000]):
        raise ReadError("It is no mail: it begins with no header such as Subject: or From:. Give it the suffix of its format.")
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        text = _body(message)
        subject, sender, date = (str(message.get(name, "")) for name in ("Subject", "From", "Date"))
    except (LookupError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise ReadError(f"It is a damaged mail ({type(error).__name__}). Export it again, or save its text.") from error
    if not text.strip():
        raise ReadError(
            "It is empty: the mail has no text of its own. If the article is attached, save the attachment and name that."
        )
    name, address = parseaddr(sender)
    return make_article(
        text,
        source=source,
        metadata=metadata,
        published_at=published_at,
        max_chars=max_chars,
        media_type=MAIL,
        own=Metadata(title=_plain(subject), author=_plain(name or address), published_at=as_moment(date)),
    )


def _body(message: EmailMessage) -> str:
    plain, page = (message.get_body(preferencelist=(kind,)) for kind in ("plain", "html"))
    text = decode(_payload(plain)).replace("\r\n", "\n") if plain else ""
    if page is not None and len(text.strip()) < _FEW_CHARS:
        from pipeline.read.render import render
        from pipeline.read.tables import normalize_tables

        tree = parse_html(decode_page(_payload(page), charset=page.get_content_charset()))
        prepare_tree(tree)
        normalize_tables(tree)
        body = tree.find("body")
        text = max(text, render(body) if body is not None else "", key=len)
    return text


def _payload(part: MIMEPart) -> bytes:
    """The bytes of a part; those that say a charset which is none are left to be guessed."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = (part.get_content_charset() or "").lower()
    try:
        return data.decode(charset).encode() if charset not in ("", "us-ascii", "utf-8", "unknown-8bit") else data
    except (LookupError, UnicodeError):
        return data


def _plain(value: str) -> str | None:
    return " ".join("".join(char for char in value if char.isprintable() or char.isspace()).split())[:500] or None
