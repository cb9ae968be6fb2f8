"""The command that scores predictions on past years."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from clarion.spillover.cli.options import Json


def backtest(
    trade: Annotated[Path, typer.Option(help="CSV, may be .gz: year,item,exporter_iso3,importer_iso3,tonnes")],
    production: Annotated[Path, typer.Option(help="CSV, may be .gz: year,item,iso3,tonnes")],
    base_year: Annotated[int, typer.Option(help="Last year that is known; the next one is predicted and scored.")],
    item: Annotated[str, typer.Option(help="Commodity: wheat, maize, rice or soya.")] = "wheat",
    exporters: Annotated[str, typer.Option(help="Whose exports of the next year are known, with commas.")] = "RUS,UKR",
    json: Json = False,
) -> None:
    """Predict every importer's next year from the years before and some exporters' totals, and score it."""
    from clarion.cli_output import emit
    from clarion.config import config
    from clarion.locale import say
    from clarion.spillover.service.backtest import backtest_files

    found = backtest_files(trade, production, item, base_year, exporters.split(","))
    emit(found.to_dict(), json, lambda data: _show(data, say(found.method, config().language)))


def _show(data: dict[str, Any], method: str) -> str:
    def row(name: str, errors: dict[str, Any]) -> str:
        return f"{name:<13}{_figure(errors['wape_all']):>8}{_figure(errors['wape_exposed']):>10}"

    asked = (
        f"Imports of {data['item']} in {data['target_year']}, said from {data['base_year']}: "
        f"{data['importers']} importers, {data['importers_exposed']} of them exposed."
    )
    sure = (
        f"90 % intervals hold {_figure(data['coverage_90'])} of the importers; "
        f"mean width {_figure(data['width_90'])} of the prediction."
    )
    lines = [
        asked, "",
        f"{'error (WAPE)':<13}{'all':>8}{'exposed':>10}",
        row("prediction", data),
        *(row(name.replace("_", " "), errors) for name, errors in data["baselines"].items()),
        "", sure,
        f"Rank correlation of the changes of the exposed: {_figure(data['spearman_exposed'])}.",
        f"Method: {method}.",
    ]  # fmt: skip
    return "\n".join(lines)


def _figure(value: float | None) -> str:
    return "not known" if value is None else f"{value:.3f}"
