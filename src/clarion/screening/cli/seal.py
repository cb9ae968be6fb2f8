"""Screen and seal a file of payees at the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from clarion.screening.cli.batch import Column, pair
from clarion.screening.cli.name import Json, Use
from clarion.screening.cli.typed import as_typed, options


def seal(
    file: Annotated[Path, typer.Argument(help="CSV or Excel file of payees, headings in its first line.")],
    out: Annotated[Path, typer.Option(help="New CSV file for the handles, one row a payee.")],
    column: Column = None,
    use: Use = "payment",
    json: Json = False,
) -> None:
    """Screen payees in memory and seal them for the keyholders, all or none. The outcome is told once, by line."""
    from clarion.access import Actor
    from clarion.cli_output import emit
    from clarion.desk.setup import django_ready

    django_ready()
    from clarion.screening.service.batch.sealed import run

    with as_typed(options("column", "use")):
        done = run(Actor.console(), file, out, named=dict(map(pair, column or ())), use=use)
    emit(done.to_dict(), json, _lines)


def _lines(data: dict[str, Any]) -> str:
    counts = ", ".join(f"{name}: {count:,}" for name, count in data["counts"].items())
    lines = [f"{data['sealed']:,} payees are sealed: {counts}", f"handles: {data['out']}"]
    lines += [f"  line {one['line']}: {one['outcome']}" for one in data["open"]]
    return "\n".join([*lines, "Remove the file of payees now."])
