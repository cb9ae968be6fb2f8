"""Options that several commands of the room take."""

from __future__ import annotations

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print the machine-readable answer.")]
Draws = Annotated[int, typer.Option(help="Random draws behind the intervals.")]
Seed = Annotated[int | None, typer.Option(help="Seed of the random numbers; the same seed gives the same answer.")]
