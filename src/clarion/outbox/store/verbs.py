"""Propose, look at what waits, and consume once."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.db import transaction
from django.utils import timezone

from clarion.outbox import Message
from clarion.outbox.store.models import Proposal


def propose(message: Message) -> bool:
    """Leave a proposal, in the caller's transaction; False when it was already there."""
    _, created = Proposal.objects.get_or_create(topic=message.topic, key=message.key, defaults={"body": message.body})
    return created


def waiting(topic: str) -> list[Message]:
    """The proposals of a topic that nobody has consumed yet, oldest first; they stay waiting."""
    rows = Proposal.objects.filter(topic=topic, consumed_at=None).order_by("pk")
    return [Message(row.topic, row.key, row.body) for row in rows]


def consume(topic: str, handle: Callable[[Message], None], keys: Collection[str] | None = None) -> int:
    """Hand every waiting proposal of a topic to ``handle``, oldest first, each in a transaction of its own; those of
    ``keys`` alone, where they are given.

    A proposal whose handler raises stays waiting and the error goes on to the caller; those before it stay consumed.
    Returns how many were consumed.
    """
    done, rows = 0, Proposal.objects.filter(topic=topic, consumed_at=None).order_by("pk")
    for pk, key in rows.values_list("pk", "key"):
        if keys is not None and key not in keys:
            continue
        with transaction.atomic():
            # Claim first: of two workers at once only one changes the row.
            if not Proposal.objects.filter(pk=pk, consumed_at=None).update(consumed_at=timezone.now()):
                continue
            row = Proposal.objects.get(pk=pk)
            handle(Message(row.topic, row.key, row.body))
            done += 1
    return done
