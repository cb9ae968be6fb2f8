"""From draws to intervals."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from clarion.vocab import Estimate, Interval, Phrase, Provenance

LEVEL = 0.9
METHOD = Phrase("Draws under the error model: differences between partners' reports, and variation from year to year.")
Array = npt.NDArray[np.float64]


def central(draws: npt.NDArray[np.floating[Any]]) -> tuple[Array, Array, Array]:
    """The 5th, 50th and 95th percentile of each row of (n, draws)."""
    ordered = np.sort(draws, axis=1)
    last = draws.shape[1] - 1
    low, middle, high = (ordered[:, round(q * last)].astype(np.float64) for q in (0.05, 0.5, 0.95))
    return low, middle, high


def estimate(
    value: float, low: float, high: float, unit: str, method: str, provenance: tuple[Provenance, ...] = ()
) -> Estimate:
    """A figure with its interval, widened to hold the figure where the draws lie to one side of it."""
    return Estimate(value, unit, Interval(min(low, value), max(high, value), LEVEL), method, provenance)
