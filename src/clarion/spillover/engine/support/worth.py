"""Money that avoids nothing more stays unspent.

Where a budget is larger than the harm that its menu can reach, many plans avoid as much, and an interior-point method
spreads the rest over all of them. Money is therefore worth a little by itself: what is maximised loses ``WORTH`` for
each USD spent. Where the budget's own price is higher, the plan that spends it all is the best by this rule too, so
that nothing changes; else what stays unspent becomes one more country, whose only measure is to keep the money.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from clarion.spillover.engine.support.lots import Lots, solve_lots
from clarion.spillover.engine.support.problem import Problem, Rows
from clarion.spillover.engine.support.solve import Solution, solve
from clarion.spillover.engine.support.stop import Asked, never

WORTH = 1e-6  # harm avoided a USD that money must buy to be spent: one person-year a million USD


def worthwhile(problem: Problem, lots: Lots | None = None, cancelled: Asked = never) -> Solution:
    """The plan that maximises the objective less ``WORTH`` for each USD spent; the first row is the budget.

    ``objective`` is that of the money alone; ``bound`` is as far above it as any plan can be better by this rule.

    Raises
    ------
    InputError: no plan in ``lots`` keeps every limit.
    ModelError: the method does not settle.
    Cancelled: asked to stop.
    """
    if lots is None:
        found = solve(problem)
        if found.prices[0] >= WORTH:
            return found
    larger = _with_reserve(problem)
    found = solve(larger)
    if lots is not None:
        wider = Lots(np.append(lots.amount, 0.0), np.append(lots.whole, False))
        found = solve_lots(larger, wider, found, cancelled=cancelled)
    money = np.ascontiguousarray(found.money[:-1, :-1])
    kept = WORTH * (float(problem.rows.limit[0]) - float(money.sum()))
    prices = found.prices.copy()
    # Of the budget's price this much is the worth of money that is kept.
    prices[0] = max(prices[0] - WORTH, 0.0)
    return replace(
        found, money=money, objective=problem.objective(money), bound=found.bound - kept, prices=prices,
        pairs=found.pairs[:-1],
    )  # fmt: skip


def _with_reserve(problem: Problem) -> Problem:
    """The same problem with a country and a measure more, where money that is kept counts ``WORTH`` a USD."""
    budget = float(problem.rows.limit[0])
    countries, measures, draws = problem.effect.shape
    effect = np.zeros((countries + 1, measures + 1, draws))
    effect[:-1, :-1] = problem.effect
    effect[-1, -1] = WORTH
    cap = np.zeros((countries + 1, measures + 1))
    cap[:-1, :-1] = problem.cap
    cap[-1, -1] = budget
    matrix = np.zeros((len(problem.rows.limit), countries + 1, measures + 1))
    matrix[:, :-1, :-1] = problem.rows.matrix.reshape(-1, countries, measures)
    matrix[0, -1, -1] = 1.0
    return replace(
        problem,
        harm=np.vstack([problem.harm, np.full(draws, WORTH * budget)]), effect=effect, cap=cap,
        rows=Rows(matrix.reshape(len(matrix), -1), problem.rows.limit, problem.rows.labels),
        # Money that is kept is the same in every draw, so that it counts once in the mean and risk times in the tail.
        weight=np.append(problem.weight, 1.0 / (1.0 + problem.risk)),
    )  # fmt: skip
