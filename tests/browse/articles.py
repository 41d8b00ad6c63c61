"""Articles annotated by hand, as extractions: what the pages show needs no model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.records import Article, Counts, Date, Entity, Extraction, Fact, Number, Reject, Sentence, SentenceKind, make_id
from pipeline.store import connect, load, start_run, update_run
from tests.conftest import stub_fact

#: Texts that would do something if a page took them for more than text.
HOSTILE_MARKUP = "<img src=x onerror=\"window.hacked='title'\">"
HOSTILE_SCRIPT = "<script>window.hacked='entity'</script>"
HOSTILE_FORMULA = '=HYPERLINK("http://127.0.0.1:1/","press")'
HOSTILE_TURN = "abc\u202edef\u202c"


def year(number: int) -> dict[str, date | str]:
    """The columns of a period of one year."""
    return {"period_start": date(number, 1, 1), "period_end": date(number, 12, 31), "period_relation": "in"}


def extraction(
    source: str,
    text: str,
    facts: list[tuple[str, dict[str, Any]]],
    *,
    dates: Sequence[tuple[str, dict[str, Any]]] = (),
    names: Sequence[tuple[str, str, str]] = (),
    unexplained: Sequence[str] = (),
    **about: Any,
) -> Extraction:
    """An article whose paragraphs are its sentences; each fact, date and name is the first place of its words in the text."""
    article = Article(source=source, text=text, **about)
    key = article.document_id
    sentences = []
    start = 0
    for ordinal, part in enumerate(text.split("\n\n")):
        kind: SentenceKind = "heading" if ordinal == 0 else "prose"
        sentence_id = make_id("sentence", key, start, start + len(part))
        sentences.append(
            Sentence(
                sentence_id=sentence_id,
                document_id=key,
                ordinal=ordinal,
                start_char=start,
                end_char=start + len(part),
                text=part,
                kind=kind,
            )
        )
        start += len(part) + 2

    def home(place: int) -> str:
        return next(s.sentence_id for s in sentences if s.start_char <= place < s.end_char)

    rows: list[Fact] = []
    for words, columns in facts:
        place = text.index(words)
        span = {}
        for part in ("measure", "entity"):
            value = columns.get(part)
            if value and value in text:
                span |= {f"{part}_start": text.index(value), f"{part}_end": text.index(value) + len(value)}
        rows.append(stub_fact(key, home(place), text, place, place + len(words), **{**span, **columns}))
    return Extraction(
        article=article,
        sentences=tuple(sentences),
        facts=tuple(rows),
        dates=tuple(_date(key, home(text.index(words)), text.index(words), words, columns) for words, columns in dates),
        entities=tuple(
            Entity(
                entity_id=make_id("entity", key, text.index(words), text.index(words) + len(words)),
                document_id=key,
                sentence_id=home(text.index(words)),
                text=words,
                start_char=text.index(words),
                end_char=text.index(words) + len(words),
                label=label,
                name=name,
                rule="by hand",
            )
            for words, label, name in names
        ),
        numbers=tuple(
            Number(
                number_id=make_id("number", key, text.index(words), text.index(words) + len(words)),
                document_id=key,
                sentence_id=home(text.index(words)),
                text=words,
                start_char=text.index(words),
                end_char=text.index(words) + len(words),
                disposition="unexplained",
                explained_by=None,
            )
            for words in unexplained
        ),
    )


def _date(key: str, sentence_id: str, place: int, words: str, columns: dict[str, Any]) -> Date:
    defaults: dict[str, Any] = {
        "date_kind": "interval",
        "start_date": None,
        "end_date": None,
        "duration": None,
        "precision": "year",
        "timex": words,
        "rule": "by hand",
    }
    return Date(
        date_id=make_id("date", key, place, place + len(words)),
        document_id=key,
        sentence_id=sentence_id,
        text=words,
        start_char=place,
        end_char=place + len(words),
        **{**defaults, **columns},
    )


TRADE = """Parcel exporters pass a round number

Exports of parcels reached 2.15 trillion yuan in 2024, 16.9% more than a year earlier, the Port Bureau said.

They had stood at 0.61 trillion yuan in 2018 and at 1.83 trillion yuan in 2023. Room 4417 was full.

