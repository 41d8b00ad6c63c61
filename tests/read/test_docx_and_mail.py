"""Word files and mails become articles as pages do."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from pipeline.errors import ReadError
from pipeline.read.docx import read_docx
from pipeline.read.mail import read_mail
from pipeline.read.metadata import Metadata
from pipeline.records import Article

# ruff: noqa: E501
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def write_docx(body: str, *, prolog: str = "", **parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELATIONS)
        package.writestr("word/document.xml", f"{prolog}<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", content)
    return buffer.getvalue()


def read(data: bytes, reader: object = read_docx) -> Article:
    return reader(data, source="a", metadata=Metadata(), published_at=None, max_chars=100_000)  # type: ignore[operator, no-any-return]


def test_a_word_file() -> None:
    row = "<w:tr>" + "".join(f"<w:tc><w:p>{run(cell)}</w:p></w:tc>" for cell in ("{}", "{}", "{}")) + "</w:tr>"
    body = (
        f"<w:p>{run('Exports rise')}</w:p><w:p>{run('Exports rose ')}<w:ins>{run('5%')}</w:ins><w:del><w:r><w:delText>9%</w:delText>"
        f"</w:r></w:del>{run(' to 10')}<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>6</w:t></w:r>{run(' tonnes.')}</w:p>"
        f"<w:tbl>{row.format('Buyer', '2023', '2024')}{row.format('Kenya', '1', '2')}</w:tbl>"
    )
    core = (
        '<c:coreProperties xmlns:c="x" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
        "<dc:title>Trade</dc:title><t:created>2025-03-04T08:00:00Z</t:created></c:coreProperties>"
    )
    article = read(write_docx(body, docProps__core=core))
    assert article.text == "Exports rise\n\nExports rose 5% to 10⁶ tonnes.\n\nBuyer | 2023 | 2024\nKenya | 1 | 2"
    assert (article.title, article.published_at, article.published_from) == ("Trade", datetime(2025, 3, 4, 8, tzinfo=UTC), "file")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no Word file"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old .doc"),
        (write_docx("")[:200], "damaged"),
        (write_docx(""), "empty"),
        (write_docx("<w:p>"), "damaged"),
        (write_docx(run("&a;"), prolog='<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]>'), "attack"),
        (write_docx("", bomb="0" * 110_000_000), "bomb"),
    ],
)
def test_a_word_file_that_cannot_be_read(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read(data)


def mail(**parts: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = "Exports rise – by 5%", '"Harbor Daily" <news@example.org>'
    message["Date"] = "Tue, 04 Mar 2025 08:00:00 +0000"
    if "plain" in parts:
        message.set_content(parts["plain"])
    if "page" in parts:
        message.add_alternative(parts["page"], subtype="html")
    return message


def test_a_mail() -> None:
    prose = "Exports rose 5% – to €3bn – in March.\n" * 10
    article = read(mail(plain=prose, page="<p>Other").as_bytes(), read_mail)
    assert article.text == prose
    assert (article.title, article.author) == ("Exports rise – by 5%", "Harbor Daily")
    assert (article.published_at, article.published_from) == (datetime(2025, 3, 4, 8, tzinfo=UTC), "metadata")


def test_a_mail_in_html() -> None:
    page = (
        "<style>p{}</style><table><tr><td><h1>Exports</h1><p>Exports rose by 5%, to 10<sup>6</sup> tonnes.</p></td></tr></table>"
    )
    assert read(mail(plain="See the web version.", page=page).as_bytes(), read_mail).text == (
        "Exports\n\nExports rose by 5%, to 10⁶ tonnes."
    )


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"Subject: x\n\n", mail().as_bytes(), b"Subject: x\nContent-Type: multipart/mixed\n\n--"]
)
def test_a_mail_without_text(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"no mail|empty"):
        read(data, read_mail)
