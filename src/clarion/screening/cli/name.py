"""Screen one payee at the command line."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from clarion.screening.cli.register import register

Json = Annotated[bool, typer.Option("--json", help="Print the machine-readable answer.")]
Use = Annotated[str, typer.Option(help="Policy to decide by: payment or partner.")]


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
    json: Json = False,
) -> None:
    """Screen one payee. Nothing is kept; what is typed here stays in the shell's history, what is piped in does not."""
    from clarion.access import Actor
    from clarion.cli_output import emit
    from clarion.config import config
    from clarion.locale import gettext, say
    from clarion.screening.service.asked import asked
    from clarion.screening.service.check import check, hits_as_firm
    from clarion.screening.service.words import FIRM, sentence, unused

    payee = asked(
        {"name": sys.stdin.readline() if text == "-" else text, "given": given,
         "patronymic": patronymic, "surname": surname, "birth": birth, "sex": sex,
         "nationality": nationality, "inn": inn, "ogrn": ogrn, "snils": snils, "passport": passport,
         "kind": "organisation" if organisation else "", "bank": bank, "intermediaries": via or ()}
    )  # fmt: skip
    language = config().language
    if sys.stderr.isatty():  # seconds, and once after an installation some more
        typer.echo(gettext("Reading the lists ...", language), err=True)
    checked = check(Actor.console(), payee, use, known=register())
    found = checked.to_dict()
    firm = say(FIRM, language) if hits_as_firm(Actor.console(), payee, checked) else ""
    said = {"sentence": sentence(found, language), "unused": unused(payee, language), "firm": firm}
    emit(found | said, json, lambda data: _told(data, language))


def _told(data: dict[str, Any], language: str) -> str:
    from clarion.locale import gettext
    from clarion.pictures.words import number
    from clarion.screening.service import words

    lines = list(filter(None, (data["sentence"], data["firm"], data["unused"])))
    for part, name in zip(data["subjects"], words.subjects(data, language), strict=True):
        for hit in part["hits"]:
            where = f"{hit['list']} {hit['entry']}"
            lines += ["", f"{name}: {words.label(hit['outcome'], language)}",
                      f"  {hit['name']} ({where}), {words.one_in(hit['probability'], language)}"]  # fmt: skip
            measures = words.measures(hit, language)
            lines += [f"  {', '.join(measures)}"] if measures else []
            for evidence in hit["ledger"]:
                row = words.item(evidence, language)
                pair = " – ".join(filter(None, (row["given"], row["listed"])))
                lines.append(f"  {row['bits']:>8}  {row['what']}: {pair}: {row['finding']}, {row['says']}")
            total = number(hit["score"], language, 3)
            lines.append(f"  {total:>8}  {gettext('in all, bits', language)}")
    if data["outcome"] == "stale":
        from clarion.screening.service.renewal import renew

        lines += ["", *dict.fromkeys(renew(old["source"], language) for old in data["lists"] if old["stale"])]
    if not data["lists"]:
        lines += ["", gettext("Load one with: clarion screening lists fetch ofac-sdn", language)]
    return "\n".join(lines)
