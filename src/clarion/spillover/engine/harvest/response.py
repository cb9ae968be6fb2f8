"""The equations: nitrogen bends, phosphate and potash last, price cuts.

Yield over its highest is ``1 - A (1 - z)^2`` up to the peak ``z = 1``, with ``z`` nitrogen from all sources over that
at the peak and ``A`` the share lost without any: the second-order response of van Grinsven et al. (2022), scaled as
Mitscherlich postulated, so that it needs a country's rate and no yield.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def nitrogen_factor(rate: Floats, other: Floats, peak: Floats, share: Floats, short: Floats) -> Floats:
    """Harvest over the present one; all arguments broadcast.

    Parameters
    ----------
    rate, other: nitrogen of fertiliser and from elsewhere, kg a hectare.
    peak: nitrogen at the highest yield, kg a hectare.
    share: of the highest yield that is lost without any, 0 to 1.
    short: share of the fertiliser that is missing, 0 to 1.
    """
    now = np.minimum((rate + other) / peak, 1.0)
    then = np.minimum((rate * (1.0 - short) + other) / peak, 1.0)
    found: Floats = (1.0 - share * np.square(1.0 - then)) / (1.0 - share * np.square(1.0 - now))
    return found


def slow_factor(loss: Floats, short: Floats, seasons: int = 1) -> Floats:
    """Harvest over the present one when a share ``short`` of phosphate or potash is missing for so many seasons: the
    soil gives it out slowly, so the loss of the first season compounds."""
    found: Floats = np.power(1.0 - loss * short, seasons)
    return found


def priced_out(price: Floats, demand: Floats) -> Floats:
    """Share of a fertiliser that is no longer bought when it costs ``price`` times as much; a lower price brings no
    more than now, for the surplus of one season is not sown twice."""
    found: Floats = 1.0 - np.power(np.maximum(price, 1.0), -demand)
    return found


def together(first: Floats, second: Floats) -> Floats:
    """Two causes of shortage that do not wait for each other."""
    found: Floats = 1.0 - (1.0 - first) * (1.0 - second)
    return found
