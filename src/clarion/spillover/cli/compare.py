"""``clarion spillover compare``: two scenarios, draw by draw with the same random numbers."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from clarion.spillover.cli.options import Draws, Json, Months, On, Out, RunRule, Seed, Trade, Workers, named

One = Annotated[str, typer.Argument(help="Name of a shipped scenario, or a .toml file.")]
Other = Annotated[str, typer.Argument(help="Another, by name or file; the answer is this one less the first.")]


def compare(
    first: One, second: Other, trade: Trade = "corrected", rule: RunRule = "monthly", months: Months = 0,
    draws: Draws = 500, seed: Seed = None, workers: Workers = 1, on: On = "", out: Out = None, json: Json = False,
) -> None:  # fmt: skip
    """Two scenarios, draw by draw with the same random numbers: what differs is the scenario, not the luck."""
    from clarion.cli_output import emit, table
    from clarion.config import config
    from clarion.locale import say
    from clarion.spillover.service import pairs
    from clarion.spillover.service.frames import compared_frame
    from clarion.spillover.service.words import worded
    from clarion.tables.files import write_file

    found = pairs.compare(
        first, second, trade=trade, rule=rule, months=months, draws=draws, seed=seed, workers=workers, on=on
    )
    if out:
        write_file(compared_frame(found), out)
    language = config().language

    def show(_: Any) -> None:
        typer.echo(found.sentence(language))
        for title, statement in found.warnings:
            typer.echo(f"{say(title, language)}: {say(statement, language)}" if title else say(statement, language))
        for word, title in zip(("first", "second"), found.titles, strict=True):
            typer.echo(f"{word}: {say(title, language)}")
        for name, figure in found.facts():
            said = "person-days under the requirement" if name == "person_days" else f"mean world price of {name}"
            typer.echo(f"{said}: {worded(figure, *_kind(figure.unit))}")
        columns = ["first", "second", "difference"]
        rows = [
            {"country": named(row.iso3)} | {name: worded(getattr(row, name), "number", "en") for name in columns}
            for row in found.rows[:40]
        ]
        if rows:
            table(rows, ["country", *columns], columns)

    emit(found.to_dict() | {"answer": found.sentence(language)}, json, show)


def _kind(unit: str) -> tuple[str, str, int]:
    """How a figure of this unit is written: kind, language, digits."""
    return ("share", "en", 1) if unit == "ratio" else ("number", "en", 0)
