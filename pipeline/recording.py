"""Mentions → rows: what both extractors do alike, with a model (``pipeline.extract``) and without (``pipeline.figures_only``)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipeline.language.sentences import SentenceSpan
from pipeline.mentions import DateMention, FigureMention, NameMention, NumeralAccount
from pipeline.records import Article, Date, Direction, Entity, Fact, Kind, Number, Role, Sentence, make_id

if TYPE_CHECKING:
    # It comes with the language model, which one of the two does without.
    from pipeline.context.meaning import Meaning

#: The unit of a count of which neither grammar nor words say what it counts.
UNNAMED_UNIT = "unit"

#: What most figures of a kind are, where nobody asks what a figure is about; the others are levels.
ROLES: dict[Kind, Role] = {"multiple": "multiple", "rank": "rank"}

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


def fact_row(
    document_id: str,
    figure: FigureMention,
    sentence_id: str,
    *,
    confidence: float,
    meaning: Meaning | None = None,
    sentence: int | None = None,
    fact_ids: Sequence[str] = (),
) -> Fact:
    """The row of a figure that means ``meaning``; without one, what needs a meaning is NULL or as most figures of its kind are.

    ``sentence`` is the place of the figure's sentence among those of the article, ``fact_ids`` the keys of all its figures.
    """
    measure = meaning.measure if meaning else None
    entity = meaning.entity if meaning else None
    period = meaning.period if meaning else None
    basis = meaning.basis if meaning else None
    value, low, high, direction = _sized(figure, meaning)
    return Fact(
        fact_id=fact_key(document_id, figure),
        document_id=document_id,
        sentence_id=sentence_id,
        kind=figure.kind,
        text=figure.text,
        start_char=figure.start_char,
        end_char=figure.end_char,
        value=value,
        value_low=low,
        value_high=high,
        bound=figure.bound,
        unit=(meaning.unit if meaning else None) or figure.unit or UNNAMED_UNIT,
        measure=measure.text if measure else None,
        measure_start=measure.start_char if measure else None,
        measure_end=measure.end_char if measure else None,
        entity=entity.text if entity else None,
        entity_start=entity.start_char if entity else None,
        entity_end=entity.end_char if entity else None,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        period_relation=period.relation if period else None,
        period_inherited=period is not None and period.sentence is not None and period.sentence != sentence,
        role=meaning.role if meaning else ROLES.get(figure.kind, "level"),
        direction=direction,
        basis_start=basis.start if basis else None,
        basis_end=basis.end if basis else None,
        share_of=meaning.share_of.text if meaning and meaning.share_of else None,
        status=meaning.status if meaning else "actual",
        attribution=meaning.attribution.text if meaning and meaning.attribution else None,
        conversion_of=fact_ids[meaning.conversion_of] if meaning and meaning.conversion_of is not None else None,
        confidence=confidence,
        rule="; ".join((figure.rule, *(meaning.rules.values() if meaning else ("figures_only",)))),
    )


def _sized(figure: FigureMention, meaning: Meaning | None) -> tuple[Decimal, Decimal | None, Decimal | None, Direction | None]:
    """Value, its ends and direction: a change keeps its size in the value and its sense in the direction (``-2.9%``)."""
    value, low, high = figure.value, figure.value_low, figure.value_high
    if meaning is None or meaning.role != "change":
        return value, low, high, None
    if value >= 0:
        return value, low, high, meaning.direction
    return -value, None if high is None else -high, None if low is None else -low, "down"


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
