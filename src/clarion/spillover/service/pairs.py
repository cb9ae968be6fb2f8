"""Two scenarios answered alike and set side by side: what the command line asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clarion.spillover.engine.simulation import ScenarioQuestion
from clarion.spillover.service import scenarios
from clarion.spillover.service.answers import drawn_by
from clarion.spillover.service.monthly.results import MonthlyResult
from clarion.spillover.service.results import Result
from clarion.spillover.service.side_by_side import SideBySide, side_by_side
from clarion.spillover.service.tables import warehouse

if TYPE_CHECKING:
    from clarion.compute import Runner
    from clarion.spillover.engine.monthly import MonthlyQuestion


def compare(
    first: str, second: str, *, trade: str, rule: str, draws: int, months: int = 0, seed: int | None = None,
    workers: int = 1, on: str = "",
) -> SideBySide:  # fmt: skip
    """The second scenario less the first, each by name or file, draw by draw with the same random numbers.

    Raises
    ------
    UnknownName, ScenarioError, InputError, ModelError: as the engine says.
    InputError: the two differ in more than their shocks, such as the month in which they start.
    MissingPart, WorkerLost: as the runner says.
    """
    from clarion.spillover.service.ask import any_question

    runner, seed = drawn_by(on, workers, seed)
    one, two = (
        any_question(scenarios.find(name), trade=trade, rule=rule, draws=draws, horizon=months, where=name)
        for name in (first, second)
    )
    if isinstance(one, ScenarioQuestion) and isinstance(two, ScenarioQuestion):
        return _by_year((one, two), runner, seed)
    assert not isinstance(one, ScenarioQuestion)
    assert not isinstance(two, ScenarioQuestion)
    return _by_month((one, two), runner, seed)


def _by_year(asked: tuple[ScenarioQuestion, ScenarioQuestion], runner: Runner, seed: int) -> SideBySide:
    from clarion.spillover.engine.simulation import ScenarioTables, simulate
    from clarion.spillover.engine.simulation import compare as differences

    tables = ScenarioTables.read(warehouse())
    one, two = (simulate(question, tables, runner, seed) for question in asked)
    titles = (asked[0].scenario.title, asked[1].scenario.title)
    return side_by_side(titles, Result(one.to_dict()), Result(two.to_dict()), differences(one, two))


def _by_month(asked: tuple[MonthlyQuestion, MonthlyQuestion], runner: Runner, seed: int) -> SideBySide:
    from clarion.spillover.engine.monthly import (
        ComparedRun,
        MonthlyTables,
        compare_months,
        prepare,
        refuse_unlike,
        worked_plan,
    )
    from clarion.spillover.service.monthly.work import light

    tables = MonthlyTables.read(warehouse())
    plans = [prepare(question, tables, seed) for question in asked]
    one, two = (question.scenario for question in asked)
    # Told before minutes of work, not after them.
    refuse_unlike((one.name, two.name), (plans[0].baseline, plans[1].baseline))
    results, runs = [], []
    for plan, question in zip(plans, asked, strict=True):
        found = worked_plan(plan, runner)
        results.append(MonthlyResult(light(found.to_dict())))
        # The months of every draw take most of the memory, and a comparison reads totals only.
        kept = replace(found.draws, paths={})
        runs.append(ComparedRun(question.scenario.name, plan.baseline, question.level, kept))
    return side_by_side((one.title, two.title), results[0], results[1], compare_months(*runs))
