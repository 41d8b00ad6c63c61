"""The rows of the tables, as frozen values.

One class a table of ``store/schema.sql``; field names are column names. Offsets count characters
(``str`` indices) into ``Document.text``, end exclusive, so ``text == document.text[start_char:end_char]``.
Keys are hashes of what a row says, never of when or where it was read: see ``make_id``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Kind = Literal["money", "percent", "quantity", "multiple", "rank"]
Bound = Literal["exact", "about", "more_than", "at_least", "less_than", "at_most", "between"]
Role = Literal["level", "change", "share", "multiple", "rank"]
Direction = Literal["up", "down", "flat"]
Status = Literal["actual", "estimate", "forecast", "target"]
Relation = Literal["in", "by", "since", "until"]
SentenceKind = Literal["prose", "heading", "list_item", "table_row", "boilerplate"]
DateKind = Literal["date", "interval", "duration", "set"]
Precision = Literal["day", "month", "quarter", "half", "year", "decade", "century"]
Disposition = Literal["fact", "date", "name", "list_mark", "footnote", "time", "identifier", "unexplained"]
PublishedFrom = Literal["metadata", "text", "feed", "file"]

#: ``documents.model`` of articles that were read without any statistical model: figures only.
NO_MODEL = "none"


#: Hexadecimal digits of a key: 80 bits of SHA-256. Keys stand in every row several times and do not compress, so they are no
#: longer than they must be: among ten million keys, the rows of some hundred thousand articles, two are equal with a
#: probability of 4e-11, among a billion with 4e-7.
KEY_DIGITS = 20


def make_id(*parts: object) -> str:
    """A key of ``KEY_DIGITS`` hexadecimal digits that depends on ``parts`` alone: equal on any machine, in any order of work.

    >>> make_id("document", "a.txt", "It was 5.")
    '1ab1262cc27b51406d3b'
    """
    return digest(*parts)[:KEY_DIGITS]


def digest(*parts: object) -> str:
    """SHA-256 of ``parts``, hexadecimal; None counts as an empty part."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text as it was read, before any language work: what every reader returns."""

    source: str
    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    published_from: PublishedFrom | None = None
    media_type: str = "text/plain"

    @property
    def document_id(self) -> str:
        return make_id("document", self.source, self.text)

    @property
    def is_english(self) -> bool:
        """Whether it can be extracted: its language is English, or not said."""
        return self.language is None or self.language.lower().split("-")[0] == "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    sentence_id: str
    document_id: str
    ordinal: int
    start_char: int
    end_char: int
    text: str
    kind: SentenceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    fact_id: str
    document_id: str
    sentence_id: str
    kind: Kind
    text: str
    start_char: int
    end_char: int
    value: Decimal
    value_low: Decimal | None
    value_high: Decimal | None
    bound: Bound
    unit: str
    measure: str | None
    measure_start: int | None
    measure_end: int | None
    entity: str | None
    entity_start: int | None
    entity_end: int | None
    period_start: date | None
    period_end: date | None
    period_relation: Relation | None
    period_inherited: bool
    role: Role
    direction: Direction | None
    basis_start: date | None
    basis_end: date | None
    share_of: str | None
    status: Status
    attribution: str | None
    conversion_of: str | None
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    date_id: str
    document_id: str
    sentence_id: str
    text: str
    start_char: int
    end_char: int
    date_kind: DateKind
    start_date: date | None
    end_date: date | None
    duration: str | None
    precision: Precision | None
    timex: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    entity_id: str
    document_id: str
    sentence_id: str
    text: str
    start_char: int
    end_char: int
    label: str
    name: str
    rule: str
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    number_id: str
    document_id: str
    sentence_id: str
    text: str
    start_char: int
    end_char: int
    disposition: Disposition
    explained_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What of a text is compared with other texts, to find copies of a story; see ``pipeline.near``.

    ``wording`` is the key: a hash of the words and numerals of the text, below 2**64. ``signature`` holds numbers below 2**32,
    ``numerals`` hashes below 2**32, each once, sorted.
    """

    wording: int
    signature: tuple[int, ...]
    numerals: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that was read in one article: what a worker hands to the loader, which works out a ``wording`` of None."""

    article: Article
    sentences: tuple[Sentence, ...] = ()
    facts: tuple[Fact, ...] = ()
    dates: tuple[Date, ...] = ()
    entities: tuple[Entity, ...] = ()
    numbers: tuple[Number, ...] = ()
    wording: Wording | None = None


RunState = Literal["running", "completed", "failed", "interrupted"]
Stage = Literal["read", "extract", "store"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A bad input, or a part of one, that became no row: ``source`` says where it is, ``message`` what to do about it.

    ``stage`` is where it was turned away (``read``, ``extract``, ``store``), ``error`` the class of the error.
    """

    source: str
    stage: Stage
    error: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a run did, in articles, but for ``facts`` (rows loaded) and ``rejected`` (inputs, lines or facts turned away).

    ``read`` = ``new`` + ``changed`` + ``unchanged`` + the articles whose extraction failed. ``duplicate`` counts the
    new or changed ones that repeat another source, ``not_english`` those that were kept and not extracted, ``vanished``
    the sources noted as gone, ``pruned`` those whose rows were removed for that.
    """

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicate: int = 0
    not_english: int = 0
    rejected: int = 0
    facts: int = 0
    vanished: int = 0
    pruned: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            read=self.read + other.read,
            new=self.new + other.new,
            changed=self.changed + other.changed,
            unchanged=self.unchanged + other.unchanged,
            duplicate=self.duplicate + other.duplicate,
            not_english=self.not_english + other.not_english,
            rejected=self.rejected + other.rejected,
            facts=self.facts + other.facts,
            vanished=self.vanished + other.vanished,
            pruned=self.pruned + other.pruned,
        )
