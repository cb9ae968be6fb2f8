"""The board and its commitments at the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from uuid import UUID


def call(json: Annotated[bool, typer.Option("--json", help="Print the machine-readable answer.")] = False) -> None:
    from clarion.access import Actor
    from clarion.call.service import board, commitments
    from clarion.cli_output import emit, table
    from clarion.config import config
    from clarion.desk.indicators import indicators
    from clarion.locale import gettext

    actor, language = Actor.console(), config().language
    cards = [card.to_dict() for card in board(actor, indicators(actor, language), commitments.offline(actor))]
    rows = [
        {
            gettext("action", language): gettext(c["title"], language),
            gettext("where it stands", language): "; ".join(m["statement"] for m in c["measured"])
            or gettext("not measured yet", language),
        }
        for c in cards
    ]
    emit(cards, json, lambda _: table(rows, list(rows[0])))


def commitments(
    commit: Annotated[str, typer.Option(help="Take this proposal on: its id.")] = "",
    start: Annotated[str, typer.Option(help="Say that work on this one has begun: its id.")] = "",
    finish: Annotated[str, typer.Option(help="Say that this one is done: its id.")] = "",
    decline: Annotated[str, typer.Option(help="Decline this one: its id; give a --reason.")] = "",
    reason: Annotated[str, typer.Option(help="Why it is declined.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print the machine-readable answer.")] = False,
) -> None:
    from clarion.access import Actor
    from clarion.call.service import commitments as service
    from clarion.cli_output import emit, table

    actor = Actor.console()
    for pk, status in ((commit, "committed"), (start, "under-way"), (finish, "done"), (decline, "declined")):
        if pk:
            service.decide(actor, _id(pk), status, reason)
    found = [standing.to_dict() for standing in service.offline(actor)]
    rows = [
        {"id": c["id"], "status": c["status"], "title": c["title"], "by": c["author"],
         "cost": f"{float(c['cost']['amount']):,.0f} {c['cost']['currency']}"}
        for c in found
    ]  # fmt: skip
    emit(found, json, lambda _: table(rows, ["id", "status", "title", "by", "cost"], ("cost",)))


def _id(text: str) -> UUID:
    from uuid import UUID

    from clarion.errors import InputError

    try:
        return UUID(text)
    except ValueError:
        raise InputError(
            "This is not the id of a commitment.", where=text[:40], next_step="See the ids with: clarion commitments"
        ) from None
