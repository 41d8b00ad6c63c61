"""What a large store costs: made-up articles are loaded, and what an analyst types first is asked. All in one process."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.bench.articles import extraction_of, make_up, make_up_many
from pipeline.near import wording_of
from pipeline.store import connect, load
from pipeline.store.search import index, search, search_path

#: Articles in a load, as an ingest joins them.
_AT_ONCE = 4096
_TURNS = 3

#: What is asked of each view, with the name of a place for ``?``.
QUERIES = {
    "money": """SELECT measure, entity, value, sentence, source FROM money
                WHERE unit = 'USD' AND value >= 9e10 ORDER BY value DESC LIMIT 20""",
    "percentages": """SELECT measure, value, sentence FROM percentages
                      WHERE role = 'change' AND entity = ? ORDER BY value DESC LIMIT 20""",
    "quantities": "SELECT unit, count(*), sum(value) FROM quantities GROUP BY unit ORDER BY 2 DESC",
    "facts_with_source": """SELECT measure, value, unit, source FROM facts_with_source
                            WHERE entity = ? AND period_start >= '2015-01-01' LIMIT 50""",
    "current_documents": """SELECT publisher, count(*), max(published_at) FROM current_documents
                            GROUP BY publisher ORDER BY 2 DESC LIMIT 20""",
}


def measure_scale(articles: int, folder: Path, *, tell: Callable[[str], None] = lambda line: None) -> dict[str, float]:
    """Load so many made-up articles into a new database in ``folder``; times in seconds, sizes as ratios to the raw text.

    Raises ``ValueError`` when a known fact is not in the database as it was made.
    """
    database = folder / "scale.duckdb"
    with connect(database):
        pass
    tenth = max(1, articles // 10)
    loads: list[float] = []
    peaks: list[float] = []
    raw = 0
    for part in range(10):
        seconds = 0.0
        for first in range(part * tenth, (part + 1) * tenth, _AT_ONCE):
            made = make_up_many(min(_AT_ONCE, (part + 1) * tenth - first), first=first)
            extractions = [extraction_of(each) for each in made]
            extractions = [replace(each, wording=wording_of(each.article.text)) for each in extractions]
            raw += sum(len(each.article.text.encode()) for each in extractions)
            began = time.process_time()
            with connect(database) as con:
                load(con, extractions, run_id="bench", model="made-up")
            seconds += time.process_time() - began
        loads.append(seconds)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        tell(f"{(part + 1) * tenth:,} articles, loaded {tenth / seconds:,.0f} a second")
    found = {
        "articles": 10.0 * tenth,
        "load_articles_per_second": 10 * tenth / sum(loads),
        "load_last_tenth_to_first": loads[-1] / loads[0],
        "load_peak_mb_last_tenth_to_first": peaks[-1] / peaks[0],
        "database_to_raw_text": database.stat().st_size / raw,
    }
    _check(database, 10 * tenth)
    found |= _ask(database)
    began = time.process_time()
    index(database, snapshot=False)
    found["search_index_seconds"] = time.process_time() - began
    found["search_index_to_raw_text"] = search_path(database).stat().st_size / raw
    known = make_up(tenth).known[0]
    found["search_seconds"] = _best(lambda: search(database, f"{known.measure} {known.entity}", snapshot=False))
    return found


def _check(database: Path, articles: int) -> None:
    query = """SELECT kind, value, unit, measure, entity, role FROM facts f JOIN documents USING (document_id)
               WHERE source = ? AND f.text = ?"""
    with connect(database, read_only=True) as con:
        for number in range(0, articles, max(1, articles // 50)):
            made = make_up(number)
            for row in made.known:
                stored = con.execute(query, [made.article.source, row.text]).fetchall()
                if stored != [(row.kind, row.value, row.unit, row.measure, row.entity, row.role)]:
                    raise ValueError(f"The fact {row} of {made.article.source} is stored as {stored}.")


def _ask(database: Path) -> dict[str, float]:
    place = make_up(1).known[0].entity
    with connect(database, read_only=True) as con:
        return {
            f"{view}_seconds": _best(lambda sql=sql: con.execute(sql, [place] if "?" in sql else []).fetchall())  # type: ignore[misc]
            for view, sql in QUERIES.items()
        }


def _best(ask: Callable[[], Any]) -> float:
    """The best of a few turns, in seconds of the clock."""
    best = float("inf")
    for _ in range(_TURNS):
        began = time.perf_counter()
        ask()
        best = min(best, time.perf_counter() - began)
    return best
