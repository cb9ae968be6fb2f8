"""Draws into estimates."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clarion.vocab import Estimate, Interval, Provenance

Floats = NDArray[np.float64]


def estimate(
    draws: Floats, unit: str, level: float, method: str = "", provenance: tuple[Provenance, ...] = ()
) -> Estimate:
    """Median and central interval of the draws (draws,); the median always lies inside.

    Not the run with the most likely inputs: its laws are skew, and its figure can fall outside the interval.
    """
    tail = (1.0 - level) / 2.0
    low, value, high = (float(x) for x in np.quantile(draws, (tail, 0.5, 1.0 - tail)))
    return Estimate(value, unit, Interval(low, high, level), method, provenance)
