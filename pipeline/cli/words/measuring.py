"""How right and how fast it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.command import AsJson, Database, command


@command
def score(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD_DIR", exists=True, file_okay=False, help="Folder of hand-made gold files.")
    ],
    database: Database = None,
    differences: Annotated[int, typer.Option("--show", min=0, metavar="N", help="Print the first N differences.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Compare the database with hand-made gold, and the confidence of facts with how often they are right.

    The articles of the gold must have been ingested before. Gold files are JSON, as corpus/README.md describes.

    \b
    Examples:
      factledger score corpus/gold
      factledger score corpus/gold --show 20
    """
    from pipeline.cli.score import print_score

    print_score(gold, database=database, differences=differences, as_json=as_json)


@command
def bench(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Articles to read; a few pages are enough. Without, only --articles is measured."),
    ] = None,
    words: Annotated[
        int,
        typer.Option("--words", min=1, metavar="N", help="Words to read at least; fewer are repeated."),
    ] = 20_000,
    articles: Annotated[
        int, typer.Option("--articles", min=0, metavar="N", help="Made-up articles to load and ask; 0 leaves that out.")
    ] = 0,
    cluster: Annotated[
        bool,
        typer.Option("--cluster/--no-cluster", help="Measure two workers of a Dask cluster too, beside --jobs 2."),
    ] = True,
    history: Annotated[
        Path | None, typer.Option("--history", metavar="FILE", help="JSON lines to compare with and to add to.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure how fast this machine reads, beside plain nlp.pipe over the same texts, and what a large store costs.

    \b
    Examples:
      factledger bench corpus
      factledger bench corpus --articles 100000 --history tests/benchmarks/history.jsonl
      factledger bench --articles 100000
    """
    from pipeline.cli.bench import run_bench

    if not paths and not articles:
        raise typer.BadParameter("Name articles to read, or give --articles N to load made-up ones, or both.")
    run_bench(paths or [], words=words, articles=articles, cluster=cluster, history=history, as_json=as_json)
