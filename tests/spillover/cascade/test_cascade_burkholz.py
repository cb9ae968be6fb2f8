"""Export restrictions worked out by hand."""

import numpy as np
import pytest
from cascade_worlds import network_of

from clarion.spillover.engine.cascade import run


def after(E, P, loss, **options):
    P = np.array(P, float)
    return run(network_of(np.array(E, float), P, np.full(len(P), 1000.0)), loss, rule="burkholz", **options)


CHAIN = [[0, 30, 10], [0, 0, 15], [0, 0, 0]]


@pytest.mark.parametrize("reference", [True, False])
def test_a_deficit_within_exports_travels_to_the_end_of_the_chain(reference):
    # A lacks 20 and halves its exports of 40: B lacks 15 and C 5. B cuts all its 15, so C lacks 5 + 15.
    result = after(CHAIN, [100, 20, 0], [0.2, 0, 0], reference=reference)
    assert result.dC == pytest.approx([0, 0, -20], abs=1e-12)
    assert result.dR.tolist() == [0, 0, 0]
    assert result.C0.tolist() == [60, 35, 25]
    assert result.flows == pytest.approx([15, 5, 0])
    assert result.converged


def test_what_exports_cannot_cover_is_borne_at_home():
    # A lacks 60, cuts all 40 and bears 20; B lacks 30, cuts all 15 and bears 15; C loses 10 from A and 15 from B.
    result = after(CHAIN, [100, 20, 0], [0.6, 0, 0])
    assert result.dC == pytest.approx([-20, -15, -25], abs=1e-12)
    assert result.flows == pytest.approx([0, 0, 0])


def test_a_deficit_circles_until_exports_run_out():
    # A -> B 10, B -> A 5. A lacks 4: B lacks 4, cuts 4 of 5; A lacks 4, cuts 4 of 6; B lacks 4, cuts its last 1 and
    # bears 3; A lacks 1, cuts 1 of 2; B bears 1 more.
    result = after([[0, 10], [5, 0]], [20, 10], [0.2, 0])
    assert result.dC == pytest.approx([0, -4], abs=1e-12)
    assert result.flows == pytest.approx([1, 0], abs=1e-12)


def test_two_suppliers_fail_at_once():
    # A and B each lack 6 and each sells 10 to C and D in the shares 6:4 and 5:5.
    result = after([[0, 0, 6, 4], [0, 0, 5, 5], [0, 0, 0, 0], [0, 0, 0, 0]], [30, 12, 0, 1], [0.2, 0.5, 0, 0])
    assert result.dC == pytest.approx([0, 0, -6.6, -5.4], abs=1e-12)


def test_fractions_and_reserves_do_not_matter():
    plain = after(CHAIN, [100, 20, 0], [0.6, 0, 0], reserve_fraction=0.0, consumption_fraction=0.0)
    other = after(CHAIN, [100, 20, 0], [0.6, 0, 0], reserve_fraction=1.0, consumption_fraction=0.5)
    assert np.array_equal(plain.dC, other.dC)
    assert other.dR.tolist() == [0, 0, 0]
