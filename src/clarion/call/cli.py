"""The board at the command line."""

from __future__ import annotations

from typing import Annotated

import typer


def call(json: Annotated[bool, typer.Option("--json", help="Print the machine-readable answer.")] = False) -> None:
    from clarion.access import Actor
    from clarion.call.service import board
    from clarion.cli_output import emit, table
    from clarion.config import config
    from clarion.desk.indicators import indicators

    actor = Actor.console()
    cards = [card.to_dict() for card in board(actor, indicators(actor, config().language))]
    rows = [
        {
            "action": c["title"],
            "where it stands": "; ".join(m["statement"] for m in c["measured"]) or "not measured yet",
        }
        for c in cards
    ]
    emit(cards, json, lambda _: table(rows, ["action", "where it stands"]))
