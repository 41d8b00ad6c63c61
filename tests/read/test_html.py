"""Pages become the text of their article; what they say of their publication is kept, and a guess is named a guess."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.errors import ReadError
from pipeline.language.blocks import read_blocks
from pipeline.read.html import decode_page, parse_html, prepare_tree, read_html
from pipeline.read.metadata import Metadata
from pipeline.read.page_metadata import read_page_metadata
from pipeline.read.render import render
from pipeline.read.tables import normalize_tables
from pipeline.records import Article

PROSE = (
    "Exports rose 5% to $3.2 billion in February, the customs office of Port Meridian said on Tuesday. It was the third "
    "monthly rise in a row, and the largest since 2021, and officials expect another one in March."
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Exports rise 5% | Harbor Daily</title>
<meta property="og:site_name" content="Harbor Daily"><meta name="author" content="Jane Doe">
<meta property="article:published_time" content="2025-03-04T08:30:00Z">
<meta property="article:modified_time" content="2025-05-01">
<script>var fake = "exports fell 99%";</script><style>p {{ width: 98% }}</style></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/m">Markets 24</a></li></ul></nav></header>
<main><article><h1>Exports rise 5%</h1><p class="byline">By Jane Doe</p><p>{PROSE}</p>
<h2>Who bought</h2>
<p>Sales to <a href="/x">Vietnam</a> grew by <b>12%</b>.<sup>1</sup> Some 10<sup>6</sup> m<sup>2</sup> were built.</p>
<ul><li>Machines: up 4%</li><li>Toys: down 2%</li></ul>
<table><caption>Exports, $ million</caption><thead><tr><th rowspan="2">Buyer</th><th colspan="2">Exports</th></tr>
<tr><th>2023</th><th>2024</th></tr></thead><tbody><tr><td>Vietnam</td><td>120</td><td>134</td></tr>
<tr><td>Kenya</td><td></td><td>12</td></tr></tbody></table>
<p>The office will publish its next figures in April, after a review of its method for counting small parcels.</p>
</article></main>
<aside><h3>Related</h3><p><a href="/r">Imports fall 9%</a></p></aside>
<footer>© 2026 Harbor Daily. All rights reserved. Call 555 0100.</footer></body></html>"""


def read_page(page: str | bytes, **given: object) -> Article:
    options: dict[str, object] = {"source": "a.html", "metadata": Metadata(), "published_at": None, "max_chars": 100_000}
    return read_html(page.encode() if isinstance(page, str) else page, **{**options, **given})  # type: ignore[arg-type]


def rendered(body: str) -> str:
    tree = parse_html(f"<body>{body}</body>")
    prepare_tree(tree)
    normalize_tables(tree)
    return render(tree.find("body"))


def test_a_page_becomes_its_article() -> None:
    article = read_page(PAGE)
    assert article.text == (
        f"Exports rise 5%\n\n{PROSE}\n\nWho bought\n\n"
        "Sales to Vietnam grew by 12%.¹ Some 10⁶ m² were built.\n\n"
        "• Machines: up 4%\n• Toys: down 2%\n\n"
        "Exports, $ million\n\n"
        "Buyer | Exports 2023 | Exports 2024\nVietnam | 120 | 134\nKenya |  | 12\n\n"
        "The office will publish its next figures in April, after a review of its method for counting small parcels."
    )
    assert (article.title, article.author, article.publisher) == ("Exports rise 5%", "Jane Doe", "Harbor Daily")
    assert (article.published_at, article.published_from) == (datetime(2025, 3, 4, 8, 30, tzinfo=UTC), "metadata")
    assert (article.language, article.media_type) == ("en", "text/html")


def test_its_rows_and_items_are_seen_as_such() -> None:
    text = read_page(PAGE).text
    kinds = {text[block.start_char : block.end_char]: block.kind for block in read_blocks(text)}
    assert kinds["Vietnam | 120 | 134"] == kinds["Buyer | Exports 2023 | Exports 2024"] == "table_row"
    assert kinds["• Toys: down 2%"] == "list_item"
    assert kinds["Who bought"] == "heading"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>a</p>\n  <p>b\n c</p>", "a\n\nb c"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
        ("<p>a<span>b</span><i> c</i></p>", "ab c"),
        ("<p>5\u00a0million</p>", "5\u00a0million"),
        ("<ul><li><p>a</p><p>b</p></li><li>c<ul><li>d</li></ul></li></ul>e", "• a\n\nb\n\n• c\n• d\n\ne"),
        ("<p>a<!-- hidden --><script>x</script>b<style>y</style></p>", "ab"),
        ("<pre>a\n b</pre>", "a\nb"),
        ("x<sup>2</sup> y<sup>[3]</sup> 21<sup>st</sup> CO<sub>2</sub>", "x² y³ 21st CO2"),
        # two columns: outer bars, so that a byline with a bar is no row
        (
            "<table><tr><th>Year</th><th>Value</th></tr><tr><td>2023</td><td>4.5</td></tr></table>",
            "| Year | Value |\n| 2023 | 4.5 |",
        ),
        # a group row, a cell with a bar, an empty column
        (
            "<table><tr><td>A</td><td></td><td>1</td><td>2</td></tr><tr><td colspan=4>Group</td></tr>"
            "<tr><td>b|c</td><td></td><td>3</td><td>4</td></tr></table>",
            "A | 1 | 2\nGroup |  |\nb/c | 3 | 4",
        ),
        (
            "<table><tr><td rowspan=2>2024</td><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>",
            "2024 | a | 1\n2024 | b | 2",
        ),
        # layout, not data
        ("<table><tr><td>left</td><td>right</td></tr></table>", "left\n\nright"),
        (
            f"<table><tr><td>{'word ' * 100}</td><td>x</td></tr><tr><td>y</td><td>z</td></tr></table>",
            f"{('word ' * 100).strip()}\n\nx\n\ny\n\nz",
        ),
        ("<table role=presentation><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a\n\nb\n\nc\n\nd"),
        ("<table><tr><td>a</td></tr><tr><td><table><tr><td>b</td></tr></table></td></tr></table>", "a\n\nb"),
        ("<table><tr><td colspan=99999999>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>", "| a | 1 |\n| b | 2 |"),
    ],
)
def test_how_a_tree_reads_as_text(body: str, text: str) -> None:
    assert rendered(body) == text


