"""The figures-only profile: what needs no parse is as with the model, and spaCy is never imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline import read
from pipeline.cli import app
from pipeline.figures_only import CONFIDENCE, extract_figures, load_figures_extractor
from pipeline.language.sentences import likely_starts
from pipeline.records import NO_MODEL, Article, Extraction
from pipeline.store import connect
from tests.conftest import ROOT

TEXT = (
    "Harbor traffic\n\n"
    "The port of Elmouth handled 4.2 million containers in 2024, up 8% from a year earlier. "
    "Acme Corp. Chairman Ann Lee said on 3 March 2025 that more than 1,200 ships called. “It doubled.” "
    "Dr. Osei of the U.S. Navy put costs at $3.5 billion.\n"
)


def one(text: str) -> Extraction:
    return extract_figures(Article(source="note.txt", text=text))


def test_every_column_that_needs_no_parse_is_filled() -> None:
    found = one(TEXT)
    facts = {fact.text: fact for fact in found.facts}
    assert facts.keys() == {"4.2 million", "8%", "1,200", "doubled", "$3.5 billion"}
    assert facts["4.2 million"].value == 4_200_000
    assert (facts["4.2 million"].unit, facts["1,200"].unit, facts["$3.5 billion"].unit) == ("container", "ship", "USD")
    assert (facts["1,200"].bound, facts["1,200"].value_high) == ("more_than", None)
    assert facts["doubled"].role == "multiple"
    assert facts["8%"].role == "level"
    assert [date.text for date in found.dates] == ["2024", "a year earlier", "3 March 2025"]
    assert {number.disposition for number in found.numbers} <= {"fact", "date"}
    assert not found.entities


def test_what_needs_a_parse_is_left_open() -> None:
    for fact in one(TEXT).facts:
        assert (fact.measure, fact.entity, fact.period_start, fact.direction, fact.attribution) == (None,) * 5
        assert fact.confidence == CONFIDENCE
        assert fact.rule.endswith("; figures_only")


def test_sentences_end_at_marks_and_not_behind_titles() -> None:
    assert [sentence.text for sentence in one(TEXT).sentences] == [
        "Harbor traffic",
        "The port of Elmouth handled 4.2 million containers in 2024, up 8% from a year earlier.",
        "Acme Corp. Chairman Ann Lee said on 3 March 2025 that more than 1,200 ships called.",
        "“It doubled.”",
        "Dr. Osei of the U.S. Navy put costs at $3.5 billion.",
    ]


@given(st.text(max_size=300))
def test_any_text_gives_rows_that_slice_back(text: str) -> None:
    found = one(text)
    rows = (*found.sentences, *found.facts, *found.dates, *found.numbers)
    assert all(row.text == text[row.start_char : row.end_char] for row in rows)
    homes = {sentence.sentence_id for sentence in found.sentences}
    assert all(row.sentence_id in homes for row in (*found.facts, *found.dates, *found.numbers))


def test_hostile_texts_take_no_longer_than_their_length() -> None:
    for text in (". " * 50_000, "A. " * 30_000, "”.” " * 30_000, "Co. " * 30_000):
        assert len(likely_starts(text)) <= len(text)


@pytest.mark.slow
def test_figures_are_those_that_are_read_with_the_model() -> None:
    from pipeline.extract import load_extractor

    articles = [article for article in read([ROOT / "corpus"]) if article.is_english]
    with_model, without = load_extractor().extract_batch(articles), load_figures_extractor().extract_batch(articles)
    units = same = 0
    for full, plain in zip(with_model, without, strict=True):
        columns = ("fact_id", "kind", "text", "value", "value_low", "value_high", "bound")
        assert [[getattr(f, c) for c in columns] for f in full.facts] == [[getattr(f, c) for c in columns] for f in plain.facts]
        assert [(d.date_id, d.start_date, d.end_date) for d in full.dates] == [
            (d.date_id, d.start_date, d.end_date) for d in plain.dates
        ]
        assert [n.number_id for n in full.numbers] == [n.number_id for n in plain.numbers]
        units += len(full.facts)
        same += sum(a.unit == b.unit for a, b in zip(full.facts, plain.facts, strict=True))
    assert same / units > 0.95


@pytest.mark.alone
def test_it_imports_no_spacy_and_starts_at_once(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    code = (
        "import sys; from pipeline.cli import app; "
        f"app(['ingest', {str(tmp_path / 'note.txt')!r}, '-d', {str(tmp_path / 'a.duckdb')!r}, '--no-names', '--json'], "
        "standalone_mode=False); "
        "assert not {'spacy', 'thinc', 'prefect'} & set(sys.modules), 'a heavy module was imported'"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["facts"] == 5


def test_the_database_says_so_and_a_model_reads_again(tmp_path: Path) -> None:
    note, database = tmp_path / "note.txt", tmp_path / "a.duckdb"
    note.write_text(TEXT, encoding="utf-8")
    given = ["ingest", str(note), "--database", str(database), "--no-names"]
    first, second = (CliRunner().invoke(app, given) for _ in range(2))
    assert "new 1," in first.output, first.output
    assert "unchanged 1," in second.output
    with connect(database) as con:
        assert con.execute("SELECT DISTINCT model FROM documents").fetchall() == [(NO_MODEL,)]
        assert con.execute("SELECT DISTINCT model FROM runs").fetchall() == [(NO_MODEL,)]


def test_it_takes_no_model_beside_it() -> None:
    result = CliRunner().invoke(app, ["ingest", "corpus", "--no-names", "--model", "en_core_web_sm"])
    assert result.exit_code == 2
    assert "--no-names" in result.output
