"""How far predictions are from what happened."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from clarion.spillover.engine.backtest.past import Array

Mask = npt.NDArray[np.bool_]


def wape(predicted: Array, actual: Array, of: Mask) -> float | None:
    """Weighted absolute percentage error: the sum of |predicted - actual| over the sum of actual. None of nobody."""
    total = float(actual[of].sum())
    return float(np.abs(predicted - actual)[of].sum()) / total if total > 0 else None


def coverage(low: Array, high: Array, actual: Array) -> float | None:
    """The part of the importers whose imports lie inside their interval."""
    return float(((low <= actual) & (actual <= high)).mean()) if len(actual) else None


def width(low: Array, high: Array, predicted: Array) -> float | None:
    """The mean over importers of the interval's width, as a part of the prediction."""
    return float(((high - low) / predicted).mean()) if len(predicted) else None


def rank_correlation(one: Array, other: Array) -> float | None:
    """Spearman's rank correlation; None of fewer than three, or where one side does not vary."""
    if len(one) < 3 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    from scipy.stats import spearmanr

    return float(spearmanr(one, other).statistic)
