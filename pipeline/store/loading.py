"""Extractions → rows: delete by document, then insert, in one transaction.

Loading the same extraction again changes no row but its run and time. A new text of a known source is its next revision,
and becomes the current one. A story that another current document tells too points to it: see ``store.copies``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline import PIPELINE_VERSION
from pipeline.near import wording_of
from pipeline.records import Counts, Extraction, Reject, Wording
from pipeline.store.copies import settle_copies
from pipeline.store.failing import roll_back
from pipeline.store.known import fingerprint
from pipeline.store.row_groups import join_row_groups
from pipeline.store.rows import CHILD_TABLES, arrow_table, child_tables, storable, text_sha256, to_utc, utc_offset_minutes

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a load did: ``counts`` of new, changed, duplicate and rejected articles or facts, and the rejects themselves."""

    counts: Counts
    rejects: tuple[Reject, ...] = ()


@dataclass(slots=True)
class _History:
    """The revisions of one source: document → revision, and which is current."""

    revisions: dict[str, int] = field(default_factory=dict)
    current: str | None = None

    def next_revision(self) -> int:
        return max(self.revisions.values(), default=0) + 1


def load(
    con: duckdb.DuckDBPyConnection,
    extractions: Iterable[Extraction],
    *,
    run_id: str = "",
    model: str = "",
    pipeline_version: str = PIPELINE_VERSION,
    rejects: Iterable[Reject] = (),
) -> Loaded:
    """Write ``extractions`` and ``rejects`` in one transaction; the later of two texts of one source is the current one.

    ``model`` and ``pipeline_version`` say what read them; ``run_id`` names the run. Nothing is written when it raises.
    """
    kept: dict[str, Extraction] = {}
    refused: list[Reject] = []
    for extraction in extractions:
        storable_part, too_large = storable(extraction)
        kept.pop(extraction.article.document_id, None)
        kept[extraction.article.document_id] = storable_part
        refused += too_large
    con.execute("BEGIN")
    try:
        join_row_groups(con)
        counts = write_extractions(con, list(kept.values()), run_id=run_id, model=model, pipeline_version=pipeline_version)
        all_rejects = [*rejects, *refused]
        write_rejects(con, all_rejects, run_id=run_id)
        con.execute("COMMIT")
    except BaseException:
        roll_back(con)
        raise
    return Loaded(counts=replace(counts, rejected=len(all_rejects)), rejects=tuple(refused))


def write_extractions(
    con: duckdb.DuckDBPyConnection, extractions: Sequence[Extraction], *, run_id: str, model: str, pipeline_version: str
) -> Counts:
    """Write extractions of distinct documents, whose values are ``storable``, within the caller's transaction."""
    if not extractions:
        return Counts()
    articles = [extraction.article for extraction in extractions]
    history = _histories(con, [article.source for article in articles])
    wordings = [extraction.wording or wording_of(extraction.article.text) for extraction in extractions]
    before = {past.current for past in history.values() if past.current}
    known = {document_id for past in history.values() for document_id in past.revisions}
    documents, new = _document_rows(extractions, history, run_id=run_id, model=model, pipeline_version=pipeline_version)
    documents["wording"] = [wording.wording for wording in wordings]

    ids = documents["document_id"]
    # Mostly there is nothing to delete, and to find that out in each table takes longer than to write the rows.
    if held := sorted(known.intersection(ids)):
        for table in ("documents", *CHILD_TABLES):
            con.execute(f"DELETE FROM {table} WHERE document_id IN (SELECT unnest(?::VARCHAR[]))", [held])
    if before:
        con.execute(
            "UPDATE documents SET is_current = false WHERE is_current AND source IN (SELECT unnest(?::VARCHAR[]))",
            [list(history)],
        )
    insert_rows(con, "documents", tuple(documents), arrow_table(documents))
    for table, (columns, rows) in child_tables(extractions, pipeline_version=pipeline_version, run_id=run_id).items():
        insert_rows(con, table, columns, rows)
    write_wordings(con, wordings)
    copies = settle_copies(con, written=ids, gone=before.difference(ids))
    return Counts(
        new=new,
        changed=len(extractions) - new,
        duplicate=len(copies),
        not_english=sum(not article.is_english for article in articles),
        facts=sum(len(extraction.facts) for extraction in extractions),
    )


