"""Refusals by others at the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from clarion.screening.cli.name import Json

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None,
    help="Transfers and services that others refused: note them, write to them, count them.",
)  # fmt: skip
_TYPED = {"refuser": "NAME", "refused_on": "--on"}
"""Fields of the register that have another name at the command line."""
RefusalId = Annotated[UUID, typer.Argument(metavar="ID", help="A refusal, as refusals list shows it.")]


@app.command("list")
def list_(
    status: Annotated[str, typer.Option(help="Only these: open, sent, answered, resolved or given-up.")] = "",
    json: Json = False,
) -> None:
    """Show the refusals that are kept, the newest first."""
    from clarion.cli_output import emit, table

    rows = [one.to_dict() for one in _register().index(_me(), status)]
    columns = ["id", "refused_on", "refuser", "service", "reason", "amount", "currency", "status", "outcome"]
    emit(rows, json, lambda _: table(rows, columns, ("amount",)))


@app.command()
def add(
    refuser: Annotated[str, typer.Argument(metavar="NAME", help="Who refused: the bank or firm by name.")],
    on: Annotated[str, typer.Option(help="On which day, as 2026-11-27 or 27.11.2026.")],
    by: Annotated[
        str, typer.Option(help="What it is: bank, payment, platform, courier, telecom, insurer, school or other.")
    ] = "bank",
    service: Annotated[
        str,
        typer.Option(help="What: transfer, account, card, software, delivery, connection, insurance, place or other."),
    ] = "transfer",
    reason: Annotated[
        str, typer.Option(help="Why: nationality, namesake, chain, listed, policy, papers, none or other.")
    ] = "none",
    stated: Annotated[str, typer.Option(help="The reason in their words; - reads it from standard input.")] = "",
    amount: Annotated[str, typer.Option(help="Amount, as 1500.50.")] = "",
    currency: Annotated[str, typer.Option(help="Its currency, such as EUR.")] = "",
    whose: Annotated[str, typer.Option(help="A label of whose it was; it is kept locked.")] = "",
    decision: Annotated[str, typer.Option(help="Id of a decision that it is about.")] = "",
    json: Json = False,
) -> None:
    """Note a refusal. What is typed here stays in the shell's history."""
    from clarion.cli_output import emit

    told = {
        "refuser": refuser, "refused_on": on, "by": by, "service": service, "reason": reason, "amount": amount,
        "currency": currency, "whose": whose, "decision": decision,
        "stated": sys.stdin.read(10_000) if stated == "-" else stated,
    }  # fmt: skip
    register = _register()
    with _as_typed():
        made = register.add(_me(), told)
    emit({"id": str(made.pk)}, json, lambda done: f"noted: {done['id']}")


@app.command()
def change(
    refusal: RefusalId,
    status: Annotated[str, typer.Option(help="open, sent, answered, resolved or given-up.")],
    outcome: Annotated[str, typer.Option(help="unknown, done, part, upheld or elsewhere.")] = "unknown",
    note: Annotated[str, typer.Option(help="What they said or did.")] = "",
    json: Json = False,
) -> None:
    """Say how a refusal stands now."""
    from clarion.cli_output import emit

    register = _register()
    with _as_typed():
        done = register.change(_me(), refusal, status, outcome, note).to_dict()
    emit(done, json, lambda one: f"{one['id']}: {one['status']}, {one['outcome']}")


@app.command()
def letter(
    refusal: RefusalId,
    out: Annotated[Path, typer.Option(help="File for the letter: .pdf or .txt.")],
    exemption: Annotated[
        list[str] | None, typer.Option(help="Number of an exemption to cite, such as US-003b; may be given again.")
    ] = None,
    language: Annotated[str, typer.Option(help="en, de, ru or uk.")] = "en",
    signed: Annotated[str, typer.Option(help="Who signs.")] = "",
    person: Annotated[str, typer.Option(help="Name of the person, only if they agree.")] = "",
    days: Annotated[int, typer.Option(help="Days for an answer.")] = 14,
    note: Annotated[
        bool, typer.Option("--note", help="Say in the letter, too, how far the texts were checked.")
    ] = False,
    json: Json = False,
) -> None:
    """Write the letter that asks for a review; what it rests on is told to you, not to them."""
    from clarion.cli_output import emit
    from clarion.errors import InputError
    from clarion.files import replacing

    _register()  # the database first: the letter's module knows the models
    from clarion.screening.service.refusals import letter as letters

    if out.suffix not in (".pdf", ".txt"):
        raise InputError("A letter is a PDF or a text.", where=str(out), next_step="End the name in .pdf or .txt.")
    ask = letters.Ask(tuple(exemption or ()), language, signed, person, days, note)
    made = letters.letter(_me(), refusal, ask)
    with replacing(out) as file:
        file.write_bytes(made.pdf() if out.suffix == ".pdf" else letters.plain(made).encode())
    from clarion.config import config

    notes = letters.note(ask.exemptions, config().language)
    emit({"out": str(out), "notes": notes}, json, lambda d: "\n".join([f"letter: {d['out']}", "", *d["notes"]]))


@app.command()
def totals(json: Json = False) -> None:
    """Count refusals by who refused, why, when, and what came of it; for your own use, small numbers included."""
    from clarion.cli_output import emit
    from clarion.config import config
    from clarion.locale import ngettext
    from clarion.pictures.words import number

    _register()
    from clarion.screening.service.refusals.totals import SIDES
    from clarion.screening.service.refusals.totals import totals as count

    def told(data: dict[str, Any]) -> str:
        language, n = config().language, data["count"]
        said = ngettext("%(n)s refusal is noted", "%(n)s refusals are noted", n, language)
        lines = [said % {"n": number(n, language)}]
        for side in SIDES:
            lines += ["", side, *(f"  {value}: {n:,}" for value, n in data[side].items())]
        return "\n".join(
            [
                *lines,
                "",
                "amounts",
                *(f"  {one['currency']} {one['amount']} ({one['count']})" for one in data["amounts"]),
            ]
        )

    emit(count(_me()).to_dict(), json, told)


@contextmanager
def _as_typed() -> Iterator[None]:
    """A field of the register that cannot be, told by the option or argument that holds it here."""
    from clarion.errors import InputError, UnknownName

    try:
        yield
    except UnknownName:
        raise
    except InputError as error:
        where = _TYPED.get(error.where, f"--{error.where}")
        raise InputError(error.what, where=where, next_step=error.next_step) from error


def _register() -> Any:
    from clarion.desk.setup import django_ready

    django_ready()
    from clarion.screening.service.refusals import register

    return register


def _me() -> Any:
    from clarion.access import Actor

    return Actor.console()
