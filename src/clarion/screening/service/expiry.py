"""What is past its day goes: decisions, cleared namesakes, refusals, batches. At a worker's start, with each batch, and
with each rescreening, so that a desk that runs for months keeps nothing longer than it says."""

from __future__ import annotations

from datetime import UTC, date, datetime

from clarion.screening.service import decisions
from clarion.screening.service.batch import shelf
from clarion.screening.service.refusals import register


def expire(today: date | None = None) -> None:
    """Remove it."""
    from clarion.screening.models import Batch

    day = today or datetime.now(UTC).date()
    decisions.expire(day)
    register.expire(day)
    over = Batch.objects.filter(keep_until__lt=day).exclude(status=Batch.Status.RUNNING)
    for pk in list(over.values_list("pk", flat=True)):
        over.filter(pk=pk).delete()
        shelf.forget(str(pk))
