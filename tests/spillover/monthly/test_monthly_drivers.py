"""What drives the uncertainty: the estimator on functions whose shares are known, and groups that hold every number."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from clarion.compute import Serial
from clarion.errors import InputError
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.monthly import (
    GROUPS,
    Behaviour,
    MonthlyQuestion,
    MonthlyTables,
    drivers,
    prepare,
)
from clarion.spillover.engine.monthly.draws import drawn_inputs
from clarion.spillover.engine.monthly.drivers import group_of
from clarion.spillover.engine.monthly.numbers import Numbers
from clarion.spillover.engine.monthly.sobol import shares
from clarion.spillover.engine.scenario import shipped_scenario


def pick_freeze(f, dimensions, draws, seed):
    rng = np.random.default_rng(seed)
    a, b = rng.random((2, draws, dimensions))
    swapped = []
    for g in range(dimensions):
        mixed = a.copy()
        mixed[:, g] = b[:, g]
        swapped.append(f(mixed))
    return shares(f(a), f(b), np.array(swapped), seed)


def ishigami(u):
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_ishigami():
    """Ishigami and Homma 1990; shares .3139, .4424, 0 and totals .5576, .4424, .2437."""
    found = pick_freeze(ishigami, 3, 20_000, 1)
    assert found.first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.03)
    assert found.total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.03)
    for low, true, high in zip(found.total_low, (0.5576, 0.4424, 0.2437), found.total_high, strict=True):
        assert low - 0.01 <= true <= high + 0.01


def test_a_sum_has_no_interaction():
    """Shares of independent terms are their variances, and first order is total."""
    weights = np.array([3.0, 2.0, 1.0])
    found = pick_freeze(lambda u: u @ weights, 3, 5_000, 2)
    assert found.first == pytest.approx(weights**2 / 14, abs=0.04)
    assert found.total == pytest.approx(weights**2 / 14, abs=0.04)


def test_nothing_varies():
    found = pick_freeze(lambda u: np.ones(len(u)), 2, 50, 3)
    assert not found.first.any()
    assert not found.total_high.any()


def test_intervals_cover():
    """The interval's own promise, on a sum of two terms."""
    hits = []
    for seed in range(60):
        found = pick_freeze(lambda u: u @ np.array([2.0, 1.0]), 2, 200, seed)
        hits.append(found.total_low[0] <= 0.8 <= found.total_high[0])
    assert np.mean(hits) > 0.75


@pytest.fixture(scope="module")
def plan():
    asked = MonthlyQuestion(shipped_scenario("black-sea-closure"), draws=20)
    return prepare(asked, MonthlyTables.read(Warehouse()), 1)


def test_every_number_belongs_to_one_group(plan):
    names = set()

    def note(name):
        names.add(name)
        return 1

    drawn_inputs(plan, Numbers(note, 0, 3))
    scenario = {n for n in names if group_of(n) == "severity"}
    assert scenario == {"duration", *(n for n in names if n.startswith(("corridor", "black-sea")))}
    assert {group_of(n) for n in names} == set(GROUPS) - {"inputs"}


def test_shares_of_a_run(plan):
    found = drivers(plan, {"price": "price:wheat", "Egypt": "kcal:EGY", "people": "people"}, Serial(), draws=60)
    price = found["price"]
    assert set(price.first) == set(GROUPS) - {"inputs"}
    # A ban of wheat by chance, elasticities and stocks move the price; how much people eat does not.
    assert price.total["elasticities"].value > 0.1
    assert price.total["behaviour"].value < price.total["elasticities"].value
    for estimate in (*price.first.values(), *found["people"].total.values()):
        assert estimate.value in estimate.interval
    again = drivers(plan, {"price": "price:wheat"}, Serial(), draws=60)
    assert again["price"].first == price.first


@pytest.mark.parametrize("what", ["people:EGY", "kcal:XXX", "price:rice", "kcal", "prices:wheat"])
def test_unknown_figures(plan, what):
    with pytest.raises(InputError, match="not a figure"):
        drivers(plan, {"x": what}, Serial())


def test_too_few_draws(plan):
    with pytest.raises(InputError, match="too few"):
        drivers(plan, {"x": "people"}, Serial(), draws=5)


def test_published_rules_have_none(plan):
    asked = dataclasses.replace(plan.question, behaviour=Behaviour(rule="pta"))
    with pytest.raises(InputError, match="no breakdown"):
        drivers(dataclasses.replace(plan, question=asked), {"x": "people"}, Serial())
