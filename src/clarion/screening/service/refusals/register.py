"""The register of refusals: noted, followed, removed on their day. Who and how much is locked."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from clarion.access import Actor, require
from clarion.errors import UnknownName
from clarion.screening.service import decisions
from clarion.screening.service.keys import lock, unlock
from clarion.screening.service.refusals.said import MOST_WORDS, Said, one_of, said, words

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from clarion.screening.models import Refusal

KEEP_DAYS = 730
"""A refusal is kept for so long after its last change."""
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Noted:
    """A refusal, unlocked, with what was done about it since, the oldest first."""

    row: Refusal
    said: Said
    history: tuple[dict[str, str], ...] = field(default=())

    @property
    def decision(self) -> UUID | None:
        """The decision that it is about, if it is kept still."""
        found: UUID | None = self.row.decision_id  # type: ignore[attr-defined]
        return found

    @property
    def closed(self) -> bool:
        return self.row.status in (self.row.Status.RESOLVED, self.row.Status.GIVEN_UP)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, whom it was about included."""
        row, told = self.row, self.said
        return {
            "id": str(row.pk), "refused_on": told.refused_on.isoformat(), "by": told.by, "refuser": told.refuser,
            "service": told.service, "reason": told.reason, "stated": told.stated, "amount": told.amount,
            "currency": told.currency, "whose": told.whose, "status": row.status, "outcome": row.outcome,
            "decision": str(self.decision) if self.decision else None, "keep_until": row.keep_until.isoformat(),
            "history": list(self.history),
        }  # fmt: skip


def add(actor: Actor, told: Mapping[str, Any]) -> Refusal:
    """Note a refusal; ``decision`` may name a decision that it is about.

    Raises
    ------
    InputError: as ``said``. UnknownName: there is no such decision.
    """
    from django.db import transaction

    from clarion.access.store.log import record
    from clarion.screening.models import Refusal

    require(actor, "screening.refusals")
    found = said(told)
    about = _decision(actor, str(told.get("decision") or ""))
    row = Refusal(
        id=uuid.uuid4(), by=found.by, service=found.service, reason=found.reason, refused_on=found.refused_on,
        decision_id=about, made_by=actor.id, keep_until=_until(),
    )  # fmt: skip
    row.body = _body(row, found, ())
    with transaction.atomic():
        row.save(force_insert=True)
        record(actor, "noted a refusal by others", str(row.pk))
    return row


def index(actor: Actor, status: str = "") -> list[Noted]:
    """Refusals that are kept, the newest first; of one ``status`` only, where it is given.

    Raises
    ------
    InputError: no such status.
    """
    from clarion.screening.models import Refusal

    require(actor, "screening.refusals")
    rows = alive()
    if status:
        rows = rows.filter(status=one_of("status", {"status": status}, Refusal.Status.values))
    return [opened(row) for row in rows[:MOST_SHOWN]]


def get(actor: Actor, pk: UUID) -> Noted:
    """One refusal.

    Raises
    ------
    UnknownName: there is none, or its time is up.
    """
    require(actor, "screening.refusals")
    return opened(_found(alive().filter(pk=pk).first()))


def change(actor: Actor, pk: UUID, status: str, outcome: str, note: str = "") -> Noted:
    """Say how it stands now.

    Raises
    ------
    UnknownName: there is no such refusal. InputError: no such status or outcome, or a note that is too long.
    """
    from django.db import transaction

    from clarion.access.store.log import record
    from clarion.screening.models import Refusal

    require(actor, "screening.refusals")
    told = {"status": status, "outcome": outcome, "note": note}
    status, outcome = (
        one_of("status", told, Refusal.Status.values),
        one_of("outcome", told, Refusal.Outcome.values),
    )
    done = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"), "by": actor.name, "status": status, "outcome": outcome,
        "note": words("note", told, MOST_WORDS),
    }  # fmt: skip
    with transaction.atomic():
        noted = opened(_found(alive().select_for_update().filter(pk=pk).first()))
        row, history = noted.row, (*noted.history, done)
        row.status, row.outcome, row.keep_until = status, outcome, _until()
        row.body = _body(row, noted.said, history)
        row.save(update_fields=("status", "outcome", "keep_until", "body"))
        record(actor, "changed a refusal by others", str(pk), status=status)
    return Noted(row, noted.said, history)


def erase(actor: Actor, pk: UUID) -> None:
    """Remove a refusal for good; raises as ``get``."""
    from django.db import transaction

    from clarion.access.store.log import record

    with transaction.atomic():
        get(actor, pk).row.delete()
        record(actor, "removed a refusal by others", str(pk))


def expire(today: date | None = None) -> int:
    """Remove what is kept beyond its day; how many."""
    from clarion.screening.models import Refusal

    return int(Refusal.objects.filter(keep_until__lt=today or datetime.now(UTC).date()).delete()[0])


def alive() -> QuerySet[Refusal]:
    """Those whose day has not come."""
    from clarion.screening.models import Refusal

    return Refusal.objects.filter(keep_until__gte=datetime.now(UTC).date())


def opened(row: Refusal) -> Noted:
    """A row, unlocked."""
    body = unlock(bytes(row.body), "refusal", str(row.pk))
    found = Said(row.by, row.service, row.reason, row.refused_on, **body["said"])
    return Noted(row, found, tuple(body["history"]))


def _body(row: Refusal, found: Said, history: tuple[dict[str, str], ...]) -> bytes:
    return lock({"said": found.locked(), "history": list(history)}, "refusal", str(row.pk))


def _decision(actor: Actor, text: str) -> UUID | None:
    if not text.strip():
        return None
    try:
        pk = uuid.UUID(text.strip())
    except ValueError:
        pk = uuid.UUID(int=0)
    found: UUID = decisions.get(actor, pk).decision.pk
    return found


def _found(row: Refusal | None) -> Refusal:
    if row is None:
        raise UnknownName("There is no such refusal.", where="refusal", next_step="See those that are kept.")
    return row


def _until() -> date:
    return datetime.now(UTC).date() + timedelta(KEEP_DAYS)
