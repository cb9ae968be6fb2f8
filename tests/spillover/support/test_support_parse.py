"""The menu and the question from TOML: what is read, and what each complaint says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clarion.errors import InputError, ScenarioError
from clarion.spillover.engine.scenario import Range
from clarion.spillover.engine.scenario.section import Text
from clarion.spillover.engine.support import (
    Earmark,
    SupportQuestion,
    parse_measures,
    parse_support,
    shipped_measures,
    support_from,
)

WHOLE = """
budget = 25_000_000
menu = ["food-aid", "corridor"]
risk = 1.0
level = 0.95
step = 500_000

[[measures]]
id = "food-aid"
cost = 300

[[earmarks]]
name = "Horn of Africa"
amount = 5_000_000
countries = ["SOM", "ETH"]

[floor]
kind = "money"
share = 0.4

[[lots]]
measure = "corridor"
amount = 250_000
whole = true

[country_caps]
EGY = 3_000_000
"""


def test_a_whole_question():
    asked = parse_support(WHOLE)
    assert asked.budget == 25e6
    assert [m.id for m in asked.measures] == ["food-aid", "corridor"]
    assert asked.measures[0].cost == Range.exactly(300)
    assert "set by the user" in asked.measures[0].source
    assert asked.earmarks == (Earmark("Horn of Africa", 5e6, ("SOM", "ETH")),)
    assert asked.floor.share == 0.4
    assert asked.lots[0].whole
    assert asked.country_caps == {"EGY": 3e6}
    assert asked.step == 5e5


def test_the_shipped_menu_cites_or_admits():
    menu = shipped_measures()
    assert len(menu) == 7
    for measure in menu:
        assert measure.source
        assert set(measure.sources) == set(measure.parameters)
    food = menu[0]
    assert (food.cost.mode, food.unit) == (212, "person-year")
    assert "reached" in food.assumed()
    assert "cost" not in food.assumed()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("budget = 0", 1, "above zero"),
        ("budget = -5", 1, "outside"),
        ("menu = []", None, "budget"),
        ('budget = 1e6\nmenu = ["food-ade"]', 2, "no measure"),
        ("budget = 1e6\nbudgt = 2", 2, "no key"),
        ('budget = 1e6\n[floor]\nkind = "people"\nshare = 0.4', 3, "kind of floor"),
        ('budget = 1e6\n[floor]\nkind = "money"\nshare = 40', 4, "outside 0 to 1"),
        ('budget = 1e6\n[[earmarks]]\nname = "a"\namount = 1\ncountries = ["ZZZ"]', 5, "ZZZ"),
        ('budget = 1e6\n[[lots]]\nmeasure = "corridor"\namount = 1\nwhole = "yes"', 5, "true or false"),
        ('budget = 1e6\n[[lots]]\nmeasure = "bread"\namount = 1', 2, "no measure"),
        ('budget = 1e6\n[[measures]]\nid = "food-aid"\ncost = 0', 4, "zero"),
        ('budget = 1e6\n[[measures]]\nid = "food-aid"\n[measures.parameters]\nreach = 1', 5, "no key"),
        ('budget = 1e6\n[[measures]]\nid = "food-aid"\nbegins = "soon"', 4, "begins"),
        ("budget = 1e6\n[country_caps]\nXX = 5", 3, "XX"),
        ("budget = 1e6\nrisk = [0, 1, 2]", 2, "one number"),
        ("budget = 1e6\nearmarks = 5", 2, "tables"),
    ],
)
def test_complaints_name_the_line(text, line, words):
    with pytest.raises(ScenarioError, match=words) as error:
        parse_support(text, "budget.toml")
    assert error.value.next_step
    if line:
        assert f"line {line}" in error.value.where


def test_a_form_is_read_like_a_file():
    assert support_from({"budget": 1e6}, Text("form")) == SupportQuestion(1e6)
    earmarks = [{"name": "a", "amount": 1.0}] * 2
    with pytest.raises(InputError, match="twice"):
        support_from({"budget": 1e6, "earmarks": earmarks}, Text("form"))


def test_a_menu_of_ones_own():
    text = """
[[measures]]
id = "school-meals"
title = "School meals"
works = "ration"
unit = "person-year"
cost = [50, 60, 80]
begins = 2
most = 4_000_000
[measures.caps]
EGY = 1_000_000
[measures.parameters]
reached = 0.5
"""
    (own,) = parse_measures(text)
    assert own.caps == {"EGY": 1e6}
    assert own.assumed() == ("cost", "reached")
    assert parse_support("budget = 1e6" + text).measures[-1] == own
    with pytest.raises(ScenarioError, match="twice"):
        parse_measures(text + text)


def test_the_budget_file_of_the_method_page_is_read():
    page = (Path(__file__).parents[3] / "docs" / "methods" / "support.md").read_text(encoding="utf-8")
    asked = parse_support(page.partition("```toml\n")[2].partition("```")[0])
    assert asked.earmarks[0].countries == ("SOM", "ETH", "KEN")
    assert [m.id for m in asked.measures] == ["food-aid", "corridor", "fertiliser-voucher"]


@pytest.mark.parametrize(
    "changed",
    [
        {"earmarks": [{"name": "a\ud800", "amount": 1e6}]}, {"earmarks": [{"name": "x" * 301, "amount": 1e6}]},
        {"menu": ["food\x00aid"]}, {"menu": ["y" * 250]}, {"country_caps": {"\ud800": 1e6}}, {"\ud800": 1},
        {"risk": 10**4000}, {"floor": {"kind": "z" * 3000, "share": 0.2}},
    ],
)  # fmt: skip
def test_texts_that_nobody_can_read_are_refused(changed):
    with pytest.raises(ScenarioError) as caught:
        support_from({"budget": 1e8} | changed, Text("plan"))
    assert len(json.dumps(caught.value.to_dict(), ensure_ascii=False).encode()) < 1500
