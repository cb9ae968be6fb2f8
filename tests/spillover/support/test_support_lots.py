"""Plans in lots against every choice of lots."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_oracle import plain, problem

from clarion.errors import InputError
from clarion.spillover.engine.simulation import Cancelled
from clarion.spillover.engine.support import Rows, solve
from clarion.spillover.engine.support.lots import Lots, solve_lots


def enumerated(case, lot):
    """The best of all choices of used cells, each a plain programme with a least amount in it."""
    best = -np.inf
    for used in product([0, 1], repeat=case.cap.size):
        on = np.array(used, bool).reshape(case.cap.shape)
        if (on & (case.cap < lot)).any():
            continue
        least = np.eye(case.cap.size)[on.ravel()]
        rows = Rows(
            np.vstack([case.rows.matrix, -least]), np.append(case.rows.limit, np.full(len(least), -lot)),
            (*case.rows.labels, *case.rows.labels[:1] * len(least)),
        )  # fmt: skip
        value = plain(replace(case, cap=np.where(on, case.cap, 0), rows=rows))
        best = max(best, -np.inf if value is None else value)
    return best


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([0.0, 1.0]))
def test_least_amounts_equal_enumeration(seed, risk):
    case = problem(seed, countries=2, measures=2, draws=4, tight=0.5, risk=risk)
    lot = 0.4 * float(case.cap.max())
    found = solve_lots(case, Lots(np.full(2, lot), np.zeros(2, bool)), solve(case), relative_gap=1e-7)
    best = enumerated(case, lot)
    assert found.objective == pytest.approx(best, rel=1e-6, abs=1e-6 * case.expected)
    assert found.bound >= best - 1e-6 * case.expected
    assert ((found.money == 0) | (found.money >= lot * (1 - 1e-9))).all()


def test_whole_lots_are_multiples():
    case = problem(4, countries=3, measures=2, draws=5, tight=0.5)
    lot = 0.2 * float(case.cap.max())
    found = solve_lots(case, Lots(np.array([lot, 0.0]), np.array([True, False])), solve(case))
    counts = found.money[:, 0] / lot
    best = max(
        plain(replace(case, cap=np.column_stack([lot * np.array(n), case.cap[:, 1]]))) or 0.0
        for n in product(*(range(int(c // lot) + 1) for c in case.cap[:, 0]))
        if lot * sum(n) <= case.rows.limit[0]
    )
    assert np.allclose(counts, np.round(counts))
    # The enumeration lets part of a lot be used, which can only be better.
    assert found.objective <= best + 1e-6 * case.expected


def test_larger_problems_grow_by_what_they_miss():
    case = problem(7, countries=40, measures=2, draws=120, tight=0.3, risk=0.5)
    lot = 0.3 * float(np.median(case.cap))
    found = solve_lots(case, Lots(np.full(2, lot), np.zeros(2, bool)), solve(case), relative_gap=1e-3)
    assert found.gap <= 1e-3
    assert found.objective <= solve(case).bound


def test_lots_that_break_a_limit_are_refused():
    case = problem(2, countries=2, measures=1, draws=4)
    floor = Rows(np.array([[1.0, 1.0], [-1.0, 0.0]]), np.array([10.0, -1.0]), case.rows.labels * 2)
    tight = replace(case, rows=floor, cap=np.full((2, 1), 10.0), effect=np.ones((2, 1, 4)))
    with pytest.raises(InputError, match="lots"):
        solve_lots(tight, Lots(np.array([20.0]), np.zeros(1, bool)), solve(tight))


def test_a_search_that_is_asked_to_stop_stops():
    case = problem(5, countries=12, measures=3, draws=40, tight=0.3)
    asked = []

    def soon():
        asked.append(True)
        return len(asked) > 2

    lots = Lots(np.full(case.measures, float(np.median(case.cap[case.cap > 0])) / 3), np.zeros(case.measures, bool))
    with pytest.raises(Cancelled):
        solve_lots(case, lots, solve(case), relative_gap=0.0, cancelled=soon)
    assert len(asked) == 3


def test_an_error_while_it_is_asked_comes_through():
    case = problem(5, countries=12, measures=3, draws=40, tight=0.3)

    def broken():
        raise OSError("the database is away")

    with pytest.raises(OSError, match="database"):
        solve_lots(case, Lots(np.full(3, 1e5), np.zeros(3, bool)), solve(case), cancelled=broken)
