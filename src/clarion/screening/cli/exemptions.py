"""The table of exemptions at the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from clarion.screening.cli.name import Json


def exemptions(
    jurisdiction: Annotated[str, typer.Option(help="Whose: US, EU, UK, UN, CH, CA, AU, NO or LI.")] = "",
    purpose: Annotated[
        str,
        typer.Option(
            help="What is paid for: ngo_payment, medical, food, evacuation, media, civil_society, education, "
            "personal_remittance, legal_fees or telecom."
        ),
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help="Write the whole table as CSV, for a lawyer to review and to lay beside.")
    ] = None,
    json: Json = False,
) -> None:
    """Show exemptions and licences, and where each stands today; none is legal advice."""
    from clarion.access import Actor
    from clarion.cli_output import emit
    from clarion.config import config
    from clarion.files import write_text
    from clarion.screening.service import exemptions as service

    me = Actor.console()
    if out is not None:
        write_text(out, service.as_csv(me))
        emit({"out": str(out)}, json, lambda done: f"written: {done['out']}")
        return
    emit(service.index_dicts(me, jurisdiction, purpose), json, lambda rows: _told(rows, config().language))


def _told(rows: list[dict[str, Any]], language: str) -> str:
    from clarion.locale import gettext, say
    from clarion.screening.service import exemption_words as words

    order = tuple(words.STATES)
    lines = []
    for row in sorted(rows, key=lambda one: order.index(one["state"])):
        marks = "; ".join(words.marks(row, language))
        lines += [
            f"{row['id']}  {say(words.STATES[row['state']], language)}  {row['title']} ({row['authority']})",
            f"  {row['permits']}",
            f"  {'. '.join(filter(None, (row['who'], row['conditions'])))}",
            f"  {words.span(row, language)} {words.reviewed(row, language)} {row['source']} {row['url']}",
        ]
        lines += [f"  ! {marks}"] if marks else []
        lines += [f"  ! {gettext('To check', language)}: {row['cautions']}"] if row["cautions"] else []
    return "\n".join([*lines, "", say(words.NATURE, language)])
