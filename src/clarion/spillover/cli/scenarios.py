"""Scenarios at the command line: those that ship, a check, a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from clarion.spillover.cli.options import Draws, Json, On, Out, Resume, Rule, Scenario, Seed, Trade, Workers, named


def scenarios(json: Json = False) -> None:
    """The scenarios that ship with Clarion."""
    from clarion.cli_output import emit, table
    from clarion.spillover.engine.scenario import shipped_scenarios

    rows = [
        {"name": s.name, "title": s.title, "items": ", ".join(s.items), "period": str(s.period)}
        for s in shipped_scenarios().values()
    ]
    emit(rows, json, lambda r: table(r, ["name", "title", "items", "period"]))


def check(file: Path, json: Json = False) -> None:
    """Read a scenario file and say whether it can be run, or what is wrong on which line."""
    from clarion.cli_output import emit
    from clarion.spillover.service.scenarios import check as read
    from clarion.spillover.service.scenarios import find

    found = read(find(str(file)), str(file))
    emit({"name": found.name, "title": found.title, "shocks": len(found.shocks)}, json,
         lambda d: f"{d['title']}: {d['shocks']} shock{'s'[: d['shocks'] > 1]}. It can be run.")  # fmt: skip


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
                {"country": named(c.iso3),
                 "kcal a person a day missing": worded(c.kcal_before_response, "number", "en"),
                 "after the response": worded(c.kcal_lost, "number", "en"),
                 "people under the requirement": worded(c.people_before_response, "number", "en")}
                for c in result.ranked()[:40]
            ],
            ["country", *missing], missing,
        )  # fmt: skip

    emit(result.data, json, show)
