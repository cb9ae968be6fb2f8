"""Relative losses: what a shock takes from each country and region, of what each would have had."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clarion.spillover.engine.recipes.respond import Response
from clarion.spillover.engine.recipes.world import Floats, Recipes


@dataclass(frozen=True, eq=False)
class RelativeLosses:
    """One shock's relative losses after the last step, as published: from 0 to 1, a gain counting as 0.

    ``countries`` (c, i) and ``regions`` (regions, i) are NaN where the baseline has nothing to lose;
    ``country_held`` and ``region_held`` are its amounts. The shocked country is left out of its region.
    """

    countries: Floats
    country_held: Floats
    region_names: tuple[str, ...]
    regions: Floats
    region_held: Floats


def relative_losses(world: Recipes, response: Response, shock: int) -> RelativeLosses:
    """max(0, 1 - x / x of the baseline), country by country, and over the other countries of each region."""
    size = (len(world.countries), len(world.items))
    base, after = response.base.after.reshape(size), response.after(shock).reshape(size)
    names = tuple(dict.fromkeys(region for region in world.regions if region))
    member = np.array([[region == name for region in world.regions] for name in names]).reshape(-1, size[0])
    member[:, response.shocks.country[shock]] = False
    share = member.astype(np.float64)
    held = share @ base
    return RelativeLosses(_lost(base, after), base, names, _lost(held, share @ after), held)


def _lost(base: Floats, after: Floats) -> Floats:
    kept = np.divide(after, base, out=np.full(base.shape, np.nan), where=base > 0)
    found: Floats = np.maximum(0.0, 1.0 - kept)
    return found
