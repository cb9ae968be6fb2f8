"""Decisions that are kept: locked, found again without a name, and gone on their day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from clarion.access import Actor, require
from clarion.errors import UnknownName
from clarion.screening.service.asked import Asked, from_kept
from clarion.screening.service.checked import ASK, REVIEW, Checked
from clarion.screening.service.keys import lock, unlock

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from clarion.screening.models import Batch, Decision


MOST = 500
"""Decisions that are shown at once."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision, unlocked. ``result`` is what ``Checked.to_dict`` wrote, ``row`` what the file of a batch called it,
    ``steps`` what people did with it since."""

    decision: Decision
    asked: Asked
    result: dict[str, Any]
    row: str = ""
    steps: tuple[dict[str, Any], ...] = ()

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        from django.utils.translation import gettext

        if self.decision.state == self.decision.State.MADE and self.latest["outcome"] == ASK:
            return gettext("To be asked")
        return str(self.decision.State(self.decision.state).label)

    @property
    def latest(self) -> dict[str, Any]:
        """The answer as it last was: that of the decision, or of the last change of the lists."""
        now = [step["now"] for step in self.steps if "now" in step]
        return now[-1] if now else self.result

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, whom it was about included."""
        kept = self.decision
        return {
            "id": str(kept.pk), "state": kept.state, "made_at": kept.made_at.isoformat(), "use": kept.use,
            "keep_until": kept.keep_until.isoformat(), "row": self.row, "asked": self.asked.to_dict(),
            "answer_sha256": kept.answer, "payee_hmac": kept.payee, "steps": list(self.steps),
        } | self.result  # fmt: skip


def keep(actor: Actor, checked: Checked, asked: Asked) -> Decision:
    """Keep one decision; a review waits for somebody to decide."""
    from django.db import transaction

    from clarion.access.store.log import record

    require(actor, "screening.check")
    with transaction.atomic():
        made = keep_many(actor, [(checked, asked, "")])[0]
        record(actor, "screened a payee", str(made.pk), outcome=made.outcome)
    return made


def keep_many(
    actor: Actor, several: Sequence[tuple[Checked, Asked, str]], batch: Batch | None = None, part: int = 0
) -> list[Decision]:  # fmt: skip
    """Keep decisions, each with what a file calls its row; the caller logs them."""
    import uuid

    from clarion.screening.models import Decision

    made = []
    for checked, asked, row in several:
        result, pk = checked.to_dict(), uuid.uuid4()
        body = lock({"asked": asked.to_dict(), "result": result, "row": row}, "decision", str(pk))
        until = datetime.now(UTC).date() + timedelta(checked.use.keep_days)
        made.append(
            Decision(
                id=pk, payee=asked.mark(), body=body, answer=digest(result), outcome=checked.outcome,
                use=checked.use.name, screened_by=checked.lists.version, batch=batch, part=part,
                made_by=actor.id, keep_until=until,
                state=Decision.State.WAITING if checked.outcome == REVIEW else Decision.State.MADE,
            )
        )  # fmt: skip
    return Decision.objects.bulk_create(made, batch_size=500)


def digest(result: dict[str, Any]) -> str:
    """SHA-256 of an answer, written in one way."""
    return sha256(json.dumps(result, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def index(
    actor: Actor, states: Sequence[str] = (), most: int = MOST, *, oldest: bool = False, batch: UUID | None = None,
    outcome: str = "",
) -> list[Kept]:  # fmt: skip
    """Decisions that are kept, the newest first, or the ``oldest``: of these ``states``, of one ``batch`` and with the
    ``outcome`` that it was first given, where any are asked for."""
    require(actor, "screening.view")
    told = {"batch": batch, "outcome": outcome}
    rows = alive().filter(**{name: value for name, value in told.items() if value})
    rows = (rows.filter(state__in=states) if states else rows).order_by("made_at" if oldest else "-made_at")
    return _open(rows[:most])


def get(actor: Actor, pk: UUID) -> Kept:
    """One decision with what was done with it.

    Raises
    ------
    UnknownName: there is none, or its time is up.
    """
    require(actor, "screening.view")
    found = _open(alive().filter(pk=pk))
    if not found:
        raise UnknownName(
            "There is no such decision.", where="decision", next_step="See those that are kept on the review page."
        )
    return found[0]


def same_payee(actor: Actor, asked: Asked) -> list[Kept]:
    """Earlier decisions on the same payee, the newest first."""
    require(actor, "screening.view")
    return _open(alive().filter(payee=asked.mark())[:20])


def erase(actor: Actor, pk: UUID) -> None:
    """Remove a decision for good, with its steps."""
    from django.db import transaction

    from clarion.access.store.log import record

    require(actor, "screening.review")
    with transaction.atomic():
        get(actor, pk).decision.delete()
        record(actor, "removed a screening decision", str(pk))


def expire(today: date | None = None) -> int:
    """Remove what is kept beyond its day; how many decisions."""
    from clarion.screening.models import Cleared, Decision

    day = today or datetime.now(UTC).date()
    Cleared.objects.filter(until__lt=day).delete()
    return int(Decision.objects.filter(keep_until__lt=day).delete()[1].get("screening.Decision", 0))


def alive() -> QuerySet[Decision]:
    """Those whose day has not come."""
    from clarion.screening.models import Decision

    return Decision.objects.filter(keep_until__gte=datetime.now(UTC).date())


def _open(rows: Iterable[Decision]) -> list[Kept]:
    """Decisions, unlocked, each with what was done with it; the steps of all are read at once."""
    from clarion.screening.models import Step

    held = list(rows)
    steps: dict[UUID, list[dict[str, Any]]] = {row.pk: [] for row in held}
    done = Step.objects.filter(decision__in=held).values_list("decision", "kind", "verdict", "at", "by", "told")
    for pk, kind, verdict, at, by, told in done:
        said = {"kind": kind, "verdict": verdict, "at": at.isoformat(), "by": by}
        steps[pk].append(said | unlock(bytes(told), "step", str(pk)))
    found = []
    for row in held:
        body = unlock(bytes(row.body), "decision", str(row.pk))
        found.append(Kept(row, from_kept(body["asked"]), body["result"], body["row"], tuple(steps[row.pk])))
    return found
