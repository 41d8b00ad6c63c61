"""Mentions → rows: what both extractors do alike, with a model (``pipeline.extract``) and without (``pipeline.figures_only``)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pipeline.language.sentences import SentenceSpan
from pipeline.mentions import DateMention, FigureMention, NameMention, NumeralAccount
from pipeline.records import Article, Date, Entity, Number, Sentence, make_id

#: The unit of a count of which neither grammar nor words say what it counts.
UNNAMED_UNIT = "unit"

#: Offset → the ``sentence_id`` of the sentence that it belongs to.
Home = Callable[[int], str]


def sentence_rows(article: Article, document_id: str, spans: Sequence[SentenceSpan]) -> tuple[Sentence, ...]:
    """The rows of the sentences of an article, in order."""
    text = article.text
    return tuple(
        Sentence(
            sentence_id=make_id("sentence", document_id, s.start_char, s.end_char),
            document_id=document_id,
            ordinal=ordinal,
            start_char=s.start_char,
            end_char=s.end_char,
            text=text[s.start_char : s.end_char],
            kind=s.kind,
        )
        for ordinal, s in enumerate(spans)
    )


def find_home(spans: Sequence[SentenceSpan], rows: Sequence[Sentence]) -> Home:
    """Which sentence an offset belongs to; a list mark, which lies in none, belongs to the sentence behind it."""
    starts = [s.start_char for s in spans]

    def home(offset: int) -> str:
        index = bisect_right(starts, offset) - 1
        if index < 0 or (offset >= spans[index].end_char and index + 1 < len(spans)):
            index += 1
        return rows[index].sentence_id

    return home


def fact_key(document_id: str, figure: FigureMention) -> str:
    """The ``fact_id`` of a figure."""
    return make_id("fact", document_id, figure.kind, figure.start_char, figure.end_char)


def date_row(document_id: str, mention: DateMention, sentence_id: str) -> Date:
    """The row of a time expression."""
    return Date(
        date_id=make_id("date", document_id, mention.date_kind, mention.start_char, mention.end_char),
        document_id=document_id,
        sentence_id=sentence_id,
        text=mention.text,
        start_char=mention.start_char,
        end_char=mention.end_char,
        date_kind=mention.date_kind,
        start_date=mention.start_date,
        end_date=mention.end_date,
        duration=mention.duration,
        precision=mention.precision,
        timex=mention.timex,
        rule=mention.rule,
    )


def entity_row(document_id: str, mention: NameMention, sentence_id: str) -> Entity:
    """The row of a name."""
    return Entity(
        entity_id=make_id("entity", document_id, mention.label, mention.start_char, mention.end_char),
        document_id=document_id,
        sentence_id=sentence_id,
        text=mention.text,
        start_char=mention.start_char,
        end_char=mention.end_char,
        label=mention.label,
        name=mention.name,
        rule=mention.rule,
        place=mention.place,
    )


def number_rows(document_id: str, accounts: Sequence[NumeralAccount], keys: Mapping[int, str], home: Home) -> tuple[Number, ...]:
    """The rows of an account of numerals; ``keys`` gives the row of each mention by its ``id()``."""
    return tuple(
        Number(
            number_id=make_id("number", document_id, account.start_char, account.end_char),
            document_id=document_id,
            sentence_id=home(account.start_char),
            text=account.text,
            start_char=account.start_char,
            end_char=account.end_char,
            disposition=account.disposition,
            explained_by=keys.get(id(account.explained_by)) if account.explained_by is not None else None,
        )
        for account in accounts
    )


def keys_of(mentions: Sequence[Any], keys: Sequence[str]) -> dict[int, str]:
    """Mention → the key of its row, by ``id()``: a mention of twenty fields costs more to hash than to find."""
    return {id(mention): key for mention, key in zip(mentions, keys, strict=True)}
