"""Erase values, and keep the clocks that say when somebody has to decide about one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from clarion.access import Actor, require
from clarion.access.store.log import record
from clarion.access.store.models import LogEntry, User
from clarion.config import config
from clarion.errors import InputError, NotAllowed
from clarion.seal.store import places, sealing
from clarion.seal.store.models import SealedValue
from clarion.vocab import Phrase

_ERASED = "erased a sealed value"
REASONS = ("asked", "over", "error")  # the person asked; no longer needed; should not have been kept
SOON = timedelta(days=30)
LONGEST = timedelta(days=10 * 366)


def known_reason(reason: str) -> None:
    """Complain about a reason that is none of ``REASONS``.

    Raises
    ------
    InputError: saying so.
    """
    if reason not in REASONS:
        raise InputError(
            Phrase("There is no reason {reason!r}.", reason=reason),
            next_step=Phrase("Use one of: {reasons}.", reasons=", ".join(REASONS)),
        )


def erase(actor: Actor, handles: Sequence[str], reason: str) -> int:
    """Erase values for good: their wraps, and the envelopes with them. Handles and the log's line stay.

    Raises
    ------
    UnknownName: one of them is unknown or erased already; then none is. InputError: no such reason.
    NotAllowed: they are more than one account may erase in a day. The command line may: it can delete files anyway.
    """
    require(actor, "desk.erase")
    known_reason(reason)
    with transaction.atomic():
        _room_for(actor, len(handles))
        rows = [sealing.get(handle, lock=True) for handle in handles]
        for row in rows:
            row.envelope, row.erased, row.review_on = "", True, None
            row.save()
            record(actor, _ERASED, places.logged(row.handle), reason=reason)
        # The wraps go once the database has said so: a kill in between is taken up by ``finish``.
        transaction.on_commit(lambda: places.wraps().erase([row.digest for row in rows]))
    return len(rows)


def _room_for(actor: Actor, count: int) -> None:
    """Whoever takes over one account must not be able to erase everybody."""
    if actor == Actor.console():
        return
    User.objects.select_for_update().get(pk=int(actor.id))  # of two calls at once the second one counts the first's
    since, most = timezone.now() - timedelta(days=1), config().erase_daily
    last = LogEntry.objects.filter(action=_ERASED, actor=actor.id).values_list("line", flat=True)[:most]
    done = sum(datetime.fromisoformat(json.loads(line)["at"]) > since for line in last)
    if done + count > most:
        raise NotAllowed(
            Phrase(
                "One account may erase {most} values in 24 hours; this one has erased {done}.", most=most, done=done
            ),
            next_step=Phrase("Let a colleague go on, or wait. On the server: clarion sealed erase"),
        )


def finish(today: date | None = None) -> dict[str, int]:
    """Take up what a kill has cut off: erase wraps of values that were erased or replaced, and sweep up strays.

    Strays are wraps that neither a value nor the log names. They may be those of a roll-back, which open nothing; but a
    database that was restored too old, or is another one, names none of the newer values either. So they are kept as
    long as back-ups of them are, and a database without any value sweeps nothing.
    """
    store = places.wraps()
    if not store.file.exists():
        return {"erased": 0, "swept": 0}
    held = store.envelopes()
    kept = dict(SealedValue.objects.values_list("digest", "erased"))
    if not kept:
        return {"erased": 0, "swept": 0}
    unknown = [digest for digest in held if digest not in kept]
    replaced = _replaced(unknown)
    late = [digest for digest in held if kept.get(digest) or digest in replaced]
    day = today or timezone.now().date()
    strays = store.strays((e for e in unknown if e not in replaced), day, day - timedelta(days=config().wraps_days))
    store.erase([*late, *strays])
    return {"erased": len(late), "swept": len(strays)}


def _replaced(unknown: Sequence[str]) -> set[str]:
    """Which of the envelopes the log names as kept once, and another stands in their place now."""
    if not unknown:
        return set()
    acts = LogEntry.objects.filter(action__in=sealing.KEPT).values_list("detail", flat=True)
    named = {detail["envelope"] for detail in acts.iterator()}
    found = {digest for digest in unknown if places.logged(digest) in named}
    # One that was sealed since the values were read is in the log, and in its place.
    return found.difference(SealedValue.objects.values_list("digest", flat=True)) if found else found


def due(actor: Actor, today: date | None = None) -> list[dict[str, Any]]:
    """Values about which somebody has to decide within ``SOON``, the most overdue first; by handle, never by name."""
    require(actor, "desk.sealed")
    today = today or timezone.now().date()
    rows = SealedValue.objects.filter(erased=False, review_on__lte=today + SOON).order_by("review_on", "handle")
    return [
        sealing.described(row) | {"review_on": row.review_on, "overdue": row.review_on <= today} for row in rows[:500]
    ]


def keep_until(actor: Actor, handle: str, until: date) -> None:
    """Decide that a value is still needed, until a new day of decision.

    Raises
    ------
    InputError: the day is not ahead, or further than ten years. UnknownName: no such value.
    """
    require(actor, "desk.erase")
    today = timezone.now().date()
    if not today < until <= today + LONGEST:
        raise InputError("The day of the next decision lies within ten years ahead.", next_step="Choose another day.")
    with transaction.atomic():
        row = sealing.get(handle, lock=True)
        row.review_on = until
        row.save(update_fields=["review_on"])
        record(actor, "decided to keep a sealed value", places.logged(handle))
