"""Plans in lots: a measure is used in a country with a least amount or not at all, or in whole multiples of it.

A mixed-integer programme for HiGHS that grows by what it misses. A country and draw is either below the bend of
``min(harm, reach)``, where what is left is ``harm - reach``, or above it, where nothing is left; both leave out one
of two inequalities, so that the programme's bound holds for the full one. Where its plan leaves the side assumed, the
pair gets a variable of its own and both inequalities, and the programme is solved again (row generation; Dantzig,
Fulkerson and Johnson 1954, Operations Research 2, 393-410).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clarion.errors import InputError
from clarion.spillover.engine.support.highs import Programme, run, stacked
from clarion.spillover.engine.support.problem import Floats, Problem
from clarion.spillover.engine.support.solve import Solution, reachable
from clarion.spillover.engine.support.stop import Asked, never
from clarion.vocab import Phrase

Bools = NDArray[np.bool_]
_MOST_ROUNDS = 40
_SMALL = 4000  # pairs up to which all get a variable at once


@dataclass(frozen=True)
class Lots:
    """``amount`` (measures,) in USD, 0 for a measure without lots; ``whole`` (measures,), multiples only."""

    amount: Floats
    whole: Bools


def solve_lots(
    problem: Problem, lots: Lots, start: Solution, *, relative_gap: float = 1e-4, most_nodes: int = 2000,
    cancelled: Asked = never,
) -> Solution:  # fmt: skip
    """The best plan in lots, from the plan without them; its ``gap`` is proven, and not larger than
    ``relative_gap`` where ``most_nodes`` of the search allow.

    Raises
    ------
    InputError: no plan in lots keeps every limit.
    Cancelled: asked to stop.
    """
    sides = _Sides(problem, start.money)
    # In shares of a country's mean harm, as HiGHS's tolerances are absolute.
    unit = problem.expected / problem.countries
    scaled = replace(problem, harm=problem.harm / unit, effect=problem.effect / unit)
    best, bound = None, start.bound
    for _ in range(_MOST_ROUNDS):
        programme, money_of = _programme(scaled, lots, sides)
        # HiGHS measures its gap by the loss; here it is one of the value.
        most_gap = relative_gap / 4 * abs(start.objective) / unit
        found = run(programme, cancelled, mip_rel_gap=0.0, mip_abs_gap=most_gap, mip_max_nodes=most_nodes,
                    mip_feasibility_tolerance=1e-9)  # fmt: skip
        if not found.solved:
            raise InputError(
                Phrase("No plan in these lots keeps every limit."),
                where="lots",
                next_step=Phrase("Lower the lots or the floor, or raise the budget or the caps."),
            )
        money = money_of(found.values)
        bound = min(bound, problem.expected - unit * found.bound)
        value = problem.objective(money)
        if best is None or value > best[0]:
            best = value, money
        solution = Solution(best[1], best[0], bound, start.prices, start.pairs, start.draws, start.iterations)
        if solution.gap <= relative_gap or not sides.extend(problem, money):
            return solution
    return solution


class _Sides:
    """For each country and draw: an own variable, or the side of the bend that is assumed; and the draws of the
    tail."""

    def __init__(self, problem: Problem, money: Floats) -> None:
        reach = (money[:, None, :] @ problem.effect)[:, 0]
        self.below: Bools = reach < problem.harm
        small = problem.harm.size <= _SMALL
        near = np.abs(reach - problem.harm) <= 0.02 * problem.harm
        self.own: Bools = np.ones_like(near) if small else near & (problem.harm > 0)
        left = problem.residual(money)
        self.tail: Bools = np.full(problem.draws, small) | (left >= np.quantile(left, problem.level) * (1 - 0.02))
        self.tail &= problem.risk > 0

    def extend(self, problem: Problem, money: Floats) -> bool:
        """Give a variable to each pair on the wrong side, a row to each draw that turned bad; False if there is
        none."""
        reach = (money[:, None, :] @ problem.effect)[:, 0]
        wrong = (reach < problem.harm) != self.below
        wrong &= ~self.own & (np.abs(reach - problem.harm) > 1e-12 * (problem.harm + reach))
        left = problem.residual(money)
        bad = ~self.tail & (left >= np.quantile(left, problem.level)) & (problem.risk > 0)
        self.own |= wrong
        self.tail |= bad
        return bool(wrong.any() or bad.any())


def _programme(problem: Problem, lots: Lots, sides: _Sides) -> tuple[Programme, Any]:
    """The programme in shares of the caps, what is left of each own pair, lots, threshold and losses above it."""
    most = reachable(problem)
    scale = most.ravel()
    cells, own = most.size, np.argwhere(sides.own)
    draws = np.flatnonzero(sides.tail)
    lot = np.broadcast_to(lots.amount, most.shape).ravel()
    stepped = np.flatnonzero(lot > 0)
    count = np.array([cells, len(own), len(stepped), 1, len(draws)])
    at = np.concatenate([[0], np.cumsum(count)])
    columns = at[-1]
    effect = problem.effect * most[:, :, None]

    # Expected loss: own pairs by their variable; pairs below by harm - reach; pairs above are nothing.
    plain = sides.below & ~sides.own
    chance = problem.probability[None, :] * problem.weight[:, None]
    cost = np.zeros(columns)
    cost[:cells] = -(effect @ (chance * plain)[:, :, None])[:, :, 0].ravel()
    cost[at[1] : at[2]] = chance[sides.own]
    if problem.risk:
        cost[at[3]] = problem.risk
        cost[at[4] :] = problem.risk * problem.probability[draws] / (1.0 - problem.level)
    known = float((chance * plain * problem.harm).sum())

    # What is left of an own pair is at least harm - reach.
    spread = np.arange(problem.measures)
    first = sparse.csr_matrix(
        (np.concatenate([effect[own[:, 0], :, own[:, 1]].ravel(), np.ones(len(own))]),
         (np.concatenate([np.repeat(np.arange(len(own)), problem.measures), np.arange(len(own))]),
          np.concatenate([(own[:, :1] * problem.measures + spread).ravel(), at[1] + np.arange(len(own))]))),
        shape=(len(own), columns),
    )  # fmt: skip
    blocks, low, high = [first], [problem.harm[sides.own]], [np.full(len(own), np.inf)]

    # Budget and other limits, each in shares of itself.
    unit = np.maximum(np.abs(problem.rows.limit), 1.0)
    shares = problem.rows.matrix * scale / unit[:, None]
    limits = np.hstack([shares, np.zeros((len(unit), columns - cells))])
    blocks.append(limits)
    low.append(np.full(len(limits), -np.inf))
    high.append(problem.rows.limit / unit)

    # Lots: least <= money <= cap where used, or money = multiple of the lot.
    steps = np.floor(np.where(lot > 0, scale / np.where(lot > 0, lot, 1.0), 0.0) + 1e-9)
    whole = np.broadcast_to(lots.whole, most.shape).ravel()[stepped]
    line = np.arange(len(stepped))
    part = np.divide(lot, scale, out=np.zeros(cells), where=scale > 0)
    full = np.ones(cells)
    families = ((part, 0.0, np.where(whole, 0.0, np.inf)), (full, -np.inf, np.where(whole, np.inf, 0.0)))
    for coefficient, kept_low, kept_high in families:
        rows = sparse.csr_matrix(
            (np.concatenate([full[stepped], -coefficient[stepped]]),
             (np.concatenate([line, line]), np.concatenate([stepped, at[2] + line]))),
            shape=(len(stepped), columns),
        )  # fmt: skip
        blocks.append(rows)
        low.append(np.full(len(stepped), kept_low))
        high.append(kept_high)

    # Draws of the tail: loss above the threshold.
    tail = np.zeros((len(draws), columns))
    constant = np.zeros(len(draws))
    for row, k in enumerate(draws):
        worth = plain[:, k] * problem.weight
        tail[row, :cells] = (effect[:, :, k] * worth[:, None]).ravel()
        constant[row] = worth @ problem.harm[:, k]
        mine = own[:, 1] == k
        tail[row, at[1] : at[2]][mine] = -problem.weight[own[mine, 0]]
        tail[row, at[3]] = 1.0
        tail[row, at[4] + row] = 1.0
    blocks.append(tail)
    low.append(constant)
    high.append(np.full(len(draws), np.inf))

    least, upper = np.zeros(columns), np.full(columns, np.inf)
    upper[:cells] = (scale > 0) & ((lot == 0) | (steps >= 1))
    upper[at[2] : at[3]] = np.where(whole, steps[stepped], np.minimum(steps[stepped], 1.0))
    least[at[3]] = -np.inf if len(draws) else 0.0
    integer = np.zeros(columns, np.bool_)
    integer[at[2] : at[3]] = True
    # The constant part of the loss stands in a column of its own that is one.
    matrix = sparse.hstack([stacked(*blocks), sparse.csr_matrix((sum(map(len, low)), 1))], format="csr")
    programme = Programme(
        np.append(cost, known), np.append(least, 1.0), np.append(upper, 1.0), matrix, np.concatenate(low),
        np.concatenate(high), np.append(integer, False),
    )  # fmt: skip

    def money_of(values: Floats) -> Floats:
        money = np.where(values[:cells] > 1e-9, values[:cells], 0.0) * scale
        used = np.round(values[at[2] : at[3]])
        money[stepped] = np.where(
            whole, used * lot[stepped], np.where(used > 0, np.maximum(money[stepped], lot[stepped]), 0.0)
        )
        return money.reshape(most.shape)

    return programme, money_of
