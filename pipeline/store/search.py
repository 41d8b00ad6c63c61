"""Search by words: the sentences with figures that a few words fit best, by BM25 over their text, measures and entities.

The index is a DuckDB file of its own beside the database (``facts.search.duckdb`` of ``facts.duckdb``), made of nothing that is
not in the database: it may be deleted at any time. A search brings it up to date first, with the articles that are new since.

``units``     one row for a sentence with figures: ``length`` in words, and where its rows are in the database (``rowid``)
``postings``  word (a hash of 32 bits: two words of a language share one once in some hundred thousand), unit, times; in runs
              sorted by word, so that DuckDB reads only the few blocks that hold the words asked for
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import QueryError, StoreBusyError, StoreError
from pipeline.store.process import LOCK_WAIT_SECONDS
from pipeline.store.publishing import Readable, find_readable

#: The usual constants of BM25: how soon repeating a word stops to count, and how much a long sentence is held against it.
_K1, _B = 1.2, 0.75
_FORM = "2"
#: Postings are sorted anew, all together, when so large a part of them has come since the last time.
_UNSORTED_SHARE = 0.5
_WORD = re.compile(r"\w+")
_MOST_WORDS = 32

_TABLES = f"""
    CREATE TABLE about (form VARCHAR, size BIGINT, changed_ns BIGINT, sorted_postings BIGINT);
    INSERT INTO about VALUES ('{_FORM}', -1, -1, 0);
    CREATE TABLE indexed (document_id VARCHAR, ingested_at TIMESTAMP, document INTEGER);
    CREATE TABLE units (unit INTEGER, document INTEGER, sentence_id VARCHAR, length USMALLINT,
        sentence_row BIGINT, first_fact BIGINT, last_fact BIGINT, figures USMALLINT);
    CREATE TABLE postings (word UINTEGER, unit INTEGER, times UTINYINT);
