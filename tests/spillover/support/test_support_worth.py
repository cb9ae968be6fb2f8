"""Money that avoids nothing more stays unspent, whatever the budget, and the plan stays the best by that rule."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from support_oracle import plain, problem
from support_worlds import outlook

from clarion.spillover.engine.support import Earmark, Lot, SupportQuestion, effects, plan, solve
from clarion.spillover.engine.support.lots import Lots
from clarion.spillover.engine.support.problem import Rows
from clarion.spillover.engine.support.worth import WORTH, worthwhile

LARGE = (2e11, 5e11)


def rich(seed, risk=0.0):
    """A problem whose budget is three times what its caps can take."""
    case = problem(seed, risk=risk, tight=3.0)
    # Effects of one hundred-thousandth: what a million USD avoids goes from many person-years to less than one.
    return replace(case, effect=case.effect * 1e-3)


@pytest.mark.parametrize("risk", [0.0, 0.7])
@pytest.mark.parametrize("seed", range(6))
def test_no_plan_is_better_once_money_counts(seed, risk):
    case = rich(seed, risk)
    found = worthwhile(case)
    best = plain(case, WORTH)
    assert found.objective - WORTH * found.money.sum() == pytest.approx(best, rel=1e-6)
    assert found.objective == pytest.approx(case.objective(found.money))
    assert found.gap <= 1e-6
    assert found.prices[0] == pytest.approx(0.0, abs=1e-9)


def test_a_budget_that_is_all_put_to_use_changes_nothing():
    case = problem(1)
    plainly, found = solve(case), worthwhile(case)
    assert plainly.prices[0] > WORTH
    assert (found.money == plainly.money).all()
    assert found.bound == plainly.bound


def test_a_larger_budget_is_left_unspent():
    known = effects(outlook(), SupportQuestion(1e6).measures, 0)
    one, two = (plan(SupportQuestion(budget), known, {}, runs=0, points=1) for budget in LARGE)
    assert one.spent < 0.5 * LARGE[0]
    assert two.spent == pytest.approx(one.spent, rel=1e-3)
    assert two.expected.value == pytest.approx(one.expected.value, rel=1e-6)
    assert (two.more.expected.value, two.more.goes_to) == (0.0, ())
    assert two.prices == ()
    # What it leaves, no plan of all the money could avoid at less than a million USD a person-year.
    everything = known.harm.mean(axis=1).sum()
    assert everything - two.expected.value < WORTH * (LARGE[1] - two.spent)


def test_the_curve_is_flat_where_there_is_enough():
    known = effects(outlook(), SupportQuestion(1e6).measures, 0)
    found = plan(SupportQuestion(1e9), known, {}, runs=0, points=8)
    values = [point.objective for point in found.curve]
    assert [point.budget for point in found.curve] == pytest.approx(np.linspace(2.5e8, 2e9, 8))
    assert values == sorted(values)
    assert values[-1] == pytest.approx(found.objective, rel=1e-6)
    alone = plan(SupportQuestion(2e9), known, {}, runs=0, points=1)
    assert alone.objective == pytest.approx(values[-1], rel=1e-6)


def test_what_an_earmark_cannot_use_is_said_by_its_name():
    known = effects(outlook(), SupportQuestion(1e6).measures, 0)
    asked = SupportQuestion(220e6, earmarks=(Earmark("For Somalia", 200e6, ("SOM",)),))
    found = plan(asked, known, {}, runs=0, points=1)
    ((_, left),) = found.unspent
    assert left > 0.5 * 200e6
    assert found.spent == pytest.approx(220e6 - left, rel=1e-3)
    assert any("For Somalia" in note and "stays unspent" in note for note in found.notes)


def test_lots_do_not_spend_what_avoids_nothing():
    asked = SupportQuestion(LARGE[0], lots=(Lot("corridor", 1e6),))
    known = effects(outlook(), asked.measures, 0)
    found = plan(asked, known, {}, runs=0, points=1)
    assert found.spent < 0.5 * LARGE[0]
    assert found.gap <= 1e-3


def test_lots_for_every_measure_leave_the_kept_money_free():
    case = rich(3)
    found = worthwhile(case, Lots(np.full(case.measures, 1e3), np.zeros(case.measures, bool)))
    assert found.money.shape == case.cap.shape
    assert found.objective - WORTH * found.money.sum() <= plain(case, WORTH) * (1 + 1e-6)


def test_a_row_beside_the_budget_is_kept():
    case = rich(2)
    floor = -np.eye(case.cap.size)[-2:].sum(axis=0)
    rows = Rows(np.vstack([case.rows.matrix, floor]), np.append(case.rows.limit, -0.5 * case.cap[-1].sum()),
                case.rows.labels * 2)  # fmt: skip
    found = worthwhile(replace(case, rows=rows))
    assert found.money[-1].sum() >= 0.5 * case.cap[-1].sum() * (1 - 1e-6)
