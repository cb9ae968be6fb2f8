"""Scenario mode: what must hold for every world, and the answers to bans, quotas and closed corridors."""

from __future__ import annotations

import numpy as np
import pytest
from cascade_worlds import names, network_of, random_world
from hypothesis import given, settings
from hypothesis import strategies as st

from clarion.errors import InputError
from clarion.spillover.engine.cascade import RULES, run

seeds = st.integers(0, 2**32 - 1)
rules = st.sampled_from(RULES)
fractions = st.sampled_from([0.0, 0.4, 1.0])
many = settings(max_examples=60, deadline=None)


def some_keep(seed, network):
    rng = np.random.default_rng([seed, 1])
    return np.where(rng.random(len(network.flows)) < 0.3, rng.choice([0.0, 0.5], len(network.flows)), 1.0)


@many
@given(seed=seeds, rule=rules, fraction=fractions)
def test_no_grain_appears_or_is_lost(seed, rule, fraction):
    E, P, R, loss = random_world(seed)
    network = network_of(E, P, R)
    keep = some_keep(seed, network)
    result = run(network, loss, rule=rule, reserve_fraction=fraction, keep=keep)
    size = network.production.sum() + network.flows.sum()
    assert result.dR.sum() + result.dC.sum() == pytest.approx(result.dP.sum(), abs=1e-12 * size)
    moved = network.by_importer(result.flows - network.flows) - network.by_exporter(result.flows - network.flows)
    assert result.dP + moved == pytest.approx(result.dR + result.dC, abs=1e-12 * size)
    assert result.mass_balance_error <= 1e-9
    assert (result.flows >= 0).all()
    assert (result.dC + result.C0 >= -1e-12 * size).all()
    assert (result.dR <= 0).all()
    assert (-result.dR <= (0 if rule == "burkholz" else fraction) * network.reserves * (1 + 1e-12)).all()
    assert (result.surplus <= result.withheld * (1 + 1e-12)).all()
    restricted = keep < 1
    assert (result.flows[restricted] <= (network.flows * keep)[restricted] * (1 + 1e-12)).all()


@many
@given(seed=seeds, rule=rules, fraction=fractions, power=st.integers(-60, 60))
def test_the_unit_does_not_matter(seed, rule, fraction, power):
    E, P, R, loss = random_world(seed)
    scale = 2.0**power  # a power of two keeps every digit, so the answers must agree to the last bit
    one = run(network_of(E, P, R), loss, rule=rule, reserve_fraction=fraction)
    other = run(network_of(E * scale, P * scale, R * scale), loss, rule=rule, reserve_fraction=fraction)
    for column in ("dP", "dR", "dC", "C0", "flows"):
        assert np.array_equal(getattr(one, column) * scale, getattr(other, column)), column
    assert one.iterations == other.iterations


@many
@given(seed=seeds, rule=rules, fraction=fractions)
def test_the_order_of_countries_does_not_matter(seed, rule, fraction):
    E, P, R, loss = random_world(seed)
    size = P.sum() + E.sum()
    order = np.random.default_rng(seed).permutation(len(P))
    countries = names(len(P))
    one = run(network_of(E, P, R, countries), loss, rule=rule, reserve_fraction=fraction)
    other_world = network_of(E[np.ix_(order, order)], P[order], R[order], countries)
    other = run(other_world, loss[order], rule=rule, reserve_fraction=fraction)
    for column in ("dP", "dR", "dC"):
        assert getattr(one, column)[order] == pytest.approx(getattr(other, column), abs=1e-7 * size), column


@many
@given(seed=seeds, rule=rules, fraction=fractions, reference=st.booleans())
def test_without_a_shock_nothing_happens(seed, rule, fraction, reference):
    E, P, R, _ = random_world(seed)
    network = network_of(E, P, R)
    result = run(network, np.zeros(len(P)), rule=rule, reserve_fraction=fraction, reference=reference)
    for change in (result.dP, result.dR, result.dC):
        assert np.abs(change).max() <= 1e-12 * (P.sum() + E.sum())
    assert result.flows == pytest.approx(network.flows, rel=1e-9)
    assert result.converged


@pytest.mark.parametrize(("rule", "fraction"), [("pta", 0.0), ("pta", 0.5), ("pta", 1.0), ("rta", 0.0)])
def test_where_rounding_decides_nothing_both_modes_agree(fsc, rule, fraction):
    wheat = fsc.crop("Wheat")
    loss = wheat.loss(UKR=1.0, RUS=1.0)
    one = run(wheat.network(), loss, rule=rule, reserve_fraction=fraction, reference=True)
    other = run(wheat.network(), loss, rule=rule, reserve_fraction=fraction)
    for column in ("dR", "dC", "C0"):
        assert np.abs(getattr(one, column) - getattr(other, column)).max() <= 1e-9 * one.C0.max(), column


