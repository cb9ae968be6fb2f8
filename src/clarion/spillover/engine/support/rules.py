"""Simple rules to spend a budget, for comparison: in proportion to people, or to need alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from clarion.spillover.engine.support.highs import Programme, run
from clarion.spillover.engine.support.problem import Floats, Problem, Rows
from clarion.spillover.engine.support.solve import solve
from clarion.vocab import Phrase

_PLAY = 1e-3


def by_share(problem: Problem, budget: float, share: Floats) -> Floats:
    """Money (countries, measures) of a rule that gives each country ``share`` (countries,) of the budget.

    A country spends on its measures by their caps, for the rule looks at no effect. What its caps cannot take goes to
    the others by their shares. The plan is scaled down where another limit (a cap of a measure, an earmark) would
    break.
    """
    room = problem.cap.sum(axis=1)
    able = (room > 0) & (share > 0)
    given = np.zeros(problem.countries)
    for _ in range(problem.countries):
        left = min(budget, float(room[able].sum())) - given.sum()
        if left <= 1e-9 * budget or not able.any():
            break
        given[able] += left * share[able] / share[able].sum()
        full = able & (given >= room)
        given[full] = room[full]
        if not full.any():
            break
        able &= ~full
    wanted = problem.cap * np.divide(given, room, out=np.zeros_like(given), where=room > 0)[:, None]
    return nearest(problem, wanted)


def best_measures(problem: Problem, given: Floats) -> Floats:
    """Money (countries, measures) where each country has at most ``given`` (countries,) and spends it on the measures
    that avoid most there, within the same limits.

    A country may pass its share by a thousandth, which leaves the method room; the budget holds all the same.

    Raises
    ------
    ModelError: the method does not settle.
    """
    paid = np.flatnonzero(given > 0)
    shares = np.zeros((len(paid), *problem.cap.shape))
    shares[np.arange(len(paid)), paid] = 1.0
    label = Phrase("the share of a country")
    rows = Rows(
        np.vstack([problem.rows.matrix, shares.reshape(len(paid), -1)]),
        np.append(problem.rows.limit, given[paid] * (1.0 + _PLAY)), (*problem.rows.labels, *[label] * len(paid)),
    )  # fmt: skip
    return solve(replace(problem, rows=rows, cap=np.where((given > 0)[:, None], problem.cap, 0.0))).money


def nearest(problem: Problem, wanted: Floats) -> Floats:
    """The plan within the limits that keeps most of ``wanted`` (countries, measures), no cell above it unless a floor
    asks for it."""
    if (problem.rows.matrix @ wanted.ravel() <= problem.rows.limit * (1 + 1e-9) + 1e-6).all():
        return wanted
    cells = wanted.size
    scale = np.maximum(problem.cap.ravel(), 1e-12)
    over = np.eye(cells)
    rows = np.vstack([
        np.hstack([problem.rows.matrix * scale, np.zeros((len(problem.rows.limit), cells))]),
        np.hstack([over, -over]),
    ])  # fmt: skip
    limit = np.concatenate([problem.rows.limit, wanted.ravel() / scale])
    # Dollars above the wanted cost twice what dollars within it earn: they appear only where a floor asks.
    cost = np.concatenate([-scale, 2.0 * scale])
    most = np.concatenate([(problem.cap.ravel() > 0).astype(float), np.full(cells, np.inf)])
    found = run(Programme(cost, np.zeros(2 * cells), most, rows, np.full(len(limit), -np.inf), limit))
    return (found.values[:cells] * scale).reshape(wanted.shape) if found.solved else wanted
