"""Decide what a screening left open: one person decides, a second confirms where the policy says so, the payee may
object, and each step stays on the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.access import ROLES, Actor, may, require
from clarion.errors import BusyError, InputError, NotAllowed
from clarion.screening.service import cleared, decisions, policies
from clarion.screening.service.keys import lock
from clarion.screening.service.lists import from_kept
from clarion.vocab import Phrase, seen

if TYPE_CHECKING:
    from uuid import UUID

    from clarion.screening.models import Decision
    from clarion.screening.service.asked import Asked
    from clarion.screening.service.decisions import Kept

VERDICTS = ("same", "other")
"""The payee is the listed one, or somebody else."""
MOST_REASON = 1000


def queue(actor: Actor) -> list[Kept]:
    """What waits for somebody, the oldest first."""
    from clarion.screening.models import Decision

    require(actor, "screening.review")
    return decisions.index(actor, (Decision.State.WAITING, Decision.State.SECOND), oldest=True)


def barred(actor: Actor, kept: Kept) -> NotAllowed | None:
    """Why the next step of a decision that waits is not the actor's to take; None where it is."""
    state = kept.decision.State
    try:
        if kept.decision.state == state.SECOND:
            _first(actor, kept)
        elif kept.decision.state == state.WAITING:
            _not_again(actor, kept)
    except NotAllowed as refused:
        return refused
    return None


def send(actor: Actor, pk: UUID) -> Decision:
    """Put a decision that nobody had to decide into the queue, as where the payee cannot give what is asked for.

    Raises
    ------
    BusyError: it is there already, or was decided.
    """
    from clarion.screening.models import Decision

    require(actor, "screening.check")
    kept = decisions.get(actor, pk)
    return _move(actor, kept, (Decision.State.MADE,), Decision.State.WAITING, Phrase("sent a screening to review"))


def decide(actor: Actor, pk: UUID, verdict: str, reason: str, seen: int | None = None) -> Decision:
    """Say who the payee is, with the reason. It stands at once, or waits for a second person where the policy says so.

    ``seen`` is how many steps there were when the actor looked: what came since they have not judged.

    Raises
    ------
    InputError: no such verdict, no reason, or too long a one. BusyError: it does not wait to be decided, or is another
    than was ``seen``.
    NotAllowed: the actor has decided it before, and others may.
    """
    from django.db import transaction

    from clarion.screening.models import Decision, Step

    require(actor, "screening.review")
    if verdict not in VERDICTS:
        raise InputError("Say whether the payee is the listed one.", where="verdict",
                         next_step=Phrase("Choose one of: {names}.", names=VERDICTS))  # fmt: skip
    told, kept = _reason(reason), _seen(decisions.get(actor, pk), seen)
    _not_again(actor, kept)
    second = four_eyes(actor, kept.decision)
    with transaction.atomic():
        to = Decision.State.SECOND if second else Decision.State(verdict)
        _move(actor, kept, (Decision.State.WAITING,), to, Phrase("decided on a screening"), proposed=verdict)
        _step(actor, kept.decision, Step.Kind.DECIDED, told, verdict)
        if not second:
            _final(actor, kept, verdict, told, (actor.name,))
    return kept.decision


def confirm(actor: Actor, pk: UUID, seen: int | None = None) -> Decision:
    """Be the second person: what the first decided stands. ``seen`` as for ``decide``.

    Raises
    ------
    BusyError: it does not wait for one, or is another than was ``seen``. NotAllowed: the actor is the first, or decided
    what the payee objects to, and others may.
    """
    from django.db import transaction

    from clarion.screening.models import Decision, Step

    require(actor, "screening.review")
    kept = _seen(decisions.get(actor, pk), seen)
    first = _first(actor, kept)
    verdict = kept.decision.proposed
    with transaction.atomic():
        _move(actor, kept, (Decision.State.SECOND,), Decision.State(verdict), Phrase("confirmed a screening"))
        _step(actor, kept.decision, Step.Kind.CONFIRMED, "", verdict)
        _final(actor, kept, verdict, str(first["why"]), (str(first["name"]), actor.name))
    return kept.decision


def send_back(actor: Actor, pk: UUID, reason: str, seen: int | None = None) -> Decision:
    """Be the second person and disagree: it waits to be decided anew. Raises as ``confirm``, and for the reason."""
    from django.db import transaction

    from clarion.screening.models import Decision, Step

    require(actor, "screening.review")
    told, kept = _reason(reason), _seen(decisions.get(actor, pk), seen)
    _first(actor, kept)
    with transaction.atomic():
        _move(actor, kept, (Decision.State.SECOND,), Decision.State.WAITING, Phrase("sent a screening back"))
        _step(actor, kept.decision, Step.Kind.SENT_BACK, told)
    return kept.decision


