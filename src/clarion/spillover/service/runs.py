"""Runs: ask a scenario, follow it, read its answer, compare two. Private to their owner until published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clarion.access import Actor, may, require
from clarion.errors import BusyError, InputError, NotAllowed, UnknownName
from clarion.spillover.service import ask
from clarion.spillover.service.older import refuse_older
from clarion.spillover.service.space import require_space
from clarion.spillover.service.tables import SEED
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from uuid import UUID

    from clarion.spillover.engine.monthly import MonthlyComparison
    from clarion.spillover.engine.simulation import Comparison
    from clarion.spillover.models import Run
    from clarion.spillover.service.side_by_side import SideBySide

MOST_WAITING = 5
MOST_DRAWS = 5000  # at the desk; the command line may ask for more


def start(
    actor: Actor, text: str, *, trade: str = "corrected", rule: str = "monthly", draws: int = 500,
    seed: int | None = None, horizon: int = 0,
) -> Run:  # fmt: skip
    """Put a run in the queue. The scenario's text is copied: a later change of it does not change the run.

    ``rule`` is ``monthly`` or that of a published yearly cascade, ``horizon`` the months of the first (0: as the
    scenario says). Without a ``seed`` every run has the same one, so that any two can be compared draw by draw.

    Raises
    ------
    ScenarioError, InputError: the question cannot be asked.
    BusyError: the actor has several runs waiting already, or the desk has no room for another answer.
    """
    from django.db import transaction

    from clarion.access.store.log import record
    from clarion.access.store.turns import one_at_a_time
    from clarion.spillover.models import Run
    from clarion.spillover.service.jobs import answer_run

    require(actor, "spillover.run")
    asked = ask.any_question(text, trade=trade, rule=rule, draws=draws, horizon=horizon)
    if draws > MOST_DRAWS:
        raise InputError(
            Phrase("{draws} draws are too many for the desk.", draws=draws), where="draws",
            next_step=Phrase("Ask for {most:,.0f} or fewer here, or use: clarion spillover run", most=MOST_DRAWS),
        )  # fmt: skip
    with transaction.atomic():
        one_at_a_time(actor)
        unfinished = Run.objects.filter(owner=actor.id, status__in=(Run.Status.WAITING, Run.Status.RUNNING)).count()
        if unfinished >= MOST_WAITING:
            raise BusyError(
                Phrase("You have runs waiting: {count}.", count=unfinished),
                where="runs",
                next_step="Wait for one to end, or cancel one.",
            )
        require_space(actor)
        run = Run.objects.create(
            owner=actor.id, title=asked.scenario.title, text=text, trade=trade, rule=rule, draws=draws, horizon=horizon,
            seed=SEED if seed is None else seed,
        )  # fmt: skip
        record(actor, "started a run", str(run.pk))
        transaction.on_commit(lambda: answer_run.enqueue(str(run.pk)))
    return run


def again(actor: Actor, pk: UUID) -> Run:
    """Put the question of a run in the queue once more, with its scenario and seed; raises as ``get`` and ``start``."""
    run = get(actor, pk)
    return start(
        actor, run.text, trade=run.trade, rule=run.rule, draws=run.draws, seed=run.seed, horizon=run.horizon
    )  # fmt: skip


def index(actor: Actor) -> list[Run]:
    """The actor's runs and everybody's published ones, the newest first."""
    from django.db.models import Q

    from clarion.spillover.models import Run

    require(actor, "spillover.view")
    return list(Run.objects.filter(Q(owner=actor.id) | Q(published=True)).defer("text")[:200])


def get(actor: Actor, pk: UUID) -> Run:
    """A run that the actor may see.

    Raises
    ------
    UnknownName: there is none, or it is somebody else's and private (the answer is the same).
    """
    from clarion.spillover.models import Run

    require(actor, "spillover.view")
    run = Run.objects.filter(pk=pk).first()
    if run is None or not (run.published or run.owner == actor.id):
        raise UnknownName("There is no such run.", where="run", next_step="See yours on the runs page.")
    return run


def answer(run: Run) -> dict[str, Any]:
    """The answer of a run that is done.

    Raises
    ------
    BusyError, OutOfDate: it is not done; an earlier version kept it.
    """
    from clarion.spillover.models import Answer

    refuse_older(run)
    found = Answer.objects.filter(run=run).values_list("data", flat=True).first()
    if found is None:
        raise BusyError(
            "This run has no answer yet.",
            where=Phrase("run {id}", id=str(run.pk)),
            next_step="Open its page and wait until it is done.",
        )
    return dict(found)


def monthly_answer(run: Run) -> dict[str, Any]:
    """The answer of a run by month.

    Raises
    ------
    UnknownName: the run is one of a yearly rule, which has no months.
    """
    data = answer(run)
    if data["kind"] != "monthly":
        raise UnknownName(
            "This run has no months.", where=Phrase("run {id}", id=str(run.pk)), next_step="Run it by month."
        )
    return data


def country_answer(run: Run, iso3: str) -> dict[str, Any]:
    """One country's months in the answer of a run by month.

    Raises
    ------
    OutOfDate: an earlier version kept it.
    UnknownName: the run has no figures for it.
    """
    from clarion.spillover.models import CountryAnswer

    refuse_older(run)
    found = CountryAnswer.objects.filter(run=run, iso3=iso3).values_list("data", flat=True).first()
    if found is None:
        raise UnknownName("This run has no figures for this country.", where=iso3, next_step="Go back to the run.")
    return dict(found)


def compare(actor: Actor, pk: UUID, other: UUID) -> Comparison | MonthlyComparison:
    """The second run less the first, draw by draw.

    Raises
    ------
    BusyError, OutOfDate: one of them is not done; an earlier version kept it.
    InputError: the runs differ in seed, draws, rule, trade, years or tables, so that the luck of the draw would show.
    """
    from clarion.spillover.engine.monthly import compare_months
    from clarion.spillover.engine.simulation import compare as differences
    from clarion.spillover.models import Answer
    from clarion.spillover.service.kept import bare_answer
    from clarion.spillover.service.monthly.kept import compared_run

    pair, months = [], []
    for run in (get(actor, pk), get(actor, other)):
        refuse_older(run)
        found = Answer.objects.filter(run=run).first()
        if found is None:
            raise BusyError(
                "This run has no answer yet.",
                where=Phrase("run {id}", id=str(run.pk)),
                next_step="Wait until it is done.",
            )
        if found.data["kind"] == "monthly":
            months.append(compared_run(found.data, bytes(found.draws)))
        else:
            pair.append(bare_answer(run, found.data, bytes(found.draws)))
    if len(pair) == len(months):
        raise InputError(
            "A run by month and one of a yearly rule cannot be compared.", where=Phrase("run {id}", id=str(pk)),
            next_step="Run one of them again by the other's rule.",
        )  # fmt: skip
    return compare_months(*months) if months else differences(*pair)


def side_by_side(actor: Actor, pk: UUID, other: UUID) -> SideBySide:
    """The second run less the first, with each country's figure in both; raises as ``compare`` does."""
    from clarion.spillover.service.monthly.results import MonthlyResult
    from clarion.spillover.service.results import Result
    from clarion.spillover.service.side_by_side import side_by_side as set_beside

    first, second = get(actor, pk), get(actor, other)
    whole = compare(actor, pk, other)
    read = MonthlyResult if first.rule == "monthly" else Result
    return set_beside((first.title, second.title), read(answer(first)), read(answer(second)), whole)


