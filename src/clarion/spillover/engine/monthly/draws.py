"""The uncertain inputs of some draws, each from a stream of its own name."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.exposure.error_model import FITTED
from clarion.spillover.engine.market import elasticities, usable_stocks
from clarion.spillover.engine.monthly.arrays import Inputs
from clarion.spillover.engine.monthly.next_harvest import central_scarcity, scarcity
from clarion.spillover.engine.monthly.numbers import Numbers
from clarion.spillover.engine.monthly.plan import MonthlyPlan
from clarion.spillover.engine.scenario import Scenario, central, draw, shocks, triangular
from clarion.spillover.engine.simulation.streams import around_one

Floats = NDArray[np.float64]
POLICY = ("release", "priority", "surge", "distance", "habit", "substitution")


def drawn_inputs(plan: MonthlyPlan, numbers: Numbers) -> Inputs:
    """Inputs of ``numbers.draws`` draws."""
    asked, scene, count = plan.question, plan.question.scenario, numbers.draws
    values = draw(scene, numbers.uniform)
    drawn = asked.laws.market.draw([plan.items[m] for m in plan.priced], numbers.uniform)
    each = [{name: float(v[d]) for name, v in values.items()} for d in range(count)]
    loss, keep = _shocks(plan, scene, each)
    flows, harvest, carry = _figures(plan, numbers)
    u = numbers.uniform
    laws, conduct = asked.laws.market, asked.behaviour
    policy = np.stack([getattr(conduct, name).quantiles(u(name)) for name in POLICY], axis=1)
    size = (count, len(plan.items), len(plan.countries))
    n = size[2]
    short = scarcity(plan.soil, scene, plan.items, plan.countries, numbers)
    return Inputs(
        flows, harvest, carry, loss, keep, scene.time.months.quantiles(u("duration")),
        _elastic(plan, drawn.supply, drawn.demand, drawn.smoothing), _cover(plan, carry),
        _passed(plan, u("pass_through")), drawn.hazard,
        np.stack([numbers.uniforms(f"ban:{m}", n * asked.months) for m in plan.items], axis=1)
        .reshape(*size, asked.months),
        np.stack([
            laws.withheld.quantiles(numbers.uniforms(f"ban kind:{m}", n), numbers.uniforms(f"ban strength:{m}", n))
            for m in plan.items
        ], axis=1),
        np.stack([laws.duration.quantiles(numbers.uniforms(f"ban months:{m}", n)) for m in plan.items], axis=1),
        policy,
        conduct.floor_days.quantiles(numbers.uniforms("floor_days", n)),
        _bids(plan, conduct.income.quantiles(u("income"))),
        short.later, short.lead, short.months,
    )  # fmt: skip


def central_inputs(plan: MonthlyPlan) -> Inputs:
    """One draw with every input at its published or most likely value, and no ban (a ban is chance)."""
    asked, scene, world = plan.question, plan.question.scenario, plan.world
    loss, keep = _shocks(plan, scene, [central(scene)])
    assumed, laws, conduct = asked.assumptions, asked.laws.market, asked.behaviour
    size = (1, len(plan.items), len(plan.countries))
    carry = np.where(np.isnan(world.stocks), world.use * assumed.unknown_stocks.mode, world.stocks)
    markets = [elasticities(plan.items[m]) for m in plan.priced]
    elastic = _elastic(
        plan, np.array([[m.supply.mode for m in markets]]), np.array([[m.demand.mode for m in markets]]),
        np.array([laws.smoothing.mode]),
    )  # fmt: skip
    through = np.array([[law.mode for law in plan.passing]])
    short = central_scarcity(plan.soil, asked, plan.items, plan.countries, plan.seed)
    return Inputs(
        world.tonnes[None], world.harvest[None], carry[None], loss, keep, np.array([scene.time.months.mode]), elastic,
        _cover(plan, carry[None]), through, np.array([laws.bans.coefficients]), np.ones((*size, asked.months)),
        np.zeros(size), np.zeros(size), np.array([[getattr(conduct, name).mode for name in POLICY]]),
        np.full((1, size[2]), conduct.floor_days.mode), _bids(plan, np.array([conduct.income.mode])),
        short.later, short.lead, short.months,
    )  # fmt: skip


def _shocks(plan: MonthlyPlan, scenario: Scenario, values: list[dict[str, float]]) -> tuple[Floats, Floats]:
    """Shares of harvests lost (D, K, N) and of flows that may pass (D, M) while the shock lasts."""
    position = {iso3: i for i, iso3 in enumerate(plan.countries)}
    loss = np.zeros((len(values), len(plan.items), len(plan.countries)))
    keep = np.ones((len(values), len(plan.world.tonnes)))
    links = [layer.links for layer in plan.year.layers]  # they work out once whom a limit spares
    first = plan.world.arrays.first
    for d, drawn in enumerate(values):
        effect = shocks(scenario, drawn)
        for m, item in enumerate(plan.items):
            keep[d, first[m] : first[m + 1]] = effect[item].keep(links[m])
            for iso3, share in effect[item].loss.items():
                if iso3 in position:
                    loss[d, m, position[iso3]] = share
    return loss, keep


def _figures(plan: MonthlyPlan, numbers: Numbers) -> tuple[Floats, Floats, Floats]:
    """Published figures with their errors; the streams are those of the yearly model."""
    assumed, world = plan.question.assumptions, plan.world
    flows, harvest, carry = [], [], []
    for m, layer in enumerate(plan.year.layers):
        item, n = layer.item, len(layer.countries)
        spread = FITTED.report(layer.tonnes, layer.both)
        flows.append(layer.tonnes * around_one(numbers.normal(f"flows:{item}", len(layer.tonnes)), spread))
        at = np.searchsorted(plan.countries, layer.countries)
        grown, kept = np.zeros((2, numbers.draws, len(plan.countries)))
        grown[:, at] = around_one(numbers.normal(f"harvest:{item}", n), assumed.harvest_spread)
        kept[:, at] = around_one(numbers.normal(f"stocks:{item}", n), assumed.stock_spread)
        harvest.append(world.harvest[m] * grown)
        share = assumed.unknown_stocks.quantiles(numbers.uniform("unknown_stocks"))[:, None]
        carry.append(np.where(np.isnan(world.stocks[m]), world.use[m] * share, world.stocks[m]) * kept)
    return np.concatenate(flows, axis=1), np.stack(harvest, axis=1), np.stack(carry, axis=1)


def _elastic(plan: MonthlyPlan, supply: Floats, demand: Floats, smoothing: Floats) -> Floats:
    """Elasticities of supply and demand (D, priced items) and smoothing (D,) as (D, K, 3).

    An item without published ones gets a supply that answers to any price without end and a demand that does not: its
    price stays where it was.
    """
    found = np.empty((len(smoothing), len(plan.items), 3))
    found[..., 0], found[..., 1], found[..., 2] = np.inf, 0.0, smoothing[:, None]
    at = list(plan.priced)
    found[:, at, 0], found[:, at, 1] = supply, demand
    return found


def _cover(plan: MonthlyPlan, carry: Floats) -> Floats:
    """Stocks that may be sold into a shortage, as a share of a year's use, (D, K). Without China, which sells none of
    its half of the world's grain stocks abroad."""
    counted = np.array([iso3 != "CHN" for iso3 in plan.countries])
    use = np.maximum(plan.world.use[:, counted].sum(axis=1), 1.0)
    return usable_stocks(carry[..., counted].sum(axis=2), use)


def _passed(plan: MonthlyPlan, u: Floats) -> Floats:
    """Pass-through of every country, (D, N), at one quantile a draw."""
    low, mode, high = np.array([(r.low, r.mode, r.high) for r in plan.passing]).T
    return triangular(low, mode, high, u[:, None])


def _bids(plan: MonthlyPlan, elasticity: Floats) -> Floats:
    """What each buyer can pay, (D, N); a country whose income is not known counts as the middle one."""
    income = np.where(np.isnan(plan.income), 1.0, plan.income)
    found: Floats = income ** elasticity[:, None]
    return found
