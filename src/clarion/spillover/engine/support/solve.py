"""The plan of the most harm avoided, with a bound that proves how good it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.support.interior import Scaled, Solved, interior
from clarion.spillover.engine.support.problem import Floats, Problem

_TAILS = 3.0
_NOTHING = 1e-8  # share of a cap below which money is a trace of the method


@dataclass(frozen=True)
class Solution:
    """``money`` (countries, measures) in USD; ``objective`` of it, and ``bound``, which no plan can pass.

    ``prices`` (rows,) is what one USD more in each row's limit adds to the objective. ``pairs`` (countries, draws), a
    unit of harm's worth where money still reaches it, and ``draws``, the extra weight of each draw, prove the bound.
    """

    money: Floats
    objective: float
    bound: float
    prices: Floats
    pairs: Floats
    draws: Floats
    iterations: int

    @property
    def gap(self) -> float:
        """Proven distance from the best objective, as a share of it."""
        return max(self.bound - self.objective, 0.0) / max(abs(self.objective), abs(self.bound), 1e-300)


def solve(problem: Problem, tolerance: float = 1e-8) -> Solution:
    """The best plan of a problem whose limits can be met (``feasible.check`` says whether they can).

    Raises
    ------
    ModelError: the method does not settle.
    """
    most = reachable(problem)
    unit = problem.expected / problem.countries
    effect = problem.effect * (problem.weight[:, None] * most / unit)[:, :, None]
    cells = problem.rows.matrix.reshape(-1, *most.shape) * most
    size = np.abs(cells).sum(axis=(1, 2))
    # A row of unit mean makes the method's tolerance the same for a budget and for a floor.
    scale = np.where(size > 0, problem.countries / np.where(size > 0, size, 1.0), 1.0)
    harm, ceiling = problem.harm * (problem.weight / unit)[:, None], most_weight(problem)
    tail = likely_tail(problem, most)
    while True:
        index = np.flatnonzero(tail)
        model = Scaled(
            harm, effect, cells * scale[:, None, None], problem.rows.limit * scale, problem.probability, problem.risk,
            index, ceiling[index],
        )  # fmt: skip
        found = interior(model, tolerance)
        left = np.maximum(harm - (found.share[:, None, :] @ effect)[:, 0], 0.0).sum(axis=0)
        missed = ~tail & (left > found.threshold) & (problem.risk > 0)
        if not missed.any():
            break
        tail |= missed | (left >= np.quantile(left, 0.5))
    money = trimmed(problem, np.where(found.share > _NOTHING, found.share, 0.0) * most)
    prices = found.rows * scale * unit
    bound = proven(problem, most, found, prices)
    return Solution(money, problem.objective(money), bound, prices, found.pairs, found.draws, found.iterations)


def reachable(problem: Problem) -> Floats:
    """Caps, no higher than any row with positive entries alone lets a cell go."""
    most = problem.cap
    for row, limit in zip(problem.rows.matrix, problem.rows.limit, strict=True):
        if (row >= 0).all():
            cells = row.reshape(most.shape)
            most = np.where(cells > 0, np.minimum(most, max(limit, 0.0) / np.where(cells > 0, cells, 1.0)), most)
    return most


def most_weight(problem: Problem) -> Floats:
    """The largest extra weight of each draw in the CVaR, (draws,)."""
    return problem.risk * problem.probability / (1.0 - problem.level)


def likely_tail(problem: Problem, most: Floats) -> NDArray[np.bool_]:
    """Draws that may be among the worst: several times as many as will be, by the harm with no and with spread money.

    A draw left out that turns out to be among them is added and the plan solved anew, so that this saves time alone.
    """
    tail = np.zeros(problem.draws, np.bool_)
    if not problem.risk:
        return tail
    total = most.sum()
    spread = most * min(1.0, float(np.min(problem.rows.limit, initial=total, where=problem.rows.limit > 0)) / total)
    for money in (np.zeros_like(most), spread):
        left = problem.residual(money)
        order = np.argsort(-left, kind="stable")
        chance = np.cumsum(problem.probability[order])
        tail[order[: np.searchsorted(chance, min(_TAILS * (1.0 - problem.level), 1.0)) + 1]] = True
    return tail


def proven(problem: Problem, most: Floats, found: Solved, prices: Floats) -> float:
    """An upper bound of every plan's objective, from duals that are made exactly feasible here (weak duality).

    For draw weights ``q`` in the envelope of the CVaR and any ``d`` between 0 and ``w (p + q)``, a plan's cost is at
    least ``sum d harm - max over the money of (sum d effect) money``; the last is bounded by prices of the rows and
    caps.
    """
    ceiling = most_weight(problem)
    extra = np.clip(found.draws, 0.0, ceiling)
    if problem.risk > 0:
        total, room = extra.sum(), ceiling - extra
        extra = extra * (problem.risk / total) if total > problem.risk else extra + room * (
            (problem.risk - total) / room.sum()
        )  # fmt: skip
    worth = problem.weight[:, None] * np.clip(found.pairs, 0.0, problem.probability + extra)
    pull = (problem.effect @ worth[:, :, None])[:, :, 0].ravel() - problem.rows.matrix.T @ prices
    best = float(problem.rows.limit @ prices + most.ravel() @ np.maximum(pull, 0.0))
    return problem.expected - float(np.vdot(worth, problem.harm)) + best


def trimmed(problem: Problem, money: Floats) -> Floats:
    """The same plan without money that avoids nothing more, as far as no row asks for it.

    A measure is cut back, the least useful first, by the smallest surplus over the draws that it reaches.
    """
    lowest = (problem.rows.matrix.min(axis=0) < 0).reshape(money.shape)
    kept = money.copy()
    surplus = (kept[:, None, :] @ problem.effect)[:, 0] - problem.harm
    order = np.argsort((problem.effect @ problem.probability) + np.where(money > 0, 0.0, np.inf), axis=1)
    each = np.arange(problem.countries)
    for rank in range(problem.measures):
        m = order[:, rank]
        effect = problem.effect[each, m]
        spare = np.where(effect > 0, np.maximum(surplus, 0.0) / np.where(effect > 0, effect, 1.0), np.inf).min(axis=1)
        cut = np.where(lowest[each, m], 0.0, np.minimum(spare, kept[each, m]))
        kept[each, m] -= cut
        surplus -= cut[:, None] * effect
    return kept
