"""Ask every room for what it measures, in the reader's language."""

from __future__ import annotations

from clarion.access import Actor
from clarion.desk.rooms import load, rooms
from clarion.desk.setup import django_ready
from clarion.errors import NotAllowed
from clarion.vocab import Indicator


def indicators(actor: Actor, language: str) -> list[Indicator]:
    """The figures of every room that this actor may see."""
    django_ready()  # the command line asks too, and an indicator leads to a page's address
    found: list[Indicator] = []
    for room in rooms():
        if room.indicators:
            try:
                found += load(room.indicators)(actor, language)
            except NotAllowed:
                continue
    return found
