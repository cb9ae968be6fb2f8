"""Check a registered release's certificate again, as often as somebody wants to know."""

from __future__ import annotations

from django.db import transaction

from clarion.access import Actor, require
from clarion.release.store.models import Check, Registered
from clarion.release.store.reader import VIEW


def start(actor: Actor, row: Registered) -> Check:
    """Put a check in the queue, or return the one that waits already; earlier ones that ended are forgotten.

    Raises
    ------
    NotAllowed: the actor may not see releases.
    """
    from clarion.release.store.jobs import check_again

    require(actor, VIEW)
    with transaction.atomic():
        Registered.objects.select_for_update().get(pk=row.pk)
        waiting = Check.objects.filter(release=row, status__in=(Check.Status.WAITING, Check.Status.RUNNING)).first()
        if waiting:
            return waiting
        Check.objects.filter(release=row).delete()
        check = Check.objects.create(owner=actor.id, release=row)
    check_again.enqueue(str(check.pk))
    return check


def latest(row: Registered) -> Check | None:
    """The newest check of a release; None where nobody asked for one."""
    return Check.objects.filter(release=row).order_by("-created_at").first()
