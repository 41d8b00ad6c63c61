"""Which documents are copies: ``documents.duplicate_of``.

The current documents are put in order: by date of publication, those without one last, then by source. Each is a copy of
the first document before it that tells the same story (``pipeline.near.is_copy``) and is no copy itself. So the answer
depends on what is there, and not on when or in which batch it came: an earlier article that comes late takes the place of
a later one. An original that is gone, or has another text now, leaves its place to the first of its copies; one whose file
has vanished keeps it, as its facts stay.

``settle_copies`` decides again only what a change can have changed: what was written, the copies of what was written or is
gone, and what stands near a new original.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.near import is_copy
from pipeline.records import Wording
from pipeline.store.rows import arrow_table

if TYPE_CHECKING:
    import duckdb

#: Documents whose neighbors are looked for at once: every look-up passes over all bands, so a load should need one.
_AT_ONCE = 4096
#: Look-ups that one call should need at most, however many documents it is about: chunks grow with them.
_LOOK_UPS = 32

_IDS = "document_id IN (SELECT unnest(?::VARCHAR[]))"
_COPIES_OF = "duplicate_of IN (SELECT unnest(?::VARCHAR[]))"
_WORDINGS = "wording IN (SELECT unnest(?::UBIGINT[]))"

_Key = tuple[bool, datetime, str, str]


@dataclass(slots=True)
class _Document:
    document_id: str
    wording: int
    key: _Key
    original: str | None
    stored: str | None


@dataclass(slots=True)
class _Ledger:
    """What is known so far. ``near`` are the wordings that tell the same story; ``leaders`` those that are no copies."""

    con: duckdb.DuckDBPyConnection
    documents: dict[str, _Document] = field(default_factory=dict)
    by_wording: dict[int, list[_Document]] = field(default_factory=lambda: defaultdict(list))
    wordings: dict[int, Wording] = field(default_factory=dict)
    near: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    leaders: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    open: list[tuple[_Key, str]] = field(default_factory=list)
    opened: set[str] = field(default_factory=set)
    looked_up: set[str] = field(default_factory=set)
    surveyed: set[int] = field(default_factory=set)
    collected: set[int] = field(default_factory=set)

    def reopen(self, document: _Document) -> None:
        """Put a document among those to be decided."""
        if document.document_id not in self.opened:
            self.opened.add(document.document_id)
            self.leaders[document.wording].discard(document.document_id)
            document.original = None
            heapq.heappush(self.open, (document.key, document.document_id))

    def fetch(self, condition: str, values: Iterable[object]) -> list[_Document]:
        """The current documents that pass a condition with one ``?``, as they are known by now."""
        wanted = list(values)
        if not wanted:
            return []
        query = f"""SELECT document_id, wording, published_at, source, duplicate_of FROM documents
                    WHERE is_current AND wording IS NOT NULL AND {condition}"""
        found = []
        for document_id, wording, published, source, original in self.con.execute(query, [wanted]).fetchall():
            document = self.documents.get(document_id)
            if document is None:
                key = (published is None, published or datetime.min, source, document_id)
                document = self.documents[document_id] = _Document(document_id, wording, key, original, original)
                self.by_wording[wording].append(document)
                if original is None and document_id not in self.opened:
                    self.leaders[wording].add(document_id)
            found.append(document)
        return found

    def before(self, document: _Document) -> str | None:
        """The first leader before a document that tells the same story."""
        leaders = (self.documents[leader] for wording in self.near[document.wording] for leader in self.leaders[wording])
        first = min((leader for leader in leaders if leader.key < document.key), key=lambda leader: leader.key, default=None)
        return first.document_id if first else None


def settle_copies(con: duckdb.DuckDBPyConnection, *, written: Iterable[str], gone: Iterable[str] = ()) -> set[str]:
    """Bring ``duplicate_of`` up to date after a change; return the copies among ``written``.

    ``written`` are the documents whose rows were written or made current, ``gone`` those that are no longer current or no
    longer there. The caller's transaction is this one's too.
    """
    new = list(written)
    touched = [*new, *gone]
    con.execute(f"UPDATE documents SET duplicate_of = NULL WHERE NOT is_current AND {_IDS}", [touched])
    ledger = _Ledger(con)
    _open(ledger, new, touched)
    while ledger.open:
        _, document_id = ledger.open[0]
        if document_id not in ledger.looked_up:
            _look_up(ledger)
        heapq.heappop(ledger.open)
        document = ledger.documents[document_id]
        document.original = ledger.before(document)
        if document.original is None:
            _lead(ledger, document)
    con.execute("DROP TABLE IF EXISTS near_bands")
    _write(con, [d for d in ledger.documents.values() if d.original != d.stored])
    return {document_id for document_id in new if document_id in ledger.documents and ledger.documents[document_id].original}


def _open(ledger: _Ledger, written: Sequence[str], touched: Sequence[str]) -> None:
    for document in [*ledger.fetch(_IDS, written), *ledger.fetch(_COPIES_OF, touched)]:
        ledger.reopen(document)


def _look_up(ledger: _Ledger) -> None:
    """Find what stands near the next documents: the leaders for all, and every document for those without a leader."""
    size = max(_AT_ONCE, len(ledger.open) // _LOOK_UPS)
    ready = (document_id for _, document_id in heapq.nsmallest(4 * size, ledger.open))
    chunk = [ledger.documents[each] for each in islice((e for e in ready if e not in ledger.looked_up), size)]
    ledger.looked_up.update(document.document_id for document in chunk)
    asked = {document.wording for document in chunk} - ledger.surveyed
    _collect(ledger, asked)
    near = _link(ledger, asked, leaders_only=True)
    ledger.fetch(f"duplicate_of IS NULL AND {_WORDINGS}", near)
    _survey(ledger, {document.wording for document in chunk if ledger.before(document) is None})


def _survey(ledger: _Ledger, wordings: set[int]) -> None:
    """Find every document near these wordings."""
    asked = wordings - ledger.surveyed
    ledger.surveyed |= asked
    ledger.fetch(_WORDINGS, _link(ledger, asked, leaders_only=False))


def _lead(ledger: _Ledger, leader: _Document) -> None:
    """Make a document an original, and open again every later one near it that this may concern."""
    _survey(ledger, {leader.wording})
    ledger.leaders[leader.wording].add(leader.document_id)
    later = [d for wording in ledger.near[leader.wording] for d in ledger.by_wording[wording] if d.key > leader.key]
    ledger.fetch(_IDS, {d.original for d in later if d.original} - ledger.documents.keys())
    demoted = [d.document_id for d in later if d.original is None and d.document_id not in ledger.opened]
    followers = ledger.fetch(_COPIES_OF, demoted)
    outranked = [d for d in later if d.original is None or ledger.documents[d.original].key > leader.key]
    for document in [*outranked, *followers]:
        ledger.reopen(document)


def _link(ledger: _Ledger, asked: set[int], *, leaders_only: bool) -> set[int]:
    """Note the wordings that tell the same story as one of ``asked``, and return them."""
    if not asked:
        return set()
    if not asked <= ledger.collected:
        _collect(ledger, asked)
    leaders = "SEMI JOIN documents d ON d.wording = held.wording AND d.is_current AND d.duplicate_of IS NULL"
    query = f"""
        WITH asked AS (SELECT wording, band FROM near_bands WHERE {_WORDINGS}),
        held AS (FROM near_bands held {leaders if leaders_only else ""})
        SELECT DISTINCT asked.wording, held.wording FROM asked JOIN held ON asked.band = held.band
    """
    pairs = ledger.con.execute(query, [list(asked)]).fetchall()
    _fetch_wordings(ledger, {wording for one, other in pairs if one != other for wording in (one, other)})
    found = set()
    for one, other in pairs:
        if one == other or is_copy(ledger.wordings[one], ledger.wordings[other]):
            ledger.near[one].add(other)
            ledger.near[other].add(one)
            found.add(other)
    return found


def _collect(ledger: _Ledger, asked: set[int]) -> None:
    """Pass over all bands, and put those in the table ``near_bands`` that one of ``asked`` has too.

    The one pass serves every look-up about ``asked``. Its rows, unlike pairs, are no more than those of the stories near.
    """
    query = f"""CREATE OR REPLACE TEMP TABLE near_bands AS
                SELECT wording, band FROM bands WHERE band IN (SELECT band FROM bands WHERE {_WORDINGS})"""
    ledger.con.execute(query, [list(asked)])
    ledger.collected = asked


def _fetch_wordings(ledger: _Ledger, wordings: set[int]) -> None:
    missing = list(wordings - ledger.wordings.keys())
    if not missing:
        return
    query = f"""SELECT wording, any_value(numerals), list(band ORDER BY b.rowid) FROM wordings JOIN bands b USING (wording)
                WHERE {_WORDINGS} GROUP BY wording"""
    for wording, numerals, signature in ledger.con.execute(query, [missing]).fetchall():
        ledger.wordings[wording] = Wording(wording=wording, signature=tuple(signature), numerals=tuple(numerals))


def _write(con: duckdb.DuckDBPyConnection, changed: Sequence[_Document]) -> None:
    if not changed:
        return
    rows = arrow_table({"document_id": [d.document_id for d in changed], "original": [d.original for d in changed]})
    con.register("settled_rows", rows)
    try:
        con.execute(
            "UPDATE documents SET duplicate_of = s.original FROM settled_rows s WHERE documents.document_id = s.document_id"
        )
    finally:
        con.unregister("settled_rows")


def count_copies(con: duckdb.DuckDBPyConnection, run_id: str) -> int:
    """How many of the current documents that a run wrote are copies, as things stand now."""
    query = "SELECT count(*) FROM documents WHERE run_id = ? AND is_current AND duplicate_of IS NOT NULL"
    row = con.execute(query, [run_id]).fetchone()
    assert row is not None
    return int(row[0])
