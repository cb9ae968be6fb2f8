"""Score pairs of names at the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clarion.screening.cli.name import Json


def pairs(
    file: Annotated[Path, typer.Argument(help="CSV file with the columns name1, name2 and schema.")],
    out: Annotated[Path, typer.Option(help="File for the scores: .csv, .parquet or .xlsx.")],
    json: Json = False,
) -> None:
    """Score pairs of names: for each its score and whether they match."""
    from clarion.access import Actor
    from clarion.cli_output import emit
    from clarion.screening.service.pairs import score_file
    from clarion.tables.files import write_file

    found = score_file(Actor.console(), file)
    write_file(found, out)
    done = {"out": str(out), "pairs": found.height, "matches": int(found["match"].sum())}
    emit(done, json, lambda d: f"{d['pairs']:,} pairs, {d['matches']:,} match: {d['out']}")