def beside(actor: Actor, run: Run) -> list[Run]:
    """Finished runs that the actor may see and that were asked alike, so that the two can be compared."""
    from clarion.spillover.models import Answer

    own = Answer.objects.filter(run=run).values_list("data__baseline", flat=True).first()
    found = alike(actor, run)
    same = set(Answer.objects.filter(run__in=found, data__baseline=own).values_list("run_id", flat=True))
    return [other for other in found if other.pk in same]


def alike(actor: Actor, run: Run) -> list[Run]:
    """Other finished runs of this version that the actor may see and that were asked alike, of whatever scenario."""
    from clarion.spillover.models import Run

    same = ("trade", "rule", "draws", "seed", "horizon")
    return [
        other
        for other in index(actor)
        if other.pk != run.pk
        and other.status == Run.Status.DONE
        and not other.older
        and all(getattr(other, name) == getattr(run, name) for name in same)
    ]


def told(run: Run) -> dict[str, Any]:
    """A run for a program: where it stands, and how it was asked."""
    return {
        "id": str(run.pk), "title": run.title, "status": run.status, "progress": run.progress, "trade": run.trade,
        "rule": run.rule, "horizon": run.horizon, "draws": run.draws, "seed": run.seed, "published": run.published,
        "created_at": run.created_at.isoformat(), "kept_bytes": run.kept_bytes, "older": run.older,
        "error": run.error or None, "kind": "scenario, not a forecast",
    }  # fmt: skip


