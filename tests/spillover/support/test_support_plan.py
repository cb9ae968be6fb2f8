"""From an outlook and a question to a plan, with what a reader needs to doubt it."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from support_worlds import COUNTRIES, outlook

from clarion.errors import InputError
from clarion.spillover.engine.support import (
    Earmark,
    Floor,
    Lot,
    SupportQuestion,
    check,
    effects,
    shipped_measures,
    support,
)
from clarion.spillover.engine.support.best import best, build
from clarion.spillover.engine.support.question import MOST_MEASURES

QUESTION = SupportQuestion(30e6, risk=0.5)


def test_the_plan_says_all_that_is_asked():
    asked = replace(
        QUESTION, earmarks=(Earmark("Horn of Africa", 4e6, ("SOM",)),), floor=Floor("money", 0.3),
    )  # fmt: skip
    found = support(asked, outlook(), seed=1, runs=3, points=4)
    data = json.loads(json.dumps(found.to_dict()))
    assert found.gap <= 1e-6
    assert found.spent <= asked.budget * (1 + 1e-9)
    assert sum(f["money"]["value"] for f in data["funded"]) == pytest.approx(found.spent, abs=10.0)
    # Somalia cannot use most of its earmark: what would avoid nothing more is not spent, and is said.
    assert 0 < found.unspent[0][1] < 4e6
    assert found.more.expected.value > 0
    assert sum(usd for _, _, usd in found.more.goes_to) == pytest.approx(asked.step, rel=0.05)
    assert {c.rule for c in found.compared} == {"pro-rata", "need-only", "need-best"}
    values = [point.objective for point in found.curve]
    assert values == sorted(values)
    assert all(0 <= f.funded.value <= 1 for f in found.funded)
    assert any("assum" in text or "published source" in text for text in found.methods)


def test_the_same_seed_gives_the_same_plan():
    one, two = (support(QUESTION, outlook(), seed=4, runs=2, points=2).to_dict() for _ in range(2))
    assert one == two
    assert one != support(QUESTION, outlook(), seed=5, runs=2, points=2).to_dict()


def test_plan_beats_the_rules_in_what_it_maximises():
    asked = replace(QUESTION, risk=0.0)
    found = support(asked, outlook(), runs=0, points=1)
    assert all(c.plan_avoids_more.value >= -1e-6 for c in found.compared)
    assert not found.funded[0].funded.known


def test_a_floor_of_harm_is_kept():
    known = effects(outlook(), QUESTION.measures, 0)
    asked = replace(QUESTION, budget=300e6, floor=Floor("harm", 0.3))
    problem = build(asked, known)
    avoided = problem.avoided(best(asked, known, problem).money).mean(axis=1)
    assert (avoided >= 0.3 * problem.harm.mean(axis=1) * (1 - 1e-5)).all()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"floor": Floor("harm", 0.4), "budget": 1e6}, "The floor of 40.0% for 6 countries needs"),
        ({"earmarks": (Earmark("a", 20e6), Earmark("b", 20e6))}, "The earmarks are 40.0 million USD"),
        ({"earmarks": (Earmark("a", 20e6, ("SOM",), ("cheaper-remittances",)),)}, "The earmark 'a' is 20.0 million"),
        ({"country_caps": {"EGY": 1e3}, "floor": Floor("money", 1.0)}, "Egypt: the floor is"),
        ({"lots": (Lot("corridor", 5e11),)}, "A lot of Alternative supplier or corridor"),
        (
            {"floor": Floor("money", 1.0, ("EGY", "BGD", "SOM", "LBN", "TUN", "KGZ")),
             "earmarks": (Earmark("a", 29e6, ("KGZ", "TUN"), ("food-aid", "import-subsidy", "strategic-stock")),)},
            "These limits cannot hold together|The earmark",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_with_its_limit(change, words):
    with pytest.raises(InputError, match=words) as error:
        support(replace(QUESTION, **change), outlook(), runs=0, points=1)
    assert error.value.next_step


def test_a_country_that_is_not_known_is_left_out_with_the_reason():
    there = outlook()
    people = there.people.copy()
    people[2] = np.nan
    found = support(QUESTION, replace(there, people=people), runs=0, points=1)
    assert "not known" in found.unknown["LBN"]
    assert "LBN" not in {c.country for c in found.countries}
    with pytest.raises(InputError, match="For no country"):
        effects(replace(there, people=np.full_like(people, np.nan)), QUESTION.measures, 0)


def test_what_comes_with_the_next_harvest_does_nothing_before_it():
    menu = shipped_measures()
    found = effects(outlook(), menu, 0)
    late = [m.id for m in menu].index("fertiliser-voucher")
    assert found.cap[COUNTRIES.index("KGZ"), late] == 0
    assert found.effect[COUNTRIES.index("BGD"), late].mean() > 0


def test_food_aid_at_its_cost():
    aid = replace(shipped_measures()[0], begins=0)
    found = effects(outlook(), (aid,), 0)
    assert found.effect.min() >= 1 / 320 * 0.4
    assert found.effect.max() <= 1 / 170 * 0.9


def test_a_change_of_one_cost_moves_no_other_draw():
    menu = shipped_measures()
    dear = (replace(menu[0], cost=menu[1].cost), *menu[1:])
    one, two = effects(outlook(), menu, 7), effects(outlook(), dear, 7)
    assert (one.effect[:, 1:] == two.effect[:, 1:]).all()
    assert (one.harm == two.harm).all()


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(InputError, match="price has the shape"):
        replace(outlook(), price=np.ones(6))


def test_every_dollar_of_the_plan_is_listed():
    """A cell far below a ten-thousandth of the budget is money that is spent all the same."""
    wanted = support(QUESTION, outlook(), runs=0, points=1).funded[0].measure
    menu = tuple(replace(m, most=500.0) if m.id == wanted else m for m in shipped_measures())
    found = support(replace(QUESTION, measures=menu), outlook(), runs=0, points=1)
    listed = sum(f.money.value for f in found.funded if f.measure == wanted)
    assert listed == pytest.approx(500.0, rel=1e-3)
    assert all(f.money.value >= 1.0 for f in found.funded)


@pytest.mark.parametrize("kind", ["money", "harm"])
def test_a_floor_leaves_out_whom_no_measure_can_help(kind):
    menu = tuple(replace(m, caps={"TUN": 0.01}) for m in shipped_measures())
    asked = SupportQuestion(300e6, menu, floor=Floor(kind, 0.2))
    found = support(asked, outlook(), runs=0, points=1)
    assert ["Tunisia" in str(note) for note in found.notes] == [True]
    assert support(replace(asked, measures=shipped_measures()), outlook(), runs=0, points=1).notes == ()


def test_a_floor_of_the_whole_budget_settles():
    found = support(SupportQuestion(5e6, floor=Floor("money", 1.0)), outlook(), runs=0, points=1)
    assert found.spent == pytest.approx(5e6, rel=2e-3)


def test_the_menu_has_a_limit():
    menu = tuple(replace(shipped_measures()[0], id=f"m{k}") for k in range(MOST_MEASURES + 1))
    assert len(SupportQuestion(1e6, menu[:-1]).measures) == MOST_MEASURES
    with pytest.raises(InputError, match="at most 20"):
        SupportQuestion(1e6, menu)


@pytest.mark.parametrize(
    "change",
    [{"floor": Floor("harm", 1.0), "budget": 1e6}, {"earmarks": (Earmark("a", 40e6),)},
     {"country_caps": {"EGY": 1e3}, "floor": Floor("money", 1.0)}],
)  # fmt: skip
def test_what_cannot_be_is_refused_without_the_work(change):
    asked = replace(QUESTION, **change)
    with pytest.raises(InputError):
        check(asked, effects(outlook(), asked.measures, 0))