def appeal(actor: Actor, pk: UUID, reason: str) -> Decision:
    """The payee objects: it waits to be decided anew, by others than those who decided before, where there are others.
    Meanwhile nobody stays cleared by it.

    Raises
    ------
    BusyError: nothing was decided yet.
    """
    from django.db import transaction

    from clarion.screening.models import Decision, Step

    require(actor, "screening.check")
    told, kept = _reason(reason), decisions.get(actor, pk)
    ended = (Decision.State.SAME, Decision.State.OTHER)
    with transaction.atomic():
        _move(actor, kept, ended, Decision.State.WAITING, Phrase("noted an objection to a screening"))
        _step(actor, kept.decision, Step.Kind.APPEALED, told)
        _withdraw(kept)
    return kept.decision


def four_eyes(actor: Actor, kept: Decision) -> bool:
    """Whether a second person has to confirm: the policy says so, and there is one."""
    return policies.use(kept.use).four_eyes and actor != Actor.console() and len(_reviewers()) > 1


def _reviewers() -> set[str]:
    from clarion.access.store.models import User

    roles = [role for role in ROLES if may(Actor("", "", role), "screening.review")]
    return {str(pk) for pk in User.objects.filter(role__in=roles, is_active=True).values_list("pk", flat=True)}


def _not_again(actor: Actor, kept: Kept, first: str = "") -> None:
    """After an objection others decide, as the ``first`` person and as the second: of whoever decided what is objected
    to nobody is asked to judge themselves while somebody else may."""
    kinds = [step["kind"] for step in kept.steps]
    objected = len(kinds) - kinds[::-1].index("appealed") if "appealed" in kinds else 0
    before = {step["by"] for step in kept.steps[:objected] if step["kind"] in ("decided", "confirmed")}
    if actor.id in before and _reviewers() - before - {first}:
        raise NotAllowed(
            "You decided this before, and the payee objects.", where="review",
            next_step="Let a colleague who has not decided it look at it.",
        )  # fmt: skip


def _first(actor: Actor, kept: Kept) -> dict[str, object]:
    """The step that waits for a second person."""
    steps = [step for step in kept.steps if step["kind"] == "decided"]
    if not steps:
        raise _elsewhere()
    if steps[-1]["by"] == actor.id:
        raise NotAllowed(
            "You decided this yourself.", where="review", next_step="A colleague who may review has to confirm it."
        )
    _not_again(actor, kept, str(steps[-1]["by"]))
    return steps[-1]


def _final(actor: Actor, kept: Kept, verdict: str, reason: str, by: tuple[str, ...]) -> None:
    if verdict != "other":
        _withdraw(kept)
        return
    use, seen = policies.use(kept.decision.use), [from_kept(one) for one in kept.latest["lists"]]
    for one, part in zip(_everybody(kept), kept.latest["subjects"], strict=False):
        hits = [(hit["list"], hit["entry"]) for hit in part["hits"]]
        cleared.clear(actor, one, hits, reason, by, use, kept.decision, seen)


def _withdraw(kept: Kept) -> None:
    """Nobody whom this decision is about stays cleared of anybody whom it ever hit."""
    for result in (kept.result, kept.latest):
        for one, part in zip(_everybody(kept), result["subjects"], strict=False):
            hits = [(hit["list"], hit["entry"]) for hit in (*part["hits"], *part["before"])]
            cleared.withdraw(one, hits)


def _everybody(kept: Kept) -> list[Asked]:
    return [kept.asked, *(one for _, one in kept.asked.others())]


def _reason(text: str) -> str:
    told = seen(text).strip()
    if not told:
        raise InputError("Say why.", where="reason", next_step="One sentence is enough.")
    if len(told) > MOST_REASON:
        raise InputError("The reason is too long.", where="reason",
                         next_step=Phrase("Use {most:,.0f} letters or fewer.", most=MOST_REASON))  # fmt: skip
    return told


def _seen(kept: Kept, seen: int | None) -> Kept:
    if seen is not None and seen != len(kept.steps):
        raise _elsewhere()
    return kept


def _move(
    actor: Actor, kept: Kept, of: tuple[str, ...], to: str, action: str, **more: str
) -> Decision:  # fmt: skip
    """Take a decision from one state to the next; of two who try at once one does, and none whose steps are no longer
    all that there are."""
    from django.db import transaction

    from clarion.access.store.log import record
    from clarion.screening.models import Decision, Step

    row = kept.decision
    with transaction.atomic():
        # The update comes first: it holds the row, so that nobody adds a step between counting and what follows.
        moved = Decision.objects.filter(pk=row.pk, state__in=of).update(state=to, **more)
        if not moved or Step.objects.filter(decision=row.pk).count() != len(kept.steps):
            raise _elsewhere()
        record(actor, action, str(row.pk), state=str(to))
    row.refresh_from_db()
    return row


def _step(actor: Actor, kept: Decision, kind: str, why: str, verdict: str = "") -> None:
    from clarion.screening.models import Step

    told = lock({"why": why, "name": actor.name}, "step", str(kept.pk))
    Step.objects.create(decision=kept, kind=kind, verdict=verdict, told=told, by=actor.id)


def _elsewhere() -> BusyError:
    return BusyError(
        "This step does not follow from where the decision stands.", where="review",
        next_step="Open its page to see where it stands.",
    )  # fmt: skip
