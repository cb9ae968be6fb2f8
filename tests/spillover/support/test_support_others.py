"""Plans beside the plan: rules that compare like with like, and the measure that a plan hangs on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from support_worlds import outlook

from clarion.spillover.engine.support import (
    Earmark,
    Floor,
    Lot,
    SupportQuestion,
    effects,
    plan,
    shipped_measures,
)
from clarion.spillover.engine.support.best import build
from clarion.spillover.engine.support.rules import best_measures, by_share

MENU = shipped_measures()
KNOWN = effects(outlook(), MENU, 0)
ASKED = SupportQuestion(30e6)


@pytest.mark.parametrize(
    "more",
    [{}, {"floor": Floor("money", 1.0)}, {"earmarks": (Earmark("a", 5e6, ("BGD",)),)}, {"country_caps": {"EGY": 2e6}}],
    ids=str,
)
def test_the_best_measures_within_each_country_s_share(more):
    asked = replace(ASKED, **more)
    problem = build(asked, KNOWN)
    own = by_share(problem, asked.budget, problem.need)
    given = own.sum(axis=1)
    money = best_measures(problem, given)
    assert (money.sum(axis=1) <= given * 1.002).all()
    assert money.sum() <= asked.budget * (1 + 1e-6)
    for i in range(problem.countries):
        assert problem.avoided(money)[i].mean() >= problem.avoided(own)[i].mean() * (1 - 1e-3)


def test_what_the_plan_is_better_by_is_parted_in_two():
    found = plan(ASKED, KNOWN, {}, runs=0, points=1)
    better = {rule.rule: rule.plan_avoids_more.value for rule in found.compared}
    assert 0 < better["need-best"] < better["need-only"]


def test_the_measure_that_carries_a_plan_and_a_plan_without_it():
    found = plan(ASKED, KNOWN, {}, runs=0, points=1)
    carried = found.carried
    assert 0.5 < carried.share <= 1.0
    without = tuple(m for m in MENU if m.id != carried.measure)
    then = plan(replace(ASKED, measures=without), effects(outlook(), without, 0), {}, runs=0, points=1)
    assert carried.without.value == pytest.approx(then.expected.value, rel=1e-6)
    assert carried.without.value < found.expected.value
    shares = {m.id: 0.0 for m in MENU}
    for funded in found.funded:
        shares[funded.measure] += funded.money.value
    assert carried.measure == max(shares, key=shares.__getitem__)


def test_it_is_the_harm_avoided_that_counts_not_the_money():
    """A cheap measure that avoids most carries the plan, though a dear one takes most of the money."""
    asked = replace(ASKED, earmarks=(Earmark("food", 20e6, (), ("food-aid",)),))
    found = plan(asked, KNOWN, {}, runs=0, points=1)
    money = {m.id: sum(f.money.value for f in found.funded if f.measure == m.id) for m in MENU}
    assert max(money, key=money.__getitem__) == "food-aid"
    assert found.carried.measure != "food-aid"


@pytest.mark.parametrize(
    "more", [{"lots": (Lot("corridor", 1e6),)}, {"floor": Floor("harm", 0.1)}], ids=["lots", "floor of harm"]
)
def test_what_takes_long_is_not_worked_again(more):
    found = plan(replace(ASKED, **more), KNOWN, {}, runs=0, points=1)
    assert found.carried.share > 0
    assert found.carried.without is None


def test_where_no_plan_is_possible_without_it_there_is_none():
    corridor = [m.id for m in MENU].index("corridor")
    asked = replace(ASKED, earmarks=(Earmark("ships", 20e6, (), ("corridor",)),))
    found = plan(asked, KNOWN, {}, runs=0, points=1)
    assert (found.carried.measure, found.carried.without) == (MENU[corridor].id, None)


def test_a_menu_of_one_is_not_carried_by_it():
    found = plan(replace(ASKED, measures=MENU[:1]), effects(outlook(), MENU[:1], 0), {}, runs=0, points=1)
    assert found.carried is None
    assert np.isfinite([rule.avoided.value for rule in found.compared]).all()
