"""Every shock equals a plain loop over the equations, on random worlds and on the published inputs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recipes_oracle import SparseLoop, plain_loop
from recipes_worlds import random_world, worlds

from clarion.errors import InputError
from clarion.spillover.engine.recipes import baseline, country_shocks, item_shocks, respond

TONNES = 5e-6


@settings(deadline=None, max_examples=60)
@given(worlds(), st.integers(1, 12))
def test_random_worlds(world, steps):
    base = baseline(world, steps)
    np.testing.assert_array_equal(base.after, plain_loop(world, [], steps))
    asked = [country_shocks(world), country_shocks(world, spare_last=True)]
    asked += [item_shocks(world, k) for k in range(len(world.items))]
    for shocks in asked:
        response = respond(world, base, shocks)
        for s in range(len(shocks)):
            expected = plain_loop(world, shocks.row[shocks.column == s], steps)
            np.testing.assert_allclose(response.after(s), expected, rtol=1e-12, atol=1e-9)


@pytest.mark.filterwarnings("ignore::scipy.sparse.SparseEfficiencyWarning")
def test_the_sparse_loop_is_the_same_loop():
    world = random_world(3, 6, 5, 4)
    loop = SparseLoop(world)
    for c in range(6):
        rows = slice(c * 5, c * 5 + 5)
        np.testing.assert_allclose(loop.run(rows), plain_loop(world, np.arange(30)[rows]), rtol=1e-13)


def test_every_country_of_the_published_inputs(shipped):
    base = baseline(shipped)
    shocks = country_shocks(shipped)
    response = respond(shipped, base, shocks, threads=2)
    assert len(shocks) == 192
    worst = max(
        np.abs(response.after(s) - plain_loop(shipped, shocks.row[shocks.column == s])).max() for s in range(192)
    )
    assert worst <= TONNES


@pytest.mark.parametrize("name", ["Maize and products", "Wheat and products", "Poultry Birds", "Yams"])
def test_single_items_of_the_published_inputs(shipped, name):
    base = baseline(shipped)
    shocks = item_shocks(shipped, shipped.item(name))
    response = respond(shipped, base, shocks)
    for s in range(0, 192, 7):
        expected = plain_loop(shipped, shocks.row[shocks.column == s])
        assert np.abs(response.after(s) - expected).max() <= TONNES


def test_more_threads_give_the_same_bytes():
    world = random_world(11, 150, 4, 3, 0.2)
    base, shocks = baseline(world), country_shocks(world)
    one, three = (respond(world, base, shocks, threads=n) for n in (1, 3))
    assert one.left.tobytes() == three.left.tobytes()


@pytest.mark.parametrize("steps", [0, -1, 1001])
def test_steps_that_cannot_be_used(steps):
    with pytest.raises(InputError, match="steps were asked for"):
        baseline(random_world(1, 2, 2, 2), steps)
