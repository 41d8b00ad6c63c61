"""Reviews as gold: the files that ``factledger score`` compares a database with, so that a desk measures its own accuracy.

A fact that was accepted or corrected is a fact to find; one that was rejected is none, so reading it again counts as wrong;
what nobody reviewed is ``optional`` and counts for nothing. Dates and names are not reviewed, so there are none.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from pipeline.plain import format_decimal
from pipeline.store import Record, rows_of
from pipeline.store.reviews import as_reviewed, reviewed_documents, reviews_of

if TYPE_CHECKING:
    import duckdb

#: The same moment in every archive, so that equal reviews give equal files.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_README = """Gold made from reviews: gold/ has one JSON file a document. Compare the database that was
reviewed, or another reading of the same articles:

    factledger score gold
    factledger ingest articles.jsonl --database again.duckdb
    factledger score gold --database again.duckdb
"""


def gold_archive(con: duckdb.DuckDBPyConnection) -> bytes:
    """A zip file with a file ``gold/NAME.json`` for each reviewed document, and ``articles.jsonl`` to read their texts anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "README.txt", _README)
        lines: list[str] = []
        for document in reviewed_documents(con):
            key = document["document_id"]
            gold = gold_document(document, rows_of(con, "facts", key), reviews_of(con, key))
            _add(archive, f"gold/{file_stem(document)}.json", json.dumps(gold, ensure_ascii=False, indent=1))
            about = {"source": document["source"], "title": document["title"], "publisher": document["publisher"]}
            about |= {"published_at": gold["published"], "text": document["text"]}
            lines.append(json.dumps({name: value for name, value in about.items() if value}, ensure_ascii=False) + "\n")
        _add(archive, "articles.jsonl", "".join(lines))
    return out.getvalue()


def gold_document(document: Record, facts: list[Record], reviews: dict[str, Record]) -> dict[str, Any]:
    """The gold of one document: its reviewed facts, and as optional those that nobody reviewed."""
    read = {fact["fact_id"]: fact for fact in facts}
    lost = [review | {"conversion_of": None} for fact_id, review in reviews.items() if fact_id not in read]
    rows = [
        (as_reviewed(fact, reviews.get(fact["fact_id"])), fact["fact_id"] not in reviews)
        for fact in [*facts, *lost]
        if (reviews.get(fact["fact_id"]) or {}).get("verdict") != "rejected"
    ]
    rows.sort(key=lambda row: (row[0]["start_char"], row[0]["end_char"]))
    places = {row["fact_id"]: index for index, (row, _) in enumerate(rows)}
    published = document["published_at"]
    return {
        "doc": PurePosixPath(document["source"]).name,
        "published": published.date().isoformat() if published else None,
        "text": document["text"],
        "facts": [_gold_fact(row, optional, places) for row, optional in rows],
        "dates": [],
        "entities": [],
    }


def file_stem(document: Record) -> str:
    """A file name for the gold of a document: of its source, with a part of its id, so that no two are equal.

    >>> file_stem({"source": "news/../a b/<exports>.txt", "document_id": "3f2a91c0ffee"})
    'exports-3f2a91c0'
    """
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", PurePosixPath(document["source"]).stem).strip("-")[:60]
    return f"{stem or 'article'}-{document['document_id'][:8]}"


def _gold_fact(row: Record, optional: bool, places: dict[str, int]) -> dict[str, Any]:
    period = _interval(row, "period")
    restated = places.get(row["conversion_of"]) if row["conversion_of"] else None
    is_range = row["bound"] == "between"
    return {
        "start": row["start_char"],
        "end": row["end_char"],
        "text": row["text"],
        "kind": row["kind"],
        "value": format_decimal(row["value"]),
        "low": format_decimal(row["value_low"]) if is_range and row["value_low"] is not None else None,
        "high": format_decimal(row["value_high"]) if is_range and row["value_high"] is not None else None,
        "unit": row["unit"],
        "bound": row["bound"],
        "measure": [row["measure"]] if row["measure"] else None,
        "entity": [row["entity"]] if row["entity"] else None,
        "period": period,
        "relation": row["period_relation"] if period else None,
        "role": row["role"],
        "direction": row["direction"],
        "basis": _interval(row, "basis"),
        "share_of": [row["share_of"]] if row["share_of"] else None,
        "status": row["status"],
        "attribution": [row["attribution"]] if row["attribution"] else None,
        "conversion_of": restated,
        "optional": optional,
    }


def _interval(row: Record, name: str) -> list[str | None] | None:
    ends = [row[f"{name}_start"], row[f"{name}_end"]]
    return [day.isoformat() if day else None for day in ends] if any(ends) else None


def _add(archive: zipfile.ZipFile, name: str, content: str) -> None:
    archive.writestr(zipfile.ZipInfo(name, _MOMENT), content.encode("utf-8"), zipfile.ZIP_DEFLATED)
