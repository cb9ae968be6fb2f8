"""Variance shares by pick-freeze: how much of an answer's variance each group of inputs makes.

Two independent samples A and B of all inputs, and for each group g a third, AB_g, with that group from B and the rest
from A. First-order share (Jansen 1999, Computer Physics Communications 117, 35-43; Saltelli et al. 2010, ibid. 181,
259-270, table 2): S_g = 1 - mean((f(B) - f(AB_g))^2) / (2 V); total share: T_g = mean((f(A) - f(AB_g))^2) / (2 V), with
V the variance of f over A and B together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_RESAMPLES = 400


@dataclass(frozen=True)
class Shares:
    """First-order and total shares, (groups,), with the bounds of their central interval at ``level`` by bootstrap over
    draws (Archer, Saltelli and Sobol 1997, Journal of Statistical Computation and Simulation 58, 99-120).

    First-order estimates may fall a little under 0 where the share is nothing.
    """

    first: Floats
    first_low: Floats
    first_high: Floats
    total: Floats
    total_low: Floats
    total_high: Floats
    level: float


def shares(a: Floats, b: Floats, swapped: Floats, seed: int, level: float = 0.9) -> Shares:
    """Shares of a scalar figure.

    Parameters
    ----------
    a, b: the figure in both samples, (draws,).
    swapped: the figure in AB_g, (groups, draws).
    seed: of the bootstrap.
    level: of the intervals.
    """
    rng = np.random.default_rng(seed)
    first, total = _shares(a, b, swapped)
    picks = rng.integers(0, len(a), (_RESAMPLES, len(a)))
    again = [_shares(a[pick], b[pick], swapped[:, pick]) for pick in picks]
    tail = (1.0 - level) / 2.0
    bounds = [np.quantile(np.array(each), (tail, 1.0 - tail), axis=0) for each in zip(*again, strict=True)]
    (first_low, first_high), (total_low, total_high) = bounds
    return Shares(
        first, np.minimum(first_low, first), np.maximum(first_high, first),
        total, np.minimum(total_low, total), np.maximum(total_high, total), level,
    )  # fmt: skip


def _shares(a: Floats, b: Floats, swapped: Floats) -> tuple[Floats, Floats]:
    variance = float(np.var(np.concatenate([a, b])))
    if variance <= 0.0:
        return np.zeros(len(swapped)), np.zeros(len(swapped))
    first = 1.0 - np.mean((b - swapped) ** 2, axis=1) / (2.0 * variance)
    total = np.mean((a - swapped) ** 2, axis=1) / (2.0 * variance)
    return first, total