The bureau expects more than 2.4 trillion yuan in 2025. Guangdong had 36.5% of exports in 2024."""

_LEVEL = {"measure": "Exports of parcels", "entity": "China", "unit": "CNY"}


def trade(source: str = "news/trade.txt", text: str = TRADE, **about: Any) -> Extraction:
    """An article about exports in several years, with a change, a share and a forecast."""
    facts: list[tuple[str, dict[str, Any]]] = [
        (
            "2.15 trillion yuan",
            _LEVEL
            | year(2024)
            | {
                "value": Decimal("2150000000000"),
                "value_low": Decimal("2145000000000"),
                "value_high": Decimal("2155000000000"),
                "attribution": "the Port Bureau",
                "confidence": 0.93,
                "rule": "money.worded; measure.subject",
            },
        ),
        (
            "16.9%",
            _LEVEL
            | year(2024)
            | {
                "kind": "percent",
                "value": Decimal("16.9"),
                "unit": "percent",
                "role": "change",
                "direction": "up",
                "basis_start": date(2023, 1, 1),
                "basis_end": date(2023, 12, 31),
                "confidence": 0.81,
            },
        ),
        ("0.61 trillion yuan", _LEVEL | year(2018) | {"value": Decimal("610000000000"), "confidence": 0.7}),
        ("1.83 trillion yuan", _LEVEL | year(2023) | {"value": Decimal("1830000000000")}),
        (
            "2.4 trillion yuan",
            _LEVEL
            | year(2025)
            | {
                "value": Decimal("2400000000000"),
                "value_low": Decimal("2400000000000"),
                "bound": "more_than",
                "status": "forecast",
                "attribution": "The bureau",
            },
        ),
        (
            "36.5%",
            year(2024)
            | {
                "kind": "percent",
                "value": Decimal("36.5"),
                "unit": "percent",
                "role": "share",
                "measure": "exports",
                "entity": "Guangdong",
                "share_of": "exports",
                "confidence": 0.45,
            },
        ),
    ]
    kept = [(words, columns) for words, columns in facts if words in text]
    about = {"title": text.split("\n", 1)[0], "publisher": "Quayside Wire", "published_at": datetime(2025, 1, 14)} | about
    return extraction(
        source,
        text,
        kept,
        dates=[("2024", {"start_date": date(2024, 1, 1), "end_date": date(2024, 12, 31)})],
        names=[("Guangdong", "GPE", "Guangdong")] if "Guangdong" in text else [],
        unexplained=["4417"] if "4417" in text else [],
        published_from="metadata",
        **about,
    )


def hostile() -> Extraction:
    """An article in which every text tries to be more than text."""
    text = (
        f"{HOSTILE_MARKUP}\n\n{HOSTILE_FORMULA} cost 77 dollars {HOSTILE_TURN} <b>bold</b> &amp; {HOSTILE_SCRIPT}.\n\n"
        "</p></article></body><script>window.hacked='text'</script> 88 apples"
    )
    return extraction(
        "news/<svg onload=alert(1)>'\"; DROP TABLE facts;--.txt",
        text,
        [
            (
                "77",
                {"measure": HOSTILE_FORMULA, "entity": HOSTILE_SCRIPT, "unit": "<i>USD</i>", "value": Decimal(77), **year(2024)},
            ),
            ("88", {"kind": "quantity", "measure": "@SUM(1)", "entity": HOSTILE_TURN, "unit": "apple", "attribution": "+1"}),
        ],
        names=[("dollars", "ORG", HOSTILE_MARKUP)],
        title=HOSTILE_MARKUP,
        publisher=f"+{HOSTILE_SCRIPT}",
        author="-2+3",
        published_at=datetime(2024, 5, 1),
    )


def make_desk(database: Path) -> None:
    """A database with a revised article, a copy, a hostile article, and two runs, one with rejects."""
    revised = TRADE.replace("0.61 trillion yuan in 2018 and at ", "").replace("2.15", "2.16")
    second = trade(text=revised, published_at=datetime(2025, 1, 16))
    moved = extraction(
        "news/trade.txt",
        revised,
        [
            (
                "2.16 trillion yuan",
                _LEVEL
                | year(2024)
                | {
                    "value": Decimal("2160000000000"),
                    "value_low": Decimal("2155000000000"),
                    "value_high": Decimal("2165000000000"),
                },
            )
        ],
    )
    second = Extraction(
        article=second.article,
        sentences=second.sentences,
        facts=(*moved.facts, *second.facts),
        dates=second.dates,
        entities=second.entities,
        numbers=second.numbers,
    )
    with connect(database) as con:
        start_run(con, run_id="run-1", model="none")
        load(
            con,
            [trade("archive/parcels.txt", published_at=datetime(2025, 2, 1)), trade(), hostile()],
            run_id="run-1",
            model="none",
        )
        reject = Reject(
            source="news/<b>empty</b>.txt", stage="read", error="ReadError", message="The file is empty. <i>Give</i> it a text."
        )
        load(con, [], run_id="run-1", rejects=[reject])
        update_run(con, run_id="run-1", counts=Counts(read=3, new=3, rejected=1, facts=14), state="completed")
        start_run(con, run_id="run-2", model="none")
        load(con, [second], run_id="run-2", model="none")
        update_run(con, run_id="run-2", counts=Counts(read=1, changed=1, facts=5), state="completed")
