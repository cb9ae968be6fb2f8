"""The largest floor of harm that the other limits allow, for the error of one that cannot be kept."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from clarion.spillover.engine.support.harm_floor import slope
from clarion.spillover.engine.support.highs import Floats, Programme, run
from clarion.spillover.engine.support.problem import Problem

_MOST_ROUNDS = 60
_CLOSE = 2e-4  # of the share, between what is reached and what no plan can pass
_ROOM = 2e-4  # left to a plan, which needs some play to move in


def largest_floor(problem: Problem, chosen: list[int]) -> float:
    """The largest share, in tenths of a percent, of its expected harm that every one of ``chosen`` can avoid at once.

    The least of concave functions is raised by cutting planes (Kelley 1960): each round every country gets the plane
    that touches its harm avoided at the last money. What the money of a round reaches can be kept, so that the answer,
    the best of these rounded down, is a floor that a plan exists for.
    """
    scale = np.maximum(problem.cap.ravel(), 1e-12)
    unit = np.maximum(np.abs(problem.rows.limit), 1.0)
    cells = len(scale)
    limits = np.hstack([problem.rows.matrix * scale / unit[:, None], np.zeros((len(unit), 1))])
    expected = problem.harm @ problem.probability
    most = np.append((problem.cap.ravel() > 0).astype(float), 1.0)
    cost = np.append(np.zeros(cells), -1.0)
    planes: list[Floats] = []
    least: list[float] = []
    money, reached = np.zeros_like(problem.cap), 0.0
    for _ in range(_MOST_ROUNDS):
        for i in chosen:
            value, gradient = slope(problem, i, money[i])
            plane = np.zeros(problem.cap.shape)
            plane[i] = gradient / expected[i]
            planes.append(np.append(plane.ravel() * scale, -1.0))
            least.append(float(plane[i] @ money[i]) - value / expected[i])
        found = run(
            Programme(
                cost, np.zeros(cells + 1), most, sparse.vstack([sparse.csr_matrix(limits), sparse.csr_matrix(planes)]),
                np.append(np.full(len(limits), -np.inf), least),
                np.append(problem.rows.limit / unit, np.full(len(least), np.inf)),
            )
        )  # fmt: skip
        money = (found.values[:-1] * scale).reshape(problem.cap.shape)
        reached = max(reached, min(slope(problem, i, money[i])[0] / expected[i] for i in chosen))
        if -found.objective - reached <= _CLOSE:
            break
    return max(0.0, float(np.floor(1000.0 * (reached - _ROOM))) / 1000.0)
