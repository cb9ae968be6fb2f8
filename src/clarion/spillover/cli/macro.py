"""``clarion spillover macro``: wages, trade and prices when Russia's economy is shaken."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from clarion.spillover.cli.options import Draws, Json, Seed, named

Countries = Annotated[
    list[str] | None, typer.Option("--country", help="A country's code, such as ARM; may be repeated.")
]
Law = "one number, or lowest, most likely and highest, such as"


def macro(
    country: Countries = None,
    growth: Annotated[str, typer.Option(help=f"Change of Russia's GDP: {Law} -0.08,-0.04,0.01.")] = "",
    rouble: Annotated[str, typer.Option(help=f"Change of the rouble's value in dollars: {Law} -0.33,-0.1,0.08.")] = "",
    rupture: Annotated[
        bool, typer.Option(help="Whether sanctions or war begin, so that people and firms move.")
    ] = True,
    base_year: Annotated[int, typer.Option(help="The year before the shock; later evidence is not used.")] = 2021,
    draws: Draws = 4000,
    seed: Seed = None,
    json: Json = False,
) -> None:
    """Wages sent home, trade and prices when Russia's economy is shaken: always both signs, with their chance."""
    from clarion.access import Actor
    from clarion.cli_output import emit, table
    from clarion.config import config
    from clarion.locale import say
    from clarion.spillover.service import macro as service
    from clarion.spillover.service.words import explained, worded

    asked = service.question(
        tuple(country or ()), growth, rouble, rupture=rupture, base_year=base_year, draws=draws
    )  # fmt: skip
    found = service.answer(Actor.console(), asked, seed)

    def show(_: Any) -> None:
        language = config().language
        rows = service.ranked(found)
        typer.echo(say(found.statement, language))
        for one in rows if asked.countries else ():
            typer.echo(service.sentence(one, language) + ".")
        columns = ["money from Russia, USD m", "ratio", "chance of more", "change, % of GDP"]
        table(
            [
                {"country": named(one.iso3),
                 columns[0]: worded(one.received, "number", "en"), columns[1]: worded(one.ratio, "number", "en", 2),
                 columns[2]: worded(one.increase, "share", "en"),
                 columns[3]: worded(one.share_of_gdp, "share", "en", 1)}
                for one in rows
            ],
            ["country", *columns], columns,
        )  # fmt: skip
        typer.echo(f"Prices in Russia: {explained(found.prices_in_russia, 'share', language)}")
        for gap in found.not_known:
            typer.echo(f"{say(gap.what, language)}: not known. {say(gap.reason, language)}")

    emit(found.to_dict(), json, show)
