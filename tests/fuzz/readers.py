"""A million odd texts for the readers of numbers and dates: none may crash, and every span must slice back.

    python -m tests.fuzz.readers                       texts made of pieces of our cases and of random characters
    python -m tests.fuzz.readers --tries 20000 --seed 7
    python -m tests.fuzz.readers --coverage            texts that atheris (pip install atheris) grows by the code they reach

The first failure at each place of the code is printed with its text, and the exit code is then 1.
``test_fuzz.py`` runs a few thousand in the suite.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

from pipeline.date import read_dates
from pipeline.figures import account_numerals, read_figures
from pipeline.mentions import DateMention, FigureMention, NumeralAccount

CASES = Path(__file__).resolve().parents[1] / "cases"
#: Marks, spaces and characters that have tripped readers of numbers elsewhere.
ODD = (
    *"0 1 9 00 007 1,2,3 1.2.3 1,000 12-34 -1 +1 −1 ±2 1e9 0x1F ½ ⅔ 5½ ² ³ ① Ⅳ ⅷ ٣ ५ ３ 五 万 % ‰ ° £ € ¥ $ ₹ ₿ US$ A$".split(),
    *"/ \\ ( ) [ ] , . ; : ’ ' \" - – — st nd th bn m k tn pc pp x -fold s \u0301 \u202e \ufeff \ud800 🙂 İ ß ǅ ﬁ".split(),
    *(" ", "\n", "\t", "\r\n", "\u00a0", "\u2009", "\u200b", "\u2060", "\u2028", "\x00", "\x1f", "1 000"),
)
REFERENCES = (None, date(1, 1, 1), date(1900, 2, 28), date(2024, 2, 29), date(2025, 9, 17), date(9999, 12, 31))
_LONGEST_SECONDS = 1.0


def pieces() -> tuple[str, ...]:
    """Every word and mark of the texts of our cases, each once, and the odd ones."""
    texts: list[str] = []
    for path in sorted(CASES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line) if line.startswith("{") else {}
            texts += [text for text in row.get("texts", []) if isinstance(text, str)]
    words = dict.fromkeys(re.findall(r"\w+|[^\w\s]", " ".join(texts).replace("[[", "").replace("]]", "")))
    return (*words, *ODD)


def sentences() -> tuple[str, ...]:
    """The texts of our cases, which are cut and glued."""
    found: list[str] = []
    for path in sorted(CASES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line) if line.startswith("{") else {}
            found += [text.replace("[[", "").replace("]]", "") for text in row.get("texts", []) if isinstance(text, str)]
    return tuple(found)


def make_text(rng: random.Random, words: Sequence[str], whole: Sequence[str]) -> str:
    """One odd text: pieces in a row, two of our sentences glued at random places, or one with characters changed."""
    way = rng.random()
    if way < 0.5:
        glue = rng.choice(("", " ", " ", "-"))
        return glue.join(rng.choice(words) for _ in range(rng.randint(1, 14)))
    first = rng.choice(whole)
    cut = rng.randint(0, len(first))
    if way < 0.75:
        second = rng.choice(whole)
        return first[:cut] + rng.choice(ODD) + second[rng.randint(0, len(second)) :]
    for _ in range(rng.randint(1, 4)):
        first = first[:cut] + rng.choice(words) + first[cut + rng.randint(0, 3) :]
        cut = rng.randint(0, len(first))
    return first


@dataclass(frozen=True, slots=True)
class Readers:
    """What is tried."""

    dates: Callable[..., list[DateMention]] = read_dates
    figures: Callable[..., list[FigureMention]] = read_figures
    account: Callable[..., list[NumeralAccount]] = account_numerals


def check(text: str, reference: date | None, readers: Readers = Readers()) -> None:
    """Read dates, figures and the account of ``text``; raises ``AssertionError`` where a row is not what it says."""
    dates = readers.dates(text, reference=reference, include_vague=True)
    end = 0
    for day in dates:
        assert text[day.start_char : day.end_char] == day.text, day
        assert end <= day.start_char < day.end_char, day
        end = day.end_char
        assert day.start_date is None or day.end_date is None or day.start_date <= day.end_date, day
    figures = readers.figures(text, claimed=[(day.start_char, day.end_char) for day in dates])
    end = 0
    for figure in figures:
        assert text[figure.start_char : figure.end_char] == figure.text, figure
        assert end <= figure.start_char < figure.end_char, figure
        end = figure.end_char
        assert figure.value.is_finite(), figure
        assert figure.value_low is None or figure.value_low <= figure.value, figure
        assert figure.value_high is None or figure.value_high >= figure.value, figure
    for numeral in readers.account(text, figures=figures, dates=dates):
        assert text[numeral.start_char : numeral.end_char] == numeral.text, numeral


def run(tries: int, *, seed: int, each: Callable[[int], None] = lambda done: None) -> list[tuple[str, date | None, str]]:
    """Check ``tries`` texts; return the first that failed at each place of the code, with what was raised."""
    rng = random.Random(seed)
    words, whole = pieces(), sentences()
    failures: dict[str, tuple[str, date | None, str]] = {}
    for number in range(tries):
        text, reference = make_text(rng, words, whole), rng.choice(REFERENCES)
        start = time.process_time()
        try:
            check(text, reference)
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{frame.filename}:{frame.lineno}"
            failures.setdefault(place, (text, reference, f"{type(error).__name__}: {error} ({place})"[:500]))
        if time.process_time() - start > _LONGEST_SECONDS:
            failures.setdefault("time", (text, reference, f"It took {time.process_time() - start:.1f} seconds."))
        each(number + 1)
    return list(failures.values())


def _grow(arguments: Sequence[str]) -> None:
    import atheris

    # What was imported above is imported anew, so that atheris sees which code a text reaches.
    for name in [name for name in sys.modules if name.partition(".")[0] == "pipeline"]:
        del sys.modules[name]
    with atheris.instrument_imports(include=["pipeline"]):
        import_module("pipeline.date")
        import_module("pipeline.figures")
    readers = Readers(
        dates=sys.modules["pipeline.date"].read_dates,
        figures=sys.modules["pipeline.figures"].read_figures,
        account=sys.modules["pipeline.figures"].account_numerals,
    )

    def one(data: bytes) -> None:
        if data:
            check(data[1:401].decode("utf-8", "replace"), REFERENCES[data[0] % len(REFERENCES)], readers)

    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(sentences()):
            Path(folder, str(number)).write_bytes(b"\4" + text.encode("utf-8"))
        atheris.Setup([sys.argv[0], *arguments, folder], one)
        atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--tries", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--coverage", action="store_true", help="let atheris make the texts; what follows -- is its own")
    options, further = parser.parse_known_args()
    if options.coverage:
        _grow([f"-runs={options.tries}", f"-seed={options.seed}", *further])
        return 0
    start = time.monotonic()

    def tell(done: int) -> None:
        if done % 50_000 == 0:
            print(f"{done:,} tries, {time.monotonic() - start:.0f} seconds", file=sys.stderr, flush=True)

    failures = run(options.tries, seed=options.seed, each=tell)
    for text, reference, message in failures:
        print(f"{text!a}, reference {reference}: {message}")
    print(f"{options.tries:,} tries, {len(failures)} failures, {time.monotonic() - start:.0f} seconds")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
