"""Screen one payee at the command line."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from clarion.screening.cli.register import register
from clarion.screening.cli.typed import as_typed, options

Json = Annotated[bool, typer.Option("--json", help="Print the machine-readable answer.")]
Use = Annotated[str, typer.Option(help="Policy to decide by: payment or partner.")]

EXIT = {"clear": 0, "ask": 10, "review": 11, "stale": 12, "not-screened": 13}
"""Codes that no error ends with."""


def name(
    text: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="The name in one line; - reads it from standard input. Write -- before one that begins with a dash.",
        ),
    ] = "",
    given: Annotated[str, typer.Option(help="Given name.")] = "",
    patronymic: Annotated[str, typer.Option(help="Patronymic.")] = "",
    surname: Annotated[str, typer.Option(help="Surname.")] = "",
    birth: Annotated[str, typer.Option(help="Birth: 1961, 1961-05-17 or 17.05.1961.")] = "",
    sex: Annotated[str, typer.Option(help="male or female.")] = "",
    nationality: Annotated[str, typer.Option(help="Country; never a hit by itself.")] = "",
    inn: Annotated[str, typer.Option(help="Russian tax number.")] = "",
    ogrn: Annotated[str, typer.Option(help="Russian register number.")] = "",
    snils: Annotated[str, typer.Option(help="Russian insurance number.")] = "",
    passport: Annotated[str, typer.Option(help="Passport number.")] = "",
    organisation: Annotated[bool, typer.Option("--organisation", help="It is an organisation, not a person.")] = False,
    bank: Annotated[str, typer.Option(help="The payee's bank, screened too.")] = "",
    via: Annotated[list[str] | None, typer.Option(help="A bank in between, screened too; may be given again.")] = None,
    use: Use = "payment",
    exit_code: Annotated[
        bool,
        typer.Option(
            "--exit-code",
            help="End with 0 only where clear: 10 ask, 11 review, 12 list too old, 13 not screened. Without it every "
            "answer ends with 0.",
        ),
    ] = False,
    json: Json = False,
) -> None:
    """Screen one payee. Nothing is kept; what is typed here stays in the shell's history, what is piped in does not."""
    from clarion.access import Actor
    from clarion.cli_output import emit
    from clarion.config import config
    from clarion.locale import gettext, say
    from clarion.screening.cli.told import lines
    from clarion.screening.service.asked import FIELDS, asked
    from clarion.screening.service.check import check, hits_as_firm
    from clarion.screening.service.measures import measured
    from clarion.screening.service.words import FIRM, sentence, unused

    with as_typed(options(*FIELDS)):
        payee = asked(
            {"name": sys.stdin.readline() if text == "-" else text, "given": given,
             "patronymic": patronymic, "surname": surname, "birth": birth, "sex": sex,
             "nationality": nationality, "inn": inn, "ogrn": ogrn, "snils": snils, "passport": passport,
             "kind": "organisation" if organisation else "", "bank": bank, "intermediaries": via or ()}
        )  # fmt: skip
    language = config().language
    if sys.stderr.isatty():  # seconds, and once after an installation some more
        typer.echo(gettext("Reading the lists ...", language), err=True)
    with as_typed({"use": "--use"}):
        checked = check(Actor.console(), payee, use, known=register())
    found = measured(checked.to_dict())
    firm = say(FIRM, language) if hits_as_firm(Actor.console(), payee, checked) else ""
    said = {"sentence": sentence(found, language), "unused": unused(payee, language), "firm": firm}
    emit(found | said, json, lambda data: lines(data, language))
    if exit_code:
        raise typer.Exit(EXIT[checked.outcome])
