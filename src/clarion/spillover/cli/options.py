"""Options that several commands of the room take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print the machine-readable answer.")]
Draws = Annotated[int, typer.Option(help="Random draws behind the intervals.")]
Seed = Annotated[int | None, typer.Option(help="Seed of the random numbers; the same seed gives the same answer.")]
Item = Annotated[str, typer.Option(help="Commodity: wheat, maize, rice, soya and others that are loaded.")]
Trade = Annotated[str, typer.Option(help="raw (as reported) or corrected (for re-exports).")]
Minimum = Annotated[float, typer.Option(help="Leave out importers of fewer tonnes a year.")]
Years = Annotated[str, typer.Option("--period", help="Year or years, such as 2019-2021; by default the latest.")]
Source = Annotated[str, typer.Option(help="Whose trade figures; see: clarion sources.")]
Out = Annotated[Path | None, typer.Option(help="Write the table here too (.csv, .parquet or .xlsx).")]
Scenario = Annotated[str, typer.Option(help="Name of a shipped scenario, or a .toml file.")]
Rule = Annotated[str, typer.Option(help="How shortages spread: pta, rta or burkholz.")]
RunRule = Annotated[str, typer.Option("--rule", help="monthly, or a published yearly rule: pta, rta or burkholz.")]
Months = Annotated[int, typer.Option("--months", help="Months to run, 12 to 36; 0 as the scenario says.")]
Workers = Annotated[int, typer.Option(help="Processes to work in; the answer does not depend on it.")]
On = Annotated[
    str, typer.Option(help="Where to work: serial, processes, spark, or a master such as spark://host:7077.")
]
Resume = Annotated[Path | None, typer.Option(help="Keep what is done in this folder, and go on from what it holds.")]


def named(iso3: str) -> str:
    """A country's code and name."""
    from clarion.vocab import place

    return f"{iso3} {place(iso3).name()}"
