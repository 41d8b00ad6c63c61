"""Made-up articles with known facts, as many as one asks for: the same number always gives the same article.

Sentences are filled in from word lists that are wide enough that two articles have hardly four words in a row in common, as
unrelated news stories do; otherwise each would be looked at as a copy of the others.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from pipeline.figures_only import extract_figures
from pipeline.records import Article, Extraction, Fact, Kind, Role

_ADJECTIVES = """
quiet brisk uneven steady regional seasonal coastal inland wholesale retail rural urban foreign domestic northern southern
eastern western private public small large early late broad narrow costly cheap modern older mixed plain direct
""".split()
_TRADES = """
copper timber cotton barley tourism freight parcel cement steel rubber salmon coffee cocoa textile furniture battery ceramics
insurance mortgage pension broadband shipping railway aviation dairy poultry fertilizer glass paper solar wind gas nickel zinc
lithium wool sugar tea rice wheat maize citrus olive wine beer toy footwear jewelry software chip phone bicycle tractor
""".split()
_METRICS = "revenue output exports imports sales orders spending lending turnover investment".split()
_COUNTED = "workers stores vessels tourists farms branches trucks households factories patients".split()
_HEADS = "Kel Mar Tor Ven Sal Bren Dor Fal Gren Hal Jor Lun Nor Ost Pell Quin Ros Stan Tam Ulm Vask Wex Yar Zell".split()
_TAILS = "mouth stead ford holm vik burg dale wick more land haven field port gate bridge".split()
_VERBS = "noted argued warned recalled insisted explained hinted suggested".split()
_FILLERS = """
managers buyers brokers unions growers lenders shippers planners engineers clerks pilots grocers nurses teachers drivers
contracts ledgers harbors orchards depots kilns looms silos piers canals tolls levies permits audits leases rebates tariffs
weather fashion credit storage packaging staffing zoning pricing lighting heating mapping training auctions surveys ferries
""".split()
#: Rows of ``known`` that an article holds.
FACTS_AN_ARTICLE = 4


@dataclass(frozen=True, slots=True)
class Known:
    """What one figure of a made-up article says. ``text`` stands in it once."""

    text: str
    kind: Kind
    value: Decimal
    unit: str
    measure: str
    entity: str
    year: int
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUp:
    """An article and the facts that it was made from."""

    article: Article
    known: tuple[Known, ...]


def make_up(number: int) -> MadeUp:
    """The article of this number.

    >>> len(make_up(7).known) == FACTS_AN_ARTICLE and make_up(7) == make_up(7)
    True
    """
    pick = random.Random(number)
    place = pick.choice(_HEADS) + pick.choice(_TAILS)
    firm = f"{pick.choice(_HEADS)}{pick.choice(_TAILS)} {pick.choice(_TRADES).title()}"
    trade, metric, year = f"{pick.choice(_ADJECTIVES)} {pick.choice(_TRADES)}", pick.choice(_METRICS), pick.randint(2005, 2024)
    amount, rate = Decimal(pick.randint(1_001, 99_999)) / 1000, Decimal(pick.randint(11, 489)) / 10
    count, share = pick.randint(1_001, 999_999), Decimal(pick.randint(501, 949)) / 10
    counted = pick.choice(_COUNTED)
    rise = pick.choice(("rose", "fell"))
    texts = (f"${amount} billion", f"{rate}%", f"{count:,}", f"{share} percent")
    measure = f"{trade} {metric}"
    lines = (
        f"{_filler(pick)} The {measure} of {place} {rise} {texts[1]} to {texts[0]} in {year}.",
        f"{_filler(pick)} {firm} employed {texts[2]} {counted} in {place} in {year}. {_filler(pick)}",
        f"{pick.choice(_FILLERS).title()} made up {texts[3]} of the {trade} trade of {place} in {year}. {_filler(pick)}",
    )
    title = f"{place} counts its {trade} {pick.choice(_FILLERS)}"
    known = (
        Known(texts[0], "money", amount * 10**9, "USD", measure, place, year, "level"),
        Known(texts[1], "percent", rate, "percent", measure, place, year, "change"),
        Known(texts[2], "quantity", Decimal(count), _singular(counted), counted, firm, year, "level"),
        Known(texts[3], "percent", share, "percent", lines[2].split()[0], place, year, "share"),
    )
    article = Article(
        source=f"made-up/{number:07d}.txt",
        text=f"{title}\n\n" + "\n\n".join(lines) + "\n",
        title=title,
        publisher=f"{pick.choice(_HEADS)} Courier",
        language="en",
        published_at=datetime(year, 12, pick.randint(1, 28)),
        published_from="metadata",
    )
    return MadeUp(article=article, known=known)


def _filler(pick: random.Random) -> str:
    """A sentence or two without a figure."""
    a, b, c, d, e = (pick.choice(_FILLERS) for _ in range(5))
    name = pick.choice(_HEADS) + pick.choice(_TAILS)
    opening = f"{pick.choice(_ADJECTIVES).title()} {a} and {b} troubled {c} near {name},"
    return f"{opening} {pick.choice(_FILLERS)} {pick.choice(_VERBS)}, while {d} gave {pick.choice(_ADJECTIVES)} {e} some relief."


def _singular(noun: str) -> str:
    return {"factories": "factory", "branches": "branch"}.get(noun, noun.removesuffix("s"))


def extraction_of(made: MadeUp) -> Extraction:
    """The rows of a made-up article as a perfect reader would give them: its figures as read, with the known meanings."""
    extraction = extract_figures(made.article)
    known = {row.text: row for row in made.known}
    facts = tuple(_with_meaning(fact, known.get(fact.text), made.article.text) for fact in extraction.facts)
    return replace(extraction, facts=facts)


def _with_meaning(fact: Fact, row: Known | None, text: str) -> Fact:
    if row is None:
        return fact
    at = text.find(row.measure)
    return replace(
        fact,
        measure=row.measure,
        measure_start=at,
        measure_end=at + len(row.measure),
        entity=row.entity,
        period_start=date(row.year, 1, 1),
        period_end=date(row.year, 12, 31),
        period_relation="in",
        role=row.role,
        confidence=0.9,
    )


def make_up_many(count: int, *, first: int = 0) -> Iterator[MadeUp]:
    """``count`` made-up articles, from number ``first`` on."""
    return (make_up(number) for number in range(first, first + count))