@pytest.mark.parametrize(
    ("head", "moment"),
    [
        ('<meta itemprop="datePublished" content="2025-03-04">', datetime(2025, 3, 4)),
        ('<meta name="DC.date.issued" content="2025-03-04">', datetime(2025, 3, 4)),
        ('<meta name="citation_publication_date" content="2025/03/04">', datetime(2025, 3, 4)),
        ('<meta name="pubdate" content="Tue, 04 Mar 2025 08:00:00 GMT">', datetime(2025, 3, 4, 8, tzinfo=UTC)),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-03-04"}</script>',
         datetime(2025, 3, 4)),
        ('<script type="application/ld+json">{"@graph": [{"@type": "VideoObject", "datePublished": "2020-01-01"}, '
         '{"@type": ["Report"], "datePublished": "2025-03-04"}]}</script>', datetime(2025, 3, 4)),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": </script>', None),
        ('<meta property="article:modified_time" content="2025-03-04">', None),
        ('<meta name="date" content="soon">', None),
        ('<meta name="date" content="0001-01-01">', None),
    ],
)  # fmt: skip
def test_the_date_of_publication_that_a_page_declares(head: str, moment: datetime | None) -> None:
    assert read_page_metadata(parse_html(f"<head>{head}</head><body>x</body>")).published_at == moment


def test_a_linked_article_names_its_authors_and_publisher() -> None:
    linked = '{"@type":"NewsArticle","headline":"A  b","author":[{"name":"Ana"},"Bo"],"publisher":{"name":"Wire"}}'
    found = read_page_metadata(parse_html(f'<head><script type="application/ld+json">{linked}</script></head><body>x'))
    assert (found.title, found.author, found.publisher) == ("A b", "Ana; Bo", "Wire")


def test_a_date_that_only_the_page_shows_is_named_a_guess() -> None:
    page = f'<html><body><article><h1>Exports rise</h1><time datetime="2025-03-04">March 4</time><p>{PROSE}</p></article></body>'
    article = read_page(page)
    assert (article.published_at, article.published_from) == (datetime(2025, 3, 4), "text")
    bare = read_page(f"<html><body><article><p>{PROSE}</p></article><footer>© 2026 Harbor</footer></body></html>")
    assert (bare.published_at, bare.published_from) == (None, None)


def test_a_sidecar_is_above_the_page() -> None:
    article = read_page(PAGE, metadata=Metadata(title="T", published_at=datetime(2020, 1, 1), language="fr"))
    assert (article.title, article.published_at, article.language) == ("T", datetime(2020, 1, 1), "fr")
    assert article.publisher == "Harbor Daily"


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        (b"\xef\xbb\xbf<p>5\xc2\xa0%", None, "<p>5\u00a0%"),
        ('<meta charset="gb2312"><p>出口增长'.encode("gb18030"), None, '<meta charset="gb2312"><p>出口增长'),
        (b'<meta charset="iso-8859-1"><p>\x80 5', None, '<meta charset="iso-8859-1"><p>€ 5'),
        ("<p>出口增长".encode("gb18030"), "GBK", "<p>出口增长"),
        ("<p>\u00a35".encode("utf-16"), None, "<p>\u00a35"),
        (b'<meta charset="no-such"><p>caf\xe9 price rose by five', None, '<meta charset="no-such"><p>café price rose by five'),
        ('<meta charset="iso-8859-1"><p>€ 5'.encode(), None, '<meta charset="iso-8859-1"><p>€ 5'),
    ],
)
def test_the_encoding_of_a_page(data: bytes, charset: str | None, text: str) -> None:
    assert decode_page(data, charset=charset) == text


@pytest.mark.parametrize("page", ["", "<html></html>", "<html><body><script>load()</script><div id=root></div></body></html>"])
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(ReadError, match=r"empty|No article"):
        read_page(page)


def test_a_page_that_is_built_to_break_readers_is_read_or_refused() -> None:
    deep = "<div>" * 50_000 + f"<p>{PROSE}</p>"
    wide = "<p>1</p>" * 300_000
    for page in (deep, wide, "<table><tr>" + "<td rowspan=1000 colspan=1000>1" * 500, "<" * 100_000, "<a " * 50_000):
        with suppress(ReadError):
            assert read_page(page).text


def test_the_parts_of_a_saved_page_are_passed_over(in_folder: Path) -> None:
    from pipeline.read import read

    for name in ("news/a.html", "news/a_files/frame.html", "news/b_files/c.html"):
        (in_folder / name).parent.mkdir(parents=True, exist_ok=True)
        (in_folder / name).write_text(PAGE)
    assert [article.source for article in read("news")] == ["news/a.html", "news/b_files/c.html"]
