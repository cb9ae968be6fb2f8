"""Make kept decisions again, at the command line."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import typer

from clarion.screening.cli.name import Json


def reproduce(
    decision: Annotated[str, typer.Argument(metavar="ID", help="A decision, by its id.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Every decision that is kept.")] = False,
    json: Json = False,
) -> None:
    """Make a decision again from what it keeps; exit code 1 where another answer comes out. Names nobody."""
    from clarion.access import Actor
    from clarion.cli_output import emit
    from clarion.desk.setup import django_ready

    pk = None if everything and not decision else _id(decision)
    django_ready()
    from clarion.screening.service import reproduce as service
    from clarion.screening.service.words import reproduced

    if pk is None:
        found = service.reproduce_all(Actor.console())
        emit(found.to_dict(), json, _told)
        raise typer.Exit(1 if found.wrong else 0)
    verdict = service.reproduce(Actor.console(), pk)
    emit({"id": decision, "verdict": verdict}, json, lambda told: reproduced(told["verdict"], "en"))
    raise typer.Exit(1 if verdict in service.WRONG else 0)


def _id(text: str) -> UUID:
    from clarion.errors import InputError

    try:
        return UUID(text)
    except ValueError as error:
        raise InputError("This is no id of a decision.", where="ID",
                         next_step="Copy it from the page of the decision, or say --all.") from error  # fmt: skip


def _told(found: dict[str, Any]) -> str:
    from clarion.screening.service.words import reproduced

    same = found["counts"].get("same", 0)
    lines = [f"{found['decisions']:,} decisions, {same:,} of them made again to the last bit"]
    lines += [f"  {one['id']}: {reproduced(one['verdict'], 'en')}" for one in found["open"]]
    return "\n".join(lines)
