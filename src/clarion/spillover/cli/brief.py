"""``clarion brief``: the brief of a scenario or a country, written into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clarion.spillover.cli.options import Draws, Json, Months, RunRule, Seed, Workers


def brief(
    scenario: Annotated[str, typer.Option(help="Name of a shipped scenario, or a .toml file.")] = "",
    country: Annotated[str, typer.Option(help="A country's three-letter code, such as KGZ.")] = "",
    out: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("out"),
    language: Annotated[str, typer.Option(help="en, ru, uk, kk, hy or ka; CLARION_LANGUAGE by default.")] = "",
    trade: Annotated[str, typer.Option(help="raw or corrected.")] = "",
    period: Annotated[str, typer.Option(help="Of a country's brief: year or years; by default the latest.")] = "",
    source: Annotated[str, typer.Option(help="Of a country's brief: whose trade figures.")] = "",
    rule: RunRule = "monthly",
    months: Months = 0,
    draws: Draws = 500,
    seed: Seed = None,
    workers: Workers = 1,
    json: Json = False,
) -> None:
    from clarion.access import Actor
    from clarion.cli_output import emit
    from clarion.config import config
    from clarion.errors import InputError
    from clarion.spillover.service.answers import write_country_brief, write_scenario_brief

    chosen = language or config().language
    if bool(scenario) == bool(country):
        raise InputError(
            "A brief is of one scenario or of one country.", where="--scenario, --country",
            next_step="Give one of them, for example: clarion brief --country KGZ --out out/",
        )  # fmt: skip
    if country:
        done = write_country_brief(Actor.console(), country, out, chosen, trade or "raw", period, source or None)
    else:
        done = write_scenario_brief(
            scenario,
            out,
            chosen,
            trade=trade or "corrected",
            rule=rule,
            months=months,
            draws=draws,
            seed=seed,
            workers=workers,
        )
    emit(done, json, lambda d: d["answer"] + "\n\n" + "\n".join(d["files"]))
