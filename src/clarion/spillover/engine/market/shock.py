"""A supply shock as it looks when it strikes: who cannot sell, how much of it, and for how long nobody knows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.bans.law import Uniform
from clarion.spillover.engine.bans.severity import Duration
from clarion.spillover.engine.scenario import Range

Floats = NDArray[np.float64]
MONTHS = 12.0


@dataclass(frozen=True, slots=True)
class Hampered:
    """An exporter whose shipments stop or falter: ``share`` of them while it lasts, ``lasts`` in months."""

    iso3: str
    share: Range
    lasts: Duration

    def lost(self, uniform: Uniform) -> Floats:
        """Share of the year ahead's exports that is lost, shape (draws,)."""
        months = np.minimum(self.lasts.quantiles(uniform(f"months hampered {self.iso3}")), MONTHS)
        result: Floats = self.share.quantiles(uniform(f"share hampered {self.iso3}")) * months / MONTHS
        return result


@dataclass(frozen=True, slots=True)
class Market:
    """What is known of one commodity's world market on the eve of a shock.

    Parameters
    ----------
    item: commodity id.
    last: log of the last price known over the mean of the twelve months before the window.
    risen: log of the last price over that of the same month a year before each month of the window.
    volatility: standard deviation of the monthly log price change in earlier crises.
    calm: the same in the quiet years before.
    stocks: usable stocks as a share of a year's use (``usable_stocks``).
    exporters: names, in the order of the next three.
    exports: of a year, as a share of a year's world use.
    past_user: 1 where the exporter restricted the item in an earlier episode.
    shortfall: share of the own harvest missing.
    """

    item: str
    last: float
    risen: tuple[float, ...]
    volatility: float
    calm: float
    stocks: float
    exporters: tuple[str, ...]
    exports: Floats
    past_user: Floats
    shortfall: Floats

    @property
    def months(self) -> int:
        return len(self.risen)
