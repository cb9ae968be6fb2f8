"""One chunk of draws: uncertain inputs, a cascade for each item and draw, and what that means for people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.exposure.error_model import FITTED
from clarion.spillover.engine.scenario import ItemShock, Scenario, draw, shocks
from clarion.spillover.engine.simulation.cascades import Inputs, Outcome, ensemble
from clarion.spillover.engine.simulation.layer import Layer
from clarion.spillover.engine.simulation.nourishment import energy_lost, people_pushed
from clarion.spillover.engine.simulation.plan import Plan
from clarion.spillover.engine.simulation.streams import Streams, around_one

Floats = NDArray[np.float64]


PEOPLE = ("kcal_before_response", "people_before_response", "kcal_lost", "people")


@dataclass(frozen=True)
class Chunk:
    """Draws of one chunk: an Outcome an item, and each figure of PEOPLE (draws, countries), NaN where not known."""

    index: int
    outcomes: dict[str, Outcome]
    people: dict[str, Floats]


KINDS = (Chunk, Outcome)
"""What a chunk is made of besides arrays and dictionaries, for those that keep it."""


def run_chunk(plan: Plan, index: int, _rng: np.random.Generator | None = None) -> Chunk:
    """Work one chunk; the result depends on the plan and the index alone, not on what ran before.

    The runner's generator is left alone: it belongs to the item's place in one ``map``, which differs in a resumed run.

    Raises
    ------
    ModelError: a cascade broke the law of mass.
    """
    streams = Streams(plan.seed, index, plan.question.size(index))
    drawn_shocks = _shocks(plan.question.scenario, streams)
    outcomes = {
        layer.item: ensemble(layer, _inputs(plan, layer, drawn_shocks[layer.item], streams), plan.question.rule)
        for layer in plan.layers
    }
    # A country that sells on what it buys may miss more than it uses; nobody eats less than nothing.
    at_most_all = {item: np.minimum(outcome.supply_lost, outcome.use) for item, outcome in outcomes.items()}
    before = energy_lost(plan, at_most_all, streams)
    after = energy_lost(plan, {item: outcome.use_lost for item, outcome in outcomes.items()}, streams)
    figures = (before, people_pushed(plan, before, streams), after, people_pushed(plan, after, streams))
    return Chunk(index, outcomes, dict(zip(PEOPLE, figures, strict=True)))


def _shocks(scenario: Scenario, streams: Streams) -> dict[str, list[ItemShock]]:
    """Each item's shock in each draw."""
    values = draw(scenario, streams.uniform)
    each = [shocks(scenario, {name: float(v[d]) for name, v in values.items()}) for d in range(streams.draws)]
    return {item: [shock[item] for shock in each] for item in scenario.items}


def _inputs(plan: Plan, layer: Layer, shocks_of_item: list[ItemShock], streams: Streams) -> Inputs:
    assumed, item = plan.question.assumptions, layer.item
    n, m = len(layer.countries), len(layer.tonnes)
    flows = layer.tonnes * around_one(streams.normal(f"flows:{item}", m), FITTED.report(layer.tonnes, layer.both))
    harvest = layer.production * around_one(streams.normal(f"harvest:{item}", n), assumed.harvest_spread)
    doubt = around_one(streams.normal(f"stocks:{item}", n), assumed.stock_spread)
    if layer.stocks is None:
        stocks = layer.use * assumed.unknown_stocks.quantiles(streams.uniform("unknown_stocks"))[:, None] * doubt
    else:
        stocks = layer.stocks * doubt
    links, position = layer.links, {iso3: i for i, iso3 in enumerate(layer.countries)}
    loss, keep = np.zeros((streams.draws, n)), np.ones((streams.draws, m))
    for d, shock in enumerate(shocks_of_item):
        keep[d] = shock.keep(links)
        for iso3, share in shock.loss.items():
            if iso3 in position:
                loss[d, position[iso3]] = share
    return Inputs(
        flows, harvest, stocks, loss, keep,
        assumed.reserve_fraction.quantiles(streams.uniform("reserve_fraction")),
        assumed.consumption_fraction.quantiles(streams.uniform("consumption_fraction")),
    )  # fmt: skip
