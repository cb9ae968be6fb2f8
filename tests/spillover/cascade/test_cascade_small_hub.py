"""A hub that is small beside world trade must not send on what it never received."""

import numpy as np
import pytest

from clarion.spillover.engine.cascade import Network, run


@pytest.mark.parametrize("rule", ["pta", "rta", "burkholz"])
def test_mass_holds_where_the_stop_rule_is_coarser_than_the_hub(rule):
    """Two giants' trade of 1e10 makes 150 a standstill; the hub, which uses nothing, is short of less than that."""
    countries = ("BUY", "GIA", "GIB", "HUB", "SEL")
    row_start = np.array([0, 0, 1, 1, 2, 3])
    column = np.array([2, 0, 3])
    flows = np.array([1e10, 900.0, 900.0])
    production = np.array([0.0, 2e10, 0.0, 0.0, 900.0])
    network = Network(countries, row_start, column, flows, production, np.zeros(5))
    found = run(network, np.array([0.0, 0.0, 0.0, 0.0, 0.1]), rule=rule)
    assert found.mass_balance_error < 1e-9
    hub_in, hub_out = found.flows[2], found.flows[1]
    assert hub_out <= hub_in * (1 + 1e-9)
    assert found.dC.sum() == pytest.approx(-90.0)
