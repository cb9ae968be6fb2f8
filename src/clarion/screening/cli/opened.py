"""Screen opened values that come line by line: the program behind ``clarion keyholder rescreen``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from clarion.screening.cli.name import Json, Use


def opened(
    check: Annotated[bool, typer.Option("--check", help="Only say whether the lists here can clear anybody.")] = False,
    use: Use = "payment",
    json: Json = False,
) -> None:
    """Screen values as lines of JSON from standard input, one answer a line; clarion keyholder rescreen runs it."""
    from clarion.cli_output import emit
    from clarion.screening.service.opened import answers, ready

    if check:
        lists = [one.source for one in ready(use).sanctions]
        emit({"lists": lists}, json, lambda told: "Lists in force: " + ", ".join(told["lists"]))
        return
    # A line ends with a line feed alone: letters that other readers take for an end may stand in a name.
    lines = sys.stdin.buffer.read().decode("utf-8", "replace").removesuffix("\n").split("\n")
    for line in answers(lines if lines != [""] else [], use):
        typer.echo(line)
