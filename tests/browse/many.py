"""A database of as many facts as a desk gathers in years, made in seconds. Also ``python -m tests.browse.many FILE [FACTS]``."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.store import connect

FACTS = 200_000
_A_DOCUMENT = 25

_WORDS = "exports imports revenue output sales demand prices wages cases arrivals deliveries stocks".split()
_PLACES = "China Vietnam India Brazil Italy Kenya Japan Ireland Sweden Mexico Norway Ghana".split()


def make_many(database: Path, facts: int = FACTS) -> None:
    """Fill a new database with ``facts`` facts, twenty-five an article, one a sentence, all of them different."""
    documents = -(-facts // _A_DOCUMENT)
    with connect(database) as con:
        con.execute("BEGIN")
        con.execute(f"CREATE TEMP TABLE words AS SELECT {_WORDS!r}::VARCHAR[] AS measures, {_PLACES!r}::VARCHAR[] AS places")
        con.execute(
            f"""
            CREATE TEMP TABLE drafts AS
            SELECT i, i // {_A_DOCUMENT} AS d, i % {_A_DOCUMENT} AS n, measures[1 + i * 7 % 12] AS measure,
                places[1 + (i * 5 + i // 91) % 12] || CASE WHEN i % 3 = 0 THEN ' ' || (i % 40) ELSE '' END AS entity,
                1 + hash(i) % 1000000 AS number, 1995 + (i * 11) % 32 AS year
            FROM range({facts}) r(i), words
            """
        )
        con.execute(
            """
            CREATE TEMP TABLE lines AS
            SELECT *, 'The ' || measure || ' of ' || entity || ' came to ' || number || ' million in ' || year
                || ', the bureau of article ' || d || ' said on line ' || n || '.' AS line FROM drafts
            """
        )
        con.execute(
            """
            CREATE TEMP TABLE placed AS
            SELECT *, sum(length(line) + 2) OVER (PARTITION BY d ORDER BY n) - length(line) - 2 AS line_start FROM lines
            """
        )
        con.execute(
            """
            INSERT INTO documents BY NAME
            SELECT md5('d' || d) AS document_id, 'many/' || d || '.txt' AS source, 1 AS revision, true AS is_current,
                'What happened in week ' || d AS title, 'Publisher ' || (d % 30) AS publisher, 'en' AS language,
                TIMESTAMP '2015-01-01' + to_days((d % 4000)::INTEGER) AS published_at, 'metadata' AS published_from,
                'text/plain' AS media_type, string_agg(line, '\n\n' ORDER BY n) AS text, md5('t' || d) AS text_sha256,
                now()::TIMESTAMP AS ingested_at, 'many' AS run_id, '1' AS pipeline_version, 'none' AS model,
                md5('f' || d) AS fingerprint, hash(d) AS wording
            FROM placed GROUP BY d
            """
        )
        con.execute(
            """
            INSERT INTO sentences BY NAME
            SELECT md5('s' || i) AS sentence_id, md5('d' || d) AS document_id, n AS ordinal, line_start AS start_char,
                line_start + length(line) AS end_char, line AS text, 'prose' AS kind FROM placed
            """
        )
        con.execute(
            """
            INSERT INTO facts BY NAME
            SELECT md5('f' || i) AS fact_id, md5('d' || d) AS document_id, md5('s' || i) AS sentence_id,
                ['money', 'percent', 'quantity', 'multiple', 'rank'][1 + i % 5] AS kind,
                number || ' million' AS text, line_start + strpos(line, ' came to ') + 8 AS start_char,
                line_start + strpos(line, ' came to ') + 8 + length(number || ' million') AS end_char,
                number * 1000000 AS value, number * 1000000 - 500000 AS value_low, number * 1000000 + 500000 AS value_high,
                'exact' AS bound, ['CNY', 'percent', 'car', 'x', 'rank', 'USD', 'EUR', 't'][1 + i * 3 % 8] AS unit,
                measure, entity, make_date(year::INTEGER, 1, 1) AS period_start, make_date(year::INTEGER, 12, 31) AS period_end,
                'in' AS period_relation, false AS period_inherited,
                ['level', 'change', 'share', 'multiple', 'rank'][1 + i % 5] AS role,
                CASE WHEN i % 7 = 0 THEN 'forecast' ELSE 'actual' END AS status, 'the bureau' AS attribution,
                (hash(i + 1) % 1000) / 1000.0 AS confidence, 'made' AS rule, '1' AS pipeline_version, 'many' AS run_id
            FROM placed
            """
        )
        con.execute("COMMIT")
        con.execute("CHECKPOINT")
        assert con.execute("SELECT count(*) FROM documents").fetchone() == (documents,)


if __name__ == "__main__":
    make_many(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else FACTS)
