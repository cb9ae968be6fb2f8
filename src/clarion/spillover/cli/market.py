"""Export bans and prices at the command line."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from clarion.spillover.cli.options import Json, named


def bans(
    date: Annotated[str, typer.Option(help="Day, such as 2022-04-15.")] = "2022-04-15",
    source: Annotated[str, typer.Option(help="Whose trade figures; see: clarion sources.")] = "",
    json: Json = False,
) -> None:
    """Which exports were under restriction on a day, and what share of traded calories that is."""
    from clarion.access import Actor
    from clarion.cli_output import emit, table
    from clarion.config import config
    from clarion.spillover.service import bans as service
    from clarion.spillover.service.words import commodity_name, worded

    found = service.restricted(Actor.console(), service.read_day(date), source or None)

    data = service.restricted_data(found)

    def show(_: Any) -> None:
        typer.echo(service.answer_sentence(found, config().language))
        for row in data["published"]:
            typer.echo(f"Published, {row['metric']}: {row['value']:g} {row['unit']} ({row['source']})")
        table([{"measures": name, "share of traded calories": worded(e, "share", "en", 1)}
               for name, e in found.shares.items()], ["measures", "share of traded calories"],
              ["share of traded calories"])  # fmt: skip
        table(
            [{"exporter": named(h.iso3), "commodity": commodity_name(h.food, "en"),
              "measures": ", ".join(h.measures), "share": f"{h.share:.1%}",
              "source rows": ", ".join(map(str, h.rows))} for h in found.held[:25]],
            ["exporter", "commodity", "measures", "share", "source rows"], ["share"],
        )  # fmt: skip

    emit(data, json, show)


def prices(json: Json = False) -> None:
    """Prices of spring 2022 as they could be foretold in February, beside what came."""
    from clarion.access import Actor
    from clarion.cli_output import emit, table
    from clarion.spillover.service import prices as service
    from clarion.spillover.service.words import commodity_name, worded

    found = service.lookback(Actor.console())

    def show(_: Any) -> None:
        typer.echo(f"Mean price of {found['window'][0]} to {found['window'][1]} over the twelve months before:")
        names = ["came", "foretold", "naive"]
        table(
            [{"commodity": commodity_name(item, "en"), **{n: worded(kinds[n], "share", "en") for n in names}}
             for item, kinds in found["items"].items()],
            ["commodity", *names], names,
        )  # fmt: skip
        for item, estimate in found["cooperation"].items():
            typer.echo(f"Cooperation lowers the rise of {item} by {worded(estimate, 'number', 'en')} points.")

    emit(service.lookback_data(found), json, show)
