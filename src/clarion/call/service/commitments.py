"""Commitments: what other rooms propose, and what an operator decides. Until then a proposal binds nobody."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clarion.access import Actor, may, require
from clarion.errors import BusyError, InputError, UnknownName
from clarion.vocab import Commitment, Phrase, seen

if TYPE_CHECKING:
    from uuid import UUID

    from clarion.call.models import Commitment as Kept
    from clarion.outbox import Message

_log = logging.getLogger("clarion.call")

MOST_REASON = 1000
# What may follow what: nothing is undone in silence, a new proposal starts a new story.
_NEXT = {
    "proposed": ("committed", "declined"),
    "committed": ("under-way", "declined"),
    "under-way": ("done", "declined"),
    "done": (),
    "declined": (),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A commitment and where it stands; ``next`` are the steps that the reader may take."""

    kept: Kept
    commitment: Commitment
    next: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        kept = self.kept
        return {
            "id": str(kept.pk), "status": kept.status, "proposed_at": kept.proposed_at.isoformat(),
            "decided_by": kept.decided_by, "decided_at": kept.decided_at.isoformat() if kept.decided_at else None,
            "reason": kept.reason, "next": list(self.next),
        } | self.commitment.to_dict()  # fmt: skip


def index(actor: Actor) -> list[Standing]:
    """Every commitment, the newest first, those included that have just come through the outbox."""
    from clarion.call.models import Commitment as Kept
    from clarion.outbox.store.verbs import consume

    require(actor, "call.view")
    consume(Commitment.TOPIC, _take_in)
    return [_standing(actor, kept) for kept in Kept.objects.all()[:200]]


def offline(actor: Actor) -> list[Standing]:
    """As ``index``, for the command line: none where no desk was ever opened in this data folder."""
    from django.db import connection

    from clarion.call.models import Commitment as Kept

    return index(actor) if Kept._meta.db_table in connection.introspection.table_names() else []


def get(actor: Actor, pk: UUID) -> Standing:
    """One commitment.

    Raises
    ------
    UnknownName: there is none.
    """
    from clarion.call.models import Commitment as Kept

    require(actor, "call.view")
    kept = Kept.objects.filter(pk=pk).first()
    if kept is None:
        raise UnknownName("There is no such commitment.", where="commitment", next_step="See them all on the board.")
    return _standing(actor, kept)


def decide(actor: Actor, pk: UUID, status: str, reason: str = "") -> Standing:
    """Take a commitment one step on, or decline it with a reason.

    Raises
    ------
    InputError: no such step, no reason for declining, or too long a one.
    BusyError: somebody else decided first, or the step does not follow.
    """
    from django.db import transaction
    from django.utils import timezone

    from clarion.access.store.log import record
    from clarion.call.models import Commitment as Kept

    require(actor, "call.decide")
    found = get(actor, pk)
    if status not in Kept.Status.values:
        raise InputError(
            Phrase("{value!r} is not one of those known here.", value=status), where="status",
            next_step=Phrase("Choose one of: {names}.", names=tuple(Kept.Status.values)),
        )  # fmt: skip
    if status not in _NEXT[found.kept.status]:
        raise BusyError(
            "This step does not follow from where the commitment stands.", where=found.kept.title,
            next_step="Open its page to see where it stands and what may follow.",
        )  # fmt: skip
    reason = seen(reason).strip()
    if status == "declined" and not reason:
        raise InputError("Say why it is declined.", where="reason", next_step="One sentence is enough.")
    if len(reason) > MOST_REASON:
        raise InputError(
            "The reason is too long.", where="reason",
            next_step=Phrase("Use {most:,.0f} letters or fewer.", most=MOST_REASON),
        )  # fmt: skip
    with transaction.atomic():
        changed = Kept.objects.filter(pk=pk, status=found.kept.status).update(
            status=status, reason=reason, decided_by=actor.name, decided_at=timezone.now()
        )
        if not changed:
            raise BusyError("Somebody else decided first.", where=found.kept.title, next_step="Open its page again.")
        record(actor, f"moved a commitment to {status}", str(pk))
    return get(actor, pk)


def _take_in(message: Message) -> None:
    """Keep one proposal. One that cannot be read stays in the outbox, logged: it must not close the board."""
    from clarion.call.actions import actions
    from clarion.call.models import Commitment as Kept

    try:
        proposal = Commitment.from_dict(message.body)
    except (KeyError, TypeError, ValueError, ArithmeticError):
        _log.error("the outbox holds a proposal that is no commitment: %s", message.key)
        return
    if proposal.action not in {a.id for a in actions()}:
        _log.error("the outbox holds a proposal for an action that does not exist: %s", message.key)
        return
    # A link of this desk only: what came through the outbox leads nobody elsewhere.
    inside = proposal.href.startswith("/") and not proposal.href.startswith(("//", "/\\"))
    body = message.body | {"href": proposal.href if inside else ""}
    Kept.objects.create(key=message.key, action=proposal.action, title=proposal.title[:200], body=body)


def _standing(actor: Actor, kept: Kept) -> Standing:
    steps = _NEXT[kept.status] if may(actor, "call.decide") else ()
    return Standing(kept, Commitment.from_dict(kept.body), steps)
