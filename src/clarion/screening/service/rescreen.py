"""Screen again what was kept when a list changes, and tell only what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clarion.access import Actor, require
from clarion.errors import BusyError
from clarion.screening.service import cleared, decisions
from clarion.screening.service.check import check_all
from clarion.screening.service.checked import ASK, REVIEW
from clarion.screening.service.keys import lock
from clarion.screening.service.lists import loaded

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from clarion.screening.models import Decision
    from clarion.screening.service.decisions import Kept

PART = 500
"""Decisions that are opened and screened together."""


@dataclass(frozen=True, slots=True)
class Change:
    """A kept decision that would be another now. ``now`` is what ``Checked.to_dict`` wrote."""

    kept: Kept
    now: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready and without a name."""
        return {"id": str(self.kept.decision.pk), "was": self.kept.decision.outcome, "now": self.now["outcome"]}


@dataclass(frozen=True, slots=True)
class Rescreened:
    """``screened`` decisions were looked at again; ``changes`` are others now."""

    screened: int
    changes: tuple[Change, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"screened": self.screened, "changes": [one.to_dict() for one in self.changes]}


def waits(actor: Actor) -> int:
    """How many kept decisions were made by other versions of the lists than those in force."""
    require(actor, "screening.view")
    return _older(loaded().version).count()


def rescreen(actor: Actor) -> Rescreened:
    """Screen anew every kept decision that was made by other versions of the lists.

    One whose hits are no longer the same gets a step that says so, and waits for somebody to decide where it is a
    review now, or where people had found somebody else and there is one thing to ask again. The decision itself stays
    as it was made.

    Raises
    ------
    BusyError: no list is loaded.
    """
    from django.db import transaction

    from clarion.access.store.log import record
    from clarion.screening.service.expiry import expire

    require(actor, "screening.check")
    expire()
    held, changes, screened = loaded(), [], 0
    if not held.sanctions:
        raise BusyError("No sanctions list is loaded, so nobody can be screened.", where="lists",
                        next_step="Load one with: clarion screening lists fetch ofac-sdn")  # fmt: skip
    numbers = list(_older(held.version).values_list("pk", flat=True))
    for first in range(0, len(numbers), PART):
        several = [decisions.get(actor, pk) for pk in numbers[first : first + PART]]
        for use in sorted({kept.decision.use for kept in several}):
            of_use = [kept for kept in several if kept.decision.use == use]
            found = check_all(actor, [kept.asked for kept in of_use], use, known=cleared.known, lists=held)
            for kept, checked in zip(of_use, found, strict=True):
                now = checked.to_dict()
                if _hits(now) != _hits(kept.latest):
                    changes.append(Change(kept, now))
            screened += len(of_use)
    with transaction.atomic():
        for one in changes:
            _note(actor, one)
        _mark(numbers, held.version)
        record(actor, "screened anew", "", screened=screened, changed=len(changes))
    return Rescreened(screened, tuple(changes))


def index(actor: Actor) -> list[Change]:
    """What changed, the newest first: decisions whose last step says that the lists changed."""
    from clarion.screening.models import Step

    require(actor, "screening.view")
    rows = Step.objects.filter(kind=Step.Kind.CHANGED).order_by("-pk").values_list("decision", flat=True)
    found = []
    for pk in dict.fromkeys(rows[:200]):
        kept = decisions.get(actor, pk)
        if kept.steps and kept.steps[-1]["kind"] == Step.Kind.CHANGED:
            found.append(Change(kept, kept.steps[-1]["now"]))
    return found


def _older(version: str) -> QuerySet[Decision]:
    return decisions.alive().exclude(screened_by=version)


def _mark(numbers: list[Any], version: str) -> None:
    from clarion.screening.models import Decision

    for first in range(0, len(numbers), PART):
        Decision.objects.filter(pk__in=numbers[first : first + PART]).update(screened_by=version)


def _hits(result: dict[str, Any]) -> list[tuple[str, str, str, str, float]]:
    """What makes two answers the same to whoever reads them: who is hit, how gravely, by how much."""
    return [
        (part["part"], hit["list"], hit["entry"], hit["outcome"], hit["score"])
        for part in result["subjects"] for hit in part["hits"]
    ] + [("", "", "", result["outcome"], 0.0)]  # fmt: skip


def _note(actor: Actor, one: Change) -> None:
    from clarion.screening.models import Decision, Step

    kept = one.kept.decision
    told = lock({"why": "", "name": actor.name, "now": one.now}, "step", str(kept.pk))
    Step.objects.create(decision=kept, kind=Step.Kind.CHANGED, verdict=one.now["outcome"], told=told, by=actor.id)
    judged = Decision.objects.filter(pk=kept.pk)
    if one.now["outcome"] == ASK:
        # Whoever found somebody else, or is about to confirm it, has not seen this one.
        judged = judged.filter(state__in=(Decision.State.SECOND, Decision.State.OTHER))
    if one.now["outcome"] in (ASK, REVIEW):
        judged.update(state=Decision.State.WAITING, proposed="")
