"""Bans and the price settle together: monotone, common numbers, and a count of what does not settle."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarion.compute import stream
from clarion.spillover.engine.market import log_price, settled

N, D = 12, 40


def ask(gap, rise=0.2, stocks=0.0, rounds=50, seed=1, banned=None, slope=2.2):
    rng = stream(seed, "feedback")
    u, withheld = rng.random((D, N)) * 0.2, rng.random((D, N)) * 0.01
    full = np.full(D, 1.0)
    return settled(
        gap * full, withheld, u, rise * full, np.zeros(N), (np.arange(N) % 3 == 0).astype(float),
        np.tile([-5.0, slope, 0.0, 2.0], (D, 1)), stocks, 0.25 * full, 0.09 * full, 0.055 * full, rounds=rounds,
        banned=banned,
    ), withheld  # fmt: skip


def test_the_price_clears_the_gap_that_bans_leave():
    found, withheld = ask(0.02)
    assert found.banned.any()
    assert not found.banned.all()
    by_hand = [
        log_price(0.02 + (w * b).sum(), 0.0, 0.25, 0.09, 0.055) for w, b in zip(withheld, found.banned, strict=True)
    ]
    assert found.price == pytest.approx(by_hand)
    assert found.unsettled == 0
    assert 1 <= found.rounds.min() <= found.rounds.max() <= N + 1


ROUNDING = 1e-12  # the same doors closed in another order add up to another last digit


@given(st.floats(0.0, 0.1), st.floats(0.0, 0.1), st.integers(0, 20))
def test_a_larger_gap_never_lowers_the_price_or_opens_a_door(one, other, seed):
    small, large = (ask(gap, seed=seed)[0] for gap in sorted((one, other)))
    assert np.all(large.price >= small.price - ROUNDING)
    assert np.all(large.banned >= small.banned)


@given(st.floats(-0.5, 1.0), st.floats(-0.5, 1.0), st.integers(0, 20))
def test_a_dearer_market_never_has_fewer_bans(one, other, seed):
    calm, dear = (ask(0.01, rise=rise, seed=seed)[0] for rise in sorted((one, other)))
    assert np.all(dear.banned >= calm.banned)
    assert np.all(dear.price >= calm.price - ROUNDING)


@given(st.floats(0.0, 0.3))
def test_stocks_only_calm(stocks):
    assert np.all(ask(0.03, stocks=stocks)[0].price <= ask(0.03)[0].price)


def test_who_has_closed_stays_closed_and_the_callers_array_is_left_alone():
    before = np.zeros((D, N), np.bool_)
    before[:, 5] = True
    found, _ = ask(0.0, rise=-1.0, banned=before)
    assert found.banned[:, 5].all()
    assert before.sum() == D


def test_a_draw_that_does_not_settle_is_counted():
    found, _ = ask(0.05, rounds=1)
    assert found.unsettled == int((found.rounds == 2).sum()) > 0
    assert ask(0.05, rounds=N + 1)[0].unsettled == 0


def test_the_same_numbers_give_the_same_bytes():
    one, other = ask(0.02)[0], ask(0.02)[0]
    assert one.price.tobytes() == other.price.tobytes()
    assert one.banned.tobytes() == other.banned.tobytes()
