"""The room at the command line. Each command calls one use case; heavy imports wait until it runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from clarion.spillover import cli_market
from clarion.spillover.cli_backtest import backtest
from clarion.spillover.cli_macro import macro
from clarion.spillover.cli_options import Draws, Json, Seed
from clarion.spillover.cli_recipes import recipes

if TYPE_CHECKING:
    import polars as pl

    from clarion.spillover.engine.cascade import Rule as CascadeRule

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Exposure, scenarios, runs and cascades: who depends on whom, and what if.",
)

Item = Annotated[str, typer.Option(help="Commodity: wheat, maize, rice, soya and others that are loaded.")]
Trade = Annotated[str, typer.Option(help="raw (as reported) or corrected (for re-exports).")]
Minimum = Annotated[float, typer.Option(help="Leave out importers of fewer tonnes a year.")]
Years = Annotated[str, typer.Option("--period", help="Year or years, such as 2019-2021; by default the latest.")]
Source = Annotated[str, typer.Option(help="Whose trade figures; see: clarion sources.")]
Out = Annotated[Path | None, typer.Option(help="Write the table here too (.csv, .parquet or .xlsx).")]
Scenario = Annotated[str, typer.Option(help="Name of a shipped scenario, or a .toml file.")]
Rule = Annotated[str, typer.Option(help="How shortages spread: pta, rta or burkholz.")]
Workers = Annotated[int, typer.Option(help="Processes to work in; the answer does not depend on it.")]
On = Annotated[
    str, typer.Option(help="Where to work: serial, processes, spark, or a master such as spark://host:7077.")
]
Resume = Annotated[Path | None, typer.Option(help="Keep what is done in this folder, and go on from what it holds.")]


@app.command()
def exposure(
    item: Item = "wheat", trade: Trade = "raw", minimum: Minimum = 0, period: Years = "", source: Source = "",
    out: Out = None, json: Json = False,
) -> None:  # fmt: skip
    """Every importer's dependence on Russia and Ukraine for a commodity."""
    from clarion.access import Actor
    from clarion.spillover.service import ask, frames
    from clarion.spillover.service import exposure as service
    from clarion.spillover.service.words import worded

    question = ask.question(item, trade, minimum, period)
    found = service.exposures(Actor.console(), question, source or None)
    rows = [
        {
            "country": _named(e.iso3),
            "share of imports": worded(e.share_from_origins, "share", "en"),
            "share of supply": worded(e.share_of_supply, "share", "en"),
            "kcal a person a day": worded(e.kcal_per_person_day, "number", "en"),
            "imports, t": worded(e.import_tonnes, "number", "en"),
        }
        for e in found
    ]
    _answer(found, rows, frames.exposure_frame, out, json)


@app.command()
def ranking(
    item: Item = "wheat", trade: Trade = "raw", minimum: Minimum = 5000, period: Years = "", source: Source = "",
    out: Out = None, json: Json = False,
) -> None:  # fmt: skip
    """Rank importers over food, wages and fuel: always a rank with its interval."""
    from clarion.access import Actor
    from clarion.spillover.service import ask, frames
    from clarion.spillover.service import exposure as service
    from clarion.spillover.service.words import worded

    found = service.standings(Actor.console(), ask.question(item, trade, minimum, period), source or None)
    rows = [
        {"country": _named(s.iso3), "rank": worded(s.rank, "number", "en"),
         "top ten": f"{s.top_ten:.0%}"}
        for s in found
    ]  # fmt: skip
    _answer(found, rows, frames.ranking_frame, out, json)


@app.command()
def suppliers(
    iso3: str, item: Item = "wheat", trade: Trade = "raw", period: Years = "", source: Source = "",
    out: Out = None, json: Json = False,
) -> None:  # fmt: skip
    """Who sells a commodity to a country, each with its rows in the source file."""
    from clarion.access import Actor
    from clarion.spillover.service import ask, frames
    from clarion.spillover.service import exposure as service
    from clarion.spillover.service.words import worded

    found = service.suppliers(Actor.console(), iso3, ask.question(item, trade, 0, period), source or None)
    rows = [
        {"supplier": _named(p.partner), "tonnes": worded(p.tonnes, "number", "en"),
         "share of imports": worded(p.share, "share", "en"), "reported by": p.reported_by,
         "source rows": ", ".join(map(str, p.source_rows))}
        for p in found
    ]  # fmt: skip
    _answer(found, rows, frames.suppliers_frame, out, json)


RIGHT = ("share of imports", "share of supply", "kcal a person a day", "imports, t", "rank", "top ten", "tonnes")


