"""Seal values and keep them; replace it; find which envelope a handle stands for."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from clarion.access import Actor, require
from clarion.access.store.log import record
from clarion.access.store.models import LogEntry
from clarion.errors import InputError, UnknownName
from clarion.seal.documents import digest, write
from clarion.seal.store import places
from clarion.seal.store.models import SealedValue
from clarion.seal.store.rosters import in_force
from clarion.seal.value import Sealed, Value, new_handle, seal
from clarion.vocab import Phrase

MOST_AT_ONCE = 1000  # handles of one question
SEALED, REPLACED, ANEW = KEPT = (
    Phrase("sealed a value"), Phrase("replaced a sealed value"), Phrase("sealed a value anew"),
)  # fmt: skip
"""The log's words for an envelope that is a value's from then on."""
_DREW = Phrase("drew sealed values for an audit")


def keep(
    actor: Actor, value: Value, *, room: str, fields: str, policy: str = "default", review_on: date | None = None
) -> str:
    """Seal ``value`` and return its handle, which is all that the room keeps; as ``keep_many`` for one."""
    return keep_many(actor, [value], room=room, fields=fields, policy=policy, review_on=review_on)[0]


def keep_many(
    actor: Actor,
    values: Sequence[Value],
    *,
    room: str,
    fields: str,
    policy: str = "default",
    review_on: date | None = None,
) -> list[str]:
    """Seal values, all or none, and return their handles in order. Whether the actor may, the room asks.

    ``review_on`` is when somebody has to decide whether it is still needed. Call it in the transaction of the act that
    it belongs to: a roll-back leaves wraps without an envelope, which open nothing and are swept up.

    Raises
    ------
    ClarionError: the desk has no keyholders. InputError: the value is too long or holds more than texts and numbers.
    StorageError: the disk is full; nothing was kept.
    """
    roster = in_force()
    several = [
        seal(value, roster, record=new_handle(), room=room, fields=fields, policy=policy) for value in values
    ]  # fmt: skip
    places.wraps().keep_many((s.digest, s.wraps) for s in several)  # first: an envelope without wraps would be lost
    handles = [str(sealed.envelope["record"]) for sealed in several]
    with transaction.atomic():
        SealedValue.objects.bulk_create(
            [
                SealedValue(handle=handle, room=room, fields=fields, policy=policy, review_on=review_on, **_of(sealed))
                for handle, sealed in zip(handles, several, strict=True)
            ],
            batch_size=500,
        )
        for sealed in several:
            _logged(actor, SEALED, sealed)
    return handles


def replace(actor: Actor, handle: str, value: Value) -> None:
    """Seal a new value in the place of a handle's, at the next revision; the former one's wraps are erased.

    Raises
    ------
    UnknownName: no such value, or it was erased. And as ``keep``.
    """
    with transaction.atomic():
        row = get(handle, lock=True)
        sealed = seal(
            value, in_force(), record=handle, room=row.room, fields=row.fields, policy=row.policy,
            revision=row.revision + 1,
        )  # fmt: skip
        put(actor, REPLACED, row, sealed)


def put(actor: Actor, action: str, row: SealedValue, sealed: Sealed) -> None:
    """Keep ``sealed`` as the next revision of ``row``, which the caller has locked, and erase the former wraps."""
    store, former = places.wraps(), row.digest
    store.keep(sealed.digest, sealed.wraps)
    for name, found in _of(sealed).items():
        setattr(row, name, found)
    row.save()
    _logged(actor, action, sealed)
    transaction.on_commit(lambda: store.erase([former]))


def get(handle: str, *, lock: bool = False) -> SealedValue:
    """The value of a handle.

    Raises
    ------
    UnknownName: there is none, or it was erased. The handle is not repeated.
    """
    rows = SealedValue.objects.select_for_update() if lock else SealedValue.objects
    # PostgreSQL takes no NUL: what cannot be a handle is not asked for.
    return _there(rows.filter(handle=handle).first() if handle.isprintable() else None)


def _there(row: SealedValue | None) -> SealedValue:
    if row is None or row.erased:
        raise UnknownName(
            "A sealed value was erased." if row else "There is no such sealed value.",
            next_step="Look at the record that names it.",
        )
    return row


def lookup(actor: Actor, handles: Sequence[str]) -> list[dict[str, Any]]:
    """Which envelope each handle stands for, in their order: what a request names.

    Raises
    ------
    UnknownName: one of them is unknown or erased. InputError: none, or more than ``MOST_AT_ONCE``.
    """
    require(actor, "desk.openings")
    _count(len(handles))
    asked = SealedValue.objects.filter(handle__in=[handle for handle in handles if handle.isprintable()])
    rows = {row.handle: row for row in asked}
    return [described(_there(rows.get(handle))) for handle in handles]


def of_room(actor: Actor, room: str, count: int, after: str = "") -> list[dict[str, Any]]:
    """Values of a room in the order of their handles, which is none of time, from the one after ``after`` on: to be
    screened anew in parts."""
    require(actor, "desk.openings")
    if not (room.isprintable() and after.isprintable()):
        return []
    rows = SealedValue.objects.filter(erased=False, room=room, handle__gt=after).order_by("handle")
    return [described(row) for row in rows[: _count(count)]]


def stale(actor: Actor, count: int) -> list[dict[str, Any]]:
    """Values that were sealed for keyholders who are no longer all there: to be opened and sealed anew."""
    require(actor, "desk.openings")
    rows = SealedValue.objects.filter(erased=False, epoch__lt=in_force().document["epoch"])
    return [described(row) for row in rows[: _count(count)]]


def draw(actor: Actor, room: str, count: int) -> list[dict[str, Any]]:
    """Values of a room that chance picks, for an auditor: they cannot choose whom they see.

    Each draw is logged, with a name of what was drawn of each policy: ``was_drawn`` knows it again.
    """
    require(actor, "desk.draw")
    if not room.isprintable():
        return []
    numbers = list(SealedValue.objects.filter(erased=False, room=room).values_list("pk", flat=True))
    drawn = secrets.SystemRandom().sample(numbers, min(_count(count), len(numbers)))
    rows = [described(row) for row in SealedValue.objects.filter(pk__in=drawn).order_by("handle")]
    with transaction.atomic():
        for policy in sorted({row["policy"] for row in rows}):
            handles = [row["record"] for row in rows if row["policy"] == policy]
            record(actor, _DREW, _together(handles), count=len(handles))
    return rows


def was_drawn(actor: Actor, handles: Sequence[str]) -> bool:
    """Whether these values, and no others of their policy, were drawn for this actor at once."""
    return LogEntry.objects.filter(action=_DREW, actor=actor.id, object=_together(handles)).exists()


def _together(handles: Sequence[str]) -> str:
    return places.logged("drawn:" + digest(sorted(handles)))


def described(row: SealedValue) -> dict[str, Any]:
    """A value as others see it: its handle, what it is, and its envelope's digest."""
    return {
        "record": row.handle, "envelope": row.digest, "room": row.room, "fields": row.fields, "policy": row.policy,
        "epoch": row.epoch,
    }  # fmt: skip


def _of(sealed: Sealed) -> dict[str, Any]:
    return {
        "digest": sealed.digest, "envelope": write(sealed.envelope), "epoch": sealed.envelope["epoch"],
        "revision": sealed.envelope["revision"],
    }  # fmt: skip


def _logged(actor: Actor, action: str, sealed: Sealed) -> None:
    record(
        actor, action, places.logged(sealed.envelope["record"]), envelope=places.logged(sealed.digest),
        revision=sealed.envelope["revision"],
    )  # fmt: skip


def _count(count: int) -> int:
    if not 0 < count <= MOST_AT_ONCE:
        raise InputError(Phrase("Ask for 1 to {most} values at once.", most=MOST_AT_ONCE), next_step="Ask in parts.")
    return count
