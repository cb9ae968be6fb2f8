"""Ranks and probabilities from draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from clarion.vocab import Estimate, Interval

Floats = NDArray[np.float64]


def ranks(values: Floats) -> Floats:
    """Place of each country in each draw, (D, N), 1 the largest; NaN where the value is not known. Ties share the
    better place."""
    known = np.isfinite(values[0])
    found = np.full(values.shape, np.nan)
    mine = values[:, known]
    ordered = -np.sort(-mine, axis=1)
    found[:, known] = [
        1 + np.searchsorted(-row, -one, side="left") for row, one in zip(ordered, mine, strict=True)
    ]  # fmt: skip
    return found


def probability(count: int, draws: int, level: float, method: str = "") -> Estimate:
    """Share of draws in which something happens, with the interval that their number allows (Wilson 1927, Journal of
    the American Statistical Association 22, 209-212)."""
    z = float(ndtri(0.5 + level / 2.0))
    share, z2 = count / draws, z * z / draws
    middle = (share + z2 / 2.0) / (1.0 + z2)
    half = z / (1.0 + z2) * np.sqrt(share * (1.0 - share) / draws + z2 / (4.0 * draws))
    low, high = max(0.0, float(middle - half)), min(1.0, float(middle + half))
    return Estimate(share, "probability", Interval(min(low, share), max(high, share), level), method)
