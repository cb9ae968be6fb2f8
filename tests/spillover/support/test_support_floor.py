"""A floor of harm that cannot be kept says the largest one that can, and that one is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support_worlds import outlook

from clarion.errors import InputError
from clarion.spillover.engine.support import Earmark, Floor, SupportQuestion, check, effects, plan, shipped_measures
from clarion.spillover.engine.support.best import best, build

TIGHT = tuple(replace(m, caps={"TUN": 1e5}) for m in shipped_measures())
ASKED = (
    SupportQuestion(30e6, floor=Floor("harm", 0.9)),
    SupportQuestion(500e6, TIGHT, floor=Floor("harm", 0.99)),
    SupportQuestion(20e6, earmarks=(Earmark("a", 12e6, ("EGY", "BGD")),), floor=Floor("harm", 0.7)),
    SupportQuestion(90e6, country_caps={"SOM": 1e5}, floor=Floor("harm", 0.5, ("SOM", "EGY"))),
    SupportQuestion(60e6, floor=Floor("harm", 1.0), risk=1.0),
)


def largest(asked, known):
    with pytest.raises(InputError, match="The largest floor of harm within these limits is") as error:
        check(asked, known)
    return error.value.details["largest"]


@pytest.mark.parametrize("asked", ASKED, ids=range(len(ASKED)))
def test_the_largest_floor_is_kept_and_no_larger_one_is(asked):
    known = effects(outlook(), asked.measures, 0)
    most = largest(asked, known)
    assert 0.0 < most < asked.floor.share
    lower = replace(asked, floor=replace(asked.floor, share=most))
    problem = build(lower, known)
    avoided = problem.avoided(best(lower, known, problem).money).mean(axis=1)
    named = [i for i, country in enumerate(known.countries) if country in (asked.floor.countries or known.countries)]
    assert (avoided[named] >= most * problem.harm.mean(axis=1)[named] * (1 - 1e-5)).all()
    with pytest.raises(InputError, match="largest floor"):
        check(replace(asked, floor=replace(asked.floor, share=most + 0.003)), known)


def test_the_country_that_falls_shortest_is_named():
    menu = tuple(replace(m, caps={"TUN": 2e4, "EGY": 2e6}) for m in shipped_measures())
    asked = SupportQuestion(500e6, menu, floor=Floor("harm", 0.9))
    with pytest.raises(InputError, match="Tunisia: the floor asks to avoid"):
        check(asked, effects(outlook(), menu, 0))


def test_draws_that_do_not_allow_the_floor_do_not_end_the_plan():
    """The largest floor of the draws is more than some draws taken anew allow."""
    known = effects(outlook(), shipped_measures(), 0)
    asked = SupportQuestion(20e6, floor=Floor("harm", 0.9))
    asked = replace(asked, floor=Floor("harm", largest(asked, known)))
    found = plan(asked, known, {}, runs=6, points=1)
    assert all(f.funded.known for f in found.funded)


def test_a_floor_for_countries_without_harm_is_said():
    known = effects(outlook(), shipped_measures(), 0)
    found = plan(SupportQuestion(60e6, floor=Floor("money", 0.2, ("EGY", "CHE"))), known, {}, runs=0, points=1)
    assert ["Switzerland" in note for note in found.notes] == [True]


def test_where_no_floor_is_possible_that_is_said():
    menu = tuple(replace(m, caps={"BGD": 2.0}) for m in shipped_measures())
    with pytest.raises(InputError, match="No floor of harm for all of these countries") as error:
        check(SupportQuestion(500e6, menu, floor=Floor("harm", 0.5)), effects(outlook(), menu, 0))
    assert error.value.details["largest"] == 0.0