def test_the_reserves_rule_has_an_answer_where_the_published_code_gives_up(fsc):
    wheat = fsc.crop("Wheat")
    result = run(wheat.network(), wheat.loss(UKR=1.0, RUS=1.0), rule="rta", reserve_fraction=0.5)
    assert result.converged
    assert (result.dR <= 0).all()
    assert (result.dC + result.C0 >= 0).all()


# A sells 30 to B and 10 to C; D sells 20 to B; D holds 100.
TRADE = np.array([[0, 30, 10, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 20, 0, 0]], float)
MADE, HELD, NONE = np.array([100.0, 10, 5, 50]), np.array([0.0, 0, 0, 100]), np.zeros(4)


def test_a_banned_flow_stays_at_home():
    network = network_of(TRADE, MADE, HELD)
    result = run(network, NONE, reserve_fraction=0.0, consumption_fraction=0.0, keep=[0, 1, 1])
    # B lacks 30. A may not sell to B; D, without reserves to use, sells no more. A keeps the 30.
    assert result.withheld.tolist() == [30, 0, 0, 0]
    assert result.surplus.tolist() == [30, 0, 0, 0]
    assert result.dC.tolist() == [30, -30, 0, 0]
    assert result.flows.tolist() == [0, 10, 20]


def test_others_step_in_for_a_banned_flow():
    network = network_of(TRADE, MADE, HELD)
    result = run(network, NONE, reserve_fraction=1.0, consumption_fraction=0.0, keep=[0, 1, 1])
    assert result.flows == pytest.approx([0, 10, 50])
    assert result.dR == pytest.approx([0, 0, 0, -30])
    assert result.dC == pytest.approx([30, 0, 0, 0])


def test_grain_kept_at_home_meets_a_loss_there_first():
    network = network_of(TRADE, MADE, HELD)
    result = run(network, [0.2, 0, 0, 0], reserve_fraction=0.0, consumption_fraction=0.0, keep=[0, 1, 1])
    assert result.surplus.tolist() == [10, 0, 0, 0]
    assert result.dC == pytest.approx([10, -30, 0, 0])


def test_grain_kept_at_home_leaves_over_open_links():
    trade = TRADE.copy()
    trade[1, 2] = 5  # B sells 5 to C as well, and will cut that
    network = network_of(trade, MADE, NONE)
    result = run(network, NONE, consumption_fraction=0.0, keep=[0, 1, 1, 1])
    c = network.index("AAC")
    sold = dict(zip(zip(network.row, network.column, strict=True), result.flows, strict=True))
    assert sold[0, c] > 10
    assert result.surplus[0] < 30
    assert result.dC[c] == pytest.approx(0, abs=1e-3)


def test_a_quota_is_never_raised_again():
    network = network_of(TRADE, MADE, np.full(4, 1000.0))
    result = run(network, [0, 1, 0, 0], reserve_fraction=1.0, keep=[0.5, 1, 1], consumption_fraction=0.0)
    assert result.flows[0] == 15


def test_unrecorded_stocks_are_taken_for_granted():
    E = np.array([[0.0, 50.0], [0.0, 0.0]])
    network = network_of(E, np.array([20.0, 0.0]), np.zeros(2))
    assert network.consumption.tolist() == [-30, 50]
    result = run(network, [0.5, 0])
    assert result.C0.tolist() == [0, 50]
    assert result.dC == pytest.approx([0, -10])


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"rule": "best"}, "no cascade rule 'best'"),
        ({"reserve_fraction": 1.5}, "reserve_fraction is 1.5"),
        ({"consumption_fraction": float("nan")}, "consumption_fraction is nan"),
        ({"iterations": 0}, "0 iterations"),
        ({"keep": [1, 1, 2]}, r"keep\[2\] is 2.0"),
        ({"keep": [1.0]}, "not one value for each link"),
        ({"keep": [1, 1, 1], "reference": True}, "know no restricted links"),
    ],
)
def test_impossible_questions_are_refused(options, named):
    with pytest.raises(InputError, match=named):
        run(network_of(TRADE, MADE, HELD), NONE, **options)


def test_impossible_losses_are_refused():
    network = network_of(TRADE, MADE, HELD)
    for loss in ([0, 0, 0], [0, 0, 0, -0.1], [0, 0, 0, 1.1], [0, 0, 0, float("nan")]):
        with pytest.raises(InputError):
            run(network, loss)


def test_no_equilibrium_is_reported_not_raised():
    E, P, R, loss = random_world(5)
    for reference in (True, False):
        result = run(network_of(E, P, R), np.maximum(loss, 0.3), iterations=1, reference=reference)
        assert not result.converged
        assert result.iterations == 1
        assert result.mass_balance_error <= 1e-9
