"""Laws on small random worlds: mass, more shock never less loss, the order of countries does not matter."""

from __future__ import annotations

import dataclasses

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from recipes_worlds import random_world, worlds
from scipy import sparse

from clarion.spillover.engine.recipes import (
    baseline,
    country_shocks,
    item_shocks,
    relative_losses,
    respond,
)

quick = settings(deadline=None, max_examples=40)


@quick
@given(worlds(), st.integers(1, 6))
def test_what_is_sent_arrives_and_what_is_lost_is_lost(world, steps):
    """Trade neither makes nor loses mass, and a shock takes from the world what it takes from production."""
    base = baseline(world, steps)
    reaches_somebody = np.asarray(world.trade.sum(axis=0)).ravel() > 0
    for t in range(steps):
        sent = (world.exported * base.held[t])[reaches_somebody].sum()
        np.testing.assert_allclose(base.received[t].sum(), sent, rtol=1e-9)
        np.testing.assert_allclose(base.held[t + 1], base.made[t] + base.received[t])
    first = baseline(world, 1)
    response = respond(world, first, country_shocks(world))
    for s in range(len(response.shocks)):
        lost = first.made[0][response.shocks.row[response.shocks.column == s]].sum()
        np.testing.assert_allclose((first.after - response.after(s)).sum(), lost, rtol=1e-9, atol=1e-6)


@quick
@given(worlds(), st.integers(1, 8))
def test_more_shock_never_leaves_more(world, steps):
    """Nobody adapts: losing all leaves nobody with more than losing one item, and that with no more than no shock."""
    base = baseline(world, steps)
    whole = respond(world, base, country_shocks(world))
    size = (len(world.countries), len(world.items))
    for k in range(size[1]):
        part = respond(world, base, item_shocks(world, k))
        for c in range(size[0]):
            more, less = whole.after(c), part.after(c)
            slack = 1e-9 * (1 + base.after)
            assert (more <= less + slack).all()
            assert (less <= base.after + slack).all()
            assert (more >= 0).all()


@quick
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_countries_does_not_matter(world, random):
    order = list(range(len(world.countries)))
    random.shuffle(order)
    i, p = len(world.items), len(world.processes)
    rows = np.concatenate([np.arange(c * i, c * i + i) for c in order])
    across = np.concatenate([np.arange(c * p, c * p + p) for c in order])
    vectors = {name: getattr(world, name)[rows] for name in ("beta", "used", "exported", "start", "stock")}
    names = {name: tuple(getattr(world, name)[c] for c in order) for name in ("countries", "names", "regions")}
    moved = dataclasses.replace(
        world, alpha=sparse.csr_array(world.alpha[rows][:, across]), nu=sparse.csr_array(world.nu[across][:, rows]),
        trade=sparse.csr_array(world.trade[rows][:, rows]), **vectors, **names,
    )  # fmt: skip
    plain, other = (respond(w, baseline(w), country_shocks(w)) for w in (world, moved))
    for place, c in enumerate(order):
        np.testing.assert_allclose(other.after(place), plain.after(c)[rows], rtol=1e-9, atol=1e-9)


def test_relative_losses_leave_the_shocked_country_out_of_its_region():
    world = random_world(5, 7, 3, 3, 0.9)
    base, shocks = baseline(world), country_shocks(world)
    response = respond(world, base, shocks)
    held, left = base.after.reshape(7, 3), response.after(0).reshape(7, 3)
    losses = relative_losses(world, response, 0)
    assert losses.region_names == ("north", "south")  # a country without a region belongs to none
    north = [c for c, region in enumerate(world.regions) if region == "north" and c != 0]
    expected = np.maximum(0, 1 - left[north].sum(0) / held[north].sum(0))
    np.testing.assert_allclose(losses.regions[0], expected)
    np.testing.assert_allclose(losses.countries, np.maximum(0, 1 - left / held))


def test_what_was_never_there_cannot_be_lost():
    world = random_world(5, 3, 2, 2, 0.9)
    nothing = np.zeros(6)
    empty = dataclasses.replace(world, beta=nothing, start=nothing, stock=nothing)
    losses = relative_losses(empty, respond(empty, baseline(empty), country_shocks(empty)), 1)
    assert np.isnan(losses.countries).all()
    assert np.isnan(losses.regions).all()


def test_a_country_that_makes_nothing_is_no_shock():
    world = random_world(8, 4, 3, 2, 0.9)
    alpha = world.alpha.toarray()
    alpha[:3] = 0
    idle = dataclasses.replace(
        world, alpha=sparse.csr_array(alpha), beta=np.where(np.arange(12) < 3, 0, world.beta),
        stock=np.ones(12),
    )  # fmt: skip
    base = baseline(idle)
    np.testing.assert_array_equal(respond(idle, base, country_shocks(idle)).after(0), base.after)
