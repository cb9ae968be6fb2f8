"""Scenarios at the command line: those that ship, a check, a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from clarion.spillover.cli.options import (
    Draws,
    Json,
    Months,
    On,
    Out,
    Resume,
    RunRule,
    Scenario,
    Seed,
    Trade,
    Workers,
    named,
)  # fmt: skip


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
    from clarion.spillover.service.scenarios import find, runnable

    found = runnable(find(str(file)), str(file))
    by_month = [name for name in ("fertiliser", "economy") if getattr(found, name) is not None]

    def show(data: dict[str, Any]) -> None:
        typer.echo(f"{data['title']}: {data['shocks']} shock{'s'[: data['shocks'] > 1]}. It can be run.")
        if by_month:
            typer.echo(f"Counted in runs by month only: {', '.join(by_month)}.")

    emit({"name": found.name, "title": found.title, "shocks": len(found.shocks), "by_month": by_month}, json, show)


def run(
    scenario: Scenario = "black-sea-closure", trade: Trade = "corrected", rule: RunRule = "monthly", months: Months = 0,
    draws: Draws = 500, seed: Seed = None, workers: Workers = 1, on: On = "", resume: Resume = None, out: Out = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Ask a scenario: who loses how much, with intervals. A scenario is not a forecast."""
    from clarion.cli_output import emit, table
    from clarion.config import config
    from clarion.locale import say
    from clarion.spillover.service import answers
    from clarion.tables.files import write_file

    found = answers.answer(
        scenario, trade=trade, rule=rule, months=months, draws=draws, seed=seed, workers=workers, on=on, resume=resume
    )
    if out:
        write_file(found.frame, out)

    def show(_: Any) -> None:
        typer.echo(found.result.sentence(config().language))
        typer.echo(say(found.result.statement, config().language))
        columns, rows = found.told()
        table([{"country": named(iso3)} | row for iso3, row in rows[:40]], ["country", *columns], columns)

    emit(found.data, json, show)