def _document_rows(
    extractions: Sequence[Extraction], history: dict[str, _History], *, run_id: str, model: str, pipeline_version: str
) -> tuple[dict[str, list[Any]], int]:
    """The columns of ``documents`` for these extractions, and how many are of a source not seen before."""
    new = 0
    now = datetime.now(UTC).replace(tzinfo=None)
    for extraction in extractions:
        article = extraction.article
        past = history[article.source]
        new += not past.revisions
        if past.current != article.document_id:
            past.revisions[article.document_id] = past.next_revision()
            past.current = article.document_id
    articles = [extraction.article for extraction in extractions]
    columns: dict[str, list[Any]] = {
        name: [getattr(article, name) for article in articles]
        for name in ("document_id", "source", "title", "publisher", "author", "language", "published_from", "media_type", "text")
    }
    columns["revision"] = [history[a.source].revisions[a.document_id] for a in articles]
    columns["is_current"] = [history[a.source].current == a.document_id for a in articles]
    columns["published_at"] = [to_utc(a.published_at) for a in articles]
    columns["utc_offset_minutes"] = [utc_offset_minutes(a.published_at) for a in articles]
    columns["text_sha256"] = [text_sha256(a.text) for a in articles]
    columns["ingested_at"] = [now] * len(articles)
    columns["run_id"] = [run_id] * len(articles)
    columns["pipeline_version"] = [pipeline_version] * len(articles)
    columns["model"] = [model] * len(articles)
    columns["fingerprint"] = [fingerprint(a, pipeline_version=pipeline_version, model=model) for a in articles]
    return columns, new


def _histories(con: duckdb.DuckDBPyConnection, sources: Sequence[str]) -> dict[str, _History]:
    found = {source: _History() for source in sources}
    query = "SELECT source, document_id, revision, is_current FROM documents WHERE source IN (SELECT unnest(?::VARCHAR[]))"
    for source, document_id, revision, is_current in con.execute(query, [list(found)]).fetchall():
        found[source].revisions[document_id] = revision
        if is_current:
            found[source].current = document_id
    return found


def restore_revisions(con: duckdb.DuckDBPyConnection, document_ids: Iterable[str]) -> int:
    """Make documents current again whose source went back to an earlier text; return how many were not current.

    Such a document is the newest revision of its source, so it takes the next number.
    """
    restored = 0
    con.execute("BEGIN")
    try:
        for document_id in document_ids:
            row = con.execute("SELECT source, is_current FROM documents WHERE document_id = ?", [document_id]).fetchone()
            if row is None or row[1]:
                continue
            source = row[0]
            query = "SELECT document_id FROM documents WHERE is_current AND source = ?"
            gone = [found for (found,) in con.execute(query, [source]).fetchall()]
            con.execute("UPDATE documents SET is_current = false WHERE source = ?", [source])
            con.execute(
                """UPDATE documents SET is_current = true, revision = (SELECT max(revision) + 1 FROM documents WHERE source = ?)
                   WHERE document_id = ?""",
                [source, document_id],
            )
            settle_copies(con, written=[document_id], gone=gone)
            restored += 1
        con.execute("COMMIT")
    except BaseException:
        roll_back(con)
        raise
    return restored


def write_wordings(con: duckdb.DuckDBPyConnection, wordings: Iterable[Wording]) -> None:
    """Add to ``wordings`` and ``bands`` those that are not there yet; the caller's transaction, if any, is theirs too."""
    given = {wording.wording: wording for wording in wordings}
    query = "SELECT wording FROM wordings WHERE wording IN (SELECT unnest(?::UBIGINT[]))"
    held = {wording for (wording,) in con.execute(query, [list(given)]).fetchall()}
    new = [wording for key, wording in given.items() if key not in held]
    columns = {name: [getattr(wording, name) for wording in new] for name in ("wording", "numerals")}
    insert_rows(con, "wordings", tuple(columns), arrow_table(columns))
    bands = [(wording.wording, band) for wording in new for band in wording.signature]
    columns = {"wording": [wording for wording, _ in bands], "band": [band for _, band in bands]}
    insert_rows(con, "bands", tuple(columns), arrow_table(columns))


def write_rejects(con: duckdb.DuckDBPyConnection, rejects: Sequence[Reject], *, run_id: str) -> None:
    """Append rows to ``rejects``; the caller's transaction, if there is one, is theirs too."""
    if not rejects:
        return
    now = datetime.now(UTC).replace(tzinfo=None)
    columns: dict[str, list[Any]] = {
        name: [_printable(getattr(reject, name)) for reject in rejects] for name in ("source", "stage", "error", "message")
    }
    columns["run_id"] = [run_id] * len(rejects)
    columns["rejected_at"] = [now] * len(rejects)
    insert_rows(con, "rejects", tuple(columns), arrow_table(columns))


def _printable(text: str) -> str:
    """A text that can be stored: a lone surrogate (in a file name, say) becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def insert_rows(con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], rows: Any) -> None:
    """Append the rows of an Arrow table to these columns of a table."""
    if not rows.num_rows:
        return
    names = ", ".join(f'"{column}"' for column in columns)
    con.register("incoming_rows", rows)
    try:
        con.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM incoming_rows")
    finally:
        con.unregister("incoming_rows")
