"""What must hold in a database, as named questions whose answers must be empty.

Each query gives one row a violation: the key of the row at fault, and what is wrong with it. ``{sample}`` stands for a
condition on ``document_id`` that leaves a part of the documents, for what would take long on all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from pipeline.records import (
    KEY_DIGITS,
    Bound,
    DateKind,
    Direction,
    Disposition,
    Kind,
    Precision,
    PublishedFrom,
    Relation,
    Role,
    RunState,
    SentenceKind,
    Stage,
    Status,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invariant:
    """``name`` says what is looked at, ``meaning`` what must hold, ``query`` finds the rows where it does not."""

    name: str
    table: str
    meaning: str
    query: str


#: Table → its key, and the parts that the key is a hash of (``records.make_id``) after the first word.
KEYS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "documents": ("document_id", "document", ("source", "text")),
    "sentences": ("sentence_id", "sentence", ("document_id", "start_char", "end_char")),
    "facts": ("fact_id", "fact", ("document_id", "kind", "start_char", "end_char")),
    "dates": ("date_id", "date", ("document_id", "date_kind", "start_char", "end_char")),
    "entities": ("entity_id", "entity", ("document_id", "label", "start_char", "end_char")),
    "numbers": ("number_id", "number", ("document_id", "start_char", "end_char")),
}
_CHILDREN = ("sentences", "facts", "dates", "entities", "numbers")
_OTHER_KEYS = {"runs": "run_id", "sources": "source", "wordings": "wording", "reviews": "review_id", "saved_queries": "name"}

#: Column → the values that it may have; NULL is allowed where the schema allows it.
_CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("documents", "published_from"): get_args(PublishedFrom),
    ("sentences", "kind"): get_args(SentenceKind),
    ("facts", "kind"): get_args(Kind),
    ("facts", "bound"): get_args(Bound),
    ("facts", "role"): get_args(Role),
    ("facts", "direction"): get_args(Direction),
    ("facts", "status"): get_args(Status),
    ("facts", "period_relation"): get_args(Relation),
    ("dates", "date_kind"): get_args(DateKind),
    ("dates", "precision"): get_args(Precision),
    ("numbers", "disposition"): get_args(Disposition),
    ("runs", "state"): get_args(RunState),
    ("rejects", "stage"): get_args(Stage),
}

#: Disposition of a numeral → the table and key of what explains it.
_EXPLAINED = {"fact": ("facts", "fact_id"), "date": ("dates", "date_id"), "name": ("entities", "entity_id")}

#: Of a document ``d``: whether it was extracted, since its language is English or not said.
IS_ENGLISH = "(d.language IS NULL OR lower(split_part(d.language, '-', 1)) = 'en')"
_DIGITS = "length(regexp_replace(text, '[^0-9]+', '', 'g'))"
_ORDER = "(({0}.published_at IS NULL), coalesce({0}.published_at, TIMESTAMP '0001-01-01'), {0}.source, {0}.document_id)"


def key_sql(table: str, digits: int = KEY_DIGITS) -> str:
    """The key of a row of a table, worked out of its other columns, as SQL: what ``records.make_id`` gives.

    >>> key_sql("numbers")
    "substr(sha256('number' || chr(31) || document_id || chr(31) || start_char || chr(31) || end_char), 1, 20)"
    """
    _, word, parts = KEYS[table]
    joined = " || chr(31) || ".join((f"'{word}'", *parts))
    return f"substr(sha256({joined}), 1, {digits})"


def _unique(table: str, key: str) -> Invariant:
    query = f"SELECT {key} AS key, count(*) || ' rows have this key' AS detail FROM {table} GROUP BY {key} HAVING count(*) > 1"
    return Invariant(name=f"{table}.{key} is unique", table=table, meaning="no two rows have one key", query=query)


def _recomputed(table: str) -> Invariant:
    key, _, parts = KEYS[table]
    hashed = key_sql(table)
    query = f"""SELECT {key} AS key, 'it should be ' || {hashed} AS detail FROM {table}
                WHERE {key} <> {hashed} AND {{sample}}"""
    meaning = f"it is the hash of {', '.join(parts)}"
    return Invariant(name=f"{table}.{key} is its hash", table=table, meaning=meaning, query=query)


def _in_document(table: str) -> Invariant:
    query = f"""SELECT c.{KEYS[table][0]} AS key, 'there is no document ' || c.document_id AS detail
                FROM {table} c ANTI JOIN documents d ON d.document_id = c.document_id"""
    return Invariant(name=f"{table} have a document", table=table, meaning="document_id is in documents", query=query)


def _in_sentence(table: str) -> Invariant:
    query = f"""SELECT c.{KEYS[table][0]} AS key, 'its document has no sentence ' || c.sentence_id AS detail FROM {table} c
                ANTI JOIN sentences s ON s.sentence_id = c.sentence_id AND s.document_id = c.document_id"""
    return Invariant(
        name=f"{table} have a sentence", table=table, meaning="sentence_id is in sentences, of the same document", query=query
    )


def _sliced(table: str) -> Invariant:
    query = f"""SELECT c.{KEYS[table][0]} AS key, printf('[%d:%d] is not its text', c.start_char, c.end_char) AS detail
                FROM {table} c JOIN documents d ON d.document_id = c.document_id
                WHERE NOT (c.start_char >= 0 AND c.start_char < c.end_char)
                   OR substring(d.text, c.start_char + 1, c.end_char - c.start_char) <> c.text"""
    return Invariant(name=f"{table} slice back", table=table, meaning="documents.text[start_char:end_char] is text", query=query)


def _apart(table: str) -> Invariant:
    key = KEYS[table][0]
    query = f"""SELECT key, 'it begins before ' || before || ' ends' AS detail FROM (
                    SELECT {key} AS key, start_char, lag({key}) OVER w AS before, lag(end_char) OVER w AS last FROM {table}
                    WINDOW w AS (PARTITION BY document_id ORDER BY start_char, end_char))
                WHERE last > start_char"""
    return Invariant(name=f"{table} do not overlap", table=table, meaning="no character is in two of a document", query=query)


def _chosen(table: str, column: str) -> Invariant:
    allowed = _CHOICES[table, column]
    key = KEYS[table][0] if table in KEYS else _OTHER_KEYS.get(table, "run_id")
    listed = ", ".join(f"'{value}'" for value in allowed)
    query = f"""SELECT {key} AS key, {column} || ' is none of {", ".join(allowed)}' AS detail FROM {table}
                WHERE {column} NOT IN ({listed})"""
    return Invariant(name=f"{table}.{column} is allowed", table=table, meaning=f"it is one of {', '.join(allowed)}", query=query)


def _explained(disposition: str) -> Invariant:
    table, key = _EXPLAINED[disposition]
    query = f"""SELECT n.number_id AS key, coalesce('{table} of its document have no ' || n.explained_by, '') AS detail
                FROM numbers n ANTI JOIN {table} e
                ON e.{key} = n.explained_by AND e.document_id = n.document_id
                   AND e.start_char < n.end_char AND n.start_char < e.end_char
                WHERE n.disposition = '{disposition}' AND n.explained_by IS NOT NULL"""
    return Invariant(
        name=f"numbers that are a {disposition} are explained",
        table="numbers",
        meaning=f"explained_by is the {key} of a row of {table} that holds it",
        query=query,
    )


def _ordered(table: str, first: str, last: str) -> Invariant:
    query = f"""SELECT {KEYS[table][0]} AS key, {first} || ' is after ' || {last} AS detail FROM {table}
                WHERE {first} > {last}"""
    return Invariant(
        name=f"{table}.{first} is not after {last}", table=table, meaning="an interval has its start first", query=query
    )


_DOCUMENTS = (
    Invariant(
        name="documents.text_sha256 is its hash",
        table="documents",
        meaning="it is the SHA-256 of text",
        query="SELECT document_id AS key, 'the text has another hash' AS detail FROM documents WHERE text_sha256 <> sha256(text)",
    ),
    Invariant(
        name="documents have one current revision",
        table="documents",
        meaning="of every source exactly one revision is current",
        query="""SELECT source AS key, count_if(is_current) || ' revisions are current' AS detail FROM documents
                 GROUP BY source HAVING count_if(is_current) <> 1""",
    ),
    Invariant(
        name="documents have the newest current",
        table="documents",
        meaning="the current revision has the highest number of its source",
        query="""SELECT source AS key, 'revision ' || max(revision) || ' is newer' AS detail FROM documents
                 GROUP BY source HAVING count_if(is_current) = 1 AND max(revision) > max(revision) FILTER (is_current)""",
    ),
    Invariant(
        name="documents have distinct revisions",
        table="documents",
        meaning="no two revisions of a source have one number, and all are at least 1",
        query="""SELECT source AS key, 'revision ' || revision || ' is there ' || count(*) || ' times' AS detail FROM documents
                 GROUP BY source, revision HAVING count(*) > 1 OR revision < 1""",
    ),
    Invariant(
        name="documents.duplicate_of is an original",
        table="documents",
        meaning="a copy is current, and what it repeats is another current document, before it in order, and no copy",
        query=f"""SELECT d.document_id AS key, 'it cannot repeat ' || d.duplicate_of AS detail FROM documents d
                  LEFT JOIN documents o ON o.document_id = d.duplicate_of
                  WHERE d.duplicate_of IS NOT NULL AND (
                      NOT d.is_current OR o.document_id IS NULL OR NOT o.is_current OR o.duplicate_of IS NOT NULL
                      OR {_ORDER.format("o")} >= {_ORDER.format("d")})""",
    ),
    Invariant(
        name="documents.wording is in wordings",
        table="documents",
        meaning="every document has a wording",
        query="""SELECT d.document_id AS key, 'it has no row in wordings' AS detail
                 FROM documents d ANTI JOIN wordings w ON w.wording = d.wording""",
    ),
    Invariant(
        name="documents have a run",
        table="documents",
        meaning="run_id is in runs, or empty where no run loaded it",
        query="""SELECT d.document_id AS key, 'there is no run ' || d.run_id AS detail FROM documents d
                 ANTI JOIN runs r ON r.run_id = d.run_id WHERE d.run_id <> ''""",
    ),
)
_SENTENCES = (
    Invariant(
        name="sentences.ordinal counts",
        table="sentences",
        meaning="the sentences of a document are numbered from 0 in the order of its text",
        query="""SELECT sentence_id AS key, 'it is ' || ordinal || ' and should be ' || place AS detail FROM (
                     SELECT sentence_id, ordinal, row_number() OVER w - 1 AS place FROM sentences
                     WINDOW w AS (PARTITION BY document_id ORDER BY start_char, end_char))
                 WHERE ordinal <> place""",
    ),
)
_FACTS = (
    Invariant(
        name="facts lie in their sentence",
        table="facts",
        meaning="the span of a fact is within that of its sentence",
        query="""SELECT f.fact_id AS key, printf('%d to %d is outside of it', f.start_char, f.end_char) AS detail
                 FROM facts f JOIN sentences s ON s.sentence_id = f.sentence_id AND s.document_id = f.document_id
                 WHERE f.start_char < s.start_char OR f.end_char > s.end_char""",
    ),
    Invariant(
        name="facts.value is between its ends",
        table="facts",
        meaning="value_low <= value <= value_high",
        query="""SELECT fact_id AS key, value || ' is outside of ' || coalesce(value_low::VARCHAR, 'open') || ' to '
                 || coalesce(value_high::VARCHAR, 'open') AS detail FROM facts WHERE value < value_low OR value > value_high""",
    ),
    Invariant(
        name="facts.conversion_of is a fact",
        table="facts",
        meaning="it is another fact of the same document",
        query="""SELECT f.fact_id AS key, 'its document has no other fact ' || f.conversion_of AS detail FROM facts f
                 ANTI JOIN facts o ON o.fact_id = f.conversion_of AND o.document_id = f.document_id AND o.fact_id <> f.fact_id
                 WHERE f.conversion_of IS NOT NULL""",
    ),
    Invariant(
        name="facts.measure slices back",
        table="facts",
        meaning="documents.text[measure_start:measure_end] is measure, where it has a span",
        query="""SELECT f.fact_id AS key, 'the measure is not at its span' AS detail
                 FROM facts f JOIN documents d ON d.document_id = f.document_id
                 WHERE (f.measure_start IS NULL) <> (f.measure_end IS NULL) OR (f.measure_start IS NOT NULL AND
                     substring(d.text, f.measure_start + 1, f.measure_end - f.measure_start) IS DISTINCT FROM f.measure)""",
    ),
    Invariant(
        name="facts.entity lies in the text",
        table="facts",
        meaning="entity_start < entity_end <= length of the text, where it has a span",
        query="""SELECT f.fact_id AS key, 'the span of the entity is outside of the text' AS detail
                 FROM facts f JOIN documents d ON d.document_id = f.document_id
                 WHERE (f.entity_start IS NULL) <> (f.entity_end IS NULL)
                     OR f.entity_start < 0 OR f.entity_start >= f.entity_end OR f.entity_end > length(d.text)""",
    ),
    Invariant(
        name="facts.confidence is a probability",
        table="facts",
        meaning="0 <= confidence <= 1",
        query="SELECT fact_id AS key, 'it is ' || confidence AS detail FROM facts WHERE NOT confidence BETWEEN 0 AND 1",
    ),
    Invariant(
        name="facts are of their document's run",
        table="facts",
        meaning="pipeline_version and run_id are those of the document",
        query="""SELECT f.fact_id AS key, 'run ' || f.run_id || ', version ' || f.pipeline_version AS detail
                 FROM facts f JOIN documents d ON d.document_id = f.document_id
                 WHERE f.run_id <> d.run_id OR f.pipeline_version <> d.pipeline_version""",
    ),
)
_NUMBERS = (
    Invariant(
        name="numbers count every digit",
        table="documents",
        meaning="an English text has as many digits as its rows of numbers",
        query=f"""WITH texts AS (SELECT document_id, {_DIGITS} AS digits FROM documents d WHERE {IS_ENGLISH}),
                  rows AS (SELECT document_id, sum({_DIGITS}) AS digits FROM numbers GROUP BY document_id)
                  SELECT t.document_id AS key, t.digits || ' digits, and ' || coalesce(r.digits, 0) || ' in numbers' AS detail
                  FROM texts t LEFT JOIN rows r ON r.document_id = t.document_id WHERE t.digits <> coalesce(r.digits, 0)""",
    ),
    Invariant(
        name="numbers that are unexplained point nowhere",
        table="numbers",
        meaning="explained_by is NULL",
        query="""SELECT number_id AS key, 'explained_by is ' || explained_by AS detail FROM numbers
                 WHERE disposition NOT IN ('fact', 'date', 'name') AND explained_by IS NOT NULL""",
    ),
)
_LEDGER = (
    Invariant(
        name="runs finish",
        table="runs",
        meaning="a run has an end unless it is running, and not before its start",
        query="""SELECT run_id AS key, state || ', finished_at is ' || coalesce(finished_at::VARCHAR, 'NULL') AS detail FROM runs
                 WHERE (state = 'running') <> (finished_at IS NULL) OR finished_at < started_at""",
    ),
    Invariant(
        name="rejects have a run",
        table="rejects",
        meaning="run_id is in runs, or empty where no run loaded it",
        query="""SELECT j.source AS key, 'there is no run ' || j.run_id AS detail FROM rejects j
                 ANTI JOIN runs r ON r.run_id = j.run_id WHERE j.run_id <> ''""",
    ),
)

INVARIANTS: tuple[Invariant, ...] = (
    *(_unique(table, key) for table, (key, _, _) in KEYS.items()),
    *(_unique(table, key) for table, key in _OTHER_KEYS.items()),
    *(_recomputed(table) for table in KEYS),
    *(_in_document(table) for table in _CHILDREN),
    *(_in_sentence(table) for table in _CHILDREN if table != "sentences"),
    *(_sliced(table) for table in _CHILDREN),
    *(_apart(table) for table in ("sentences", "facts", "dates", "numbers")),
    *(_chosen(table, column) for table, column in _CHOICES),
    *_DOCUMENTS,
    *_SENTENCES,
    *_FACTS,
    _ordered("facts", "period_start", "period_end"),
    _ordered("facts", "basis_start", "basis_end"),
    _ordered("dates", "start_date", "end_date"),
    *_NUMBERS,
    *(_explained(disposition) for disposition in _EXPLAINED),
    *_LEDGER,
)
