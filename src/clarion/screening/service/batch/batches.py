"""Batches on the desk: send a file, say which column is what, follow it, take the answers. Each is its owner's."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from clarion.access import Actor, require
from clarion.errors import BusyError, InputError, UnknownName
from clarion.screening.service import policies
from clarion.screening.service.batch import columns as headings_of
from clarion.screening.service.batch import shelf
from clarion.screening.service.batch.answers import BROKEN, HEADER
from clarion.screening.service.batch.read import read
from clarion.vocab import Phrase
from clarion.vocab.phrase import read_phrase

if TYPE_CHECKING:
    from uuid import UUID

    import polars as pl

    from clarion.screening.models import Batch

MOST_BYTES = 500_000  # of a file that is sent to the desk: it stays in memory until it is locked
MOST_WAITING = 5
PART = 5_000  # rows
KEEP_DAYS = 30


def start(actor: Actor, data: bytes, use: str = policies.DEFAULT) -> Batch:
    """Take in a file: its rows are locked at once, its headings are looked at and not kept with the batch.

    Raises
    ------
    InputError: it is no list, has no rows, or is too large. BusyError: the actor has several batches in hand.
    """
    from django.db import transaction

    from clarion.access.store.log import record
    from clarion.access.store.turns import one_at_a_time
    from clarion.screening.models import Batch

    require(actor, "screening.check")
    policies.use(use)
    if len(data) > MOST_BYTES:
        raise too_large()
    headings, rows = read(io.BytesIO(data), len(data))
    with transaction.atomic():
        one_at_a_time(actor)
        open_ones = Batch.objects.filter(owner=actor.id).exclude(status__in=(Batch.Status.DONE, Batch.Status.FAILED))
        if open_ones.count() >= MOST_WAITING:
            raise BusyError("You have batches in hand.", where="batches", next_step="Finish or remove one.")
        until = datetime.now(UTC).date() + timedelta(KEEP_DAYS)
        made = Batch.objects.create(owner=actor.id, use=use, keep_until=until, columns=headings_of.guess(headings))
        pk, count = str(made.pk), 0
        shelf.keep(pk, "headings", 0, headings)
        number = 0
        while several := list(islice(rows, PART)):
            shelf.keep(pk, shelf.ROWS, number, [(row.line, row.cells, row.fault) for row in several])
            number, count = number + 1, count + len(several)
        if not count:
            shelf.forget(pk)
            raise InputError("The file has headings and no rows.", where="file", next_step="Check the file.")
        made.rows = count
        made.save(update_fields=["rows"])
        record(actor, "took in a batch of payees", pk, rows=count)
    return made


def headings(batch: Batch) -> list[str]:
    """The headings of a batch whose columns are still to be chosen."""
    return list(shelf.take(str(batch.pk), "headings", 0))


def choose(actor: Actor, pk: UUID, said: Mapping[str, str]) -> Batch:
    """Say which column is what (a field to the number of a column, empty for none), and put the batch in the queue.

    Raises
    ------
    InputError: no column has the name, or there is no such column. BusyError: it was begun.
    """
    from django.db import transaction

    from clarion.access.store.log import record
    from clarion.screening.models import Batch
    from clarion.screening.service.batch.job import work_batch

    require(actor, "screening.check")
    found = get(actor, pk)
    if found.status != Batch.Status.CHOOSING:
        raise BusyError("This batch was begun.", where="batch", next_step="Open its page to see how far it is.")
    chosen = {
        field: int(at) for field in headings_of.CHOICES if (at := said.get(field, "")).isdecimal() and len(at) < 4
    }  # fmt: skip
    headings_of.needed(chosen, len(headings(found)))
    with transaction.atomic():
        waiting = Batch.objects.filter(pk=pk, status=Batch.Status.CHOOSING)
        if not waiting.update(columns=chosen, status=Batch.Status.WAITING):
            raise BusyError("This batch was begun.", where="batch", next_step="Open its page to see how far it is.")
        record(actor, "began a batch of payees", str(pk))
        transaction.on_commit(lambda: work_batch.enqueue(str(pk)))
    return get(actor, pk)


def index(actor: Actor) -> list[Batch]:
    """The actor's batches, the newest first."""
    from clarion.screening.models import Batch

    require(actor, "screening.check")
    return list(Batch.objects.filter(owner=actor.id, keep_until__gte=datetime.now(UTC).date())[:100])


