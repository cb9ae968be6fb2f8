"""Plans: show one at once, keep one, read it, propose it to the board.

Whoever may run scenarios may plan on a run that they may see. A plan is its owner's to see until it is proposed; from
then on everybody of this desk sees it, as they see the proposal on the board, even where the run itself is private.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clarion.access import Actor, require
from clarion.errors import BusyError, NotAllowed, UnknownName
from clarion.spillover.service import runs
from clarion.spillover.service.older import plan_out_of_date
from clarion.spillover.service.support.results import PlanResult
from clarion.spillover.service.support.shown import shown, turns
from clarion.spillover.service.support.work import check, outlook_of_run, plannable, question
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from uuid import UUID

    from clarion.spillover.models import Plan, Run

MOST_WAITING = 5
MOST_KEPT = 200  # of one owner: each holds some hundred kilobytes


def ready(actor: Actor, run_id: UUID) -> Run:
    """A run that the actor may plan on; whether its tables have changed since is told by the plan.

    Raises
    ------
    UnknownName, BusyError, InputError: there is none; it is not done; it is not by month.
    OutOfDate: an earlier version kept it.
    """
    require(actor, "spillover.run")
    run = runs.get(actor, run_id)
    plannable(run)
    return run


def show(actor: Actor, run_id: UUID, asked: dict[str, Any]) -> PlanResult:
    """A quick plan, not kept for the actor; ``asked`` has the form of a plan file.

    Raises
    ------
    ScenarioError, InputError: what cannot be asked, limits that no plan can keep, or tables that have changed.
    BusyError: the actor's plans, or this one alone, take too long.
    """
    return PlanResult(shown(actor.id, ready(actor, run_id), asked))


def keep(actor: Actor, run_id: UUID, asked: dict[str, Any]) -> Plan:
    """Keep a plan; it is worked in the background, with its curve and its stability.

    Raises
    ------
    ScenarioError, InputError: what cannot be asked, or limits that no plan can keep.
    BusyError: the run is not done; several plans wait already; the actor's plans take too long.
    """
    from django.db import transaction

    from clarion.access.store.log import record
    from clarion.access.store.turns import one_at_a_time
    from clarion.spillover.models import Plan
    from clarion.spillover.service.support.job import work_plan

    run = ready(actor, run_id)
    with turns.turn(actor.id):
        check(outlook_of_run(run), question(asked), run.seed)
    with transaction.atomic():
        one_at_a_time(actor)
        mine = Plan.objects.filter(owner=actor.id)
        waiting = mine.filter(status__in=(Plan.Status.WAITING, Plan.Status.RUNNING)).count()
        if waiting >= MOST_WAITING:
            raise BusyError(Phrase("You have plans waiting: {count}.", count=waiting), where="plans",
                            next_step="Wait for one to end, or remove one.")  # fmt: skip
        room_for_another(actor)
        plan = Plan.objects.create(run=run, owner=actor.id, title=run.title, question=asked)
        record(actor, "kept a support plan", str(plan.pk))
        transaction.on_commit(lambda: work_plan.enqueue(str(plan.pk)))
    return plan


def again(actor: Actor, pk: UUID) -> Plan:
    """Keep the question of a plan once more: on its run, or where an earlier version kept that, on one run again since.

    Raises
    ------
    OutOfDate: nobody has run it again.
    UnknownName, BusyError, InputError, ScenarioError: as ``get`` and ``keep`` say.
    """
    plan = get(actor, pk)
    run = runs.get(actor, plan.run.pk)
    since = (other for other in runs.alike(actor, run) if other.text == run.text) if run.older else ()
    return keep(actor, next(iter(since), run).pk, plan.question)


def room_for_another(actor: Actor) -> None:
    """Go on only where the actor may keep one more plan.

    Raises
    ------
    BusyError: as many are kept as one person may.
    """
    from clarion.spillover.models import Plan

    if Plan.objects.filter(owner=actor.id).count() >= MOST_KEPT:
        raise BusyError(Phrase("You keep {most} plans already.", most=MOST_KEPT), where="plans",
                        next_step="Remove some first.")  # fmt: skip


def index(actor: Actor, run_id: UUID) -> list[Plan]:
    """Plans on a run that the actor may see: their own and those proposed, the newest first."""
    from django.db.models import Q

    from clarion.spillover.models import Plan

    run = runs.get(actor, run_id)
    seen = Q(owner=actor.id) | ~Q(proposed_at=None)
    return list(Plan.objects.filter(seen, run=run).defer("data")[:MOST_KEPT])


def get(actor: Actor, pk: UUID) -> Plan:
    """A plan that the actor may see.

    Raises
    ------
    UnknownName: there is none, or it is somebody else's and not proposed (the answer is the same).
    """
    from clarion.spillover.models import Plan

    require(actor, "spillover.view")
    plan = Plan.objects.filter(pk=pk).select_related("run").first()
    if plan is None or not (plan.proposed_at or plan.owner == actor.id):
        raise UnknownName("There is no such plan.", where="plan", next_step="See yours on the page of a run.")
    return plan


def result(plan: Plan) -> PlanResult:
    """The plan itself.

    Raises
    ------
    BusyError, OutOfDate: it is not worked yet; an earlier version kept it.
    """
    if plan.status != plan.Status.DONE:
        raise BusyError("This plan is not worked yet.", where=Phrase("plan {id}", id=str(plan.pk)),
                        next_step="Open its page and wait until it is done.")  # fmt: skip
    if error := plan_out_of_date(plan):
        raise error
    return PlanResult(plan.data)


def remove(actor: Actor, pk: UUID) -> None:
    """Remove a plan that was not proposed; one that is waited for or worked is not worked further.

    Raises
    ------
    NotAllowed: it is somebody else's.
    BusyError: it stands before the board.
    """
    from django.db import transaction

    from clarion.access.store.log import record
    from clarion.spillover.models import Plan

    require(actor, "spillover.run")
    _own(actor, pk)
    with transaction.atomic():
        # One statement: a plan that is proposed in between stays.
        removed, _ = Plan.objects.filter(pk=pk, proposed_at=None).delete()
        if not removed:
            raise BusyError("This plan was proposed to the board.", where=Phrase("plan {id}", id=str(pk)),
                            next_step="Leave it as it is.")  # fmt: skip
        record(actor, "removed a support plan", str(pk))


def propose(actor: Actor, pk: UUID) -> Plan:
    """Propose a plan to the board of the call, once. Proposing binds nobody.

    Raises
    ------
    NotAllowed: it is somebody else's.
    BusyError: it is not done, funds nothing, or was proposed before.
    """
    from django.db import transaction
    from django.utils import timezone

    from clarion.access.store.log import record
    from clarion.outbox import Message
    from clarion.outbox.store.verbs import propose as leave
    from clarion.spillover.models import Plan
    from clarion.spillover.service.support.commitment import commitment

    require(actor, "spillover.propose")
    plan = _own(actor, pk)
    found, where = result(plan), Phrase("plan {id}", id=str(pk))
    if not found.helped:
        raise BusyError("This plan funds nothing.", where=where, next_step="Plan with more money or another menu.")
    proposal = commitment(plan, found, actor.name)
    with transaction.atomic():
        marked = Plan.objects.filter(pk=pk, proposed_at=None).update(
            proposed_at=timezone.now(), proposed_by=actor.name
        )  # fmt: skip
        if not marked:
            raise BusyError("This plan was proposed before.", where=where, next_step="See it on the board.")
        leave(Message(proposal.TOPIC, f"spillover-plan-{pk}", proposal.to_dict()))
        record(actor, "proposed a support plan", str(pk))
    plan.refresh_from_db()
    return plan


def told(plan: Plan) -> dict[str, Any]:
    """A plan for a program: where it stands, how it was asked, and what it says once it is worked."""
    return {
        "id": str(plan.pk), "run": str(plan.run.pk), "title": plan.title, "status": plan.status,
        "older": plan.older,
        "created_at": plan.created_at.isoformat(), "question": plan.question, "error": plan.error or None,
        "proposed_at": plan.proposed_at.isoformat() if plan.proposed_at else None, "proposed_by": plan.proposed_by,
        "kind": "proposal for people to decide on",
    }  # fmt: skip


def _own(actor: Actor, pk: UUID) -> Plan:
    plan = get(actor, pk)
    if plan.owner != actor.id:
        raise NotAllowed("This plan is somebody else's.", where=Phrase("plan {id}", id=str(pk)),
                         next_step="Make one of your own on the same run.")  # fmt: skip
    return plan
