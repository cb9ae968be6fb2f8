"""Whether one operator alone can do what should take two."""

from __future__ import annotations

from collections.abc import Iterator

from clarion.access.four_eyes import POLICIES
from clarion.config import Config
from clarion.desk.doctor.database import to_ask
from clarion.desk.doctor.finding import Finding
from clarion.desk.setup import django_ready


def second_person(config: Config) -> Iterator[Finding]:
    """How many operators there are, and whether four-eyes holds. Nothing where there is no desk yet."""
    if not to_ask(config):
        return
    django_ready()
    from django.db import DatabaseError

    from clarion.access.store.four_eyes import operators

    try:
        found = operators()
    except DatabaseError:
        return  # the finding about the database says why
    from_on = POLICIES["give-operator"].operators
    if not config.four_eyes and found >= from_on:
        text = f"{found} operators, and each alone can make or recover accounts: CLARION_FOUR_EYES is off."
        yield Finding("accounts", "warn", text, "Unset CLARION_FOUR_EYES.")
    elif found < from_on:
        text = (
            f"Operators: {found}. Each alone can make operators and enter as anybody; from {from_on} on it takes two."
        )
        yield Finding("accounts", "ok", text)
    else:
        yield Finding("accounts", "ok", f"{found} operators; making or recovering one takes two of them.")
