"""A plan made at the command line and put before the board, kept with its run as the desk keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clarion.access import Actor, require
from clarion.spillover import form
from clarion.spillover.service import runs, scenarios, space
from clarion.spillover.service.support import plans
from clarion.spillover.service.support.answers import Asked, Planned, by_month
from clarion.spillover.service.support.results import PlanResult
from clarion.spillover.service.support.work import outlook, worked
from clarion.spillover.service.tables import SEED, warehouse

if TYPE_CHECKING:
    from clarion.spillover.models import Plan


@dataclass(frozen=True)
class Proposed(Planned):
    """A plan and what is kept of it."""

    kept: Plan

    def told(self) -> dict[str, Any]:
        """What was kept, for a program."""
        return plans.told(self.kept)


def propose(
    actor: Actor, name: str, asked: Asked, *, trade: str, months: int = 0, draws: int = 200, seed: int | None = None,
    workers: int = 1,
) -> Proposed:  # fmt: skip
    """Run a scenario by month, plan on it, keep both and propose the plan to the board of the call.

    The run is published, for nobody signs in as the command line: whoever decides sees how the plan was worked out.
    All of it is kept or nothing.

    Raises
    ------
    NotAllowed, BusyError: the actor may not propose, or keeps too much already; the plan funds nothing.
    UnknownName, ScenarioError, InputError, ModelError: as the engines say; limits that no plan can keep are named.
    """
    from django.db import transaction
    from django.utils import timezone

    from clarion.access.store.log import record
    from clarion.compute import runner_named
    from clarion.spillover.engine.monthly import MonthlyTables, prepare
    from clarion.spillover.models import Plan, Run
    from clarion.spillover.service.monthly.work import split, work
    from clarion.spillover.service.store import store

    for permission in ("run", "publish", "propose"):
        require(actor, f"spillover.{permission}")
    plans.room_for_another(actor)
    space.require_space(actor)
    text, seed = scenarios.find(name), SEED if seed is None else seed
    months_of = by_month(text, trade=trade, months=months, draws=draws, where=name)
    door, title = warehouse(), months_of.scenario.title
    found, drivers = work(months_of, door, runner_named("", workers), seed)
    basis = outlook(prepare(months_of, MonthlyTables.read(door), seed), found.draws, door, draws)
    data, kept = worked(basis, asked.question, seed), split(found, drivers)
    with transaction.atomic():
        run = Run.objects.create(
            owner=actor.id, title=title, text=text, trade=trade, rule="monthly", horizon=months, draws=draws,
            seed=seed, status=Run.Status.DONE, progress=1.0, finished_at=timezone.now(),
        )  # fmt: skip
        store(run, kept.data, kept.draws, kept.countries)
        record(actor, "started a run", str(run.pk))
        runs.publish(actor, run.pk, published=True)
        plan = Plan.objects.create(
            run=run, owner=actor.id, title=title, question=asked.data, data=data, form=form.PLAN,
            status=Plan.Status.DONE,
        )  # fmt: skip
        record(actor, "kept a support plan", str(plan.pk))
        plan = plans.propose(actor, plan.pk)
    return Proposed(PlanResult(data), title, plan)
