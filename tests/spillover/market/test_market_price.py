"""The price that clears a shortage, and the hazard of a ban, against what is worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from clarion.spillover.engine.market import DEAREST, log_price, monthly_hazard


def test_a_shortage_of_five_percent_at_the_published_elasticities():
    # Roberts and Schlenker: 5 % of calories move the price by about 30 % (elasticities .11 and .06, say).
    assert math.exp(log_price(0.05, 0.0, 0.0, 0.11, 0.06)) == pytest.approx(1.352, abs=1e-3)


def test_stocks_close_part_of_a_shortage_and_do_not_deepen_a_glut():
    assert log_price(0.05, 0.1, 0.5, 0.1, 0.05) == 0.0
    assert log_price(-0.05, 0.1, 0.5, 0.1, 0.05) == log_price(-0.05, 0.0, 0.0, 0.1, 0.05) < 0


@pytest.mark.parametrize("gap", [0.5, 1.0, 2.0])
def test_a_market_without_supply_is_no_dearer_than_the_law_can_tell(gap):
    assert math.exp(log_price(gap, 0.0, 0.0, 0.1, 0.05)) == pytest.approx(DEAREST)
    assert math.exp(log_price(0.2, 0.0, 0.0, 0.1, 0.05)) == pytest.approx(0.8 ** (-1 / 0.15))


def test_the_hazard_is_logistic():
    coefficients = np.array([-4.0, 3.0, 2.0, 1.0])
    assert monthly_hazard(0.5, 0.25, 1.0, coefficients) == pytest.approx(1 / (1 + math.exp(1.0)))
