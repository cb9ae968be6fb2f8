"""The method against the plain programme, and the laws that any best plan keeps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_oracle import plain, problem

from clarion.errors import InputError
from clarion.spillover.engine.support import Rows, solve
from clarion.spillover.engine.support.problem import cvar

SEEDS = st.integers(0, 10_000)


def with_budget(case, budget):
    return replace(case, rows=Rows(case.rows.matrix, np.append(budget, case.rows.limit[1:]), case.rows.labels))


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.sampled_from([0.0, 0.5, 2.0]), st.sampled_from([0.05, 0.4, 1.5]), st.booleans())
def test_equals_the_plain_programme(seed, risk, tight, extra):
    case = problem(seed, countries=4, measures=3, draws=9, tight=tight, risk=risk, extra=extra)
    best = plain(case)
    found = solve(case)
    size = max(abs(best), 1e-3 * case.expected)
    assert abs(found.objective - best) <= 1e-6 * size
    assert found.bound >= best - 1e-9 * size
    assert found.bound - found.objective <= 1e-6 * size
    used = case.rows.matrix @ found.money.ravel() - case.rows.limit
    assert (used <= 1e-7 * np.abs(case.rows.limit)).all()
    assert (found.money >= 0).all()
    assert (found.money <= case.cap * (1 + 1e-12)).all()


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.sampled_from([0.0, 1.0]))
def test_value_rises_and_bends_down_with_the_budget(seed, risk):
    case = problem(seed, risk=risk)
    budgets = np.linspace(0.1, 1.2, 6) * case.cap.sum()
    values = np.array([solve(with_budget(case, b)).objective for b in budgets])
    steps = np.diff(values)
    assert (steps >= -1e-6 * case.expected).all()
    assert (np.diff(steps) <= 1e-6 * case.expected).all()


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.sampled_from([0.0, 1.0]))
def test_order_of_countries_and_draws_does_not_matter(seed, risk):
    case = problem(seed, risk=risk)
    order, drawn = np.random.default_rng(seed).permutation(3), np.random.default_rng(seed).permutation(6)
    turned = replace(
        case, harm=case.harm[order][:, drawn], effect=case.effect[order][:, :, drawn], cap=case.cap[order],
        weight=case.weight[order], probability=case.probability[drawn],
    )  # fmt: skip
    assert solve(turned).objective == pytest.approx(solve(case).objective, rel=1e-6, abs=1e-6 * case.expected)


def test_price_of_the_budget_is_its_slope():
    case = problem(3, countries=5, draws=30)
    found = solve(case)
    budget = case.rows.limit[0]
    more = solve(with_budget(case, budget * 1.001)).objective - found.objective
    less = found.objective - solve(with_budget(case, budget * 0.999)).objective
    assert more * (1 - 1e-3) <= found.prices[0] * budget * 0.001 <= less * (1 + 1e-3)


def test_money_that_avoids_nothing_is_not_spent():
    case = problem(1, tight=1.0)
    rich = with_budget(case, 1e3 * case.cap.sum())
    found = solve(rich)
    assert found.money[~case.effect.any(axis=2)].sum() == 0
    assert found.money.sum() <= case.cap.sum()


def test_a_draw_wrongly_left_out_of_the_tail_is_taken_in():
    rng = np.random.default_rng(0)
    case = problem(0, countries=6, draws=120, risk=2.0)
    case = replace(case, harm=rng.permuted(case.harm, axis=1), level=0.95)
    assert solve(case).gap <= 1e-6


def test_cvar_counts_the_border_in_part():
    assert cvar(np.array([1.0, 2.0, 3.0, 4.0]), np.full(4, 0.25), 0.5) == pytest.approx(3.5)
    assert cvar(np.array([1.0, 2.0, 3.0, 4.0]), np.full(4, 0.25), 0.6) == pytest.approx((4 * 0.25 + 3 * 0.15) / 0.4)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"harm": np.full((3, 6), -1.0)}, "harm"),
        ({"harm": np.zeros((3, 6))}, "harm"),
        ({"cap": np.full((3, 2), np.nan)}, "cap"),
        ({"effect": np.ones((3, 2, 5))}, "effect"),
        ({"probability": np.full(6, 0.2)}, "probability"),
        ({"risk": -1.0}, "risk"),
    ],
)
def test_bad_arrays_are_refused(change, where):
    with pytest.raises(InputError) as error:
        replace(problem(0), **change)
    assert error.value.where == where
    assert error.value.next_step
