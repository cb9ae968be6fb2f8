"""``clarion spillover plan``: where a fixed budget avoids most harm in a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clarion.spillover.cli.options import Json, Months, Scenario, Seed, Trade, Workers, named

if TYPE_CHECKING:
    from clarion.spillover.service.support.answers import Asked
    from clarion.spillover.service.support.proposing import Proposed


def plan(
    scenario: Scenario = "black-sea-closure",
    budget: Annotated[float | None, typer.Option(help="Budget in million USD; 100 where no file says it.")] = None,
    file: Annotated[Path | None, typer.Option(help="A plan file (.toml): menu, costs, earmarks, floor, lots.")] = None,
    risk: Annotated[float | None, typer.Option(help="Weight of the worst tenth of the draws; 0 for none.")] = None,
    floor: Annotated[
        float | None, typer.Option(help="Share, 0 to 1, of a split by need that every country gets at least.")
    ] = None,
    earmark: Annotated[
        list[str] | None,
        typer.Option(help="NAME=MILLIONS[:COUNTRIES[:MEASURES]], such as horn=10:ETH,SOM; may be repeated."),
    ] = None,
    cost: Annotated[
        list[str] | None, typer.Option(help="MEASURE=USD a unit, such as food-aid=212; may be repeated.")
    ] = None,
    trade: Trade = "corrected",
    months: Months = 0,
    draws: Annotated[int, typer.Option(help="Random draws behind the plan, 2 to 1,000.")] = 200,
    seed: Seed = None,
    workers: Workers = 1,
    out: Annotated[Path | None, typer.Option(help="Folder to write the brief and the tables into.")] = None,
    propose: Annotated[
        bool,
        typer.Option("--propose", help="Keep the plan at the desk, publish its run, propose the plan to the board."),
    ] = False,
    json: Json = False,
) -> None:
    """Plan support: who gets what of a budget so that most harm is avoided. A proposal, for people to decide on."""
    from clarion.cli_output import emit, table
    from clarion.config import config
    from clarion.locale import say
    from clarion.spillover.service.support import answers
    from clarion.spillover.service.support.sentences import (
        carried_sentence,
        choice_sentence,
        kept_sentence,
        more_sentence,
    )
    from clarion.spillover.service.words import worded

    asked = answers.asked(file, budget, risk, floor, tuple(earmark or ()), tuple(cost or ()))
    if out:
        answers.ready(out)
    settings: dict[str, Any] = {"trade": trade, "months": months, "draws": draws, "seed": seed, "workers": workers}
    kept = _propose(scenario, asked, settings) if propose else None
    found = kept or answers.answer(scenario, asked.question, **settings)
    language = config().language
    files = answers.write(found, out, language) if out else []

    def show(_: Any) -> None:
        result = found.result
        typer.echo(result.sentence(language) + ".")
        typer.echo(say(result.statement, language))
        for sentence in (kept_sentence, carried_sentence):
            if told := sentence(result, language):
                typer.echo(told + ".")
        columns = ["USD", "funded in", "person-years avoided"]
        rows = [
            {"country": named(c.iso3), "measure": g.measure["title"], columns[0]: worded(g.money, "number", "en"),
             columns[1]: worded(g.often, "share", "en"),
             columns[2]: worded(c.avoided, "number", "en") if g is c.grants[0] else ""}
            for c in result.helped[:30] for g in c.grants
        ]  # fmt: skip
        table(rows, ["country", "measure", *columns], columns)
        typer.echo(more_sentence(result, language) + ".")
        if choice := choice_sentence(result, language):
            typer.echo(choice + ".")
        for rule in result.rules:
            typer.echo(f"{say(rule.title, language)}: {worded(rule.avoided, 'number', language)};"
                       f" the plan avoids {worded(rule.more, 'number', language)} more")  # fmt: skip
        for note in result.notes:
            typer.echo(say(note, language))
        for name in files:
            typer.echo(name)
        if kept:
            typer.echo(f"Proposed to the board, which binds nobody, as plan {kept.kept.pk}. See: clarion commitments")

    proposed = {"proposed": kept.told()} if kept else {}
    emit(found.result.data | {"files": files} | proposed, json, show)


def _propose(scenario: str, asked: Asked, settings: dict[str, Any]) -> Proposed:
    from clarion.access import Actor
    from clarion.desk.setup import django_ready

    django_ready()
    from clarion.spillover.service.support.proposing import propose

    return propose(Actor.console(), scenario, asked, **settings)
