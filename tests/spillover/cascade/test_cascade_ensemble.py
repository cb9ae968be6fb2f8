"""Many draws: each is the single cascade, whatever the number of threads and the division into blocks."""

from __future__ import annotations

import numpy as np
import pytest
from cascade_worlds import network_of, random_world

from clarion.compute import stream
from clarion.errors import InputError
from clarion.spillover.engine.cascade import Draws, Network, run, run_many


@pytest.fixture(scope="module")
def network():
    E, P, R, _ = random_world(11)
    return network_of(E, P, R)


def draws_for(network, count):
    n, m = len(network.countries), len(network.flows)
    rng = stream(4, "draws")
    return Draws(
        loss=rng.random((count, n)) * 0.5,
        keep=rng.choice([0.0, 0.5, 1.0], (1, m)),
        flows=np.exp(0.2 * rng.standard_normal((count, m))),
        production=np.exp(0.1 * rng.standard_normal((count, n))),
        reserves=np.exp(0.3 * rng.standard_normal((count, n))),
    )


@pytest.mark.parametrize("rule", ["pta", "rta", "burkholz"])
def test_each_draw_is_the_single_cascade(network, rule):
    draws = draws_for(network, 40)
    ensemble = run_many(network, draws, rule=rule, threads=2)
    for d in range(40):
        drawn = Network(
            network.countries,
            network.row_start,
            network.column,
            network.flows * draws.flows[d],
            network.production * draws.production[d],
            network.reserves * draws.reserves[d],
        )
        one = run(drawn, draws.loss[d], rule=rule, keep=draws.keep[0])
        for column in ("dC", "C0"):
            assert np.array_equal(getattr(ensemble, column)[d], getattr(one, column)), column
        assert ensemble.dR[d] == pytest.approx(one.dR, rel=1e-12)
        assert ensemble.converged[d] == one.converged
    assert ensemble.mass_balance_error <= 1e-9


def test_threads_and_blocks_do_not_matter(network):
    draws = draws_for(network, 300)
    parts = (slice(0, 7), slice(7, 200), slice(200, 300))
    blocks = [Draws(draws.loss[p], draws.keep, draws.flows[p], draws.production[p], draws.reserves[p]) for p in parts]
    one = run_many(network, draws, threads=1)
    for other in (run_many(network, draws, threads=3), run_many(network, iter(blocks), threads=2)):
        for column in ("dR", "dC", "C0", "converged"):
            assert getattr(one, column).tobytes() == getattr(other, column).tobytes(), column


def test_bad_draws_are_refused(network):
    n = len(network.countries)
    ones = np.ones((3, n))
    for draws, named in (
        (Draws(ones * 1.5), "loss is not a number from 0 to 1"),
        (Draws(ones[:, 1:]), "draws of loss have the shape"),
        (Draws(ones, production=-ones), "production is not a number of 0 or more"),
        (Draws(ones, reserves=ones[:2]), "draws of reserves have the shape"),
        (Draws(ones, production=ones * np.nan), "production is not a number"),
    ):
        with pytest.raises(InputError, match=named):
            run_many(network, draws)
    with pytest.raises(InputError, match="no draws"):
        run_many(network, [])
