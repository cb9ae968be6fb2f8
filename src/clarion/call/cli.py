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
    from clarion.locale import gettext

    actor, language = Actor.console(), config().language
    cards = [card.to_dict() for card in board(actor, indicators(actor, language))]
    rows = [
        {
            gettext("action", language): gettext(c["title"], language),
            gettext("where it stands", language): "; ".join(m["statement"] for m in c["measured"])
            or gettext("not measured yet", language),
        }
        for c in cards
    ]
    emit(cards, json, lambda _: table(rows, list(rows[0])))
