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
from clarion.spillover.engine.monthly.plan import prepare
from clarion.spillover.engine.monthly.question import MonthlyQuestion, MonthlyTables
from clarion.spillover.engine.simulation import Cancelled
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from clarion.compute import Runner

_PARTS = 10


class MonthsCancelled(Cancelled):
    """Stopped on request. ``months`` holds the chunks that were done, to go on from."""

    months: tuple[MonthlyChunk, ...] = ()


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
    MonthsCancelled: stopped on request.
    """
    plan = prepare(question, tables, seed)
    chunks = {chunk.index: chunk for chunk in done}
    todo = [i for i in range(question.chunks) if i not in chunks]
    watched = progress is not None or cancelled is not None
    wave = max(1, question.chunks // _PARTS) if watched else max(1, question.chunks)

    def worked() -> int:
        return sum(question.size(i) for i in chunks)

    if progress is not None:
        progress(worked(), question.draws)
    for start in range(0, len(todo), wave):
        if cancelled is not None and cancelled():
            error = MonthsCancelled(
                Phrase("Stopped after {done} of {draws} draws.", done=worked(), draws=question.draws),
                where=Phrase("scenario {name}", name=question.scenario.name),
                next_step=Phrase("Start it again to go on."),
            )
            error.months = tuple(chunks[i] for i in sorted(chunks))
            raise error
        for chunk in runner.map(partial(run_chunk, plan), todo[start : start + wave], seed=seed):
            chunks[chunk.index] = chunk
        if progress is not None:
            progress(worked(), question.draws)
    return finish(plan, [chunks[i] for i in range(question.chunks)])
