"""Two small regressions for the fit: chances, and quantiles."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
DIGITS = 3


def logistic(terms: Array, happened: npt.NDArray[np.bool_]) -> tuple[Any, ...]:
    """Coefficients of the log odds, by maximum likelihood (Newton's method). ``terms`` is (m, k)."""
    found = np.zeros(terms.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-terms @ found))
        curvature = (terms.T * (chance * (1 - chance))) @ terms
        found += np.linalg.solve(curvature, terms.T @ (happened - chance))
    return _rounded(found)


def quantile_line(terms: Array, values: Array, level: float) -> tuple[Any, ...]:
    """Coefficients of a line below which ``level`` of the values lie (Koenker and Bassett 1978), by linear programming.

    Solves the dual program, which has one equation a coefficient.
    """
    from scipy.optimize import linprog

    solved = linprog(-values, A_eq=terms.T, b_eq=(1 - level) * terms.sum(axis=0), bounds=(0, 1), method="highs")
    return _rounded(-solved.eqlin.marginals)


def _rounded(found: Array) -> tuple[float, ...]:
    return tuple(round(float(value), DIGITS) for value in found)
