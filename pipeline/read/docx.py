"""DOCX: mammoth turns it into simple HTML, accepted insertions and all, which is laid out as any page is."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from pipeline.errors import ReadError
from pipeline.read.html import parse_html, prepare_tree
from pipeline.read.metadata import Metadata
from pipeline.read.page_metadata import as_moment
from pipeline.read.text import Guess, make_article
from pipeline.records import Article

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MOST_UNPACKED_BYTES = 100_000_000
_MOST_PARTS = 5_000
_CORE = "docProps/core.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"


def read_docx(data: bytes, *, source: str, metadata: Metadata, published_at: datetime | None, max_chars: int) -> Article:
    """The article in a Word file. Raises ``ReadError`` for one that is damaged, locked, or unpacks to too much."""
    import mammoth

    from pipeline.read.render import render
    from pipeline.read.tables import normalize_tables

    core = _check_package(data)
    try:
        # Pictures are left out: they would be written into the page as text.
        page = mammoth.convert_to_html(io.BytesIO(data), convert_image=mammoth.images.img_element(lambda _: {"src": ""})).value
    except Exception as error:  # mammoth raises whatever a damaged part provokes
        raise ReadError(f"It is a damaged Word file ({type(error).__name__}). Open it in Word and save it again.") from error
    if not page.strip():
        raise ReadError("It is empty: there is no text to read.")
    tree = parse_html(f"<body>{page}</body>")
    prepare_tree(tree)
    normalize_tables(tree)
    made = as_moment(core.get("created"))
    return make_article(
        render(tree.find("body")),
        source=source,
        metadata=metadata,
        published_at=published_at,
        max_chars=max_chars,
        media_type=DOCX,
        own=Metadata(title=core.get("title")),
        guess=Guess(made, "file") if made else None,
    )


def _check_package(data: bytes) -> dict[str, str]:
    """The title and date of creation that the file names. Raises ``ReadError`` where it is no Word file, or a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            size = sum(part.file_size for part in parts)
            if size > _MOST_UNPACKED_BYTES or len(parts) > _MOST_PARTS:
                raise ReadError(
                    f"It unpacks to {size:,} bytes in {len(parts):,} parts: it is a bomb, or all pictures. Save its text."
                )
            if "word/document.xml" not in package.namelist():
                raise ReadError("It is a zip file, but no Word file. Unpack it, and name what is in it.")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.read(part)[:2_000_000]:
                    raise ReadError("It declares entities of its own, which no Word file does: it is an attack. Leave it out.")
            return _core(package.read(_CORE)) if _CORE in package.namelist() else {}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, OSError) as error:
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise ReadError("It is an old .doc file, or locked with a password. Save it as .docx without one.") from error
        raise ReadError(f"It is no Word file, or a damaged one ({error}). Open it in Word and save it again.") from error


def _core(data: bytes) -> dict[str, str]:
    from lxml import etree

    try:
        tree: Any = etree.fromstring(data, parser=etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except etree.XMLSyntaxError:
        return {}
    if tree is None:
        return {}
    found = {"title": tree.findtext(f"{_DC}title"), "created": tree.findtext(f"{_TERMS}created")}
    return {name: " ".join(value.split())[:500] for name, value in found.items() if value and value.strip()}
