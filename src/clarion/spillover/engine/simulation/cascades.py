"""The cascade runs of one item: one for each draw of its inputs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.cascade import Network, run
from clarion.spillover.engine.simulation.layer import Layer
from clarion.spillover.engine.simulation.question import Rule

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Inputs:
    """Draws of what a cascade takes: flows and keep (draws, m), production, stocks and loss (draws, n), and two shares
    (draws,)."""

    flows: Floats
    production: Floats
    stocks: Floats
    loss: Floats
    keep: Floats
    reserve_fraction: Floats
    consumption_fraction: Floats


@dataclass(frozen=True)
class Outcome:
    """Draws of what a shock did, tonnes a year: (draws, n), but ``production_lost`` and ``withheld`` (draws,).

    ``supply_lost`` is what is missing before anybody responds (see ``missing``). ``use_lost`` is what is missing at the
    end, after stocks, other suppliers and own exports have given what the rule lets them give; it is negative for a
    surplus that cannot be sold. ``use`` is that of before.
    """

    supply_lost: Floats
    reserves_drawn: Floats
    use_lost: Floats
    use: Floats
    production_lost: Floats
    withheld: Floats
    mass_error: float
    unsettled: int


def network(layer: Layer, flows: Floats, production: Floats, stocks: Floats) -> Network:
    """The layer's links with these amounts."""
    counts = np.bincount(layer.exporter, minlength=len(layer.countries))
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return Network(layer.countries, starts, layer.importer, flows, production, stocks)


def ensemble(layer: Layer, inputs: Inputs, rule: Rule) -> Outcome:
    """Run every draw.

    Raises
    ------
    ModelError: a run broke the law of mass.
    """
    results = [
        run(
            network(layer, inputs.flows[d], inputs.production[d], inputs.stocks[d]),
            inputs.loss[d],
            rule=rule,
            reserve_fraction=float(inputs.reserve_fraction[d]),
            consumption_fraction=float(inputs.consumption_fraction[d]),
            keep=inputs.keep[d],
        )
        for d in range(len(inputs.flows))
    ]
    return Outcome(
        missing(layer, inputs),
        # Subtracted from 0, for a minus sign would turn "nothing" into -0.
        np.array([0.0 - r.dR for r in results]),
        np.array([0.0 - r.dC for r in results]),
        np.array([r.C0 for r in results]),
        np.array([0.0 - r.dP.sum() for r in results]),
        np.array([r.withheld.sum() for r in results]),
        max(r.mass_balance_error for r in results),
        sum(not r.converged for r in results),
    )


def missing(layer: Layer, inputs: Inputs) -> Floats:
    """Supply that the shock takes before anybody responds, (draws, n).

    What no longer leaves is missing where it was bought. A lost harvest is missing in proportion at home and with
    every buyer, as in Croft, West and Green 2018: a country sells and uses of the same heap.
    """
    return np.array([_missing(layer, inputs, d) for d in range(len(inputs.flows))])


def _missing(layer: Layer, inputs: Inputs, d: int) -> Floats:
    flows, production, n = inputs.flows[d], inputs.production[d], len(layer.countries)
    heap = production + np.bincount(layer.importer, flows, n)
    exports = np.bincount(layer.exporter, flows, n)
    lost = inputs.loss[d] * production
    # Where reports have more leave than there is, the heap is what leaves.
    share = np.divide(lost, np.maximum(heap, exports), out=np.zeros(n), where=lost > 0.0)
    gone = flows * (1.0 - inputs.keep[d] * (1.0 - share[layer.exporter]))
    found: Floats = share * np.maximum(heap - exports, 0.0) + np.bincount(layer.importer, gone, n)
    return found