def cancel(actor: Actor, pk: UUID) -> Run:
    """Ask a run to stop; one that still waits stops at once.

    Raises
    ------
    BusyError: it has ended.
    """
    from django.db import transaction

    from clarion.access.store.log import record
    from clarion.spillover.models import Run

    require(actor, "spillover.run")
    run = _own(actor, pk)
    if run.ended:
        raise BusyError("This run has ended.", where=f"run {pk}", next_step="Open its page to see how.")
    with transaction.atomic():
        Run.objects.filter(pk=pk, status=Run.Status.WAITING).update(status=Run.Status.CANCELLED)
        Run.objects.filter(pk=pk).update(cancel_asked=True)
        record(actor, "cancelled a run", str(pk))
    run.refresh_from_db()
    return run


def remove(actor: Actor, pk: UUID) -> None:
    """Remove a run that has ended, with its answer and the plans made on it.

    Raises
    ------
    BusyError: it has not ended, or a plan made on it is somebody else's or stands before the board.
    """
    from django.db import transaction

    from clarion.access.store.log import record
    from clarion.spillover.models import Plan

    require(actor, "spillover.run")
    run = _own(actor, pk)
    if not run.ended:
        raise BusyError("This run has not ended.", where=Phrase("run {id}", id=str(pk)), next_step="Cancel it first.")
    where = Phrase("run {id}", id=str(pk))
    with transaction.atomic():
        made = Plan.objects.filter(run=run)
        if made.exclude(proposed_at=None).exists():
            raise BusyError(
                "A plan made on this run was proposed to the board.", where=where,
                next_step="Keep it: whoever decides must be able to see how the plan was worked out.",
            )  # fmt: skip
        if made.exclude(owner=actor.id).exists():
            raise BusyError(
                "Other people made plans on this run.", where=where,
                next_step="Take it back, so that no more are made, and remove it once they have removed theirs.",
            )  # fmt: skip
        run.delete()
        record(actor, "removed a run", str(pk))


def publish(actor: Actor, pk: UUID, *, published: bool) -> Run:
    """Let everybody of this desk see a run, or take it back.

    An operator may take back anybody's: its owner may have left, or may not want to.
    """
    from django.db import transaction

    from clarion.access.store.log import record

    require(actor, "spillover.publish")
    run = get(actor, pk) if not published and may(actor, "spillover.take_back") else _own(actor, pk)
    if published and run.status != run.Status.DONE:
        raise BusyError(
            "Only a run that is done can be published.", where=Phrase("run {id}", id=str(pk)), next_step="Wait for it."
        )
    run.published = published
    with transaction.atomic():
        run.save(update_fields=["published"])
        record(actor, "published a run" if published else "took a run back", str(pk))
    return run


def _own(actor: Actor, pk: UUID) -> Run:
    run = get(actor, pk)
    if run.owner != actor.id:
        raise NotAllowed(
            "This run is somebody else's.", where=Phrase("run {id}", id=str(pk)), next_step="Start one of your own."
        )
    return run
