"""The FAO's prevalence of undernourishment, calibrated and shocked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from clarion.spillover.engine.people import calibrated_mder, drawn, drawn_pou, newly_undernourished, pou

a = np.asarray


def test_formula_by_hand():
    # CV 0.3, DES 2500, MDER 1800: sigma^2 = ln 1.09, mu = ln 2500 - sigma^2 / 2.
    sigma = np.sqrt(np.log(1.09))
    mu = np.log(2500) - sigma**2 / 2
    expected = norm.cdf((np.log(1800) - mu) / sigma)
    assert pou(a(2500.0), a(0.3), a(1800.0)) == pytest.approx(expected, rel=1e-12)
    # The lognormal has mean DES, whatever CV: draw and see.
    draws = np.exp(np.random.default_rng(1).normal(mu, sigma, 400_000))
    assert draws.mean() == pytest.approx(2500, rel=2e-3)
    assert (draws < 1800).mean() == pytest.approx(expected, abs=2e-3)


_des, _cv, _share = st.floats(1500, 4000), st.floats(0.15, 0.5), st.floats(0.002, 0.7)


@given(_des, _cv, _share)
def test_calibration_reproduces_what_was_published(des, cv, published):
    mder = calibrated_mder(a(des), a(cv), a(published))
    assert pou(a(des), a(cv), mder) == pytest.approx(published, rel=1e-9)


@given(_des, _cv, _share, st.floats(0, 0.9))
def test_mder_cancels(des, cv, published, lost):
    """The shortcut equals the long way: calibrate, lower DES, compare."""
    mder = calibrated_mder(a(des), a(cv), a(published))
    long_way = 1e6 * (pou(a(des * (1 - lost)), a(cv), mder) - published)
    short = newly_undernourished(a(lost * des), a(des), a(cv), a(published), a(1e6))
    assert short == pytest.approx(float(long_way), rel=1e-6, abs=1e-3)


@given(_des, _cv, _share, st.floats(0, 2000), st.floats(0, 2000))
def test_more_loss_is_never_fewer_people(des, cv, published, one, two):
    low, high = sorted((one, two))
    people = newly_undernourished(a([low, high]), a(des), a(cv), a(published), a(1.0))
    assert 0 <= people[0] <= people[1] <= 1


def test_nothing_lost_nobody_pushed():
    assert newly_undernourished(a([0.0, -50.0]), a(2500.0), a(0.3), a(0.1), a(1e6)).tolist() == [0.0, 0.0]


def test_draws():
    u = np.linspace(0.0005, 0.9995, 1000)
    around = drawn(2000.0, 0.05, u)
    assert around.min() >= 1900
    assert around.max() <= 2100
    assert around.mean() == pytest.approx(2000, rel=1e-6)
    censored = drawn_pou(2.5, True, u)
    assert 0 < censored.min() < censored.max() <= 0.025
    assert drawn_pou(10.0, False, u).mean() == pytest.approx(0.1, rel=1e-3)
    assert drawn_pou(2.6, False, a([0.0])) == pytest.approx(0.0208)