"""
_WORDS = r"string_split(trim(regexp_replace(strip_accents(lower(content)), '\W+', ' ', 'g')), ' ')"
_HASH = "(hash({}) & 4294967295)::UINTEGER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A sentence that was found. ``figures`` are those in it, as ``what: figure``; ``score`` compares within a search."""

    score: float
    sentence: str
    figures: tuple[str, ...]
    title: str | None
    source: str
    published_at: datetime | None
    sentence_id: str
    document_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The hits, best first; ``as_of`` is None when they are of what the database holds now, else the moment they show, UTC."""

    hits: tuple[Hit, ...]
    as_of: datetime | None


def rarity(holding: str, everything: str) -> str:
    """SQL: what a word weighs that so many of all rows hold."""
    return f"ln(1 + ({everything} - {holding} + 0.5) / ({holding} + 0.5))"


def fit(times: str, length: str, weight: str) -> str:
    """SQL: how well a row fits a word that stands in it so many ``times``; ``length`` is that of the row to the mean."""
    return f"{weight} * {times} * ({_K1} + 1) / ({times} + {_K1} * (1 - {_B} + {_B} * {length}))"


def search_path(database: Path) -> Path:
    """Where the index of a database is: beside it.

    >>> search_path(Path("outputs/facts.duckdb")).as_posix()
    'outputs/facts.search.duckdb'
    """
    return database.with_name(f"{database.stem}.search{database.suffix}")


def search(
    database: Path, words: str, *, limit: int = 20, snapshot: bool = True, wait_seconds: float = LOCK_WAIT_SECONDS
) -> Found:
    """The ``limit`` sentences that fit ``words`` best: one need not hold them all, rarer words count more.

    Raises ``QueryError`` when there is no word in ``words``, ``StoreError`` and ``StoreBusyError`` as ``connect`` does.
    """
    wanted = list(dict.fromkeys(_WORD.findall(words.lower())))[:_MOST_WORDS]
    if not wanted:
        raise QueryError(f"There is no word to search for in {words!r}. Give one or more, such as: wheat exports")
    with _opened(database, snapshot=snapshot, wait_seconds=wait_seconds) as (con, as_of):
        return Found(hits=tuple(_ask(con, wanted, limit)), as_of=as_of)


def index(database: Path, *, snapshot: bool = True, wait_seconds: float = LOCK_WAIT_SECONDS) -> int:
    """Bring the index up to date; return how many sentences it holds."""
    with _opened(database, snapshot=snapshot, wait_seconds=wait_seconds) as (con, _):
        row = con.execute("SELECT count(*) FROM units").fetchone()
        assert row is not None
        return int(row[0])


@contextmanager
def _opened(
    database: Path, *, snapshot: bool, wait_seconds: float
) -> Iterator[tuple[duckdb.DuckDBPyConnection, datetime | None]]:
    """The index, up to date and open to read, with the database attached as ``store``."""
    if not database.exists():
        raise StoreError(f"{database}: there is no database. Make one with: factledger ingest PATH --database {database}")
    found = find_readable(database, wait_seconds=wait_seconds) if snapshot else Readable(path=database)
    path = search_path(database)
    con = _connect(path, wait_seconds=wait_seconds, read_only=True) if path.exists() else None
    if con is None or not _is_current(con, found.path):
        if con is not None:
            con.close()
        with _connect(path, wait_seconds=wait_seconds, read_only=False) as writer:
            _attach(writer, found.path)
            _prepare(writer)
            _update(writer, found.path)
        con = _connect(path, wait_seconds=wait_seconds, read_only=True)
    with con:
        _attach(con, found.path)
        yield con, found.as_of


def _is_current(con: duckdb.DuckDBPyConnection, store: Path) -> bool:
    try:
        rows = con.execute("SELECT form, size, changed_ns FROM about").fetchall()
    except duckdb.CatalogException:
        return False
    status = store.stat()
    return rows == [(_FORM, status.st_size, status.st_mtime_ns)]


def _connect(path: Path, *, wait_seconds: float, read_only: bool) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only)
        except duckdb.Error as error:
            if "Could not set lock" not in str(error) and "different configuration" not in str(error):
                raise StoreError(f"{path} is no index of a search: delete it, it is made anew. ({error})") from error
            if time.monotonic() >= deadline:
                raise StoreBusyError(
                    f"{path} is in use by another search, still after {wait_seconds:g} seconds. Try again."
                ) from error
        time.sleep(0.05)


def _attach(con: duckdb.DuckDBPyConnection, store: Path) -> None:
    quoted = str(store).replace("'", "''")
    con.execute(f"ATTACH '{quoted}' AS store (READ_ONLY)")


def _prepare(con: duckdb.DuckDBPyConnection) -> None:
    held = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name <> 'store'").fetchall()}
    if "about" in held and con.execute("SELECT form FROM about").fetchall() == [(_FORM,)]:
        return
    for name in held:
        con.execute(f"DROP TABLE {name}")
    con.execute(_TABLES)


def _update(con: duckdb.DuckDBPyConnection, store: Path) -> None:
    """Take out the articles that are no longer shown or were read again, put in those that are new; one transaction."""
    con.execute("BEGIN")
    con.execute(
        """CREATE TEMP TABLE shown AS
           SELECT document_id, ingested_at FROM store.documents WHERE is_current AND duplicate_of IS NULL"""
    )
    con.execute(
        """DELETE FROM units WHERE document IN (
               SELECT document FROM indexed i ANTI JOIN shown s USING (document_id, ingested_at))"""
    )
    con.execute(
        """DELETE FROM indexed WHERE document IN (
               SELECT document FROM indexed i ANTI JOIN shown s USING (document_id, ingested_at))"""
    )
    con.execute(
        """CREATE TEMP TABLE fresh AS
           SELECT document_id, ingested_at,
               (row_number() OVER () + (SELECT coalesce(max(document), 0) FROM indexed))::INTEGER AS document
           FROM shown ANTI JOIN indexed USING (document_id, ingested_at)"""
    )
    con.execute("INSERT INTO indexed SELECT * FROM fresh")
    _follow_rows(con)
    con.execute(
        f"""CREATE TEMP TABLE incoming AS
            SELECT (row_number() OVER () + (SELECT coalesce(max(unit), 0) FROM units))::INTEGER AS unit, document, sentence_id,
                list_filter({_WORDS}, lambda word: word <> '') AS words, sentence_row, first_fact, last_fact, figures
            FROM (
                SELECT fresh.document, s.sentence_id, any_value(s.rowid) AS sentence_row, min(f.rowid) AS first_fact,
                    max(f.rowid) AS last_fact, count(*) AS figures,
                    concat_ws(' ', any_value(s.text), string_agg(DISTINCT f.measure, ' '), string_agg(DISTINCT f.entity, ' '))
                        AS content
                FROM fresh JOIN store.facts f USING (document_id) JOIN store.sentences s ON s.sentence_id = f.sentence_id
                GROUP BY fresh.document, s.sentence_id
            )"""
    )
    con.execute(
        """INSERT INTO units SELECT unit, document, sentence_id, least(len(words), 65535), sentence_row, first_fact, last_fact,
               least(figures, 65535) FROM incoming"""
    )
    con.execute(
        f"""INSERT INTO postings SELECT word, unit, least(count(*), 255) FROM (
                SELECT {_HASH.format("word")} AS word, unit FROM (SELECT unit, unnest(words) AS word FROM incoming))
            GROUP BY ALL ORDER BY word, unit"""
    )
    _sort_if_due(con)
    status = store.stat()
    con.execute("UPDATE about SET size = ?, changed_ns = ?", [status.st_size, status.st_mtime_ns])
    con.execute("COMMIT")


def _follow_rows(con: duckdb.DuckDBPyConnection) -> None:
    """Find the rows of sentences and facts again that were moved since they were indexed (``store.row_groups`` does)."""
    con.execute(
        """CREATE TEMP TABLE lost AS SELECT unit, sentence_id FROM units u
           WHERE NOT EXISTS (FROM store.sentences s WHERE s.rowid = u.sentence_row AND s.sentence_id = u.sentence_id)
              OR NOT EXISTS (FROM store.facts f WHERE f.rowid = u.first_fact AND f.sentence_id = u.sentence_id)"""
    )
    con.execute(
        """UPDATE units SET sentence_row = now.sentence_row, first_fact = now.first_fact, last_fact = now.last_fact
           FROM (SELECT lost.unit, any_value(s.rowid) AS sentence_row, min(f.rowid) AS first_fact, max(f.rowid) AS last_fact
                 FROM lost JOIN store.sentences s USING (sentence_id) JOIN store.facts f USING (sentence_id) GROUP BY lost.unit
           ) now WHERE units.unit = now.unit"""
    )
    con.execute("DROP TABLE lost")


def _sort_if_due(con: duckdb.DuckDBPyConnection) -> None:
    row = con.execute("SELECT (SELECT count(*) FROM postings), (SELECT sorted_postings FROM about)").fetchone()
    assert row is not None
    held, in_order = row
    if held - in_order < _UNSORTED_SHARE * held or held == in_order:
        return
    if in_order:
        con.execute("CREATE TABLE sorted AS SELECT p.* FROM postings p SEMI JOIN units USING (unit) ORDER BY word, unit")
        con.execute("DROP TABLE postings")
        con.execute("ALTER TABLE sorted RENAME TO postings")
    con.execute("UPDATE about SET sorted_postings = (SELECT count(*) FROM postings)")


def _ask(con: duckdb.DuckDBPyConnection, words: list[str], limit: int) -> Iterator[Hit]:
    hashed = ", ".join(_HASH.format("strip_accents(?)") for _ in words)
    best: list[tuple[float, str, int, int, int, int]] = con.execute(
        f"""WITH found AS (SELECT word, unit, times FROM postings WHERE word IN ({hashed})),
            rarity AS (
                SELECT word, {rarity("count(*)", "(SELECT count(*) FROM units)")} AS weight
                FROM found GROUP BY word
            ),
            mean AS (SELECT avg(length) AS length FROM units),
            best AS (
                SELECT unit,
                    sum({fit("times", "u.length / mean.length", "weight")}) AS score
                FROM found JOIN rarity USING (word) JOIN units u USING (unit) CROSS JOIN mean
                GROUP BY unit ORDER BY score DESC, unit LIMIT {int(limit)}
            )
            SELECT score, sentence_id, sentence_row, first_fact, last_fact, figures FROM best JOIN units USING (unit)
            ORDER BY score DESC, unit""",
        words,
    ).fetchall()
    rows = _rows_at(con, [hit[1:] for hit in best]) or _rows_of(con, [hit[1] for hit in best])
    for score, sentence_id, *_ in best:
        if (row := rows.get(sentence_id)) is not None:
            sentence, figures, title, source, published_at, document_id = row
            yield Hit(
                score=round(score, 3),
                sentence=sentence,
                figures=tuple(figures),
                title=title,
                source=source,
                published_at=published_at,
                sentence_id=sentence_id,
                document_id=document_id,
            )


#: Key of a sentence → its text, its figures, and title, source, date and key of its article.
_Rows = dict[str, tuple[Any, ...]]


def _rows_at(con: duckdb.DuckDBPyConnection, hits: list[tuple[str, int, int, int, int]]) -> _Rows | None:
    """The rows of hits, from where they were when they were indexed, which reads a few blocks; None if one is there no more.

    The facts of a sentence are written one behind the other.

    Rows move when others are taken away before them, so what is found is compared with what was asked for.
    """
    if any(last - first + 1 != count for _, _, first, last, count in hits):
        return None
    sentence_rows = [row for _, row, *_ in hits]
    fact_rows = [row for _, _, first, last, _ in hits for row in range(first, last + 1)]
    sentences = con.execute(
        "SELECT sentence_id, text, document_id FROM store.sentences WHERE rowid IN (SELECT unnest(?::BIGINT[]))",
        [sentence_rows],
    ).fetchall()
    facts = con.execute(
        """SELECT sentence_id, coalesce(measure || ': ', '') || text FROM store.facts
           WHERE rowid IN (SELECT unnest(?::BIGINT[])) ORDER BY document_id, start_char""",
        [fact_rows],
    ).fetchall()
    figures: dict[str, list[str]] = {sentence_id: [] for sentence_id, *_ in hits}
    for sentence_id, figure in facts:
        if sentence_id in figures:
            figures[sentence_id].append(figure)
    texts = {sentence_id: (text, document_id) for sentence_id, text, document_id in sentences}
    if any(sentence_id not in texts or len(figures[sentence_id]) != count for sentence_id, _, _, _, count in hits):
        return None
    query = """SELECT document_id, title, source, published_at, document_id FROM store.documents
               WHERE document_id IN (SELECT unnest(?::VARCHAR[]))"""
    articles = {row[0]: row[1:] for row in con.execute(query, [[texts[hit[0]][1] for hit in hits]]).fetchall()}
    return {hit[0]: (texts[hit[0]][0], figures[hit[0]], *articles[texts[hit[0]][1]]) for hit in hits}


def _rows_of(con: duckdb.DuckDBPyConnection, sentence_ids: list[str]) -> _Rows:
    """The same by key, wherever they are: it reads all of them."""
    query = """
        WITH wanted AS (SELECT unnest(?::VARCHAR[]) AS sentence_id),
        figures AS (
            SELECT f.sentence_id, list(coalesce(f.measure || ': ', '') || f.text ORDER BY f.start_char) AS figures
            FROM store.facts f SEMI JOIN wanted USING (sentence_id) GROUP BY ALL
        ),
        hits AS (SELECT s.sentence_id, s.text, s.document_id FROM store.sentences s SEMI JOIN wanted USING (sentence_id))
        SELECT h.sentence_id, h.text, figures, d.title, d.source, d.published_at, d.document_id
        FROM hits h JOIN figures USING (sentence_id) JOIN store.documents d ON d.document_id = h.document_id
    """
    return {row[0]: row[1:] for row in con.execute(query, [sentence_ids]).fetchall()}
