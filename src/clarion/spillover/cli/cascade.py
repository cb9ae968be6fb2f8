"""One published cascade on figures of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from clarion.spillover.cli.options import Json, Rule

if TYPE_CHECKING:
    from clarion.spillover.engine.cascade import Rule as CascadeRule


def cascade(
    flows: Annotated[Path, typer.Option(help="CSV: exporter_iso3,importer_iso3,quantity")],
    production: Annotated[Path, typer.Option(help="CSV: iso3,quantity")],
    reserves: Annotated[Path, typer.Option(help="CSV: iso3,quantity")],
    shock: Annotated[Path, typer.Option(help="CSV: iso3,fraction (of production lost, 0 to 1)")],
    out: Annotated[Path, typer.Option(help="CSV to write: iso3,dP,dR,dC,C0")],
    rule: Rule = "pta",
    reserve_fraction: Annotated[float, typer.Option(help="Share of the reserves that may be used, 0 to 1.")] = 0.5,
    consumption_fraction: Annotated[
        float, typer.Option(help="Share of a shortage taken from consumption before trade changes, 0 to 1.")
    ] = 0.01,
    json: Json = False,
) -> None:
    """One food shock cascade as published, on your own figures."""
    from clarion.cli_output import emit
    from clarion.spillover.engine.cascade import cascade_files

    done = cascade_files(
        flows, production, reserves, shock, out, rule=cast("CascadeRule", rule), reserve_fraction=reserve_fraction,
        consumption_fraction=consumption_fraction,
    )  # fmt: skip
    emit(done, json, lambda d: "\n".join(f"{name}: {value}" for name, value in d.items()))
