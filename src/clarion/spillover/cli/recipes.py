"""The command for production recipes: relative losses by the published multilayer model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from clarion.spillover.service.recipes import Loss


def recipes(
    inputs: Annotated[Path, typer.Option(help="Folder of the published inputs (sparse_*.mtx and lists of names).")],
    shock: Annotated[str, typer.Option(help="The country that is lost, by its code: UKR.")],
    item: Annotated[str, typer.Option(help="Lose this item alone: maize, or a name of the recipes.")] = "",
    trade: Annotated[
        Path | None,
        typer.Option(help="sparse_trade.mtx, or a CSV of flows: item,exporter_iso3,importer_iso3,tonnes."),
    ] = None,
    year: Annotated[int, typer.Option(help="Year of the flows, where the CSV has a column year.")] = 2013,
    steps: Annotated[int, typer.Option(help="Steps of the model; they have no length in time.")] = 10,
    spare_last: Annotated[
        bool, typer.Option("--spare-last", help="Repeat the published slip: the last item is never lost.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Write the table here too (.csv, .parquet or .xlsx).")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the machine-readable answer.")] = False,
) -> None:
    """Lose all that a country makes, or one item of it: what others lose through recipes and trade, as published."""
    from clarion.cli_output import emit, table
    from clarion.config import config
    from clarion.locale import say
    from clarion.spillover.service.recipes import NO_INTERVAL, STATEMENT
    from clarion.spillover.service.recipes import recipes as ask
    from clarion.tables.files import write_file

    found = ask(inputs, shock, item=item, trade=trade, year=year, steps=steps, spare_last=spare_last)
    if out:
        write_file(found.frame(), out)

    def show(_: Any) -> None:
        for text in (found.sentence, STATEMENT, NO_INTERVAL, *found.methods):
            typer.echo(say(text, config().language))
        columns = ["where", "item", "relative loss"]
        for level in ("region", "country"):
            table([_row(x) for x in found.largest(level, 25)], columns, columns[2:])

    emit(found.to_dict() if json else None, json, show)


def _row(loss: Loss) -> dict[str, str]:
    return {"where": loss.place, "item": loss.item, "relative loss": f"{loss.relative_loss:.3f}"}