def get(actor: Actor, pk: UUID) -> Batch:
    """One batch of the actor's.

    Raises
    ------
    UnknownName: there is none, its time is up, or it is somebody else's (the answer is the same).
    """
    from clarion.screening.models import Batch

    require(actor, "screening.check")
    found = Batch.objects.filter(pk=pk, owner=actor.id, keep_until__gte=datetime.now(UTC).date()).first()
    if found is None:
        raise UnknownName("There is no such batch.", where="batch", next_step="See yours on the page of batches.")
    return found


def answers(actor: Actor, pk: UUID) -> pl.DataFrame:
    """The answers of a batch that is done, broken rows among them, in the order of the file.

    Raises
    ------
    BusyError: it is not done.
    """
    import polars as pl

    from clarion.screening.models import Batch

    found = get(actor, pk)
    if found.status != Batch.Status.DONE:
        raise BusyError("This batch is not done.", where="batch", next_step="Open its page and wait.")
    told = [line for part in shelf.each(str(pk), shelf.ANSWERS) for line in part["lines"]]
    told += [
        (own, line, f"broken: {reason}")
        for part in shelf.each(str(pk), shelf.ANSWERS) for own, line, reason in part["broken"]
    ]  # fmt: skip
    # Answers that an earlier version kept have fewer columns.
    lines = [(*line, *[""] * (len(HEADER) - len(line))) for line in told]
    frame = pl.DataFrame(lines, schema=dict.fromkeys(HEADER, pl.String), orient="row")
    return frame.with_columns(pl.col("line").cast(pl.Int64)).sort("line")


def broken(actor: Actor, pk: UUID, most: int = 50) -> list[dict[str, Any]]:
    """The first rows of a batch that nobody was screened for: ``line``, ``where`` (what the column is), and as phrases
    ``what`` is wrong and the ``next_step``. Batches of an earlier version kept none of these."""
    found = get(actor, pk)
    told = (one for part in shelf.each(str(found.pk), shelf.ANSWERS) for one in part.get("reasons", ()))
    # No more parts are opened than there are broken rows in: those of a million rows take seconds.
    first = islice(told, min(most, found.counts.get(BROKEN, 0)))
    return [one | {name: read_phrase(one[name]) for name in ("what", "next_step")} for one in first]


def sources(actor: Actor, pk: UUID) -> list[str]:
    """The lists that a batch was screened by, whatever is loaded since; none where an earlier version kept none."""
    found = get(actor, pk)
    return next((list(part.get("sources", ())) for part in shelf.each(str(found.pk), shelf.ANSWERS)), [])


def remove(actor: Actor, pk: UUID) -> None:
    """Remove a batch with its rows and answers; decisions on its payees that wait for somebody stay.

    Raises
    ------
    BusyError: it is being worked.
    """
    from django.db import transaction

    from clarion.access.store.log import record
    from clarion.screening.models import Batch

    found = get(actor, pk)
    if found.status == Batch.Status.RUNNING:
        raise BusyError("This batch is being worked.", where="batch", next_step="Wait until it is done.")
    with transaction.atomic():
        found.delete()
        record(actor, "removed a batch of payees", str(pk))
        transaction.on_commit(lambda: shelf.forget(str(pk)))


def told(batch: Batch) -> dict[str, Any]:
    """A batch for a program."""
    return {
        "id": str(batch.pk), "status": batch.status, "rows": batch.rows, "progress": batch.progress, "use": batch.use,
        "counts": batch.counts, "error": batch.error or None, "made_at": batch.made_at.isoformat(),
        "keep_until": batch.keep_until.isoformat(),
    }  # fmt: skip


def too_large() -> InputError:
    """The file is missing or more than the desk takes."""
    return InputError(
        "The file is missing, or too large for the desk.", where="file",
        next_step=Phrase("Choose one of up to {most} kB; for larger ones use: clarion screening batch",
                         most=MOST_BYTES // 1000),
    )  # fmt: skip
