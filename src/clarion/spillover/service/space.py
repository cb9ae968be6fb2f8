"""What finished runs take on this desk, what they may take, and how room is made: by people, never in silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clarion.config import config
from clarion.errors import BusyError
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from clarion.access import Actor
    from clarion.spillover.models import Run

MEGABYTE = 1e6
NAMED = 3  # of one's oldest runs, in the error


@dataclass(frozen=True, slots=True)
class Space:
    """Bytes: what all finished runs of the desk take, what they may take, and what the reader's own take of it."""

    used: int
    most: float
    own: int

    @property
    def full(self) -> bool:
        return self.used >= self.most

    @property
    def megabytes(self) -> tuple[float, float, float]:
        """Used, most and own, in megabytes."""
        return self.used / MEGABYTE, self.most / MEGABYTE, self.own / MEGABYTE


def space(actor: Actor) -> Space:
    """The desk's room for finished runs, as it stands."""
    from django.db.models import Q, Sum

    from clarion.spillover.models import Run

    found = Run.objects.aggregate(used=Sum("kept_bytes"), own=Sum("kept_bytes", filter=Q(owner=actor.id)))
    return Space(found["used"] or 0, config().runs_mb * MEGABYTE, found["own"] or 0)


def require_space(actor: Actor) -> None:
    """Go on only where the desk has room for one more finished run.

    Runs that wait already are still worked, so a desk may come to hold a little more than it should.

    Raises
    ------
    BusyError: it is full; the error names the oldest of the actor's runs, which the actor may remove.
    """
    found = space(actor)
    if not found.full:
        return
    oldest = tuple(
        Phrase("{title} of {day}", title=Phrase(run.title), day=run.created_at.date().isoformat())
        for run in removable(actor)[:NAMED]
    )
    used, most, _ = found.megabytes
    raise BusyError(
        Phrase("The runs that this desk keeps take {used:,.0f} MB, and may take {most:,.0f}.", used=used, most=most),
        where="runs",
        next_step=Phrase("Remove some of yours on the runs page, the oldest first: {names}.", names=oldest)
        if oldest
        else Phrase("Ask those who keep runs here to remove some, or your operator to raise CLARION_RUNS_MB."),
    )  # fmt: skip


def removable(actor: Actor) -> list[Run]:
    """The actor's finished runs that nothing holds, the oldest first."""
    from clarion.spillover.models import Plan, Run

    held = Plan.objects.exclude(proposed_at=None, owner=actor.id).values("run_id")
    mine = Run.objects.filter(owner=actor.id, kept_bytes__gt=0).exclude(pk__in=held)
    return list(mine.defer("text").order_by("created_at"))
