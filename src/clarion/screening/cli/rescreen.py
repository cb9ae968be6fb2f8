"""Screen again what the desk keeps, at the command line."""

from __future__ import annotations

from typing import Any

from clarion.screening.cli.name import Json


def rescreen(json: Json = False) -> None:
    """Screen anew what the desk keeps, after a list has changed; shows only what changed, and names nobody."""
    from clarion.access import Actor
    from clarion.cli_output import emit
    from clarion.desk.setup import django_ready

    django_ready()
    from clarion.screening.service.rescreen import rescreen as again

    emit(again(Actor.console()).to_dict(), json, _told)


def _told(found: dict[str, Any]) -> str:
    lines = [f"{found['screened']:,} decisions were screened anew, {len(found['changes']):,} are others now"]
    lines += [f"  {one['id']}: {one['was']}, now {one['now']}" for one in found["changes"]]
    return "\n".join(lines)
