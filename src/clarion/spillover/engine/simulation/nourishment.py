"""From tonnes that are missing to energy and to people, draw by draw; any axes may lie between draws and countries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.people import intake, kcal_per_person_day, newly_undernourished
from clarion.spillover.engine.scenario import triangular
from clarion.spillover.engine.simulation.plan import Plan
from clarion.vocab import commodity

Floats = NDArray[np.float64]


class Uniforms(Protocol):
    """Where uniform draws come from: one number a draw for each name."""

    draws: int

    def uniform(self, name: str) -> Floats: ...


def energy_lost(plan: Plan, lost: Mapping[str, Floats], streams: Uniforms) -> Floats:
    """Energy lost, kcal a person a day, (draws, ..., all countries), of ``lost`` tonnes a year by item, (draws, ...,
    the layer's countries). A surplus of one item is sold or stored: it does not make up for another.

    NaN where the population is not known.
    """
    population = np.array([plan.nutrition[c].get("population") or np.nan for c in plan.countries])
    shape = next(iter(lost.values())).shape[:-1]
    total = np.zeros((*shape, len(plan.countries)))
    for layer, shares in zip(plan.layers, plan.burdens, strict=True):
        low, mode, high = np.array([(s.burden.low, s.burden.mode, s.burden.high) for s in shares]).T
        u = streams.uniform(f"burden:{layer.item}")
        burden = triangular(low, mode, high, u[:, None]).reshape(len(u), *(1 for _ in shape[1:]), len(shares))
        eaten = plan.spread_out(layer, np.maximum(lost[layer.item], 0.0) * burden)
        total += kcal_per_person_day(eaten, commodity(layer.item).kcal_per_kg or 0.0, population)
    return total


def people_pushed(plan: Plan, kcal: Floats, streams: Uniforms) -> Floats:
    """People pushed under the requirement by ``kcal`` (draws, ..., all countries), in its shape; the baseline and the
    shock share each draw. NaN where a figure is missing."""
    found = np.full(kcal.shape, np.nan)
    axes = tuple(range(1, kcal.ndim - 1))
    for i, iso3 in enumerate(plan.countries):
        known = plan.nutrition[iso3]
        if known.missing:
            continue
        eaten = intake(known, streams.uniform)
        des, cv, published = (np.expand_dims(values, axes) for values in (eaten.des, eaten.cv, eaten.pou))
        found[..., i] = newly_undernourished(kcal[..., i], des, cv, published, eaten.population)
    return found
