"""How right a database is, measured against articles annotated by hand.

The gold files are JSON, one a document (``corpus/README.md`` describes them). A document is paired by file name with a row of
``documents`` whose text equals that of the gold. Predicted and gold figures pair where their spans overlap, same kind first,
then the longer overlap. Each level is counted over all figures that are not optional:

``span`` the kind is right; ``exact`` and the span to the character; ``value`` and value and unit; ``fact`` and bound, measure,
period, role, direction, whole and status: all that an analyst would read. A wording is right when it shares most of its
content words with an accepted one. Where the gold leaves measure, entity or the whole of a share open, any answer is right.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from pipeline.errors import ReadError
from pipeline.store import Record, fetch_records, rows_of

if TYPE_CHECKING:
    import duckdb

LEVELS = ("span", "exact", "value", "fact")
_WHOLE = ("value", "unit", "bound", "measure", "period", "role", "direction", "share_of", "status")
ATTRIBUTES = (*_WHOLE, "entity", "basis", "attribution", "conversion_of")
#: Edges of the groups of the reliability table; the last one is closed.
_CONFIDENCE_EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_FILLER = frozenset(
    ("the", "a", "an", "its", "their", "his", "her", "of", "in", "for", "and", "to", "'s", "s", "this", "that", "total")
)
_WORD = re.compile(r"[a-z0-9]+(?:[-.&][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Rate:
    """Right among found and among wanted: precision, recall and F1."""

    hits: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_json(self) -> dict[str, float]:
        rounded = {"p": round(self.precision, 4), "r": round(self.recall, 4), "f1": round(self.f1, 4)}
        return {**rounded, "hits": self.hits, "predicted": self.predicted, "gold": self.gold}


@dataclass(slots=True)
class Score:
    """The tallies of a comparison; ``as_json`` gives the figures. ``differences`` says in words what is not right."""

    unscored: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    hits: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, Counter[str]] = field(default_factory=dict)
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    dates: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    verdicts: list[tuple[float, bool]] = field(default_factory=list)

    def level(self, name: str) -> Rate:
        """The rate at a level of ``LEVELS``."""
        return Rate(self.hits[name], self.hits["predicted"], self.hits["gold"])

    def date_level(self, name: str) -> Rate:
        """The rate of dates at ``span`` or ``value``."""
        return Rate(self.dates[name], self.dates["predicted"], self.dates["gold"])

    def reliability(self) -> list[dict[str, float | int]]:
        """For each group of confidence: how many facts have it, their mean confidence, and the share that is right."""
        table: list[dict[str, float | int]] = []
        for low, high in pairwise(_CONFIDENCE_EDGES):
            group = [pair for pair in self.verdicts if low <= pair[0] < high or pair[0] == high == 1.0]
            if group:
                mean = sum(confidence for confidence, _ in group) / len(group)
                share = sum(ok for _, ok in group) / len(group)
                table.append(
                    {"from": low, "to": high, "facts": len(group), "confidence": round(mean, 3), "right": round(share, 3)}
                )
        return table

    def as_json(self) -> dict[str, Any]:
        """The figures as plain values."""
        kinds = {
            kind: {name: round(Rate(tally[name], tally["predicted"], tally["gold"]).f1, 4) for name in ("span", "value", "fact")}
            | {"gold": tally["gold"]}
            for kind, tally in sorted(self.kinds.items())
        }
        total = self.names["gold"]
        return {
            "documents_unscored": self.unscored,
            **{name: self.level(name).as_json() for name in LEVELS},
            "by_kind": kinds,
            "attributes": {a: round(self.right[a] / self.asked[a], 4) if self.asked[a] else None for a in ATTRIBUTES},
            "dates": {name: self.date_level(name).as_json() for name in ("span", "value")},
            "entities_recall": {key: round(self.names[key] / total, 4) if total else None for key in ("text", "label", "name")},
            "reliability": self.reliability(),
        }


def score_gold(con: duckdb.DuckDBPyConnection, folder: Path) -> Score:
    """Compare the database with every gold file of ``folder`` (or of its subfolder ``gold``).

    Raises ``ReadError`` when there is no gold file, or one is not what it must be.
    """
    score = Score()
    sources = fetch_records(con, "SELECT document_id, source, text FROM documents ORDER BY is_current, source")
    for gold in _read_gold(folder):
        named = [row for row in sources if PurePosixPath(row["source"]).name == gold["doc"]]
        same = [row for row in named if row["text"] == gold["text"]]
        if not same:
            score.unscored.append(
                f"{gold['doc']}: " + ("documents.text is not the file's text" if named else "not in the database")
            )
            score.hits["gold"] += sum(not row["optional"] for row in gold["facts"])
            continue
        document_id = same[-1]["document_id"]
        _score_facts(score, gold, rows_of(con, "facts", document_id))
        _score_dates(score, gold, rows_of(con, "dates", document_id))
        _score_names(score, gold, rows_of(con, "entities", document_id))
    return score


def _read_gold(folder: Path) -> list[dict[str, Any]]:
    for place in (folder, folder / "gold"):
        paths = [path for path in sorted(place.glob("*.json")) if not path.name.endswith(".meta.json")]
        if paths:
            return [_read_gold_file(path) for path in paths]
    raise ReadError(f"There is no gold in {folder}. Gold files are JSON, one a document; corpus/gold holds some.")


def _read_gold_file(path: Path) -> dict[str, Any]:
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        missing = {"doc", "text", "facts", "dates", "entities"} - set(gold)
    except (ValueError, TypeError, OSError) as error:
        raise ReadError(f"{path} is no gold file: {error}.") from error
    if missing:
        raise ReadError(f"{path} is no gold file: it lacks {', '.join(sorted(missing))}. Its format is in corpus/README.md.")
    return dict(gold)


def _score_facts(score: Score, gold: Mapping[str, Any], found: Sequence[Record]) -> None:
    wanted: list[dict[str, Any]] = gold["facts"]
    partner = _pair(wanted, found)
    taken = {index: number for number, index in partner.items()}
    by_id = {row["fact_id"]: row for row in found}
    whole: dict[int, bool] = {}
    for number, row in enumerate(wanted):
        if row["optional"]:
            continue
        score.hits["gold"] += 1
        tally = score.kinds.setdefault(row["kind"], Counter())
        tally["gold"] += 1
        fact = found[partner[number]] if number in partner else None
        if fact is None or fact["kind"] != row["kind"]:
            taken_as = f" (as {fact['kind']})" if fact else ""
            score.differences.append(f"{gold['doc']}: missed {row['kind']} {row['text']!r} at {row['start']}{taken_as}")
            continue
        verdict = {name: _CHECKS[name](fact, row, by_id, wanted) for name in ATTRIBUTES}
        value_ok = bool(verdict["value"] and verdict["unit"])
        fact_ok = all(verdict[name] is not False for name in _WHOLE)
        whole[partner[number]] = fact_ok
        exact = (fact["start_char"], fact["end_char"]) == (row["start"], row["end"])
        for name, ok in (("span", True), ("exact", exact), ("value", value_ok), ("fact", fact_ok)):
            score.hits[name] += ok
            tally[name] += ok
        for name, answer in verdict.items():
            score.asked[name] += answer is not None
            score.right[name] += answer is True
        wrong = [f"{name}={_shown(fact, name)} want {row[name]!r}" for name, answer in verdict.items() if answer is False]
        if wrong:
            score.differences.append(f"{gold['doc']}: {row['text']!r} at {row['start']}: {'; '.join(wrong)}")
    for index, fact in enumerate(found):
        if index in taken and wanted[taken[index]]["optional"]:
            continue
        score.hits["predicted"] += 1
        score.kinds.setdefault(fact["kind"], Counter())["predicted"] += 1
        score.verdicts.append((float(fact["confidence"]), whole.get(index, False)))
        if index not in taken:
            score.differences.append(f"{gold['doc']}: extra {fact['kind']} {fact['text']!r} at {fact['start_char']}")


def _pair(wanted: Sequence[Mapping[str, Any]], found: Sequence[Record]) -> dict[int, int]:
    """Number of a gold figure → index of the predicted one: same kind before others, longer overlap before shorter."""
    candidates = []
    for number, row in enumerate(wanted):
        for index, fact in enumerate(found):
            overlap = min(fact["end_char"], row["end"]) - max(fact["start_char"], row["start"])
            if overlap > 0:
                candidates.append((fact["kind"] != row["kind"], -overlap, number, index))
    partner: dict[int, int] = {}
    used: set[int] = set()
    for _, _, number, index in sorted(candidates):
        if number not in partner and index not in used:
            partner[number] = index
            used.add(index)
    return partner


_Check = Callable[[Record, Mapping[str, Any], Mapping[str, Record], Sequence[Mapping[str, Any]]], bool | None]


def _value_right(fact: Record, gold: Mapping[str, Any], *_: object) -> bool:
    wanted = float(gold["value"])
    return abs(float(fact["value"]) - wanted) <= 1e-6 * max(1.0, abs(wanted))


def _unit_right(fact: Record, gold: Mapping[str, Any], *_: object) -> bool:
    accepted = gold["unit"] if isinstance(gold["unit"], list) else [gold["unit"]]
    return (fact["unit"] or "").lower() in {unit.lower() for unit in accepted}


def _same(name: str) -> _Check:
    def check(fact: Record, gold: Mapping[str, Any], *_: object) -> bool:
        return bool(fact[name] == gold[name])

    return check


def _direction_right(fact: Record, gold: Mapping[str, Any], *_: object) -> bool:
    return bool(fact["direction"] == gold["direction"] or (gold["direction"] is None and fact["role"] == gold["role"]))


def _measure_right(fact: Record, gold: Mapping[str, Any], *_: object) -> bool | None:
    return None if gold["measure"] is None else same_words(fact["measure"], gold["measure"])


def _whole_right(fact: Record, gold: Mapping[str, Any], *_: object) -> bool:
    if gold["share_of"] is None:
        return gold["role"] == "share" or fact["share_of"] is None
    return same_words(fact["share_of"], gold["share_of"])


def _entity_right(fact: Record, gold: Mapping[str, Any], *_: object) -> bool | None:
    return None if gold["entity"] is None else same_words(fact["entity"], gold["entity"], least=0.5)


def _attribution_right(fact: Record, gold: Mapping[str, Any], *_: object) -> bool:
    if gold["attribution"] is None:
        return fact["attribution"] is None
    return same_words(fact["attribution"], gold["attribution"], least=0.5)


def _period_right(fact: Record, gold: Mapping[str, Any], *_: object) -> bool:
    return _interval_right(fact["period_start"], fact["period_end"], gold["period"])


def _basis_right(fact: Record, gold: Mapping[str, Any], *_: object) -> bool | None:
    if gold["role"] not in {"change", "multiple"}:
        return None
    return _interval_right(fact["basis_start"], fact["basis_end"], gold["basis"])


def _conversion_right(
    fact: Record, gold: Mapping[str, Any], by_id: Mapping[str, Record], wanted: Sequence[Mapping[str, Any]]
) -> bool:
    if gold["conversion_of"] is None:
        return fact["conversion_of"] is None
    restated = by_id.get(fact["conversion_of"])
    other = wanted[gold["conversion_of"]]
    return restated is not None and restated["start_char"] < other["end"] and restated["end_char"] > other["start"]


#: Attribute → whether the fact has it right; None where the gold accepts anything.
_CHECKS: dict[str, _Check] = {
    "value": _value_right,
    "unit": _unit_right,
    "bound": _same("bound"),
    "measure": _measure_right,
    "period": _period_right,
    "role": _same("role"),
    "direction": _direction_right,
    "share_of": _whole_right,
    "status": _same("status"),
    "entity": _entity_right,
    "basis": _basis_right,
    "attribution": _attribution_right,
    "conversion_of": _conversion_right,
}


def _interval_right(start: date | None, end: date | None, gold: Sequence[str | None] | None) -> bool:
    found = [day.isoformat() if day else None for day in (start, end)]
    return found == (list(gold) if gold else [None, None])


def same_words(found: str | None, accepted: Iterable[str], *, least: float = 0.6) -> bool:
    """Whether ``found`` shares at least ``least`` of its content words (Dice coefficient) with one of the wordings.

    >>> same_words("cross-border exports", ["China's cross-border exports"])
    True
    """
    if not found:
        return False
    got = _content_words(found)
    for wording in accepted:
        want = _content_words(wording)
        if not got or not want:
            if found.strip().lower() == wording.strip().lower():
                return True
        elif (shared := (got & want).total()) and 2 * shared / (got.total() + want.total()) >= least:
            return True
    return False


def _content_words(phrase: str) -> Counter[str]:
    plain = phrase.lower().replace("’", "'").replace("\xa0", " ").replace("'s", " ")
    return Counter(_singular(word) for word in _WORD.findall(plain) if word not in _FILLER)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _shown(fact: Record, name: str) -> str:
    if name in {"period", "basis"}:
        return "..".join(str(fact[f"{name}_{end}"]) for end in ("start", "end"))
    return repr(fact[name] if name != "value" else str(fact[name].normalize()))


def _score_dates(score: Score, gold: Mapping[str, Any], found: Sequence[Record]) -> None:
    score.dates["predicted"] += len(found)
    for row in gold["dates"]:
        score.dates["gold"] += 1
        hit = next((d for d in found if d["start_char"] < row["end"] and d["end_char"] > row["start"]), None)
        if hit is None:
            score.differences.append(f"{gold['doc']}: missed date {row['text']!r} at {row['start']}")
            continue
        score.dates["span"] += 1
        right = (
            _interval_right(hit["start_date"], hit["end_date"], row["period"])
            if row["period"]
            else hit["duration"] == row.get("duration")
        )
        score.dates["value"] += right
        if not right:
            got = f"{hit['start_date']}..{hit['end_date']} {hit['duration']}"
            score.differences.append(f"{gold['doc']}: date {row['text']!r} is {got}, want {row['period'] or row.get('duration')}")


def _score_names(score: Score, gold: Mapping[str, Any], mentions: Sequence[Record]) -> None:
    found = list({(mention["text"].lower(), mention["label"]): mention for mention in mentions}.values())
    for row in gold["entities"]:
        score.names["gold"] += 1
        wanted = row["text"].lower().removeprefix("the ")
        hits = [e for e in found if e["text"].lower().replace("\xa0", " ").removeprefix("the ") == wanted]
        labeled = any(e["label"] in row["label"] for e in hits)
        canonical = row["name"].lower().removeprefix("the ")
        score.names["text"] += bool(hits)
        score.names["label"] += labeled
        score.names["name"] += any((e["name"] or "").lower().removeprefix("the ") == canonical for e in hits)
        if not labeled:
            as_what = sorted({e["label"] for e in hits}) or "nothing"
            score.differences.append(f"{gold['doc']}: name {row['text']!r} {row['label']} found as {as_what}")
