"""The law that no cascade may break: no grain appears and none is lost. Compiled; import only where cascades run."""

from __future__ import annotations

import numpy as np

from clarion.compute.kernel import kernel

LIMIT = 1e-9  # relative error above which a run is refused

_FLOOR = 1e-4  # a shock below this share of all grain is measured against it: rounding has a size of its own


@kernel()
def balance_error(before, after, lost, drawn, change, withheld, base, shape):  # type: ignore[no-untyped-def]
    """Worst relative error of sum dR + sum dC = sum dP, and of dP + dI - dE = dR + dC in each country.

    Relative to the size of the shock, the production lost and the flows withheld, but to no less than a ten-thousandth
    of all consumption and trade.
    """
    row_start, _, column, _, _ = shape
    n = len(lost)
    gap = lost - drawn - change
    world = abs(gap.sum())
    trade = 0.0
    for i in range(n):
        for k in range(row_start[i], row_start[i + 1]):
            step = after[k] - before[k]
            gap[i] -= step
            gap[column[k]] += step
            trade += before[k]
    shock = abs(lost.sum()) + withheld.sum()
    scale = max(shock, _FLOOR * (np.abs(base).sum() + trade))
    if scale == 0.0:
        return 0.0
    return max(world, np.abs(gap).max()) / scale
