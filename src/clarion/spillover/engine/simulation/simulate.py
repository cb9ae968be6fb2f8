"""From a scenario to an answer: read, draw, run, count people, and put intervals on everything.

Steps: ``prepare`` reads the figures; ``run_chunk`` works some draws and may run anywhere; ``finish`` turns all chunks
into the answer. ``simulate`` does the three with a runner. A job that keeps its chunks can be stopped and resumed, and
ends with the same bytes as one that ran through.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from clarion.spillover.engine.simulation.answer import ScenarioAnswer
from clarion.spillover.engine.simulation.chunk import Chunk, run_chunk
from clarion.spillover.engine.simulation.finish import finish
from clarion.spillover.engine.simulation.plan import prepare
from clarion.spillover.engine.simulation.question import ScenarioQuestion, ScenarioTables
from clarion.spillover.engine.simulation.waves import in_waves

if TYPE_CHECKING:
    from clarion.compute import Runner


def simulate(
    question: ScenarioQuestion,
    tables: ScenarioTables,
    runner: Runner,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    done: Sequence[Chunk] = (),
) -> ScenarioAnswer:
    """Answer a scenario question.

    Parameters
    ----------
    question: the scenario and how to answer it.
    tables: trade, production, stocks and indicators.
    runner: where the chunks are worked; the answer is the same on each. With ``progress`` or ``cancelled`` it gets a
        tenth of them at a time, else all at once.
    seed: of all random numbers.
    progress: called with the draws done and the draws in all, at the start and after each tenth.
    cancelled: asked before each tenth; True stops.
    done: chunks of an earlier, stopped run of the same question, tables and seed.

    Raises
    ------
    InputError: the tables have no trade of an item, or none in the scenario's period.
    ScenarioError: the shock leaves nothing of an item anywhere.
    ModelError: a cascade broke the law of mass, or corrected trade lacks production figures.
    Cancelled: stopped on request.
    """
    plan = prepare(question, tables, seed)
    return finish(plan, in_waves(question, partial(run_chunk, plan), runner, seed, progress, cancelled, done))