def _answer(
    found: Sequence[Any], rows: list[dict[str, Any]], frame: Callable[[Any], pl.DataFrame], out: Path | None, json: bool
) -> None:
    """What was found: as a table in ``out`` if that is given, and printed as rows, or whole as JSON."""
    from clarion.cli_output import emit, table
    from clarion.tables.files import write_file

    if out:
        write_file(frame(found), out)
    emit([f.to_dict() for f in found] if json else rows, json, lambda r: table(r, list(r[0]) if r else [], RIGHT))


def _named(iso3: str) -> str:
    from clarion.vocab import place

    return f"{iso3} {place(iso3).name()}"


@app.command()
def country(iso3: str, trade: Trade = "raw", period: Years = "", source: Source = "", json: Json = False) -> None:
    """All that is known of one country, and what is not."""
    from clarion.access import Actor
    from clarion.cli_output import emit
    from clarion.config import config
    from clarion.spillover.service import ask
    from clarion.spillover.service.exposure import profile
    from clarion.spillover.service.profile import answer_sentence, profile_text

    found = profile(Actor.console(), iso3, ask.question("wheat", trade, 0, period), source or None)
    language = config().language
    data = found.to_dict() | {"answer": answer_sentence(found, language)}
    emit(data, json, lambda _: profile_text(found, language))


@app.command()
def scenarios(json: Json = False) -> None:
    """The scenarios that ship with Clarion."""
    from clarion.cli_output import emit, table
    from clarion.spillover.engine.scenario import shipped_scenarios

    rows = [
        {"name": s.name, "title": s.title, "items": ", ".join(s.items), "period": str(s.period)}
        for s in shipped_scenarios().values()
    ]
    emit(rows, json, lambda r: table(r, ["name", "title", "items", "period"]))


@app.command()
def check(file: Path, json: Json = False) -> None:
    """Read a scenario file and say whether it can be run, or what is wrong on which line."""
    from clarion.cli_output import emit
    from clarion.spillover.service.scenarios import check as read
    from clarion.spillover.service.scenarios import find

    found = read(find(str(file)), str(file))
    emit({"name": found.name, "title": found.title, "shocks": len(found.shocks)}, json,
         lambda d: f"{d['title']}: {d['shocks']} shock{'s'[: d['shocks'] > 1]}. It can be run.")  # fmt: skip


@app.command()
def run(
    scenario: Scenario = "black-sea-closure", trade: Trade = "corrected", rule: Rule = "pta", draws: Draws = 500,
    seed: Seed = None, workers: Workers = 1, on: On = "", resume: Resume = None, out: Out = None, json: Json = False,
) -> None:  # fmt: skip
    """Ask a scenario: who loses how much, with intervals. A scenario is not a forecast."""
    from clarion.cli_output import emit, table
    from clarion.config import config
    from clarion.locale import say
    from clarion.spillover.service import frames
    from clarion.spillover.service.answers import answer
    from clarion.spillover.service.words import worded
    from clarion.tables.files import write_file

    result = answer(scenario, trade=trade, rule=rule, draws=draws, seed=seed, workers=workers, on=on, resume=resume)
    if out:
        write_file(frames.run_frame(result), out)

    def show(_: Any) -> None:
        typer.echo(result.sentence(config().language))
        typer.echo(say(result.statement, config().language))
        missing = ["kcal a person a day missing", "after the response", "people under the requirement"]
        table(
            [
                {"country": _named(c.iso3),
                 "kcal a person a day missing": worded(c.kcal_before_response, "number", "en"),
                 "after the response": worded(c.kcal_lost, "number", "en"),
                 "people under the requirement": worded(c.people_before_response, "number", "en")}
                for c in result.ranked()[:40]
            ],
            ["country", *missing], missing,
        )  # fmt: skip

    emit(result.data, json, show)


@app.command()
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


app.command()(macro)
app.command()(recipes)
app.command()(cli_market.bans)
app.command()(cli_market.prices)
app.command()(backtest)


def brief(
    scenario: Annotated[str, typer.Option(help="Name of a shipped scenario, or a .toml file.")] = "",
    country: Annotated[str, typer.Option(help="A country's three-letter code, such as KGZ.")] = "",
    out: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("out"),
    language: Annotated[str, typer.Option(help="en, ru, uk, kk, hy or ka; CLARION_LANGUAGE by default.")] = "",
    trade: Annotated[str, typer.Option(help="raw or corrected.")] = "",
    period: Annotated[str, typer.Option(help="Of a country's brief: year or years; by default the latest.")] = "",
    source: Annotated[str, typer.Option(help="Of a country's brief: whose trade figures.")] = "",
    rule: Rule = "pta",
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
            scenario, out, chosen, trade=trade or "corrected", rule=rule, draws=draws, seed=seed, workers=workers
        )
    emit(done, json, lambda d: d["answer"] + "\n\n" + "\n".join(d["files"]))
