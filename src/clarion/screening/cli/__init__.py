"""The room at the command line. Each command calls one use case; heavy imports wait until it runs."""

from __future__ import annotations

import typer

from clarion.screening.cli import lists, refusals
from clarion.screening.cli.batch import batch
from clarion.screening.cli.exemptions import exemptions
from clarion.screening.cli.name import name
from clarion.screening.cli.opened import opened
from clarion.screening.cli.pairs import pairs
from clarion.screening.cli.reproduce import reproduce
from clarion.screening.cli.rescreen import rescreen
from clarion.screening.cli.seal import seal

__all__ = ["app"]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Screen payees against sanctions lists: one name, a file, pairs of names.",
)
for command in (name, batch, pairs, rescreen, exemptions, reproduce, seal, opened):
    app.command()(command)
app.add_typer(lists.app, name="lists")
app.add_typer(refusals.app, name="refusals")
