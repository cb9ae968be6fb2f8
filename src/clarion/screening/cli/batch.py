"""Screen a file of payees at the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from clarion.screening.cli.name import Json, Use
from clarion.screening.cli.typed import as_typed, options

Column = Annotated[
    list[str] | None,
    typer.Option(metavar="FIELD=HEADING", help="Which column is what, where its heading does not tell."),
]


def batch(
    file: Annotated[Path, typer.Argument(help="CSV or Excel file of payees, headings in its first line.")],
    out: Annotated[Path, typer.Option(help="CSV file for the answers, one row a payee.")],
    column: Column = None,
    use: Use = "payment",
    on: Annotated[
        str, typer.Option(help="Where to work: serial, processes, spark, or a master such as spark://host:7077.")
    ] = "",
    workers: Annotated[int, typer.Option(help="Processes to work in; 0: two for a large file, else one.")] = 0,
    json: Json = False,
) -> None:
    """Screen every row of a file. Given again after it was stopped, it goes on where it stood."""
    from clarion.access import Actor
    from clarion.cli_output import emit
    from clarion.errors import InputError
    from clarion.screening.service.batch.console import run

    try:
        with as_typed(options("column", "use")):
            done = run(
                Actor.console(), file, out, named=dict(map(pair, column or ())), use=use, progress=_told(not json),
                on=on, workers=workers,
            )  # fmt: skip
    except InputError as error:
        if error.where == "--column":
            error.next_step = "Name it, with its heading, as: --column name='Name of payee'"
        raise
    emit(done.to_dict(), json, _lines)


def pair(text: str) -> tuple[str, str]:
    """A field and the heading of its column, out of FIELD=HEADING."""
    from clarion.errors import InputError

    field, sign, heading = text.partition("=")
    if not sign:
        raise InputError("This does not say which column is what.", where="--column",
                         next_step="Write it as: --column name='Name of payee'")  # fmt: skip
    return field.strip(), heading.strip()


def _told(loud: bool) -> Any:
    def progress(rows: int) -> None:
        if loud:
            typer.echo(f"\r{rows:,} rows", err=True, nl=False)

    return progress


def _lines(data: dict[str, Any]) -> str:
    counts = ", ".join(f"{name}: {count:,}" for name, count in data["counts"].items())
    lines = ["", f"{data['rows']:,} rows: {counts}", f"answers: {data['out']}"]
    lines += [f"broken rows, with the reason: {data['broken']}"] if data["broken"] else []
    lines += [f"an earlier run had done {data['resumed']:,} of them"] if data["resumed"] else []
    return "\n".join(lines)
