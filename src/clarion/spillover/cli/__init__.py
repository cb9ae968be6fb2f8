"""The room at the command line. Each command calls one use case; heavy imports wait until it runs."""

from __future__ import annotations

import typer

from clarion.spillover.cli import market
from clarion.spillover.cli.backtest import backtest
from clarion.spillover.cli.brief import brief
from clarion.spillover.cli.cascade import cascade
from clarion.spillover.cli.compare import compare
from clarion.spillover.cli.exposure import country, exposure, ranking, suppliers
from clarion.spillover.cli.macro import macro
from clarion.spillover.cli.plan import plan
from clarion.spillover.cli.recipes import recipes
from clarion.spillover.cli.scenarios import check, run, scenarios

__all__ = ["app", "brief"]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Exposure, scenarios, runs and cascades: who depends on whom, and what if.",
)
for command in (
    exposure, ranking, suppliers, country, scenarios, check, run, compare, plan, cascade, recipes, backtest, macro,
    market.bans, market.prices,
):  # fmt: skip
    app.command()(command)
