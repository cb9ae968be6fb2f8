"""The job behind a batch: part after part, each kept as it is done, so that a kill loses one; names are in no job."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from clarion.access import Actor
from clarion.errors import BusyError, ClarionError, StorageError
from clarion.screening.models import Batch, Decision
from clarion.screening.service import cleared, decisions, policies
from clarion.screening.service.batch import shelf
from clarion.screening.service.batch.answers import answered, grounds, totals
from clarion.screening.service.batch.row import Row
from clarion.screening.service.expiry import expire
from clarion.screening.service.lists import loaded

if TYPE_CHECKING:
    from clarion.screening.service.lists import Lists
    from clarion.screening.service.policies import Use

_log = logging.getLogger("clarion.screening")


@task()
def work_batch(pk: str) -> None:
    """Work one batch. One that does not wait is left alone: another worker has it, or its owner removed it."""
    expire()
    this = Batch.objects.filter(pk=pk)
    if not this.filter(status=Batch.Status.WAITING).update(status=Batch.Status.RUNNING):
        return
    try:
        _work(this.get())
    except ClarionError as error:
        _fail(pk, error)
    except Exception as error:  # noqa: BLE001 - it must not stay "running" whatever happened to it
        # The name of the error only: its text or its trace may hold a payee's name.
        _log.warning("a batch failed: %s", type(error).__name__)
        _fail(pk, ClarionError("The batch met something unexpected.", next_step="Send the file again."))


def _work(batch: Batch) -> None:
    pk, lists = str(batch.pk), loaded()
    if not lists.sanctions:
        raise BusyError("No sanctions list is loaded, so nobody can be screened.", where="lists",
                        next_step="Load one with: clarion screening lists fetch ofac-sdn")  # fmt: skip
    policy, numbers = policies.use(batch.use), shelf.parts(pk, shelf.ROWS)
    for done, number in enumerate(numbers):
        if not _stands(pk, number, lists, policy):
            _part(batch, number, lists, policy)
        Batch.objects.filter(pk=pk).update(progress=(done + 1) / len(numbers))
    counts = totals([part["counts"] for part in shelf.each(pk, shelf.ANSWERS)])
    if sum(counts.values()) != batch.rows:  # as after a back-up without its files: nothing read is not clear
        raise StorageError("Rows of this batch are no longer on the disk.", where="batch",
                           next_step="Send the file again.")  # fmt: skip
    Batch.objects.filter(pk=pk).update(
        status=Batch.Status.DONE, progress=1.0, counts=counts, finished_at=timezone.now()
    )  # fmt: skip
    _forget_rows(pk)


def _stands(pk: str, number: int, lists: Lists, policy: Use) -> bool:
    """Whether a part was done before a kill, on grounds that are the same still."""
    if not shelf.there(pk, shelf.ANSWERS, number):
        return False
    return bool(shelf.take(pk, shelf.ANSWERS, number).get("grounds") == grounds(lists, policy))


def _part(batch: Batch, number: int, lists: Lists, policy: Use) -> None:
    pk = str(batch.pk)
    rows = [Row(line, tuple(cells), fault) for line, cells, fault in shelf.take(pk, shelf.ROWS, number)]
    who = _owner(batch)
    found = answered(who, rows, batch.columns, policy, lists, cleared.known)
    with transaction.atomic():
        # Decisions of this part from before a kill, or by former lists, give way to these.
        Decision.objects.filter(batch=batch, part=number, state__in=("made", "waiting")).delete()
        decisions.keep_many(who, found.open, batch, part=number)
        shelf.keep(pk, shelf.ANSWERS, number, {
            "grounds": grounds(lists, policy), "lines": found.lines, "broken": found.broken,
            "reasons": found.reasons, "counts": dict(found.counts), "sources": [one.source for one in lists.sanctions],
        })  # fmt: skip


def _owner(batch: Batch) -> Actor:
    """Whoever sent the batch: what they may no longer do, their batch may not either."""
    from clarion.access.store.models import User

    user = User.objects.filter(pk=int(batch.owner), is_active=True).first() if batch.owner.isdecimal() else None
    return user.actor if user else Actor(batch.owner, "", "")


def _forget_rows(pk: str) -> None:
    shelf.forget(pk, shelf.ROWS)
    shelf.forget(pk, "headings")


def _fail(pk: str, error: ClarionError) -> None:
    Batch.objects.filter(pk=pk).update(
        status=Batch.Status.FAILED, error=error.to_dict(), finished_at=timezone.now()
    )  # fmt: skip
    _forget_rows(pk)


def take_up_again() -> None:
    """At a worker's start: what an earlier worker left half-way waits again; what is past its day goes."""
    Batch.objects.filter(status=Batch.Status.RUNNING).update(status=Batch.Status.WAITING)
    expire()
    shelf.sweep({str(pk) for pk in Batch.objects.values_list("pk", flat=True)})
    for pk in Batch.objects.filter(status=Batch.Status.WAITING).values_list("pk", flat=True):
        work_batch.enqueue(str(pk))
