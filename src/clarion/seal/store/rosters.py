"""Rosters as the desk keeps them: it checks what keyholders signed, and decides nothing."""

from __future__ import annotations

from functools import lru_cache

from django.db import transaction

from clarion.access import Actor, require
from clarion.access.store.log import record
from clarion.errors import ClarionError
from clarion.seal import roster as rosters
from clarion.seal.documents import write
from clarion.seal.roster import Roster
from clarion.seal.store import models


def install(actor: Actor, source: str | bytes) -> Roster:
    """Put a roster in force. It must follow the one that is, with the signatures it needs; what was asked before ends.

    Raises
    ------
    BadDocument, InputError: it is none. SealError: it does not follow, or a signature is missing or false.
    """
    require(actor, "desk.roster")
    new = rosters.parse(source)
    with transaction.atomic():
        former = newest(lock=True)
        if former is not None and former.digest == new.digest:
            return former  # sent twice over a bad line
        rosters.accept(new, former)
        # Whoever has left must not answer what was asked under the roster that named them.
        over = (models.Opening.State.OPEN, models.Opening.State.ANSWERED)
        models.Opening.objects.filter(state__in=over).update(state=models.Opening.State.ENDED)
        models.Answer.objects.filter(kind="approval").update(document="")
        models.Roster.objects.create(serial=new.document["serial"], digest=new.digest, document=write(new.document))
        record(
            actor, "put a roster of keyholders in force", new.digest[:22], serial=new.document["serial"],
            epoch=new.document["epoch"], keyholders=len(new.names), threshold=new.threshold,
        )  # fmt: skip
    return new


def newest(*, lock: bool = False) -> Roster | None:
    """The roster in force, or None before the keyholders' first."""
    rows = models.Roster.objects.order_by("-serial")
    row = (rows.select_for_update() if lock else rows).first()
    return _read(row.document) if row else None


def in_force() -> Roster:
    """The roster in force.

    Raises
    ------
    ClarionError: there is none yet, so nothing can be sealed.
    """
    found = newest()
    if found is None:
        raise ClarionError(
            "Nothing can be sealed yet: this desk has no keyholders.",
            next_step="Hold the first ceremony: docs/operate/keyholders.md",
        )
    return found


def chain() -> list[Roster]:
    """All rosters, oldest first."""
    return [_read(text) for text in models.Roster.objects.order_by("serial").values_list("document", flat=True)]


@lru_cache(maxsize=16)
def _read(text: str) -> Roster:
    """Reading one checks the signature of every card, which takes longer than sealing a value."""
    return rosters.parse(text)
