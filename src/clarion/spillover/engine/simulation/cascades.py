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
    """Draws of what cascades did, tonnes a year: (draws, n), but ``production_lost`` and ``withheld`` (draws,).

    ``supply_lost`` is the fall of production and net imports; what ``reserves_drawn`` do not cover is ``use_lost``.
    """

    supply_lost: Floats
    use_lost: Floats
    reserves_drawn: Floats
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
    drawn = np.array([-r.dR for r in results])
    lost = np.array([-r.dC for r in results])
    return Outcome(
        lost + drawn, lost, drawn, np.array([r.C0 for r in results]),
        np.array([-r.dP.sum() for r in results]), np.array([r.withheld.sum() for r in results]),
        max(r.mass_balance_error for r in results), sum(not r.converged for r in results),
    )  # fmt: skip
