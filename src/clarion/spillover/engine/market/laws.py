"""Everything uncertain about a market, drawn by name: the same draw of a quantity whatever else is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clarion.spillover.engine.bans.law import FITTED, BanLaw, Uniform
from clarion.spillover.engine.bans.severity import DURATION, WITHHELD, Duration, Withheld
from clarion.spillover.engine.market.elasticities import elasticities
from clarion.spillover.engine.scenario import Range

Floats = NDArray[np.float64]

SAFE_STOCKS = 0.175
"""Of a year's use: between the 17 and 18 percent that the FAO holds to be the least for food security (GIEWS, Food
Outlook 1996). What lies above may be sold into a shortage."""

SMOOTHING = Range(0.0, 0.25, 0.5)
"""Share of stocks above ``SAFE_STOCKS`` sold within a year of a shortage. Assumed: storers sell part and keep part for
a worse year (Wright 2011, Applied Economic Perspectives and Policy 33, 32-58)."""


def usable_stocks(stocks: ArrayLike, use: ArrayLike) -> Floats:
    """Stocks above the safe level, as a share of a year's use: the ``stocks`` of ``log_price``.

    Count them without China, which sells none of its half of the world's grain stocks abroad.
    """
    ratio = np.asarray(stocks, dtype=np.float64) / np.asarray(use, dtype=np.float64)
    result: Floats = np.maximum(ratio - SAFE_STOCKS, 0.0)
    return result


@dataclass(frozen=True, slots=True)
class MarketDraws:
    """Shapes: supply and demand (draws, items), smoothing (draws,), hazard (draws, 4), months (draws,)."""

    items: tuple[str, ...]
    supply: Floats
    demand: Floats
    smoothing: Floats
    hazard: Floats
    months: Floats


@dataclass(frozen=True, slots=True)
class MarketLaws:
    """The laws that ``draw`` draws from; each may be replaced by the user's own."""

    smoothing: Range = SMOOTHING
    bans: BanLaw = FITTED
    duration: Duration = DURATION
    withheld: Withheld = field(default=WITHHELD)

    def draw(self, items: Sequence[str], uniform: Uniform) -> MarketDraws:
        """Draws for ``items``, of which there may be none; elasticities of grains share one draw, for they are one
        study's.

        Raises
        ------
        UnknownName: an item without elasticities.
        """
        laws = [elasticities(item) for item in items]
        sources = {law.source: i for i, law in reversed(list(enumerate(laws)))}

        def side(name: str, law: Callable[[int], Range]) -> Floats:
            drawn = {s: law(i).quantiles(uniform(f"{name} {items[i]}")) for s, i in sources.items()}
            return np.column_stack([drawn[each.source] for each in laws]) if laws else np.empty((len(smoothing), 0))

        smoothing = self.smoothing.quantiles(uniform("stocks sold into a shortage"))
        return MarketDraws(
            tuple(items),
            side("supply elasticity", lambda i: laws[i].supply),
            side("demand elasticity", lambda i: laws[i].demand),
            smoothing,
            self.bans.draw(uniform),
            self.duration.quantiles(uniform("months of a ban")),
        )
