"""``score``: how right the database is against gold."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.cli.output import Format, print_json, print_rows, printable
from pipeline.cli.reading import open_to_read
from pipeline.score import LEVELS, Score, score_gold
from pipeline.settings import load_settings


def print_score(gold: Path, *, database: Path | None, differences: int, as_json: bool) -> None:
    """Print the figures, and the first ``differences`` differences on standard error."""
    settings = load_settings(database=database)
    with open_to_read(settings) as con:
        score = score_gold(con, gold)
    for line in score.differences[:differences]:
        typer.echo(printable(line), err=True)
    if as_json:
        print_json(score.as_json())
    else:
        _print_figures(score)


def _print_figures(score: Score) -> None:
    for line in score.unscored:
        typer.echo(f"! {line}")
    for name in LEVELS:
        rate = score.level(name)
        typer.echo(
            f"{name:6} P {rate.precision:.3f}  R {rate.recall:.3f}  F1 {rate.f1:.3f}"
            f"   ({rate.hits} right of {rate.gold} gold, {rate.predicted} found)"
        )
    figures = score.as_json()
    kinds = "  ".join(f"{k} {v['span']:.2f}/{v['value']:.2f}/{v['fact']:.2f}" for k, v in figures["by_kind"].items())
    typer.echo(f"by kind    {kinds} (span/value/fact F1)")
    typer.echo("attributes " + "  ".join(f"{k} {v:.2f}" for k, v in figures["attributes"].items() if v is not None))
    typer.echo(f"dates      span F1 {score.date_level('span').f1:.3f}  value F1 {score.date_level('value').f1:.3f}")
    typer.echo("names      recall " + "  ".join(f"{k} {v:.2f}" for k, v in figures["entities_recall"].items() if v is not None))
    reliability = figures["reliability"]
    if reliability:
        typer.echo("\nReliability: of the facts with this confidence, the share that is right as a whole")
        columns = tuple(reliability[0])
        print_rows(columns, [[row[name] for name in columns] for row in reliability], Format.TABLE)
