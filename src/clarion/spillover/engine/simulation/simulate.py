"""From a scenario to an answer: read, draw, run, count people, and put intervals on everything.

Steps: ``prepare`` reads the figures; ``run_chunk`` works some draws and may run anywhere; ``finish`` turns all chunks
into the answer. ``simulate`` does the three with a runner. A job that keeps its chunks can be stopped and resumed, and
ends with the same bytes as one that ran through.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from clarion.errors import ClarionError
from clarion.spillover.engine.simulation.answer import ScenarioAnswer
from clarion.spillover.engine.simulation.chunk import Chunk, run_chunk
from clarion.spillover.engine.simulation.finish import finish
from clarion.spillover.engine.simulation.plan import Plan, prepare
from clarion.spillover.engine.simulation.question import ScenarioQuestion, ScenarioTables

if TYPE_CHECKING:
    from clarion.compute import Runner

_PARTS = 10


class Cancelled(ClarionError):
    """Stopped on request. ``chunks`` holds what was done, to go on from."""

    code = "cancelled"
    exit_code = 130
    http_status = 409
    chunks: tuple[Chunk, ...] = ()


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
    chunks = {chunk.index: chunk for chunk in done}
    todo = [i for i in range(question.chunks) if i not in chunks]
    watched = progress is not None or cancelled is not None
    wave = max(1, question.chunks // _PARTS) if watched else question.chunks
    _report(plan, chunks, progress)
    for start in range(0, len(todo), wave):
        if cancelled is not None and cancelled():
            raise _stopped(chunks, question)
        for chunk in runner.map(partial(run_chunk, plan), todo[start : start + wave], seed=seed):
            chunks[chunk.index] = chunk
        _report(plan, chunks, progress)
    return finish(plan, [chunks[i] for i in range(question.chunks)])


def _report(plan: Plan, chunks: dict[int, Chunk], progress: Callable[[int, int], None] | None) -> None:
    if progress is not None:
        progress(sum(plan.question.size(i) for i in chunks), plan.question.draws)


def _stopped(chunks: dict[int, Chunk], question: ScenarioQuestion) -> Cancelled:
    error = Cancelled(
        f"Stopped after {sum(question.size(i) for i in chunks)} of {question.draws} draws.",
        where=f"scenario {question.scenario.name}",
        next_step="Start it again to go on.",
    )
    error.chunks = tuple(chunks[i] for i in sorted(chunks))
    return error
