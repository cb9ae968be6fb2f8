"""``clarion spillover plan``: from a scenario to a plan, its files, and limits that cannot be kept."""

from __future__ import annotations

import pytest

from clarion.spillover.service.support import work

PLAN = ("spillover", "plan", "--draws", 12, "--seed", 3)


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(work, "RUNS", 2)
    monkeypatch.setattr(work, "POINTS", 3)


def test_a_plan_and_its_files(clarion, tmp_path):
    ran = clarion(*PLAN, "--budget", 30, "--cost", "food-aid=230", "--out", tmp_path / "out", "--json")
    data = ran.data
    assert data["kind"] == "support-plan"
    assert data["budget"] == 30e6
    assert data["spent"] <= 30e6 * (1 + 1e-9)
    assert next(m for m in data["measures"] if m["id"] == "food-aid")["cost"] == [230.0, 230.0, 230.0]
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        "brief.html", "brief.pdf", "grants.csv", "grants.parquet", "grants.xlsx", "curve.csv", "curve.parquet",
        "curve.xlsx",
    }  # fmt: skip
    assert data["files"] == [f["name"] if isinstance(f, dict) else f for f in data["files"]]
    assert clarion(*PLAN, "--budget", 30, "--cost", "food-aid=230", "--json").data["funded"] == data["funded"]


def test_in_words(clarion):
    ran = clarion(*PLAN, "--budget", 30, "--earmark", "horn=5:ETH,SOM")
    assert "30.0 million USD could avoid" in ran.out
    assert "1.0 million USD more would avoid" in ran.out
    assert "In proportion to population" in ran.out
    assert "World prices stand for prices at the border" in ran.out


def test_a_plan_file_and_options_that_change_it(clarion, tmp_path):
    file = tmp_path / "plan.toml"
    file.write_text('budget = 5_000_000\nmenu = ["food-aid"]\n[[measures]]\nid = "food-aid"\nmost = 4_000_000\n')
    data = clarion(*PLAN, "--file", file, "--cost", "food-aid=100", "--json").data
    assert data["budget"] == 5e6
    assert data["spent"] <= 4e6 * (1 + 1e-9)
    (food,) = data["measures"]
    assert (food["cost"][1], food["most"]) == (100.0, 4e6)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--budget", 1, "--earmark", "a=2"), "earmarks are 2.0 million USD"),
        (("--budget", 1, "--earmark", "a=x"), "not a name and a number"),
        (("--budget", -1), "budget"),
        (("--cost", "bread=2"), "bread"),
        (("--file", "nowhere.toml"), "cannot be read"),
        (("--draws", 5000), "5000 draws"),
        (("--floor", 3), "floor"),
    ],
)
def test_what_cannot_be_planned(refused, options, said):
    assert said in str(refused(*PLAN, *options))
