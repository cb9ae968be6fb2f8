"""The draws of the next harvest, ready to multiply it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.harvest import laws
from clarion.spillover.engine.harvest.question import SAME, HarvestQuestion
from clarion.spillover.engine.harvest.response import nitrogen_factor, priced_out, slow_factor, together
from clarion.spillover.engine.harvest.use import FertiliserUse
from clarion.spillover.engine.scenario import NUTRIENTS
from clarion.spillover.engine.simulation.streams import Named

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class HarvestDraws:
    """``factor[item]`` is the next harvest over the one without the shock, ``short[nutrient]`` the share of fertiliser
    that is missing: (draws, countries) each, NaN where not known. ``factor`` lacks crops without a published response.
    """

    countries: tuple[str, ...]
    factor: dict[str, Floats]
    short: dict[str, Floats]

    def applied(self, item: str) -> Floats:
        """The factor to multiply a harvest with: 1 where nothing is known, which the caller must say."""
        return np.nan_to_num(self.factor[item], nan=1.0)


def draw_harvest(
    question: HarvestQuestion, use: FertiliserUse, streams: Named, lost: Mapping[str, Floats] | None = None
) -> HarvestDraws:
    """Draw what is missing and what it does; a name gives the same numbers in the same chunk. ``lost`` as in
    ``shortfalls``."""
    short = shortfalls(question, use, streams, lost)
    factor = {
        item: yield_factor(item, use, short, streams, question.seasons)
        for item in question.items if item in laws.NITROGEN_SHARE
    }  # fmt: skip
    return HarvestDraws(use.countries, factor, short)


def shortfalls(
    question: HarvestQuestion, use: FertiliserUse, streams: Named, lost: Mapping[str, Floats] | None = None
) -> dict[str, Floats]:
    """Share of each nutrient that is missing, (draws, countries): not shipped, or priced out.

    ``lost`` gives, by nutrient, the share of imports that does not come in each draw, (draws, countries), as a model of
    trade finds it; it stands in for the question's own. Where it is not known how much of its use a country imports,
    nothing counts as not shipped, so that only a price can cut.
    """
    each = [laws.DEMAND.quantiles(streams.uniform(f"fertiliser:demand:{iso3}")) for iso3 in use.countries]
    demand = np.stack(each, axis=1) if each else np.zeros((streams.draws, 0))
    pull = laws.GAS_TO_NITROGEN.quantiles(streams.uniform("fertiliser:gas-to-nitrogen"))
    gas = question.gas.quantiles(streams.uniform("fertiliser:gas"))
    found = {}
    for nutrient in NUTRIENTS:
        price = question.prices.get(nutrient, SAME).quantiles(streams.uniform(f"fertiliser:price:{nutrient}"))
        if nutrient == "nitrogen":
            price = price * np.power(gas, pull)
        gone = _lost(nutrient, question, use, streams) if lost is None else lost.get(nutrient, np.zeros_like(demand))
        imported = np.nan_to_num(use.imported[nutrient], nan=0.0)
        found[nutrient] = together(gone * imported, priced_out(price[:, None], demand))
    return found


def _lost(nutrient: str, question: HarvestQuestion, use: FertiliserUse, streams: Named) -> Floats:
    """The question's own laws of imports lost, drawn together for all countries, (draws, countries)."""
    gone = np.zeros((streams.draws, len(use.countries)))
    u = streams.uniform(f"fertiliser:lost:{nutrient}")
    for i, iso3 in enumerate(use.countries):
        law = question.imports_lost.get(nutrient, {}).get(iso3)
        if law is not None:
            gone[:, i] = law.quantiles(u)
    return gone


def yield_factor(
    item: str, use: FertiliserUse, short: Mapping[str, Floats], streams: Named, seasons: int = 1
) -> Floats:
    """A crop's next harvest over the one without the shock, (draws, countries), NaN where nitrogen use is not known.

    ``short`` holds the share missing of each nutrient, (draws, countries): from ``shortfalls``, or from a model of
    trade.

    Raises
    ------
    KeyError: a crop without a published response.
    """
    share = laws.NITROGEN_SHARE[item].quantiles(streams.uniform(f"fertiliser:share:{item}"))[:, None]
    peak = laws.PEAK.quantiles(streams.uniform("fertiliser:peak"))[:, None]
    n = len(use.countries)
    other, own = np.empty((streams.draws, n)), np.empty((streams.draws, n))
    for i, iso3 in enumerate(use.countries):
        other[:, i] = laws.OTHER_NITROGEN.quantiles(streams.uniform(f"fertiliser:other:{iso3}"))
        own[:, i] = laws.OWN_RATE.quantiles(streams.uniform(f"fertiliser:own:{item}:{iso3}"))
    missing = {nutrient: np.nan_to_num(short[nutrient], nan=0.0) for nutrient in NUTRIENTS}
    found = nitrogen_factor(use.per_hectare["nitrogen"] * own, other, peak, share, missing["nitrogen"])
    for nutrient, law in laws.SLOW_LOSS.items():
        loss = law.quantiles(streams.uniform(f"fertiliser:slow:{nutrient}:{item}"))[:, None]
        used = np.nan_to_num(use.per_hectare[nutrient], nan=0.0)
        exposed = np.minimum(used / laws.SLOW_USED_WITHOUT, 1.0)
        found = found * slow_factor(loss * exposed, missing[nutrient], seasons)
    return found
