"""The price that clears a shortage."""

from __future__ import annotations

import math

from clarion.compute.kernel import kernel

DEAREST = 10.0
"""The price that the law tells at most, as a multiple of that before: no staple has come near it, and the elasticities
are those of shortages of a few per cent. At half a year's use missing the formula would say a hundredfold and more."""
_MOST_MISSING = 0.95  # of use: the logarithm of nothing is not a number
_MOST = math.log(DEAREST)


@kernel()
def log_price(gap, stocks, smoothing, supply, demand):  # type: ignore[no-untyped-def]
    """Change of the logarithm of the world price that clears a gap between use and supply.

    With supply ``S P^supply`` and use ``D P^-demand`` the price that clears ``S = (1 - gap) D`` is
    ``ln P = -ln(1 - gap) / (supply + demand)`` (Roberts and Schlenker 2013, American Economic Review 103, 2265-2295).
    Storers sell into a shortage and thereby spread it over time: a share ``smoothing`` of ``stocks`` closes part of it.
    The change stops at ``DEAREST``.

    Parameters
    ----------
    gap: share of a year's use that is missing from the market in the year ahead; negative for a glut.
    stocks: usable stocks as a share of a year's use.
    smoothing: share of them that is sold into the shortage, 0 to 1.
    supply, demand: elasticities, both as positive numbers; their sum is more than 0.
    """
    left = gap if gap <= 0.0 else max(gap - smoothing * stocks, 0.0)
    return min(-math.log(1.0 - min(left, _MOST_MISSING)) / (supply + demand), _MOST)
