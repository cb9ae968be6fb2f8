"""From a run by month and a question to a plan, told as plain data."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from clarion.errors import BusyError, InputError
from clarion.spillover.service.older import refuse_older
from clarion.spillover.service.tables import warehouse
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from clarion.sources.warehouse import Warehouse
    from clarion.spillover.engine.monthly import MonthlyDraws, MonthlyPlan
    from clarion.spillover.engine.support import SupportPlan, SupportQuestion
    from clarion.spillover.engine.support.from_months import FromMonths
    from clarion.spillover.models import Run

MOST_DRAWS = 200
"""Draws that a plan of the desk is made on: what is shown at once and what is kept must be the same plan."""
RUNS, POINTS = 20, 15
_MOST = 0.5  # of the money, from which a plan hangs on one measure
QUICK_POINTS = 4
"""Points of the budget curve where an answer is wanted at once; none where floors or lots make each of them slow."""


def question(asked: dict[str, Any], where: str = Phrase("plan")) -> SupportQuestion:
    """The engine's question from plain data in the form of a plan file.

    Raises
    ------
    ScenarioError: naming the key that cannot be used.
    """
    from clarion.spillover.engine.scenario.section import Text
    from clarion.spillover.engine.support import support_from

    return support_from(asked, Text(where))


def outlook(plan: MonthlyPlan, draws: MonthlyDraws, door: Warehouse, most_draws: int = MOST_DRAWS) -> FromMonths:
    """What the first draws of a run say of each country without support."""
    from clarion.spillover.engine.support.from_months import outlook_of

    paths = {name: values[:most_draws] for name, values in draws.paths.items()}
    return outlook_of(
        plan, replace(draws, paths=paths), door.all("prices"), door.all("indicators"), door.all("remittances")
    )


def plannable(run: Run) -> None:
    """Return where a run can be planned on.

    Raises
    ------
    BusyError: it is not done.
    OutOfDate: an earlier version kept it.
    InputError: it is not a run by month.
    """
    if run.rule != "monthly":
        raise InputError(
            "A support plan needs a run by month.", where=Phrase("run {id}", id=str(run.pk)),
            next_step="Run the scenario again and choose month by month.",
        )  # fmt: skip
    if run.status != run.Status.DONE:
        raise BusyError("This run has no answer yet.", where=Phrase("run {id}", id=str(run.pk)),
                        next_step="Open its page and wait until it is done.")  # fmt: skip
    refuse_older(run)


def outlook_of_run(run: Run) -> FromMonths:
    """The outlook of a run that is kept.

    Raises
    ------
    BusyError, OutOfDate: it is not done; an earlier version kept it.
    InputError: it is not a run by month, or the tables have changed since.
    """
    plannable(run)
    return _of_run(str(run.pk))


@lru_cache(maxsize=4)
def _of_run(pk: str) -> FromMonths:
    from clarion.spillover.engine.monthly import MonthlyTables, prepare
    from clarion.spillover.models import Answer, Run
    from clarion.spillover.service.monthly.kept import unpack
    from clarion.spillover.service.monthly.work import question as monthly_question

    run, answer = Run.objects.get(pk=pk), Answer.objects.get(run=pk)
    asked = monthly_question(run.text, trade=run.trade, draws=run.draws, horizon=run.horizon)
    door = warehouse()
    plan = prepare(asked, MonthlyTables.read(door), run.seed)
    if plan.baseline != answer.data["baseline"]:
        raise InputError(
            "The tables have changed since this run was worked.", where=Phrase("run {id}", id=pk),
            next_step="Run the scenario again, then plan on the new run.",
        )  # fmt: skip
    return outlook(plan, unpack(bytes(answer.draws)), door)


def worked(
    basis: FromMonths, asked: SupportQuestion, seed: int, *, quick: bool = False,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The plan as plain data. A ``quick`` one leaves out what takes long: plans made anew, lots, and with a floor the
    curve; its money is that of the full one unless it is asked in lots. ``cancelled`` is asked often whether to stop.

    Raises
    ------
    InputError: limits that no plan can keep (it names them).
    Cancelled: asked to stop.
    """
    from clarion.spillover.engine.support import never, support

    stop = cancelled or never
    if not quick:
        found = support(asked, basis.outlook, seed, runs=RUNS, points=POINTS, cancelled=stop)
        return told(found, basis, quick=False)
    points = 0 if asked.floor or asked.lots or asked.risk else QUICK_POINTS
    found = support(replace(asked, lots=()), basis.outlook, seed, runs=0, points=points, cancelled=stop)
    return told(found, basis, quick=True, lots_left_out=bool(asked.lots))


def check(basis: FromMonths, asked: SupportQuestion, seed: int) -> None:
    """Refuse at once what no plan can keep.

    Raises
    ------
    InputError: limits that no plan can keep (it names them).
    """
    from clarion.spillover.engine.support import check as check_limits
    from clarion.spillover.engine.support import effects

    check_limits(asked, effects(basis.outlook, asked.measures, seed))


def told(found: SupportPlan, basis: FromMonths, *, quick: bool, lots_left_out: bool = False) -> dict[str, Any]:
    """JSON-ready; sources are told once, not beside every figure. ``harm`` is the mean expected without support."""
    from clarion.vocab.phrase import phrases

    data: dict[str, Any] = _bare(found.to_dict()) | {
        "kind": "support-plan", "quick": quick, "lots_left_out": lots_left_out,
        "harm": found.statement.values["harm"], "draws": int(basis.outlook.people.shape[2]),
        "notes": [*_leaning(found), *found.notes, *basis.notes],
        "provenance": [p.to_dict() for p in basis.outlook.provenance],
    }  # fmt: skip
    return data | {"phrases": phrases(data)}


def _leaning(found: SupportPlan) -> list[Phrase]:
    """A warning where most of the money goes to one measure whose figures are assumptions."""
    notes = []
    for measure in found.measures:
        share = sum(g.money.value or 0.0 for g in found.funded if g.measure == measure.id) / max(found.spent, 1.0)
        if share >= _MOST and measure.assumed():
            notes.append(Phrase(
                "{share:.0%} of the money goes to one measure, {measure}, which rests on assumptions ({names}): change"
                " them and see before you trust this plan.",
                share=share, measure=Phrase(measure.title), names=measure.assumed(),
            ))  # fmt: skip
    return notes


def _bare(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _bare(part) for name, part in data.items() if name != "provenance"}
    return [_bare(part) for part in data] if isinstance(data, list | tuple) else data
