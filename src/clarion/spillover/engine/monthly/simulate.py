"""From a scenario to an answer by month: read, draw, run, count people, and put intervals on everything.

``prepare`` reads the figures; ``run_chunk`` works some draws and may run anywhere; ``finish`` turns all chunks into the
answer. ``monthly`` does the three with a runner. A job that keeps its chunks can be stopped and resumed, and ends with
the same bytes as one that ran through.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from clarion.spillover.engine.monthly.answer import MonthlyAnswer
from clarion.spillover.engine.monthly.chunk import MonthlyChunk, run_chunk
from clarion.spillover.engine.monthly.finish import finish
from clarion.spillover.engine.monthly.plan import MonthlyPlan, prepare
from clarion.spillover.engine.monthly.question import MonthlyQuestion, MonthlyTables
from clarion.spillover.engine.simulation import in_waves

if TYPE_CHECKING:
    from clarion.compute import Runner


def monthly(
    question: MonthlyQuestion,
    tables: MonthlyTables,
    runner: Runner,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    done: Sequence[MonthlyChunk] = (),
) -> MonthlyAnswer:
    """Answer a scenario by month.

    Parameters
    ----------
    question: the scenario and how to answer it.
    tables: trade, production, stocks, indicators and the months of harvest.
    runner: where the chunks are worked; the answer is the same on each. With ``progress`` or ``cancelled`` it gets a
        tenth of them at a time, else all at once.
    seed: of all random numbers.
    progress: called with the draws done and the draws in all, at the start and after each tenth.
    cancelled: asked before each tenth; True stops.
    done: chunks of an earlier, stopped run of the same question, tables and seed.

    Raises
    ------
    InputError: the tables have no trade of an item, none in the scenario's period, or no country's income.
    ScenarioError: the shock leaves nothing of an item anywhere.
    ModelError: corrected trade lacks production figures, or a published rule broke the law of mass.
    Cancelled: stopped on request.
    """
    return worked_plan(prepare(question, tables, seed), runner, progress, cancelled, done)


def worked_plan(
    plan: MonthlyPlan,
    runner: Runner,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    done: Sequence[MonthlyChunk] = (),
) -> MonthlyAnswer:
    """The same for a question whose figures ``prepare`` has read; raises as ``monthly`` does."""
    work = partial(run_chunk, plan)
    return finish(plan, in_waves(plan.question, work, runner, plan.seed, progress, cancelled, done))
