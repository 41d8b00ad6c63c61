"""Files of what is shown: nothing is lost, nothing becomes a formula, and the gold is what the scorer reads."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pyarrow.parquet as pq
import pytest

from pipeline.browse.export import Table, harmless, write_csv, write_excel
from pipeline.score import score_gold
from pipeline.store import connect
from pipeline.store.facets import EXPORT_COLUMNS
from tests.browse.articles import HOSTILE_FORMULA, HOSTILE_MARKUP, HOSTILE_SCRIPT, HOSTILE_TURN
from tests.browse.conftest import token_of
from tests.browse.test_pages import fact_id, post

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def excel_cells(content: bytes) -> list[list[tuple[str, str]]]:
    """The rows of the first sheet, each cell as its type and its text; a formula has the type ``formula``."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        names = book.namelist()
        shared = [
            "".join(t.text or "" for t in item.iter(f"{_SHEET}t"))
            for item in (ElementTree.fromstring(book.read("xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else [])
        ]
    rows = []
    for row in sheet.iter(f"{_SHEET}row"):
        cells = []
        for cell in row.iter(f"{_SHEET}c"):
            if cell.find(f"{_SHEET}f") is not None:
                cells.append(("formula", "".join(cell.itertext())))
            elif cell.get("t") == "s":
                cells.append(("text", shared[int("".join(cell.itertext()))]))
            else:
                cells.append(("text" if cell.get("t") == "inlineStr" else "number", "".join(cell.itertext())))
        rows.append(cells)
    return rows


def test_csv_holds_every_column_and_no_formula(room: httpx.Client) -> None:
    answer = room.get("/export/facts.csv")
    assert 'filename="facts.csv"' in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == EXPORT_COLUMNS
    hostile = next(row for row in rows if row["text"] == "77")
    assert hostile["measure"] == "'" + HOSTILE_FORMULA
    assert hostile["entity"] == HOSTILE_SCRIPT
    assert hostile["title"] == HOSTILE_MARKUP
    assert hostile["publisher"].startswith("'+")
    assert not [value for row in rows for value in row.values() if value.startswith(("=", "+", "@"))]
    largest = next(row for row in rows if row["text"] == "2.16 trillion yuan")
    assert largest["value"] == "2160000000000"
    assert largest["period_start"] == "2024-01-01"


def test_excel_holds_texts_numbers_and_days_and_no_formula(room: httpx.Client) -> None:
    rows = excel_cells(room.get("/export/facts.xlsx").content)
    assert [text for _, text in rows[0]] == list(EXPORT_COLUMNS)
    cells = [cell for row in rows for cell in row]
    assert not [text for kind, text in cells if kind == "formula"]
    assert ("text", HOSTILE_FORMULA) in cells
    assert ("number", "2160000000000") in cells


def test_json_and_parquet_hold_what_the_database_holds(room: httpx.Client) -> None:
    records = json.loads(room.get("/export/facts.json").content)
    table = pq.read_table(io.BytesIO(room.get("/export/facts.parquet").content))
    assert table.column_names == list(EXPORT_COLUMNS)
    assert table.num_rows == len(records)
    by_id = {row["fact_id"]: row for row in table.to_pylist()}
    for record in records:
        row = by_id[record["fact_id"]]
        assert record["measure"] == row["measure"]
        assert Decimal(str(record["value"])) == row["value"]
    hostile = next(record for record in records if record["text"] == "88")
    assert hostile["entity"] == HOSTILE_TURN
    assert hostile["measure"] == "@SUM(1)"


def test_an_export_is_what_the_filter_shows_in_its_order(room: httpx.Client) -> None:
    rows = list(csv.DictReader(io.StringIO(room.get("/export/facts.csv?kind=money&sort=largest").content.decode("utf-8-sig"))))
    assert {row["kind"] for row in rows} == {"money"}
    values = [Decimal(row["value"]) for row in rows]
    assert values == sorted(values, reverse=True)


@pytest.mark.parametrize("format_name", ["csv", "xlsx", "json", "parquet"])
def test_the_result_of_a_query_is_a_file_too(room: httpx.Client, format_name: str) -> None:
    sql = "SELECT 1 AS a, '=1+1' AS a, [1, 2] AS list, NULL AS nothing, 3.25::DECIMAL(9, 2) AS d, DATE '2024-02-29' AS day"
    answer = room.get(f"/export/query.{format_name}", params={"sql": sql})
    assert answer.status_code == 200
    if format_name == "csv":
        assert answer.content.decode("utf-8-sig").splitlines() == ["a,a,list,nothing,d,day", '1,\'=1+1,"[1, 2]",,3.25,2024-02-29']
    if format_name == "xlsx":
        assert ("text", "=1+1") in excel_cells(answer.content)[1]
    if format_name == "parquet":
        assert pq.read_table(io.BytesIO(answer.content)).column_names == ["a", "a_2", "list", "nothing", "d", "day"]


def test_numbers_that_excel_cannot_keep_are_text(tmp_path: Path) -> None:
    long = Decimal("1234567890123456789.5")
    rows = [(long, Decimal("-2.50"), True, date(1066, 10, 14), date(2024, 2, 29), float("inf"), 10**20, "x" * 40_000, "\x00\x07")]
    path = tmp_path / "rows.xlsx"
    write_excel(Table(columns=[f"c{i}" for i in range(9)], rows=rows, to_parquet=lambda _: None), path)
    cells = excel_cells(path.read_bytes())[1]
    assert cells[0] == ("text", str(long))
    assert cells[1] == ("number", "-2.5")
    assert cells[3] == ("text", "1066-10-14")
    assert cells[4][0] == "number"
    assert cells[6] == ("text", str(10**20))
    assert len(cells[7][1]) == 32_767


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1"])
def test_what_a_spreadsheet_would_work_out_is_made_harmless(text: str, tmp_path: Path) -> None:
    assert harmless(text) == f"'{text}"
    path = tmp_path / "rows.csv"
    write_csv(Table(columns=["a", text], rows=[(text, Decimal(-1))], to_parquet=lambda _: None), path)
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    assert rows == [["a", f"'{text}"], [f"'{text}", "-1"]]


def test_reviews_become_gold_that_the_scorer_reads(own_room: httpx.Client, desk: Path, tmp_path: Path) -> None:
    right, wrong = fact_id(own_room, "2.16 trillion yuan"), fact_id(own_room, "2.4 trillion yuan")
    gone = fact_id(own_room, "36.5%")
    assert post(own_room, f"/fact/{right}/review", verdict="accepted") == 303
    assert post(own_room, f"/fact/{wrong}/review", verdict="corrected", value="2500000000000") == 303
    assert post(own_room, f"/fact/{gone}/review", verdict="rejected") == 303
    with zipfile.ZipFile(io.BytesIO(own_room.get("/review/gold.zip").content)) as archive:
        archive.extractall(tmp_path)
    golds = [json.loads(path.read_text()) for path in (tmp_path / "gold").glob("*.json")]
    assert [gold["doc"] for gold in golds] == ["trade.txt"]
    facts = {fact["text"]: fact for fact in golds[0]["facts"]}
    assert facts["2.4 trillion yuan"]["value"] == "2500000000000"
    assert not facts["2.4 trillion yuan"]["optional"]
    assert facts["1.83 trillion yuan"]["optional"]
    assert "36.5%" not in facts
    assert all(golds[0]["text"][fact["start"] : fact["end"]] == fact["text"] for fact in golds[0]["facts"])
    with connect(desk, read_only=True) as con:
        score = score_gold(con, tmp_path)
    assert score.unscored == []
    assert score.hits["gold"] == 2
    assert score.hits["value"] == 1
    assert any("36.5%" in line and "extra" in line for line in score.differences)


def test_gold_of_a_hostile_source_stays_in_its_folder(own_room: httpx.Client) -> None:
    key = fact_id(own_room, "77")
    assert post(own_room, f"/fact/{key}/review", verdict="accepted") == 303
    with zipfile.ZipFile(io.BytesIO(own_room.get("/review/gold.zip").content)) as archive:
        names = archive.namelist()
        line = json.loads(archive.read("articles.jsonl").splitlines()[0])
    assert all(name.replace("/", "", 1).replace("-", "").replace(".", "").isalnum() for name in names), names
    assert line["source"].startswith("news/<svg")
    assert token_of(own_room)
